"""Kecamatan and nagari to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.language import translate as _
from ui.fields.choice import Choice
from ui.fields.matching import fold
from ui.people.worker_fields import choices_of_nagari

if TYPE_CHECKING:
    from models.register import Register


def choices_of_areas(register: Register) -> tuple[Choice, ...]:
    """The kecamatan, then the nagari with their old names; one of a kecamatan's name says where it lies."""
    regions = register.regions.kecamatan()
    kecamatan = tuple(
        Choice(region.code, _("{name} (kecamatan)").format(name=region.name), "", (region.code,))
        for region in regions
    )
    taken = {fold(region.name) for region in regions}
    nagari = choices_of_nagari(register, taken=taken)
    return kecamatan + tuple(choice for choice in nagari if choice.value.count(".") > 2)
