"""What all enrolments of one plan share: the rules asked of each worker, the prices, the pattern of the rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from models.coverage.changes import Span, changes_of
from models.people.registration import Registration
from models.people.verdict import Said, problems_of_verdicts
from models.people.worker import Worker
from models.problems import Problem
from models.schemes.eligibility import problems_of_eligibility
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.planned import planned_enrolment
from models.schemes.pricing import Price, RateTable
from models.schemes.rules import overlap_problem
from models.schemes.scheme import Scheme
from models.storage import enrolment_rows
from models.storage.funds import Funds
from models.storage.row_text import teller
from models.storage.schemes import Occupations, Schemes
from models.values.months import Period

INSERT = (
    f"INSERT INTO enrolment (id, uid, office, revision, {', '.join(enrolment_rows.FIELDS)}) "
    f"VALUES ({', '.join('?' * (4 + len(enrolment_rows.FIELDS)))})"
)
_CONTENT = ("uid", "office", *enrolment_rows.FIELDS)
_ANYBODY = -4_611_686_018_427_387_903
"""Stands in a pattern for the worker; no number in a row looks like it."""
_NO_UID = bytes.fromhex("00000000000070008000000000000000")
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Payer = tuple[str, str, str]
"""Name, number and office of who pays."""


class Pattern:
    """What all enrolments of one price share: their rows differ by worker and identity alone."""

    def __init__(
        self, plan: EnrolmentPlan, scheme: Scheme, price: Price, period: Period, on: date, office: str
    ) -> None:
        enrolment = planned_enrolment(_ANYBODY, plan, scheme, price, period, on)
        row = enrolment_rows.row_of(enrolment, scheme.is_subsidised)
        assert enrolment_rows.FIELDS[0] == "worker"
        self.contribution = enrolment.contribution
        self.span = enrolment_rows.span_of(enrolment)
        self.rest = row[1:]
        named = tuple(zip(enrolment_rows.FIELDS, row, strict=True))
        fields = _encoded([(name, None, value) for name, value in named if value is not None and value != ""])
        self._fields = fields.split(str(_ANYBODY))
        added = ("scheme", "first_month", "last_month", "contribution", "state")
        short = _encoded([("worker", None, _ANYBODY), *((name, None, dict(named)[name]) for name in added)])
        self._short = short.split(str(_ANYBODY))
        told = teller("enrolment", _CONTENT)((_NO_UID, office, *row)).decode()
        before, self._after_worker = told.rsplit(str(_ANYBODY), 1)
        self._before_uid, self._after_uid = before.rsplit(_NO_UID.hex(), 1)

    def fields(self, worker: int) -> str:
        """The fields of the audit row."""
        return str(worker).join(self._fields)

    def short_fields(self, worker: int) -> str:
        """The same for one of very many, whose whole first form is the record itself."""
        return str(worker).join(self._short)

    def content(self, uid: bytes, worker: int) -> bytes:
        """What `row_text` says of the row."""
        return f"{self._before_uid}{uid.hex()}{self._after_uid}{worker}{self._after_worker}".encode()


class EnrolRules:
    """One plan, ready to be asked about many workers on one day."""

    def __init__(
        self,
        plan: EnrolmentPlan,
        today: date,
        schemes: Schemes,
        rates: RateTable,
        occupations: Occupations,
        registration: Registration,
        office: str,
        against: Mapping[int, tuple[Said, ...]],
    ) -> None:
        """`against`: what other authorities say against some workers, by id (`verifications.speaking_against`)."""
        self.plan = plan
        self._against = against
        self.scheme = schemes.get(plan.scheme)
        self.period = Period.starting(plan.first, plan.month_count)
        self.today = today
        self._schemes = schemes
        self._rates = rates
        self._office = office
        self._judge: Callable[[Worker], tuple[Problem, ...]] = registration.judge(plan, today)
        self._kind = occupations.kind
        self._patterns: dict[tuple[int | None, Payer | None], Pattern | Problem] = {}

    def problems_of_person(self, worker: Worker) -> tuple[Problem, ...]:
        """What keeps the person from being enrolled at all."""
        return self._judge(worker)

    def problems_of_enrolment(self, worker: Worker, others: Iterable[Enrolment] = ()) -> tuple[Problem, ...]:
        """What keeps a worker out of the scheme in these months, beside `others`, its enrolments that count."""
        known = [(one, self._schemes.get(one.scheme)) for one in others]
        kind = self._kind(worker.occupation)
        problems = problems_of_eligibility(worker, self.scheme, self.period, kind, known)
        if self._against and worker.id is not None and worker.id in self._against:
            problems += problems_of_verdicts(self._against[worker.id], bars_members=bool(self.scheme.bars_members))
        overlap = overlap_problem(self.scheme, self.period, known) if known else None
        return problems if overlap is None else (*problems, overlap)

    def eligibility_key(self, segment: object, born_on: object, source_list: object, occupation: object) -> object:
        """Two people without enrolments of one key are alike eligible (see `eligibility.LOOKS_AT`)."""
        return segment, born_on, bool(source_list), self._kind(str(occupation or ""))

    def pattern(self, income: int | None, payer: Payer | None = None) -> Pattern | Problem:
        """The rows of the enrolment at an income, or why it has no price; `payer` stands for that of the plan."""
        found = self._patterns.get((income, payer))
        if found is None:
            price = self._rates.price(self.scheme, self.period, income)
            if isinstance(price, Problem):
                found = price
            else:
                plan = self.plan
                if payer is not None:
                    plan = replace(plan, payer_name=payer[0], payer_number=payer[1], payer_office=payer[2])
                found = Pattern(plan, self.scheme, price, self.period, self.today, self._office)
            self._patterns[income, payer] = found
        return found


def fund_problem(funds: Funds, plan: EnrolmentPlan, scheme: Scheme, costs: list[int]) -> tuple[Problem | None, int]:
    """Why the fund does not pay for enrolments of these contributions, and for how many from the beginning it does."""
    if plan.fund is None:
        return None, len(costs)
    problems = funds.problems_of_use(plan.fund, scheme, sum(costs))
    if not problems:
        return None, len(costs)
    left = funds.ledger(plan.fund).left
    fits = 0
    for cost in costs:
        if cost > left:
            break
        left -= cost
        fits += 1
    return problems[0], fits if problems[0].code == "over_commitment" else 0


@lru_cache(maxsize=4_096)
def difference(
    before: tuple[Span, ...], added: Span
) -> tuple[tuple[tuple[str, int, int], ...], tuple[str, int, int]]:
    """What one more span changes in the coverage, and the worker's own summary afterwards."""
    after = (*before, added)
    changes = Counter(changes_of(after))
    changes.subtract(changes_of(before))
    schemes = " ".join(str(scheme) for scheme in sorted({span.scheme for span in after}))
    summary = (schemes, min(span.first for span in after), max(span.last for span in after))
    return tuple((counted, month, one) for (counted, month), one in changes.items() if one), summary


def standing_enrolments(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Enrolment]]:
    """Enrolments by their worker, from rows of `enrolment_rows.SELECT`."""
    standing: dict[int, list[Enrolment]] = {}
    for row in rows:
        enrolment = enrolment_rows.enrolment_of(row)
        standing.setdefault(enrolment.worker or 0, []).append(enrolment)
    return standing


STANDING = f"{enrolment_rows.SELECT} WHERE counts = 1 AND worker IN (SELECT value FROM json_each(?))"
"""The enrolments that count of the workers in a JSON list."""
