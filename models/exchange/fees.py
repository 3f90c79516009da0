"""Contributions that a list states, held against the table of rates, and its sums against its heads and months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.exchange.context import CheckContext
from models.exchange.list_values import ListValues
from models.exchange.table import RowKind
from models.language import N_
from models.people.worker import Segment
from models.problems import Level, Problem
from models.schemes.pricing import Price
from models.schemes.scheme import PayerKind, Programme, Scheme
from models.values.formats import Written
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah

_AMOUNT = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[. ][0-9]{3})+(?![0-9])|(?<![0-9.])[0-9]{4,}(?![0-9])")
_BPU = tuple(
    Scheme(
        code="", name="", segment=Segment.BPU, programmes=programmes, payer_kind=payer,
        is_public_money=payer is PayerKind.GOVERNMENT, is_subsidised=False, usual_months=1,
    )
    for programmes in ((Programme.JKK, Programme.JKM), (Programme.JKK, Programme.JKM, Programme.JHT))
    for payer in (PayerKind.GOVERNMENT, PayerKind.SELF)
)  # fmt: skip
"""What a contribution without a named scheme may be for: two programmes or three, with relief and without."""


def fees_of(context: CheckContext, income: int | None) -> frozenset[int]:
    """Whole rupiah a month that the rates ask of this income; empty where there is no rate to hold a list against."""
    if context.rates is None:
        return frozenset()
    if context.scheme is not None and context.plan is not None:
        first = context.plan.first
        price = context.rates.price(context.scheme, Period(first, first + (context.plan.month_count - 1)), income)
        return frozenset(price.monthly) if isinstance(price, Price) else frozenset()
    month = Month.of(context.today)
    incomes = {income} if income is not None else {None, *(rate.income_from for rate in context.rates.rates)}
    prices = [context.rates.price(scheme, Period(month, month), each) for scheme in _BPU for each in incomes]
    return frozenset(fee for price in prices if isinstance(price, Price) for fee in price.monthly)


def doubtful_fees(values: ListValues) -> set[int]:
    """Places whose contribution or total is not surely right."""
    if "fee" not in values.values and "total" not in values.values:
        return set()
    nothing: list[None] = [None] * len(values)
    columns = [values.values.get(name, nothing) for name in ("income", "fee", "month_count", "total")]
    rows = list(zip(*columns, strict=True))
    fees = cache(lambda income: fees_of(values.context, income))
    odd = {row for row in set(rows) if any(_of_amounts(values.context, fees(row[0]), *row[1:]))}
    return {place for place, row in enumerate(rows) if row in odd} if odd else set()


def problems_of_fees(values: ListValues, place: int) -> Iterator[Problem]:
    """What is wrong with the amounts of one row."""
    if "fee" not in values.values and "total" not in values.values:
        return
    income, fee, months, total = (
        column[place] if (column := values.values.get(name)) else None
        for name in ("income", "fee", "month_count", "total")
    )
    fees = fees_of(values.context, income)  # type: ignore[arg-type]
    yield from _of_amounts(values.context, fees, fee, months, total)  # type: ignore[arg-type]


def problem_of_sums(values: ListValues) -> Problem | None:
    """A sum at the foot of the list that none of its columns of money comes to."""
    columns = [column for name in ("fee", "total") if (column := values.values.get(name))]
    totals = [row for row in values.table.left_out if row.kind is RowKind.TOTAL]
    if not columns or not totals:
        return None
    last = totals[-1]
    stated = [int(re.sub(r"\D", "", text)) for text in _AMOUNT.findall(last.text)]
    above = [place for place, row in enumerate(values.table.rows) if row < last.row]
    previous = max((row.row for row in totals[:-1]), default=0)
    sums = {
        sum(int(column[place] or 0) for place in above if values.table.rows[place] > start)
        for column in columns
        for start in (0, previous)
    }
    if not stated or sums & set(stated):
        return None
    message = N_(
        "The sum in row {row} says {stated}, and its rows come to {sum}. Let the sender count again, or take the list "
        "in: the program computes each contribution itself."
    )
    right = sum(int(column or 0) for column in columns[-1])
    params = {
        "row": last.row,
        "stated": Written(max(stated), format_rupiah),
        "sum": Written(right, format_rupiah),
    }
    return Problem("total", "sum_differs", message, params, Level.WARNING)


def _of_amounts(
    context: CheckContext, fees: frozenset[int], fee: int | None, months: int | None, total: int | None
) -> Iterator[Problem]:
    if fee is not None and fees and fee not in fees:
        message = N_(
            "The list says {fee} a month, the table of contributions {right}. The program will compute {right}; say "
            "why the list differs, or correct income or contribution."
        )
        about = {"fee": Written(fee, format_rupiah), "right": Written(min(fees), format_rupiah)}
        yield Problem("fee", "fee_differs", message, about, Level.WARNING)
    if total is None:
        return
    month_count = months or (context.plan.month_count if context.plan is not None else None)
    each = [fee] if fee is not None else sorted(fees)
    if not each:
        return
    if month_count is None:
        is_right = any(one and total % one == 0 and 1 <= total // one <= 24 for one in each)
    else:
        is_right = any(one * month_count == total for one in each)
    if not is_right:
        message = N_(
            "{fee} a month for {months} months is {right}, and the list says {total}. Correct what is wrong."
        )
        if month_count is None:
            message = N_("{total} is not a whole number of months at {fee} a month. Correct what is wrong.")
        params: dict[str, object] = {
            "fee": Written(each[0], format_rupiah),
            "months": month_count,
            "right": Written(each[0] * (month_count or 1), format_rupiah),
            "total": Written(total, format_rupiah),
        }
        yield Problem("total", "total_differs", message, params, Level.WARNING)
