"""Enrolments as stored: adding, confirming, cancelling; coverage follows in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models.offices.users import Right
from models.people.kpj import parse_kpj
from models.people.registration import Registration
from models.people.verdict import problems_of_verdicts
from models.people.worker import Worker
from models.problems import Problem, Rejected, unexplained
from models.schemes.eligibility import problems_of_eligibility
from models.schemes.enrolment import Enrolment, EnrolmentPlan, EnrolmentState
from models.schemes.planned import planned_enrolment
from models.schemes.pricing import RateTable
from models.schemes.rules import (
    overlap_problem,
    problems_of_cancellation,
    problems_of_confirmation,
    problems_of_plan,
)
from models.storage import enrolment_rows
from models.storage.audit import Change, differences
from models.storage.coverage_changes import apply_difference, spans_of
from models.storage.funds import Funds
from models.storage.opening import OpenFile
from models.storage.rows import RecordMissing
from models.storage.schemes import Occupations, Schemes
from models.storage.uids import new_uid, uid_text
from models.storage.verifications import speaking_against
from models.storage.workers import get_worker, require_living
from models.values.months import Month, Period


class Enrolments:
    """The enrolments of the register."""

    def __init__(
        self,
        file: OpenFile,
        schemes: Schemes,
        rates: RateTable,
        occupations: Occupations,
        funds: Funds,
        registration: Registration,
        office: str,
    ) -> None:
        self._file = file
        self._schemes = schemes
        self._rates = rates
        self._occupations = occupations
        self._funds = funds
        self._registration = registration
        self._office = office

    def get(self, id: int) -> Enrolment:
        """The enrolment of an id; LookupError when there is none."""
        row = self._file.row(f"{enrolment_rows.SELECT} WHERE id = ?", (id,))
        if row is None:
            raise RecordMissing()
        return enrolment_rows.enrolment_of(row)

    def of_worker(self, worker: int) -> tuple[Enrolment, ...]:
        """All enrolments of a worker, latest months first."""
        rows = self._file.rows(
            f"{enrolment_rows.SELECT} WHERE worker = ? ORDER BY first_month DESC, id DESC", (worker,)
        )
        return tuple(enrolment_rows.enrolment_of(row) for row in rows)

    def of_scheme(self, scheme: int, area: str = "", month: Month | None = None) -> tuple[int, ...]:
        """Ids of the enrolments in a scheme that count, in the order of nagari and name.

        `area` narrows them to the workers of a kecamatan or nagari, by its code; `month` to those that cover it.
        """
        asked = month.index if month is not None else 0
        rows = self._file.rows(
            "SELECT enrolment.id FROM enrolment JOIN worker ON worker.id = enrolment.worker "
            "WHERE scheme = ? AND counts = 1 AND living = 1 AND (nagari = ? OR nagari LIKE ?) "
            "AND (? = 0 OR (first_month <= ? AND last_month >= ?)) ORDER BY nagari, name_key, enrolment.id",
            (scheme, area, f"{area}.%" if area else "%", asked, asked, asked),
        )
        return tuple(row[0] for row in rows)

    def latest_of(self, workers: Iterable[int]) -> tuple[int, ...]:
        """For each worker, in order, the id of its enrolment with the latest months that counts; none for the rest."""
        wanted = tuple(dict.fromkeys(workers))
        latest: dict[int, int] = dict(
            self._file.rows(
                "SELECT worker, id FROM enrolment WHERE counts = 1 AND worker IN (SELECT value FROM json_each(?)) "
                "ORDER BY last_month, id",  # the last one of a worker stays
                (json.dumps(wanted),),
            )
        )
        return tuple(latest[worker] for worker in wanted if worker in latest)

    def total(self, scheme: int) -> tuple[int, int]:
        """How many enrolments of a scheme count, and their contribution in whole rupiah."""
        row = self._file.row(
            "SELECT count(*), coalesce(sum(contribution), 0) FROM enrolment WHERE scheme = ? AND counts = 1",
            (scheme,),
        )
        assert row is not None
        return row[0], row[1]

    def planned(self, worker: Worker, plan: EnrolmentPlan, on: date) -> tuple[Enrolment | None, tuple[Problem, ...]]:
        """The enrolment that a plan comes to, priced; or what is wrong with it."""
        scheme = self._schemes.get(plan.scheme)
        problems = problems_of_plan(plan, scheme, on)
        if any(problem.field in ("month_count", "first_month") for problem in problems):
            return None, problems
        period = Period.starting(plan.first, plan.month_count)
        price = self._rates.price(scheme, period, worker.income)
        if isinstance(price, Problem):
            return None, (*problems, price)
        enrolment = planned_enrolment(worker.id, plan, scheme, price, period, on)
        its = () if worker.id is None else self.of_worker(worker.id)
        others = [(other, self._schemes.get(other.scheme)) for other in its]
        kind = self._occupations.kind(worker.occupation)
        problems = (*problems, *problems_of_eligibility(worker, scheme, period, kind, others))
        if worker.id is not None:
            said = speaking_against(self._file, worker.id).get(worker.id, ())
            problems = (*problems, *problems_of_verdicts(said, bars_members=bool(scheme.bars_members)))
        overlap = overlap_problem(scheme, period, others)
        if overlap is not None:
            problems = (*problems, overlap)
        if plan.fund is not None:
            problems = (*problems, *self._funds.problems_of_use(plan.fund, scheme, enrolment.contribution))
        return enrolment, problems

    def write(self, change: Change, enrolment: Enrolment, worker: Worker, *, is_first: bool = False) -> Enrolment:
        """Writes a new enrolment with its audit row and coverage, inside the caller's transaction."""
        assert worker.id is not None
        before = [] if is_first else spans_of(change.connection, worker.id)
        uid = new_uid()
        row = enrolment_rows.row_of(replace(enrolment, worker=worker.id), self._is_subsidised(enrolment))
        id = change.execute(enrolment_rows.INSERT, (uid, self._office, 1, *row))
        after = [*before, enrolment_rows.span_of(enrolment)]
        apply_difference(change.connection, worker.id, (worker.nagari, before), (worker.nagari, after))
        values = zip(enrolment_rows.FIELDS, row, strict=True)
        change.record(
            "add", "enrolment", id, [(name, None, value) for name, value in values if value not in ("", None)]
        )
        return replace(enrolment, id=id, uid=uid_text(uid), office=self._office, revision=1, worker=worker.id)

    def add(self, worker: int, plan: EnrolmentPlan) -> Enrolment:
        """Enrols one worker in a transaction of its own; raises Rejected when it cannot be."""
        with self._file.change(Right.ENTER) as change:
            return self._add(change, get_worker(self._file, worker), plan)

    def add_all(
        self,
        workers: Iterable[int],
        plan: EnrolmentPlan,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> tuple[Enrolment, ...]:
        """Enrols many workers in one transaction; the first who cannot be raises Rejected and none is enrolled.

        Who stands in the list twice is enrolled once. `progress` is told how many are done; what it raises (a cancel)
        undoes all.
        """
        enrolled: list[Enrolment] = []
        with self._file.change(Right.ENTER) as change:
            for worker in dict.fromkeys(workers):
                enrolled.append(self._add(change, get_worker(self._file, worker), plan))
                if progress is not None and len(enrolled) % 100 == 0:
                    progress(len(enrolled))
        return tuple(enrolled)

    def confirm(self, id: int, kpj: str, paid_on: date) -> Enrolment:
        """Notes the KPJ that BPJS gave and the day of the first payment: the enrolment is active.

        Raises Rejected for a number or a day that cannot be right, and when the enrolment no longer counts.
        """
        with self._file.change(Right.CORRECT) as change:
            old = self.get(id)
            _refuse(problems_of_confirmation(old, kpj, paid_on, change.at.date()))
            card = parse_kpj(kpj)[0] or ""
            new = replace(old, kpj=card, paid_on=paid_on, state=EnrolmentState.ACTIVE)
            return self.correct_within(change, old, new, "confirm")

    def cancel(self, id: int, reason: str) -> Enrolment:
        """Cancels an enrolment: its months no longer count; the record stays with the reason.

        Raises Rejected without a reason, and when the enrolment no longer counts anyway.
        """
        with self._file.change(Right.CORRECT) as change:
            return self.cancel_within(change, id, reason)

    def cancel_within(self, change: Change, id: int, reason: str) -> Enrolment:
        """The same inside the caller's transaction."""
        old = self.get(id)
        _refuse(problems_of_cancellation(old, reason))
        new = replace(old, state=EnrolmentState.CANCELLED, state_reason=reason.strip())
        return self.correct_within(change, old, new, "cancel")

    def put_back(self, change: Change, id: int, stored: dict[str, Any]) -> Enrolment:
        """Gives an enrolment earlier values, as an audit row keeps them, inside the caller's transaction.

        Raises IntegrityError where it would be the worker's second subsidy of a month.
        """
        old = self.get(id)
        return self.correct_within(
            change, old, enrolment_rows.with_values(old, self._is_subsidised(old), stored), "return"
        )

    def add_within(
        self, change: Change, worker: int, plan: EnrolmentPlan, *, replaces: int | None = None
    ) -> Enrolment:
        """Enrols one worker inside the caller's transaction, perhaps in the place of a rejected enrolment."""
        return self._add(change, get_worker(self._file, worker), plan, replaces)

    def _add(self, change: Change, worker: Worker, plan: EnrolmentPlan, replaces: int | None = None) -> Enrolment:
        require_living(change, worker)
        today = change.at.date()
        enrolment, problems = self.planned(worker, plan, today)
        problems = (*problems, *self._registration.problems_of(worker, plan, today))
        blocking = unexplained(problems, worker.reasons)
        if blocking or enrolment is None:
            raise Rejected(blocking, subject=worker.name)
        return self.write(change, replace(enrolment, replaces=replaces), worker)

    def correct_within(self, change: Change, old: Enrolment, corrected: Enrolment, action: str) -> Enrolment:
        """Writes another form of an enrolment with its audit row and coverage, inside the caller's transaction."""
        new = replace(corrected, revision=old.revision + 1)
        assert old.id is not None
        assert old.worker is not None
        nagari = get_worker(self._file, old.worker).nagari
        before = spans_of(change.connection, old.worker)
        old_row = enrolment_rows.row_of(old, self._is_subsidised(old))
        row = enrolment_rows.row_of(new, self._is_subsidised(new))
        change.execute(enrolment_rows.UPDATE, (new.revision, *row, old.id))
        after = spans_of(change.connection, old.worker)
        apply_difference(change.connection, old.worker, (nagari, before), (nagari, after))
        change.record(
            action,
            "enrolment",
            old.id,
            differences(
                dict(zip(enrolment_rows.FIELDS, old_row, strict=True)),
                dict(zip(enrolment_rows.FIELDS, row, strict=True)),
            ),
        )
        return new

    def _is_subsidised(self, enrolment: Enrolment) -> bool:
        return self._schemes.get(enrolment.scheme).is_subsidised


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise Rejected(problems)
