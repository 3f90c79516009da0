"""Files as lists come in: sound ones of each kind, and each way in which a file can be broken or hostile."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.models.exchange.nagari_lists import NagariList

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
SIGNED = ("Simpang Empat, 4 Agustus 2026", "Wali Nagari", "", "", "H. SYAHRIAL, S.Pd.", "NIP 196801011990031005")


def write_xlsx(
    path: Path,
    people: NagariList,
    *,
    sheet: str = "Daftar",
    has_titles: bool = True,
    has_column_numbers: bool = False,
    has_two_headings: bool = False,
    has_total: bool = False,
    is_signed: bool = False,
    repeat_headings_every: int = 0,
) -> Path:
    """A nagari's list as a clerk makes it; the first person stands in row `first_row(...)`."""
    rows: list[Sequence[Any]] = []
    merges: list[Merge] = []
    width = len(people.headings)
    if has_titles:
        for title in people.titles:
            merges.append((len(rows), 0, len(rows), width - 1))
            rows.append([title])
        rows.append([])
    rows += headings(people, merges, len(rows)) if has_two_headings else [people.headings]
    if has_column_numbers:
        rows.append(list(range(1, width + 1)))
    for place, row in enumerate(people.rows):
        if repeat_headings_every and place and place % repeat_headings_every == 0:
            rows.append(people.headings)
        rows.append(row)
    if has_total:
        rows.append(["", "JUMLAH", "", f"{len(people)} orang", *[""] * (width - 4)])
    if is_signed:
        rows += [[], *([*[""] * (width - 4), line] for line in SIGNED)]
    return write_sheets(path, {sheet: rows}, merges={sheet: merges})


def headings(people: NagariList, merges: list[Merge], row: int) -> list[list[str]]:
    """Two heading rows: birth and home stand under one word each, the others over both rows."""
    groups = {"birth_place": "Kelahiran", "born_on": "Kelahiran"} | dict.fromkeys(
        ("address", "jorong", "nagari", "kecamatan"), "Tempat Tinggal"
    )
    under = {"birth_place": "Tempat", "born_on": "Tanggal", "address": "Jalan/RT/RW"}
    top: list[str] = []
    below: list[str] = []
    for place, name in enumerate(people.fields):
        group = groups.get(name, "")
        if not group:
            merges.append((row, place, row + 1, place))
        top.append(group if group and group not in top else "" if group else people.headings[place])
        below.append(under.get(name, people.headings[place]) if group else "")
    for group in dict.fromkeys(groups.values()):
        places = [place for place, name in enumerate(people.fields) if groups.get(name) == group]
        merges.append((row, places[0], row, places[-1]))
    return [top, below]


def write_sheets(
    path: Path,
    sheets: dict[str, Iterable[Sequence[Any]]],
    *,
    merges: dict[str, list[Merge]] | None = None,
    hidden: Iterable[str] = (),
    is_1904: bool = False,
) -> Path:
    """Rows cell by cell: str as text to the letter, numbers as numbers, dates as real dates, ``""`` as nothing."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": is_1904})
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(number, column, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, as_date)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.merge.extend(map(list, (merges or {}).get(name, ())))
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def write_csv(
    path: Path, rows: Iterable[Sequence[Any]], *, delimiter: str = ";", encoding: str = "utf-8", newline: str = "\r\n"
) -> Path:
    """As a spreadsheet of this country saves it, unless told otherwise; ``utf-8-sig`` puts a BOM before it."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return path


def csv_rows(people: NagariList) -> list[Sequence[Any]]:
    """Titles, headings and people."""
    return [[title] for title in people.titles] + [people.headings, *people.rows]


def soffice() -> str:
    """LibreOffice's command; skips the test with its reason where it is missing."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def converted(path: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice saves it: ``xls``, ``ods``, ``csv``, ``xlsx``."""
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = [
        soffice(),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
    ]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=50, check=False)
    made = folder / f"{path.stem}.{to.partition(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made


def libreoffice_reads(path: Path, folder: Path) -> list[list[str]]:
    """What LibreOffice shows of the first sheet, cell by cell as text."""
    made = converted(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", folder)
    with made.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def members(path: Path) -> dict[str, bytes]:
    """The parts of a workbook, to be changed and put together again by `assemble`."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def assemble(path: Path, parts: dict[str, bytes]) -> Path:
    """Puts parts together to a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
