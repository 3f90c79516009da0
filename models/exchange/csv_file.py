"""Text in columns (CSV): its encoding and its separator are found by looking."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from models.exchange.cells import Cell
from models.exchange.raw_sheet import RawSheet
from models.exchange.refusals import refused, remark
from models.exchange.shape import headings_in
from models.problems import Problem

_SEPARATORS = ";\t,|"
"""Preferred in this order where two fit as well: spreadsheets of this country write the first."""
_LOOKED_AT = 100
"""Lines by which the separator is found."""
_LONGEST_CELL = 32_767
"""Characters, as spreadsheets have it; a longer one is a quotation mark that is never closed."""
_MOST_LINES = 50


class CsvFile:
    """One text file; all its cells are text."""

    def __init__(self, content: bytes, path: Path) -> None:
        self._path = path
        self._content = content
        self.encoding = encoding_of(content)
        lines = list(islice(self._text(), _LOOKED_AT))
        self._skips_first = bool(lines) and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5
        self.separator = lines[0][4] if self._skips_first else separator_of(lines)
        self._open_quote = self._find_open_quote()

    def names(self) -> list[tuple[str, bool]]:
        return [("", False)]

    def sheet(self, name: str) -> RawSheet:
        return RawSheet(self._rows, 0, 0)

    def remarks(self, name: str) -> tuple[Problem, ...]:
        return (remark("list_open_quote", row=self._open_quote),) if self._open_quote else ()

    def error_cells(self, name: str) -> dict[tuple[int, int], str]:
        return {}

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self._content), self.encoding, errors="replace", newline="")

    def _rows(self) -> Iterator[list[Cell]]:
        try:
            for record in self._records(csv.QUOTE_NONE if self._open_quote else csv.QUOTE_MINIMAL):
                yield list[Cell](record)
        except csv.Error as error:
            raise refused("list_damaged", self._path) from error

    def _records(self, quoting: Literal[0, 3]) -> Iterator[list[str]]:
        rows = csv.reader(self._text(), delimiter=self.separator, quoting=quoting)
        if self._skips_first:
            next(rows, None)
            yield []  # rows keep the numbers that a spreadsheet shows
        yield from rows

    def _find_open_quote(self) -> int:
        """Number of the row whose quotation mark swallows the rows after it; 0 where there is none."""
        if b'"' not in self._content:
            return 0
        number = 0
        try:
            for row in self._records(csv.QUOTE_MINIMAL):
                number += 1
                if any(len(cell) > _LONGEST_CELL or cell.count("\n") > _MOST_LINES for cell in row if "\n" in cell):
                    return number
        except csv.Error:  # longer than the reader allows
            return number + 1
        return 0


def encoding_of(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, otherwise the Windows-1252 of old spreadsheets."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(lines: list[str]) -> str:
    """The separator that divides the earliest line into headings; else most lines into as many columns."""
    best, most = _SEPARATORS[0], (-len(lines), 0, 0)
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        counts = Counter(len(row) for row in rows if len(row) > 1)
        regular = max(((columns - 1) * count for columns, count in counts.items()), default=0)
        headings = [headings_in(row) for row in rows[: len(lines)]]
        first = next((place for place, count in enumerate(headings) if count > 1), len(lines))
        score = (-first, headings[first] if first < len(lines) else 0, regular)
        if score > most:
            best, most = separator, score
    return best
