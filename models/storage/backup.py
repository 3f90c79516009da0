"""Backups that are proven readable."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.audit_chain import Head
from models.storage.backup_names import BACKUP_FOLDER as BACKUP_FOLDER
from models.storage.backup_names import backup_folder as backup_folder
from models.storage.backup_names import backups_in as backups_in
from models.storage.backup_names import is_named_after, moment_of
from models.storage.contents import Contents
from models.storage.driver import roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import require_ours
from models.storage.inspecting import check_whole, contents_of, head_in
from models.storage.keys import Key
from models.storage.manifest import Manifest, Why, manifest_file, write_manifest
from models.storage.proven_copy import Copied, ProvenCopy
from models.storage.snapshot import free_name, held_still, put_in_place

STAGES = {
    "copy": N_("Copying …"),
    "check": N_("Reading the copy back …"),
    "count": N_("Counting the records …"),
    "pages": N_("Checking every page of the copy …"),
    "checksum": N_("Giving the backup its name …"),
    "second": N_("Copying to the second place and reading it back …"),
    "seal": N_("Locking the copy with its passphrase …"),
    "open": N_("Opening the locked copy again …"),
}
"""What a backup or a restore does one after the other, with what is said meanwhile (English message ids)."""
Progress = Callable[[str], None]
"""Told the stage that begins, one of `STAGES`, and now and then told again."""
SMALL = 64_000_000
"""Bytes up to which every page of a new backup is checked at once; that of a larger one takes its time later."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A finished backup."""

    path: Path
    made_at: datetime
    contents: Contents
    checksum: str
    manifest: Manifest


def make_backup(
    file: Path,
    folder: Path,
    now: datetime,
    progress: Progress | None = None,
    *,
    key: Key | None = None,
    why: Why = Why.BY_HAND,
    is_thorough: bool | None = None,
    is_gentle: bool = False,
) -> BackupReport:
    """Copies the file as it is now, reads the copy back from the disk, and only when all is well gives it its name.

    What was read back equals bit for bit what the file said while nobody could write it; it opens, every table is
    counted, and its audit trail ends where that of the file ends. Every page and reference is checked too where the
    file is small, or where it `is_thorough`. The name tells the moment and what it holds; the manifest stands beside.
    The source may be open and in use. Raises StorageFailure in words; then nothing new is left in the folder.
    """
    tell = progress or (lambda stage: None)
    if not file.exists():
        raise StorageFailure("missing", N_("There is no file {file}. Check the name and the folder."), file=str(file))
    with _said_of_folder(folder, file), failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, file, now)
        part = _free_part(folder / f"{file.stem}-{now:%Y%m%d-%H%M%S}.db.new")
        try:
            tell("copy")
            try:
                made = run_apart(_make, file, part, key, is_thorough, tell=tell, is_gentle=is_gentle)
            except Stopped as error:
                message = N_("The copy of {file} was stopped before it was whole, so it was thrown away. Try again.")
                raise StorageFailure("copy_stopped", message, file=file.name) from error
            tell("checksum")
            held = made.contents
            name = f"{file.stem}-{now:%Y%m%d-%H%M%S}-{held.workers}p-{held.enrolments}k.db"
            final = free_name(folder / name)
            checked_at = now if made.is_checked else None
            try:
                manifest = describe(final, held, made.copied, now, why, key, checked_at=checked_at)
                put_in_place(part, final)
            except BaseException:  # also when only the folder with the new name could not be written
                final.unlink(missing_ok=True)
                manifest_file(final).unlink(missing_ok=True)
                raise
        finally:
            part.unlink(missing_ok=True)
    return BackupReport(final, now, manifest.contents, manifest.sha256, manifest)


@contextlib.contextmanager
def _said_of_folder(folder: Path, file: Path) -> Iterator[None]:
    """Where the place of the backups refused, says that instead of advice for the register."""
    try:
        yield
    except StorageFailure as failure:
        words = _REFUSED.get(failure.code)
        if words is None or failure.params.get("file") == file.name:
            raise
        raise StorageFailure(failure.code, words, folder=str(folder)) from failure


