"""Numbers that nobody published, derived and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.coverage.point import Count


def shared_by_population(whole: Count, area: str, population: Mapping[str, int]) -> Count | None:
    """The part of a district's number that falls on one area by its share of the inhabitants, rounded half up.

    None where the area's population is unknown. The estimate keeps the date and source of the whole.
    """
    inhabitants = population.get(area)
    everyone = sum(population.values())
    if not inhabitants or not everyone:
        return None
    number = (2 * whole.number * inhabitants + everyone) // (2 * everyone)
    return replace(whole, number=number, is_estimate=True)
