"""The kabupaten and kota of Indonesia, to choose from before any register is open."""

from __future__ import annotations

import csv
from pathlib import Path

from models.offices.region import Region

_REGIONS = Path(__file__).parents[2] / "resources" / "regions"


def all_regencies() -> tuple[tuple[Region, str], ...]:
    """Each kabupaten or kota with the name of its province, by code."""
    provinces = {region.code: region.name for region in _read("provinces")}
    return tuple((region, provinces.get(region.parent, "")) for region in _read("regencies"))


def regency_of(code: str) -> Region | None:
    """The kabupaten or kota of a code, None where there is none."""
    return next((region for region, _province in all_regencies() if region.code == code), None)


def _read(name: str) -> tuple[Region, ...]:
    with (_REGIONS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Region(row["code"], row["name"]) for row in csv.DictReader(stream))
