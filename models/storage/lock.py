"""One program writes a file at a time."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from models.language import N_
from models.problems import StorageFailure
from models.storage.failures import failure_of


class WriterLock:
    """The right to write a file, held by one program; the system takes it back when the program ends, however."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_new = False
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False)

    def acquire(self) -> bool:
        """Takes the lock; StorageFailure when another program has it.

        False where no lock can be written (a folder that may only be read, somebody else's lock file): the file must
        only be read then.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._is_new = not Path(self._lock.lock_file).exists()
            self._lock.acquire()
        except Timeout as error:
            raise StorageFailure(
                "in_use",
                N_(
                    "{file} is already open in another Cakupan window on this computer, or in a running command. "
                    "Close it there, then open it here again. Nothing was changed."
                ),
                file=self._path.name,
            ) from error
        except OSError as error:
            failure = failure_of(error, self._path)
            if failure is None or failure.code in ("disk_full", "disk_error"):
                raise (failure or error) from error
            return False
        return True

    def release(self) -> None:
        """Gives the lock back."""
        self._lock.release()

    def withdraw(self) -> None:
        """Gives the lock back and leaves no trace of it beside a file that turned out not to be ours."""
        self._lock.release()
        if self._is_new:
            Path(self._lock.lock_file).unlink(missing_ok=True)
