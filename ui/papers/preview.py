"""Looking at a paper inside the program: one page at a time, large enough to read."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from models.language import translate as _
from models.values.formats import number
from ui.look.spacing import LARGE
from ui.look.style import current
from ui.papers.pages import POINTS_PER_INCH, PdfPages

SCREEN_DPI = 96
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
"""1.0 is the paper's own size."""


class Fit(Enum):
    """How the zoom follows the window."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


class PaperView(QAbstractScrollArea):
    """Page keys turn pages, plus and minus zoom, the arrows move the page."""

    shown_changed = Signal()
    """Another page, another zoom or another paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._index = 0
        self._zoom = 1.0
        self._fit = Fit.WIDTH
        self._drawn: dict[tuple[int, float], QPixmap] = {}
        self._message = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview"))
        self.viewport().setAutoFillBackground(False)

    # What pages use

    def show_pdf(self, data: bytes | None, message: str = "") -> None:
        """Shows a paper from its first page; without data the `message` stands there."""
        if self._pages is not None:
            self._pages.close()
        self._pages = PdfPages(data) if data else None
        self._message = message
        self._drawn.clear()
        self._index = 0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._tell()

    @property
    def page_count(self) -> int:
        return len(self._pages) if self._pages is not None else 0

    @property
    def page(self) -> int:
        """The page in view, from 1; 0 without a paper."""
        return self._index + 1 if self.page_count else 0

    @property
    def zoom(self) -> float:
        """1.0 is the paper's own size."""
        return self._zoom

    @property
    def message(self) -> str:
        """The words that stand in place of a paper."""
        return "" if self._pages is not None else self._message

    def turn_to(self, page: int) -> None:
        """Shows a page (from 1), or the nearest there is."""
        index = min(max(page - 1, 0), self.page_count - 1)
        if self._pages is None or index == self._index:
            return
        self._index = index
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def zoom_by(self, steps: int) -> None:
        """Larger (1) or smaller (-1)."""
        if steps > 0:
            wanted = next((zoom for zoom in ZOOMS if zoom > self._zoom * 1.01), ZOOMS[-1])
        else:
            wanted = next((zoom for zoom in reversed(ZOOMS) if zoom < self._zoom * 0.99), ZOOMS[0])
        self._fit, self._zoom = Fit.NONE, wanted
        self._arrange()
        self._tell()

    def fit_to(self, fit: Fit) -> None:
        """As wide as the window, or the whole page."""
        self._fit = fit
        self._arrange()
        self._tell()

    # What Qt calls

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        palette = current()
        painter.fillRect(self.viewport().rect(), QColor(palette.rail))
        if self._pages is None:
            painter.setPen(QColor(palette.muted))
            room = self.viewport().rect().adjusted(LARGE, LARGE, -LARGE, -LARGE)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        else:
            place = self._place()
            painter.drawPixmap(QPointF(place.topLeft()), self._pixmap())
            painter.setPen(QPen(QColor(palette.border), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.shown_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                if bar.value() < bar.maximum():
                    bar.setValue(bar.value() + bar.pageStep())
                else:
                    self.turn_to(self.page + 1)
            case Qt.Key.Key_PageUp:
                if bar.value() > bar.minimum():
                    bar.setValue(bar.value() - bar.pageStep())
                elif self.page > 1:
                    self.turn_to(self.page - 1)
                    bar.setValue(bar.maximum())
            case Qt.Key.Key_Home:
                self.turn_to(1)
                bar.setValue(0)
            case Qt.Key.Key_End:
                self.turn_to(self.page_count)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1)
            case Qt.Key.Key_Minus:
                self.zoom_by(-1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    # Details

    def _arrange(self) -> None:
        """The zoom that the fit asks for, and how far can be scrolled."""
        if self._pages is None:
            self.horizontalScrollBar().setRange(0, 0)
            self.verticalScrollBar().setRange(0, 0)
            self.viewport().update()
            return
        width, height = self._pages.size(self._index)
        room = self.viewport().size() - QSize(2 * LARGE, 2 * LARGE)
        one = SCREEN_DPI / POINTS_PER_INCH
        if self._fit is not Fit.NONE:
            zoom = room.width() / (width * one)
            if self._fit is Fit.PAGE:
                zoom = min(zoom, room.height() / (height * one))
            self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        size = self._page_size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), size.width() + 2 * LARGE, self.viewport().width()),
            (self.verticalScrollBar(), size.height() + 2 * LARGE, self.viewport().height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(max(seen - 40, 40))
            bar.setSingleStep(40)
        self.viewport().update()

    def _page_size(self) -> QSize:
        """On the screen, in device-independent pixels."""
        assert self._pages is not None
        width, height = self._pages.size(self._index)
        one = self._zoom * SCREEN_DPI / POINTS_PER_INCH
        return QSize(round(width * one), round(height * one))

    def _place(self) -> QRect:
        size = self._page_size()
        x = max(LARGE, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(x, LARGE - self.verticalScrollBar().value(), size.width(), size.height())

    def _pixmap(self) -> QPixmap:
        """The page as drawn for this zoom and screen; the last few are kept."""
        assert self._pages is not None
        ratio = self.devicePixelRatioF()
        dots_per_point = self._zoom * ratio * SCREEN_DPI / POINTS_PER_INCH
        key = (self._index, round(dots_per_point, 4))
        if key not in self._drawn:
            while len(self._drawn) >= 4:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = QPixmap.fromImage(self._pages.picture(self._index, dots_per_point))
        pixmap = self._drawn[key]
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _tell(self) -> None:
        """Says to a screen reader what is in view."""
        if self._pages is None:
            self.setAccessibleName(_("Preview"))
            self.setAccessibleDescription(self._message)
        else:
            where = {"page": number(self.page), "count": number(self.page_count)}
            self.setAccessibleName(_("Preview, page {page} of {count}").format(**where))
            self.setAccessibleDescription(self._pages.text(self._index))
        self.shown_changed.emit()
