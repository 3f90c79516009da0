"""The scrolling part of a form: sections of labelled fields on twelve columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from ui.fields.field import Field
from ui.look.spacing import COLUMN_GAP, MEDIUM, ROW_GAP, SECTION_GAP, SMALL
from ui.look.style import set_role

COLUMNS = 12
NARROW = 620
"""Below this width a field takes at least half a row."""
_AROUND = 16
"""Pixels kept visible above and below the cursor: Qt scrolls to that, not to the whole field."""


class Columns(QScrollArea):
    """Puts each field below its label, in rows of twelve columns, and keeps the field with the focus in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: dict[str, QLabel] = {}
        self._entries: list[tuple[QLabel, int] | tuple[Field, int, bool]] = []
        self._is_narrow: bool | None = None
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, SMALL, SMALL)
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(ROW_GAP)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_section(self, title: str) -> None:
        """Begins a section, with its number."""
        number = sum(isinstance(entry[0], QLabel) for entry in self._entries) + 1
        label = QLabel(f"{number}  {title}", self._inside)  # without a parent it would flash as a window of its own
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, "section")
        self._entries.append((label, COLUMNS))
        self._is_narrow = None

    def add(self, field: Field, columns: int, new_row: bool) -> None:
        """Adds a field with an empty label over `columns` of twelve."""
        label = self.labels[field.name] = QLabel(self._inside)
        field.setParent(self._inside)
        for widget in (label, field):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        label.setBuddy(field)
        self._entries.append((field, columns, new_row))
        self._is_narrow = None

    def set_visible(self, field: Field, visible: bool) -> None:
        """Shows or hides a field with its label, and a section that has none left."""
        if is_left_out(field) == visible:
            field.setVisible(visible)
            self.labels[field.name].setVisible(visible)
            self._is_narrow = None
            self.lay_out()

    def keep_in_sight(self, field: Field, *, label: bool = True) -> None:
        """Scrolls to a field, and to its label if there is room."""
        if label:
            self.ensureWidgetVisible(self.labels[field.name], 0, MEDIUM)
        self.ensureWidgetVisible(field, 0, _AROUND)

    def needed_height(self) -> int:
        """Pixels with which nothing has to be scrolled."""
        self.lay_out()
        return self._inside.minimumSizeHint().height()

    def lay_out(self) -> None:
        """Puts everything onto the grid, again where the width asks for fewer fields in a row."""
        narrow = 0 < self.width() < NARROW
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        while self._grid.count():
            self._grid.takeAt(0)
        row, column = 0, 0
        filled = self._sections_with_fields()
        for entry in self._entries:
            if len(entry) == 2:
                entry[0].setVisible(entry[0] in filled)
                if entry[0] not in filled:
                    continue
                row, column = row + (2 if column else 0), 0
                self._grid.addWidget(entry[0], row, 0, 1, COLUMNS)
                self._grid.setRowMinimumHeight(row, entry[0].sizeHint().height() + SECTION_GAP)
                row += 1
                continue
            field, columns, new_row = entry
            if is_left_out(field):
                continue
            span = min(COLUMNS, max(columns, COLUMNS // 2)) if narrow else columns
            if column and (new_row or column + span > COLUMNS):
                row, column = row + 2, 0
            self._grid.addWidget(self.labels[field.name], row, column, 1, span)
            self._grid.addWidget(field, row + 1, column, 1, span)
            self._grid.setRowMinimumHeight(row, 0)
            column += span
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
        for at in range(row + 2):
            self._grid.setRowStretch(at, 0)
        self._grid.setRowStretch(row + 2, 1)

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
        field = self.focusWidget()
        if isinstance(field, Field) and field.hasFocus() and self._inside.isAncestorOf(field):
            self.keep_in_sight(field, label=False)

    # Details

    def _sections_with_fields(self) -> set[QLabel]:
        """The titles below which at least one field is shown."""
        found: set[QLabel] = set()
        title: QLabel | None = None
        for entry in self._entries:
            if len(entry) == 2:
                title = entry[0]
            elif title is not None and not is_left_out(entry[0]):
                found.add(title)
        return found


def is_left_out(field: Field) -> bool:
    """Hidden by `set_visible`, not merely because the form itself is not on the screen yet."""
    return field.isHidden() and field.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
