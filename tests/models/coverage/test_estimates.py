"""Numbers that nobody published are shared out by population, and add up."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.coverage.estimates import shared_by_population
from models.coverage.point import Count

DAY = date(2025, 6, 30)
AREAS = [f"13.12.{number:02d}" for number in range(1, 12)]


def test_each_area_gets_its_share_of_the_inhabitants() -> None:
    shares = shared_by_population(Count(100, DAY, "BPS"), {}, {"a": 300, "b": 700})
    assert shares == {"a": Count(30, DAY, "BPS", True), "b": Count(70, DAY, "BPS", True)}


def test_what_is_published_is_left_alone_and_the_rest_is_shared() -> None:
    shares = shared_by_population(Count(100, DAY, "BPS"), {"b": Count(60, DAY, "Camat")}, {"a": 1, "b": 7, "c": 3})
    assert {area: count.number for area, count in shares.items()} == {"a": 10, "c": 30}


def test_published_numbers_above_the_whole_leave_nothing_to_share() -> None:
    assert shared_by_population(Count(100, DAY, "BPS"), {"b": Count(130, DAY, "Camat")}, {"a": 1, "b": 7}) == {}


def test_without_population_nothing_is_estimated() -> None:
    assert shared_by_population(Count(100, DAY, "BPS"), {}, {}) == {}


@given(
    whole=st.integers(1, 500_000),
    population=st.dictionaries(st.sampled_from(AREAS), st.integers(1, 90_000), min_size=1),
    published=st.dictionaries(st.sampled_from(AREAS), st.integers(0, 40_000), max_size=4),
)
def test_published_and_estimated_numbers_add_up_to_the_whole(
    whole: int, population: dict[str, int], published: dict[str, int]
) -> None:
    known = {area: Count(number, DAY, "Camat") for area, number in published.items()}
    estimates = shared_by_population(Count(whole, DAY, "BPS"), known, population)
    left = whole - sum(number for area, number in published.items() if area in population)
    if left > 0 and set(population) - set(known):
        assert sum(count.number for count in estimates.values()) == left
        assert set(estimates) == set(population) - set(known)
    else:
        assert estimates == {}
    assert all(count.is_estimate and count.source == "BPS" for count in estimates.values())
