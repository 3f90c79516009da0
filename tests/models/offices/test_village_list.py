"""A list of nagari from a file: every wrong row is named, and a good list is taken as spreadsheets save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.offices.village_list import MOST_BYTES, VillageList, read_village_list, read_village_rows
from models.problems import StorageFailure

KECAMATAN = {"13.06.01", "13.06.02"}


def read(text: str) -> VillageList:
    return read_village_rows(text, "13.06", KECAMATAN.__contains__)


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n13.06.01.2001,Tiku Selatan\n13.06.02.2001,Lubuk Basung\n",
        "13.06.01.2001;Tiku Selatan\r\n1306022001;Lubuk  Basung\r\n;\r\n",
        'kode,nama,kecamatan\n13.06.01.2001,"Tiku Selatan",x\n\n13.06.02.2001, Lubuk Basung ,y',
    ],
)
def test_a_list_is_read_as_spreadsheets_save_it(text: str) -> None:
    found = read(text)
    assert found.problems == ()
    assert found.villages == (("13.06.01.2001", "Tiku Selatan"), ("13.06.02.2001", "Lubuk Basung"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("13.06.01.20,Tiku", "code_form"),
        ("Tiku,13.06.01.2001", "code_form"),
        ("13.12.01.2001,Aia Bangih", "code_elsewhere"),
        ("13.06.77.2001,Tiku", "kecamatan_unknown"),
        ("13.06.01.2009,", "name_missing"),
        ("13.06.01.2009,123", "name_missing"),
        ("13.06.01.2001,Tiku lagi", "code_twice"),
    ],
)
def test_a_wrong_row_is_named_by_its_number(row: str, code: str) -> None:
    found = read(f"code,name\n13.06.01.2001,Tiku Selatan\n{row}\n")
    assert [problem.code for problem in found.problems] == [code]
    assert "3" in found.problems[0].text


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert [problem.code for problem in read("code,name\n").problems] == ["empty"]


def test_a_file_of_an_older_spreadsheet_keeps_its_letters(tmp_path: Path) -> None:
    file = tmp_path / "nagari.csv"
    file.write_bytes("13.06.01.2001,Café\n".encode("cp1252"))
    assert read_village_list(file, "13.06", KECAMATAN.__contains__).villages == (("13.06.01.2001", "Café"),)
    file.write_bytes(b"\xef\xbb\xbf13.06.01.2001,Tiku\n")
    assert read_village_list(file, "13.06", KECAMATAN.__contains__).villages == (("13.06.01.2001", "Tiku"),)


def test_what_is_no_list_is_refused_in_words(tmp_path: Path) -> None:
    def failure(file: Path) -> str:
        with pytest.raises(StorageFailure) as caught:
            read_village_list(file, "13.06", KECAMATAN.__contains__)
        assert file.name in caught.value.text
        return caught.value.code

    assert failure(tmp_path / "tiada.csv") == "unreadable"
    (tmp_path / "buku.xlsx").write_bytes(b"PK\x03\x04")
    assert failure(tmp_path / "buku.xlsx") == "spreadsheet"
    (tmp_path / "besar.csv").write_bytes(b"x" * (MOST_BYTES + 1))
    assert failure(tmp_path / "besar.csv") == "too_large"
