"""The calculator of a fund against published sums and against counting by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.funds.calculator import MOST_MONTHS, cost_of, heads_for, months_for
from models.values.months import Month, Period

JUNE_2024 = Month(2024, 6)


def flat(_: Month) -> int:
    return 16_800


def test_the_sums_that_districts_published() -> None:
    assert cost_of(7_764, Period.starting(JUNE_2024, 11), flat) == 1_434_787_200
    assert cost_of(7_723, Period.starting(Month(2025, 9), 3), flat) == 389_239_200
    assert cost_of(1_850, Period.starting(Month(2025, 8), 5), flat) == 155_400_000


def test_why_palm_oil_money_pays_three_months() -> None:
    plan = months_for(400_000_000, 7_723, Month(2025, 9), flat)
    assert (plan.month_count, plan.cost, plan.left) == (3, 389_239_200, 10_760_800)
    assert plan.next_cost == 129_746_400
    assert plan.lacking == 118_985_600


def test_money_for_nobody_pays_nothing() -> None:
    assert months_for(16_799, 1, JUNE_2024, flat).period is None
    assert heads_for(16_799, Period(JUNE_2024, JUNE_2024), flat).heads == 0
    assert months_for(1_000_000, 0, JUNE_2024, flat).month_count == 0


def test_months_that_have_no_rate_are_not_promised() -> None:
    def until_august(month: Month) -> int:
        if month > Month(2024, 8):
            raise LookupError
        return 16_800

    plan = months_for(10**12, 10, JUNE_2024, until_august)
    assert plan.period == Period(JUNE_2024, Month(2024, 8))
    assert plan.next_cost == 0


prices = st.lists(st.integers(1, 500_000), min_size=MOST_MONTHS, max_size=MOST_MONTHS)


@given(st.integers(0, 10**12), st.integers(1, 100_000), prices)
def test_the_most_months_and_not_one_more(money: int, heads: int, by_month: list[int]) -> None:
    plan = months_for(money, heads, JUNE_2024, lambda month: by_month[month - JUNE_2024])
    sums = [heads * sum(by_month[:count]) for count in range(MOST_MONTHS + 1)]
    assert plan.month_count == max(count for count in range(MOST_MONTHS + 1) if sums[count] <= money)
    assert plan.cost == sums[plan.month_count]
    assert plan.cost + plan.left == money
    if plan.month_count < MOST_MONTHS:
        assert plan.cost + plan.next_cost > money
        assert plan.lacking == sums[plan.month_count + 1] - money


@given(st.integers(0, 10**12), st.integers(1, MOST_MONTHS), prices)
def test_the_most_heads_and_not_one_more(money: int, months: int, by_month: list[int]) -> None:
    plan = heads_for(money, Period.starting(JUNE_2024, months), lambda month: by_month[month - JUNE_2024])
    each = sum(by_month[:months])
    assert plan.heads == money // each
    assert 0 <= plan.left < each
    assert plan.cost + plan.left == money


@given(st.integers(1, 5_000), st.integers(1, 24))
def test_both_ways_lead_back(heads: int, months: int) -> None:
    period = Period.starting(JUNE_2024, months)
    money = cost_of(heads, period, flat)
    assert heads_for(money, period, flat).heads == heads
    assert months_for(money, heads, JUNE_2024, flat).period == period
