"""Slips in numbers and dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.slips import DateLikeness, date_likeness, date_slips, is_one_slip, nik_neighbours, slip_place

days = st.dates(date(1931, 1, 2), date(2011, 12, 30))
numbers = st.from_regex(r"\A[0-9]{16}\Z")


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("1234", "1235", 3),
        ("1234", "1324", 1),
        ("1234", "1234", None),
        ("1234", "1325", None),
        ("1234", "2143", None),
        ("1234", "123", None),
        ("", "", None),
    ],
)
def test_one_wrong_digit_or_one_swapped_pair_is_a_slip(one: str, other: str, place: int | None) -> None:
    assert slip_place(one, other) == place
    assert is_one_slip(one, other) is (place is not None)


@given(numbers)
def test_neighbours_of_a_number_are_all_one_slip_away(nik: str) -> None:
    neighbours = list(nik_neighbours(nik))
    assert 144 <= len(neighbours) <= 159
    assert len(set(neighbours)) == len(neighbours)
    assert all(is_one_slip(nik, other) for other in neighbours)


@given(numbers, numbers)
def test_who_is_one_slip_away_is_a_neighbour(one: str, other: str) -> None:
    assert is_one_slip(one, other) is (other in set(nik_neighbours(one)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (date(1985, 7, 1), date(1985, 7, 1), DateLikeness.SAME),
        (date(1985, 7, 1), date(1985, 1, 7), DateLikeness.SWAPPED),
        (date(1985, 7, 1), date(1985, 7, 11), DateLikeness.DIGIT),
        (date(1985, 7, 1), date(1975, 7, 1), DateLikeness.DIGIT),
        (date(1985, 7, 1), date(1958, 7, 1), DateLikeness.DIGIT),
        (date(1989, 7, 1), date(1990, 7, 1), DateLikeness.DIGIT),
        (date(1985, 7, 31), date(1985, 8, 1), DateLikeness.DIGIT),
        (date(1985, 7, 1), date(1985, 7, 24), DateLikeness.PART),
        (date(1985, 7, 1), date(1962, 12, 24), DateLikeness.OTHER),
        (date(1985, 7, 1), None, DateLikeness.UNKNOWN),
        (None, None, DateLikeness.UNKNOWN),
    ],
)
def test_each_class_has_its_dates(one: date | None, other: date | None, expected: DateLikeness) -> None:
    assert date_likeness(one, other) is expected
    assert date_likeness(other, one) is expected


@given(days)
def test_slips_of_a_date_are_exactly_the_dates_that_count_as_slips(day: date) -> None:
    slips = set(date_slips(day))
    assert day not in slips
    assert len(slips) <= 60
    for other in slips:
        assert date_likeness(day, other) in (DateLikeness.SWAPPED, DateLikeness.DIGIT)


@given(days, days | st.integers(-400, 400))
def test_no_date_that_counts_as_a_slip_is_left_out(day: date, other: date | int) -> None:
    if isinstance(other, int):
        other = day + timedelta(days=other)
    if date_likeness(day, other) in (DateLikeness.SWAPPED, DateLikeness.DIGIT) and 1930 <= other.year <= 2012:
        assert other in date_slips(day)
        assert day in date_slips(other)
