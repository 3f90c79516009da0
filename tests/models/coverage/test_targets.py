"""The gap is reckoned to the promise that comes next."""

from __future__ import annotations

from datetime import date

from models.coverage.point import Target
from models.coverage.targets import next_first
from models.values.months import Month

PASSED = Target(3500, date(2024, 12, 31), "RKPD 2024")
NEXT = Target(5140, date(2025, 12, 31), "Bupati")
FAR = Target(9950, date(2045, 12, 31), "RPJPN")


def test_the_next_target_comes_first_and_passed_ones_last() -> None:
    assert next_first([FAR, PASSED, NEXT], Month(2025, 8)) == (NEXT, FAR, PASSED)


def test_a_target_counts_to_the_end_of_its_month() -> None:
    assert next_first([FAR, NEXT], Month(2025, 12))[0] is NEXT
    assert next_first([FAR, NEXT], Month(2026, 1))[0] is FAR


def test_when_all_have_passed_the_latest_one_stands_first() -> None:
    assert next_first([PASSED, NEXT], Month(2027, 1)) == (NEXT, PASSED)
