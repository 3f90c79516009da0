"""Another passphrase for a file, or none any more: a whole new file is made beside it, proven, and takes its place."""

from __future__ import annotations

import contextlib
import glob
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from models.language import N_
from models.offices.users import Right, User
from models.problems import StorageFailure
from models.storage.audit_chain import Head, head_at, head_of
from models.storage.backup import describe, make_backup
from models.storage.backup_names import backup_folder, moment_of
from models.storage.beside import real_place
from models.storage.driver import Connection, Error, connect
from models.storage.failures import failures_named
from models.storage.form import require_ours, row_counts, strange_parts
from models.storage.inspecting import contents_of
from models.storage.keys import Key
from models.storage.lock import WriterLock
from models.storage.manifest import Why, manifest_file, read_manifest, write_manifest
from models.storage.migrations import APPLICATION_ID
from models.storage.opening import OpenFile, open_file
from models.storage.proven_copy import Copied, checksum_from_disk
from models.storage.snapshot import (
    checksum_file,
    flush,
    flush_folder,
    put_in_place,
)
from models.storage.unlocking import fitting_key

Progress = Callable[[str, int, int], None]
"""Told the stage, one of `STAGES`, and how many bytes of how many are written; what it raises stops the work, and
nothing was changed."""
STAGES = {
    "copy": N_("Keeping a copy of the file as it is …"),
    "write": N_("Writing the new file …"),
    "check": N_("Reading the new file back …"),
    "place": N_("Putting it in the place of the old one …"),
}
"""With what is said meanwhile (English message ids)."""
_STEPS = 20_000
"""SQLite's own steps between two looks at the growing file: some milliseconds."""
_BLOCK = 1 << 20
_PLAIN, _HEAD, _APPLICATION = b"SQLite format 3\x00", 100, 68
"""How a plain file begins, how long its head is, and where the application id stands in it."""


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


@dataclass(frozen=True, slots=True)
class _Held:
    """What must be in the new file as well."""

    rows: dict[str, int]
    index: int
    """Workers in the text index."""
    head: Head
    form: tuple[int, int]
    """Application id and user version."""


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
    part = _part(file)
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
                    _prove(file, part, new, held, entries=1)
                    tell("place", 0, 0)
                finally:
                    _close(opened)
                aside = _set_aside(file) if key is None else None
                _put_in_place(part, file)
            except BaseException:
                _remove(part)
                _aside(file).unlink(missing_ok=True)
                if safety is not None:
                    _remove_copy(safety)
                raise
            is_erased = aside is not None and _erase(aside)
    finally:
        lock.release()
    return RekeyReport(done, safety, is_erased)


def sweep(file: Path) -> None:
    """Takes away what a killed `rekey` left beside a file; only for who holds the file's lock."""
    file = real_place(file)
    _remove(_part(file))
    aside = _aside(file)
    with contextlib.suppress(OSError):
        if aside.exists() and file.exists():
            if aside.samefile(file):
                aside.unlink()
            else:
                _erase(aside)


