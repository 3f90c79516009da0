"""The chart of the paper on the screen: the same drawing, in the colours in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.coverage.point import CoveragePoint, Target
from models.language import translate as _
from models.values.formats import percent
from ui.coverage.words import people_line
from ui.look.palette import Palette
from ui.look.style import current

if TYPE_CHECKING:
    from reports import charts

TEXT = 13.5
"""Units of the drawing that are as high as a line of the window's text, at least."""
NARROWEST, LARGEST = 390.0, 1.5
"""Units of width that the drawing needs, and how much larger than the window's text it may become to fill its place."""


class CoverageChart(QWidget):
    """Bars for each area; what it shows stands in the table beside it too, so it takes no focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[CoveragePoint, ...] = ()
        self._target: Target | None = None
        self._drawn: QSvgRenderer | None = None
        self._drawn_for: tuple[object, ...] = ()
        self._size = QSize(400, 300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Coverage by kecamatan"))

    def show_points(self, points: Sequence[CoveragePoint], target: Target | None) -> None:
        """Draws other areas."""
        self._points, self._target = tuple(points), target
        self._drawn_for = ()
        lines = [f"{point.area_name}: {percent(point.share)}, {people_line(point)}" for point in points]
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """Small: it takes what room there is."""
        return QSize(240, 160)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        self._draw()
        assert self._drawn is not None
        whole = self._drawn.defaultSize()
        scale = min(self.width() / whole.width(), self.height() / whole.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawn.render(painter, QRectF(0, 0, whole.width() * scale, whole.height() * scale))
        painter.end()

    def _draw(self) -> None:
        """Makes the drawing for this width, text size and palette, unless it is made already."""
        from reports.charts import coverage_bars, to_svg

        wanted = (self.size(), self.fontMetrics().height(), current())
        if wanted == self._drawn_for:
            return
        colours, least = _colours(current()), self.fontMetrics().height() / TEXT
        drawing = coverage_bars(self._points, self._target, colours, max(NARROWEST, self.width() / least))
        unit = min(self.height() / drawing.height, self.width() / NARROWEST, least * LARGEST)
        if unit > least:
            drawing = coverage_bars(self._points, self._target, colours, self.width() / unit)
        self._drawn = QSvgRenderer(QByteArray(to_svg(drawing).encode()))
        self._drawn_for = wanted


def _colours(palette: Palette) -> charts.Palette:
    from reports import charts

    return charts.Palette(
        ground=None,
        text=palette.text,
        muted=palette.muted,
        grid=palette.line if palette.line != palette.text else palette.disabled,
        bar=palette.accent,
        hatch=palette.accent_soft,
        target=palette.error,
    )
