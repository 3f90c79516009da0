"""A sheet as a table: its headings, its columns, and what in it is no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.exchange.cells import Cell
from models.language import N_
from models.problems import Problem
from models.values.readable import readable


class FileKind(StrEnum):
    """What a list came as."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    """A web page under the name of a workbook, as some offices' programs export it."""


class RowKind(StrEnum):
    """What a row of a sheet is."""

    BLANK = "blank"
    TITLE = "title"
    """Above the headings: the office, the name of the list."""
    HEADING = "heading"
    PERSON = "person"
    TOTAL = "total"
    """A subtotal or a sum, which is nobody."""
    NOTE = "note"
    """Below the people: footnotes, place and date, who signed."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "blank": N_("blank row"),
            "title": N_("title"),
            "heading": N_("heading"),
            "person": N_("person"),
            "total": N_("sum"),
            "note": N_("note"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table was read: the file byte for byte, and the sheet in it."""

    path: Path
    kind: FileKind
    hash: bytes
    """SHA-256 of the file."""
    sheet: str
    """Name of the sheet; empty for a CSV file."""

    @property
    def name(self) -> str:
        """Name of the file, as it can be kept."""
        return readable(self.path.name)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was not taken for a person, with what stands in it, so that nobody goes missing unseen."""

    row: int
    """As the spreadsheet numbers it, from 1."""
    kind: RowKind
    text: str


@dataclass(slots=True)
class ListTable:
    """The people of a sheet, column by column: `columns[c][p]` is the cell of column c for the person at place p."""

    source: Source
    headings: tuple[str, ...]
    """One for each column; two heading rows are joined (``Alamat / Jorong``); empty where there is none."""
    columns: list[list[Cell]]
    rows: Sequence[int]
    """The spreadsheet's number of the row of each place, from 1."""
    left_out: tuple[LeftOut, ...] = ()
    heading_rows: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    """What the spreadsheet calls each column: ``A``, ``AB``. Columns without a heading or any cell are not here."""
    remarks: tuple[Problem, ...] = ()
    """What a person should know of how it was read: formulas without a result, macros that were not run."""

    def __len__(self) -> int:
        """How many people."""
        return len(self.rows)

    def row(self, place: int) -> tuple[Cell, ...]:
        """The cells of one person."""
        return tuple(column[place] for column in self.columns)
