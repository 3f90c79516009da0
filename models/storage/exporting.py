"""A whole file written anew under another key, and the proof that nothing of it was lost."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.audit_chain import Head, head_at, head_of
from models.storage.driver import Connection, Error, address_of, connect
from models.storage.form import require_ours, row_counts, strange_parts
from models.storage.keys import Key

Progress = Callable[[str, int, int], None]
"""Told the stage (``write`` while this works), and how many bytes of how many are written; what it raises stops."""
_GENERAL = 1
_WORDS = {"malformed": 11, "disk is full": 13, "disk I/O error": 10, "locked": 5, "readonly": 8, "interrupted": 9}
"""SQLite's own words and their numbers."""
_STEPS = 20_000
"""SQLite's own steps between two looks at the growing file: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Held:
    """What must be in the new file as well."""

    rows: dict[str, int]
    index: int
    """Workers in the text index."""
    head: Head
    form: tuple[int, int]
    """Application id and user version."""


def export(old: Connection, part: Path, new: Key | None, tell: Progress, size: int) -> Held:
    """Writes everything into a new file `part`, as SQLCipher does it; the free pages of the old one stay behind."""
    old.execute("PRAGMA cipher_log_level=NONE").fetchall()
    secret = "" if new is None else f"x'{new.raw.hex()}{new.salt.hex()}'"
    old.execute("ATTACH DATABASE ? AS new KEY ?", (address_of(part.absolute()), secret))
    for statement in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
        old.execute(f"PRAGMA new.{statement}").fetchall()
    old.execute("PRAGMA cache_spill=ON").fetchall()
    with _watched(old, part, size, tell):
        old.execute("BEGIN IMMEDIATE")
        try:
            held = held_in(old)
            with _told_by_number():
                old.execute("SELECT sqlcipher_export('new')").fetchall()
            for name, value in zip(("application_id", "user_version"), held.form, strict=True):
                old.execute(f"PRAGMA new.{name}={value}").fetchall()
            old.execute("COMMIT")
        except BaseException:
            if old.in_transaction:
                old.execute("ROLLBACK")
            raise
    old.execute("DETACH DATABASE new")
    return held


def prove(file: Path, part: Path, key: Key | None, held: Held, *, entries: int) -> None:
    """Compares the new file with what the old one held, plus so many audit rows; reads each of its pages."""
    with contextlib.closing(connect(part, key=key, read_only=True)) as connection:
        require_ours(part, connection)
        found = held_in(connection)
        rows = {**held.rows, "audit": held.rows["audit"] + entries}
        is_same = found.rows == rows and found.index == held.index and found.form == held.form
        if held.head.hash and is_same:
            before = head_at(connection, held.head.entries)
            is_same = before == (held.head if held.head.entries else None)
            is_same = is_same and found.head.entries == held.head.entries + entries
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
        seals = connection.execute("PRAGMA cipher_integrity_check").fetchall() if key is not None else []
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        strange = strange_parts(connection)
    if not is_same or verdict != ["ok"] or seals or broken is not None or strange:
        message = N_(
            "The new file does not hold what {file} holds, so it was thrown away and {file} stays as it is. Check the "
            "file (Data, Check), and try again."
        )
        raise StorageFailure("rekey_differs", message, file=file.name)


@contextmanager
def _told_by_number() -> Iterator[None]:
    """SQLCipher passes on only the words of what went wrong while it wrote; the number tells what to do."""
    try:
        yield
    except Error as error:
        number = next((number for words, number in _WORDS.items() if words in str(error)), None)
        if number is not None and getattr(error, "sqlite_errorcode", None) == _GENERAL:
            error.sqlite_errorcode = number
        raise


@contextmanager
def _watched(connection: Connection, part: Path, size: int, tell: Progress) -> Iterator[None]:
    """Tells how far the file has grown; what `tell` raises interrupts the work and comes out here."""
    raised: list[BaseException] = []

    def look() -> int:
        try:
            tell("write", min(part.stat().st_size if part.exists() else 0, size), size)
        except BaseException as error:  # noqa: BLE001 - a cancel, which SQLite must not swallow
            raised.append(error)
            return 1
        return 0

    connection.set_progress_handler(look, _STEPS)
    try:
        tell("write", 0, size)
        yield
    except Error:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def held_in(connection: Connection) -> Held:
    """What a file holds, by its numbers and the end of its audit trail."""
    application, version = (
        int(connection.execute(f"PRAGMA main.{name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    index = connection.execute("SELECT count(*) FROM worker_text_docsize").fetchone()[0]
    return Held(row_counts(connection), index, _head(connection), (application, version))


def _head(connection: Connection) -> Head:
    """The end of the chain; a copy from before the rows were sealed has none."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(audit)").fetchall()}
    return head_of(connection) if "hash" in columns else Head(0, b"")
