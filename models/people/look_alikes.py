"""Who may be the same person under another NIK, date or spelling: slips of typists, and how names are compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rapidfuzz import fuzz

from models.language import N_
from models.people.names import fold

CUT = 85.0
"""Names that score less are not the same name."""
CUT_WITH_CLOSE_NIK = 70.0
"""Enough where the NIK is one slip away; without any likeness it is a neighbour in the serial, born the same day."""
_SHORT = 5
"""Names of up to so many letters: one wrong letter weighs too much for a ratio."""

SAME_BIRTH_DATE = N_("same birth date, similar name")
CLOSE_BIRTH_DATE = N_("same nagari, similar name and birth date")
CLOSE_NIK = N_("NIK differs in one digit")


def nik_neighbours(nik: str) -> Iterator[str]:
    """Every NIK one wrong digit or one swapped pair of neighbours away."""
    for place, digit in enumerate(nik):
        for other in "0123456789":
            if other != digit:
                yield nik[:place] + other + nik[place + 1 :]
    for place in range(len(nik) - 1):
        if nik[place] != nik[place + 1]:
            yield nik[:place] + nik[place + 1] + nik[place] + nik[place + 2 :]


def date_slips(day: date) -> tuple[date, ...]:
    """Dates that a person plausibly typed instead: day and month swapped, one digit off, a neighbouring day or year."""
    slips: set[date] = set()

    def add(year: int, month: int, number: int) -> None:
        try:
            slips.add(date(year, month, number))
        except ValueError:
            return

    add(day.year, day.day, day.month)
    for step in (-1, 1):
        slips.add(day + timedelta(days=step))
    for step in (-10, 10, -2, 2, -3, 3):
        add(day.year, day.month, day.day + step)
    for step in (-1, 1, -2, 2, -10, 10):
        add(day.year, day.month + step, day.day)
    for step in (-1, 1, -2, 2, -3, 3, -9, 9, -10, 10, -20, 20):
        add(day.year + step, day.month, day.day)
    slips.discard(day)
    return tuple(sorted(slips))


class ComparedName:
    """A name made ready once to be compared with many."""

    def __init__(self, name: str) -> None:
        self.sorted = sorted_name(name)
        self.joined = self.sorted.replace(" ", "")
        self._plain = fold(name).replace(" ", "")

    def score(self, other_key: str) -> float:
        """How alike another folded name is, 0 to 100; words in any order, spaces moved or left out."""
        other_sorted = " ".join(sorted(other_key.split()))
        best = fuzz.ratio(self.sorted, other_sorted)
        if best < 100:
            other_plain = other_key.replace(" ", "")
            best = max(best, fuzz.ratio(self._plain, other_plain))
            if best < CUT and min(len(self._plain), len(other_plain)) <= _SHORT:
                best = max(best, _short_score(self._plain, other_plain))
        return best


def sorted_name(name: str) -> str:
    """The folded name with its words in alphabetical order."""
    return " ".join(sorted(fold(name).split()))


def _short_score(one: str, other: str) -> float:
    """Short names differ by at most one letter that is not the first."""
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1] or min(len(one), len(other)) < 3:
        return 0.0
    if len(one) == len(other):
        return CUT if sum(a != b for a, b in zip(one, other, strict=True)) <= 1 else 0.0
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return CUT if any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))) else 0.0
