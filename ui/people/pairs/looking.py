"""Looking through the whole register for pairs, in the background; a newer looking drops the answer of an older one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.people.pairs import DoubtfulPair
from models.problems import Rejected, StorageFailure
from ui.background import Background, Job

if TYPE_CHECKING:
    from models.register import Register


class Looking(QObject):
    """On a thread of its own: it must not hold up a paper."""

    found = Signal(object)
    """The pairs, best first."""
    stepped = Signal(int, int)
    """So much of so much is looked through."""
    failed = Signal(str)
    """The file did not answer: the sentence."""

    def __init__(self, register: Register, parent: QObject) -> None:
        super().__init__(parent)
        self._register = register
        self._background = Background(self)
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def start(self) -> None:
        """Begins anew."""
        self.cancel()
        job = self._background.run(
            self,
            partial(_look, self._register),
            done=lambda pairs: self._deliver(job, pairs),
            progress=lambda done, of: self._tell(job, done, of),
            failed=lambda failure: self._fail(job, failure),
        )
        self._job = job

    def cancel(self) -> None:
        """Wants no answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def stop(self) -> None:
        """The program ends."""
        self._job = None
        self._background.stop()

    def _deliver(self, job: Job, pairs: tuple[DoubtfulPair, ...]) -> None:
        if job is self._job:
            self._job = None
            self.found.emit(pairs)

    def _tell(self, job: Job, done: int, of: int) -> None:
        if job is self._job:
            self.stepped.emit(done, of)

    def _fail(self, job: Job, failure: StorageFailure | Rejected) -> None:
        if job is self._job:
            self._job = None
            self.failed.emit(failure.text)


def _look(register: Register, progress: Callable[[int, int], None]) -> tuple[DoubtfulPair, ...]:
    """In the other thread, on a connection of its own."""
    with register.twin(read_only=True) as twin:
        return twin.pairs.doubtful(progress)
