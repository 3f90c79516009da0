"""Enrolling many at once: who can be, who cannot and why, and what it costs, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from models.problems import Problem
from models.values.months import Month, Period


@dataclass(frozen=True, slots=True)
class Refusal:
    """One worker who cannot be enrolled as asked."""

    worker: int
    name: str
    nagari: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentPreview:
    """What enrolling a list comes to."""

    asked: int
    """Different workers in the list."""
    able: tuple[int, ...]
    """Ids of those who can be enrolled, in the order of the list."""
    refused: tuple[Refusal, ...]
    """In the order of the list."""
    period: Period
    cost: int
    """Whole rupiah for all who can be enrolled."""
    prices: tuple[tuple[int, int], ...]
    """(whole rupiah a head for the period, number of heads), the commonest first: how the cost comes about."""
    fund_problem: Problem | None = None
    """Why the fund does not pay for it."""
    fits: int = 0
    """How many of the able, from the beginning of the list, the fund still pays for; all of them without a fund."""

    born_in: tuple[tuple[Month, int], ...] = ()
    """(month of birth, number of the able)."""

    def turning(self, age: int) -> int:
        """How many of the able complete so many years inside the period: it is their last enrolment."""
        return sum(count for born, count in self.born_in if born + 12 * age in self.period)

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """(code of the first problem, number of workers), the commonest first."""
        return tuple(Counter(refusal.problems[0].code for refusal in self.refused).most_common())


@dataclass(frozen=True, slots=True)
class EnrolledMany:
    """What was written."""

    save: int
    """Number of the transaction, by which all of it is taken back."""
    enrolments: tuple[int, ...]
    """Ids of the new enrolments."""
    cost: int
    refused: tuple[Refusal, ...]
    """Those of the list who were left out."""
