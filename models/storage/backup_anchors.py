"""What the backups in a folder know of the audit trail of a register."""

from __future__ import annotations

from pathlib import Path

from models.problems import StorageFailure
from models.storage.anchors import Anchor
from models.storage.backup_names import backup_folder, backups_in, is_named_after
from models.storage.manifest import read_manifest


def anchors_beside(file: Path, folder: Path | None = None) -> tuple[Anchor, ...]:
    """The anchors of a file's backups in `folder`, or in the usual one beside the file.

    A folder that cannot be read, a stick that was pulled out for instance, has none.
    """
    anchors = []
    try:
        for backup in backups_in(folder or backup_folder(file)):
            manifest = read_manifest(backup)
            if manifest is None or not is_named_after(backup, file, manifest.made_at):
                continue
            if manifest.anchor is not None:
                anchors.append(manifest.anchor)
    except (OSError, StorageFailure):
        return tuple(anchors)
    return tuple(anchors)
