"""Reading what can be read of a damaged file: ranges of rows are halved until what is left fails row by row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.storage.driver import Connection, Error, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.keys import Key, opens_some_page
from models.storage.snapshot import flush

_AT_ONCE = 4_096
"""Ids asked for in one step; a power of two, so that halving ends in single rows."""
_AHEAD = 64
"""Steps looked ahead once a whole one failed: a page that leads to others hides some thousand rows."""
_UNREADABLE = (Error, UnicodeDecodeError)
"""The second where SQLite puts bytes of the damaged page into its message."""
_BEGINS = ".cakupan-selamat-"
_SMALLEST_ROW = 24
"""Bytes: no row of ours takes less, so a file has no more of them than its size allows."""


class DamagedFile:
    """A file opened for reading only, whatever state it is in. Nothing it gives was proven to be right."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path, self._key = path, key
        self._connection: Connection | None = None
        self.unread: dict[str, int] = {}
        """For each table that was read: ids in damaged ranges. There may have been no row of that number."""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table in the order of `rows`; none where not even the form of the file can be read."""
        try:
            cursor = self._reading().execute(f"SELECT * FROM {table} LIMIT 0")
        except _UNREADABLE:
            self.close()
            return ()
        return tuple(name for name, *_rest in cursor.description or ())

    def rows(self, table: str, at_least: int = 0) -> Iterator[tuple[Any, ...]]:
        """Every row that can be read, in the order of their ids; `at_least` is an id known to have existed."""
        self.unread[table] = 0
        last = self._last_id(table)
        most = max(self._path.stat().st_size // _SMALLEST_ROW, at_least, _AT_ONCE)
        for first in range(1, (most if last is None else min(last, most)) + 1, _AT_ONCE):
            found, failed = self._range(table, first, min(first + _AT_ONCE - 1, last or most))
            yield from found
            if last is None and first > at_least:
                if not failed and not found and self._is_end(table, first):
                    break
                if failed == _AT_ONCE and not self._goes_on(table, first):
                    break
            self.unread[table] += failed

    # Details

    def _reading(self) -> Connection:
        """The connection in use, or a new one."""
        if self._connection is None:
            self._connection = connect(self._path, key=self._key, read_only=True)
        return self._connection

    def _ask(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]] | None:
        """The rows, or None where they cannot be read."""
        try:
            return self._reading().execute(sql, parameters).fetchall()
        except _UNREADABLE:
            if self._key is not None:  # a page that SQLCipher once refused makes it refuse all others
                self.close()
            return None

    def _range(self, table: str, first: int, last: int) -> tuple[list[tuple[Any, ...]], int]:
        """The rows of a range that can be read, and how many single ids could not."""
        found: list[tuple[Any, ...]] = []
        failed = 0
        waiting = [(first, last)]
        sql = f"SELECT * FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
        while waiting:
            low, high = waiting.pop()
            rows = self._ask(sql, (low, high))
            if rows is not None:
                found += (row for row in rows if low <= row[0] <= high)
            elif low == high:
                failed += 1
            else:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
        return found, failed

    def _last_id(self, table: str) -> int | None:
        """The highest id, by the table itself or by one of its indexes; None where neither can be read."""
        found = self._ask(f"SELECT max(id) FROM {table}")
        if found is not None:
            return int(found[0][0] or 0)
        indexes = self._ask("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?", (table,)) or []
        for (index,) in indexes:
            found = self._ask(f"SELECT max(id) FROM (SELECT id FROM {table} INDEXED BY {index})")
            if found is not None:
                return int(found[0][0] or 0)
        return None

    def _is_end(self, table: str, first: int) -> bool:
        return self._ask(f"SELECT 1 FROM {table} WHERE id >= ? LIMIT 1", (first,)) == []

    def _goes_on(self, table: str, first: int) -> bool:
        """Whether anything further up can be read."""
        return any(
            self._ask(f"SELECT 1 FROM {table} WHERE id BETWEEN ? AND ?", (begin, begin + 15))
            for begin in range(first + _AT_ONCE, first + (_AHEAD + 1) * _AT_ONCE, _AT_ONCE)
        )


def key_among(damaged: Path, *keys: Key | None) -> Key | None:
    """The first key that belongs to a file in whatever state; None where none does, or none is needed."""
    with failures_named(damaged):
        return next((key for key in keys if key is not None and opens_some_page(damaged, key)), None)


@contextmanager
def folder_beside(damaged: Path) -> Iterator[Path]:
    """A folder for copies, on the same disk and as private as the file; what a killed program left in one goes too."""
    for left in damaged.parent.glob(f"{_BEGINS}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=damaged.parent, prefix=_BEGINS) as folder:
        yield Path(folder)


@contextmanager
def settled(damaged: Path, key: Key | None) -> Iterator[Path]:
    """The file, or a copy of it in which what a killed program left half written was taken back."""
    journal = damaged.with_name(damaged.name + "-journal")
    with failures_named(damaged):
        has_journal = journal.exists() and journal.stat().st_size > 0
        if not has_journal:
            yield damaged
            return
        with folder_beside(damaged) as folder:
            copy = folder / damaged.name
            for source, target in ((damaged, copy), (journal, copy.with_name(copy.name + "-journal"))):
                shutil.copyfile(source, target)
                flush(target)
            roll_back_leftover(copy, key)
            copy.with_name(copy.name + "-journal").unlink(missing_ok=True)  # where even that was damaged
            yield copy
