"""A cell of a spreadsheet as it was read, before anybody knows what it means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What stands in a cell; ``""`` for nothing. A number is an `int` or `float` only where the spreadsheet kept a number:
a NIK that comes as one was typed into a number cell, and may have lost digits."""


def text_of(cell: Cell) -> str:
    """The cell as a person would read it: whole numbers without a decimal point, dates day first."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%d-%m-%Y}" if cell.time() == time() else f"{cell:%d-%m-%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)
