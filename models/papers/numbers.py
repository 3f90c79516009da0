"""Numbers of letters by the office's own pattern."""

from __future__ import annotations

import re
from datetime import date

from models.language import N_
from models.problems import Problem
from models.values.formats import roman_month

BLANKS = ("urut", "unit", "bulan", "bulan_romawi", "tahun")
_BLANK = re.compile(r"\{([^{}]*)\}")


def letter_number(pattern: str, sequence: int, unit: str, on: date) -> str:
    """Fills the pattern, for instance ``500.15.14.1/{urut}/{unit}/{bulan_romawi}/{tahun}``; empty stays empty."""
    values = {
        "urut": f"{sequence:03d}",
        "unit": unit,
        "bulan": f"{on.month:02d}",
        "bulan_romawi": roman_month(on.month),
        "tahun": str(on.year),
    }
    return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), pattern)


def problem_of_pattern(pattern: str) -> Problem | None:
    """What is wrong with a pattern: a blank nobody fills, or nothing that tells each letter from all others."""
    unknown = [name for name in _BLANK.findall(pattern) if name not in BLANKS]
    if unknown:
        return Problem(
            "letter_number",
            "letter_number_blank",
            N_("The letter number has an unknown blank {blank}. Possible are {possible}."),
            {"blank": "{" + unknown[0] + "}", "possible": ", ".join("{" + name + "}" for name in BLANKS)},
        )
    if pattern and "{urut}" not in pattern:
        return Problem(
            "letter_number",
            "letter_number_same",
            N_("Without {blank} every letter would get the same number. Add it to the pattern."),
            {"blank": "{urut}"},
        )
    if pattern and "{tahun}" not in pattern:
        return Problem(
            "letter_number",
            "letter_number_year",
            N_("Each year begins with 001, so without {blank} a number would be given again. Add it to the pattern."),
            {"blank": "{tahun}"},
        )
    return None
