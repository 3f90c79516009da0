"""Enrolling a list of workers in one transaction, checked and priced one by one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from models.coverage.changes import Span, changes_of
from models.language import N_
from models.offices.users import Right
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Problem, Rejected, unexplained
from models.schemes.eligibility import problems_of_eligibility
from models.schemes.enrolling import EnrolledMany, EnrolmentPreview, Refusal
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.pricing import Price, RateTable
from models.schemes.rules import overlap_problem, problems_of_plan
from models.schemes.scheme import Scheme
from models.storage import enrolment_rows, worker_rows
from models.storage.audit import INSERT, Change
from models.storage.coverage_changes import UPSERT
from models.storage.funds import Funds
from models.storage.opening import OpenFile
from models.storage.row_text import teller
from models.storage.schemes import Occupations, Schemes
from models.storage.uids import new_uid
from models.values.months import Period

Progress = Callable[[int, int], None]
"""Told how many of how many are done; what it raises (a cancel) undoes all."""
_AT_ONCE = 1_000
_ENROLMENT = (
    f"INSERT INTO enrolment (id, uid, office, revision, {', '.join(enrolment_rows.FIELDS)}) "
    f"VALUES ({', '.join('?' * (4 + len(enrolment_rows.FIELDS)))})"
)
_CONTENT = ("uid", "office", *enrolment_rows.FIELDS)
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Pattern:
    """What all enrolments of one price share: their rows differ by worker and identity alone."""

    def __init__(
        self, plan: EnrolmentPlan, scheme: Scheme, price: Price, period: Period, on: date, office: str
    ) -> None:
        enrolment = Enrolment(
            worker=_ANYBODY,
            scheme=plan.scheme,
            segment=scheme.segment,
            programmes=scheme.programmes,
            period=period,
            base=price.base,
            monthly=price.monthly,
            payer_name=plan.payer_name.strip(),
            payer_number=plan.payer_number.strip(),
            payer_office=plan.payer_office.strip(),
            registered_on=on,
            fund=plan.fund,
            decree=plan.decree,
        )
        row = enrolment_rows.row_of(enrolment, scheme.is_subsidised)
        assert enrolment_rows.FIELDS[0] == "worker"
        self.contribution = enrolment.contribution
        self.span = enrolment_rows.span_of(enrolment)
        self.rest = row[1:]
        named = zip(enrolment_rows.FIELDS, row, strict=True)
        fields = _encoded([(name, None, value) for name, value in named if value is not None and value != ""])
        self._fields = fields.split(str(_ANYBODY))
        told = teller("enrolment", _CONTENT)((_NO_UID, office, *row)).decode()
        before, self._after_worker = told.rsplit(str(_ANYBODY), 1)
        self._before_uid, self._after_uid = before.rsplit(_NO_UID.hex(), 1)

    def fields(self, worker: int) -> str:
        """The fields of the audit row."""
        return str(worker).join(self._fields)

    def content(self, uid: bytes, worker: int) -> bytes:
        """What `row_text` says of the row."""
        return f"{self._before_uid}{uid.hex()}{self._after_uid}{worker}{self._after_worker}".encode()


_ANYBODY = -4_611_686_018_427_387_903
"""Stands in a pattern for the worker; no number in a row looks like it."""
_NO_UID = bytes.fromhex("00000000000070008000000000000000")


class _Candidate(NamedTuple):
    """A worker of the list with what else is known of it."""

    worker: Worker
    spans: tuple[Span, ...]
    """Of its other enrolments."""
    problems: tuple[Problem, ...]
    pattern: _Pattern | None


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
        period = Period.starting(plan.first, plan.month_count)
        ids = tuple(dict.fromkeys(workers))
        able: list[_Candidate] = []
        refused: list[Refusal] = []
        for at, candidate in enumerate(self._candidates(ids, plan, scheme, period)):
            worker, problems = candidate.worker, candidate.problems
            blocking = unexplained(problems, worker.reasons) if problems else ()
            if blocking or candidate.pattern is None:
                refused.append(Refusal(worker.id or 0, worker.name, worker.nagari, blocking))
            else:
                able.append(candidate)
            if progress is not None and at % 200 == 0:
                progress(at, len(ids))
        costs = [candidate.pattern.contribution for candidate in able if candidate.pattern is not None]
        fund_problem, fits = self._fund(plan, scheme, costs)
        preview = EnrolmentPreview(
            asked=len(ids),
            able=tuple(candidate.worker.id or 0 for candidate in able),
            refused=tuple(refused),
            period=period,
            cost=sum(costs),
            prices=tuple(Counter(costs).most_common()),
            fund_problem=fund_problem,
            fits=fits,
        )
        return preview, able

    def _fund(self, plan: EnrolmentPlan, scheme: Scheme, costs: list[int]) -> tuple[Problem | None, int]:
        """Why the fund does not pay for all, and for how many from the beginning it does."""
        if plan.fund is None:
            return None, len(costs)
        problems = self._funds.problems_of_use(plan.fund, scheme, sum(costs))
        if not problems:
            return None, len(costs)
        left = self._funds.ledger(plan.fund).left
        fits = 0
        for cost in costs:
            if cost > left:
                break
            left -= cost
            fits += 1
        return problems[0], fits if problems[0].code == "over_commitment" else 0

    def _candidates(
        self, ids: tuple[int, ...], plan: EnrolmentPlan, scheme: Scheme, period: Period
    ) -> Iterator[_Candidate]:
        today = self._file.clock().date()
        judge = self._registration.judge(plan, today)
        patterns: dict[int | None, _Pattern | Problem] = {}
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            standing = self._enrolments_of(part)
            for id, (worker, living) in self._workers_of(part).items():
                others = [(one, self._schemes.get(one.scheme)) for one in standing.get(id, ())]
                problems = judge(worker) if living else (_withdrawn(worker),)
                kind = self._occupations.kind(worker.occupation)
                problems += problems_of_eligibility(worker, scheme, period, kind, others)
                overlap = overlap_problem(scheme, period, others) if others else None
                if overlap is not None:
                    problems += (overlap,)
                if worker.income not in patterns:
                    price = self._rates.price(scheme, period, worker.income)
                    patterns[worker.income] = (
                        price
                        if isinstance(price, Problem)
                        else _Pattern(plan, scheme, price, period, today, self._office)
                    )
                pattern = patterns[worker.income]
                if isinstance(pattern, Problem):
                    yield _Candidate(worker, (), (*problems, pattern), None)
                else:
                    spans = tuple(enrolment_rows.span_of(one) for one, _ in others)
                    yield _Candidate(worker, spans, problems, pattern)

    def _workers_of(self, ids: tuple[int, ...]) -> dict[int, tuple[Worker, bool]]:
        """The workers of these ids in their order, each with whether it is still in sight."""
        columns = worker_rows.SELECT.replace(" FROM worker", ", living FROM worker")
        rows = self._file.rows(f"{columns} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        found = {row[0]: (worker_rows.worker_of(row[:-1]), bool(row[-1])) for row in rows}
        return {id: found[id] for id in ids if id in found}

    def _enrolments_of(self, ids: tuple[int, ...]) -> dict[int, list[Enrolment]]:
        """Their enrolments that count."""
        standing: dict[int, list[Enrolment]] = defaultdict(list)
        for row in self._file.rows(
            f"{enrolment_rows.SELECT} WHERE counts = 1 AND worker IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        ):
            enrolment = enrolment_rows.enrolment_of(row)
            standing[enrolment.worker or 0].append(enrolment)
        return standing


def _write(change: Change, candidates: list[_Candidate], office: str) -> tuple[int, ...]:
    """The rows of one batch: enrolments, audit, coverage, the workers' own summaries."""
    connection = change.connection
    first = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM enrolment").fetchone()[0])
    rows: list[tuple[Any, ...]] = []
    audits: list[tuple[Any, ...]] = []
    summaries: list[tuple[Any, ...]] = []
    coverage: Counter[tuple[str, str, int]] = Counter()
    for id, (worker, spans, _, pattern) in enumerate(candidates, first):
        assert pattern is not None
        assert worker.id is not None
        uid = new_uid()
        rows.append((id, uid, office, 1, worker.id, *pattern.rest))
        audits.append(
            change.sealed("add", "enrolment", id, pattern.fields(worker.id), pattern.content(uid, worker.id))
        )
        difference, summary = _difference(spans, pattern.span)
        for counted, month, one in difference:
            coverage[counted, worker.nagari, month] += one
        summaries.append((*summary, worker.id))
    connection.executemany(_ENROLMENT, rows)
    connection.executemany(INSERT, audits)
    connection.executemany(
        "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", summaries
    )
    connection.executemany(UPSERT, [(*key, one) for key, one in coverage.items() if one])
    return tuple(range(first, first + len(candidates)))


@lru_cache(maxsize=4_096)
def _difference(
    before: tuple[Span, ...], added: Span
) -> tuple[tuple[tuple[str, int, int], ...], tuple[str, int, int]]:
    """What one more span changes in the coverage, and the worker's own summary afterwards."""
    after = (*before, added)
    changes = Counter(changes_of(after))
    changes.subtract(changes_of(before))
    schemes = " ".join(str(scheme) for scheme in sorted({span.scheme for span in after}))
    summary = (schemes, min(span.first for span in after), max(span.last for span in after))
    return tuple((counted, month, one) for (counted, month), one in changes.items() if one), summary


def _withdrawn(worker: Worker) -> Problem:
    message = N_("The record of {name} was taken back, so nothing can be added to it. Register the worker anew.")
    return Problem("name", "withdrawn", message, {"name": worker.name})
