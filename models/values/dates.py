"""Dates and months as people type them: 17081985, 17-8-1985, 17/8/85, 17 agu 1985, 1985-08-17; 3/2026, mar 2026."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date

from models.language import N_
from models.problems import Problem
from models.values.digits import is_digits
from models.values.formats import Written, month_name
from models.values.months import Month
from models.values.parsed import Parsed

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years that can be stored."""

_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_BETWEEN = frozenset(" \t\r\n.,/-\u2010\u2011\u2013\u2014\u00a0\u202f'\u2019")
_MIDNIGHT = re.compile(r"[ T]00[:.]00(?:[:.]00(?:\.0+)?)?Z?$")
_MONTH_NAMES = (
    ("januari", "january"), ("februari", "pebruari", "february"), ("maret", "march"), ("april",),
    ("mei", "may"), ("juni", "june"), ("juli", "july"), ("agustus", "august", "augustus", "ags", "agt", "agst"),
    ("september",), ("oktober", "october"), ("november", "nopember"), ("desember", "december"),
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_date(text: str, today: date, *, field: str = "born_on", years_ahead: int = 0) -> Parsed[date]:
    """Reads a date, day first. A two-digit year means the latest one not later than today plus `years_ahead`.

    0 years ahead fits a birth date (age 0 to 99); give 50 for dates that may lie in the future. Whether a date may
    lie in the future at all is not judged here.
    """
    parts = _parts_of(_MIDNIGHT.sub("", text.strip()))
    if parts is None:
        return None, (_unreadable_date(field),)
    if not parts:
        return None, ()
    ordered = _in_order(parts)
    if ordered is None:
        return None, (_unreadable_date(field),)
    day_text, month_text, year_text = ordered
    month = month_number(month_text)
    if month is None or len(day_text) > 2:
        return None, (_unreadable_date(field),)
    day = int(day_text)
    problem = _problem_with_day(day, month, field)
    if problem:
        return None, (problem,)
    year = _full_year(year_text, month, day, today, years_ahead)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        message = N_("The year {year} cannot be right. Write it with four digits, for instance 1985.")
        return None, (Problem(field, "date_year", message, {"year": year_text}),)
    if (month, day) == (2, 29) and not isleap(year):
        message = N_("There is no 29 February in {year}, it was not a leap year. Check day and year.")
        return None, (Problem(field, "date_impossible", message, {"year": year}),)
    return date(year, month, day), ()


def parse_month(text: str, today: date, *, field: str = "month", years_ahead: int = 50) -> Parsed[Month]:
    """Reads a month: 2026-03, 3/2026, 032026, 0326, mar 2026, Maret 2026; two-digit years as in `parse_date`."""
    parts = _parts_of(text.strip())
    if parts is None:
        return None, (_unreadable_month(field),)
    if not parts:
        return None, ()
    if len(parts) == 1:
        parts = _split_month(parts[0])
    if len(parts) != 2:
        return None, (_unreadable_month(field),)
    month_text, year_text = reversed(parts) if len(parts[0]) == 4 and is_digits(parts[0]) else parts
    month = month_number(month_text)
    if month is None or not is_digits(year_text):
        return None, (_unreadable_month(field),)
    if not 1 <= month <= 12:
        return None, (_no_such_month(month, field, "month_impossible"),)
    year = _full_year(year_text, month, 1, today, years_ahead)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        message = N_("The year {year} cannot be right. Write it with four digits, for instance 2026.")
        return None, (Problem(field, "month_year", message, {"year": year_text}),)
    return Month(year, month), ()


def year_within_century(two_digits: int, month: int, day: int, latest: date) -> int:
    """The year ending in `two_digits` whose `day` and `month` lie in the hundred years up to `latest`, included."""
    year = latest.year - (latest.year - two_digits) % 100
    return year - 100 if (year, month, day) > (latest.year, latest.month, latest.day) else year


def age_on(born_on: date, day: date) -> int:
    """Completed years; who is born on 29 February completes one on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def month_number(text: str) -> int | None:
    """The month meant by a name, its beginning (3 letters on) or a numeral; an Arabic one may be no month at all."""
    if is_digits(text):
        return int(text) if len(text) <= 2 else None
    word = text.lower()
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    if len(word) >= 3:
        for index, names in enumerate(_MONTH_NAMES):
            if any(name.startswith(word) for name in names):
                return index + 1
    return None


def _parts_of(text: str) -> list[str] | None:
    """Runs of digits and of letters; None when something stands between them that separates no date."""
    if any(c not in _BETWEEN for c in _PART.sub("", text)):
        return None
    return _PART.findall(text)


def _in_order(parts: list[str]) -> tuple[str, str, str] | None:
    """Day, month, year as typed."""
    if len(parts) == 1 and is_digits(parts[0]):
        return _split_date(parts[0])
    if len(parts) != 3:
        return None
    first, second, third = parts
    if is_digits(first) and len(first) == 4 and is_digits(third):
        return third, second, first
    if not is_digits(first):
        first, second = second, first
    return (first, second, third) if is_digits(first) and is_digits(third) else None


def _split_date(digits: str) -> tuple[str, str, str] | None:
    """ddmmyyyy or ddmmyy; yyyymmdd only where the other reading gives no year that can be stored, so never both."""
    if len(digits) == 6:
        return digits[:2], digits[2:4], digits[4:]
    if len(digits) == 8:
        if int(digits[4:]) < FIRST_YEAR <= int(digits[:4]) <= LAST_YEAR and 1 <= int(digits[4:6]) <= 12:
            return digits[6:], digits[4:6], digits[:4]
        return digits[:2], digits[2:4], digits[4:]
    return None


def _split_month(digits: str) -> list[str]:
    """mmyyyy, myyyy or mmyy; yyyymm where the first four can be a year, so never both; empty when none of these."""
    if not is_digits(digits) or not 4 <= len(digits) <= 6 or (len(digits) == 4 and digits[:2] in ("19", "20")):
        return []
    if len(digits) == 6 and int(digits[:4]) >= FIRST_YEAR:
        return [digits[4:], digits[:4]]
    cut = 1 if len(digits) == 5 else 2
    return [digits[:cut], digits[cut:]]


def _full_year(text: str, month: int, day: int, today: date, years_ahead: int) -> int | None:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        return None
    year = today.year + years_ahead
    if (today.month, today.day) == (2, 29) and not isleap(year):
        return year_within_century(int(text), month, day, date(year, 2, 28))
    return year_within_century(int(text), month, day, today.replace(year=year))


def _problem_with_day(day: int, month: int, field: str) -> Problem | None:
    if not 1 <= month <= 12:
        if 1 <= day <= 12 < month <= 31:
            message = N_("There is no month {month}. Write the day first, then the month: {month}-{day}.")
            return Problem(field, "date_impossible", message, {"month": month, "day": day})
        return _no_such_month(month, field)
    if not 1 <= day <= 31:
        message = N_("There is no day {day} in any month. Check the day.")
        return Problem(field, "date_impossible", message, {"day": day})
    if day > _LONGEST_MONTH[month - 1]:
        message = N_("There is no {day} {month}. Check day and month.")
        return Problem(field, "date_impossible", message, {"day": day, "month": Written(month, month_name)})
    return None


def _no_such_month(month: int, field: str, code: str = "date_impossible") -> Problem:
    return Problem(field, code, N_("There is no month {month}, only 1 to 12."), {"month": month})


def _unreadable_date(field: str) -> Problem:
    message = N_(
        "This is not a date the program can read. Write day, month, year, for instance 17-8-1985 or 17081985."
    )
    return Problem(field, "date_unreadable", message)


def _unreadable_month(field: str) -> Problem:
    message = N_("This is not a month the program can read. Write month and year, for instance 3/2026 or Mar 2026.")
    return Problem(field, "month_unreadable", message)
