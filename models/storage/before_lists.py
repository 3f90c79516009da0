"""What comes before any list that is taken in: a backup, and whether the very same file was taken in already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.backup_names import backup_folder
from models.storage.manifest import Why
from models.storage.opening import OpenFile
from models.storage.register_backups import Backups


def back_up_before(file: OpenFile, folder: Path | None, tell: Callable[[str], None]) -> None:
    """Makes a backup of what is not in the newest verified one of the folder (None: ``cadangan`` beside the file);
    `tell` hears each stage. A file that is only read needs none."""
    if file.is_read_only:
        return
    folder, now = folder or backup_folder(file.path), file.clock()
    known = Backups(file)
    if known.is_behind(known.last([folder], now)):
        make_backup(file.path, folder, now, tell, key=file.key, why=Why.IMPORT)


def days_taken_in(file: OpenFile, file_hash: bytes) -> tuple[date, ...]:
    """Days on which this very file was taken in and not taken back."""
    rows = file.rows(
        "SELECT DISTINCT imported_on FROM list_import WHERE hash = ? AND living = 1 ORDER BY 1", (file_hash,)
    )
    return tuple(date.fromisoformat(row[0]) for row in rows)
