"""Backups that are proven readable."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import connect
from models.storage.failures import failures_named
from models.storage.inspecting import Contents, check_whole, contents_of, inspect_file, refuse_strange
from models.storage.keys import Key
from models.storage.opening import BACKUP_FOLDER
from models.storage.snapshot import checksum_file, free_name, put_in_place, snapshot, write_checksum

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
                refuse_strange(file, connection)
            snapshot(file, part, key)
            tell("check")
            check_whole(part, key)
            tell("count")
            held = contents_of(part, key)
            after = inspect_file(file, key)
            if held.rows not in (before.rows, after.rows) and not _between(before, held, after):
                raise _differs()
            name = f"{file.stem}-{now:%Y%m%d-%H%M%S}-{held.workers}p-{held.enrolments}k.db"
            final = free_name(folder / name)
            tell("checksum")
            try:
                digest = write_checksum(final, part)
                put_in_place(part, final)
            except BaseException:
                checksum_file(final).unlink(missing_ok=True)
                raise
        finally:
            part.unlink(missing_ok=True)
    return BackupReport(final, now, replace(held, path=final), digest)


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
