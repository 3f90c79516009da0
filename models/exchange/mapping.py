"""Which column holds which field, and what a list's own words mean: kept by name for the next list of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.language import N_
from models.problems import Problem

FROM_NIK = "@nik"
"""As the constant of sex or birth date: what the NIK of each person says."""


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
    """Key of a column (`fields.keys_of`) -> name of the field (see `fields.py`); a column of no meaning -> ``""``."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field -> (folded text of the list -> what is stored): ``{"sex": {"LAKI LAKI": "L"}}``."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Field -> stored value for every person whose own cell is empty, or where no column has it: the nagari of a
    list that says so in its title alone."""

    def fit(self, keys: Sequence[str]) -> float:
        """How well it fits the columns of a table, 0 to 1; 0 where it knows too few of them, or lacks what it needs.

        Columns that mean nothing may be missing, and a few new ones may have come.
        """
        meant = {key for key, field in self.columns.items() if field}
        named = [key for key in keys if not key.startswith("#")]
        if not meant or not named:
            return 0.0
        share_of_mapping = len(meant.intersection(keys)) / len(meant)
        share_of_table = sum(key in self.columns for key in named) / len(named)
        fit = min(share_of_mapping, share_of_table)
        return fit if fit >= FITS else 0.0


FITS = 0.75
"""Share of the columns that a mapping has to know, and of its own that have to be there."""


def problems_of_mapping(mapping: ColumnMapping) -> Iterator[Problem]:
    """What keeps a mapping from being kept."""
    if not mapping.name.strip():
        yield Problem(
            "name", "name_missing", N_("This kind of list has no name yet. Name it as the office calls it.")
        )
    used = [name for name in mapping.columns.values() if name]
    for name in dict.fromkeys(used):
        if used.count(name) > 1:
            message = N_("Two columns are said to hold the same: {field}. Keep the one that is right.")
            yield Problem("columns", "field_twice", message, {"field": name})
    if not used:
        message = N_("No column has a meaning yet. Say at least which one holds the NIK.")
        yield Problem("columns", "columns_missing", message)
