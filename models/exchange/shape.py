"""Where in a sheet the list stands: the headings under titles and merged cells, and the columns that tell a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.exchange.cells import Cell, text_of

LOOKED_AT = 200
"""Rows at the top of a sheet among which the headings are looked for."""
_MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 60
"""Characters; a longer text is a sentence."""
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of cells that were made one, all from 0."""

_HEADING_WORDS = """
    no nomor urut nik ktp identitas induk kependudukan nama lengkap name tempat tmpt tanggal tgl lahir ttl kelahiran
    umur usia jenis kelamin jk lp gender sex agama status kawin perkawinan pendidikan pekerjaan jabatan profesi alamat
    domisili jalan rt rw jorong dusun nagari desa kelurahan kel kecamatan kec kabupaten kab kota provinsi pos kode kk
    keluarga kartu hp telp telepon telpon handphone ponsel wa whatsapp email ibu kandung ayah orang tua upah gaji
    penghasilan pendapatan iuran premi jumlah bulan masa periode awal akhir mulai tmt kpj npp nip npwp program segmen
    peserta kepesertaan pekerja tenaga kerja keterangan ket catatan desil dtsen p3ke dtks lokasi perusahaan instansi
    unit opd ahli waris hubungan hub bank rekening darah golongan gelar pegawai pemberi sumber dana ditolak alasan
    hasil padan valid aktif tahun hari jam kelompok tani bidang usaha pemilik lahan luas"""
_OF_HEADINGS = frozenset(_HEADING_WORDS.split())
"""Words of which headings are made; one of them makes a short text look like a heading."""
_OTHER_WORDS = """
    ibu kandung ayah bapak suami istri pasangan ahli waris desa nagari kelurahan kecamatan kabupaten jorong dusun
    sekolah perusahaan bank kepala kelompok instansi penanggung program jabatan pemilik asn agen sponsor"""
_OTHERS = frozenset(_OTHER_WORDS.split())
"""A heading with one of them names somebody or something else than the person of the row."""
_LONG_NUMBER = re.compile(r"\d[\d .\-]{6,}\d|\d[.,]\d+E\+?\d+")
_DATE = re.compile(r"^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}$")
_WORD = re.compile(r"[a-z0-9]+")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\].]?(?:\s*[=x+*/].*)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet looks like; rows and columns from 0, as in the rows that it was found in."""

    headings: tuple[str, ...]
    heading_rows: tuple[int, ...]
    first: int
    """Row below the headings."""
    number: int | None
    """Column of the running number."""
    nik: int | None
    name: int | None
    typical: int
    """How many cells a row of the list usually has filled."""


def find_shape(
    rows: Sequence[Sequence[Cell]], merged: Sequence[Merged] = (), heading_row: int | None = None
) -> Shape:
    """The shape of a sheet by its first rows; `heading_row` says where the headings begin, -1 that there are none."""
    width = max(map(len, rows), default=0)
    found = _heading_rows(rows, merged) if heading_row is None else _from(rows, merged, heading_row)
    headings = _joined(rows, merged, found, width)
    first = found[-1] + 1 if found else 0
    body = [row for row in rows[first:] if not is_column_numbers(row)]
    number, nik, name = _key_columns(headings, body)
    filled = sorted(
        count for row in body if (count := filled_cells(row)) > 1 and (nik is None or _has_long_number(row, nik))
    )
    typical = filled[len(filled) // 2] if filled else width
    return Shape(headings, tuple(found), first, number, nik, name, typical)


def filled_cells(row: Sequence[Cell]) -> int:
    """How many cells hold more than spaces."""
    return sum(1 for cell in row if cell != "" and (not isinstance(cell, str) or not cell.isspace()))


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """Numbers counting the columns, as forms put them under their headings: 1 2 3 4 or (1) (2) (3)."""
    numbers = [_column_number(cell) for cell in row if text_of(cell).strip()]
    if len(numbers) < 3 or numbers[:2] != [1, 2]:
        return False
    steps = sum(1 for place, number in enumerate(numbers, 1) if number == place)
    return steps >= 3 and steps >= 0.7 * len(numbers)


def _column_number(cell: Cell) -> int | None:
    found = _COLUMN_NUMBER.fullmatch(text_of(cell).strip())
    return int(found[1]) if found else None


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading, small letters: ``NAMA_LENGKAP`` and ``Nama Lengkap`` are the same two."""
    return tuple(_WORD.findall(text.replace("L/P", "lp").lower()))


