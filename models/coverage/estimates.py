"""Numbers that nobody published, derived and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.coverage.point import Count


def shared_by_population(
    whole: Count, published: Mapping[str, Count], population: Mapping[str, int]
) -> dict[str, Count]:
    """What falls on each area nobody published a number for, by its share of the inhabitants.

    `population` names all areas of the whole. What is left of `whole` after the `published` numbers is shared out in
    whole people, the largest remainders first, so that published and estimated numbers add up to the whole. The
    estimates keep the whole's date and source. Published numbers above the whole leave nothing to share.
    """
    open_areas = sorted(area for area in population if area not in published)
    left = whole.number - sum(published[area].number for area in population if area in published)
    everyone = sum(population[area] for area in open_areas)
    if left <= 0 or everyone <= 0:
        return {}
    shares = {area: divmod(left * population[area], everyone) for area in open_areas}
    rest = left - sum(share for share, _ in shares.values())
    rounded_up = set(sorted(open_areas, key=lambda area: (-shares[area][1], area))[:rest])
    return {
        area: replace(whole, number=shares[area][0] + (area in rounded_up), is_estimate=True) for area in open_areas
    }
