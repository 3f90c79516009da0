"""Contribution tables as a supervisor enters them: what is in force together, and what follows what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from models.language import N_
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.pricing import SHARE_UNIT, Rate, Relief
from models.schemes.scheme import Programme
from models.values.formats import Written, month_long
from models.values.months import Month
from models.values.rupiah import format_rupiah


@dataclass(frozen=True, slots=True)
class RateVersion:
    """The rates of one programme that are in force together: one share, or the brackets of a table."""

    brackets: tuple[Rate, ...]
    """In the order of their lower bounds; never empty."""

    @property
    def key(self) -> tuple[Segment, Programme, int | None]:
        """Which table it is a version of."""
        rate = self.brackets[0]
        return rate.segment, rate.programme, rate.risk_class

    @property
    def first(self) -> Month:
        return self.brackets[0].first

    @property
    def last(self) -> Month | None:
        return self.brackets[0].last

    @property
    def source(self) -> str:
        return self.brackets[0].source

    def until(self, last: Month | None) -> RateVersion:
        """The same with another end."""
        return RateVersion(tuple(replace(rate, last=last) for rate in self.brackets))


def versions_of(rates: Iterable[Rate]) -> tuple[RateVersion, ...]:
    """Rates put together as versions: by segment, programme and risk class, the newest first."""
    together: dict[tuple[object, ...], list[Rate]] = {}
    for rate in rates:
        key = (rate.segment, rate.programme, rate.risk_class, rate.first, rate.last)
        together.setdefault(key, []).append(rate)
    versions = [
        RateVersion(tuple(sorted(brackets, key=lambda rate: rate.income_from or 0))) for brackets in together.values()
    ]
    return tuple(sorted(versions, key=lambda one: (one.key[0], one.key[1], one.key[2] or 0, -one.first.index)))


def problems_of_version(new: RateVersion, existing: Iterable[RateVersion]) -> tuple[Problem, ...]:
    """What keeps a new version from being taken: its own brackets, and its place among those of the same table.

    The version before it may be open; it then ends in the month before. A gap or an overlap of months is refused.
    """
    same = [version for version in existing if version.key == new.key]
    return (*_of_brackets(new), *_of_months(new, same))


def closed_by(new: RateVersion, existing: Iterable[RateVersion]) -> RateVersion | None:
    """The open version that ends in the month before the new one begins; None where there is none."""
    return next((one for one in existing if one.key == new.key and one.last is None and one.first < new.first), None)


def problems_of_relief(new: Relief, existing: Iterable[Relief]) -> tuple[Problem, ...]:
    """What keeps a new relief from being taken; months without one are no gap."""
    return tuple(_of_relief(new, existing))


def _of_relief(new: Relief, existing: Iterable[Relief]) -> Iterator[Problem]:
    if not 1 <= new.percent_off <= 100:
        message = N_("A relief takes 1 to 100 percent off. Write the percent that need not be paid.")
        yield Problem("percent_off", "relief_range", message)
    if not new.source.strip():
        message = N_("Where does the relief stand? Write the law or the letter with its date.")
        yield Problem("source", "source_missing", message)
    if new.last is not None and new.last < new.first:
        message = N_("The last month is before the first. Enter the months in their order.")
        yield Problem("last", "months_backwards", message)
        return
    for one in existing:
        if (
            (one.segment, one.programme) == (new.segment, new.programme)
            and (one.last is None or new.first <= one.last)
            and (new.last is None or one.first <= new.last)
        ):
            message = N_(
                "From {month} on there is a relief for {programme} already. Choose other months, or withdraw that one."
            )
            about = {"month": Written(one.first, month_long), "programme": new.programme.value}
            yield Problem("first", "relief_overlap", message, about)
            return


def _of_brackets(new: RateVersion) -> Iterator[Problem]:
    if not new.source.strip():
        message = N_("Where does the rate stand? Write the law or the letter with its date.")
        yield Problem("source", "source_missing", message)
    for rate in new.brackets:
        if (rate.amount is not None and rate.amount < 0) or (rate.share is not None and rate.share < 0):
            yield Problem("amount", "amount_negative", N_("A contribution cannot be below zero. Correct the amount."))
        if rate.share is not None and rate.share > SHARE_UNIT:
            yield Problem("share", "share_range", N_("A share lies between 0 and 100 per cent. Correct the number."))
        if rate.wage_cap is not None and rate.wage_cap <= 0:
            yield Problem("wage_cap", "wage_cap", N_("The wage cap must be more than nothing, or empty."))
    if any(rate.amount is not None for rate in new.brackets):
        lowest = new.brackets[0].income_from or 0
        if lowest > 0:
            message = N_("Incomes below {amount} are in no bracket. Let the first bracket begin at 0.")
            yield Problem("income_from", "bracket_gap", message, {"amount": Written(lowest, format_rupiah)})
        for one, other in pairwise(new.brackets):
            if one.income_from == other.income_from:
                message = N_("Two brackets begin at {amount}. Each income belongs to one bracket.")
                about = {"amount": Written(other.income_from or 0, format_rupiah)}
                yield Problem("income_from", "bracket_overlap", message, about)
            elif (other.amount or 0) < (one.amount or 0):
                message = N_(
                    "The bracket from {income} on costs {amount}, less than the {before} of lower incomes. "
                    "A higher income never pays less: correct one of the two."
                )
                about = {
                    "income": Written(other.income_from or 0, format_rupiah),
                    "amount": Written(other.amount or 0, format_rupiah),
                    "before": Written(one.amount or 0, format_rupiah),
                }
                yield Problem("amount", "bracket_falls", message, about)
            elif other.base is not None and one.base is not None and other.base < one.base:
                message = N_(
                    "The bracket from {income} on has a base of {base}, less than the {before} of lower incomes. "
                    "Correct one of the two."
                )
                about = {
                    "income": Written(other.income_from or 0, format_rupiah),
                    "base": Written(other.base, format_rupiah),
                    "before": Written(one.base, format_rupiah),
                }
                yield Problem("base", "base_falls", message, about)
        for rate in new.brackets:
            if rate.base and rate.base < (rate.income_from or 0):
                message = N_("The bracket from {income} on has a base of only {base}. Correct one of the two.")
                about = {
                    "income": Written(rate.income_from or 0, format_rupiah),
                    "base": Written(rate.base, format_rupiah),
                }
                yield Problem("base", "bracket_base", message, about)


def _of_months(new: RateVersion, same: list[RateVersion]) -> Iterator[Problem]:
    if new.last is not None and new.last < new.first:
        message = N_("The last month is before the first. Enter the months in their order.")
        yield Problem("last", "months_backwards", message)
        return
    later = [one for one in same if one.first >= new.first]
    for one in later:
        if new.last is None or one.first <= new.last:
            message = N_("From {month} on there is a rate already. Let the new one end before, or withdraw that one.")
            yield Problem("first", "rate_overlap", message, {"month": Written(one.first, month_long)})
            return
    earlier = [one for one in same if one.first < new.first]
    if earlier:
        before = max(earlier, key=lambda one: one.first)
        if before.last is not None and before.last >= new.first:
            message = N_(
                "Until {month} there is a rate already. Let the new one begin after it, or withdraw that one."
            )
            yield Problem("first", "rate_overlap", message, {"month": Written(before.last, month_long)})
        elif before.last is not None and before.last + 1 < new.first:
            message = N_("{first} to {last} would have no rate. Begin in {first}.")
            about = {
                "first": Written(before.last + 1, month_long),
                "last": Written(new.first - 1, month_long),
            }
            yield Problem("first", "rate_gap", message, about)
    if later and new.last is not None:
        after = min(later, key=lambda one: one.first)
        if new.last + 1 < after.first:
            message = N_("{first} to {last} would have no rate. Let the new one run until {last}.")
            about = {
                "first": Written(new.last + 1, month_long),
                "last": Written(after.first - 1, month_long),
            }
            yield Problem("last", "rate_gap", message, about)
