"""Checking a list: what its cells say as stored values, and everything wrong with them, before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from models.exchange.checked import CheckedList
from models.exchange.context import CheckContext as CheckContext
from models.exchange.mapping import ColumnMapping
from models.exchange.table import ListTable

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many; what it raises (a cancel) stops the check."""


def check_list(
    table: ListTable, mapping: ColumnMapping, context: CheckContext, progress: Progress | None = None
) -> CheckedList:
    """Reads every cell, asks every rule of every person, and looks at the list as a whole."""
    raise NotImplementedError


def recheck(
    checked: CheckedList, place: int, column: int, text: str, context: CheckContext | None = None
) -> CheckedList:
    """Mends one cell, in place, and asks again only what can change: the row, and rows that share its numbers.

    Give the `context` of this thread's register where the list was checked with another one.
    """
    raise NotImplementedError


def translate_word(checked: CheckedList, column: int, text: str, stored: str) -> CheckedList:
    """One answer for a word of the list: every cell of the column that says so now means the stored value (empty: it
    means nothing), and `CheckedList.mapping` remembers it."""
    raise NotImplementedError


def accept(checked: CheckedList, place: int, code: str, reason: str) -> None:
    """Keeps the reason for which a warning of a row is right; an empty reason takes it back."""
    raise NotImplementedError
