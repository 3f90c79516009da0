"""Percentages as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.percent import format_permyriad, parse_percent


@pytest.mark.parametrize(
    ("text", "permyriad"),
    [
        ("51,4", 5140), ("51,40 %", 5140), ("51.4", 5140), ("51,40\u00a0%", 5140), ("51%", 5100),
        (" 33,51 persen ", 3351), ("0,01", 1), ("100", 10_000), ("0", 0), ("7,05 %", 705),
    ],
)  # fmt: skip
def test_the_usual_ways_are_read(text: str, permyriad: int) -> None:
    assert parse_percent(text) == (permyriad, ())


@pytest.mark.parametrize("text", ["51,405", "5,1,4", "lima", "-5", "51,4 % lagi", "5.140,00", "%"])
def test_what_is_not_clear_is_not_read(text: str) -> None:
    value, problems = parse_percent(text)
    assert (value, [problem.code for problem in problems]) == (None, ["percent_unreadable"])


def test_more_than_everybody_is_a_slip_of_the_comma() -> None:
    value, problems = parse_percent("5140")
    assert (value, [problem.code for problem in problems]) == (None, ["percent_too_large"])
    assert "5140" in problems[0].text


def test_nothing_is_nothing() -> None:
    assert parse_percent("  ") == (None, ())


@given(st.integers(0, 10_000))
def test_what_is_written_can_be_read_again(permyriad: int) -> None:
    assert parse_percent(format_permyriad(permyriad)) == (permyriad, ())


@given(st.text(max_size=12))
def test_no_text_raises(text: str) -> None:
    value, problems = parse_percent(text)
    assert value is None or 0 <= value <= 10_000
    assert not (value is not None and problems)
