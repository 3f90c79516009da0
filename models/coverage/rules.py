"""What keeps a published number or a target from being taken as typed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.language import N_
from models.problems import Problem

EARLIEST = date(1992, 2, 17)
"""Day of the first law on social security for workers (UU 3/1992): older counts are slips of the year."""
MOST_PEOPLE = 300_000_000
"""More is a slip of the keyboard in any district."""


def problems_of_count(
    area: str, number: int | None, counted_on: date | None, source: str, today: date, *, least: int
) -> tuple[Problem, ...]:
    """A number of people needs its area, its day and its source, for it stands on papers that are signed."""
    return tuple(_of_count(area, number, counted_on, source, today, least))


def problems_of_target(permyriad: int | None, due_on: date | None, source: str) -> tuple[Problem, ...]:
    """A target needs its percentage (`permyriad`: hundredths of a percent), its day and its source."""
    return tuple(_of_target(permyriad, due_on, source))


def _of_count(
    area: str, number: int | None, counted_on: date | None, source: str, today: date, least: int
) -> Iterator[Problem]:
    if not area:
        yield Problem("area", "area_missing", N_("For which area is the number? Choose the district or a kecamatan."))
    if number is None:
        yield Problem("number", "number_missing", N_("The number is empty. Enter how many people were counted."))
    elif not least <= number <= MOST_PEOPLE:
        message = N_("{number} people cannot be right. Enter the number as it stands in the source.")
        yield Problem("number", "number_range", message, {"number": number})
    if counted_on is None:
        message = N_("The day is empty. Enter the day the number stands for, for instance 31/12/2025.")
        yield Problem("counted_on", "counted_on_missing", message)
    elif counted_on > today:
        message = N_("This day has not come yet. Enter the day the number stands for.")
        yield Problem("counted_on", "counted_on_future", message)
    elif counted_on < EARLIEST:
        message = N_("There were no such numbers in {year} yet. Correct the year of the day.")
        yield Problem("counted_on", "counted_on_early", message, {"year": counted_on.year})
    if not source.strip():
        yield _no_source()


def _of_target(permyriad: int | None, due_on: date | None, source: str) -> Iterator[Problem]:
    if permyriad is None:
        yield Problem("permyriad", "percent_missing", N_("The percentage is empty. Enter it, for instance 51,40 %."))
    elif not 1 <= permyriad <= 10_000:
        message = N_("A target lies between 0,01 % and 100 %. Enter the percentage that was promised.")
        yield Problem("permyriad", "percent_range", message)
    if due_on is None:
        message = N_("The day is empty. Enter by when the target is to be reached, for instance 31/12/2026.")
        yield Problem("due_on", "due_on_missing", message)
    if not source.strip():
        yield _no_source()


def _no_source() -> Problem:
    message = N_("The source is empty. Enter who published the number and where, so that others can check it.")
    return Problem("source", "source_missing", message)
