"""A list as a file: what kind it is, which sheets it has, and the people of one of them as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from models.exchange.table import FileKind, ListTable
from models.problems import Problem

Progress = Callable[[int, int], None]
"""Told how many rows were read, of how many; what it raises stops the reading."""


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
    raise NotImplementedError


def read_table(
    source: ListFile | Path,
    sheet: str | None = None,
    heading_row: int | None = None,
    progress: Progress | None = None,
) -> ListTable:
    """The people of a sheet (None: the default one), below the headings in `heading_row` (from 1; 0: there are none;
    None: found). Raises StorageFailure."""
    raise NotImplementedError
