"""The workers of the register: found, listed, judged, corrected."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from models.offices.users import Right
from models.people.lines import LookAlike, WorkerFilter, WorkerLine
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Problem, Rejected, unexplained
from models.schemes.enrolment import EnrolmentPlan
from models.storage.look_alikes import LookAlikes
from models.storage.look_alikes_of_many import RowLikeness, look_alikes_of_many
from models.storage.opening import OpenFile
from models.storage.worker_search import WorkerSearch
from models.storage.workers import correct_worker, get_worker


class Workers:
    """The workers of the register."""

    def __init__(
        self, file: OpenFile, search: WorkerSearch, registration: Registration, look_alikes: LookAlikes
    ) -> None:
        self._file = file
        self._search = search
        self._registration = registration
        self._look_alikes = look_alikes

    def get(self, id: int) -> Worker:
        """The worker of an id; LookupError when there is none."""
        return get_worker(self._file, id)

    def find_nik(self, nik: str) -> WorkerLine | None:
        """The living worker with this NIK."""
        return self._search.find_nik(nik)

    def family(self, family_card: str) -> tuple[WorkerLine, ...]:
        """The living workers with this family card, oldest first."""
        return self._search.family(family_card)

    def look_alikes(self, worker: Worker) -> tuple[LookAlike, ...]:
        """Living workers who may be the same person, the most probable first; nobody who was found not to be."""
        return self._look_alikes.of(worker)

    def look_alikes_of_many(
        self, rows: Sequence[Worker], progress: Callable[[int, int], None] | None = None
    ) -> tuple[RowLikeness, ...]:
        """Who may be the same person as a row of a list: registered workers and earlier rows, by rows."""
        return look_alikes_of_many(self._file, rows, progress)

    def starting_with(self, text: str, limit: int = 50) -> tuple[WorkerLine, ...]:
        """Workers whose NIK, family card or name begins with the text: what a key press shows at once."""
        return self._search.starting_with(text, limit)

    def search(self, text: str, limit: int = 50) -> tuple[WorkerLine, ...]:
        """Workers by any part of NIK, family card or name, and by nagari; best first."""
        return self._search.search(text, limit)

    def ids(self, narrowed: WorkerFilter, limit: int | None = None) -> array[int]:
        """The ids of a narrowed list, in its order; with `limit` only its beginning."""
        return self._search.ids(narrowed, limit)

    def lines(self, ids: list[int]) -> list[WorkerLine]:
        """The workers of some ids, in the same order."""
        return self._search.lines(ids)

    def count(self) -> int:
        """How many living workers there are."""
        return self._search.count()

    def problems_of(self, worker: Worker, plan: EnrolmentPlan | None = None) -> tuple[Problem, ...]:
        """Errors and warnings of a worker as typed, with the plan to enrol it if there is one."""
        return self._registration.problems_of(worker, plan, self._file.clock().date())

    def correct(self, worker: Worker) -> Worker:
        """Saves a corrected worker with its audit row; raises Rejected or StorageFailure.

        Warnings that were accepted when the worker was registered keep their reasons; new ones need one.
        """
        if worker.id is None:
            raise ValueError("a new worker is saved as an entry")
        blocking = unexplained(self.problems_of(worker), worker.reasons)
        if blocking:
            raise Rejected(blocking)
        with self._file.change(Right.CORRECT) as change:
            return correct_worker(change, get_worker(self._file, worker.id), worker)
