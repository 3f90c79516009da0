"""Which column holds which field, and what a list's own words mean: kept by name for the next list of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.language import N_


class Purpose(StrEnum):
    """What a list is taken in for."""

    WORKERS = "workers"
    """People to be registered, and perhaps enrolled."""
    BPJS_RETURN = "bpjs_return"
    """What BPJS answered: KPJ, accepted, rejected and why, paid."""
    NIK_MATCH = "nik_match"
    """What Disdukcapil says of each NIK."""
    MEMBERSHIP = "membership"
    """Who is an active member already."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "workers": N_("workers to be registered"),
            "bpjs_return": N_("answer of BPJS Ketenagakerjaan"),
            "nik_match": N_("NIK match of Disdukcapil"),
            "membership": N_("active memberships"),
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """How a kind of list is read."""

    id: int | None = None
    name: str = ""
    """What the office calls this kind of list: ``Daftar nagari``, ``SIAK``."""
    purpose: Purpose = Purpose.WORKERS
    columns: Mapping[str, str] = field(default_factory=dict)
    """Folded heading -> name of the field (see `fields.py`); a heading of no meaning -> ``""``."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field -> (folded text of the list -> what is stored): ``{"sex": {"LAKI LAKI": "L"}}``."""
