"""A sheet before anybody looked for a list in it: its rows as they stand, whatever kind of file it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.exchange.cells import Cell
from models.exchange.shape import Merged
from models.problems import Problem


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet's cells."""

    rows: Callable[[], Iterator[list[Cell]]]
    """From the first row of the sheet on, blank ones too; may be asked for more than once."""
    height: int
    """Rows; 0 where that is not known beforehand."""
    width: int
    first_column: int = 0
    """Of the sheet, from 0: where the rows begin."""
    merged: Sequence[Merged] = ()
    """Columns as in the rows."""


class RawFile(Protocol):
    """A file with sheets."""

    def names(self) -> list[tuple[str, bool]]:
        """The sheets that hold cells, and whether each is hidden."""

    def sheet(self, name: str) -> RawSheet:
        """Its cells."""

    def remarks(self, name: str) -> tuple[Problem, ...]:
        """What should be known of a sheet once it was read."""

    def error_cells(self, name: str) -> dict[tuple[int, int], str]:
        """Cells that show an error, as (row, column) of the sheet from 0."""