def _looks_like_heading(cell: Cell) -> bool:
    """A short text without numbers or a colon, in which there is a word that headings are made of."""
    if not isinstance(cell, str) or not 0 < len(cell) <= _LONGEST_HEADING or ":" in cell:
        return False
    return not _LONG_NUMBER.search(cell) and any(word in _OF_HEADINGS for word in words_of(cell))


def headings_in(row: Sequence[Cell]) -> int:
    """How many cells of a row look like headings; none where most of the others do not."""
    count = sum(map(_looks_like_heading, row))
    return count if count >= 0.4 * filled_cells(row) else 0


def _heading_rows(rows: Sequence[Sequence[Cell]], merged: Sequence[Merged]) -> list[int]:
    """The rows of the headings: the one with most headings, and its neighbours that are headings too."""
    counts = [headings_in(row) for row in rows[:LOOKED_AT]]
    most = max(counts, default=0)
    if most < min(2, max(map(len, rows), default=2)):
        return _any_headings(rows)
    best = next(place for place, count in enumerate(counts) if count >= 0.5 * most)  # later ones are the same again
    first = best
    while best - first < _MOST_HEADING_ROWS - 1 and first and _goes_with(rows[first - 1], first - 1, merged):
        first -= 1
    return _from(rows, merged, first, best)


def _from(rows: Sequence[Sequence[Cell]], merged: Sequence[Merged], first: int, last: int = -1) -> list[int]:
    """Heading rows from `first`, at least to `last`, and on as long as rows go with them."""
    if not 0 <= first < len(rows):
        return []
    found = list(range(first, max(first, last) + 1))
    while len(found) < _MOST_HEADING_ROWS and found[-1] + 1 < len(rows):
        below = found[-1] + 1
        if not _goes_with(rows[below], below, merged, rows[found[-1]]):
            break
        found.append(below)
    return found


def _goes_with(
    row: Sequence[Cell], place: int, merged: Sequence[Merged], above: Sequence[Cell] | None = None
) -> bool:
    """Whether a row beside the headings is part of them: all words, no numbers, and mostly words of headings."""
    texts = [cell for cell in row if text_of(cell).strip()]
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
        return False
    if any(_LONG_NUMBER.search(text) or _DATE.match(text.strip()) or ":" in text for text in map(text_of, texts)):
        return False
    known = sum(map(_looks_like_heading, texts))
    if above is None:  # a row above: two groups or more, each over several columns
        spans = {first for row1, first, row2, last in merged if row1 <= place <= row2 and last > first}
        grouped = sum(1 for column in spans if column < len(row) and text_of(row[column]).strip())
        return known >= 0.5 * len(texts) and (not merged or grouped >= 1)
    if [text_of(cell) for cell in row] == [text_of(cell) for cell in above]:
        return False
    under_nothing = sum(1 for column, cell in enumerate(row) if text_of(cell).strip() and not _text_at(above, column))
    stand_over = any(row1 < place <= row2 for row1, _, row2, _ in merged)
    return known >= 0.5 * len(texts) and (known > 1 or stand_over) and (under_nothing > 0 or stand_over)


