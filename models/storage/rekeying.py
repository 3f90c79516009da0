"""Another passphrase for a file, or none any more: a whole new file is made beside it, proven, and takes its place."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from models.language import N_
from models.offices.users import Right, User
from models.problems import StorageFailure
from models.storage.backup import make_backup
from models.storage.backup_names import backup_folder
from models.storage.beside import real_place
from models.storage.driver import Error
from models.storage.exporting import Held, Progress, export, prove
from models.storage.failures import failures_named
from models.storage.keys import Key
from models.storage.lock import WriterLock
from models.storage.manifest import Why
from models.storage.opening import OpenFile, open_file
from models.storage.plain_copies import remove_with_companions
from models.storage.replacing import (
    aside_of,
    erase,
    journal_of,
    part_of,
    put_new_in_place,
    remove_part,
    set_aside,
    sweep,
)  # fmt: skip
from models.storage.unlocking import fitting_key

STAGES = {
    "copy": N_("Keeping a copy of the file as it is …"),
    "write": N_("Writing the new file …"),
    "check": N_("Reading the new file back …"),
    "place": N_("Putting it in the place of the old one …"),
}
"""What is done one after the other, with what is said meanwhile (English message ids)."""


class Rekeying(StrEnum):
    """What is done; its name in the audit trail."""

    ADDED = "passphrase_added"
    CHANGED = "passphrase_changed"
    REMOVED = "passphrase_removed"


@dataclass(frozen=True, slots=True)
class RekeyReport:
    """A file that has another key now."""

    done: Rekeying
    safety_copy: Path | None
    """The file as it was, still opened by the passphrase before; none where that would be a copy without any."""
    is_erased: bool
    """Whether the unprotected file from before was overwritten; a disk may keep traces of it all the same."""


class Protection:
    """What the audit trail keeps of the recovery sheet; the passphrase itself is changed with the file closed."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def sheet_was_printed(self) -> None:
        """A sheet was printed or saved once more. Raises Rejected for a person without the right."""
        with self._file.change(Right.SETTINGS) as change:
            change.record("recovery_sheet_printed", "register", 0, [])

    def sheet_was_used(self) -> None:
        """The file was opened with the recovery code, by whoever sits there: nobody may be logged in yet."""
        if not self._file.is_read_only:
            with self._file.change(before_login=True) as change:
                change.record("recovery_sheet_used", "register", 0, [])


def rekey(
    file: Path,
    now: datetime,
    by: User,
    *,
    key: Key | None,
    new: Key | None,
    progress: Progress | None = None,
) -> RekeyReport:
    """Gives a closed file another key (`new`), its first one (no `key` before) or none any more.

    Until the new file is proven the old one stays as it is, whatever happens. Raises Rejected for a person without
    the right, StorageFailure in words.
    """
    if key == new:
        raise ValueError("the file has this key already")
    done = Rekeying.ADDED if key is None else Rekeying.REMOVED if new is None else Rekeying.CHANGED
    tell = progress or (lambda stage, written, of: None)
    file = real_place(file)
    part = part_of(file)
    lock = WriterLock(file, person=by.shown_name, now=now)
    if not lock.acquire():
        raise StorageFailure(
            "cannot_open",
            N_("The file {file} cannot be opened. Check that its folder exists and that you may write there."),
            file=file.name,
        )
    try:
        with failures_named(file):
            sweep(file)
            safety: Path | None = None
            try:
                with fitting_key(file, key) as fitting:
                    opened = open_file(file, user=by.name, clock=lambda: now, must_exist=True, key=fitting)
                try:
                    opened.person = by
                    opened.require(Right.SETTINGS)
                    _refuse_unwritable(opened)
                    if key is not None:
                        tell("copy", 0, 0)
                        safety = make_backup(file, backup_folder(file), now, key=key, why=Why.PASSPHRASE).path
                    held = _export(opened, part, new, tell)
                    tell("check", 0, 0)
                    _note(part, now, by, new, done)
                    prove(file, part, new, held, entries=1)
                    tell("place", 0, 0)
                finally:
                    _close(opened)
                aside = set_aside(file) if key is None else None
                put_new_in_place(part, file)
            except BaseException:
                remove_part(part)
                aside_of(file).unlink(missing_ok=True)
                if safety is not None:
                    remove_with_companions(safety)
                raise
            is_erased = aside is not None and erase(aside)
    finally:
        lock.release()
    return RekeyReport(done, safety, is_erased)


def _export(opened: OpenFile, part: Path, new: Key | None, tell: Progress) -> Held:
    opened.connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()  # nobody else until it is closed
    return export(opened.connection, part, new, tell, opened.path.stat().st_size)


def _note(part: Path, now: datetime, by: User, key: Key | None, done: Rekeying) -> None:
    """The row about it stands in the new file only: where that never comes into its place, nothing was done."""
    opened = open_file(part, user=by.name, clock=lambda: now, must_exist=True, key=key)
    try:
        opened.person = by
        with opened.change(Right.SETTINGS) as change:
            change.record(done, "register", 0, [])
    finally:
        opened.close()


def _close(opened: OpenFile) -> None:
    """With its empty journal, also where the unfinished new file keeps SQLite from taking that away."""
    with contextlib.suppress(Error):
        opened.connection.execute("PRAGMA locking_mode=NORMAL").fetchall()
        opened.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only now others are let in
    opened.close()
    journal = journal_of(opened.path)
    if journal.exists() and not journal.stat().st_size:
        journal.unlink()


def _refuse_unwritable(opened: OpenFile) -> None:
    if opened.is_read_only:
        message = N_("The file {file} is open for reading only. Nothing was saved.")
        raise StorageFailure("read_only", message, file=opened.path.name)
