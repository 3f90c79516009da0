"""Work in the background: one thread; results arrive on the screen's thread, in order, while somebody waits.

What runs here is a plain function. It gets frozen records or a path, never a widget and never an open connection.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from models.problems import Rejected, StorageFailure


class Cancelled(Exception):
    """Raised inside the work when it reports a step after somebody cancelled it; let it pass."""


class Job:
    """One piece of work that was handed over."""

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None] | None,
        failed: Callable[[StorageFailure | Rejected], None] | None,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> None:
        self.owner, self.done, self.failed, self.progress, self.cancelled = owner, done, failed, progress, cancelled
        self.is_cancelled = False

    def cancel(self) -> None:
        """Asks the work to stop: at once if it has not begun, otherwise at the next step it reports."""
        self.is_cancelled = True


class Background(QObject):
    """The one worker of the program."""

    storage_failed = Signal(str)
    """The sentence of a StorageFailure or the problems of a Rejected that no `failed` took."""
    became_busy = Signal(bool)

    _finished = Signal(object, object, object)
    _stepped = Signal(object, object, object)

    def __init__(
        self, parent: QObject | None = None, *, on_bug: Callable[[BaseException], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._jobs: list[Job] = []
        self._is_connected = False
        self._on_bug = on_bug or _to_excepthook

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    @property
    def is_waited_for(self) -> bool:
        """Whether something runs that a person began on a page and can stop."""
        stoppable = (job.owner for job in self._jobs if job.cancelled is not None)
        return any(shiboken6.isValid(owner) and owner.isWidgetType() for owner in stoppable)

    def run(
        self,
        owner: QObject,
        work: Callable[..., Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[StorageFailure | Rejected], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Runs `work()` in the background, after everything handed over before, and calls `done(result)` here.

        With `progress`, runs `work(progress=step)` instead: `step(done, of)` may be called from the work as often as
        it likes, shows itself through `progress`, and raises `Cancelled` once `job.cancel()` was called.
        Nothing is called any more when `owner` is gone. A StorageFailure or Rejected goes to `failed`, or as a
        sentence to the message line; any other exception is a bug and goes to the crash hook.
        """
        job = Job(owner, done, failed, progress, cancelled)
        if not self._jobs:
            self.became_busy.emit(True)
        self._jobs.append(job)
        if self._executor is None:
            self._executor = self._begin()
        self._executor.submit(self._work, job, work, progress is not None)
        return job

    def stop(self) -> None:
        """Cancels what waits, lets the running step end, and waits for it. Nothing is delivered afterwards."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _begin(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        if not self._is_connected:
            self._is_connected = True
            self._finished.connect(self._deliver, QtCore.Qt.ConnectionType.QueuedConnection)
            self._stepped.connect(self._show_step, QtCore.Qt.ConnectionType.QueuedConnection)
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def _work(self, job: Job, work: Callable[..., Any], steps: bool) -> None:
        """In the other thread: touches nothing of Qt but the two queued signals."""
        result, trouble = None, None

        def step(done: int, of: int) -> None:
            if job.is_cancelled:
                raise Cancelled
            self._stepped.emit(job, done, of)

        try:
            if job.is_cancelled:
                raise Cancelled
            result = work(progress=step) if steps else work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it must reach the screen's thread
            trouble = error
        self._finished.emit(job, result, trouble)

    def _show_step(self, job: Job, done: int, of: int) -> None:
        if not shiboken6.isValid(job.owner):
            job.cancel()  # nobody waits any more
        elif job in self._jobs and job.progress is not None and not job.is_cancelled:
            job.progress(done, of)

    def _deliver(self, job: Job, result: object, trouble: BaseException | None) -> None:
        from models.problems import Rejected, StorageFailure

        if job not in self._jobs:
            return  # the program is ending
        self._jobs.remove(job)
        if not self._jobs:
            self.became_busy.emit(False)
        if trouble is not None and not isinstance(trouble, Cancelled | StorageFailure | Rejected):
            self._on_bug(trouble)
        elif not shiboken6.isValid(job.owner):
            return
        elif isinstance(trouble, Cancelled):
            if job.cancelled is not None:
                job.cancelled()
        elif isinstance(trouble, StorageFailure | Rejected):
            if job.failed is not None:
                job.failed(trouble)
            else:
                self.storage_failed.emit(trouble.text)
        elif job.done is not None:
            job.done(result)


def _to_excepthook(trouble: BaseException) -> None:
    sys.excepthook(type(trouble), trouble, trouble.__traceback__)
