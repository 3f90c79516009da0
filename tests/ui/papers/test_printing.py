"""Pages on their way to a printer."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from ui.papers.pages import PdfPages
from ui.papers.printing import Printing, prepare

A4, F4 = (595.28, 841.89), (609.45, 935.43)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Four empty pages."""
    writer = PdfWriter()
    for _ in range(4):
        writer.add_blank_page(*A4)
    file = tmp_path / "surat.pdf"
    with file.open("wb") as stream:
        writer.write(stream)
    return file


def printer_into(file: Path, size: tuple[float, float] = A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    prepare(printer, size, "surat")
    return printer


def ended(qtbot: QtBot, printing: Printing) -> list[object]:
    with qtbot.waitSignal(printing.ended, timeout=20_000) as signal:
        printing.start()
    return list(signal.args or [])


def sides(file: Path) -> tuple[int, int]:
    return tuple(round(float(side)) for side in PdfReader(file).pages[0].mediabox[2:])  # type: ignore[return-value]


def test_every_page_is_sent(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    assert ended(qtbot, Printing(paper, printer_into(tmp_path / "keluar.pdf"))) == [4, True]
    assert len(PdfReader(tmp_path / "keluar.pdf").pages) == 4
    assert sides(tmp_path / "keluar.pdf") == (595, 842)


def test_only_the_pages_asked_for_are_sent(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    printer = printer_into(tmp_path / "keluar.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert ended(qtbot, Printing(paper, printer)) == [2, True]


def test_it_stops_before_the_next_page(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    printing = Printing(paper, printer_into(tmp_path / "keluar.pdf"))
    printing.stepped.connect(lambda done, _of: printing.cancel() if done == 2 else None)
    assert ended(qtbot, printing) == [2, False]


@pytest.mark.qt_log_ignore("QPdf", "QPainter::begin", extend=True)
def test_a_printer_that_cannot_begin_is_told(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    assert ended(qtbot, Printing(paper, printer_into(tmp_path / "tidak ada" / "keluar.pdf"))) == [0, False]


def test_folio_is_printed_on_the_folio_that_printers_know(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    ended(qtbot, Printing(paper, printer_into(tmp_path / "keluar.pdf", F4)))
    assert sides(tmp_path / "keluar.pdf") == (612, 936)


def test_a_page_lying_down_is_printed_lying_down(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    ended(qtbot, Printing(paper, printer_into(tmp_path / "keluar.pdf", (A4[1], A4[0]))))
    assert sides(tmp_path / "keluar.pdf") == (842, 595)


def test_pages_are_pictures_of_the_size_asked_for() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 200)
    out = BytesIO()
    writer.write(out)
    pages = PdfPages(out.getvalue())
    picture = pages.picture(0, 2.0)
    assert (len(pages), pages.size(0)) == (1, (100.0, 200.0))
    assert (picture.width(), picture.height()) == (200, 400)
    assert picture.pixelColor(5, 5).name() == "#ffffff"
    pages.close()
