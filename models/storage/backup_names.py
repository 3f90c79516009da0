"""How backups are named and where they lie."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from models.storage.failures import failures_named

BACKUP_FOLDER = "cadangan"


def backup_folder(file: Path) -> Path:
    """Where backups of a file go unless another folder is chosen."""
    return file.parent / BACKUP_FOLDER


def backups_in(folder: Path) -> tuple[Path, ...]:
    """The backups of a folder, newest first by the moment in their names."""
    with failures_named(folder):
        if not folder.is_dir():
            return ()
        found = [path for path in folder.glob("*.db") if path.is_file()]
    return tuple(sorted(found, key=lambda path: (moment_of(path) or datetime.min, path.name), reverse=True))


def moment_of(backup: Path) -> datetime | None:
    """When a backup was made, by its name."""
    words = backup.stem.split("-")
    for day, hour in reversed(list(pairwise(words))):  # the file itself may be named like a backup
        if len(day) == 8 and len(hour) == 6:
            with contextlib.suppress(ValueError):
                return datetime.strptime(day + hour, "%Y%m%d%H%M%S")
    return None


def is_named_after(copy: Path, file: Path, made_at: datetime) -> bool:
    """Whether a copy of that moment is one of this file, and not of ``kantor-lama.db`` beside ``kantor.db``."""
    begins = os.path.normcase(f"{file.stem}-{made_at:%Y%m%d-%H%M%S}")  # on Windows KANTOR.db is the same file
    return os.path.normcase(copy.name).startswith(begins)