def _any_headings(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Headings in words that nobody foresaw: the first row full of different short texts above rows with numbers."""
    width = max(map(filled_cells, rows), default=0)
    for place, row in enumerate(rows[:-1]):
        texts = [text_of(cell).strip() for cell in row if text_of(cell).strip()]
        if len(texts) < max(2, 0.6 * width):
            continue
        plain = all(isinstance(cell, str) for cell in row) and len(set(texts)) == len(texts)
        if not plain or any(re.search(r"\d", text) or len(text) > _LONGEST_HEADING for text in texts):
            return []
        below = rows[place + 1 : place + 6]
        return [place] if any(re.search(r"\d", text_of(cell)) for other in below for cell in other) else []
    return []


def _joined(
    rows: Sequence[Sequence[Cell]], merged: Sequence[Merged], found: Sequence[int], width: int
) -> tuple[str, ...]:
    """One heading for each column; what stands over several columns is put before each of them."""
    if not found:
        return ("",) * width
    lines = [[_text_at(rows[place], column) for column in range(width)] for place in found]
    for line, below, place in zip(lines, lines[1:], found, strict=False):  # the last row stands over nothing
        _spread(line, place, merged, below)
    joined = []
    for column in range(width):
        parts = dict.fromkeys(line[column] for line in lines if line[column])
        joined.append(" / ".join(parts))
    return tuple(joined)


def _spread(line: list[str], place: int, merged: Sequence[Merged], below: Sequence[str]) -> None:
    """Puts the text of merged cells into each of their columns; without merged cells, over what has text below."""
    across = [(first, last) for row1, first, _, last in merged if row1 == place and last > first]
    for first, last in across:
        for column in range(first + 1, min(last + 1, len(line))):
            line[column] = line[column] or line[first]
    if not merged:
        for column in range(1, len(line)):
            if not line[column] and below[column]:
                line[column] = line[column - 1] if below[column - 1] else ""


def _text_at(row: Sequence[Cell], column: int) -> str:
    return " ".join(text_of(row[column]).split()) if column < len(row) else ""


def _key_columns(
    headings: Sequence[str], body: Sequence[Sequence[Cell]]
) -> tuple[int | None, int | None, int | None]:
    """Columns of the running number, the NIK and the name, by their headings, else by what stands in them."""
    words = [words_of(heading) for heading in headings]
    number = _first(words, lambda w: w in {("no",), ("nomor",), ("no", "urut"), ("nomor", "urut"), ("urut",)})
    nik = _first(words, lambda w: "nik" in w and not _OTHERS & set(w) and "kk" not in w)
    if nik is None:
        nik = _first(words, lambda w: bool({"ktp", "identitas", "kependudukan"} & set(w)) and "jenis" not in w)
    name = _first(words, lambda w: ("nama" in w or "name" in w) and not _OTHERS & set(w))
    if nik is None:
        nik = _most(body, len(headings), lambda text: len(re.sub(r"\D", "", text)) == 16)
    if name is None:
        name = _most(body, len(headings), lambda text: len(text) > 3 and text.replace(" ", "").isalpha())
    return number, nik, name


def _first(words: Sequence[tuple[str, ...]], fits: Callable[[tuple[str, ...]], bool]) -> int | None:
    return next((column for column, own in enumerate(words) if own and fits(own)), None)


def _most(body: Sequence[Sequence[Cell]], width: int, fits: Callable[[str], bool]) -> int | None:
    """The column in which most different texts fit; None where fewer than half of the rows do."""
    best, most = None, max(1.0, len(body) * 0.5)
    for column in range(width):
        fitting = {text for row in body if fits(text := _text_at(row, column))}
        if len(fitting) >= most:
            best, most = column, len(fitting) + 1
    return best


def _has_long_number(row: Sequence[Cell], column: int) -> bool:
    return bool(_LONG_NUMBER.search(_text_at(row, column)))


def fill_merged_down(rows: Iterator[list[Cell]], merged: Sequence[Merged], first: int) -> Iterator[list[Cell]]:
    """Rows in which a cell that stands over several rows stands in each of them (a nagari, a family card)."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for top, column, bottom, last in merged:
        if top >= first and bottom > top and column == last:
            starts.setdefault(top, []).append((column, bottom))
    return _filled_down(rows, starts) if starts else rows


def _filled_down(rows: Iterator[list[Cell]], starts: Mapping[int, list[tuple[int, int]]]) -> Iterator[list[Cell]]:
    standing: dict[int, tuple[int, Cell]] = {}
    for place, row in enumerate(rows):
        for column, (bottom, cell) in list(standing.items()):
            if place > bottom:
                del standing[column]
            elif column < len(row) and row[column] == "":
                row[column] = cell
        for column, bottom in starts.get(place, ()):
            if column < len(row):
                standing[column] = (bottom, row[column])
        yield row
