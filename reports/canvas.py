"""A reportlab canvas whose pages leave memory as soon as they are finished.

reportlab keeps every page until the file is saved. Here a finished page, form or picture is written at once and only
its place in the file is kept (16 bytes a page), so that 20,000 letters need no more memory than 20. What grows until
the end (fonts, page tree, catalogue) is written at the end. Links to pages are therefore not supported.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from models import language
from reports import fonts

PROGRAM = "Cakupan"
Line = tuple[float, float, str, float, str]
"""X, y, face, size, cleaned text."""
_FINISHED = (pdfdoc.PDFPage, pdfdoc.PDFStream, pdfdoc.PDFFormXObject, pdfdoc.PDFImageXObject)
_ONCE = (pdfdoc.PDFPage, pdfdoc.PDFStream)


class PaperCanvas(Canvas):  # type: ignore[misc]
    """Draws a paper into `out`: compressed, dated like the paper, so that the same data give the same bytes."""

    def __init__(self, out: BinaryIO, size: tuple[float, float], title: str, author: str, dated_on: date) -> None:
        fonts.register()
        super().__init__(out, pagesize=size, pageCompression=1, invariant=1, initialFontName=fonts.REGULAR)
        self._doc = _FlowingDocument(out, language.in_use())
        self._doc.info.producer = PROGRAM
        self._plain_names: dict[str, str] = {}
        self.setCreator(PROGRAM)
        self.setDateFormatter(lambda *_moment: f"D:{dated_on:%Y%m%d}")
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(title)

    def setFont(self, face: str, size: float, leading: float | None = None) -> None:  # noqa: N802
        """Uses the embedded family even where reportlab falls back on a font of its own, as in tables and charts."""
        super().setFont(face if face in fonts.FACES else fonts.REGULAR, size, leading)

    def draw_lines(self, lines: Iterable[Line]) -> None:
        """Draws many lines of cleaned text quickly, each at its x and y in its face and size."""
        operations = ["BT"]
        drawn_with: tuple[str, float] | None = None
        others: list[Line] = []
        for line in lines:
            x, y, face, size, text = line
            if not text.isascii():
                others.append(line)
                continue
            if drawn_with != (face, size):
                drawn_with = (face, size)
                operations.append(f"{self._plain_name(face)} {size} Tf")
            operations.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({_escaped(text)}) Tj")
        operations.append("ET")
        self.addLiteral("\n".join(operations))
        for x, y, face, size, text in others:
            self.setFont(face, size)
            self.drawString(x, y, text)

    def _plain_name(self, face: str) -> str:
        """What the file calls the part of the face in which ASCII stands for itself."""
        name = self._plain_names.get(face)
        if name is None:
            font = pdfmetrics.getFont(face)
            font.splitString(" ", self._doc)
            name = self._plain_names[face] = font.getSubsetInternalName(0, self._doc)
        return name


class NumberedCanvas(PaperCanvas):
    """Holds its pages back until their number is known; for papers of a few pages."""

    def __init__(
        self,
        out: BinaryIO,
        size: tuple[float, float],
        title: str,
        author: str,
        dated_on: date,
        draw_foot: Callable[[Canvas, int, int], None],
    ) -> None:
        super().__init__(out, size, title, author, dated_on)
        self._draw_foot = draw_foot
        self._held: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802
        """Holds the page back instead of writing it."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draws "page x of y" on each page, writes them all and then the rest of the file."""
        total = len(self._held)
        for number, state in enumerate(self._held, 1):
            self.__dict__.update(state)
            self._draw_foot(self, number, total)
            super().showPage()
        super().save()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


class _FlowingDocument(pdfdoc.PDFDocument):  # type: ignore[misc]
    """The objects of one file, each written when it is finished."""

    def __init__(self, out: BinaryIO, lang: str) -> None:
        super().__init__(compression=1, invariant=1, lang=lang, pdfVersion=(1, 4))
        self._out = out
        self._places = array("Q", [0])
        """Offset in the file of each object number; 0 is not yet written."""
        self._growing: list[int] = []
        self._seen = 0
        self._tree = self.Pages = self.Catalog.Pages = _PageTree()
        self._at = 0
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def addPage(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802
        """Writes the page, its content and whatever it needed first."""
        name = self.thisPageName()
        super().addPage(page)
        first = self._seen + 1
        self._tree.kids.append(self.idToObjectNumberAndVersion[name][0])
        self._write_finished()
        for number in range(first, self._seen + 1):
            self._forget(number)

    def SaveToFile(self, filename: object, canvas: Canvas) -> None:  # noqa: N802
        """Writes the rest into the stream given at the start."""
        self.GetPDFData(canvas)

    def format(self) -> bytes:
        """Writes what was growing until now, the table of places and the trailer."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        self._write_finished()
        for number in self._growing:
            self._write_object(number)
            self._write_finished(growing_too=True)
        count = self.objectcounter + 1
        start = self._at
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for place in self._places[1:]:
            self._out.write(b"%010d 00000 n \n" % place)
        self._write(pdfdoc.PDFTrailer(startxref=start, Size=count, Root=root, Info=info, ID=self.ID()).format(self))
        return b""

    def _write_finished(self, growing_too: bool = False) -> None:
        while self._seen < self.objectcounter:
            self._seen += 1
            self._places.append(0)
            if growing_too or isinstance(self.idToObject[self.numberToId[self._seen]], _FINISHED):
                self._write_object(self._seen)
            else:
                self._growing.append(self._seen)

    def _write_object(self, number: int) -> None:
        name = self.numberToId[number]
        thing = self.idToObject[name]
        text = pdfdoc.PDFIndirectObject(name, thing).format(self)
        self._places[number] = self._at
        self._write(text)

    def _forget(self, number: int) -> None:
        name = self.numberToId[number]
        thing = self.idToObject[name]
        if isinstance(thing, _ONCE):
            del self.numberToId[number], self.idToObject[name], self.idToObjectNumberAndVersion[name]
        elif isinstance(thing, pdfdoc.PDFFormXObject):
            thing.stream = thing.Contents = None  # may be used again, but its content is in the file

    def _write(self, text: bytes) -> None:
        self._out.write(text)
        self._at += len(text)


class _PageTree(pdfdoc.PDFObject):  # type: ignore[misc]
    """All pages under one node, by their object numbers."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.kids = array("L")

    def addPage(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802
        """The document adds the page's number itself."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        listed = BytesIO()
        for number in self.kids:
            listed.write(b"%d 0 R\n" % number)
        return b"<< /Type /Pages /Count %d /Kids [\n%s] >>" % (len(self.kids), listed.getvalue())
