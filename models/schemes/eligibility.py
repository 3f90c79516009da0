"""Who may be enrolled in a scheme, beyond what every registration asks for: the scheme's own conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from models.language import N_, translate
from models.people.worker import Segment, Worker
from models.problems import Level, Problem
from models.schemes.enrolment import Enrolment
from models.schemes.scheme import Scheme
from models.values.dates import age_on
from models.values.formats import Written, month_long, period_text
from models.values.months import Month, Period

LOOKS_AT = ("segment", "born_on", "source_list", "occupation")
"""All that eligibility asks of a worker who has no enrolment: two of whom these are alike are alike eligible. The name
only stands in the sentences."""


def problems_of_eligibility(
    worker: Worker, scheme: Scheme, period: Period, occupation_kind: str, others: Iterable[tuple[Enrolment, Scheme]]
) -> tuple[Problem, ...]:
    """What keeps a worker out of a scheme in these months; `others` are the worker's other enrolments.

    Errors: the scheme is closed, a wage earner where somebody else pays for a BPU worker, the scheme's own ages, no
    source list. Warnings, for which a reason may be given: another kind of work (PMK 91/2023 names palm plantation
    workers), another membership in the same months (the same rule asks for people not yet registered).
    """
    return tuple(_of(worker, scheme, period, occupation_kind, others))


def note_on_age(born_on: date | None, scheme: Scheme, period: Period, office_limit: int) -> str:
    """That a worker reaches the age limit inside the months: nothing is refused, but it is the last enrolment; empty
    where that is not so. `office_limit` is the office's own limit, in completed years."""
    limit = min(office_limit, scheme.max_age or office_limit)
    if born_on is None or (month := Month.of(born_on) + 12 * limit) not in period:
        return ""
    if age_on(born_on, period.first.first_day) >= limit:
        return ""  # refused anyway
    text = translate(
        N_("This worker turns {limit} in {month}, inside these months. They count; after them nobody enrols again.")
    )
    return text.format(limit=limit, month=month_long(month))


def _of(
    worker: Worker, scheme: Scheme, period: Period, occupation_kind: str, others: Iterable[tuple[Enrolment, Scheme]]
) -> Iterator[Problem]:
    if scheme.closed_on is not None:
        message = N_("The scheme {scheme} is closed. Choose another scheme, or let a supervisor open it again.")
        yield Problem("scheme", "scheme_closed", message, {"scheme": scheme.name})
    if scheme.is_subsidised and scheme.segment is Segment.BPU and worker.segment is Segment.PU:
        message = N_(
            "{name} is registered as a wage earner (PU), so the employer registers and pays. {scheme} is for workers "
            "without an employer; correct the segment if that is wrong."
        )
        yield Problem("segment", "wage_earner", message, {"name": worker.name, "scheme": scheme.name})
    yield from _of_age(worker, scheme, period)
    if scheme.needs_source_list and not worker.source_list.strip():
        message = N_("{scheme} is only for people on a source list (P3KE, DTSEN). Enter the list and its decile.")
        yield Problem("source_list", "source_list_missing", message, {"scheme": scheme.name})
    if scheme.occupation_kinds and occupation_kind not in scheme.occupation_kinds:
        message = N_(
            "{scheme} is meant for other work than this occupation. Correct the occupation, or write how the work was "
            "proven."
        )
        yield Problem("occupation", "other_work", message, {"scheme": scheme.name}, Level.WARNING)
    if scheme.bars_members:
        yield from _of_membership(scheme, period, others)


def _of_age(worker: Worker, scheme: Scheme, period: Period) -> Iterator[Problem]:
    if worker.born_on is None:
        return
    age = age_on(worker.born_on, period.first.first_day)
    about = {"scheme": scheme.name, "age": age, "month": Written(period.first, month_long)}
    if scheme.min_age is not None and age < scheme.min_age:
        message = N_(
            "{scheme} takes workers from {limit} years; this one is {age} in {month}. Choose another scheme."
        )
        yield Problem("born_on", "scheme_too_young", message, {**about, "limit": scheme.min_age})
    if scheme.max_age is not None and age >= scheme.max_age:
        message = N_(
            "{scheme} takes workers under {limit} years; this one is {age} in {month}. Choose another scheme."
        )
        yield Problem("born_on", "scheme_too_old", message, {**about, "limit": scheme.max_age})


def _of_membership(scheme: Scheme, period: Period, others: Iterable[tuple[Enrolment, Scheme]]) -> Iterator[Problem]:
    for other, its_scheme in others:
        if its_scheme.id == scheme.id or not (other.state.counts and other.period.overlaps(period)):
            continue
        message = N_(
            "This worker is a member through {other} for {period}, and {scheme} is for people who are not registered "
            "yet. Choose other months, or write why both are right."
        )
        about = {"other": its_scheme.name, "period": period_text(other.period), "scheme": scheme.name}
        yield Problem("scheme", "other_membership", message, about, Level.WARNING)
        return
