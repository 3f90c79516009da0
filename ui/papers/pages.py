"""The pages of a PDF as pictures: for the screen and for a printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


class PdfPages:
    """An open PDF file. Used by the screen's thread only: the library behind it works in one thread at a time."""

    def __init__(self, source: bytes | Path) -> None:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(source)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._document.get_page_size(index)
        return float(width), float(height)

    def picture(self, index: int, dots_per_point: float) -> QImage:
        """The page on white."""
        page = self._document[index]
        bitmap = page.render(scale=dots_per_point, prefer_bgrx=True)
        try:
            drawn = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return drawn.copy()  # what pdfium drew goes with its bitmap
        finally:
            bitmap.close()
            page.close()

    def text(self, index: int) -> str:
        """The words of a page, for a screen reader."""
        page = self._document[index]
        words = page.get_textpage()
        try:
            return " ".join(words.get_text_bounded().split())
        finally:
            words.close()
            page.close()

    def close(self) -> None:
        self._document.close()
