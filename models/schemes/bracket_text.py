"""A contribution table as it is pasted from a spreadsheet: a line for each bracket, with what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.language import N_
from models.problems import Problem
from models.schemes.pricing import Rate
from models.values.rupiah import parse_rupiah

FIELD = "brackets"
"""Name of the form's field."""
_BETWEEN = re.compile(r"\t|;|\|| {2,}")


@dataclass(frozen=True, slots=True)
class BracketLine:
    """One line that was pasted."""

    number: int
    """As counted in the text, from 1."""
    cells: tuple[str, ...]
    income_from: int = 0
    """Whole rupiah a month, as the two that follow."""
    base: int = 0
    amount: int = 0
    problem: Problem | None = None


def read_brackets(text: str) -> tuple[BracketLine, ...]:
    """The lines of a pasted table (income from, base, amount); empty ones and a head without digits are left out."""
    lines: list[BracketLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or (not lines and not any(sign.isdigit() for sign in bare)):
            continue
        read = _read(number, tuple(cell.strip() for cell in _BETWEEN.split(bare)))
        if read.problem is None and any(one.problem is None and one.income_from == read.income_from for one in lines):
            message = N_(
                "Line {line}: an earlier line begins at this income too. Each income belongs to one bracket."
            )
            problem = Problem(FIELD, "bracket_overlap", message, {"line": number})
            read = BracketLine(number, read.cells, read.income_from, read.base, read.amount, problem)
        lines.append(read)
    return tuple(lines)


def write_brackets(rates: Iterable[Rate]) -> str:
    """The other way: a table that is in force as text to be changed."""
    return "\n".join(f"{rate.income_from or 0}\t{rate.base or 0}\t{rate.amount or 0}" for rate in rates)


def _read(number: int, cells: tuple[str, ...]) -> BracketLine:
    if len(cells) != 3:
        message = N_("Line {line} has {count} columns. Three are needed: income from, base, contribution.")
        about: dict[str, object] = {"line": number, "count": len(cells)}
        return BracketLine(number, cells, problem=Problem(FIELD, "bracket_columns", message, about))
    values: list[int] = []
    for cell in cells:
        value = 0 if cell == "0" else parse_rupiah(cell)[0]
        if cell.startswith(("-", "(")):
            message = N_("Line {line}: {text} is less than nothing. Write the amount without a minus.")
        else:
            message = N_("Line {line}: {text} is no amount in whole rupiah. Correct it.")
        if value is None or value < 0 or cell.startswith(("-", "(")):
            about = {"line": number, "text": cell or "“”"}
            return BracketLine(number, cells, problem=Problem(FIELD, "bracket_amount", message, about))
        values.append(value)
    income_from, base, amount = values
    return BracketLine(number, cells, income_from, base, amount)
