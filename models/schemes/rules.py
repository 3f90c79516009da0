"""What keeps a worker from being enrolled as asked, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from models.language import N_
from models.people.kpj import parse_kpj
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentPlan, EnrolmentState
from models.schemes.scheme import Scheme
from models.values.formats import Written, date_short, month_long, period_text
from models.values.months import Month, Period

MOST_MONTHS = 60
"""More months at once are a slip of the keyboard."""
MOST_AHEAD = 60
"""Months from now; an enrolment that begins later is a slip of the year."""


def problems_of_plan(plan: EnrolmentPlan, scheme: Scheme, today: date) -> tuple[Problem, ...]:
    """What is wrong with the months and the payer asked for."""
    problems: list[Problem] = []
    if not 1 <= plan.month_count <= MOST_MONTHS:
        problems.append(
            Problem(
                "month_count",
                "month_count",
                N_("An enrolment has 1 to {most} months, not {count}. Enter the number of months that are paid."),
                {"most": MOST_MONTHS, "count": plan.month_count},
            )
        )
    if plan.first > Month.of(today) + MOST_AHEAD:
        message = N_("{month} is more than {years} years ahead. Correct the year of the first month.")
        params = {"month": Written(plan.first, month_long), "years": MOST_AHEAD // 12}
        problems.append(Problem("first_month", "first_month_far", message, params))
    if "payer_name" in scheme.asks and not plan.payer_name.strip():
        problems.append(
            Problem(
                "payer_name",
                "payer_missing",
                N_("The scheme {scheme} needs the name of the one who pays. Enter the company or the civil servant."),
                {"scheme": scheme.name},
            )
        )
    return tuple(problems)


def overlap_problem(scheme: Scheme, period: Period, others: Iterable[tuple[Enrolment, Scheme]]) -> Problem | None:
    """The problem of a month paid twice: by the same scheme, or by two subsidies of a BPU worker.

    Being registered in no other social-security membership is a legal condition of the palm-oil revenue share
    (PMK 91/2023), and the same month paid twice is public money lost.
    """
    is_subsidy = scheme.is_subsidised and scheme.segment is Segment.BPU
    for other, other_scheme in others:
        if not (other.state.counts and other.period.overlaps(period)):
            continue
        params = {"scheme": other_scheme.name, "period": period_text(other.period)}
        if is_subsidy and other_scheme.is_subsidised and other.segment is Segment.BPU:
            message = N_(
                "This worker is already paid for by {scheme} for {period}. "
                "Choose months after that, or cancel the other enrolment first."
            )
            return Problem("first_month", "second_subsidy", message, params)
        if other_scheme.id == scheme.id:
            message = N_(
                "This worker is already enrolled in {scheme} for {period}. "
                "Choose months after that, or cancel the other enrolment first."
            )
            return Problem("first_month", "same_scheme", message, params)
    return None


def problems_of_confirmation(
    enrolment: Enrolment, kpj: str, paid_on: date | None, today: date
) -> tuple[Problem, ...]:
    """What keeps an enrolment from being confirmed: a card number or a day of payment that cannot be right."""
    return tuple(_of_confirmation(enrolment, kpj, paid_on, today))


def problems_of_cancellation(enrolment: Enrolment, reason: str) -> tuple[Problem, ...]:
    """What keeps an enrolment from being cancelled: no reason, or that it no longer counts anyway."""
    if not enrolment.state.counts:
        return (_no_longer_counts(enrolment, "reason"),)
    if not reason.strip():
        message = N_("The reason is empty. Write why the months no longer count; it stays with the enrolment.")
        return (Problem("reason", "reason_missing", message),)
    return ()


def _of_confirmation(enrolment: Enrolment, kpj: str, paid_on: date | None, today: date) -> Iterator[Problem]:
    if not enrolment.state.counts:
        yield _no_longer_counts(enrolment, "kpj")
        return
    if kpj.strip():
        yield from parse_kpj(kpj)[1]
    else:
        yield Problem("kpj", "kpj_missing", N_("The KPJ is empty. Copy the eleven characters from the card."))
    earliest = min(enrolment.registered_on, enrolment.period.first.first_day)
    if paid_on is None:
        message = N_("The day of the first payment is empty. Copy it from the proof of payment.")
        yield Problem("paid_on", "paid_on_missing", message)
    elif paid_on > today:
        message = N_("This day has not come yet. Enter the day on the proof of payment.")
        yield Problem("paid_on", "paid_on_future", message)
    elif paid_on < earliest:  # an enrolment that was entered late was paid before it stood here
        message = N_("This enrolment was paid {day} at the earliest. Compare with the proof of payment.")
        yield Problem("paid_on", "paid_on_early", message, {"day": Written(earliest, date_short)})


def _no_longer_counts(enrolment: Enrolment, field: str) -> Problem:
    if enrolment.state is EnrolmentState.CANCELLED:
        message = N_("This enrolment was cancelled already. Enrol the worker again if the months are to count.")
        return Problem(field, "cancelled_already", message)
    message = N_("This enrolment was rejected. Enrol the worker again if the months are to count.")
    return Problem(field, "rejected_already", message)
