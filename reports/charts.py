"""Charts drawn once: the same drawing goes into the paper and, as SVG, onto the screen.

Nothing is said by colour alone: every bar carries its figures, an estimate is hatched and marked with a star, the
target is a dashed line with its words. Only plain shapes are used, which every SVG viewer of a screen can show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.colors import HexColor

from models.coverage.point import CoveragePoint, Target
from models.language import translate as _
from models.values import formats
from reports import fonts
from reports.fonts import clean

ESTIMATE_MARK = "*"
_ROW = 17.0
_BAR = 10.0
_TOP = 26.0
_BOTTOM = 20.0
_SIZE = 8.5


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart as ``#rrggbb``; texts have a contrast of 4.5 or more to the ground, shapes 3 or more."""

    ground: str | None
    """None leaves the page as it is, so that a mark below the chart stays visible."""
    text: str
    muted: str
    """Axis and secondary figures."""
    grid: str
    bar: str
    hatch: str
    """Ground of a hatched bar; its lines have the colour of the bar."""
    target: str


PAPER = Palette(None, "#1a1a1a", "#555555", "#d9d9d9", "#1f5f8b", "#e3edf4", "#b03a2e")
LIGHT = Palette("#ffffff", "#1b1f24", "#57606a", "#d8dee4", "#1f6feb", "#dbe9ff", "#b3261e")
DARK = Palette("#1e2227", "#e6e8eb", "#a9b1ba", "#3a414a", "#6cb2ff", "#26384d", "#ffb4a9")
HIGH_CONTRAST = Palette("#000000", "#ffffff", "#ffffff", "#808080", "#ffff00", "#000000", "#00ffff")


def coverage_bars(
    points: Sequence[CoveragePoint],
    target: Target | None,
    palette: Palette = LIGHT,
    width: float = 468,
    scaled_like: Sequence[CoveragePoint] = (),
) -> Drawing:
    """A horizontal bar for each area with its percentage and people, and the target as a dashed line.

    An area without a number of eligible workers has no bar but says so. Sizes in points (on the screen: pixels).
    A chart that shows a part of the areas has the scale of all of them when `scaled_like` names them.
    """
    scale = _Scale(scaled_like or points, target, width)
    drawing = Drawing(width, scale.top + _ROW * len(points) + _BOTTOM)
    if palette.ground:
        drawing.add(Rect(0, 0, width, drawing.height, fillColor=HexColor(palette.ground), strokeColor=None))
    _draw_axis(drawing, scale, palette)
    for index, point in enumerate(points):
        middle = drawing.height - scale.top - _ROW * (index + 0.5)
        _draw_row(drawing, point, middle, scale, palette)
    if target is not None:
        _draw_target(drawing, target, scale, palette)
    return drawing


def to_svg(drawing: Drawing) -> str:
    """The drawing for the screen; the family must be known there as ``Liberation Sans``."""
    bold = {"family": fonts.REGULAR, "weight": "bold"}
    italic = {"family": fonts.REGULAR, "style": "italic"}
    svg: str = renderSVG.drawToString(drawing, fontHacks={fonts.BOLD: bold, fonts.ITALIC: italic})
    return _CLIP.sub("", svg)


_CLIP = re.compile("<clipPath.*?</clipPath>", re.DOTALL)
"""The whole sheet, so it clips nothing; Qt knows no clip paths and would paint it over the picture, in black."""


class _Scale:
    """Where a share lies: names left, bars in the middle, figures in a column of their own at the right."""

    def __init__(self, points: Sequence[CoveragePoint], target: Target | None, width: float) -> None:
        shares = [share for point in points if (share := point.share) is not None]
        names = [fonts.width(clean(point.area_name), fonts.REGULAR, _SIZE) for point in points]
        figures = [fonts.width(clean(figure), fonts.BOLD, _SIZE) for point in points for figure in _figures(point)]
        self.name_room = min(max(names, default=0), width * 0.3)
        self.top = _TOP if target is not None else 8.0
        self.left = self.name_room + 10
        self.people_x = width - 4
        self.percent_x = self.people_x - max(figures[1::2], default=0) - 16
        self.right = self.percent_x - max(figures[::2], default=0) - 8
        largest = max([*shares, *([target.share] if target else []), Fraction(1, 20)])
        self.step = next(step for step in (5, 10, 20, 25, 50, 100, 200, 10**9) if largest * 100 / step <= 6)
        self.end = Fraction(ceil(largest * 100 / self.step) * self.step, 100)

    def x(self, share: Fraction) -> float:
        return self.left + float(share / self.end) * (self.right - self.left)

    def ticks(self) -> range:
        return range(0, int(self.end * 100) + 1, self.step)


