"""A month and a period of months, each as one comparable value."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import overload


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Stored as `index`, so that a range test is one comparison of integers."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")
        if not 1900 <= self.year <= 2999:
            raise ValueError(f"no year {self.year}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> Month:
        """The month of a stored `index`."""
        return cls(index // 12, index % 12 + 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Reads ``2026-03``; raises ValueError for anything else."""
        year, separator, month = text.partition("-")
        digits = year + month
        if not (separator and len(year) == 4 and len(month) == 2 and digits.isascii() and digits.isdigit()):
            raise ValueError(f"not a month (YYYY-MM): {text!r}")
        return cls(int(year), int(month))

    @property
    def index(self) -> int:
        """Months since the year 0."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __add__(self, months: int) -> Month:
        return Month.from_index(self.index + months)

    @overload
    def __sub__(self, other: Month) -> int: ...
    @overload
    def __sub__(self, other: int) -> Month: ...
    def __sub__(self, other: Month | int) -> int | Month:
        return self.index - other.index if isinstance(other, Month) else Month.from_index(self.index - other)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months from the first to the last, both included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"period ends in {self.last}, before it starts in {self.first}")

    @classmethod
    def starting(cls, first: Month, month_count: int) -> Period:
        """The period of `month_count` months (1 or more) from `first`."""
        return cls(first, first + (month_count - 1))

    @property
    def month_count(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __iter__(self) -> Iterator[Month]:
        return (self.first + offset for offset in range(self.month_count))

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last
