"""The one embedded font family, and text made fit for it: measured, wrapped, and never silently lost."""

from __future__ import annotations

import logging
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Liberation Sans"
"""Metrics of Arial. The plain face bears the family's own name, which is what an SVG asks the screen for."""
BOLD = "Liberation Sans Bold"
ITALIC = "Liberation Sans Italic"
BOLD_ITALIC = "Liberation Sans Bold Italic"
MISSING = "\u25a1"
"""Printed in place of a character that the family cannot draw."""

FACES = {
    REGULAR: "LiberationSans-Regular.ttf",
    BOLD: "LiberationSans-Bold.ttf",
    ITALIC: "LiberationSans-Italic.ttf",
    BOLD_ITALIC: "LiberationSans-BoldItalic.ttf",
}
"""The family: name in reportlab -> file."""
_FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
_REGISTERING = threading.Lock()
_log = logging.getLogger(__name__)


def register() -> None:
    """Makes the family known to reportlab; only the first call costs anything (some 20 ms)."""
    with _REGISTERING:
        _register()


def width(text: str, face: str, size: float) -> float:
    """Width of a cleaned text in points."""
    return float(_face(face).stringWidth(text, size))


def clean(text: str) -> str:
    """One line of text that the family can draw: composed (NFC), without control or direction marks.

    A character without a glyph becomes its plain form (NFKC) or the box `MISSING`, and is logged by its number.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_drawable(sign) for sign in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=1024)
def wrap(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """The cleaned text in lines no wider than `room` points; a word that is too long is broken, never cut off."""
    if width(text, face, size) <= room and "  " not in text:
        return (text.strip(),)
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, face, size, room)
        lines.extend(full)
    return (*lines, line)


def balanced(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """As few lines as `wrap` needs, but of about the same width, as a heading wants them."""
    lines = wrap(text, face, size, room)
    while len(lines) > 1:
        room = max(width(line, face, size) for line in lines) - 0.5
        narrower = wrap(text, face, size, room)
        if len(narrower) > len(lines) or " ".join(narrower) != " ".join(text.split()):
            break
        lines = narrower
    return lines


def shortened(text: str, face: str, size: float, room: float) -> str:
    """The cleaned text, or as much of it as fits before an ellipsis."""
    if width(text, face, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", face, size) > room:
        kept = kept[:-1].rstrip()
    return kept + "…"


def _broken(word: str, face: str, size: float, room: float) -> list[str]:
    """The word in pieces that fit; at least one letter each, so that the narrowest column comes to an end."""
    pieces: list[str] = []
    piece = ""
    for sign in word:
        if piece and width(piece + sign, face, size) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


@lru_cache(maxsize=4096)
def _drawable(sign: str) -> str:
    glyphs = _face(REGULAR).face.charToGlyph
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category == "Cf":
        return ""
    if ord(sign) in glyphs:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and all(ord(part) in glyphs for part in plain):
        return plain
    _log.warning("no glyph for U+%04X", ord(sign))
    return MISSING


@cache
def _register() -> None:
    rl_config.useA85 = 0  # streams as bytes: smaller, and without an encoder written in Python
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / file), asciiReadable=True))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


@cache
def _face(name: str) -> TTFont:
    register()
    return pdfmetrics.getFont(name)
