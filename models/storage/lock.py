"""One program writes a file at a time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from models.language import N_
from models.problems import StorageFailure
from models.storage.beside import real_place
from models.storage.failures import failure_of
from models.storage.holder import read_note, remove_note, write_note


class WriterLock:
    """The right to write a file, held by one program; the system takes it back when the program ends, however.

    Who is refused is told who holds it: the `person`, the computer, and since when.
    """

    def __init__(self, path: Path, *, person: str = "", now: datetime | None = None) -> None:
        self._path = path
        self._person = person
        self._now = now
        self._is_new = False
        place = real_place(path)
        self._lock = FileLock(place.with_name(f".{place.name}.lock"), blocking=False)

    def acquire(self) -> bool:
        """Takes the lock; StorageFailure that names the holder when another program has it.

        False where no lock can be written (a folder that may only be read, somebody else's lock file): the file must
        only be read then.
        """
        lock_file = Path(self._lock.lock_file)
        try:
            lock_file.parent.mkdir(parents=True, exist_ok=True)
            self._is_new = not lock_file.exists()
            self._lock.acquire()
        except Timeout as error:
            raise self._in_use() from error
        except OSError as error:
            failure = failure_of(error, self._path)
            if failure is None or failure.code in ("disk_full", "disk_error"):
                raise (failure or error) from error
            return False
        remove_note(self._path)  # of a program that was killed
        self._write_note()
        return True

    def tell(self, person: str) -> None:
        """From now on whoever is refused reads this name: that of who logged in."""
        if person != self._person:
            self._person = person
            if self._lock.is_locked:
                self._write_note()

    def release(self) -> None:
        """Gives the lock back."""
        if self._lock.is_locked:
            remove_note(self._path)
        self._lock.release()

    def withdraw(self) -> None:
        """Gives the lock back and leaves no trace of it beside a file that turned out not to be ours."""
        self.release()
        if self._is_new:
            Path(self._lock.lock_file).unlink(missing_ok=True)

    def _write_note(self) -> None:
        if self._person and self._now is not None:
            write_note(self._path, self._person, self._now)

    def _in_use(self) -> StorageFailure:
        holder = read_note(self._path)
        if holder is None:
            return StorageFailure(
                "in_use",
                N_(
                    "{file} is already open in another Cakupan window on this computer, or in a running command. "
                    "Close it there, then open it here again. Nothing was changed."
                ),
                file=self._path.name,
            )
        return StorageFailure(
            "in_use",
            N_(
                "{person} on the computer {computer} has opened {file} since {since}, in a Cakupan window or in a "
                "running command. Close it there, then open it here again. Nothing was changed."
            ),
            file=self._path.name,
            person=holder.person,
            computer=holder.computer,
            since=holder.since_words(self._now),
        )
