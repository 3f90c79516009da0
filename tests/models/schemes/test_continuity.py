"""Unbroken months, against counting them one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.schemes.continuity import Continuity, run_in, runs_of
from models.values.months import Month, Period

START = Month(2024, 1)
periods = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: Period.starting(START + pair[0], pair[1])),
    max_size=8,
)


def test_a_fresh_period_of_three_months_never_pays_in_full() -> None:
    run = Continuity(Month(2025, 9), Month(2025, 11))
    assert run.full_from == Month(2025, 12)
    assert not run.reaches_full
    assert not run.is_full_in(Month(2025, 11))


def test_a_period_that_follows_the_one_before_does() -> None:
    run = run_in([Period.starting(Month(2025, 6), 3), Period.starting(Month(2025, 9), 3)], Month(2025, 10))
    assert run == Continuity(Month(2025, 6), Month(2025, 11))
    assert run.is_full_in(Month(2025, 9))
    assert not run.is_full_in(Month(2025, 8))


@given(periods)
def test_runs_are_the_covered_months_and_nothing_else(some: list[Period]) -> None:
    covered = {month for period in some for month in period}
    runs = runs_of(some)
    assert {month for run in runs for month in Period(run.since, run.until)} == covered
    for run in runs:
        assert run.since - 1 not in covered
        assert run.until + 1 not in covered


@given(periods, st.integers(0, 60))
def test_the_run_of_a_month_covers_it_or_is_the_last_before(some: list[Period], ahead: int) -> None:
    month = START + ahead
    run = run_in(some, month)
    began = [period.first for period in some if period.first <= month]
    assert (run is None) == (not began)
    if run is not None:
        assert run.since <= max(began) <= run.until
