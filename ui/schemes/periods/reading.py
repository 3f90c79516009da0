"""The calendar of ends, read in the background."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.storage.periods import Ending
from models.values.months import Month, Period

if TYPE_CHECKING:
    from models.register import Register

MONTHS = 12
"""So many months the calendar has, the present one included."""


@dataclass(frozen=True, slots=True)
class EndingLine:
    """A row of the calendar with the names of its scheme and fund."""

    ending: Ending
    scheme: str
    """Code and name."""
    fund: str
    """Empty where the enrolments rest on none."""


def read_calendar(register: Register, first: Month) -> tuple[EndingLine, ...]:
    """Who ends in the twelve months from `first`, the earliest first."""
    with register.twin(read_only=True) as twin:
        schemes = {scheme.id: f"{scheme.code} {scheme.name}" for scheme in twin.schemes.all()}
        funds = {fund.id: fund.name for fund in twin.funds.all()}
        return tuple(
            EndingLine(ending, schemes[ending.scheme], funds.get(ending.fund, ""))
            for ending in twin.periods.ending(Period.starting(first, MONTHS))
        )


def read_people(register: Register, ending: Ending, only_dropping: bool) -> array[int]:
    """Ids of the workers behind a row."""
    with register.twin(read_only=True) as twin:
        return array("q", twin.periods.who_ends(ending, only_dropping=only_dropping))
