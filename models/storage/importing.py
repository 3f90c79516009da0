"""Taking lists in: what would become of each row, all of it in one transaction or none, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.exchange.checked import CheckedList
from models.exchange.importing import (
    ImportPreview,
    ListImport,
    ListOrigin,
    Mode,
    Resolution,
    TouchedSince,
)
from models.schemes.enrolment import EnrolmentPlan
from models.storage.opening import OpenFile

Progress = Callable[[str, int, int], None]
"""Told what is being done (``backup``, ``match``, ``look_alikes``, ``enrol``, ``write``, ``index``), how many of how
many are done; what it raises (a cancel) undoes all."""


class Lists:
    """The lists that were and are to be taken in."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def context(self, plan: EnrolmentPlan | None = None) -> Any:
        """What checking a list asks of the register (`checking.CheckContext`); with a plan, for being enrolled so."""
        raise NotImplementedError

    def preview(
        self,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution] | None = None,
        plan: EnrolmentPlan | None = None,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """What would become of each row; nothing is written. `resolutions` are of doubtful rows, by their place."""
        raise NotImplementedError

    def take_in(
        self,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution] | None = None,
        plan: EnrolmentPlan | None = None,
        progress: Progress | None = None,
        *,
        seen: ImportPreview | None = None,
        backups: Path | None = None,
    ) -> ListImport:
        """Writes all rows that are neither doubtful nor left out, in one transaction, after a backup into `backups`
        (``cadangan`` beside the file unless told otherwise).

        Raises Rejected, with nothing changed, for a right, a stop of the list, a scheme or fund that does not allow
        it, and where the register no longer is as it was for the preview that was `seen`; StorageFailure for the disk.
        """
        raise NotImplementedError

    def imports(self, limit: int = 200) -> tuple[ListImport, ...]:
        """The lists that were taken in, newest first, with those taken back."""
        raise NotImplementedError

    def touched_since(self, list_import: int, most: int = 5) -> TouchedSince:
        """What keeps an import from being taken back; nothing while its `count` is 0."""
        raise NotImplementedError

    def undo(self, list_import: int, progress: Progress | None = None) -> None:
        """Takes a whole import back. Raises Rejected, with nothing changed, where something later touched its rows."""
        raise NotImplementedError

    def origin_of(self, worker: int) -> ListOrigin | None:
        """The list that a worker came in on; where it did not come from a list, the one that changed it last."""
        raise NotImplementedError
