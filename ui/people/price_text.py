"""What an enrolment costs, and how the sum came about, in a few lines."""

from __future__ import annotations

from itertools import groupby

from models.language import translate as _
from models.schemes.pricing import Price, WhyFull
from models.values.formats import month_long, month_short, number, period_text
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah


def price_lines(price: Price, period: Period) -> tuple[str, ...]:
    """The sum first (or that it changes inside the period), then each run of months that cost the same, its
    programmes, and the base."""
    total = format_rupiah(price.total)
    runs = _runs(price, period)
    lines = []
    if len(runs) == 1:
        lines.append(_times(price.monthly[0], period.month_count, total))
        lines.append(period_text(period))
    else:
        lines.append(price_change(price, period))
        lines += [f"{span_text(run)}: {_times(amount, run.month_count)}" for run, amount in runs]
    for run, amount in runs:
        parts = [f"{line.programme} {number(line.amount)}" for line in price.lines if line.period.overlaps(run)]
        lines.append(f"{number(amount)} = {' + '.join(parts)}")
    lines.append(_("Base {amount} a month").format(amount=format_rupiah(price.base)))
    return tuple(dict.fromkeys(lines))


def price_change(price: Price, period: Period) -> str:
    """That the contribution changes inside a period, and when; empty where it does not."""
    months = [month_long(run.first) for run, _amount in _runs(price, period)[1:]]
    text = _("The contribution changes in {months}: each month costs what is valid in it.")
    return text.format(months=", ".join(months)) if months else ""


def price_sources(price: Price) -> str:
    """The rules and tables that the amounts come from, one a line."""
    return "\n".join(dict.fromkeys(line.source for line in price.lines if line.source))


def price_notes(price: Price) -> str:
    """Why a relief takes nothing off in some of the months, one a line."""
    words = {
        WhyFull.PUBLIC: _("No relief, since public money pays: {source}."),
        WhyFull.ENDED: _("No relief after {last}, when the rule ended: {source}."),
        WhyFull.BEGINS: _("No relief before {first}, when the rule begins: {source}."),
    }
    lines = []
    for one in price.full:
        relief = one.relief
        shown = {"source": relief.source, "first": month_long(relief.first)}
        lines.append(words[one.why].format(last=month_long(relief.last) if relief.last else "", **shown))
    return "\n".join(dict.fromkeys(lines))


def _times(amount: int, months: int, total: str = "") -> str:
    words = {"amount": format_rupiah(amount), "count": months, "total": total}
    if total:
        return _("{amount} x {count} months = {total}").format(**words)
    return _("{amount} x {count} months").format(**words)


def _runs(price: Price, period: Period) -> list[tuple[Period, int]]:
    """Neighbouring months with the same price."""
    months = list(zip(period, price.monthly, strict=True))
    runs = []
    for amount, group in groupby(months, key=lambda pair: pair[1]):
        run = [month for month, _amount in group]
        runs.append((Period(run[0], run[-1]), amount))
    return runs


def span_text(period: Period) -> str:
    """``Agu–Okt 2025``, for narrow columns."""
    first, last = month_short(period.first), month_short(period.last)
    return first if period.first == period.last else f"{_without_year(period.first, period.last)}–{last}"


def _without_year(month: Month, beside: Month) -> str:
    text = month_short(month)
    return text.rpartition(" ")[0] if month.year == beside.year else text
