"""What stands on a fund: the enrolments it pays for, those it no longer pays for, and what is not used yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.values.months import Period


@dataclass(frozen=True, slots=True)
class Commitment:
    """Enrolments of the same months at the same price: heads x months x rate."""

    period: Period
    heads: int
    monthly: tuple[int, ...]
    """Whole rupiah of one head in each month of the period."""

    @property
    def each(self) -> int:
        """Whole rupiah of one head for all its months."""
        return sum(self.monthly)

    @property
    def rupiah(self) -> int:
        return self.heads * self.each

    @property
    def even_monthly(self) -> int | None:
        """Whole rupiah a month where every month costs the same, otherwise None."""
        return self.monthly[0] if len(set(self.monthly)) == 1 else None


@dataclass(frozen=True, slots=True)
class UnpaidLine:
    """One enrolment that the money received no longer pays for."""

    enrolment: int
    worker: int
    name: str
    nagari: str
    """Code of the region."""
    period: Period
    contribution: int
    """Whole rupiah."""
    registered_on: date


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What no longer fits: as many enrolments, from the last registered on, as cost what is missing."""

    missing: int
    """Whole rupiah by which the commitments exceed what came in."""
    enrolments: int
    heads: int
    months: int
    """Months of all of them together."""
    rupiah: int
    """Their contributions; what is missing, or a little more."""
    lines: tuple[UnpaidLine, ...]
    """The last registered first; only the beginning of a long list."""
    ids: tuple[int, ...] = ()
    """Of all these enrolments, the last registered first."""


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Rejected enrolments whose place nobody has taken yet."""

    scheme: int
    fund: int | None
    """None: enrolled without a fund."""
    number: int
