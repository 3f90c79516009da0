"""Workbooks that we write: text stays text, nothing in them is ever a formula, and they appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from models.exchange.list_file import Progress

OutCell = str | int | date | None
"""What may be written; None and ``""`` leave the cell empty."""


class Form(StrEnum):
    """How a column is written, whatever its values look like."""

    TEXT = "text"
    """As text, to the letter: NIK, KK, phone, codes, names."""
    DATE = "date"
    """A `date` as a real date; a text as text."""
    MONEY = "money"
    """Whole rupiah, with points between thousands."""
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    heading: str
    form: Form = Form.TEXT
    width: float | None = None
    """Characters; None: as wide as what stands in its first rows."""


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet: its headings are frozen and can be filtered."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[OutCell]]
    titles: Sequence[str] = ()
    """Lines above the headings; one empty row follows them."""


def write_rows(path: Path, sheets: Sequence[SheetOut], progress: Progress | None = None) -> None:
    """Writes the workbook beside `path` and gives it its name when it is whole. Raises StorageFailure."""
    raise NotImplementedError
