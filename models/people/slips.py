"""Slips of typists in numbers and dates: which others a person may have meant, and how far two are apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Hamming

_EARLIEST = 1930
_LATEST = 2012
"""Years of birth that a slip may lead to: nobody of working age is born before or after."""


class DateLikeness(StrEnum):
    """The classes, the most alike first."""

    SAME = "same"
    SWAPPED = "swapped"
    """Day and month changed places."""
    DIGIT = "digit"
    """One digit differs, two neighbouring digits changed places, or the day or the year is the next."""
    PART = "part"
    """Two of day, month and year are the same."""
    OTHER = "other"
    UNKNOWN = "unknown"


def nik_neighbours(nik: str) -> Iterator[str]:
    """Every NIK one wrong digit or one swapped pair of neighbours away."""
    for place, digit in enumerate(nik):
        for other in "0123456789":
            if other != digit:
                yield nik[:place] + other + nik[place + 1 :]
    for place in range(len(nik) - 1):
        if nik[place] != nik[place + 1]:
            yield nik[:place] + nik[place + 1] + nik[place] + nik[place + 2 :]


def is_one_slip(one: str, other: str) -> bool:
    """Whether two numbers of the same length differ in one digit or in one swapped pair of neighbours."""
    return slip_place(one, other) is not None


def slip_place(one: str, other: str) -> int | None:
    """Where the one wrong digit or swapped pair begins; None where there is none, or more than one."""
    if len(one) != len(other) or Hamming.distance(one, other) > 2:
        return None
    places = [place for place, (digit, wrong) in enumerate(zip(one, other, strict=True)) if digit != wrong]
    if len(places) == 1:
        return places[0]
    if len(places) != 2:
        return None
    first, second = places
    is_swap = second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return first if is_swap else None


@lru_cache(maxsize=20_000)
def date_slips(day: date) -> tuple[date, ...]:
    """Dates that a person plausibly typed instead, some forty: all that `date_likeness` calls SWAPPED or DIGIT."""
    slips: set[date] = set()

    def add(year: int, month: int, number: int) -> None:
        if _EARLIEST <= year <= _LATEST:
            try:
                slips.add(date(year, month, number))
            except ValueError:
                return

    add(day.year, day.day, day.month)
    for step in (-1, 1):
        slips.add(date.fromordinal(day.toordinal() + step))
        add(day.year + step, day.month, day.day)
    written = f"{day:%d%m%Y}"
    for text in nik_neighbours(written):
        add(int(text[4:]), int(text[2:4]), int(text[:2]))
    slips.discard(day)
    return tuple(sorted(slips))


def date_likeness(one: date | None, other: date | None) -> DateLikeness:
    """The first class that fits; the same whichever of the two comes first."""
    if one is None or other is None:
        return DateLikeness.UNKNOWN
    if one == other:
        return DateLikeness.SAME
    if one.year == other.year and one.day == other.month and one.month == other.day:
        return DateLikeness.SWAPPED
    if _is_next(one, other) or is_one_slip(f"{one:%d%m%Y}", f"{other:%d%m%Y}"):
        return DateLikeness.DIGIT
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return DateLikeness.PART if same == 2 else DateLikeness.OTHER


def _is_next(one: date, other: date) -> bool:
    if abs(one.toordinal() - other.toordinal()) == 1:
        return True
    return abs(one.year - other.year) == 1 and (one.day, one.month) == (other.day, other.month)
