"""Columns of long numbers that are in order to the last cell, known at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.exchange.cells import Cell
from models.exchange.values import Stored

_MOBILE = re.compile(r"08[0-9]{8,11}")
_MOBILES = re.compile(r"(?:08[0-9]{8,11}\n)++")


def odd_numbers(cells: Sequence[Cell]) -> list[int]:
    """Places of cells that are not simply 16 digits."""
    if set(map(type, cells)) == {str}:
        joined = "".join(cells)  # type: ignore[arg-type]
        if joined.isascii() and joined.isdigit() and set(map(len, cells)) == {16}:  # type: ignore[arg-type]
            return []
    return [
        place
        for place, cell in enumerate(cells)
        if cell.__class__ is not str or len(cell) != 16 or not cell.isdigit() or not cell.isascii()
    ]


def quick_phones(cells: Sequence[Cell]) -> tuple[list[Stored], list[int]]:
    """Mobile numbers as people write them; whatever else there is has to be read."""
    if set(map(type, cells)) == {str}:
        lines = "\n".join(cells) + "\n"  # type: ignore[arg-type]
        if _MOBILES.fullmatch(lines):
            return [*("\n" + lines[:-1]).replace("\n0", "\n+62").split("\n")[1:]], []
    fits = _MOBILE.fullmatch
    odd = [place for place, cell in enumerate(cells) if cell.__class__ is not str or not fits(cell)]
    return ["+62" + cell[1:] if cell.__class__ is str else "" for cell in cells], odd
