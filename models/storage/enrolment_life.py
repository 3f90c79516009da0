"""The life of enrolments, one or thousands at a time: approved, submitted, active, ended, rejected, replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from models.language import N_
from models.legal.legal_basis import LegalBasis
from models.offices.users import Right
from models.people.kpj import parse_kpj
from models.problems import Problem, Rejected
from models.schemes.enrolling import Refusal
from models.schemes.enrolment import Enrolment, EnrolmentPlan, EnrolmentState
from models.schemes.life import Rejection, problem_of_change, problem_of_rejection, problem_of_submission
from models.schemes.rules import problems_of_confirmation
from models.storage.audit import Change
from models.storage.enrolments import Enrolments
from models.storage.legal_bases import LegalBases
from models.storage.opening import OpenFile
from models.storage.schemes import Schemes
from models.storage.waiting import Waiting
from models.storage.workers import get_worker
from models.values.formats import Written, date_short

Progress = Callable[[int, int], None]
"""Told how many of how many are done; what it raises (a cancel) undoes all."""
State = EnrolmentState


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of many came to."""

    save: int
    """Number of the transaction, by which all of it is taken back; 0 where nobody was changed."""
    done: tuple[int, ...]
    """Ids of the enrolments that were changed."""
    refused: tuple[Refusal, ...]
    """Those that could not be, each with its reason; they stay as they were."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """Who took whose place."""

    save: int
    pairs: tuple[tuple[int, int], ...]
    """(id of the rejected enrolment, id of the new one)."""
    refused: tuple[Refusal, ...]
    """People of the waiting list who were passed over, each with the reason; they stay on it."""
    still_free: int
    """Rejected places for which the waiting list held nobody."""


class _NobodyError(Exception):
    """Nobody could be changed: the transaction is to leave nothing behind."""


class EnrolmentLife:
    """Every step an enrolment can take after it was proposed; each call is one transaction."""

    def __init__(
        self, file: OpenFile, enrolments: Enrolments, waiting: Waiting, schemes: Schemes, legal_bases: LegalBases
    ) -> None:
        self._file = file
        self._enrolments = enrolments
        self._waiting = waiting
        self._schemes = schemes
        self._legal_bases = legal_bases

    def approve(self, ids: Iterable[int], decree: int | LegalBasis, progress: Progress | None = None) -> Changed:
        """Approved in a decree, which names them; a new one is entered in the same transaction, if it names anybody.

        Raises Rejected for a decree that is not there or not yet dated.
        """
        if not isinstance(decree, LegalBasis):
            self._require_decree(decree)
        new: dict[str, object] = {"state": State.APPROVED, "decree": decree}

        def enter(change: Change) -> None:
            if isinstance(decree, LegalBasis):
                new["decree"] = self._legal_bases.add_within(change, decree).id

        return self._change(ids, Right.APPROVE, "approve", lambda _: new, progress, enter)

    def submit(self, ids: Iterable[int], progress: Progress | None = None) -> Changed:
        """Handed in to BPJS; of a scheme that public money pays only whom a decree names."""

        def submitted(old: Enrolment) -> dict[str, object] | Problem:
            return problem_of_submission(old, self._schemes.get(old.scheme)) or {"state": State.SUBMITTED}

        return self._change(ids, Right.CORRECT, "submit", submitted, progress)

    def activate(self, cards: Mapping[int, tuple[str, date]], progress: Progress | None = None) -> Changed:
        """The answer of BPJS: for each enrolment the KPJ and the day of the first payment."""
        today = self._file.clock().date()

        def activated(old: Enrolment) -> dict[str, object] | Problem:
            assert old.id is not None
            kpj, paid_on = cards[old.id]
            problems = problems_of_confirmation(old, kpj, paid_on, today)
            if problems:
                return problems[0]
            return {"state": State.ACTIVE, "kpj": parse_kpj(kpj)[0] or "", "paid_on": paid_on}

        return self._change(cards, Right.CORRECT, "confirm", activated, progress)

    def end(self, ids: Iterable[int], progress: Progress | None = None) -> Changed:
        """The period is over: only what really ended by today can be ended."""
        today = self._file.clock().date()

        def ended(old: Enrolment) -> dict[str, object] | Problem:
            last = old.period.last.last_day
            if last >= today:
                message = N_("The period runs until {day}, so it has not ended yet. Cancel it if it stops before.")
                return Problem("state", "not_over", message, {"day": Written(last, date_short)})
            return {"state": State.ENDED}

        return self._change(ids, Right.CORRECT, "end", ended, progress)

    def reject(
        self, ids: Iterable[int], reason: Rejection | None, note: str = "", progress: Progress | None = None
    ) -> Changed:
        """Sent back by BPJS or Disdukcapil, with the named reason. Raises Rejected without one."""
        problem = problem_of_rejection(reason, note)
        if problem is not None or reason is None:
            raise Rejected([problem] if problem is not None else [])
        new = {"state": State.REJECTED, "rejection": str(reason), "state_reason": note.strip()}
        return self._change(ids, Right.CORRECT, "reject", lambda _: new, progress)

    def cancel(self, ids: Iterable[int], reason: str, progress: Progress | None = None) -> Changed:
        """Taken back by the office, with the reason in words. Raises Rejected without one."""
        if not reason.strip():
            message = N_("The reason is empty. Write why the months no longer count; it stays with the enrolment.")
            raise Rejected([Problem("reason", "reason_missing", message)])
        new = {"state": State.CANCELLED, "state_reason": reason.strip()}
        return self._change(ids, Right.CORRECT, "cancel", lambda _: new, progress)

    def free_places(self, scheme: int, fund: int | None = None) -> tuple[int, ...]:
        """Ids of the rejected enrolments of a scheme (and fund) whose place nobody has taken yet, oldest first."""
        rows = self._file.rows(
            "SELECT id FROM enrolment WHERE scheme = ? AND state = 'rejected' AND (? IS NULL OR fund = ?) "
            "AND id NOT IN (SELECT replaces FROM enrolment WHERE replaces IS NOT NULL AND counts = 1) "
            "ORDER BY id",
            (scheme, fund, fund),
        )
        return tuple(row[0] for row in rows)

    def replace(
        self, rejected: Iterable[int], decree: int | LegalBasis | None = None, progress: Progress | None = None
    ) -> Replaced:
        """Gives rejected places to the next of the waiting list who can be enrolled, for the same months and fund.

        `decree` is the replacement decree, once there is one; a new one is entered in the same transaction, if anybody
        comes in. Raises Rejected for a place that is not free.
        """
        pairs: list[tuple[int, int]] = []
        refused: dict[int, Refusal] = {}
        places, save = tuple(dict.fromkeys(rejected)), 0
        if decree is not None and not isinstance(decree, LegalBasis):
            self._require_decree(decree)
        with suppress(_NobodyError), self._file.change(Right.CORRECT) as change:
            is_new = isinstance(decree, LegalBasis)
            named = self._legal_bases.add_within(change, decree).id if isinstance(decree, LegalBasis) else decree
            free: dict[int, set[int]] = {}
            for at, place in enumerate(places):
                if progress is not None:
                    progress(at, len(places))
                old = self._enrolments.get(place)
                if old.scheme not in free:
                    free[old.scheme] = set(self.free_places(old.scheme))
                if place not in free[old.scheme]:
                    message = N_("This place is not free: it was not rejected, or somebody has taken it already.")
                    raise Rejected([Problem("enrolment", "place_taken", message)])
                new = self._next(change, old, named, refused)
                if new is not None and new.id is not None:
                    pairs.append((place, new.id))
            if is_new and not pairs:
                raise _NobodyError
            save = change.save if pairs else 0
        return Replaced(save, tuple(pairs), tuple(refused.values()), len(places) - len(pairs))

    def names_in_and_out(self, decree: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What the annex of a replacement decree says: ids of the enrolments that come in, and those they replace."""
        rows = self._file.rows(
            "SELECT id, replaces FROM enrolment WHERE decree = ? AND counts = 1 ORDER BY id", (decree,)
        )
        return tuple(row[0] for row in rows), tuple(row[1] for row in rows if row[1] is not None)

    def _next(
        self, change: Change, old: Enrolment, decree: int | None, refused: dict[int, Refusal]
    ) -> Enrolment | None:
        plan = EnrolmentPlan(
            scheme=old.scheme,
            first=old.period.first,
            month_count=old.period.month_count,
            payer_name=old.payer_name,
            payer_number=old.payer_number,
            payer_office=old.payer_office,
            fund=old.fund,
            decree=decree,
        )
        for entry in self._waiting.of_scheme(old.scheme):
            if entry.worker in refused:
                continue
            try:
                new = self._enrolments.add_within(change, entry.worker, plan, replaces=old.id)
            except Rejected as rejected:
                worker = get_worker(self._file, entry.worker)
                refused[entry.worker] = Refusal(entry.worker, worker.name, worker.nagari, rejected.problems)
                continue
            self._waiting.remove_within(change, entry)
            return new
        return None

    def _require_decree(self, id: int) -> None:
        row = self._file.row("SELECT dated_on FROM legal_basis WHERE id = ? AND living = 1", (id,))
        if row is None:
            message = N_("Choose the decree in which they are approved; enter it first under legal bases.")
            raise Rejected([Problem("decree", "decree_missing", message)])
        dated_on = date.fromisoformat(row[0])
        if dated_on > self._file.clock().date():
            message = N_("The decree is dated {day}, and that day has not come yet. Correct its date first.")
            raise Rejected([Problem("decree", "decree_future", message, {"day": Written(dated_on, date_short)})])

    def _change(
        self,
        ids: Iterable[int],
        right: Right,
        action: str,
        changed: Callable[[Enrolment], Mapping[str, object] | Problem],
        progress: Progress | None,
        before: Callable[[Change], None] | None = None,
    ) -> Changed:
        """`before` writes what they are to rest on; where nobody can be changed nothing of it is kept."""
        wanted, save = tuple(dict.fromkeys(ids)), 0
        done: list[int] = []
        refused: list[Refusal] = []
        with suppress(_NobodyError), self._file.change(right) as change:
            if before is not None:
                before(change)
            for at, id in enumerate(wanted):
                old = self._enrolments.get(id)
                new = changed(old)
                problem = new if isinstance(new, Problem) else None
                if not isinstance(new, Problem):
                    target = replace(old, **new)  # type: ignore[arg-type]
                    problem = problem_of_change(old, target.state)
                    if problem is None:
                        self._enrolments.correct_within(change, old, target, action)
                        done.append(id)
                if problem is not None:
                    worker = get_worker(self._file, old.worker or 0)
                    refused.append(Refusal(old.worker or 0, worker.name, worker.nagari, (problem,)))
                if progress is not None and at % 100 == 0:
                    progress(at, len(wanted))
            if before is not None and not done:
                raise _NobodyError
            save = change.save if done else 0
        return Changed(save, tuple(done), tuple(refused))
