"""Tables of web pages, as programs export them under the name of a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.exchange.cells import Cell
from models.exchange.list_file import read_table
from models.exchange.web_page import WebPage
from models.problems import StorageFailure


def rows_of(page: str | bytes) -> list[list[Cell]]:
    content = page if isinstance(page, bytes) else page.encode()
    return list(WebPage(content, Path("Ekspor.xls")).sheet("").rows())


def test_cells_are_text_without_their_dress() -> None:
    first = "<tr><th>NIK</th><th> Nama\n  Lengkap </th></tr>"
    page = f"<table>{first}<tr><td><b>0012</b></td><td>A &amp; B<br>C</td></tr></table>"
    assert rows_of(page) == [["NIK", "Nama Lengkap"], ["0012", "A & B\nC"]]


def test_cells_over_several_rows_and_columns_keep_the_others_in_their_place() -> None:
    page = (
        "<table><tr><td rowspan=2>No</td><td colspan=2>Kelahiran</td><td rowspan=2>L/P</td></tr>"
        "<tr><td>Tempat</td><td>Tanggal</td></tr><tr><td>1</td><td>Talu</td><td>1980</td><td>L</td></tr></table>"
    )
    assert rows_of(page) == [
        ["No", "Kelahiran", "", "L/P"],
        ["", "Tempat", "Tanggal"],
        ["1", "Talu", "1980", "L"],
    ]


def test_a_page_that_closes_nothing_is_read_all_the_same() -> None:
    assert rows_of("<table><tr><td>a<td>b<tr><td>c<td>d") == [["a", "b"], ["c", "d"]]


def test_scripts_and_styles_are_no_text() -> None:
    assert rows_of("<style>td {}</style><table><tr><td><script>x()</script>a</td></tr></table>") == [["a"]]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='utf-8'>", "utf-8"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("", "cp1252"),
        ("<meta charset=x>", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_the_page_says_or_the_one_that_fits(head: str, encoding: str) -> None:
    assert rows_of(f"{head}<table><tr><td>José</td></tr></table>".encode(encoding)) == [["José"]]


def test_a_span_without_end_takes_no_memory_without_end() -> None:
    assert len(rows_of("<table><tr><td colspan=999999999 rowspan=999999999>a</td></tr></table>")[0]) == 1_000


def test_a_page_without_a_table_has_no_sheet(tmp_path: Path) -> None:
    file = tmp_path / "Ekspor.xls"
    file.write_text("<html><body>Sesi Anda berakhir</body></html>")
    with pytest.raises(StorageFailure) as failed:
        read_table(file)
    assert failed.value.code == "list_no_sheet"
