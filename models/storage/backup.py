"""Backups that are proven readable, and the way back from one."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import Connection, Error, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import require_ours, row_counts, strange_parts
from models.storage.keys import Key
from models.storage.lock import WriterLock
from models.storage.opening import BACKUP_FOLDER
from models.storage.snapshot import checksum_file, checksum_of, flush, put_in_place, snapshot, write_checksum

STAGES = {
    "copy": N_("Copying …"),
    "check": N_("Reading the copy back …"),
    "count": N_("Counting the records …"),
    "checksum": N_("Computing the checksum …"),
}
"""What a backup or a restore does one after the other, with what is said meanwhile (English message ids)."""
Progress = Callable[[str], None]
"""Told the stage that begins, one of `STAGES`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file or a backup holds."""

    path: Path
    workers: int
    """Living workers."""
    enrolments: int
    """Enrolments that count."""
    last_change: datetime | None
    """Moment of the newest audit row."""
    rows: dict[str, int]
    """Rows of every table."""
    regency: str
    is_sample: bool
    form: int
    """Number of migrations the file went through."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A finished backup."""

    path: Path
    made_at: datetime
    contents: Contents
    checksum: str


def backup_folder(file: Path) -> Path:
    """Where backups of a file go unless another folder is chosen."""
    return file.parent / BACKUP_FOLDER


def make_backup(
    file: Path, folder: Path, now: datetime, progress: Progress | None = None, *, key: Key | None = None
) -> BackupReport:
    """Copies the file as it is now, checks the copy, compares every table's rows, and only then gives it its name.

    The name tells the moment and what it holds; the SHA-256 stands beside. The source may be open and in use. Raises
    StorageFailure in words; then nothing new is left in the folder.
    """
    tell = progress or (lambda stage: None)
    if not file.exists():
        raise StorageFailure("missing", N_("There is no file {file}. Check the name and the folder."), file=str(file))
    with failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{file.stem}-{now:%Y%m%d-%H%M%S}.db.new"
    with failures_named(folder):
        _sweep(folder, file, now)
        try:
            tell("copy")
            before = inspect_file(file, key)
            with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
                _refuse_strange(file, connection)
            snapshot(file, part, key)
            tell("check")
            _check_whole(part, key)
            tell("count")
            held = _contents(part, key)
            after = inspect_file(file, key)
            if held.rows not in (before.rows, after.rows) and not _between(before, held, after):
                raise _differs()
            name = f"{file.stem}-{now:%Y%m%d-%H%M%S}-{held.workers}p-{held.enrolments}k.db"
            final = _free_name(folder / name)
            tell("checksum")
            try:
                digest = write_checksum(final, part)
                put_in_place(part, final)
            except BaseException:
                checksum_file(final).unlink(missing_ok=True)
                raise
        finally:
            part.unlink(missing_ok=True)
    return BackupReport(final, now, _renamed(held, final), digest)


def backups_in(folder: Path) -> tuple[Path, ...]:
    """The backups of a folder, newest first by the moment in their names."""
    if not folder.is_dir():
        return ()
    with failures_named(folder):
        found = [path for path in folder.glob("*.db") if path.is_file()]
    return tuple(sorted(found, key=lambda path: (moment_of(path) or datetime.min, path.name), reverse=True))


def last_backup(folder: Path, file: Path, now: datetime) -> tuple[Path, datetime] | None:
    """The newest backup of this file and its moment; one dated in the future (a wrong clock) does not count."""
    for path in backups_in(folder):
        made_at = moment_of(path)
        if made_at is not None and made_at <= now and _is_of(path, file, made_at) and checksum_file(path).exists():
            return path, made_at
    return None


def moment_of(backup: Path) -> datetime | None:
    """When a backup was made, by its name."""
    words = backup.stem.split("-")
    for day, hour in reversed(list(pairwise(words))):  # the file itself may be named like a backup
        if len(day) == 8 and len(hour) == 6:
            with contextlib.suppress(ValueError):
                return datetime.strptime(day + hour, "%Y%m%d%H%M%S")
    return None


def inspect_backup(backup: Path, key: Key | None = None) -> Contents:
    """What a backup holds, after its checksum, its pages and its form were found good; nothing is written.

    Raises StorageFailure in words: missing, altered, cut off, damaged, no Cakupan file, made by a newer program.
    """
    if not backup.is_file():
        raise StorageFailure(
            "missing", N_("There is no file {file}. Check the name and the folder."), file=str(backup)
        )
    with failures_named(backup):
        beside = checksum_file(backup)
        if beside.exists():
            expected = beside.read_text("utf-8", "replace").split(" ")[0].strip().lower()
            if checksum_of(backup) != expected:
                raise StorageFailure(
                    "altered",
                    N_(
                        "The backup {file} was altered or cut off after it was made (its checksum differs). "
                        "It was not used and nothing was changed. Choose another backup."
                    ),
                    file=backup.name,
                )
        _check_whole(backup, key)
        return _contents(backup, key)


