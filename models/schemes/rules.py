"""What keeps a worker from being enrolled as asked, in words."""

from __future__ import annotations

from collections.abc import Iterable

from models.language import N_
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.scheme import Scheme
from models.values.formats import period_text
from models.values.months import Period

MOST_MONTHS = 60
"""More months at once are a slip of the keyboard."""


def problems_of_plan(plan: EnrolmentPlan, scheme: Scheme) -> tuple[Problem, ...]:
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
    """The problem of a second subsidy: two subsidised BPU enrolments of one worker must not share a month.

    Being registered in no other social-security membership is a legal condition of the palm-oil revenue share
    (PMK 91/2023), and the same month paid twice is public money lost.
    """
    if not (scheme.is_subsidised and scheme.segment is Segment.BPU):
        return None
    for other, other_scheme in others:
        if (
            other.state.counts
            and other_scheme.is_subsidised
            and other.segment is Segment.BPU
            and other.period.overlaps(period)
        ):
            return Problem(
                "first_month",
                "second_subsidy",
                N_(
                    "This worker is already paid for by {scheme} for {period}. "
                    "Choose months after that, or cancel the other enrolment first."
                ),
                {"scheme": other_scheme.name, "period": period_text(other.period)},
            )
    return None
