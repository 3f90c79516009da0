"""Workbooks that we write, opened again by three other programs."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.exchange.list_file import read_table
from models.exchange.xlsx_out import Column, Form, Mark, Marked, SheetOut, write_rows
from models.problems import StorageFailure
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.workbooks import libreoffice_reads

HOSTILE = [
    '=HYPERLINK("http://x.example";"klik")',
    "=1+1",
    "+62812",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "https://x.example",
    "mailto:x@x.example",
    "{=1+1}",
    "1312040101800001",
    "08123456789",
    "1E5",
    "31/12/1980",
    "TRUE",
    "#N/A",
    "_x0041_",
    " depan dan belakang ",
    "dua\nbaris",
    "'petik",
    "<b>&amp;</b>",
]


class Enough(Exception):
    """Somebody pressed cancel."""


def write(path: Path, rows: list[list[Any]], *columns: Column) -> Path:
    write_rows(path, [SheetOut("Daftar", columns or [Column("Isi")], rows)])
    return path


def opened(path: Path, sheet: str = "Daftar") -> Any:
    return openpyxl.load_workbook(path)[sheet]


def test_text_stays_text_to_the_letter(tmp_path: Path) -> None:
    file = write(tmp_path / "Keluar.xlsx", [[text] for text in HOSTILE])
    sheet = opened(file)
    cells = [sheet.cell(row, 1) for row in range(2, len(HOSTILE) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert [row[0] for row in CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[1:]] == HOSTILE
    with zipfile.ZipFile(file) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"hyperlink" not in content


def test_libreoffice_shows_the_same_text(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if "\n" not in text]
    file = write(tmp_path / "Keluar.xlsx", [[text] for text in texts])
    assert [row[0] for row in libreoffice_reads(file, tmp_path / "lo")] == ["Isi", *texts]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8))
def test_any_text_can_be_written_and_read(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    file = write(tmp_path_factory.mktemp("keluar") / "Keluar.xlsx", [[text] for text in texts])
    read = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    lines = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [row[0] for row in read[1:]] == ["".join(map(_as_written, line)) for line in lines]


def _as_written(sign: str) -> str:
    is_control = ord(sign) < 0x20 and sign not in "\t\n"
    return "\ufffd" if is_control or 0xD800 <= ord(sign) < 0xE000 or sign in "\ufffe\uffff" else sign


def test_signs_that_no_workbook_can_hold_become_a_visible_one(tmp_path: Path) -> None:
    sheet = opened(write(tmp_path / "Keluar.xlsx", [["Bu\x00di\x07 \ud800"]]))
    assert sheet["A2"].value == "Bu\ufffddi\ufffd \ufffd"


def test_dates_money_and_numbers_have_their_own_form(tmp_path: Path) -> None:
    file = write(
        tmp_path / "Keluar.xlsx",
        [[date(1980, 12, 31), 1_050_000, 3, "31/12/1980"], [date(1850, 1, 1), None, 10**15, date(2026, 1, 2)]],
        Column("Lahir", Form.DATE),
        Column("Upah", Form.MONEY),
        Column("Bulan", Form.NUMBER),
        Column("Teks"),
    )
    sheet = opened(file)
    assert [cell.value for cell in sheet[2]] == [datetime(1980, 12, 31), 1_050_000, 3, "31/12/1980"]
    assert [cell.number_format for cell in sheet[2]] == ["dd/mm/yyyy", "#,##0", "0", "@"]
    assert [cell.value for cell in sheet[3]] == ["01/01/1850", None, "1000000000000000", "02/01/2026"]


def test_libreoffice_shows_dates_and_money_as_they_are_meant(tmp_path: Path) -> None:
    columns = (Column("Lahir", Form.DATE), Column("Upah", Form.MONEY))
    file = write(tmp_path / "Keluar.xlsx", [[date(1980, 12, 31), 1_050_000]], *columns)
    assert libreoffice_reads(file, tmp_path / "lo")[1] == ["31/12/1980", "1,050,000"]


def test_headings_stay_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    columns = [Column("NIK"), Column("Nama"), Column("Pendek", width=7)]
    rows = [["1312040101800001", "Siti Aminah binti Abdullah dari Kajai", "x"]] * 3
    write_rows(tmp_path / "Keluar.xlsx", [SheetOut("Daftar", columns, rows, ["DAFTAR", "NAGARI KAJAI"])])
    sheet = opened(tmp_path / "Keluar.xlsx")
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value] == ["DAFTAR", "NAGARI KAJAI", "NIK"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:C7")
    width = {letter: sheet.column_dimensions[letter].width for letter in "ABC"}
    assert width["A"] >= 16
    assert width["B"] >= 37
    assert 7 <= width["C"] < 8


def test_marked_cells_have_a_colour_and_say_why(tmp_path: Path) -> None:
    rows = [[Marked("131204", Mark.WRONG, "Hanya 6 angka."), Marked("", Mark.DOUBTFUL, "Kosong.")]]
    sheet = opened(write(tmp_path / "Keluar.xlsx", rows, Column("NIK"), Column("Nama")))
    assert [sheet["A2"].fill.fgColor.rgb[-6:], sheet["B2"].fill.fgColor.rgb[-6:]] == ["FFC7CE", "FFEB9C"]
    assert sheet["A2"].value == "131204"
    assert sheet["A2"].comment.text == "Hanya 6 angka."
    assert sheet["B2"].comment.text == "Kosong."


def test_names_of_sheets_become_names_that_spreadsheets_allow(tmp_path: Path) -> None:
    names = ["Daftar: Kajai/Talu?", "daftar  kajai talu", "", "x" * 40, "X" * 31, "History"]
    write_rows(tmp_path / "Keluar.xlsx", [SheetOut(name, [Column("A")], []) for name in names])
    found = openpyxl.load_workbook(tmp_path / "Keluar.xlsx").sheetnames
    assert len(found) == 6
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)


def test_what_was_written_is_read_as_a_list_again(tmp_path: Path) -> None:
    people = nagari_list(40)
    columns = [Column(heading) for heading in people.headings]
    write_rows(tmp_path / "Keluar.xlsx", [SheetOut("Daftar", columns, people.rows, people.titles)])
    table = read_table(tmp_path / "Keluar.xlsx")
    assert table.headings == tuple(people.headings)
    assert [list(table.row(place)) for place in range(40)] == people.rows


def test_a_cancel_leaves_nothing_behind_and_the_old_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "Keluar.xlsx"
    write(file, [["yang lama"]])
    before = file.read_bytes()

    def stop(done: int, of: int) -> None:
        raise Enough

    rows = [SheetOut("Daftar", [Column("Isi")], ([str(number)] for number in range(5_000)))]
    with pytest.raises(Enough):
        write_rows(file, rows, stop)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == before


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as failed:
        write(tmp_path / "tidak ada" / "Keluar.xlsx", [["x"]])
    assert "Keluar.xlsx" in failed.value.text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to try on")
def test_a_full_disk_is_told_and_nothing_stays(tmp_path: Path) -> None:
    (tmp_path / "Keluar.xlsx.part").symlink_to("/dev/full")
    with pytest.raises(StorageFailure) as failed:
        write(tmp_path / "Keluar.xlsx", [["x" * 1_000]] * 500)
    assert failed.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused_not_cut(tmp_path: Path) -> None:
    rows = ([""] for _ in range(1_048_576))
    with pytest.raises(ValueError, match="1,048,576"):
        write_rows(tmp_path / "Keluar.xlsx", [SheetOut("Daftar", [Column("Isi")], rows)])
    assert list(tmp_path.iterdir()) == []
