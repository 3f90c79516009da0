"""Closes the open register, gives its file another key in the background, and opens it again for the same person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.offices.users import Right, User
from models.problems import Rejected, StorageFailure
from models.storage.rekeying import STAGES, RekeyReport, rekey
from ui.background import Job
from ui.exchange.stages import LastWord
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key

_FULL = 1_000
_PARTS = {"copy": (0, 100), "write": (100, 850), "check": (850, 950), "place": (950, _FULL)}
"""Which part of the bar each stage has."""


class RekeyingWork(QObject):
    """While it runs no register is open; afterwards it is open again, whatever happened."""

    stepped = Signal(str, int)
    """Stage, one of `STAGES`, and thousandths of the whole."""
    ended = Signal(object)
    """A `RekeyReport`."""
    failed = Signal(object)
    """The StorageFailure or Rejected; None after a mistake of the program itself. The register is open as it was."""
    stopped = Signal()
    """By the person; the register is open as it was."""
    stayed_shut = Signal(object)
    """The StorageFailure because of which not even the file as it was could be opened; `open_again` tries once more."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._reopen: Callable[[], bool] = lambda: True
        LastWord(session.background, lambda: self._job is not None, self).lost.connect(self._rescue)

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def begin(self, new: Key | None) -> None:
        """Raises Rejected for a person without the right; then nothing was closed."""
        session, register = self._session, self._session.opened_register
        register.require(Right.SETTINGS)
        person, path, key = register.person, register.path, register.key
        assert person is not None, "whoever has a right is somebody"
        self._reopen = partial(self._open, path, key, person)
        session.use_register(None)
        self._job = session.background.run(
            self,
            partial(_rekey, path, session.now(), person, key, new),
            done=partial(self._done, partial(self._open, path, new, person)),
            failed=self._failed,
            progress=self._step,
            cancelled=self._cancelled,
        )

    def stop(self) -> None:
        """At the next step; nothing was changed then."""
        if self._job is not None:
            self._job.cancel()

    def open_again(self) -> bool:
        """Once more, after `stayed_shut`."""
        return self._reopen()

    # Details

    def _open(self, path: Path, key: Key | None, person: User) -> bool:
        try:
            self._session.open_file(path, user=person.name, must_exist=True, key=key, person=person)
        except StorageFailure as failure:
            self.stayed_shut.emit(failure)
            return False
        return True

    def _done(self, reopen: Callable[[], bool], report: RekeyReport) -> None:
        self._job, self._reopen = None, reopen
        if self._reopen():
            self.ended.emit(report)

    def _failed(self, trouble: StorageFailure | Rejected) -> None:
        self._job = None
        if self._reopen():
            self.failed.emit(trouble)

    def _cancelled(self) -> None:
        self._job = None
        if self._reopen():
            self.stopped.emit()

    def _rescue(self) -> None:
        self._job = None
        if self._reopen():
            self.failed.emit(None)

    def _step(self, done: int, _of: int) -> None:
        stage = next(name for name, (_begin, end) in _PARTS.items() if done <= end)
        self.stepped.emit(stage, done)


def _rekey(
    path: Path, now: datetime, person: User, key: Key | None, new: Key | None, *, progress: Callable[[int, int], None]
) -> RekeyReport:
    told = -1

    def tell(stage: str, written: int, of: int) -> None:
        nonlocal told
        begin, end = _PARTS[stage]
        at = begin + 1 + (end - begin - 1) * written // of if of else begin + 1
        if at != told or stage == "write":
            told = at
            progress(at, _FULL)

    return rekey(path, now, person, key=key, new=new, progress=tell)


assert list(_PARTS) == list(STAGES), "each stage has its part of the bar"
