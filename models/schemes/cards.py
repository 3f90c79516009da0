"""The answer of BPJS as it is pasted from a spreadsheet: who, card number, perhaps the day of the first payment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from models.language import N_
from models.people.kpj import parse_kpj
from models.people.names import fold
from models.problems import Problem
from models.values.dates import parse_date
from models.values.digits import is_digits, strip_separators

_CELLS = re.compile(r"\t|;| {2,}")
_NIK = 16


@dataclass(frozen=True, slots=True)
class CardRow:
    """One pasted line."""

    line: int
    """Counted from 1, empty lines too, as the spreadsheet does."""
    who: str
    """As it was pasted."""
    kpj: str
    paid_on: date | None
    problem: Problem | None = None

    @property
    def nik(self) -> str:
        """The NIK where one was pasted, otherwise empty."""
        bare = strip_separators(self.who)
        return bare if len(bare) == _NIK and is_digits(bare) else ""

    @property
    def name_key(self) -> str:
        """The name as it is compared; empty where a NIK was pasted."""
        return "" if self.nik else fold(self.who)


def parse_cards(text: str, paid_on: date | None, today: date) -> tuple[CardRow, ...]:
    """Reads pasted lines; `paid_on` counts where a line has no day of its own. A head line is left out.

    A second line for the same person, or with the same card, is a problem of that line.
    """
    rows: list[CardRow] = []
    people: dict[str, int] = {}
    cards: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = _row(number, line, paid_on, today)
        if not rows and row.problem is not None and not any(letter.isdigit() for letter in line):
            continue  # the heads of the columns
        key = row.nik or row.name_key
        if row.problem is None and key in people:
            message = N_("The same person stands in line {line} already. Leave one of the two.")
            row = _with(row, Problem("cards", "person_twice", message, {"line": people[key]}))
        elif row.problem is None and row.kpj in cards:
            message = N_("The same KPJ stands in line {line} already. A card belongs to one person.")
            row = _with(row, Problem("cards", "card_twice", message, {"line": cards[row.kpj]}))
        people.setdefault(key, number)
        cards.setdefault(row.kpj, number)
        rows.append(row)
    return tuple(rows)


def _row(number: int, line: str, paid_on: date | None, today: date) -> CardRow:
    cells = [cell.strip() for cell in _CELLS.split(line.strip())]
    if len(cells) == 1:
        who, _blank, kpj = cells[0].rpartition(" ")
        cells = [who.strip(), kpj]
    if not cells[0] or not cells[1:] or not cells[1]:
        message = N_("Two columns are needed: NIK or name, then the KPJ. Copy both columns from the spreadsheet.")
        return CardRow(number, cells[0] or cells[-1], "", paid_on, Problem("cards", "columns_missing", message))
    kpj, problems = parse_kpj(cells[1])
    if len(cells) > 2 and cells[2]:
        paid_on, of_day = parse_date(cells[2], today, field="paid_on")
        problems = (*problems, *of_day)
    return CardRow(number, cells[0], kpj or cells[1], paid_on, problems[0] if problems else None)


def _with(row: CardRow, problem: Problem) -> CardRow:
    return CardRow(row.line, row.who, row.kpj, row.paid_on, problem)
