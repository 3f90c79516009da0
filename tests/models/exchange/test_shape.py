"""Where a list stands in its sheet, tried with sheets of many shapes: nobody and nothing goes missing."""

from __future__ import annotations

import csv
import io
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.exchange.cells import text_of
from models.exchange.csv_file import CsvFile
from models.exchange.reading import Reading, Request, Rows, SheetBegun, SheetRead
from models.exchange.shape import find_shape, is_column_numbers
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.workbooks import SIGNED, headings

PEOPLE = nagari_list(60)
WIDTH = len(PEOPLE.headings)


def read(rows: list[list[str]]) -> tuple[SheetBegun, list[int], list[list[str]], SheetRead]:
    """The headings, the rows of people and what they hold, and what was left out."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    steps = list(Reading(CsvFile(stream.getvalue().encode(), Path("x.csv")), "", Request(Path("x.csv"))).steps())
    begun, ended = steps[0], steps[-1]
    assert isinstance(begun, SheetBegun)
    assert isinstance(ended, SheetRead)
    pieces = [step for step in steps if isinstance(step, Rows)]
    numbers = list(chain.from_iterable(piece.numbers for piece in pieces))
    people = [list(row) for piece in pieces for row in zip(*piece.columns, strict=True)]
    kept = len(numbers) - ended.notes_at_end
    return begun, numbers[:kept], people[:kept], ended


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """A sheet as an office might lay it out, and the people in it."""
    people = PEOPLE.rows[: draw(st.integers(2, 12))]
    rows: list[list[str]] = [[title] for title in PEOPLE.titles[: draw(st.integers(0, 3))]]
    if draw(st.booleans()):
        rows.append(["Kecamatan", ": Talamau"])
    rows += [[] for _ in range(draw(st.integers(0, 2)))]
    merges: list[tuple[int, int, int, int]] = []
    rows += headings(PEOPLE, merges, 0) if draw(st.booleans()) else [PEOPLE.headings]
    if draw(st.booleans()):
        form = draw(st.sampled_from(["{}", "({})", "{}."]))
        rows.append([form.format(number) for number in range(1, WIDTH + 1)])
    for place, person in enumerate(people):
        if place and draw(st.integers(0, 5)) == 0:
            odd = draw(st.sampled_from(["blank", "headings", "sum", "jorong"]))
            rows.append(
                {
                    "blank": [],
                    "headings": PEOPLE.headings,
                    "sum": ["", "Sub Jumlah", "", str(place)],
                    "jorong": ["JORONG TOMBANG"],
                }[odd]
            )
        rows.append(person)
    if draw(st.booleans()):
        rows.append(["JUMLAH", "", "", f"{len(people)} orang"])
    if draw(st.booleans()):
        right = [""] * draw(st.integers(0, WIDTH - 1))
        rows += [[], *([*right, line] for line in SIGNED)]
    return rows, people


@settings(max_examples=200)
@given(sheets())
def test_everybody_is_found_in_every_layout_and_nobody_else(
    sheet: tuple[list[list[str]], list[list[str]]],
) -> None:
    rows, people = sheet
    _, _, found, _ = read(rows)
    assert found == people


cells = st.one_of(
    st.just(""),
    st.sampled_from(
        ["NIK", "Nama", "No", "1", "2", "3", "Jumlah", "1312040101800001", "Wali Nagari", "Budi", "JORONG"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
)


@settings(max_examples=200)
@given(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=14))
def test_every_row_with_a_text_is_a_heading_a_person_or_told(rows: list[list[str]]) -> None:
    begun, numbers, _, ended = read(rows)
    told = {left.row for left in ended.left_out}
    assert not told & set(numbers)
    stream = CsvFile(_csv(rows), Path("x.csv"))
    for number, row in enumerate(stream.sheet("").rows(), 1):
        if any(text_of(cell).strip() for cell in row):
            assert (number in begun.heading_rows) + (number in numbers) + (number in told) == 1 or _only_numbered(row)


def _csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode()


def _only_numbered(row: list[Any]) -> bool:
    """A row below the people of which only the running number is there is nobody."""
    texts = [text_of(cell).strip() for cell in row if text_of(cell).strip()]
    return len(texts) == 1 and texts[0].isdigit()


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ([1, 2, 3, 4], True),
        (["(1)", "(2)", "(3)"], True),
        (["1", "2", "3", "4=2x3", "5"], True),
        (["", "1", "2", "3"], True),
        ([1, 2], False),
        (["1", "1312040101800001", "Budi"], False),
        (["1", "2", "Budi", "L", "P"], False),
        ([2, 3, 4], False),
    ],
)
def test_numbers_of_columns_are_known(row: list[Any], is_so: bool) -> None:
    assert is_column_numbers(row) is is_so


def test_a_list_of_two_kinds_of_names_keys_on_the_person() -> None:
    rows = [
        ["No", "Nama Ibu Kandung", "Nama Kepala Keluarga", "No. KK", "Nama Lengkap", "NIK Ibu", "No. KTP"],
        ["1", "A", "B", "1", "C", "2", "1312040101800001"],
    ]
    shape = find_shape(rows)
    assert (shape.number, shape.name, shape.nik) == (0, 4, 6)


def test_columns_without_headings_are_known_by_what_stands_in_them() -> None:
    shape = find_shape([[str(place), row[1], row[3], row[5]] for place, row in enumerate(PEOPLE.rows, 1)])
    assert (shape.headings, shape.nik, shape.name) == (("",) * 4, 1, 2)


def test_headings_that_nobody_foresaw_are_taken_where_rows_with_numbers_follow() -> None:
    shape = find_shape([["Uno", "Duo", "Tre"], ["1", "2", "x"], ["2", "3", "y"]])
    assert (shape.headings, shape.heading_rows) == (("Uno", "Duo", "Tre"), (0,))


def _nik(number: int) -> str:
    return f"13120401018000{number:02d}"


@pytest.mark.parametrize(
    ("rows", "heading_rows", "people"),
    [
        pytest.param(
            [
                ["NO", "NAMA / NIK", "TEMPAT, TGL LAHIR"],
                ["1", f"BUDI\n{_nik(1)}", "Talu, 01-01-1980"],
                ["2", f"SITI\n{_nik(2)}"],
            ],
            (1,),
            [2, 3],
            id="name and NIK in one cell",
        ),
        pytest.param(
            [
                ["KPJ", "NIK", "NAMA TK", "STATUS"],
                ["12345678901", _nik(1), "BUDI", "DITERIMA"],
                ["", _nik(2), "SITI", "DITOLAK"],
            ],
            (1,),
            [2, 3],
            id="an answer without a running number",
        ),
        pytest.param(
            [
                ["Nama Nagari", ": Kajai"],
                ["Kecamatan", ": Talamau"],
                ["No", "Nama", "NIK", "Pekerjaan"],
                ["1", "BUDI", _nik(1), "Tani"],
                ["Keterangan: data per 1 Agustus"],
                ["", "", "", "Kajai, 4 Agustus 2025"],
                ["", "", "", "( ................ )"],
            ],
            (3,),
            [4],
            id="labels above, signature below",
        ),
        pytest.param(
            [
                ["DAFTAR KADER"],
                ["No", "Nama", "NIK"],
                ["1", "BUDI", _nik(1)],
                ["DAFTAR STAF"],
                ["No", "Nama", "NIK"],
                ["1", "SITI", _nik(2)],
            ],
            (2,),
            [3, 6],
            id="two lists, one below the other",
        ),
        pytest.param(
            [
                ["No", "Nama", "Jabatan", "Upah"],
                ["1", "BUDI", "Wali", "1000000"],
                ["2", "SITI", "Staf", "1000000"],
                ["", "Jumlah", "", "2000000"],
                ["", "Mengetahui", "", ""],
                ["", "BUDIMAN", "", ""],
            ],
            (1,),
            [2, 3],
            id="no NIK, and who signed stands under the names",
        ),
        pytest.param([["No", "Nama", "NIK", "Alamat"], ["", "NIHIL", "", ""]], (1,), [], id="nobody this month"),
        pytest.param(
            [["NO", "NAMA", "NIK"], ["I", "BUDI", _nik(1)], ["II", "SITI", _nik(2)]], (1,), [2, 3], id="roman"
        ),
    ],
)
def test_lists_as_they_have_been_seen(
    rows: list[list[str]], heading_rows: tuple[int, ...], people: list[int]
) -> None:
    begun, numbers, _, ended = read(rows)
    assert begun.heading_rows == heading_rows
    assert numbers == people
    said = {left.row for left in ended.left_out} | set(heading_rows) | set(people)
    assert said == set(range(1, len(rows) + 1))
