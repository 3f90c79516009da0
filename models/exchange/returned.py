"""A list back to its sender: as it came, the bad cells marked and the reasons beside the rows."""

from __future__ import annotations

from pathlib import Path

from models.exchange.checked import CheckedList
from models.exchange.list_file import Progress


def write_findings(
    checked: CheckedList, path: Path, *, only_findings: bool = False, progress: Progress | None = None
) -> int:
    """Writes the workbook and returns how many rows of people it has; with `only_findings` the sound rows are left out.

    The NIK stands in it in full, since the sender wrote it. Raises StorageFailure.
    """
    raise NotImplementedError
