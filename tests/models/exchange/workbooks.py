"""Files as lists come in: sound ones of each kind, and each way in which a file can be broken or hostile."""

from __future__ import annotations

import csv
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.models.exchange.nagari_lists import NagariList

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How containers of old Office files begin."""
SIGNED = ("Simpang Empat, 4 Agustus 2026", "Wali Nagari", "", "", "H. SYAHRIAL, S.Pd.", "NIP 196801011990031005")


FILES = Path(__file__).parent / "files"


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
    made = converted(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true", folder)
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


# Files that are broken, or made to harm. Each writes a file and returns its path.

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
SHEET = "xl/worksheets/sheet1.xml"


def with_sheet_xml(path: Path, cells: bytes) -> Path:
    """A workbook whose only sheet is what is given between its head and its end."""
    write_sheets(path, {"Daftar": [["NIK"]]})
    parts = members(path)
    parts[SHEET] = HEAD + cells + b"</worksheet>"
    return assemble(path, parts)


def formulas_without_result(path: Path) -> Path:
    """As programs write them that calculate nothing; one formula has an empty text as its result, one an error."""
    row = (
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>1312040101800001</t></is></c>'
        b'<c r="B2"><f>PROPER("budi")</f></c><c r="C2"><f>1+1</f><v></v></c><c r="D2" t="str"><f>A9</f><v></v></c>'
        b'<c r="E2" t="e"><f>VLOOKUP(A2,B:C,2,0)</f><v>#N/A</v></c><c r="F2"><f>2+2</f><v>4</v></c></row>'
    )
    return with_sheet_xml(path, b"<sheetData>" + _heading_row() + row + b"</sheetData>")


def _heading_row() -> bytes:
    names = ("NIK", "Nama", "Jumlah Bulan", "Keterangan", "Pekerjaan", "Upah")
    cells = (
        f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for letter, name in zip("ABCDEF", names, strict=True)
    )
    return f'<row r="1">{"".join(cells)}</row>'.encode()


def far_cells(path: Path) -> Path:
    """Two cells, the first and the very last of a sheet."""
    return with_sheet_xml(
        path,
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )


def says_it_is_huge(path: Path) -> Path:
    """One heading under a dimension of all cells."""
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c></row>'
    return with_sheet_xml(path, b'<dimension ref="A1:XFD1048576"/><sheetData>' + cell + b"</sheetData>")


def empty_formatted_rows(path: Path, people: NagariList, last: int = 1_048_576) -> Path:
    """A list above rows down to the end of the sheet that are formatted and empty."""
    write_sheets(path, {"Daftar": [people.headings, *people.rows]})
    parts = members(path)
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (row, row, row)
        for row in range(len(people) + 2, last + 1)
    )
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
    return assemble(path, parts)


def zip_bomb(path: Path, megabytes: int = 200) -> Path:
    """A part that unpacks to a thousand times its size."""
    write_sheets(path, {"Daftar": [["NIK"]]})
    parts = members(path)
    return assemble(path, parts | {"xl/sharedStrings.xml": b" " * (megabytes * 1_000_000)})


def many_parts(path: Path, count: int = 1_200) -> Path:
    """More parts than any list has."""
    write_sheets(path, {"Daftar": [["NIK"]]})
    return assemble(path, members(path) | {f"xl/media/{number}.bin": b"" for number in range(count)})


def lying_size(path: Path, rows: int = 50_000) -> Path:
    """A sheet of which the archive says that it is a thousand bytes."""
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, rows))
    with_sheet_xml(path, b"<sheetData>" + cells + b"</sheetData>")
    true = struct.pack("<I", len(members(path)[SHEET]))
    path.write_bytes(path.read_bytes().replace(true, struct.pack("<I", 1_000)))
    return path


def entity_bomb(path: Path) -> Path:
    """Words that stand for ten times themselves, ten times over."""
    write_sheets(path, {"Daftar": [["NIK"]]})
    parts = members(path)
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    parts[SHEET] = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">{entities}]>'
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{text}</sheetData>'
        "</worksheet>"
    ).encode()
    return assemble(path, parts)


def encrypted_parts(path: Path) -> Path:
    """An archive that says its parts are encrypted."""
    write_sheets(path, {"Daftar": [["NIK"]]})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    return path


def locked_by_excel(path: Path) -> Path:
    """As Excel saves a workbook with a password: an old container around what nobody can read."""
    names = "".join(("Root Entry", "EncryptionInfo", "EncryptedPackage")).encode("utf-16-le")
    path.write_bytes(OLE + bytes(504) + names.ljust(512, b"\0") + bytes(range(256)) * 16)
    return path


def with_macros(path: Path, people: NagariList) -> Path:
    """A list that also carries a (meaningless) VBA project."""
    write_xlsx(path, people)
    return assemble(path, members(path) | {"xl/vbaProject.bin": OLE + bytes(1_000)})


def with_links(path: Path, people: NagariList) -> Path:
    """A list that takes values from another workbook."""
    write_xlsx(path, people)
    return assemble(path, members(path) | {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def truncated(path: Path, people: NagariList) -> Path:
    """The first two thirds of a workbook, as a stick leaves it that was pulled out too early."""
    write_xlsx(path, people)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def web_page(path: Path, people: NagariList) -> Path:
    """A page with one table, as some programs export a “workbook”."""
    cells = "".join(
        "<tr>" + "".join(f"<td style='mso-number-format:\"\\@\"'>{cell}</td>" for cell in row) + "</tr>\n"
        for row in [people.headings, *people.rows]
    )
    title = f"<tr><td colspan={len(people.headings)}>DAFTAR PENDUDUK</td></tr>"
    path.write_text(f"<html><style>td {{color: black}}</style><table border=1>{title}{cells}</table></html>")
    return path


def repeated_cells(path: Path) -> Path:
    """An open document of one cell that is said to stand in every row and column."""
    parts = members(FILES / "daftar.ods")
    content = parts["content.xml"]
    table = content[content.index(b"<table:table ") : content.index(b"</office:spreadsheet>")]
    cell = b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    row = b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-cell></table:table-row>"
    parts["content.xml"] = content.replace(table, b'<table:table table:name="Daftar">' + row + b"</table:table>")
    return assemble(path, parts)
