"""Every distance on the screen, in device-independent pixels."""

from __future__ import annotations

HAIR = 2
SMALL = 4
MEDIUM = 8
LARGE = 12
PAGE = 16
"""Around a page."""

COLUMN_GAP = 10
"""Between two fields of one row."""
ROW_GAP = 3
"""Between two rows of fields; a label stands between them."""
SECTION_GAP = 6
"""Above the title of a section, besides the row gap."""

FIELD_HEIGHT = 30
"""At 10.5 pt; fields grow with the font."""
ICON = 16
RAIL_ICON = 20
RAIL_WIDTH = 168
RAIL_WIDTH_NARROW = 60
"""With the words under the icons, on a narrow window."""
RADIUS = 4

SIDE_WIDTH = 288
"""The panel at the right of a form."""
SIDE_FROM = 1100
"""The panel shows only where the window is at least this wide."""
