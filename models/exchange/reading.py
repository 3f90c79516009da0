"""Reads a list from its bytes to its people, in steps that can be sent from one process to another."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice
from pathlib import Path

from models.exchange.cells import Cell
from models.exchange.guards import Opened, examine, read_bytes
from models.exchange.raw_sheet import RawFile, RawSheet
from models.exchange.refusals import refused, remark
from models.exchange.row_kinds import RowKinds, after_the_last, text_of_row
from models.exchange.shape import LOOKED_AT, Shape, fill_merged_down, find_shape
from models.exchange.table import FileKind, LeftOut, RowKind
from models.problems import Problem

_CHUNK = 512
"""Rows at a time: so many stay in the processor's own memory while they are turned into columns (a fifth cheaper)."""
_MOST_BLANKS = 1_000
"""Blank rows between people that are told one by one."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read."""

    path: Path
    sheet: str | None = None
    """None: the visible one with most people."""
    heading_row: int | None = None
    """From 1; 0: there are no headings; None: they are looked for."""
    hash: bytes | None = None
    """What the file must be, because it was opened before."""


@dataclass(frozen=True, slots=True)
class SheetFound:
    """One sheet, looked at."""

    name: str
    rows: int
    columns: int
    people: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class FileFound:
    """Said first."""

    kind: FileKind
    hash: bytes
    size: int
    sheets: tuple[SheetFound, ...]
    """Empty where only one sheet was asked for."""
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SheetBegun:
    """Said before the rows of a sheet."""

    sheet: str
    headings: tuple[str, ...]
    heading_rows: tuple[int, ...]
    """From 1."""
    first_column: int
    height: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The next people, column by column; a later one may have more columns."""

    columns: Sequence[Sequence[Cell]]
    numbers: array[int]
    """Of their rows, from 1."""
    last: int
    """Number of the last row that was looked at."""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """Said last."""

    left_out: tuple[LeftOut, ...]
    notes_at_end: int
    """How many of the last people turned out to be notes below the list."""
    remarks: tuple[Problem, ...]


Step = FileFound | SheetBegun | Rows | SheetRead


def read(request: Request) -> Generator[Step, None, None]:
    """The file, then its chosen sheet. Raises StorageFailure."""
    content = read_bytes(request.path)
    digest = hashlib.sha256(content).digest()
    if request.hash is not None and digest != request.hash:
        raise refused("list_changed", request.path)
    opened = examine(content, request.path)
    raw = _raw_file(opened, request.path)
    names = raw.names()
    if not names:
        raise refused("list_no_sheet", request.path)
    if request.sheet is not None and request.sheet not in dict(names):
        raise refused("list_sheet_gone", request.path, sheet=request.sheet)
    looked: dict[str, Reading] = {}
    if request.sheet is None:
        looked = {name: Reading(raw, name, request) for name, _ in names}
        chosen = names[0][0] if len(names) == 1 else _with_most_people(looked, names)
    else:
        chosen = request.sheet
    reading = looked.get(chosen) or Reading(raw, chosen, request)
    if len(names) == 1:
        looked = {}
    remarks = list(opened.remarks)
    hidden = [name for name, is_hidden in names if is_hidden and name != chosen]
    if hidden and request.sheet is None:
        remarks.append(remark("list_hidden", sheets=", ".join(hidden)))
    found = tuple(
        SheetFound(name, looked[name].height, looked[name].width, looked[name].people, is_hidden)
        for name, is_hidden in names
        if name in looked
    )
    yield FileFound(opened.kind, digest, len(content), found, tuple(remarks))
    looked.clear()
    yield from reading.steps()


def _raw_file(opened: Opened, path: Path) -> RawFile:
    if opened.kind is FileKind.CSV:
        from models.exchange.csv_file import CsvFile

        return CsvFile(opened.content, path)
    if opened.kind is FileKind.HTML:
        from models.exchange.web_page import WebPage

        return WebPage(opened.content, path)
    from models.exchange.spreadsheet import Spreadsheet

    return Spreadsheet(opened, path)


def _with_most_people(looked: dict[str, Reading], names: list[tuple[str, bool]]) -> str:
    """Among the visible sheets, where there are any."""
    for reading in looked.values():
        reading.count()
    visible = [name for name, is_hidden in names if not is_hidden] or [name for name, _ in names]
    return max(visible, key=lambda name: looked[name].people)


@dataclass(slots=True)
class _Found:
    """What comes together while rows go by."""

    left_out: list[LeftOut] = field(default_factory=list)
    blanks: list[LeftOut] = field(default_factory=list)
    """Not yet told: blank rows below the last text are nothing to be told."""
    doubtful: list[tuple[int, list[Cell]]] = field(default_factory=list)
    """Since the last sure person: rows taken for people, with their numbers."""

    def person_follows(self) -> None:
        """What was in doubt stands above a sure person, so it belongs to the list."""
        self.doubtful.clear()
        self.tell_blanks()

    def tell_blanks(self) -> None:
        """Something follows the blank rows."""
        self.left_out += self.blanks
        self.blanks.clear()


class Reading:
    """One sheet being read."""

    def __init__(self, raw: RawFile, name: str, request: Request) -> None:
        self._raw = raw
        self._name = name
        self._request = request
        self._sheet: RawSheet | None = None
        self._shape: Shape | None = None
        self._found = _Found()
        self.people = 0
        self.height = 0
        self.width = 0

    def count(self) -> None:
        """Looks at every row, only to count the people."""
        for rows in self._rows():
            self.people += len(rows.numbers)
        self.people -= self._notes_at_end()
        self._found = _Found()

    def steps(self) -> Iterator[Step]:
        """The sheet from its headings to its last row."""
        sheet, shape = self._looked()
        headings = tuple(row + 1 for row in shape.heading_rows)
        yield SheetBegun(self._name, shape.headings, headings, sheet.first_column, sheet.height)
        yield from self._rows()
        notes = self._notes_at_end()
        for number, row in self._found.doubtful[len(self._found.doubtful) - notes :]:
            self._found.left_out.append(LeftOut(number, RowKind.NOTE, text_of_row(row)))
        self._found.left_out.sort(key=lambda left: left.row)
        yield SheetRead(tuple(self._found.left_out), notes, self._raw.remarks(self._name))

    def _looked(self) -> tuple[RawSheet, Shape]:
        if self._sheet is None or self._shape is None:
            self._sheet = self._raw.sheet(self._name)
            top = list(islice(self._sheet.rows(), LOOKED_AT))
            wanted = self._request.heading_row
            self._shape = find_shape(top, self._sheet.merged, None if wanted is None else wanted - 1)
            self.width = len(self._shape.headings)
            self.height = self._sheet.height
        return self._sheet, self._shape

    def _rows(self) -> Iterator[Rows]:
        sheet, shape = self._looked()
        errors = self._raw.error_cells(self._name)
        rows = fill_merged_down(sheet.rows(), sheet.merged, shape.first)
        if errors:
            rows = _with_errors(rows, errors, sheet.first_column)
        top = list(islice(rows, shape.first))
        for number, row in enumerate(top, 1):
            if number - 1 not in shape.heading_rows and (text := text_of_row(row)):
                self._found.left_out.append(LeftOut(number, RowKind.TITLE, text))
        kinds = RowKinds(shape, [top[place] for place in shape.heading_rows])
        number = shape.first
        width = len(shape.headings)
        while chunk := list(islice(rows, _CHUNK)):
            width = _squared(chunk, width)
            columns: list[tuple[Cell, ...]] = list(zip(*chunk, strict=True))
            nobody = self._nobody(chunk, columns, number, kinds)
            numbers = array("I", range(number + 1, number + 1 + len(chunk)))
            number += len(chunk)
            if nobody:
                taken = [True] * len(chunk)
                for place in nobody:
                    taken[place] = False
                numbers = array("I", compress(numbers, taken))
                columns = [tuple(compress(column, taken)) for column in columns]
            yield Rows(columns, numbers, number)
        self.width, self.height = width, max(self.height, number)

    def _nobody(
        self, chunk: list[list[Cell]], columns: list[tuple[Cell, ...]], before: int, kinds: RowKinds
    ) -> list[int]:
        """Which rows are no people; of each it is noted what it is."""
        found = self._found
        nobody = []
        unsure = kinds.not_surely_people(columns)
        last = -1
        for place in unsure:
            if place > last + 1:
                found.person_follows()
            last = place
            kind, is_sure = kinds.of(chunk[place])
            if kind is RowKind.PERSON:
                if is_sure:
                    found.person_follows()
                else:
                    found.tell_blanks()
                    found.doubtful.append((before + 1 + place, chunk[place]))
                continue
            nobody.append(place)
            left = LeftOut(before + 1 + place, kind, text_of_row(chunk[place]))
            if kind is RowKind.BLANK:
                if len(found.blanks) < _MOST_BLANKS:
                    found.blanks.append(left)
                continue
            found.tell_blanks()
            found.left_out.append(left)
        if last < len(chunk) - 1:
            found.person_follows()
        return nobody

    def _notes_at_end(self) -> int:
        """How many of the last people are none: no sure person follows, and hardly anything stands in them."""
        count = 0
        for _, row in reversed(self._found.doubtful):
            if after_the_last(row) is not RowKind.NOTE:
                break
            count += 1
        return count


def _squared(chunk: list[list[Cell]], width: int) -> int:
    """Makes the rows as long as the longest, which is returned; only text files have rows of different lengths."""
    lengths = set(map(len, chunk))
    longest = max(width, *lengths)
    if lengths != {longest}:
        for row in chunk:
            row += [""] * (longest - len(row))
    return longest


def _with_errors(
    rows: Iterator[list[Cell]], errors: dict[tuple[int, int], str], first_column: int
) -> Iterator[list[Cell]]:
    """Rows in which a cell that shows an error says so instead of seeming empty."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), error in errors.items():
        by_row.setdefault(row, []).append((column - first_column, error))
    for place, cells in enumerate(rows):
        for column, error in by_row.get(place, ()):
            if 0 <= column < len(cells) and cells[column] == "":
                cells[column] = error
        yield cells
