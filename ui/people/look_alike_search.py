"""Who may be the same person: asked in the background while somebody types, never on the way of a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.people.lines import LookAlike
from models.people.worker import Worker
from models.problems import Rejected, StorageFailure
from ui.background import Job
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register

PAUSE = 250
"""Milliseconds without a key before the register is asked."""
SHORTEST_NAME = 3


class LookAlikeSearch(QObject):
    """Asks again when something has changed that tells people apart: NIK, name, birth, mother, nagari, family card."""

    found = Signal(object)
    """A tuple of LookAlike."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = self._asked = Worker()
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)

    def look(self, worker: Worker) -> None:
        """The worker as typed so far."""
        wanted = Worker(
            id=worker.id,
            nik=worker.nik if len(worker.nik) == 16 else "",
            name=worker.name if len(worker.name) >= SHORTEST_NAME else "",
            born_on=worker.born_on,
            nagari=worker.nagari,
            sex=worker.sex,
            birth_place=worker.birth_place,
            mother_name=worker.mother_name,
            family_card=worker.family_card if len(worker.family_card) == 16 else "",
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self._timer.start()

    def find_now(self) -> None:
        """Does not wait for a pause or the background: the person wants to see them."""
        if self._timer.isActive() or self._job is not None:
            self._timer.stop()
            self._drop_job()
            self._asked = self._wanted
            self.found.emit(self._session.opened_register.workers.look_alikes(self._wanted))

    def forget(self) -> None:
        """Another record begins: what is still being looked for no longer matters."""
        self._timer.stop()
        self._wanted = self._asked = Worker()
        self._drop_job()
        self.found.emit(())

    def _ask(self) -> None:
        if self._wanted == self._asked or self._session.register is None:  # the window was closed in the pause
            return
        self._asked = self._wanted
        self._drop_job()
        if not self._asked.nik and not (self._asked.name and self._asked.born_on):
            self.found.emit(())
            return
        work = partial(_look, self._session.opened_register, self._asked)
        done = partial(self._show, self._asked)
        self._job = self._session.background.run(self, work, done=done, failed=self._leave_it)

    def _show(self, asked: Worker, found: tuple[LookAlike, ...]) -> None:
        if asked == self._asked:  # an answer that comes late is about somebody else
            self._job = None
            self.found.emit(found)

    def _leave_it(self, _trouble: StorageFailure | Rejected) -> None:
        """The file did not answer; the next change asks again, and the save itself will say what is wrong."""
        self._job, self._asked = None, Worker()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _look(register: Register, worker: Worker) -> tuple[LookAlike, ...]:
    """In the other thread, on a connection of its own."""
    with register.twin() as own:
        return own.workers.look_alikes(worker)
