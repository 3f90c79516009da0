"""Doing a step in the background, with progress and a stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.problems import Rejected, StorageFailure
from models.register import Register
from ui.background import Job
from ui.papers.progress import ProgressLine
from ui.schemes.life.step_form import Act
from ui.session import Session

_DOING = {
    "approve": N_("Approving"),
    "submit": N_("Submitting"),
    "activate": N_("Activating"),
    "end": N_("Ending"),
    "reject": N_("Rejecting"),
    "cancel": N_("Cancelling"),
    "replace": N_("Replacing"),
    "wait": N_("Putting on the waiting list"),
}


class StepRunner(QWidget):
    """One step at a time; the line is seen while it runs."""

    began = Signal()
    ended = Signal()
    """It runs no more, whatever came of it; before one of the three below."""
    done = Signal(str, object)
    """The step and what it gave."""
    failed = Signal(object)
    """`Rejected` or `StorageFailure`."""
    stopped = Signal()
    stop_wanted = Signal()
    """The button of the line."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.line = ProgressLine()
        self.line.stop_wanted.connect(self.stop_wanted)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.line)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def run(self, step: str, act: Act) -> None:
        """Does it on a connection of its own; nothing is kept of it where it is stopped or fails."""
        self.line.begin(_(_DOING[step]))
        self.show()
        self.began.emit()
        self._job = self._session.background.run(
            self,
            partial(_act, self._session.opened_register, act),
            done=partial(self._done, step),
            failed=self._failed,
            progress=self.line.step,
            cancelled=self._stopped,
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.line.stopping()

    def _end(self) -> None:
        self._job = None
        self.line.end()
        self.hide()
        self.ended.emit()

    def _done(self, step: str, result: object) -> None:
        self._end()
        self.done.emit(step, result)

    def _failed(self, trouble: Rejected | StorageFailure) -> None:
        self._end()
        self.failed.emit(trouble)

    def _stopped(self) -> None:
        self._end()
        self.stopped.emit()


def _act(register: Register, act: Callable[..., Any], progress: Callable[[int, int], None]) -> Any:
    with register.twin() as twin:
        return act(twin, progress)