def _draw_axis(drawing: Drawing, scale: _Scale, palette: Palette) -> None:
    for percent in scale.ticks():
        x = scale.x(Fraction(percent, 100))
        _line(
            drawing,
            x,
            _BOTTOM - 3,
            x,
            drawing.height - scale.top + 2,
            palette.grid if percent else palette.muted,
            0.5,
        )
        _text(drawing, x, _BOTTOM - 13, f"{formats.number(percent)} %", palette.muted, anchor="middle", size=7.5)


def _draw_row(drawing: Drawing, point: CoveragePoint, middle: float, scale: _Scale, palette: Palette) -> None:
    base = middle - _SIZE * 0.35
    name = fonts.shortened(clean(point.area_name), fonts.REGULAR, _SIZE, scale.name_room)
    _text(drawing, scale.left - 6, base, name, palette.text, anchor="end")
    percent, people = _figures(point)
    _text(drawing, scale.people_x, base, people, palette.muted, anchor="end")
    share = point.share
    if share is None or point.eligible is None:
        _text(drawing, scale.left + 4, base, _("no number of eligible workers"), palette.muted, face=fonts.ITALIC)
        return
    _text(drawing, scale.percent_x, base, percent, palette.text, face=fonts.BOLD, anchor="end")
    if point.eligible.is_estimate:
        _text(drawing, scale.percent_x + 2, base, ESTIMATE_MARK, palette.text, face=fonts.BOLD)
    width = scale.x(share) - scale.left
    _draw_bar(drawing, scale.left, middle - _BAR / 2, width, point.eligible.is_estimate, palette)


def _draw_bar(drawing: Drawing, x: float, y: float, width: float, is_estimate: bool, palette: Palette) -> None:
    fill = palette.hatch if is_estimate else palette.bar
    colour = HexColor(palette.bar)
    drawing.add(Rect(x, y, width, _BAR, fillColor=HexColor(fill), strokeColor=colour, strokeWidth=0.7))
    if not is_estimate:
        return
    hatch = Group()
    start = x - _BAR + 4.0
    while start < x + width:  # each stroke from the lower to the upper edge, cut off at the ends of the bar
        left, right = max(start, x), min(start + _BAR, x + width)
        hatch.add(Line(left, y + left - start, right, y + right - start, strokeColor=colour, strokeWidth=0.7))
        start += 4.0
    drawing.add(hatch)


def _draw_target(drawing: Drawing, target: Target, scale: _Scale, palette: Palette) -> None:
    x = scale.x(target.share)
    top = drawing.height - scale.top + 4
    line = Line(x, _BOTTOM - 3, x, top, strokeColor=HexColor(palette.target), strokeWidth=1.3)
    line.strokeDashArray = [4, 2.5]
    drawing.add(line)
    words = _("Target {share} by {date}").format(
        share=formats.percent(target.share), date=formats.date_long(target.due_on)
    )
    half = fonts.width(clean(words), fonts.BOLD, _SIZE) / 2
    middle = min(max(x, half + 4), drawing.width - half - 4)
    _text(drawing, middle, top + 5, words, palette.target, face=fonts.BOLD, anchor="middle")


def _figures(point: CoveragePoint) -> tuple[str, str]:
    """Percentage, and people of people."""
    eligible = point.eligible
    if point.share is None or eligible is None:
        return formats.NOTHING, _("{covered} people").format(covered=formats.number(point.covered))
    people = _("{covered} of {eligible}").format(
        covered=formats.number(point.covered), eligible=formats.number(eligible.number)
    )
    return formats.percent(point.share), people


def _line(drawing: Drawing, x1: float, y1: float, x2: float, y2: float, colour: str, thickness: float) -> None:
    drawing.add(Line(x1, y1, x2, y2, strokeColor=HexColor(colour), strokeWidth=thickness))


def _text(
    drawing: Drawing, x: float, y: float, text: str, colour: str, *,
    face: str = fonts.REGULAR, anchor: str = "start", size: float = _SIZE,
) -> None:  # fmt: skip
    drawing.add(
        String(x, y, clean(text), fontName=face, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)
    )
