"""Kabupaten and kota to choose from, before and after a register is open."""

from __future__ import annotations

from models.language import translate as _
from models.offices.regencies import all_regencies
from ui.fields.choice import Choice, ChoiceField


def choices_of_regencies() -> tuple[Choice, ...]:
    """All of Indonesia's, by code, each with its province."""
    return tuple(Choice(region.code, region.name, region.code, note=province) for region, province in all_regencies())


def regency_field(name: str) -> ChoiceField:
    """Typed by code or by any word of the name."""
    return ChoiceField(name, _("Kabupaten or kota"), choices_of_regencies, required=True)
