"""The conditions of a scheme, one by one, and together on any worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.worker import Segment
from models.schemes.eligibility import note_on_age, problems_of_eligibility
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.scheme import PayerKind, Programme, Scheme
from models.values.dates import age_on
from models.values.months import Month, Period
from tests.factories import DECEMBER, make_worker

SAWIT = Scheme(
    id=1, code="SAWIT", name="Pekerja sawit", segment=Segment.BPU, programmes=(Programme.JKK, Programme.JKM),
    payer_kind=PayerKind.GOVERNMENT, is_public_money=True, is_subsidised=True, usual_months=3,
    occupation_kinds=("palm",), bars_members=True,
)  # fmt: skip
KADER = replace(SAWIT, id=2, code="KADER", name="Kader nagari", segment=Segment.PU, is_subsidised=False,
                occupation_kinds=(), bars_members=False)  # fmt: skip
PERIOD = Period(DECEMBER, DECEMBER + 2)


def enrolment(scheme: Scheme, period: Period, state: EnrolmentState = EnrolmentState.PROPOSED) -> Enrolment:
    return Enrolment(
        scheme=scheme.id or 0, segment=scheme.segment, programmes=scheme.programmes, period=period, base=1_000_000,
        monthly=(16_800,) * period.month_count, state=state, registered_on=date(2026, 11, 1),
    )  # fmt: skip


def codes(scheme: Scheme = SAWIT, kind: str = "palm", others: tuple[tuple[Enrolment, Scheme], ...] = (),
          **values: Any) -> list[str]:  # fmt: skip
    return [problem.code for problem in problems_of_eligibility(make_worker(**values), scheme, PERIOD, kind, others)]


def test_who_fits_has_no_problem() -> None:
    assert codes() == []


def test_each_condition_has_its_own_sentence() -> None:
    assert codes(replace(SAWIT, closed_on=date(2026, 1, 1))) == ["scheme_closed"]
    assert codes(segment=Segment.PU) == ["wage_earner"]
    assert codes(KADER, segment=Segment.PU) == []
    assert codes(replace(SAWIT, needs_source_list=True)) == ["source_list_missing"]
    assert codes(replace(SAWIT, needs_source_list=True), source_list="DTSEN 2025") == []
    assert codes(kind="sea") == ["other_work"]
    assert codes(KADER, kind="sea") == []


def test_another_membership_counts_only_in_the_same_months_and_while_it_counts() -> None:
    assert codes(others=((enrolment(KADER, Period(DECEMBER + 2, DECEMBER + 9)), KADER),)) == ["other_membership"]
    assert codes(others=((enrolment(KADER, Period(DECEMBER + 3, DECEMBER + 9)), KADER),)) == []
    assert codes(others=((enrolment(KADER, PERIOD, EnrolmentState.REJECTED), KADER),)) == []
    assert codes(others=((enrolment(SAWIT, PERIOD), SAWIT),)) == []


@given(
    st.dates(date(1940, 1, 1), date(2015, 1, 1)), st.none() | st.integers(10, 70), st.none() | st.integers(20, 90),
    st.integers(0, 60),
)  # fmt: skip
def test_the_ages_of_a_scheme_are_those_on_the_first_covered_day(
    born_on: date, youngest: int | None, oldest: int | None, ahead: int
) -> None:
    first = Month(2026, 1) + ahead
    scheme = replace(SAWIT, min_age=youngest, max_age=oldest)
    worker = replace(make_worker(), born_on=born_on)
    found = {problem.code for problem in problems_of_eligibility(worker, scheme, Period(first, first), "palm", ())}
    age = age_on(born_on, first.first_day)
    assert ("scheme_too_young" in found) == (youngest is not None and age < youngest)
    assert ("scheme_too_old" in found) == (oldest is not None and age >= oldest)


@pytest.mark.parametrize(
    ("born_on", "limit", "is_said"),
    [
        (date(1962, 2, 1), 65, True),  # turns 65 in the last month
        (date(1961, 12, 2), 65, True),  # in the first, one day after it began
        (date(1961, 12, 1), 65, False),  # refused: 65 on the first day
        (date(1962, 3, 1), 65, False),  # after the last month
        (date(1967, 1, 5), 60, True),  # the scheme's own limit
        (None, 65, False),
    ],
)
def test_who_reaches_the_limit_inside_the_months_is_told_and_not_refused(
    born_on: date | None, limit: int, is_said: bool
) -> None:
    period = Period(Month(2026, 12), Month(2027, 2))
    scheme = replace(SAWIT, max_age=None if limit == 65 else limit)
    assert bool(note_on_age(born_on, scheme, period, 65)) is is_said
