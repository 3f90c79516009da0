"""A list back to its sender: everything as it came, and beside it what is to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.exchange.checked import CheckedList, Finding
from models.exchange.list_file import read_table
from models.exchange.mapping import ColumnMapping
from models.exchange.returned import write_findings
from models.language import use
from models.problems import Level, Problem
from tests.models.exchange.nagari_lists import NagariList, nagari_list
from tests.models.exchange.workbooks import libreoffice_reads, write_xlsx

SHORT = Problem("nik", "nik_length", "NIK must have 16 digits, not {count}.", {"count": 15})
SEX = Problem("sex", "nik_sex_differs", "The NIK says otherwise.", {}, Level.WARNING)
ROW = Problem("worker", "row_shifted", "The row is shifted.", {})


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    use("id")
    yield
    use("en")


def people() -> NagariList:
    made = nagari_list(10)
    made.put(1, "born_on", date(1980, 12, 31))
    made.put(2, "nik", 1312040101800000)
    made.put(3, "name", '=HYPERLINK("http://x")')
    made.put(4, "nik", "131204010180001")
    return made


def checked(path: Path, **values: Any) -> CheckedList:
    table = read_table(write_xlsx(path / "Daftar.xlsx", people(), is_signed=True))
    findings = [Finding(4, 1, SHORT), Finding(4, None, ROW), Finding(7, 6, SEX), Finding(8, 6, SEX)]
    return CheckedList(table, ColumnMapping(), {1: "nik", 6: "sex"}, {}, findings, **values)


def sheets(path: Path) -> tuple[Any, Any]:
    first, second = openpyxl.load_workbook(path).worksheets
    return first, second


def test_all_columns_come_back_untouched_with_one_more_beside_them(tmp_path: Path) -> None:
    assert write_findings(checked(tmp_path), tmp_path / "Kembali.xlsx") == 10
    sheet, _ = sheets(tmp_path / "Kembali.xlsx")
    headings = [cell.value for cell in sheet[5]]
    assert headings == [*people().headings, "Yang perlu diperbaiki"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == people().titles
    for place, row in enumerate(people().rows):
        there = [cell.value for cell in sheet[6 + place]][:-1]
        expected = [datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell for cell in row]
        assert there == expected
    assert sheet.title == "Daftar"
    assert sheet["D9"].data_type == "s"  # a formula as a name
    assert sheet["B8"].number_format == "0"  # a number shows all its digits


def test_bad_cells_are_marked_and_the_reasons_stand_beside_the_row(tmp_path: Path) -> None:
    write_findings(checked(tmp_path), tmp_path / "Kembali.xlsx")
    sheet, _ = sheets(tmp_path / "Kembali.xlsx")
    reasons = [sheet.cell(6 + place, 17) for place in range(10)]
    assert [bool(cell.value) for cell in reasons] == [place in (4, 7, 8) for place in range(10)]
    assert reasons[4].value == f"NIK: {SHORT.text}\n{ROW.text}"
    assert reasons[7].value == f"L/P: {SEX.text}"
    marked = sheet["B10"]
    assert marked.fill.fgColor.rgb[-6:] == "FFC7CE"
    assert marked.comment.text == SHORT.text
    assert sheet["G13"].fill.fgColor.rgb[-6:] == "FFEB9C"
    assert sheet["B6"].fill.fill_type is None


def test_only_the_rows_with_findings_may_go_back(tmp_path: Path) -> None:
    assert write_findings(checked(tmp_path), tmp_path / "Kembali.xlsx", only_findings=True) == 3
    sheet, _ = sheets(tmp_path / "Kembali.xlsx")
    assert sheet.max_row == 8
    assert [sheet.cell(row, 4).value for row in (6, 7, 8)] == [people().get(place, "name") for place in (4, 7, 8)]
    assert [sheet.cell(row, 18).value for row in (5, 6, 7, 8)] == ["Baris di berkas Anda", 10, 13, 14]


def test_a_warning_that_was_explained_does_not_go_back(tmp_path: Path) -> None:
    mended = checked(tmp_path, reasons={7: {SEX.code: "Sudah dicek di KTP"}})
    assert write_findings(mended, tmp_path / "Kembali.xlsx", only_findings=True) == 2


def test_the_second_sheet_counts_each_kind_and_says_what_to_do(tmp_path: Path) -> None:
    stop = Problem("nik", "nik_column_cut", "The whole column is cut.")
    write_findings(checked(tmp_path, stops=(stop,)), tmp_path / "Kembali.xlsx")
    _, counts = sheets(tmp_path / "Kembali.xlsx")
    rows = [[cell.value for cell in row] for row in counts.iter_rows(min_row=1)]
    assert rows[0][0] == "3 dari 10 baris perlu diperbaiki."
    assert rows[2] == ["Yang salah", "Jumlah", "Yang perlu dilakukan", "Contoh"]
    assert rows[3][2] == stop.text
    assert [row[1] for row in rows[4:]] == [1, 2, 1]
    assert all(row[0] and row[2] and row[3].startswith("Baris ") for row in rows[4:])


def test_a_list_that_came_back_is_read_again_by_its_headings(tmp_path: Path) -> None:
    write_findings(checked(tmp_path), tmp_path / "Kembali.xlsx")
    table = read_table(tmp_path / "Kembali.xlsx")
    assert table.source.sheet == "Daftar"
    assert table.headings[:-1] == tuple(people().headings)
    assert len(table) == 10


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    write_findings(checked(tmp_path), tmp_path / "Kembali.xlsx")
    shown = libreoffice_reads(tmp_path / "Kembali.xlsx", tmp_path / "lo")
    assert shown[4][-1] == "Yang perlu diperbaiki"
    assert shown[7][1] == "1312040101800000"
    assert shown[8][3] == '=HYPERLINK("http://x")'


def test_where_rows_stand_elsewhere_than_in_the_file_their_numbers_stand_beside_them(tmp_path: Path) -> None:
    table = read_table(write_xlsx(tmp_path / "Daftar.xlsx", people(), has_two_headings=True, repeat_headings_every=5))
    found = CheckedList(table, ColumnMapping(), {1: "nik"}, {}, [Finding(7, 1, SHORT)])
    write_findings(found, tmp_path / "Kembali.xlsx")
    sheet, _ = sheets(tmp_path / "Kembali.xlsx")
    last = sheet.max_column
    assert sheet.cell(5, last).value == "Baris di berkas Anda"
    assert [sheet.cell(row, last).value for row in range(6, 16)] == list(table.rows)
    assert table.rows[7] == 15
