"""The palettes as data: which colour plays which role in the light, the dark and the high-contrast look."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """A colour (``#rrggbb``) for each role; `TEXT_PAIRS` and `BORDER_PAIRS` say what must be told apart."""

    is_dark: bool
    window: str
    surface: str
    """Fields, lists and cards."""
    surface_alternate: str
    """Every second row of a table."""
    text: str
    muted: str
    """Explanations that are not needed for the work at hand."""
    disabled: str
    border: str
    """Frames that say where a field or button is."""
    line: str
    """Quiet separators; nothing depends on seeing them."""

    accent: str
    """The main button, the focus, the titles of sections."""
    accent_text: str
    """On the accent."""
    accent_hover: str
    accent_soft: str
    """Behind the field that has the focus, and the place one is at."""
    link: str
    selection: str
    selection_text: str

    error: str
    error_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str

    rail: str
    """Behind the seven places."""
    button: str
    button_hover: str
    button_pressed: str


LIGHT = Palette(
    is_dark=False,
    window="#f4f6f9", surface="#ffffff", surface_alternate="#f0f4f8",
    text="#1b2330", muted="#556070", disabled="#6b7480", border="#7d8694", line="#d5dae1",
    accent="#0b5cad", accent_text="#ffffff", accent_hover="#094a8c", accent_soft="#eaf2fc",
    link="#0b5cad", selection="#0b5cad", selection_text="#ffffff",
    error="#b3261e", error_soft="#fdeceb", warning="#7a4d00", warning_soft="#fff4dc",
    good="#1d6e37", good_soft="#e6f4ea",
    rail="#e8ecf2", button="#ffffff", button_hover="#eaf2fc", button_pressed="#d3e4f8",
)  # fmt: skip

DARK = Palette(
    is_dark=True,
    window="#1b1f26", surface="#262b33", surface_alternate="#2b3039",
    text="#e8ebf0", muted="#a9b1bd", disabled="#969fab", border="#7f8896", line="#3a414c",
    accent="#7ab8ff", accent_text="#0b1a2b", accent_hover="#a3cfff", accent_soft="#2b3848",
    link="#86bfff", selection="#2f6db3", selection_text="#ffffff",
    error="#ff9b93", error_soft="#45211f", warning="#f3c469", warning_soft="#3b2f16",
    good="#82d79b", good_soft="#1d3626",
    rail="#161a20", button="#262b33", button_hover="#323a46", button_pressed="#3c4757",
)  # fmt: skip

CONTRAST = Palette(
    is_dark=True,
    window="#000000", surface="#000000", surface_alternate="#141414",
    text="#ffffff", muted="#e6e6e6", disabled="#b8b8b8", border="#ffffff", line="#ffffff",
    accent="#ffe100", accent_text="#000000", accent_hover="#fff27a", accent_soft="#1f1f00",
    link="#7fd4ff", selection="#ffe100", selection_text="#000000",
    error="#ff9d9d", error_soft="#2b0000", warning="#ffd37a", warning_soft="#2a1d00",
    good="#8dffa8", good_soft="#002a0c",
    rail="#000000", button="#000000", button_hover="#333300", button_pressed="#4d4d00",
)  # fmt: skip

TEXT_PAIRS = (
    ("text", "window"), ("text", "surface"), ("text", "surface_alternate"), ("text", "rail"), ("text", "accent_soft"),
    ("text", "button"), ("text", "button_hover"), ("text", "button_pressed"), ("text", "error_soft"),
    ("text", "warning_soft"), ("text", "good_soft"),
    ("muted", "window"), ("muted", "surface"), ("muted", "rail"), ("muted", "accent_soft"),
    ("muted", "surface_alternate"), ("muted", "error_soft"), ("muted", "warning_soft"), ("muted", "good_soft"),
    ("accent", "window"), ("accent", "surface"), ("accent", "rail"), ("accent", "accent_soft"),
    ("accent_text", "accent"), ("accent_text", "accent_hover"),
    ("link", "window"), ("link", "surface"), ("selection_text", "selection"),
    ("error", "window"), ("error", "surface"), ("error", "error_soft"),
    ("warning", "window"), ("warning", "surface"), ("warning", "warning_soft"),
    ("good", "window"), ("good", "surface"), ("good", "good_soft"),
)  # fmt: skip
"""Foreground and background roles that meet on the screen: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

BORDER_PAIRS = (
    ("border", "window"), ("border", "surface"), ("border", "button"), ("accent", "surface"), ("accent", "window"),
    ("error", "error_soft"), ("warning", "warning_soft"), ("disabled", "window"), ("disabled", "surface"),
)  # fmt: skip
"""Frames and icons against what lies beside them: at least 3 to 1 (WCAG 2.2, 1.4.11)."""


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 (equal) to 21 (black and white), after WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
