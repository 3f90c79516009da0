"""A pasted contribution table: what is understood, and which line is wrong in which way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.register import Register
from models.schemes.bracket_text import read_brackets, write_brackets


def test_a_table_of_a_spreadsheet_is_read_without_its_head() -> None:
    lines = read_brackets("Penghasilan\tDasar\tIuran\n\nRp0\tRp1.000.000\tRp10.000\n1100000; 1,2 jt ; 12.000\n")
    assert [(line.number, line.income_from, line.base, line.amount, line.problem) for line in lines] == [
        (3, 0, 1_000_000, 10_000, None), (4, 1_100_000, 1_200_000, 12_000, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0\t1000000", "bracket_columns"),
        ("0\t1000000\t10000\t1", "bracket_columns"),
        ("0\t1000000\tsepuluh ribu", "bracket_amount"),
        ("0\t1000000\t-10000", "bracket_amount"),
        ("0\t\t10000", "bracket_amount"),
    ],
)
def test_a_bad_line_is_named(text: str, code: str) -> None:
    (line,) = read_brackets(text)
    assert line.problem is not None
    assert line.problem.code == code
    assert line.problem.params["line"] == 1


def test_the_second_line_with_the_same_income_is_named() -> None:
    first, second = read_brackets("0\t1000000\t10000\n0\t1200000\t12000")
    assert first.problem is None
    assert second.problem is not None
    assert second.problem.code == "bracket_overlap"


def test_the_present_table_comes_back_as_it_is(register: Register) -> None:
    for version in register.dated_rates.versions():
        if version.brackets[0].amount is not None:
            lines = read_brackets(write_brackets(version.brackets))
            assert [(line.income_from, line.base, line.amount, line.problem) for line in lines] == [
                (rate.income_from, rate.base, rate.amount, None) for rate in version.brackets
            ]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for line in read_brackets(text):
        assert line.problem is not None or min(line.income_from, line.base, line.amount) >= 0
