"""The page that every paper shares: size, margins, letterhead, foot, sample mark, signature.

A paper supplies only its content. Everything here is measured from the bottom left of the page, in points.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from models.language import translate as _
from models.papers.letterhead import Letterhead, Signatory
from models.values import formats
from reports import fonts

_LOGO_HEIGHT = 22 * mm
_LOGO_GAP = 4 * mm
_log = logging.getLogger(__name__)


HAND_FILLED = "." * 44
"""Stands where the office writes by hand."""


class PageSize(StrEnum):
    """Paper of Indonesian offices; F4 (folio) is 215 by 330 mm."""

    A4 = "A4"
    F4 = "F4"

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return {"A4": (210 * mm, 297 * mm), "F4": (215 * mm, 330 * mm)}[self.value]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """One page's size and margins; the defaults are those of an official letter."""

    size: PageSize = PageSize.A4
    is_landscape: bool = False
    left: float = 25 * mm
    right: float = 20 * mm
    top: float = 13 * mm
    bottom: float = 18 * mm

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.size.points
        return (height, width) if self.is_landscape else (width, height)

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.points[0] - self.left - self.right

    @property
    def edge_right(self) -> float:
        return self.points[0] - self.right

    @property
    def edge_top(self) -> float:
        return self.points[1] - self.top


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of a signature block; `gap` is the room above it for the hand and the stamp."""

    text: str
    is_bold: bool = False
    gap: float = 0


def draw_letterhead(canvas: Canvas, letterhead: Letterhead, frame: PageFrame) -> None:
    """Coat of arms left, government, office in bold, address and contact in the middle, a double rule below."""
    head = _head(letterhead, frame)
    if head.logo is not None:
        bottom = frame.edge_top - (head.height - _RULE_ROOM + head.logo_height) / 2
        canvas.drawImage(head.logo, frame.left, bottom, head.logo_width, head.logo_height, mask="auto")
    for text, face, size, down in head.lines:
        canvas.setFont(face, size)
        canvas.drawCentredString(head.middle, frame.edge_top - down, text)
    rule = frame.edge_top - head.height
    for line_width, up in ((2.2, 3.0), (0.7, 0.0)):
        canvas.setLineWidth(line_width)
        canvas.line(frame.left, rule + up, frame.edge_right, rule + up)


def letterhead_height(letterhead: Letterhead, frame: PageFrame) -> float:
    """How far the letterhead reaches down from the top margin, its rule included."""
    return _head(letterhead, frame).height


def draw_foot(canvas: Canvas, frame: PageFrame, source: str, number: int = 1, total: int = 1, note: str = "") -> None:
    """A thin rule, where the paper comes from on the left and, on papers of several pages, "Halaman x dari y"; below
    it a note in smaller letters, if there is one."""
    canvas.saveState()
    canvas.setFont(fonts.REGULAR, 7.5)
    canvas.setFillGray(0.35)
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.4)
    canvas.line(frame.left, frame.bottom - 9, frame.edge_right, frame.bottom - 9)
    page = fonts.clean(_("Page {number} of {total}").format(number=number, total=total)) if total > 1 else ""
    room = frame.room - fonts.width(page, fonts.REGULAR, 7.5) - 12
    base = frame.bottom - 19
    canvas.drawString(frame.left, base, fonts.shortened(fonts.clean(source), fonts.REGULAR, 7.5, room))
    canvas.drawRightString(frame.edge_right, base, page)
    if note:
        canvas.setFont(fonts.REGULAR, 6.5)
        canvas.drawString(frame.left, base - 9, fonts.shortened(fonts.clean(note), fonts.REGULAR, 6.5, frame.room))
    canvas.restoreState()


def draw_sample_mark(canvas: Canvas, frame: PageFrame) -> None:
    """The word for "sample" across the page in light grey; drawn first, so that everything stays readable."""
    width, height = frame.points
    word = _("SAMPLE")
    canvas.saveState()
    canvas.setFillGray(0.9)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52 if height > width else 32)
    canvas.setFont(fonts.BOLD, 130)
    canvas.drawCentredString(0, -45, word)
    canvas.restoreState()


def signature_lines(place: str, signatory: Signatory, day: date) -> tuple[SignatureLine, ...]:
    """Place and date, title, room for hand and stamp, name in bold, rank, grouped NIP; dots where a hand fills in."""
    lines = [SignatureLine(fonts.clean(f"{place}, {formats.date_long(day)}" if place else formats.date_long(day)))]
    lines += [SignatureLine(fonts.clean(line)) for line in signatory.title.splitlines()]
    lines.append(SignatureLine(fonts.clean(signatory.name) or HAND_FILLED, is_bold=bool(signatory.name), gap=22 * mm))
    if signatory.rank:
        lines.append(SignatureLine(fonts.clean(signatory.rank)))
    lines.append(SignatureLine(f"NIP {grouped_nip(signatory.nip) or HAND_FILLED[:30]}"))
    return tuple(lines)


def grouped_nip(nip: str) -> str:
    """``198609262015051001`` -> ``19860926 201505 1 001``; anything that has not 18 digits stays as it is."""
    if len(nip) != 18 or not nip.isdigit():
        return fonts.clean(nip)
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


_RULE_ROOM = 9.0
"""From the lowest line or the coat of arms to the lower rule."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A letterhead laid out for one page frame."""

    lines: Sequence[tuple[str, str, float, float]]
    """Text, face, size, distance of the base line from the top margin."""
    middle: float
    height: float
    logo: ImageReader | None
    logo_width: float
    logo_height: float


@lru_cache(maxsize=16)
def _head(letterhead: Letterhead, frame: PageFrame) -> _Head:
    logo = _picture(letterhead.logo)
    logo_width = logo_height = 0.0
    if logo is not None:
        wide, high = logo.getSize()
        scale = min(_LOGO_HEIGHT / high, 28 * mm / wide)
        logo_width, logo_height = wide * scale, high * scale
    side = logo_width + _LOGO_GAP if logo is not None else 0.0

    wanted = (
        (letterhead.government, fonts.REGULAR, 13.0, 16.0),
        (letterhead.office, fonts.BOLD, 15.0, 18.0),
        (letterhead.address, fonts.REGULAR, 9.5, 12.5),
        (letterhead.contact, fonts.REGULAR, 9.5, 12.0),
    )
    lines: list[tuple[str, str, float, float]] = []
    down = 0.0
    for text, face, size, leading in wanted:
        for line in fonts.balanced(fonts.clean(text), face, size, frame.room - 2 * side) if text.strip() else ():
            down += leading
            lines.append((line, face, size, down))
    bottom = down + 3
    if logo_height > bottom:  # fewer lines than the coat of arms is high: they stand at its middle
        lines = [(line, face, size, at + (logo_height - bottom) / 2) for line, face, size, at in lines]
        bottom = logo_height
    middle = frame.left + frame.room / 2
    return _Head(tuple(lines), middle, bottom + _RULE_ROOM, logo, logo_width, logo_height)


def _picture(content: bytes | None) -> ImageReader | None:
    """The coat of arms, decoded once; a file that is no picture is left out and logged."""
    if not content:
        return None
    try:
        picture = ImageReader(BytesIO(content))
        picture.getRGBData()
    except (OSError, ValueError, SyntaxError) as trouble:
        _log.warning("the coat of arms cannot be read: %s", type(trouble).__name__)
        return None
    return picture
