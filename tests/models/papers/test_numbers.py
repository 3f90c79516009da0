"""Letter numbers by the office's pattern: no two letters ever carry the same one."""

from __future__ import annotations

from datetime import date

import pytest

from models.offices.office import OfficeSettings
from models.papers.numbers import letter_number, problem_of_pattern


def test_the_blanks_of_a_pattern_are_filled() -> None:
    on = date(2026, 11, 22)
    assert letter_number("500/{urut}/{unit}/{bulan_romawi}/{tahun}", 7, "Disnaker", on) == "500/007/Disnaker/XI/2026"
    assert letter_number("{urut}.{bulan}.{tahun}", 1234, "", on) == "1234.11.2026"
    assert letter_number("", 7, "Disnaker", on) == ""


@pytest.mark.parametrize("pattern", ["", OfficeSettings().letter_number, "{urut}/{tahun}"])
def test_a_pattern_with_running_number_and_year_is_good(pattern: str) -> None:
    assert problem_of_pattern(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{nomor}/{tahun}", "letter_number_blank"),
        ("500/{tahun}", "letter_number_same"),
        ("{urut}/Disnaker", "letter_number_year"),
    ],
)
def test_a_pattern_that_would_give_a_number_twice_is_refused(pattern: str, code: str) -> None:
    problem = problem_of_pattern(pattern)
    assert problem is not None
    assert problem.code == code
    assert problem.text.endswith(".")
