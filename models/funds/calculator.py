"""The calculator of a fund, both ways: how many months for these heads, how many heads for these months.

A month costs what the rates of that month say, so months are added one by one and never multiplied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.problems import Problem
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.values.months import Month, Period

MOST_MONTHS = 60
MonthPrice = Callable[[Month], int]
"""Whole rupiah of one head in a month; raises LookupError where there is no rate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sum of money comes to."""

    heads: int
    period: Period | None
    """None: it does not pay a single month, or a single head."""
    cost: int
    """Whole rupiah for all heads and months together."""
    left: int
    """Whole rupiah that remain."""
    next_cost: int
    """Whole rupiah that one more month (or one more head) would cost; 0 where there is no next."""

    @property
    def month_count(self) -> int:
        return 0 if self.period is None else self.period.month_count

    @property
    def lacking(self) -> int:
        """Whole rupiah that are missing for the next month (or head)."""
        return max(0, self.next_cost - self.left)


@dataclass(frozen=True, slots=True)
class Step:
    """One month of a plan: what it costs, and what remains after it."""

    month: Month
    each: int
    """Whole rupiah of one head."""
    cost: int
    """Whole rupiah of all heads."""
    left: int
    """Whole rupiah that remain; below zero: so much is missing for this month."""


def prices_of_scheme(rates: RateTable, scheme: Scheme, income: int | None = None) -> MonthPrice:
    """What a head costs in a month, at the rates of that month."""

    def price(month: Month) -> int:
        found = rates.price(scheme, Period(month, month), income)
        if isinstance(found, Problem):
            raise LookupError(found.text)
        return found.total

    return price


def steps_of(money: int, heads: int, period: Period, price: MonthPrice) -> tuple[Step, ...]:
    """Month after month until the period or the rates end; the last may be the first that the money does not pay."""
    steps: list[Step] = []
    left = money
    for month in period:
        try:
            each = price(month)
        except LookupError:
            break
        left -= heads * each
        steps.append(Step(month, each, heads * each, left))
        if left < 0:
            break
    return tuple(steps)


def months_for(money: int, heads: int, first: Month, price: MonthPrice) -> Plan:
    """How many whole months, from `first`, the money pays for so many heads: why palm-oil money pays three months."""
    cost, months, following = 0, 0, 0
    while heads > 0 and months < MOST_MONTHS:
        try:
            following = heads * price(first + months)
        except LookupError:
            following = 0
            break
        if cost + following > money:
            break
        cost, months, following = cost + following, months + 1, 0
    period = Period.starting(first, months) if months else None
    return Plan(heads, period, cost, money - cost, following)


def heads_for(money: int, period: Period, price: MonthPrice) -> Plan:
    """How many heads the money pays for all months of the period."""
    each = sum(price(month) for month in period)
    heads = max(0, money) // each if each else 0
    return Plan(heads, period if heads else None, heads * each, money - heads * each, each)


def cost_of(heads: int, period: Period, price: MonthPrice) -> int:
    """Whole rupiah for so many heads in all months of the period."""
    return heads * sum(price(month) for month in period)
