"""What an enrolment costs: each month at the rates of that month, in whole rupiah, and how the sum came about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.language import N_
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.scheme import Programme, Scheme
from models.values.formats import Written, month_long
from models.values.months import Month, Period

SHARE_UNIT = 100_000
"""Shares of a wage are kept in hundred-thousandths: 0,24 % is 240."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One line of a contribution table.

    BPU: a fixed `amount` for incomes from `income_from` up, with the bracket's `base` (PP 44/2015 jo. PP 82/2019).
    PU: a `share` of the wage; JKK has one for each risk class.
    """

    segment: Segment
    programme: Programme
    first: Month
    last: Month | None
    source: str
    risk_class: int | None = None
    income_from: int | None = None
    base: int | None = None
    amount: int | None = None
    share: int | None = None
    wage_cap: int | None = None
    """Whole rupiah a month; a higher wage counts as this one (pension, PP 45/2015). None: no cap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """A part of the contribution that is not paid in certain months (for instance PP 50/2025)."""

    segment: Segment
    programme: Programme
    percent_off: int
    applies_to_public_money: bool
    first: Month
    last: Month | None
    source: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One programme in a run of months that cost the same."""

    programme: Programme
    period: Period
    amount: int
    """Whole rupiah a month."""
    source: str


class WhyFull(StrEnum):
    """Why a relief that one may have heard of takes nothing off."""

    PUBLIC = "public"
    """Public money pays."""
    ENDED = "ended"
    BEGINS = "begins"
    """It begins inside the period."""


@dataclass(frozen=True, slots=True)
class FullPrice:
    """A relief that does not count in some months of a period, and why."""

    relief: Relief
    why: WhyFull


@dataclass(frozen=True, slots=True)
class Price:
    """The contribution of a period."""

    base: int
    """Contribution base, whole rupiah a month."""
    monthly: tuple[int, ...]
    """Whole rupiah of each month, in order."""
    lines: tuple[PriceLine, ...]
    full: tuple[FullPrice, ...] = ()
    """Reliefs that take nothing off in some of the months."""

    @property
    def total(self) -> int:
        return sum(self.monthly)

    @property
    def even_monthly(self) -> int | None:
        """Whole rupiah a month when every month costs the same, otherwise None."""
        return self.monthly[0] if len(set(self.monthly)) == 1 else None


class RateTable:
    """The dated rates and reliefs of an office."""

    def __init__(self, rates: Iterable[Rate], reliefs: Iterable[Relief] = ()) -> None:
        self.rates = tuple(rates)
        self.reliefs = tuple(reliefs)
        self._tables: dict[_Key, list[_Table]] = {}
        by_table: dict[tuple[_Key, Month, Month | None], list[Rate]] = {}
        for rate in self.rates:
            key = (rate.segment, rate.programme, rate.risk_class)
            by_table.setdefault((key, rate.first, rate.last), []).append(rate)
        for (key, first, last), brackets in by_table.items():
            self._tables.setdefault(key, []).append(_Table(first, last, brackets))
        for tables in self._tables.values():
            tables.sort(key=lambda table: table.first, reverse=True)
        self._priced: dict[tuple[object, ...], Price] = {}

    def price(self, scheme: Scheme, period: Period, income: int | None) -> Price | Problem:
        """The price of a period in a scheme, or the problem of the months or programmes that have no rate.

        BPU contributions follow from the worker's income (unknown income: the lowest bracket, as for the subsidised
        workers of every district); PU contributions from the scheme's wage base. Each programme is rounded half up
        to whole rupiah by itself.
        """
        key = (
            scheme.id,
            scheme.segment,
            scheme.programmes,
            scheme.is_public_money,
            scheme.wage_base,
            scheme.risk_class,
            period,
            income,
        )
        found = self._priced.get(key)
        if found is None:
            outcome = self._compute(scheme, period, income)
            if isinstance(outcome, Problem):
                return outcome
            if len(self._priced) > 4_096:
                self._priced.clear()
            found = self._priced[key] = outcome
        return found

    def _compute(self, scheme: Scheme, period: Period, income: int | None) -> Price | Problem:
        wage = scheme.wage_base if scheme.segment is Segment.PU else income
        if scheme.segment is Segment.PU and not wage:
            return Problem(
                "scheme",
                "no_wage_base",
                N_(
                    "The scheme {scheme} has no wage base, so its contribution cannot be computed. "
                    "A supervisor enters it under Schemes & Funds."
                ),
                {"scheme": scheme.name},
            )
        monthly: list[int] = []
        lines: list[PriceLine] = []
        base = wage or 0
        for month in period:
            sum_of_month = 0
            for programme in scheme.programmes:
                rate = self._rate(scheme, programme, month, wage or 0)
                if rate is None:
                    return Problem(
                        "first_month",
                        "no_rate",
                        N_(
                            "There is no {programme} rate for {segment} in {month}. Choose other months, "
                            "or let a supervisor enter the rate."
                        ),
                        {
                            "programme": programme.value,
                            "segment": scheme.segment.value,
                            "month": Written(month, month_long),
                        },
                    )
                amount, source = self._amount(scheme, rate, month, wage or 0)
                if rate.base is not None:
                    base = rate.base
                sum_of_month += amount
                _extend(lines, programme, month, amount, source)
            monthly.append(sum_of_month)
        return Price(base, tuple(monthly), tuple(lines), tuple(self._full(scheme, period)))

    def _full(self, scheme: Scheme, period: Period) -> Iterator[FullPrice]:
        """Each relief of the scheme's programmes that does not count in all months; of those over long ago only the
        latest of a programme is worth a word."""
        for programme in scheme.programmes:
            of_it = [one for one in self.reliefs if one.segment is scheme.segment and one.programme is programme]
            if any(one.first <= period.last and (one.last is None or one.last >= period.last) for one in of_it):
                ended = None  # the last month has a relief, or public money keeps it from one
            else:
                past = [one for one in of_it if one.last is not None and one.last < period.last]
                ended = max(past, key=lambda one: one.first, default=None)
            for one in of_it:
                if not one.applies_to_public_money and scheme.is_public_money:
                    if one.first <= period.last and (one.last is None or one.last >= period.first):
                        yield FullPrice(one, WhyFull.PUBLIC)
                    continue
                if period.first < one.first <= period.last:
                    yield FullPrice(one, WhyFull.BEGINS)
                if one is ended:
                    yield FullPrice(one, WhyFull.ENDED)

    def _rate(self, scheme: Scheme, programme: Programme, month: Month, wage: int) -> Rate | None:
        """The rate of the newest table in force."""
        tables = self._tables.get((scheme.segment, programme, scheme.risk_class)) or self._tables.get(
            (scheme.segment, programme, None), []
        )
        return next((table.rate(wage) for table in tables if table.holds_in(month)), None)

    def _amount(self, scheme: Scheme, rate: Rate, month: Month, wage: int) -> tuple[int, str]:
        """Whole rupiah of one programme in one month, relief taken off, with its source."""
        counted = wage if rate.wage_cap is None else min(wage, rate.wage_cap)
        amount = rate.amount if rate.amount is not None else _half_up(counted * (rate.share or 0), SHARE_UNIT)
        for relief in self.reliefs:
            if (
                relief.segment is scheme.segment
                and relief.programme is rate.programme
                and relief.first <= month
                and (relief.last is None or month <= relief.last)
                and (relief.applies_to_public_money or not scheme.is_public_money)
            ):
                return _half_up(amount * (100 - relief.percent_off), 100), f"{rate.source}; {relief.source}"
        return amount, rate.source


_Key = tuple[Segment, Programme, int | None]


class _Table:
    """The brackets of one programme that are in force together."""

    def __init__(self, first: Month, last: Month | None, brackets: Iterable[Rate]) -> None:
        self.first = first
        self._last = last
        self._brackets = sorted(brackets, key=lambda rate: rate.income_from or 0)
        self._lower_bounds = [rate.income_from or 0 for rate in self._brackets]

    def holds_in(self, month: Month) -> bool:
        return self.first <= month and (self._last is None or month <= self._last)

    def rate(self, wage: int) -> Rate:
        """Found by the lower bounds alone, for the published bands leave gaps."""
        return self._brackets[max(0, bisect_right(self._lower_bounds, wage) - 1)]


def _extend(lines: list[PriceLine], programme: Programme, month: Month, amount: int, source: str) -> None:
    """Lengthens the programme's last line by a month, or begins a new one where the amount or the source changes."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.programme is programme:
            if line.amount == amount and line.source == source:
                lines[place] = PriceLine(programme, Period(line.period.first, month), amount, source)
                return
            break
    lines.append(PriceLine(programme, Period(month, month), amount, source))


def _half_up(numerator: int, denominator: int) -> int:
    """Division rounded half up, for amounts that are not negative."""
    return (2 * numerator + denominator) // (2 * denominator)
