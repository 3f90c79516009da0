"""A list after every check: what it says of each person, and all that is wrong with it. Nothing is written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.exchange.context import CheckContext
from models.exchange.mapping import ColumnMapping
from models.exchange.table import ListTable
from models.problems import Level, Problem

if TYPE_CHECKING:
    from models.exchange.reading_cells import Readers


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in one row."""

    place: int
    """Of the person in `ListTable.rows`."""
    column: int | None
    """Of the cell that is wrong; None where it is the row as a whole."""
    problem: Problem
    """What, why and what to do; its `code` is the kind by which findings are counted."""
    proposals: tuple[str, ...] = ()
    """Texts that the cell might hold instead, the likeliest first; offered, never put in without a person."""

    @property
    def is_error(self) -> bool:
        """The row cannot be taken in as it is; a warning may be, with a reason."""
        return self.problem.level is Level.ERROR

    @property
    def is_gap(self) -> bool:
        """An empty cell where something has to be: no matter for a person whom the register knows already."""
        return self.problem.code.endswith("_missing")


@dataclass(slots=True)
class CheckedList:
    """The people of a list as stored values, column by column, with the findings."""

    table: ListTable
    mapping: ColumnMapping
    fields: Mapping[int, str]
    """Column -> field, for the columns that mean something."""
    values: dict[str, list[str | int | None]]
    """Field -> its stored value for each place, in the form of `worker_rows.row_of`: ISO dates, codes, E.164, whole
    rupiah; ``""`` or None where the cell is empty or cannot be read. Only fields that the list has, and those that
    follow from them (sex and birth date of a NIK are no such: they are only compared)."""
    findings: list[Finding]
    stops: tuple[Problem, ...] = ()
    """What keeps the whole list out: a column that is mostly wrong, NIK cut by a spreadsheet, no NIK at all."""
    reasons: dict[int, dict[str, str]] = field(default_factory=dict)
    """Place -> (code of a warning -> reason given for it)."""
    doubts: tuple[Problem, ...] = ()
    """What somebody should know of the list as a whole, without keeping it out: its sum does not add up, no column
    has what a registration needs."""
    absent: frozenset[str] = frozenset()
    """Required fields that the list has no column and no constant for: nobody new can be registered without them."""
    noted: Counter[str] = field(default_factory=Counter)
    """What was put right on the way, by kind (see `mistakes.NOTES`): zeros of phone numbers, titles apart."""
    context: CheckContext | None = field(default=None, repr=False)
    """With which it was checked; cells are mended with the same."""
    month_first: frozenset[int] = frozenset()
    """Columns whose dates are read month first."""
    readers: Readers | None = field(default=None, repr=False, compare=False)
    """What read its cells; made anew where the context or a translation changes."""

    def __len__(self) -> int:
        """How many people."""
        return len(self.table)

    def counts(self) -> Counter[str]:
        """Findings by kind."""
        return Counter(finding.problem.code for finding in self.findings)

    def blocked(self) -> frozenset[int]:
        """Places with an error, or with a warning without a reason."""
        return frozenset(
            finding.place
            for finding in self.findings
            if finding.is_error or not self.reasons.get(finding.place, {}).get(finding.problem.code, "").strip()
        )
