"""Enrolling a list of workers in one transaction, checked and priced one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from models.coverage.changes import Span
from models.language import N_
from models.offices.users import Right
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Problem, Rejected, unexplained
from models.schemes.enrolling import EnrolledMany, EnrolmentPreview, Refusal
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.pricing import RateTable
from models.schemes.rules import problems_of_plan
from models.storage import audit, enrolment_rows, worker_rows
from models.storage.audit import Change
from models.storage.coverage_changes import UPSERT
from models.storage.enrol_rules import (
    INSERT,
    STANDING,
    EnrolRules,
    Pattern,
    difference,
    fund_problem,
    standing_enrolments,
)
from models.storage.funds import Funds
from models.storage.opening import OpenFile
from models.storage.schemes import Occupations, Schemes
from models.storage.uids import new_uid
from models.storage.verifications import speaking_against
from models.values.months import Month

Progress = Callable[[int, int], None]
"""Told how many of how many are done; what it raises (a cancel) undoes all."""
_AT_ONCE = 1_000


class _Candidate(NamedTuple):
    """A worker of the list with what else is known of it."""

    worker: Worker
    spans: tuple[Span, ...]
    """Of its other enrolments."""
    problems: tuple[Problem, ...]
    pattern: Pattern | None


class EnrolMany:
    """The preview of a list, and its enrolment."""

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

    def preview(
        self, workers: Iterable[int], plan: EnrolmentPlan, progress: Progress | None = None
    ) -> EnrolmentPreview:
        """Who can be enrolled, who cannot and why, and the cost; nothing is written. Raises Rejected for the plan."""
        with self._file.reading():
            return self._preview(workers, plan, progress)[0]

    def enrol(
        self,
        workers: Iterable[int],
        plan: EnrolmentPlan,
        progress: Progress | None = None,
        *,
        only_fitting: bool = False,
    ) -> EnrolledMany:
        """Enrols all who can be, in one transaction that is taken back as one; the others are left out and named.

        Where the fund does not pay for all of them it raises Rejected, unless `only_fitting`: then as many as it pays
        for, from the beginning of the list. Raises Rejected where nobody can be enrolled.
        """
        with self._file.change(Right.ENTER) as change:
            preview, candidates = self._preview(workers, plan, progress)
            wanted = candidates
            if preview.fund_problem is not None:
                if not only_fitting or preview.fund_problem.code != "over_commitment":
                    raise Rejected([preview.fund_problem])
                wanted = candidates[: preview.fits]
            if not wanted:
                message = N_("Nobody of this list can be enrolled. The list says why, beside each name.")
                raise Rejected([Problem("workers", "nobody", message)])
            ids = _write(change, wanted, self._office)
            cost = sum(candidate.pattern.contribution for candidate in wanted if candidate.pattern is not None)
            return EnrolledMany(change.save, ids, cost, preview.refused)

    def _preview(
        self, workers: Iterable[int], plan: EnrolmentPlan, progress: Progress | None
    ) -> tuple[EnrolmentPreview, list[_Candidate]]:
        today = self._file.clock().date()
        scheme = self._schemes.get(plan.scheme)
        problems = problems_of_plan(plan, scheme, today)
        if problems:
            raise Rejected(problems)
        rules = EnrolRules(
            plan, today, self._schemes, self._rates, self._occupations, self._registration, self._office,
            speaking_against(self._file),
        )  # fmt: skip
        ids = tuple(dict.fromkeys(workers))
        able: list[_Candidate] = []
        refused: list[Refusal] = []
        for at, candidate in enumerate(self._candidates(ids, rules)):
            worker, problems = candidate.worker, candidate.problems
            blocking = unexplained(problems, worker.reasons) if problems else ()
            if blocking or candidate.pattern is None:
                refused.append(Refusal(worker.id or 0, worker.name, worker.nagari, blocking))
            else:
                able.append(candidate)
            if progress is not None and at % 200 == 0:
                progress(at, len(ids))
        costs = [candidate.pattern.contribution for candidate in able if candidate.pattern is not None]
        trouble, fits = fund_problem(self._funds, plan, scheme, costs)
        preview = EnrolmentPreview(
            asked=len(ids),
            able=tuple(candidate.worker.id or 0 for candidate in able),
            refused=tuple(refused),
            period=rules.period,
            cost=sum(costs),
            prices=tuple(Counter(costs).most_common()),
            fund_problem=trouble,
            fits=fits,
            born_in=tuple(Counter(Month.of(one.worker.born_on) for one in able if one.worker.born_on).items()),
        )
        return preview, able

    def _candidates(self, ids: tuple[int, ...], rules: EnrolRules) -> Iterator[_Candidate]:
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            standing = standing_enrolments(self._file.rows(STANDING, (json.dumps(part),)))
            for id, (worker, living) in self._workers_of(part).items():
                others = standing.get(id, [])
                problems = rules.problems_of_person(worker) if living else (_withdrawn(worker),)
                problems += rules.problems_of_enrolment(worker, others)
                pattern = rules.pattern(worker.income)
                if isinstance(pattern, Problem):
                    yield _Candidate(worker, (), (*problems, pattern), None)
                else:
                    spans = tuple(enrolment_rows.span_of(one) for one in others)
                    yield _Candidate(worker, spans, problems, pattern)

    def _workers_of(self, ids: tuple[int, ...]) -> dict[int, tuple[Worker, bool]]:
        """The workers of these ids in their order, each with whether it is still in sight."""
        columns = worker_rows.SELECT.replace(" FROM worker", ", living FROM worker")
        rows = self._file.rows(f"{columns} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        found = {row[0]: (worker_rows.worker_of(row[:-1]), bool(row[-1])) for row in rows}
        return {id: found[id] for id in ids if id in found}


def _write(change: Change, candidates: list[_Candidate], office: str) -> tuple[int, ...]:
    """The rows of one batch: enrolments, audit, coverage, the workers' own summaries."""
    connection = change.connection
    first = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM enrolment").fetchone()[0])
    rows: list[tuple[Any, ...]] = []
    audits: list[tuple[int, str, str, bytes]] = []
    summaries: list[tuple[Any, ...]] = []
    coverage: Counter[tuple[str, str, int]] = Counter()
    for id, (worker, spans, _, pattern) in enumerate(candidates, first):
        assert pattern is not None
        assert worker.id is not None
        uid = new_uid()
        rows.append((id, uid, office, 1, worker.id, *pattern.rest))
        audits.append((id, change.origin, pattern.fields(worker.id), pattern.content(uid, worker.id)))
        changes, summary = difference(spans, pattern.span)
        for counted, month, one in changes:
            coverage[counted, worker.nagari, month] += one
        summaries.append((*summary, worker.id))
    connection.executemany(INSERT, rows)
    connection.executemany(audit.INSERT, change.seal_many("add", "enrolment", audits))
    connection.executemany(
        "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", summaries
    )
    connection.executemany(UPSERT, [(*key, one) for key, one in coverage.items() if one])
    return tuple(range(first, first + len(candidates)))


def _withdrawn(worker: Worker) -> Problem:
    message = N_("The record of {name} was taken back, so nothing can be added to it. Register the worker anew.")
    return Problem("name", "withdrawn", message, {"name": worker.name})
