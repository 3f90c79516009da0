"""Kecamatan and nagari to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.language import translate as _
from ui.fields.choice import Choice

if TYPE_CHECKING:
    from models.register import Register


def choices_of_areas(register: Register) -> tuple[Choice, ...]:
    """The kecamatan, then the nagari with their old names, each with where it lies."""
    regions = register.regions
    kecamatan = tuple(
        Choice(region.code, region.name, "", (region.code,), _("kecamatan")) for region in regions.kecamatan()
    )
    nagari = tuple(
        Choice(
            region.code, region.name, "", (*regions.aliases(region.code), region.code), regions.name(region.parent)
        )
        for region in regions.nagari()
        if region.code.count(".") > 2
    )
    return kecamatan + nagari
