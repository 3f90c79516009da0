"""A list as a file: what kind it is, which sheets it has, and the people of one of them as a table."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from models.exchange.cells import Cell
from models.exchange.guards import is_text, refuse_what_is_no_file
from models.exchange.reading import FileFound, Request, Rows, SheetBegun, SheetRead, read
from models.exchange.reading_apart import read_apart
from models.exchange.sheet_xml import letters_of
from models.exchange.table import FileKind, ListTable, Source
from models.problems import Problem

Progress = Callable[[int, int], None]
"""Told how many rows were read, of how many (0 as long as that is not known); what it raises stops the reading."""
_SMALL = 1_000_000
"""Bytes; text files below are read before a process of their own would have begun."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file, as much as choosing it needs."""

    name: str
    """Empty for a file that has no sheets of its own (CSV, HTML)."""
    rows: int
    columns: int
    people: int
    """How many rows look like a person."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file that was opened, read once and closed again."""

    path: Path
    kind: FileKind
    hash: bytes
    """SHA-256 of the very bytes that were read."""
    size: int
    """Bytes."""
    sheets: tuple[Sheet, ...]
    default: str
    """Name of the visible sheet with most people."""
    remarks: tuple[Problem, ...] = ()
    """What a person should know before reading on: macros that were not run, a web page named .xls."""
    table: ListTable | None = field(default=None, repr=False, compare=False)
    """The default sheet, which was read on the way."""


def open_list(path: Path, progress: Progress | None = None) -> ListFile:
    """Opens a list in a process of its own and reads its default sheet; nothing keeps the file open afterwards.

    Raises StorageFailure in words for whatever is no list, or cannot be read, or would take too much memory.
    """
    found, table = _read(Request(path), progress)
    sheets = tuple(
        Sheet(sheet.name, sheet.rows, sheet.columns, sheet.people, sheet.is_hidden) for sheet in found.sheets
    )
    if not sheets:  # the only one, which was not counted beforehand
        last = max((*table.rows[-1:], *(left.row for left in table.left_out), *table.heading_rows), default=0)
        sheets = (Sheet(table.source.sheet, last, len(table.columns), len(table)),)
    return ListFile(path, found.kind, found.hash, found.size, sheets, table.source.sheet, found.remarks, table)


def read_table(
    source: ListFile | Path,
    sheet: str | None = None,
    heading_row: int | None = None,
    progress: Progress | None = None,
) -> ListTable:
    """The people of a sheet (None: the default one), below the headings in `heading_row` (from 1; 0: there are none;
    None: found). Raises StorageFailure.

    The table that was read while the file was opened is given itself, with whatever was mended in it since.
    """
    if isinstance(source, Path):
        return _read(Request(source, sheet, heading_row), progress)[1]
    if source.table is not None and sheet in (None, source.table.source.sheet) and heading_row is None:
        return source.table
    wanted = source.default if sheet is None else sheet
    return _read(Request(source.path, wanted, heading_row, source.hash), progress)[1]


def _read(request: Request, progress: Progress | None) -> tuple[FileFound, ListTable]:
    """Small text files are read here, all else apart: no parser of another language is let into this process."""
    size = refuse_what_is_no_file(request.path)
    last = height = 0

    def still_wanted() -> None:
        if progress is not None:
            progress(last, height)

    still_wanted()
    is_here = size < _SMALL and is_text(request.path)
    steps = read(request) if is_here else read_apart(request, still_wanted)
    found: FileFound | None = None
    begun: SheetBegun | None = None
    columns: list[list[Cell]] = []
    numbers = array("I")
    ended: SheetRead | None = None
    with closing(steps):
        for step in steps:
            if isinstance(step, FileFound):
                found = step
            elif isinstance(step, SheetBegun):
                begun = step
                height = step.height
                columns = [[] for _ in step.headings]
            elif isinstance(step, Rows):
                _append(columns, step.columns, len(numbers))
                numbers += step.numbers
                last = step.last
                still_wanted()
            else:
                ended = step
    assert found is not None
    assert begun is not None
    assert ended is not None
    return found, _table(request.path, found, begun, columns, numbers, ended)


def _append(columns: list[list[Cell]], more: Sequence[Sequence[Cell]], before: int) -> None:
    """Puts the next people below those `before`."""
    columns += [[""] * before for _ in range(len(more) - len(columns))]
    for column, cells in zip(columns, more, strict=False):
        column += cells
    for column in columns[len(more) :] if more else ():
        column += [""] * len(more[0])


def _table(
    path: Path, found: FileFound, begun: SheetBegun, columns: list[list[Cell]], numbers: array[int], ended: SheetRead
) -> ListTable:
    """Without the notes that were taken for people, and without columns in which nothing stands."""
    if ended.notes_at_end:
        for column in columns:
            del column[-ended.notes_at_end :]
        del numbers[-ended.notes_at_end :]
    headings = (*begun.headings, *[""] * (len(columns) - len(begun.headings)))
    kept = [place for place, column in enumerate(columns) if headings[place] or any(cell != "" for cell in column)]
    is_whole = bool(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers)
    return ListTable(
        source=Source(path, found.kind, found.hash, begun.sheet),
        headings=tuple(headings[place] for place in kept),
        columns=[columns[place] for place in kept],
        rows=range(numbers[0], numbers[-1] + 1) if is_whole else numbers,
        left_out=ended.left_out,
        heading_rows=begun.heading_rows,
        letters=tuple(letters_of(begun.first_column + place) for place in kept),
        remarks=(*found.remarks, *ended.remarks),
    )
