"""What a workbook's own XML tells: places of cells, formulas in every form, errors."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange import windows_limit
from models.exchange.guards import examine
from models.exchange.sheet_xml import Odd, SheetXml, letters_of, place_of
from tests.models.exchange.workbooks import assemble, members, with_sheet_xml, write_sheets


def looked_through(path: Path) -> Odd:
    return SheetXml(examine(path.read_bytes(), path)).look_through("Daftar")


@given(st.integers(0, 16_383), st.integers(0, 1_048_575))
def test_the_name_of_a_cell_and_its_place_are_the_same(column: int, row: int) -> None:
    assert place_of(f"{letters_of(column)}{row + 1}") == (row, column)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [letters_of(column) for column in (0, 25, 26, 27, 701, 702, 16_383)] == [
        "A", "Z", "AA", "AB", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "is_without"),
    [
        (b'<c r="B2"><f>1+1</f></c>', True),
        (b'<c r="B2"><f>1+1</f><v/></c>', True),
        (b'<c r="B2" s="3"><f t="shared" si="0"/></c>', True),
        (b'<x:c r="B2"><x:f>1+1</x:f></x:c>', True),
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', False),
        (b'<c r="B2" t="str"><f>A1</f><v></v></c>', False),
        (b'<c r="B2"><v>2</v></c>', False),
    ],
)
def test_a_formula_without_a_result_is_known_in_every_form(tmp_path: Path, cell: bytes, is_without: bool) -> None:
    file = with_sheet_xml(tmp_path / "Daftar.xlsx", b'<sheetData><row r="2">' + cell + b"</row></sheetData>")
    odd = looked_through(file)
    assert (odd.without_result, odd.first_without_result) == ((1, "B2") if is_without else (0, ""))


def test_every_formula_of_a_long_list_is_counted(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><f>1+1</f></c></row>' % (row, row) for row in range(1, 60_001))
    file = with_sheet_xml(tmp_path / "Daftar.xlsx", b"<sheetData>" + rows + b"</sheetData>")
    assert looked_through(file).without_result == 60_000


def test_the_sheet_is_found_by_its_name_wherever_its_part_lies(tmp_path: Path) -> None:
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Lain & lain": [["x"]], "Daftar": [["y"]]})
    parts = members(file)
    error = b'<c r="B1" t="e"><v>#REF!</v></c></row>'
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(b"</row>", error)
    assemble(file, parts)
    assert looked_through(file).errors == {"B1": "#REF!"}


def test_a_workbook_without_its_lists_of_parts_has_nothing_odd(tmp_path: Path) -> None:
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Daftar": [["NIK"]]})
    parts = members(file)
    del parts["xl/_rels/workbook.xml.rels"]
    assemble(file, parts)
    assert looked_through(file) == Odd()


@pytest.mark.skipif(sys.maxsize < 2**32, reason="sizes of a system of 64 bits")
def test_the_limit_of_windows_has_the_shape_that_windows_knows() -> None:
    assert ctypes.sizeof(windows_limit._Extended) == 144


@pytest.mark.skipif(sys.platform == "win32", reason="there it is set")
def test_elsewhere_there_is_no_job_to_limit() -> None:
    assert not windows_limit.limit_memory(1)
