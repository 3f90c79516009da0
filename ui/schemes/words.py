"""Schemes, rates and reliefs as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from models.language import translate as _
from models.language import translate_count
from models.problems import Problem
from models.schemes.pricing import SHARE_UNIT, Rate, Relief
from models.schemes.rate_tables import RateVersion
from models.schemes.scheme import Scheme
from models.values.formats import NOTHING, decimal, month_short, number, roman_month
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah
from ui.people.price_text import price_notes, price_sources, span_text
from ui.schemes.reading import SchemeFigures
from ui.table import Column, Row


def scheme_columns(month: Month) -> list[Column]:
    """Heads for `scheme_row`; prices are those of `month`."""
    return [
        Column(_("Code")),
        Column(_("Scheme"), takes_room=True),
        Column(_("Segment")),
        Column(_("Programmes")),
        Column(_("Who pays")),
        Column(_("Public money")),
        Column(_("Months"), is_number=True),
        Column(_("One month, {month}").format(month=month_short(month)), is_number=True),
        Column(_("Enrolments"), is_number=True),
        Column(_("Committed"), is_number=True),
    ]


def scheme_row(figures: SchemeFigures) -> Row:
    """A scheme; the sources of its price stand in the tip."""
    scheme, price = figures.scheme, figures.price
    if isinstance(price, Problem):
        cost, why = NOTHING, price.text
    else:
        cost, why = format_rupiah(price.total), "\n".join(filter(None, (price_sources(price), price_notes(price))))
    return Row(
        (
            scheme.code,
            shown_name(scheme),
            str(scheme.segment),
            " + ".join(scheme.programmes),
            _(scheme.payer_kind.label),
            _("Yes") if scheme.is_public_money else _("No"),
            number(scheme.usual_months),
            cost,
            number(figures.enrolments),
            format_rupiah(figures.contribution),
        ),
        key=scheme.id,
        tips=("", "", _(scheme.segment.label), "", "", "", "", why),
        is_dim=scheme.closed_on is not None,
    )


def shown_name(scheme: Scheme) -> str:
    """Its name, and that it is closed."""
    return scheme.name if scheme.closed_on is None else _("{name} (closed)").format(name=scheme.name)


def scheme_sum(figures: Sequence[SchemeFigures]) -> str:
    """All schemes together, in a sentence that stands below the table however many rows that has."""
    heads, rupiah = sum(one.enrolments for one in figures), sum(one.contribution for one in figures)
    text = translate_count(
        "All {count} scheme together: {heads} enrolments, {amount} committed.",
        "All {count} schemes together: {heads} enrolments, {amount} committed.",
        len(figures),
    )
    return text.format(count=number(len(figures)), heads=number(heads), amount=format_rupiah(rupiah))


def rate_columns() -> list[Column]:
    """Heads for `rate_row`."""
    return [
        Column(_("Segment")),
        Column(_("Programme")),
        Column(_("For whom")),
        Column(_("Base"), is_number=True),
        Column(_("Rate"), is_number=True),
        Column(_("Valid")),
        Column(_("Source"), takes_room=True),
    ]


def rate_row(rate: Rate, version: RateVersion) -> Row:
    """A line of a contribution table; Enter begins a new version of the whole table."""
    if rate.income_from is not None:
        whom = _("income from {amount}").format(amount=format_rupiah(rate.income_from))
    elif rate.risk_class is not None:
        whom = _("risk class {class_}").format(class_=roman_month(rate.risk_class))
    else:
        whom = _("all")
    if rate.amount is not None:
        cost = format_rupiah(rate.amount)
    else:
        cost = _("{share} % of the wage").format(share=decimal(Fraction(rate.share or 0, SHARE_UNIT) * 100, 2))
    base = format_rupiah(rate.base) if rate.base is not None else NOTHING
    if rate.wage_cap is not None:
        base = _("wage up to {amount}").format(amount=format_rupiah(rate.wage_cap))
    valid = validity(rate.first, rate.last)
    return Row((str(rate.segment), str(rate.programme), whom, base, cost, valid, rate.source), key=version)


def relief_columns() -> list[Column]:
    """Heads for `relief_row`."""
    return [
        Column(_("Segment")),
        Column(_("Programme")),
        Column(_("Relief"), is_number=True),
        Column(_("Public money too")),
        Column(_("Valid")),
        Column(_("Source"), takes_room=True),
    ]


def relief_row(relief: Relief) -> Row:
    """A part of the contribution that is not paid in some months."""
    return Row(
        (
            str(relief.segment),
            str(relief.programme),
            f"{relief.percent_off} %",
            _("Yes") if relief.applies_to_public_money else _("No"),
            validity(relief.first, relief.last),
            relief.source,
        ),
        key=relief,
    )


def validity(first: Month, last: Month | None) -> str:
    """``Apr–Des 2026`` or ``sejak Jul 2015``."""
    if last is not None:
        return span_text(Period(first, last))
    return _("since {month}").format(month=month_short(first))
