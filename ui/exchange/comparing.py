"""What a backup holds against what is open now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.storage.inspecting import Contents, inspect_backup, inspect_file

if TYPE_CHECKING:
    from models.register import Register


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both, side by side."""

    backup: Contents
    present: Contents | None
    """None where the register cannot be opened."""
    lost_saves: int
    """Saves in the open register that the backup does not have."""


def compare(register: Register | None, backup: Path) -> Comparison:
    """Proves the backup and reads both; meant for the background. Raises StorageFailure in words."""
    held = inspect_backup(backup)
    if register is None:
        return Comparison(held, None, 0)
    present = inspect_file(register.path)
    with register.twin(read_only=True) as twin:
        lost = twin.audit.saves_after(held.rows.get("audit", 0), held.last_change)
    return Comparison(held, present, lost)
