"""What a backup holds against what is there now, or against what can still be read of it; for the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.problems import StorageFailure
from models.storage.backup import STAGES
from models.storage.comparing import Comparison, compare
from models.storage.damaged import key_among
from models.storage.failures import failures_named
from models.storage.inspecting import check_whole, inspect_backup
from models.storage.keys import Key, is_encrypted
from models.storage.manifest import Manifest, read_manifest
from models.storage.restore import RestoreReport, restore_backup
from models.storage.salvage import STAGES as SALVAGING
from models.storage.salvage import salvage
from models.storage.salvaged import Salvaged

Step = Callable[[int, int], None]
STEPS = {**STAGES, **SALVAGING}
"""Everything that looking and restoring do one after the other, with what is said meanwhile (English message ids)."""
DAMAGE = ("damaged", "damaged_copy", "not_a_database", "disk_error")
"""Failures of reading after which the file is treated as damaged."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to know before a restore."""

    comparison: Comparison
    manifest: Manifest | None
    """What stands beside the backup."""
    key: Key | None
    """What opens the backup; None for one that is not encrypted."""
    salvaged: Salvaged | None = None
    """What the damaged file still gives; None where the file in use is whole, or none is there."""


def look(
    backup: Path, present: Path, *, key: Key | None, present_key: Key | None, is_damaged: bool, progress: Step
) -> Looked:
    """Proves the backup and compares it with `present`; where that is damaged, reads what can be read of it.

    Raises StorageFailure about the backup; ``encrypted`` and ``wrong_passphrase`` where another key is needed.
    """
    step = numbered(progress)
    step("check")
    held = inspect_backup(backup, key)
    fitting = key if is_encrypted(backup) else None
    manifest = read_manifest(backup)
    if not present.exists():
        return Looked(Comparison(held, None), manifest, fitting)
    if not is_damaged:
        try:
            step("count")
            found = compare(backup, held, present, key=fitting, present_key=present_key)
            step("pages")
            with failures_named(present):
                check_whole(present, present_key)
            return Looked(found, manifest, fitting)
        except StorageFailure as failure:
            if failure.code == "strange_form":  # of that the check of the file tells
                return Looked(found, manifest, fitting)
            if failure.code not in DAMAGE:
                raise
    found_rows = salvage(present, backup, key=key_among(present, present_key, fitting), backup_key=fitting, tell=step)
    return Looked(Comparison(held, None), manifest, fitting, found_rows)


def put_back(
    backup: Path,
    target: Path,
    now: datetime,
    *,
    key: Key | None = None,
    present_key: Key | None = None,
    by: str = "",
    salvaged: Salvaged | None = None,
    progress: Step,
) -> RestoreReport:
    """`restore_backup`, its stages told by number."""
    return restore_backup(
        backup, target, now, numbered(progress), key=key, present_key=present_key, by=by, salvaged=salvaged
    )


def numbered(progress: Step) -> Callable[[str], None]:
    """Stages told by their number in `STEPS`."""
    names = list(STEPS)
    return lambda stage: progress(names.index(stage), len(names))
