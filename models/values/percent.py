"""Percentages as people type them, kept as whole hundredths of a percent."""

from __future__ import annotations

import re
from fractions import Fraction

from models.language import N_
from models.problems import Problem
from models.values.formats import percent
from models.values.parsed import Parsed

_TYPED = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))?\s*(?:%|persen|percent)?", re.IGNORECASE)


def parse_percent(text: str, *, field: str = "permyriad") -> Parsed[int]:
    """Reads ``51,4``, ``51,40 %``, ``51.4`` or ``51 persen`` as 5140; at most two decimals, 0 to 100."""
    bare = text.strip()
    if not bare:
        return None, ()
    match = _TYPED.fullmatch(bare)
    if match is None:
        message = N_("This is not a percentage the program can read. Write it with at most two decimals: 51,40 %.")
        return None, (Problem(field, "percent_unreadable", message),)
    permyriad = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
    if permyriad > 10_000:
        message = N_("{text} is more than 100 %. Check the comma.")
        return None, (Problem(field, "percent_too_large", message, {"text": bare}),)
    return permyriad, ()


def format_permyriad(permyriad: int) -> str:
    """5140 -> ``51,40 %`` with a no-break space."""
    return percent(Fraction(permyriad, 10_000))
