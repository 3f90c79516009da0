"""Counting in the background, each kind once at a time, with how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject

from models.problems import Rejected, StorageFailure
from ui.background import Background, Job

PATIENCE = 250
"""Milliseconds of counting before it is said how far it is."""


class Counting:
    """An older counting of the same kind is given up."""

    def __init__(self, owner: QObject, background: Background, say: Callable[[str, str], None]) -> None:
        """`say` shows a sentence and its weight, as a message line does."""
        self._owner, self._background, self._say = owner, background, say
        self._jobs: dict[str, Job] = {}

    @property
    def is_busy(self) -> bool:
        """Whether something is still being counted."""
        return bool(self._jobs)

    def start(self, kind: str, work: Callable[..., object], done: Callable[..., None], sentence: str) -> None:
        """Runs ``work(progress=step)``; `sentence` has the blanks ``{done}`` and ``{of}``."""
        if kind in self._jobs:
            self._jobs[kind].cancel()

        def is_newest() -> bool:
            return self._jobs.get(kind) is job

        def finished(result: object) -> None:
            if is_newest():
                del self._jobs[kind]
                done(result)

        def failed(trouble: StorageFailure | Rejected) -> None:
            if is_newest():
                del self._jobs[kind]
                self._say(trouble.text, "error")

        since = QElapsedTimer()
        since.start()

        def step(at: int, of: int) -> None:
            if is_newest() and since.elapsed() > PATIENCE:
                self._say(sentence.format(done=at, of=of), "")

        job = self._jobs[kind] = self._background.run(self._owner, work, done=finished, failed=failed, progress=step)
