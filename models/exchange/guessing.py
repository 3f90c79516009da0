"""Which column holds which field, guessed from headings and cells, with why and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.exchange.context import CheckContext
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.table import ListTable
from models.problems import Problem


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column seems to hold."""

    column: int
    heading: str
    field: str
    """Name of the field; empty where the column seems to mean nothing to the register."""
    score: float
    """How sure, 0 to 1; below `SURE` a person should look."""
    why: Problem
    """One sentence (its level says nothing): the heading, the cells, a remembered kind of list."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.score >= SURE


SURE = 0.7


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns of a table seem to hold."""

    columns: tuple[ColumnGuess, ...]
    """One for each column of the table."""
    mapping: ColumnMapping
    """The same as a mapping, with the translations of the remembered kind of list that fitted."""
    remembered: ColumnMapping | None = None
    """The known kind of list whose headings fitted."""
    problems: tuple[Problem, ...] = field(default=())
    """Columns whose cells contradict their heading, as swapped or shifted ones do; a column without people."""


def guess(
    table: ListTable,
    known: Sequence[ColumnMapping] = (),
    *,
    purpose: Purpose = Purpose.WORKERS,
    context: CheckContext | None = None,
) -> Guess:
    """Guesses every column, best overall and each field once; a known mapping whose headings fit goes first.

    With `context` names of nagari, kecamatan and occupations are recognised as well.
    """
    raise NotImplementedError