def open_copies(file: Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """The copies of a file in these folders that anybody can read, whatever they are there for; by name."""
    found = []
    for folder in dict.fromkeys(folders):
        with contextlib.suppress(OSError):  # a stick that was pulled out holds nothing just now
            for left in folder.glob(f".{glob.escape(file.stem)}*.lama"):  # by a protecting that was killed
                sweep(left.with_name(left.name.removeprefix(".").removesuffix(".lama")))
            found += [path for path in folder.iterdir() if path.name.startswith(file.stem) and _is_open(path)]
    return tuple(sorted(path for path in found if path.resolve() != file.resolve()))


def protect_copy(copy: Path, key: Key, now: datetime) -> None:
    """Makes a copy that anybody can read (a backup) into one that `key` opens: the same records, the same name.

    Raises StorageFailure in words; the copy is then as it was.
    """
    part = _part(copy)
    with failures_named(copy):
        manifest = read_manifest(copy)
        try:
            with contextlib.closing(connect(copy)) as plain:
                require_ours(copy, plain)
                held = _export_from(plain, part, key, lambda stage, written, of: None, copy.stat().st_size)
            _prove(copy, part, key, held, entries=0)
            aside = _set_aside(copy)
            manifest_file(copy).unlink(missing_ok=True)  # with the sum of the old bytes it would call the new altered
            _put_in_place(part, copy)
        except BaseException:
            _remove(part)
            _aside(copy).unlink(missing_ok=True)
            if manifest is not None and not manifest_file(copy).exists():
                write_manifest(copy, manifest)
            raise
        if aside is not None:
            _erase(aside)
        checksum_file(copy).unlink(missing_ok=True)
        copied = Copied(copy.stat().st_size, checksum_from_disk(copy))
        made_at = moment_of(copy) or now if manifest is None else manifest.made_at
        why = Why.BY_HAND if manifest is None else manifest.why
        describe(copy, contents_of(copy, key), copied, made_at, why, key, checked_at=now)


def erase_copy(copy: Path) -> None:
    """Overwrites and removes a copy with what lies beside it; raises StorageFailure where it stays."""
    with failures_named(copy):
        _erase(copy)
        copy.unlink(missing_ok=True)
    _remove_copy(copy)


def _is_open(path: Path) -> bool:
    """Whether it is one of our files without a passphrase, or the beginning of one."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head.startswith(_PLAIN) and head[_APPLICATION : _APPLICATION + 4] == APPLICATION_ID.to_bytes(4, "big")


def _export(opened: OpenFile, part: Path, new: Key | None, tell: Progress) -> _Held:
    opened.connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()  # nobody else until it is closed
    return _export_from(opened.connection, part, new, tell, opened.path.stat().st_size)


def _export_from(old: Connection, part: Path, new: Key | None, tell: Progress, size: int) -> _Held:
    """Writes everything into a new file `part`, as SQLCipher does it; the free pages of the old one stay behind."""
    old.execute("PRAGMA cipher_log_level=NONE").fetchall()
    secret = "" if new is None else f"x'{new.raw.hex()}{new.salt.hex()}'"
    old.execute("ATTACH DATABASE ? AS new KEY ?", (str(part), secret))
    for statement in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
        old.execute(f"PRAGMA new.{statement}").fetchall()
    old.execute("PRAGMA cache_spill=ON").fetchall()
    with _watched(old, part, size, tell):
        old.execute("BEGIN IMMEDIATE")
        try:
            held = _held(old)
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


def _held(connection: Connection) -> _Held:
    application, version = (
        int(connection.execute(f"PRAGMA main.{name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    index = connection.execute("SELECT count(*) FROM worker_text_docsize").fetchone()[0]
    return _Held(row_counts(connection), index, _head(connection), (application, version))


def _head(connection: Connection) -> Head:
    """The end of the chain; a copy from before the rows were sealed has none."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(audit)").fetchall()}
    return head_of(connection) if "hash" in columns else Head(0, b"")


def _note(part: Path, now: datetime, by: User, key: Key | None, done: Rekeying) -> None:
    """The row about it stands in the new file only: where that never comes into its place, nothing was done."""
    opened = open_file(part, user=by.name, clock=lambda: now, must_exist=True, key=key)
    try:
        opened.person = by
        with opened.change(Right.SETTINGS) as change:
            change.record(done, "register", 0, [])
    finally:
        opened.close()


def _prove(file: Path, part: Path, key: Key | None, held: _Held, *, entries: int) -> None:
    """Compares the new file with what the old one held, plus so many audit rows; reads each of its pages."""
    with contextlib.closing(connect(part, key=key, read_only=True)) as connection:
        require_ours(part, connection)
        found = _held(connection)
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


def _close(opened: OpenFile) -> None:
    """With its empty journal, also where the unfinished new file keeps SQLite from taking that away."""
    with contextlib.suppress(Error):
        opened.connection.execute("PRAGMA locking_mode=NORMAL").fetchall()
        opened.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only now others are let in
    opened.close()
    journal = _journal(opened.path)
    if journal.exists() and not journal.stat().st_size:
        journal.unlink()


def _refuse_unwritable(opened: OpenFile) -> None:
    if opened.is_read_only:
        message = N_("The file {file} is open for reading only. Nothing was saved.")
        raise StorageFailure("read_only", message, file=opened.path.name)


def _remove_copy(copy: Path) -> None:
    for path in (copy, manifest_file(copy), checksum_file(copy)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _journal(file: Path) -> Path:
    return file.with_name(file.name + "-journal")


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.sandi")


def _aside(file: Path) -> Path:
    """A second name of the old file, until it is overwritten."""
    return file.with_name(f".{file.name}.lama")


def _remove(part: Path) -> None:
    for path in (part, _journal(part)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _put_in_place(part: Path, file: Path) -> None:
    flush(part)
    try:
        put_in_place(part, file)
    except OSError:
        if part.exists():  # otherwise the new file has its name, and the disk only did not say that it kept it
            raise


def _set_aside(file: Path) -> Path | None:
    """Gives the file a second name, so that its content can be overwritten once the first one means the new file."""
    _journal(file).unlink(missing_ok=True)
    aside = _aside(file)
    try:
        aside.unlink(missing_ok=True)
        os.link(file, aside)
    except OSError:  # a disk that knows no second names, as a stick
        return None
    return aside


def _erase(path: Path) -> bool:
    """Overwrites a file and takes it away; one that has a further name elsewhere only loses this one."""
    try:
        with path.open("rb+") as stream:
            is_alone = os.fstat(stream.fileno()).st_nlink == 1
            if is_alone:
                left = os.fstat(stream.fileno()).st_size
                while left > 0:
                    left -= stream.write(bytes(min(_BLOCK, left)))
                stream.flush()
                os.fsync(stream.fileno())
        path.unlink()
        flush_folder(path.parent)
    except OSError:
        return False
    return is_alone
