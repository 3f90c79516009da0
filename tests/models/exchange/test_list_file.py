"""Lists as offices make them: where the headings stand, who is a person, and that nobody goes missing unseen."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from models.exchange.list_file import open_list, read_table
from models.exchange.table import FileKind, ListTable, RowKind
from models.problems import StorageFailure
from tests.models.exchange.nagari_lists import MISTAKES, NagariList, nagari_list, spoil
from tests.models.exchange.workbooks import (
    FILES,
    converted,
    csv_rows,
    libreoffice_reads,
    write_csv,
    write_sheets,
    write_xlsx,
)


def people_of(table: ListTable) -> list[list[Any]]:
    return [list(table.row(place)) for place in range(len(table))]


def kinds_of(table: ListTable) -> list[tuple[int, RowKind]]:
    return [(left.row, left.kind) for left in table.left_out if left.kind is not RowKind.BLANK]


def test_a_plain_list_is_read_as_it_stands(tmp_path: Path) -> None:
    people = nagari_list(20)
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Lembar1": [people.headings, *people.rows]})
    opened = open_list(file)
    assert (opened.kind, opened.default, opened.size) == (FileKind.XLSX, "Lembar1", file.stat().st_size)
    assert opened.hash == hashlib.sha256(file.read_bytes()).digest()
    [sheet] = opened.sheets
    assert (sheet.name, sheet.rows, sheet.columns, sheet.people, sheet.is_hidden) == ("Lembar1", 21, 16, 20, False)
    table = read_table(opened)
    assert table.headings == tuple(people.headings)
    assert people_of(table) == people.rows
    assert list(table.rows) == list(range(2, 22))
    assert table.letters[:3] == ("A", "B", "C")
    assert table.heading_rows == (1,)
    assert table.left_out == ()


def test_titles_two_headings_numbers_sums_and_signatures_are_no_people(tmp_path: Path) -> None:
    people = nagari_list(12)
    file = write_xlsx(
        tmp_path / "Daftar.xlsx",
        people,
        has_two_headings=True,
        has_column_numbers=True,
        has_total=True,
        is_signed=True,
        repeat_headings_every=5,
    )
    table = read_table(file)
    assert people_of(table) == people.rows
    assert table.heading_rows == (5, 6)
    assert table.headings[:7] == (
        "No",
        "NIK",
        "No. KK",
        "Nama Lengkap",
        "Kelahiran / Tempat",
        "Kelahiran / Tanggal",
        "L/P",
    )
    assert table.headings[8:12] == (
        "Tempat Tinggal / Jalan/RT/RW",
        "Tempat Tinggal / Jorong",
        "Tempat Tinggal / Nagari",
        "Tempat Tinggal / Kecamatan",
    )
    title, heading, total, note = RowKind.TITLE, RowKind.HEADING, RowKind.TOTAL, RowKind.NOTE
    assert kinds_of(table) == [
        *((row, title) for row in (1, 2, 3)),
        *((row, heading) for row in (7, 13, 19)),
        (22, total),
        *((row, note) for row in (24, 25, 28, 29)),
    ]
    told = {left.row: left.text for left in table.left_out}
    assert told[22] == "JUMLAH | 12 orang"
    assert told[28] == "H. SYAHRIAL, S.Pd."
    assert list(table.rows) == [*range(8, 13), *range(14, 19), 20, 21]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_open_workbooks_say_the_same(kind: str) -> None:
    table = read_table(FILES / f"daftar.{kind}")
    assert table.source.kind is FileKind(kind)
    expected = nagari_list(6, seed=7)
    expected.put(1, "born_on", date(1980, 12, 31))
    expected.put(2, "nik", int(expected.get(2, "nik")))
    expected.put(3, "income", 950000)
    assert people_of(table) == expected.rows
    assert table.headings[4:6] == ("Kelahiran / Tempat", "Kelahiran / Tanggal")
    assert [kind for _, kind in kinds_of(table)] == [RowKind.TITLE] * 3 + [RowKind.HEADING, RowKind.TOTAL] + [
        RowKind.NOTE
    ] * 4


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_saves_says_the_same(tmp_path: Path, kind: str) -> None:
    people = nagari_list(30)
    file = write_xlsx(tmp_path / "Daftar.xlsx", people, has_two_headings=True, is_signed=True)
    assert people_of(read_table(converted(file, kind, tmp_path / "lo"))) == people.rows


def test_libreoffice_reads_the_lists_of_these_tests(tmp_path: Path) -> None:
    people = nagari_list(5)
    shown = libreoffice_reads(write_xlsx(tmp_path / "Daftar.xlsx", people), tmp_path / "lo")
    assert shown[-5:] == people.rows


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_columns_is_read_in_every_usual_form(tmp_path: Path, delimiter: str, encoding: str) -> None:
    people = nagari_list(12)
    people.put(3, "name", "JOSÉ “ANDI” Ñ")
    people.put(4, "address", 'Jl. Raya, RT 4; "Simpang"\r\nbelakang masjid')
    file = write_csv(tmp_path / "Daftar.csv", csv_rows(people), delimiter=delimiter, encoding=encoding)
    table = read_table(file)
    assert people_of(table) == people.rows
    assert table.heading_rows == (4,)
    assert table.source.sheet == ""


def test_a_number_keeps_its_kind_and_a_date_its_own(tmp_path: Path) -> None:
    people = nagari_list(6)
    people.put(0, "nik", 1312040101800001)
    people.put(1, "nik", 1.31204e15)
    people.put(2, "born_on", date(1980, 12, 31))
    people.put(3, "born_on", 29221)
    people.put(4, "born_on", "31/12/1980")
    table = read_table(write_xlsx(tmp_path / "Daftar.xlsx", people))
    nik, born_on = table.columns[1], table.columns[people.column("born_on")]
    assert nik[:2] == [1312040101800001, 1312040000000000]
    assert [type(cell) for cell in nik[:3]] == [int, int, str]
    assert born_on[2:5] == [date(1980, 12, 31), 29221, "31/12/1980"]
    assert not isinstance(born_on[2], datetime)


def test_a_file_that_counts_from_1904_gives_the_right_dates_and_says_so(tmp_path: Path) -> None:
    people = nagari_list(4)
    people.put(2, "born_on", date(1980, 12, 31))
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": [people.headings, *people.rows]}, is_1904=True)
    table = read_table(file)
    assert table.columns[people.column("born_on")][2] == date(1980, 12, 31)
    assert [remark.code for remark in table.remarks] == ["list_from_1904"]


def test_the_visible_sheet_with_most_people_is_chosen(tmp_path: Path) -> None:
    few, many, more = nagari_list(3), nagari_list(9), nagari_list(30)
    file = write_sheets(
        tmp_path / "Daftar.xlsx",
        {
            "Petunjuk": [["Isi lembar Daftar."], ["Jangan ubah judul kolom."]],
            "Sedikit": [few.headings, *few.rows],
            "Banyak": [many.headings, *many.rows],
            "Rujukan": [more.headings, *more.rows],
        },
        hidden=["Rujukan"],
    )
    opened = open_list(file)
    assert opened.default == "Banyak"
    assert [(sheet.name, sheet.people, sheet.is_hidden) for sheet in opened.sheets] == [
        ("Petunjuk", 0, False),
        ("Sedikit", 3, False),
        ("Banyak", 9, False),
        ("Rujukan", 30, True),
    ]
    assert [remark.code for remark in opened.remarks] == ["list_hidden"]
    assert people_of(read_table(opened)) == many.rows
    assert people_of(read_table(opened, "Rujukan")) == more.rows
    assert people_of(read_table(file, "Sedikit")) == few.rows
    with pytest.raises(StorageFailure) as failed:
        read_table(file, "Tidak ada")
    assert failed.value.code == "list_sheet_gone"


def test_the_row_of_the_headings_can_be_said(tmp_path: Path) -> None:
    people = nagari_list(4)
    rows = [["Nama", "NIK", "Tempat"], ["a", "b", "c"], people.headings, *people.rows]
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": rows})
    assert read_table(file, heading_row=3).heading_rows == (3,)
    assert read_table(file, heading_row=1).heading_rows == (1,)
    bare = read_table(file, heading_row=0)
    assert bare.heading_rows == ()
    assert set(bare.headings) == {""}


def test_a_list_that_begins_further_right_and_below_keeps_its_letters_and_rows(tmp_path: Path) -> None:
    people = nagari_list(4)
    rows = [[], [], *([["", "", *row] for row in [people.headings, *people.rows]])]
    table = read_table(write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": rows}))
    assert people_of(table) == people.rows
    assert table.letters[:2] == ("C", "D")
    assert (table.heading_rows, list(table.rows)) == ((3,), [4, 5, 6, 7])


def test_cells_made_one_over_several_rows_stand_in_each_of_them(tmp_path: Path) -> None:
    people = nagari_list(6)
    place, card = people.column("family_card"), people.get(1, "family_card")
    rows = [people.headings, *(list(row) for row in people.rows)]
    for row in (2, 3, 4):
        rows[row][place] = card if row == 2 else ""
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": rows}, merges={"Daftar": [(2, place, 4, place)]})
    assert read_table(file).columns[place][1:4] == [card] * 3


def test_somebody_with_hardly_anything_written_is_not_lost(tmp_path: Path) -> None:
    people = nagari_list(8)
    width = len(people.fields)
    people.rows[2] = ["3", "", "", "BUDI", *[""] * (width - 4)]
    people.rows[3] = ["", people.get(3, "nik"), *[""] * (width - 2)]
    people.rows[4] = ["", "", "", "SITI AMINAH", *[""] * (width - 4)]
    people.rows[7] = ["8", "", "", "TERAKHIR", *[""] * (width - 4)]
    table = read_table(write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": [people.headings, *people.rows]}))
    assert people_of(table) == people.rows


def test_groups_within_a_list_and_rows_that_were_only_numbered_are_told(tmp_path: Path) -> None:
    people = nagari_list(4)
    first, second = people.rows[:2], people.rows[2:]
    file = write_sheets(
        tmp_path / "Daftar.xlsx",
        {"Daftar": [people.headings, ["JORONG PASAR"], *first, ["JORONG TOMBANG"], *second, ["5"], ["6"]]},
    )
    table = read_table(file)
    assert people_of(table) == people.rows
    assert [(left.row, left.kind, left.text) for left in table.left_out] == [
        (2, RowKind.NOTE, "JORONG PASAR"),
        (5, RowKind.NOTE, "JORONG TOMBANG"),
    ]


def test_sums_of_each_jorong_are_no_people(tmp_path: Path) -> None:
    people = nagari_list(4)
    sums: list[list[Any]] = [["", "", "", "Sub Total", "", "2 orang"], ["JUMLAH TOTAL", "", "", "", "", 4]]
    file = write_sheets(
        tmp_path / "Daftar.xlsx",
        {"Daftar": [people.headings, *people.rows[:2], sums[0], *people.rows[2:], sums[1]]},
    )
    table = read_table(file)
    assert people_of(table) == people.rows
    assert kinds_of(table) == [(4, RowKind.TOTAL), (7, RowKind.TOTAL)]


def test_blank_rows_between_people_are_told_and_those_below_are_not(tmp_path: Path) -> None:
    people = nagari_list(3)
    rows = [people.headings, people.rows[0], [], people.rows[1], people.rows[2], [" "], [" "]]
    table = read_table(write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": rows}))
    assert people_of(table) == people.rows
    assert [(left.row, left.kind) for left in table.left_out] == [(3, RowKind.BLANK)]


def test_one_column_of_nik_is_a_list_too(tmp_path: Path) -> None:
    people = nagari_list(5)
    rows = [["NIK"], *([row[1]] for row in people.rows)]
    assert len(read_table(write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": rows}))) == 5
    assert len(read_table(write_csv(tmp_path / "Daftar.csv", rows))) == 5


def test_a_list_without_headings_is_read_with_every_row(tmp_path: Path) -> None:
    people = nagari_list(5)
    table = read_table(write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": people.rows}))
    assert people_of(table) == people.rows
    assert table.heading_rows == ()


def test_headings_of_other_programs_are_found(tmp_path: Path) -> None:
    rows = [["NO_PEGAWAI", "NAMA_LENGKAP", "NO_IDENTITAS", "TANGGAL_LAHIR"], ["17", "BUDI", "1312040101800001", "x"]]
    table = read_table(write_sheets(tmp_path / "SIPP.xlsx", {"Data": rows}))
    assert table.headings == tuple(rows[0])
    assert len(table) == 1


@pytest.mark.parametrize("number", MISTAKES)
def test_no_mistake_of_a_row_makes_the_row_go_missing(tmp_path: Path, number: int) -> None:
    variants = MISTAKES[number][1]
    people = nagari_list(4 * len(variants) + 2)
    for step, variant in enumerate(variants):
        spoil(people, number, 4 * step + 1, variant)
    assert people_of(read_table(write_xlsx(tmp_path / "Daftar.xlsx", people, is_signed=True))) == _as_read(people)
    text = write_csv(tmp_path / "Daftar.csv", csv_rows(people))
    assert len(read_table(text)) == len(people)


def _as_read(people: NagariList) -> list[list[Any]]:
    return [[int(cell) if isinstance(cell, float) else cell for cell in row] for row in people.rows]


def test_an_empty_sheet_has_nobody(tmp_path: Path) -> None:
    assert len(read_table(write_sheets(tmp_path / "Kosong.xlsx", {"Lembar1": []}))) == 0
