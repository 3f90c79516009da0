"""Corrections by request: proposed by whoever may not correct, decided on by whoever may approve, kept as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.language import N_
from models.offices.users import Right
from models.people.corrections import CorrectionRequest, RequestState
from models.people.worker import Worker
from models.problems import Problem, Rejected, unexplained
from models.storage import worker_rows
from models.storage.audit import Change, FieldChange, differences
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.uids import new_uid
from models.storage.workers import correct_worker, get_worker, require_living

KIND = "correction_request"
ORIGIN = "request"
"""Begins the origin of the audit row of a worker that was corrected on request: ``request:17:rina``."""
_REASONS = "reasons"
_SELECT = (
    "SELECT id, worker, fields, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision "
    "FROM correction_request"
)


class Requests:
    """The proposed corrections of the register."""

    def __init__(self, file: OpenFile, problems_of: Callable[[Worker], tuple[Problem, ...]]) -> None:
        """`problems_of` are the usual rules of a registered worker."""
        self._file = file
        self._problems_of = problems_of

    # Reading

    def get(self, id: int) -> CorrectionRequest:
        """The request of an id; LookupError when there is none."""
        row = self._file.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no request {id}")
        return _request(row)

    def open(self) -> tuple[CorrectionRequest, ...]:
        """Those that wait for a decision, the oldest first."""
        rows = self._file.rows(f"{_SELECT} WHERE state = 'open' ORDER BY proposed_at, id")
        return tuple(_request(row) for row in rows)

    def open_count(self) -> int:
        """How many wait for a decision."""
        row = self._file.row("SELECT count(*) FROM correction_request WHERE state = 'open'")
        return int(row[0]) if row else 0

    def of_worker(self, worker: int) -> tuple[CorrectionRequest, ...]:
        """Those about one worker, the newest first."""
        rows = self._file.rows(f"{_SELECT} WHERE worker = ? ORDER BY id DESC", (worker,))
        return tuple(_request(row) for row in rows)

    def own(self, limit: int = 200) -> tuple[CorrectionRequest, ...]:
        """Those of the person who works with the register, the newest first."""
        rows = self._file.rows(f"{_SELECT} WHERE proposed_by = ? ORDER BY id DESC LIMIT ?", (self._file.user, limit))
        return tuple(_request(row) for row in rows)

    def proposed(self, request: CorrectionRequest) -> Worker:
        """The worker as the register holds it, with the proposed values in their fields."""
        return _with_changes(get_worker(self._file, request.worker), request)

    def changed_meanwhile(self, request: CorrectionRequest) -> tuple[str, ...]:
        """Fields of an open request whose stored value is no longer the one it was proposed against."""
        now = _stored(get_worker(self._file, request.worker))
        return tuple(name for name, old, _new in request.changes if name != _REASONS and now[name] != old)

    def problems_of(self, request: CorrectionRequest) -> tuple[Problem, ...]:
        """What the rules say of the worker with the proposed values, accepted warnings left out."""
        worker = self.proposed(request)
        return unexplained(self._problems_of(worker), worker.reasons)

    def may_decide(self, request: CorrectionRequest) -> bool:
        """Whether the person who works with the register may approve or reject this one."""
        person = self._file.person
        if person is None or not person.may(Right.APPROVE):
            return False
        return request.proposed_by != self._file.user or self._is_alone()

    # Proposing and deciding

    def propose(self, worker: Worker, reason: str) -> CorrectionRequest:
        """Proposes the fields in which `worker` differs from the register.

        Raises Rejected: no reason, nothing differs, an error or an unexplained warning, a field for which a request is
        open already, or a record that was corrected or taken back meanwhile.
        """
        reason = " ".join(reason.split())
        if not reason:
            raise Rejected([_reason_missing()])
        blocking = unexplained(self._problems_of(worker), worker.reasons)
        if blocking:
            raise Rejected(blocking)
        assert worker.id is not None
        with self._file.change(Right.ENTER) as change:
            old = get_worker(self._file, worker.id)
            require_living(change, old)
            if worker.revision != old.revision:
                raise Rejected([_corrected_meanwhile()])
            changes = differences(_stored(old), _stored(worker))
            if not changes:
                message = N_("Nothing was changed, so there is nothing to propose.")
                raise Rejected([Problem("name", "nothing_changed", message)])
            self._require_no_other(worker.id, changes)
            id = change.execute(
                "INSERT INTO correction_request (uid, worker, fields, reason, state, proposed_by, proposed_at) "
                "VALUES (?, ?, ?, ?, 'open', ?, ?)",
                (new_uid(), worker.id, _json(changes), reason, self._file.user, _text(change.at)),
            )
            change.record("propose", KIND, id, [("worker", None, worker.id), *changes, ("reason", None, reason)])
        return self.get(id)

    def approve(self, id: int) -> Worker:
        """Makes the proposed correction by the usual rules; both names are kept.

        Raises Rejected: it is no longer open, one's own, the fields were changed meanwhile, or a rule is against it.
        """
        with self._file.change(Right.APPROVE, origin=f"{ORIGIN}:{id}:{self.get(id).proposed_by}") as change:
            request = self._deciding(id)
            stale = self.changed_meanwhile(request)
            if stale:
                message = N_(
                    "This field was corrected after the proposal, so the proposal no longer fits. Reject it with a "
                    "word about the newer value, or ask for a new proposal."
                )
                raise Rejected([Problem(name, "changed_meanwhile", message) for name in stale])
            blocking = self.problems_of(request)
            if blocking:
                raise Rejected(blocking)
            old = get_worker(self._file, request.worker)
            worker = correct_worker(change, old, _with_changes(old, request))
            self._decide(change, request, RequestState.APPROVED, "", "approve")
        return worker

    def reject(self, id: int, reason: str) -> CorrectionRequest:
        """Says no, with the reason that the proposer reads. Raises Rejected."""
        reason = " ".join(reason.split())
        if not reason:
            raise Rejected([_reason_missing()])
        with self._file.change(Right.APPROVE) as change:
            self._decide(change, self._deciding(id), RequestState.REJECTED, reason, "reject")
        return self.get(id)

    def withdraw(self, id: int) -> CorrectionRequest:
        """Takes back one's own open request. Raises Rejected."""
        with self._file.change(Right.ENTER) as change:
            request = self._open_one(id)
            if request.proposed_by != self._file.user:
                message = N_("Only {user}, who proposed this correction, can withdraw it.")
                raise Rejected([Problem("state", "not_own", message, {"user": request.proposed_by})])
            self._decide(change, request, RequestState.WITHDRAWN, "", "withdraw")
        return self.get(id)

    # Details

    def _deciding(self, id: int) -> CorrectionRequest:
        """The open request, for somebody who may decide on it."""
        request = self._open_one(id)
        if not self.may_decide(request):
            message = N_(
                "You proposed this correction yourself, so somebody else decides on it. You can withdraw it."
            )
            raise Rejected([Problem("state", "own_request", message)])
        return request

    def _open_one(self, id: int) -> CorrectionRequest:
        request = self.get(id)
        if not request.is_open:
            message = N_("This proposal was decided on or withdrawn already. Nothing was changed.")
            raise Rejected([Problem("state", "not_open", message)])
        return request

    def _is_alone(self) -> bool:
        row = self._file.row("SELECT count(*) FROM user WHERE is_active = 1")
        return row is None or row[0] <= 1

    def _require_no_other(self, worker: int, changes: tuple[FieldChange, ...]) -> None:
        wanted = {name for name, _old, _new in changes if name != _REASONS}
        problems = []
        for other in self.of_worker(worker):
            for name in sorted(wanted & set(other.fields)) if other.is_open else ():
                message = N_(
                    "A proposal of {user} for this field is waiting for a decision already. Wait for the decision, or "
                    "have it withdrawn first."
                )
                problems.append(Problem(name, "request_open", message, {"user": other.proposed_by}))
        if problems:
            raise Rejected(problems)

    def _decide(
        self, change: Change, request: CorrectionRequest, state: RequestState, decision: str, action: str
    ) -> None:
        change.execute(
            "UPDATE correction_request SET state = ?, decided_by = ?, decided_at = ?, decision = ? WHERE id = ?",
            (state, self._file.user, _text(change.at), decision, request.id),
        )
        told: list[FieldChange] = [
            ("worker", None, request.worker),
            ("state", request.state, state),
            ("proposed_by", None, request.proposed_by),
        ]
        if decision:
            told.append(("decision", None, decision))
        change.record(action, KIND, request.id, told)