_REFUSED = {
    "disk_full": N_(
        "The disk of the backups is full, so no backup was made in {folder}. The register itself is unchanged. "
        "Make room on that disk or choose another folder, then back up again."
    ),
    "read_only": N_(
        "Nothing may be written in {folder}, so no backup was made. The register itself is unchanged. "
        "Undo the write protection or choose another folder, then back up again."
    ),
}


def _free_part(part: Path) -> Path:
    """The name, or one with a number that a later sweep still knows, where another backup is made within the second."""
    begun = part.name.removesuffix(".db.new")
    number = 2
    while part.exists():
        part = part.with_name(f"{begun}-{number}.db.new")
        number += 1
    return part


def describe(
    backup: Path,
    contents: Contents,
    copied: Copied,
    now: datetime,
    why: Why,
    key: Key | None,
    *,
    checked_at: datetime | None = None,
) -> Manifest:
    """Writes the manifest of a copy that was just read back; it has, or will have, the name `backup`. OSError."""
    manifest = Manifest(
        file=backup.name,
        made_at=now,
        why=why,
        size=copied.size,
        sha256=copied.checksum,
        contents=replace(contents, path=backup),
        verified_at=now,
        checked_at=checked_at,
        salt=b"" if key is None else key.salt,
        key_check="" if key is None else key.check,
    )
    write_manifest(backup, manifest)
    return manifest


@dataclass(frozen=True, slots=True)
class _Made:
    """What the other process found."""

    copied: Copied
    contents: Contents
    is_checked: bool


def _make(tell: Tell, file: Path, part: Path, key: Key | None, is_thorough: bool | None) -> _Made:
    """In a process of its own: the copy, proven."""
    with failures_named(file):
        roll_back_leftover(file, key)
    with ProvenCopy(part) as copy:
        head = _copy(copy, file, key)
        tell("check")
        copied = copy.proven()
    tell("count")
    with failures_named(part):
        held = contents_of(part, key)  # from memory again, as it was read back from the disk
    if held.head != head:
        raise _differs()
    is_checked = copied.size <= SMALL if is_thorough is None else is_thorough
    if is_checked:
        tell("pages")
        _require_whole(part, file, key)
    return _Made(copied, held, is_checked)


def _copy(copy: ProvenCopy, file: Path, key: Key | None) -> Head | None:
    """The bytes of the file while nobody may write it; the end of its audit trail at that moment."""
    with contextlib.ExitStack() as stack:
        with failures_named(file):
            reading = stack.enter_context(held_still(file, key))
            require_ours(file, reading)
            head = head_in(reading)
        copy.write_from(file)
    return head


def _require_whole(part: Path, file: Path, key: Key | None) -> None:
    """The copy is the file bit for bit, so what is wrong with its pages is wrong with the file."""
    try:
        with failures_named(file):
            check_whole(part, key)
    except StorageFailure as failure:
        if failure.code != "damaged_copy":
            raise
        message = N_(
            "The file {file} is damaged, so a copy of it would be no backup. Nothing was changed. Restore the newest "
            "backup (Data, Restore)."
        )
        raise StorageFailure("damaged", message, file=file.name) from failure


def _differs() -> StorageFailure:
    message = N_(
        "The copy does not hold what the file holds, so it was thrown away. Make the backup once more; "
        "if it fails again, use another folder or disk."
    )
    return StorageFailure("backup_differs", message)


def _sweep(folder: Path, file: Path, now: datetime) -> None:
    """Takes away what backups of this file that were killed half-way left in the folder more than a day ago."""
    for part in folder.glob("*.db.new*"):
        begun = moment_of(Path(part.name.partition(".new")[0]))
        if begun is not None and begun < now - timedelta(days=1) and is_named_after(part, file, begun):
            with contextlib.suppress(OSError):  # whatever holds it, the new backup can be made all the same
                part.unlink()
