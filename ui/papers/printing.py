"""Sending a paper to a printer, page by page, so that the window lives on and the person can stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.papers.pages import POINTS_PER_INCH, PdfPages

DOTS_PER_INCH = 300


class Printing(QObject):
    """One paper (a file, or its bytes where none may lie on the disk) on its way to the printer; a page at each turn of
    the event loop."""

    stepped = Signal(int, int)
    """Pages that were sent, of how many."""
    ended = Signal(int, bool)
    """How many pages were sent, and whether these are all of them."""

    def __init__(self, file: bytes | Path, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = PdfPages(file)
        self._printer = printer
        self._painter = QPainter()
        self._sent = 0
        self._first, self._last = _range(printer, len(self._pages))
        self.is_cancelled = False

    def start(self) -> None:
        """Begins; `ended` follows."""
        if not self._painter.begin(self._printer):
            self._end(False)
            return
        QTimer.singleShot(0, self, self._send_page)

    def cancel(self) -> None:
        """Stops before the next page; what the printer has already, it prints."""
        self.is_cancelled = True

    def _send_page(self) -> None:
        if self.is_cancelled:
            self._printer.abort()
            self._end(False)
            return
        index = self._first + self._sent
        if self._sent and not self._printer.newPage():
            self._end(False)
            return
        picture = self._pages.picture(index, DOTS_PER_INCH / POINTS_PER_INCH)
        self._painter.drawImage(self._place(*self._pages.size(index)), picture)
        self._sent += 1
        self.stepped.emit(self._sent, self._last - self._first + 1)
        if index == self._last:
            self._end(True)
        else:
            QTimer.singleShot(0, self, self._send_page)

    def _place(self, width: float, height: float) -> QRectF:
        """Where a page of this size (points) lies on the sheet: in its own size, smaller if the sheet is."""
        sheet = self._printer.paperRect(QPrinter.Unit.Point)
        scale = (
            min(1.0, sheet.width() / width, sheet.height() / height) * self._printer.resolution() / POINTS_PER_INCH
        )
        return QRectF(0, 0, width * scale, height * scale)

    def _end(self, whole: bool) -> None:
        if self._painter.isActive():
            whole = self._painter.end() and whole
        self._pages.close()
        self.ended.emit(self._sent, whole)


def printers() -> list[str]:
    """Names of the printers that this computer knows."""
    return list(QPrinterInfo.availablePrinterNames())


def choose_printer(parent: QWidget, size: tuple[float, float], title: str) -> QPrinter | None:
    """Asks which printer and which pages; None when the person gave up. `size` of the sheets in points."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, size, title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return printer if dialog.exec() else None


def prepare(printer: QPrinter, size: tuple[float, float], title: str) -> None:
    """Proposes sheets of the paper's own size, printed to the edge."""
    printer.setResolution(DOTS_PER_INCH)
    printer.setDocName(title)
    width, height = size
    upright = QSizeF(min(width, height), max(width, height))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    printer.setFullPage(True)


def _range(printer: QPrinter, page_count: int) -> tuple[int, int]:
    """First and last page (from 0) that the person asked for."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return 0, page_count - 1
    first = min(max(printer.fromPage(), 1), page_count)
    last = min(max(printer.toPage(), first), page_count)
    return first - 1, last - 1