def _with_changes(worker: Worker, request: CorrectionRequest) -> Worker:
    """The reasons for warnings are added to those of the record; every other field takes the proposed value."""
    values: dict[str, Any] = {name: new for name, _old, new in request.changes if name != _REASONS}
    proposed = worker_rows.with_values(worker, values)
    return replace(proposed, reasons={**worker.reasons, **_new_reasons(request)})


@from_rows
def _new_reasons(request: CorrectionRequest) -> Mapping[str, str]:
    for name, _old, new in request.changes:
        if name == _REASONS and new:
            found: dict[str, str] = json.loads(str(new))
            return found
    return {}


def _stored(worker: Worker) -> dict[str, object]:
    return dict(zip(worker_rows.FIELDS, worker_rows.row_of(worker), strict=True))


@from_rows
def _request(row: tuple[Any, ...]) -> CorrectionRequest:
    return CorrectionRequest(
        id=row[0],
        worker=row[1],
        changes=tuple((name, old, new) for name, old, new in json.loads(row[2])),
        reason=row[3],
        state=RequestState(row[4]),
        proposed_by=row[5],
        proposed_at=datetime.fromisoformat(row[6]),
        decided_by=row[7],
        decided_at=datetime.fromisoformat(row[8]) if row[8] else None,
        decision=row[9],
    )


def _json(changes: tuple[FieldChange, ...]) -> str:
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":"))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _reason_missing() -> Problem:
    return Problem("reason", "reason_missing", N_("Say why in a few words: whoever reads it must be able to decide."))


def _corrected_meanwhile() -> Problem:
    return Problem("name", "corrected_meanwhile", N_(
        "Somebody else corrected this record meanwhile. Open it again and enter your correction once more."
    ))  # fmt: skip
