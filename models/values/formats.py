"""Numbers, dates and months as Indonesia writes them, whatever the computer's locale says.

The marks are always Indonesian (`1.234`, `33,51 %`, day first); only names of months follow the language in use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from models.language import N_, translate
from models.values.months import Month, Period

NO_BREAK_SPACE = "\u00a0"
NOTHING = "–"
"""Stands where a figure cannot be given."""

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number(value: int) -> str:
    """1234 -> ``1.234``"""
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction | int, digits: int) -> str:
    """Fraction(2469, 2) -> ``1.234,5`` with exactly `digits` decimals, halves rounded away from zero."""
    scale = 10**digits
    rounded = (abs(value) * scale * 2 + 1) // 2
    whole, rest = divmod(int(rounded), scale)
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{number(whole)},{rest:0{digits}d}" if digits else f"{sign}{number(whole)}"


def percent(share: Fraction | None, digits: int = 2) -> str:
    """Fraction(3351, 10000) -> ``33,51 %`` (no-break space), halves rounded up; a dash when there is no share."""
    return NOTHING if share is None else f"{decimal(share * 100, digits)}{NO_BREAK_SPACE}%"


def month_name(month: int) -> str:
    """8 -> ``Agustus``"""
    return translate(_MONTHS[month - 1])


def date_long(day: date) -> str:
    """``4 Agustus 2025``"""
    return f"{day.day} {month_name(day.month)} {day.year}"


def date_short(day: date) -> str:
    """``04/08/2025``"""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def month_long(month: Month) -> str:
    """``Agustus 2025``"""
    return f"{month_name(month.month)} {month.year}"


def month_short(month: Month) -> str:
    """``Agu 2025``, for axes and narrow columns."""
    return f"{month_name(month.month)[:3]} {month.year}"


def period_text(period: Period) -> str:
    """``Agustus s.d. Oktober 2025``; the year stands once when it is the same, the month when there is only one."""
    first, last = period.first, period.last
    if first == last:
        return month_long(first)
    start = month_name(first.month) if first.year == last.year else month_long(first)
    return translate(N_("{first} to {last}")).format(first=start, last=month_long(last))


def roman_month(month: int) -> str:
    """8 -> ``VIII``, for letter numbers."""
    return _ROMAN[month - 1]


@dataclass(frozen=True, slots=True)
class Written:
    """A value inside a problem's sentence, put into words when the sentence is read, in the language of that time."""

    value: Any
    how: Callable[[Any], str]

    def __str__(self) -> str:
        return self.how(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