def inspect_file(file: Path, key: Key | None = None) -> Contents:
    """What a file in use holds, for comparing it with a backup."""
    roll_back_leftover(file, key)
    with failures_named(file):
        return _contents(file, key)


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A finished restore."""

    restored: Contents
    safety_copy: Path | None
    """Where the file as it was before went; None when there was none."""


def restore_backup(
    backup: Path, target: Path, now: datetime, progress: Progress | None = None, *, key: Key | None = None
) -> RestoreReport:
    """Puts a backup in the place of `target`, which no program may have open; the file as it was is kept beside.

    The present file is copied as it is even when it is damaged. Raises StorageFailure in words with `target` untouched.
    """
    tell = progress or (lambda stage: None)
    lock = WriterLock(target)
    if not lock.acquire():
        raise StorageFailure(
            "cannot_open",
            N_("The file {file} cannot be opened. Check that its folder exists and that you may write there."),
            file=target.name,
        )
    try:
        tell("check")
        inspected = inspect_backup(backup, key)
        with failures_named(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + ".part")
            try:
                tell("copy")
                snapshot(backup, part, key)
                tell("count")
                _check_whole(part, key)
                contents = _contents(part, key)
                if contents.rows != inspected.rows:  # part of the backup lies in another file beside it
                    raise _damaged(backup)
                safety = _keep(target, now, key) if target.exists() else None
                put_in_place(part, target)
            finally:
                part.unlink(missing_ok=True)
    finally:
        lock.release()
    return RestoreReport(_renamed(contents, target), safety)


def _keep(target: Path, now: datetime, key: Key | None) -> Path:
    """A copy of the file as it is, whole or damaged, with the journal that may lie beside it."""
    folder = backup_folder(target)
    folder.mkdir(parents=True, exist_ok=True)
    copy = _free_name(folder / f"{target.stem}-{now:%Y%m%d-%H%M%S}-sebelum-pulih.db")
    journal = target.with_name(target.name + "-journal")
    roll_back_leftover(target, key)
    try:
        snapshot(target, copy, key)
    except Error:
        for source, kept in ((target, copy), (journal, copy.with_name(copy.name + "-journal"))):
            if source.exists():
                shutil.copyfile(source, kept)
                flush(kept)
    write_checksum(copy)
    journal.unlink(missing_ok=True)
    return copy


def _check_whole(file: Path, key: Key | None) -> None:
    """Every page and index, and every reference between tables; raises StorageFailure when something is wrong."""
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        require_ours(file, connection)
        _refuse_strange(file, connection)
        pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])  # text where the file is encrypted
            for name in ("page_count", "page_size")
        )
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != ["ok"] or broken is not None or pages * size != file.stat().st_size:
        raise _damaged(file)


def _refuse_strange(file: Path, connection: Connection) -> None:
    """A trigger or a view that this program never made could change records behind its back."""
    strange = strange_parts(connection)
    if strange:
        raise StorageFailure(
            "strange_form",
            N_(
                "{file} was not used, for another program changed its form ({names}). Nothing was changed. "
                "Ask for help, or restore a backup from before."
            ),
            file=file.name,
            names=", ".join(strange[:5]),
        )


def _contents(file: Path, key: Key | None) -> Contents:
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        connection.execute("BEGIN")
        require_ours(file, connection)
        rows = row_counts(connection)
        at = connection.execute("SELECT at FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        settings = dict(connection.execute("SELECT name, value FROM setting").fetchall())
        contents = Contents(
            path=file,
            workers=connection.execute("SELECT count(*) FROM worker WHERE living = 1").fetchone()[0],
            enrolments=connection.execute("SELECT count(*) FROM enrolment WHERE counts = 1").fetchone()[0],
            last_change=_moment(file, at[0]) if at else None,
            rows=rows,
            regency=settings.get("regency", '"13.12"').strip('"'),
            is_sample=settings.get("is_sample") == "true",
            form=rows.get("_sqlite_migrations", 0),
        )
        connection.execute("ROLLBACK")
    return contents


def _moment(file: Path, text: str) -> datetime:
    """The moment of an audit row; no program of ours writes anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> StorageFailure:
    message = N_("{file} is damaged and was not used. Nothing was changed. Choose another backup.")
    return StorageFailure("damaged_copy", message, file=file.name)


def _differs() -> StorageFailure:
    message = N_(
        "The copy does not hold what the file holds, so it was thrown away. Make the backup once more; "
        "if it fails again, use another folder or disk."
    )
    return StorageFailure("backup_differs", message)


def _between(before: Contents, held: Contents, after: Contents) -> bool:
    """Whether a copy made while clerks went on saving lies between what there was and what there is."""
    return held.rows.keys() == after.rows.keys() and all(
        before.rows[table] <= count <= after.rows[table] for table, count in held.rows.items() if table != "draft"
    )


def _sweep(folder: Path, file: Path, now: datetime) -> None:
    """Takes away what backups of this file that were killed half-way left in the folder more than a day ago."""
    for part in folder.glob("*.db.new*"):
        begun = moment_of(Path(part.name.partition(".new")[0]))
        if begun is not None and begun < now - timedelta(days=1) and _is_of(part, file, begun):
            with contextlib.suppress(OSError):  # whatever holds it, the new backup can be made all the same
                part.unlink()


def _is_of(copy: Path, file: Path, made_at: datetime) -> bool:
    """Whether a copy of that moment is one of this file, and not of ``kantor-lama.db`` beside ``kantor.db``."""
    begins = os.path.normcase(f"{file.stem}-{made_at:%Y%m%d-%H%M%S}")  # on Windows KANTOR.db is the same file
    return os.path.normcase(copy.name).startswith(begins)


def _free_name(path: Path) -> Path:
    """The path, or the path with a number when two are made within a second."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def _renamed(contents: Contents, path: Path) -> Contents:
    return replace(contents, path=path)
