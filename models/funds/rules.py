"""What keeps a fund, a receipt or a payment from being taken as typed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.funds.calculator import MOST_MONTHS
from models.funds.fund import Fund, Payment, Receipt
from models.language import N_
from models.problems import Problem
from models.schemes.scheme import Scheme
from models.values.formats import Written, date_short
from models.values.months import Month
from models.values.rupiah import LARGEST, format_rupiah

_YEARS = range(1992, 2100)


def problems_of_fund(fund: Fund) -> tuple[Problem, ...]:
    """A fund needs a name, a year and the money that was promised."""
    return tuple(_of_fund(fund))


def problems_of_receipt(receipt: Receipt, fund: Fund, today: date) -> tuple[Problem, ...]:
    """Money that came in has an amount, a day that is past and a proof."""
    return tuple(_of_receipt(receipt, fund, today))


def problems_of_payment(payment: Payment, today: date) -> tuple[Problem, ...]:
    """A payment has a code, an amount, a day, months and heads."""
    return tuple(_of_payment(payment, today))


def problem_of_months(first: Month, last: Month) -> Problem | None:
    """Months in the wrong order, before a period is made of them."""
    if last >= first:
        return None
    message = N_("The last month is before the first. Enter the months in their order.")
    return Problem("last_month", "months_backwards", message)


def fund_of_another_scheme(fund: Fund, scheme: Scheme) -> Problem:
    """The problem of a fund that pays for other workers than those of the scheme."""
    message = N_("The fund {fund} pays for another scheme than {scheme}. Choose a fund of this scheme.")
    return Problem("fund", "fund_of_another_scheme", message, {"fund": fund.name, "scheme": scheme.name})


def over_commitment(left: int, more: int) -> Problem | None:
    """The problem of enrolling for `more` whole rupiah where only `left` can still be committed; only a reason of a
    supervisor's lets it pass."""
    if more <= left:
        return None
    message = N_(
        "The fund has {left} left, and this needs {more}: {missing} are missing. Enrol fewer workers or months, enter "
        "money that came in, or let a supervisor allow it with a reason."
    )
    about = {
        "left": Written(max(0, left), format_rupiah),
        "more": Written(more, format_rupiah),
        "missing": Written(more - max(0, left), format_rupiah),
    }
    return Problem("fund", "over_commitment", message, about)


def _of_fund(fund: Fund) -> Iterator[Problem]:
    if not fund.name.strip():
        yield Problem("name", "fund_name", N_("The fund has no name yet. Write it as people call it, with the year."))
    if fund.year not in _YEARS:
        message = N_("{year} cannot be the budget year: it lies between {first} and {last}. Correct the year.")
        about = {"year": fund.year, "first": _YEARS[0], "last": _YEARS[-1]}
        yield Problem("year", "fund_year", message, about)
    yield from _of_amount("ceiling", fund.ceiling)


def _of_receipt(receipt: Receipt, fund: Fund, today: date) -> Iterator[Problem]:
    yield from _of_amount("amount", receipt.amount)
    yield from _of_day("received_on", receipt.received_on, today)
    if receipt.received_on.year < fund.year - 1:
        message = N_("This is long before the budget year {year}. Correct the year of the day.")
        yield Problem("received_on", "received_early", message, {"year": fund.year})
    if not receipt.source.strip():
        message = N_("The proof is empty. Write the number of the transfer or of the SP2D.")
        yield Problem("source", "source_missing", message)


def _of_payment(payment: Payment, today: date) -> Iterator[Problem]:
    if not payment.code.strip():
        yield Problem("code", "code_missing", N_("The payment code is empty. Copy it from the proof of payment."))
    yield from _of_amount("amount", payment.amount)
    yield from _of_day("paid_on", payment.paid_on, today)
    if payment.heads < 1:
        yield Problem("heads", "heads_missing", N_("For how many workers was it paid? Enter 1 or more."))
    if payment.period.month_count > MOST_MONTHS:
        message = N_("A payment covers at most {most} months. Correct the year of the months.")
        yield Problem("last_month", "months_many", message, {"most": MOST_MONTHS})


def _of_amount(field: str, amount: int) -> Iterator[Problem]:
    if amount <= 0:
        message = N_("The amount must be more than nothing. Enter whole rupiah, for instance 389.239.200.")
        yield Problem(field, "amount_range", message)
    elif amount > LARGEST:
        yield Problem(field, "amount_range", N_("The amount is too long to be right. Count its zeros again."))


def _of_day(field: str, day: date, today: date) -> Iterator[Problem]:
    if day > today:
        message = N_("{day} has not come yet. Enter the day on the proof.")
        yield Problem(field, "day_future", message, {"day": Written(day, date_short)})
    elif day < Month(1992, 2).first_day:
        message = N_("{day} is too long ago. Correct the year.")
        yield Problem(field, "day_past", message, {"day": Written(day, date_short)})
