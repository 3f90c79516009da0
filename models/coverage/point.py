"""The coverage of one area in one month: a number that can explain itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from models.people.worker import Segment
from models.values.months import Month


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people that somebody else published, with its date and source."""

    number: int
    counted_on: date
    source: str
    is_estimate: bool = False
    """Derived by the program (for instance by share of population), not published."""


@dataclass(frozen=True, slots=True)
class Target:
    """A promised coverage: percent of the eligible workers, by when, and who said so."""

    permyriad: int
    """Hundredths of a percent: 51,40 % is 5140."""
    due_on: date
    source: str
    id: int | None = None

    @property
    def share(self) -> Fraction:
        return Fraction(self.permyriad, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePoint:
    """Coverage of an area (and segment) at month t: (B + A(t) - A(d)) / E.

    B is the latest BPJS count at or before t, counted at month d; A(m) the distinct workers with an enrolment in
    month m; E the eligible workers. The difference keeps people whom BPJS already counts from being counted twice.
    Until a BPJS count exists, B = A(d) = 0.
    """

    area: str
    """Region code: district ``13.12``, kecamatan ``13.12.03`` or nagari ``13.12.03.2003``."""
    area_name: str
    month: Month
    segment: Segment | None
    """None: all segments together."""
    bpjs: Count | None
    active: int
    """A(t): distinct workers of the register with an enrolment in the month."""
    active_at_count: int
    """A(d): the same in the month of the BPJS count; 0 without one."""
    confirmed: int
    """Of A(t), those whose enrolment has a KPJ and a payment date."""
    eligible: Count | None

    @property
    def covered(self) -> int:
        """Numerator, never below zero."""
        return max(0, (self.bpjs.number if self.bpjs else 0) + self.active - self.active_at_count)

    @property
    def share(self) -> Fraction | None:
        """Covered by eligible; None where nobody has entered the eligible workers."""
        if self.eligible is None or self.eligible.number == 0:
            return None
        return Fraction(self.covered, self.eligible.number)

    def gap_to(self, target: Target) -> Fraction | None:
        """Share that is missing to the target (0 when reached); None without eligible workers."""
        share = self.share
        return None if share is None else max(Fraction(0), target.share - share)

    def people_to(self, target: Target) -> int | None:
        """How many more people the target needs (0 when reached); None without eligible workers."""
        if self.eligible is None:
            return None
        needed = -(-target.permyriad * self.eligible.number // 10_000)
        return max(0, needed - self.covered)


@dataclass(frozen=True, slots=True)
class SchemeCoverage:
    """Workers of the register protected by one scheme in a month; a worker in two schemes stands in both."""

    code: str
    name: str
    segment: Segment
    active: int
    confirmed: int
    contribution: int
    """Whole rupiah due for that month."""
