"""The way back from a backup: the file as it was is kept, and nothing is in its place before it was found whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.backup import Progress, backup_folder, describe
from models.storage.driver import Error, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.inspecting import Contents, check_whole, contents_of, damaged, inspect_backup
from models.storage.keys import Key
from models.storage.lock import WriterLock
from models.storage.manifest import Why
from models.storage.snapshot import flush, free_name, put_in_place, snapshot, write_checksum


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
                check_whole(part, key)
                contents = contents_of(part, key)
                if contents.rows != inspected.rows:  # part of the backup lies in another file beside it
                    raise damaged(backup)
                safety = _keep(target, now, key) if target.exists() else None
                put_in_place(part, target)
            finally:
                part.unlink(missing_ok=True)
    finally:
        lock.release()
    return RestoreReport(replace(contents, path=target), safety)


def _keep(target: Path, now: datetime, key: Key | None) -> Path:
    """A copy of the file as it is, whole or damaged, with the journal that may lie beside it."""
    folder = backup_folder(target)
    folder.mkdir(parents=True, exist_ok=True)
    copy = free_name(folder / f"{target.stem}-{now:%Y%m%d-%H%M%S}-sebelum-pulih.db")
    journal = target.with_name(target.name + "-journal")
    roll_back_leftover(target, key)
    try:
        copied = snapshot(target, copy, key)
        describe(copy, contents_of(copy, key), copied, now, Why.RESTORE, key)
    except (Error, StorageFailure):
        for source, kept in ((target, copy), (journal, copy.with_name(copy.name + "-journal"))):
            if source.exists():
                shutil.copyfile(source, kept)
                flush(kept)
        write_checksum(copy)
    journal.unlink(missing_ok=True)
    return copy
