"""The clerk's save: a worker and its enrolment in one transaction, and taking the last one back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from models.offices.users import Right
from models.people.duplicates import LOOKS_REGISTERED, same_person_warning
from models.people.lines import LookAlike
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Rejected, unexplained
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.storage import worker_rows
from models.storage.audit import Change
from models.storage.enrolments import Enrolments
from models.storage.merging import note_not_same
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.schemes import Schemes
from models.storage.undo import Undo
from models.storage.workers import add_worker, correct_worker, get_worker

_IS_UNDONE = (
    "(SELECT action FROM audit AS mark WHERE mark.kind = 'save' AND mark.record = audit.save ORDER BY id DESC LIMIT 1) "
    "IS 'undo'"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one save made."""

    save: int
    """Number of the transaction, by which it can be taken back."""
    worker: Worker
    enrolment: Enrolment | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A save of the day, as the side panel shows it."""

    save: int
    at: datetime
    user: str
    worker: int
    name: str
    nik: str
    scheme: str
    """Code of the scheme, or empty."""
    is_undone: bool


class Entries:
    """Saving what a clerk typed."""

    def __init__(
        self,
        file: OpenFile,
        registration: Registration,
        enrolments: Enrolments,
        schemes: Schemes,
        undo: Undo,
        office: str,
        look_alikes: Callable[[Worker], tuple[LookAlike, ...]],
    ) -> None:
        self._look_alikes = look_alikes
        self._file = file
        self._registration = registration
        self._enrolments = enrolments
        self._schemes = schemes
        self._office = office
        self._undo = undo

    def save(self, worker: Worker, plan: EnrolmentPlan | None, draft: int | None = None) -> Entry:
        """Adds or corrects the worker, enrols it, and drops the draft: all of it or nothing.

        Raises Rejected with every error and every warning that has no reason, or StorageFailure.
        """
        with self._file.change(Right.ENTER) as change:
            today = change.at.date()
            enrolment, problems = (None, ()) if plan is None else self._enrolments.planned(worker, plan, today)
            problems = (*self._registration.problems_of(worker, plan, today), *problems)
            blocking = unexplained(problems, worker.reasons)
            if blocking:
                raise Rejected(blocking)
            if worker.id is None:
                saved = add_worker(change, worker, self._office)
                is_new = True
            else:
                registered = get_worker(self._file, worker.id)
                explained = replace(registered, reasons=worker.reasons)  # a reason belongs to enrolling
                if worker_rows.row_of(explained) != worker_rows.row_of(worker):
                    self._file.require(Right.CORRECT)
                saved = correct_worker(change, registered, worker)
                is_new = False
            written = None
            if enrolment is not None:
                written = self._enrolments.write(change, enrolment, saved, is_first=is_new)
            if is_new and saved.reasons.get(LOOKS_REGISTERED):
                self._part(change, saved)
            scheme = self._schemes.get(plan.scheme).code if plan is not None else ""
            assert saved.id is not None
            change.record("save", "entry", saved.id, [("name", None, saved.name), ("nik", None, saved.nik),
                                                      ("scheme", None, scheme)])  # fmt: skip
            if draft is not None:
                change.execute("DELETE FROM draft WHERE id = ?", (draft,))
            return Entry(change.save, saved, written)

    def _part(self, change: Change, worker: Worker) -> None:
        """A clerk who says why a look-alike is somebody else has decided on the pair: it is not asked about again."""
        assert worker.id is not None
        for one in self._look_alikes(worker):
            if same_person_warning(worker, (one,)) is not None:
                note_not_same(change, worker.id, one.line.id, worker.reasons[LOOKS_REGISTERED])
                return

    def of_day(self, day: date, limit: int = 200) -> tuple[EntryLine, ...]:
        """The saves of a day, newest first."""
        rows = self._file.rows(
            "SELECT save, at, user, record, fields, "
            f"{_IS_UNDONE} FROM audit WHERE at >= ? AND at < ? AND kind = 'entry' ORDER BY id DESC LIMIT ?",
            (day.isoformat(), (day + timedelta(days=1)).isoformat(), limit),
        )
        return tuple(_line(row) for row in rows)

    def count_of_day(self, day: date) -> int:
        """How many saves of a day were not taken back."""
        row = self._file.row(
            f"SELECT count(*) FROM audit WHERE at >= ? AND at < ? AND kind = 'entry' AND NOT {_IS_UNDONE}",
            (day.isoformat(), (day + timedelta(days=1)).isoformat()),
        )
        return int(row[0]) if row else 0

    def last(self) -> EntryLine | None:
        """The user's own newest save that was not taken back."""
        row = self._file.row(
            "SELECT save, at, user, record, fields, 0 FROM audit WHERE kind = 'entry' AND user = ? "
            f"AND NOT {_IS_UNDONE} ORDER BY id DESC LIMIT 1",
            (self._file.user,),
        )
        return _line(row) if row else None

    def undo_last(self) -> EntryLine | None:
        """Takes the user's own newest entry back: a new worker goes out of sight, corrected fields get their old
        values, the enrolment is cancelled. Nothing is deleted. None when there is nothing to take back.

        Raises Rejected when that is no longer possible: the record was changed since, a letter was issued for
        the enrolment, or somebody else has the NIK now.
        """
        line = self.last()
        if line is not None:
            self._undo.undo(self._undo.step_of(line.save))
        return line


@from_rows
def _line(row: tuple[Any, ...]) -> EntryLine:
    fields = {name: new for name, _, new in json.loads(row[4] or "[]")}  # empty: anonymised
    return EntryLine(
        row[0],
        datetime.fromisoformat(row[1]),
        row[2],
        row[3],
        fields.get("name", ""),
        fields.get("nik", ""),
        fields.get("scheme", ""),
        bool(row[5]),
    )
