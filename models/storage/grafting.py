"""A damaged file whose form cannot be read any more, given that of a backup: a copy that can be asked again."""

from __future__ import annotations

import contextlib
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.storage.damaged import folder_beside
from models.storage.driver import Error, connect
from models.storage.keys import Key, has_seal

_PAGE = 4096
_HEADER = 100
"""Bytes of the first page before its own tree begins."""
_INTERIOR = 5
_AT_ONCE = 20_000_000
"""Characters of one row with which a copy is made longer."""


@contextmanager
def grafted(damaged: Path, backup: Path, key: Key | None, backup_key: Key | None) -> Iterator[Path | None]:
    """A copy of `damaged` whose first page, and the others that describe the tables, come from a backup of it.

    A backup is a copy page by page, so the tables begin where they did. Nothing it gives was proven to be right: a page
    that now belongs to something else gives rows that fit no seal. None where the two have not the same key, or where
    the disk refuses. Only for files that nobody has open.
    """
    if key != backup_key:
        yield None
        return
    with folder_beside(damaged) as folder:
        copy = folder / damaged.name
        try:
            shutil.copyfile(backup, copy)
            _make_longer(copy, damaged.stat().st_size // _PAGE, key)
            _lay_over(copy, damaged, key)
        except (OSError, Error):
            yield None
            return
        yield copy


def _make_longer(copy: Path, pages: int, key: Key | None) -> None:
    """At least so many pages: SQLite reads none beyond the number that the first page says."""
    with contextlib.closing(connect(copy, key=key)) as connection:
        connection.execute("PRAGMA synchronous=OFF").fetchall()
        while (missing := pages - int(connection.execute("PRAGMA page_count").fetchone()[0])) > 0:
            length = min(_AT_ONCE, (missing + 2) * _PAGE)
            connection.execute(
                "INSERT INTO draft (form, fields, focus, user, saved_at) "
                "VALUES ('', printf('%.*c', ?, 'x'), '', '', '')",
                (length,),
            )
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()


def _lay_over(copy: Path, damaged: Path, key: Key | None) -> None:
    """Every sound page of the damaged file in its place, but for those that describe the tables."""
    with damaged.open("rb") as source, copy.open("r+b") as target:
        kept = {1} if key is not None else _pages_of_the_form(target.read(_PAGE))
        number = 0
        while page := source.read(_PAGE):
            number += 1
            is_sound = len(page) == _PAGE and any(page) and (key is None or has_seal(page, number, key))
            if is_sound and number not in kept:
                target.seek((number - 1) * _PAGE)
                target.write(page)


def _pages_of_the_form(first: bytes) -> set[int]:
    """The first page and those it leads to, where the tables of a plain file are described."""
    kind, _free, cells = struct.unpack(">BHH", first[_HEADER : _HEADER + 5])
    pages = {1}
    if kind == _INTERIOR:
        pages.add(struct.unpack(">I", first[_HEADER + 8 : _HEADER + 12])[0])
        for at in range(cells):
            begin = _HEADER + 12 + 2 * at
            cell = struct.unpack(">H", first[begin : begin + 2])[0]
            pages.add(struct.unpack(">I", first[cell : cell + 4])[0])
    return pages
