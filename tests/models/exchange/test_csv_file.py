"""Text in columns, tried with texts that nobody would think of."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.csv_file import CsvFile, encoding_of, separator_of
from models.exchange.list_file import read_table
from tests.models.exchange.nagari_lists import nagari_list

SEPARATORS = [";", ",", "\t", "|"]
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
rows = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=3, max_size=12)
)


def written(table: list[list[str]], separator: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    return stream.getvalue()


def read(content: bytes) -> list[list[object]]:
    file = CsvFile(content, Path("Daftar.csv"))
    return [list(row) for row in file.sheet("").rows()]


@given(rows, st.sampled_from(SEPARATORS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_written_is_read(table: list[list[str]], separator: str, encoding: str) -> None:
    headings = [f"Kolom {number}" for number in range(len(table[0]))]
    content = written([headings, *table], separator).encode(encoding)
    assert read(content) == [headings, *table]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_rows_of_text(content: bytes) -> None:
    for row in read(content):
        assert all(isinstance(cell, str) for cell in row)


@given(rows, st.sampled_from(SEPARATORS))
def test_the_separator_is_found_when_the_texts_have_none_of_the_others(
    table: list[list[str]], separator: str
) -> None:
    plain = [[f"k{len(text)}" for text in row] for row in table]
    assert separator_of([separator.join(row) + "\n" for row in plain]) == separator


@given(words)
def test_text_that_is_no_utf_8_is_read_as_windows_writes_it(text: str) -> None:
    try:
        content = f"é;{text}".encode("cp1252")
    except UnicodeEncodeError:
        return
    if encoding_of(content) == "cp1252":
        assert read(content)[0][0] == "é"


def test_the_first_line_of_excel_that_names_the_separator_is_followed() -> None:
    people = nagari_list(2)
    content = "sep=,\r\n" + written([people.headings, *people.rows], ",")
    assert read(content.encode()) == [[], people.headings, *people.rows]


def test_commas_in_addresses_do_not_outvote_the_separator() -> None:
    lines = ["Nama;Alamat\n", *["Budi;Jl. Raya, RT 4, RW 2, Talu\n"] * 20]
    assert separator_of(lines) == ";"


@pytest.mark.parametrize("lines", [60, 3_000])
def test_a_quotation_mark_that_is_never_closed_swallows_nobody(tmp_path: Path, lines: int) -> None:
    people = nagari_list(lines)
    text = "\r\n".join(";".join(row) for row in [people.headings, *people.rows])
    broken = text.replace(f";{people.get(4, 'name')};", f';"{people.get(4, "name")};', 1)
    file = tmp_path / "Daftar.csv"
    file.write_bytes(broken.encode())
    table = read_table(file)
    assert len(table) == lines
    [told] = table.remarks
    assert (told.code, told.params["row"]) == ("list_open_quote", 6)


def test_lines_of_different_lengths_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "Daftar.csv"
    long = ["1312040101800002", "Siti", "P", "lebih", "banyak"]
    file.write_text("NIK;Nama;L/P\n1312040101800001;Budi\n" + ";".join(long) + "\n")
    table = read_table(file)
    assert list(table.row(0)) == ["1312040101800001", "Budi", "", "", ""]
    assert list(table.row(1)) == long
