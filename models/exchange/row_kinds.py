"""Which rows of a list are people, and what the others are: sums, headings once more, footnotes, who signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.exchange.cells import Cell, text_of
from models.exchange.shape import Shape, filled_cells, is_column_numbers, words_of
from models.exchange.table import RowKind

_TOTAL = re.compile(
    r"\W*(?:sub\s*-?\s*|grand\s+)?(?:total|jumlah|jml|jlh|rekap(?:itulasi)?|rata-rata)\b(?!\s*(?:harahap|lubis))",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\W*(?:mengetahui|menyetujui|disetujui|diketahui|keterangan|ket|catatan|cat|note|nb|tembusan|dibuat|disusun"
    r"|diperiksa|dicetak|halaman|page|hal|sumber|tanggal cetak|wali nagari|pj\.? wali nagari|sekretaris|kepala|camat"
    r"|lurah|bupati|an\.|a\.n\.|plt\.?|plh\.?|nip|ttd|demikian|pada tanggal|jorong|dusun|nagari|desa|kelurahan"
    r"|kecamatan|kabupaten|kelompok)\b",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(
    r"[^\d]{3,40},\s*(?:\d{1,2}|_+|\.{2,}|…+)?\s*(?:januari|februari|maret|april|mei|juni|juli|agustus|september"
    r"|oktober|november|desember|\d{1,2}[-/]\d{1,2}[-/]|_+|\.{2,}|…+)",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"\d{1,7}[.)]?")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FEWEST_OF_A_NIK, _LEAST_OF_A_NIK = 8, 10_000_000
"""Digits; a cell of the NIK column with so many is somebody's, however wrong."""


class RowKinds:
    """Says of each row below the headings what it is."""

    def __init__(self, shape: Shape, headings: Sequence[Sequence[Cell]]) -> None:
        """`headings` are the rows of the headings, by which they are known when they come again."""
        self._shape = shape
        self._number, self._nik, self._name = shape.number, shape.nik, shape.name
        self._half = max(3, shape.typical // 2)
        self._headings = [_folded(row) for row in headings]
        self._headings.append(_folded(shape.headings))
        self._parts = {fold for row in self._headings for fold in row if fold}

    def not_surely_people(self, columns: Sequence[Sequence[Cell]]) -> Sequence[int]:
        """The rows of these columns that need a closer look: all but those with a NIK of sixteen digits and a name."""
        if self._nik is None or self._name is None:
            return range(len(columns[0]) if columns else 0)
        return [
            place
            for place, (nik, name) in enumerate(zip(columns[self._nik], columns[self._name], strict=True))
            if type(nik) is not str or len(nik) != 16 or not nik.isdigit() or name == ""
        ]

    def of(self, row: Sequence[Cell]) -> tuple[RowKind, bool]:
        """What a row is, and whether that is sure; a row that is not may be a note where no sure person follows."""
        if self._has_nik(row) or self._has_number_and_name(row):
            return RowKind.PERSON, True
        texts = [text for cell in row if (text := text_of(cell).strip())]
        if not texts:
            return RowKind.BLANK, True
        if is_column_numbers(row) or self._is_heading(row, len(texts)):
            return RowKind.HEADING, True
        if any(_TOTAL.match(text) for text in texts[:3]):
            return RowKind.TOTAL, True
        return self._without_nik(row, texts, self._has_name(row))

    def _without_nik(self, row: Sequence[Cell], texts: list[str], has_name: bool) -> tuple[RowKind, bool]:
        is_numbered = self._is_numbered(row)
        count = len(texts)
        says_note = any(_NOTE.match(text) or _PLACE_AND_DATE.match(text) for text in texts)
        if is_numbered and count == 1:
            return RowKind.BLANK, True  # the form was numbered further than it was filled
        if count >= self._half and (has_name or is_numbered):
            return RowKind.PERSON, True
        if says_note and count < self._half:
            return RowKind.NOTE, True
        if has_name or (is_numbered and count >= 3) or count >= self._half:
            return RowKind.PERSON, False
        return RowKind.NOTE, True

    def _is_heading(self, row: Sequence[Cell], count: int) -> bool:
        """The headings once more, as on each page of a printed list."""
        if count < 2:
            return False
        folded = _folded(row)
        for heading in self._headings:
            same = sum(1 for a, b in zip(folded, heading, strict=False) if a and a == b)
            if same >= 2 and same >= 0.6 * count:
                return True
        known = sum(1 for fold in folded if fold in self._parts)
        return known >= 3 and known >= 0.8 * count

    def _has_nik(self, row: Sequence[Cell]) -> bool:
        if self._nik is None or self._nik >= len(row):
            return False
        cell = row[self._nik]
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return cell >= _LEAST_OF_A_NIK
        text = text_of(cell)
        digits = sum(character.isdigit() for character in text)
        is_mostly_digits = digits >= _FEWEST_OF_A_NIK and digits >= 0.6 * len(text.replace(" ", ""))
        return (is_mostly_digits and "NIP" not in text.upper()) or "E+1" in text.upper()

    def _has_name(self, row: Sequence[Cell]) -> bool:
        if self._name is None or self._name >= len(row):
            return False
        return bool(_LETTERS.search(text_of(row[self._name])))

    def _has_number_and_name(self, row: Sequence[Cell]) -> bool:
        return self._is_numbered(row) and self._has_name(row) and not _TOTAL.match(text_of(row[self._name or 0]))

    def _is_numbered(self, row: Sequence[Cell]) -> bool:
        if self._number is None or self._number >= len(row):
            return False
        return bool(_RUNNING.fullmatch(text_of(row[self._number]).strip()))


def _folded(row: Sequence[Cell]) -> list[str]:
    return [" ".join(words_of(text_of(cell))) for cell in row]


def text_of_row(row: Sequence[Cell], longest: int = 300) -> str:
    """What stands in a row, for whoever looks whether somebody went missing."""
    texts = [" ".join(text_of(cell).split()) for cell in row]
    return " | ".join(text for text in texts if text)[:longest]


def after_the_last(row: Sequence[Cell]) -> RowKind:
    """What a doubtful row is where no sure person follows: a note (who signed), unless it is filled like a person."""
    return RowKind.NOTE if filled_cells(row) <= 2 else RowKind.PERSON
