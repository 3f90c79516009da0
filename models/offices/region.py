"""Regions of Indonesia by their Kemendagri code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A province ``13``, regency ``13.12``, kecamatan ``13.12.03`` or nagari ``13.12.03.2003``."""

    code: str
    name: str

    @property
    def parent(self) -> str:
        """Code of the region around it; empty for a province."""
        return self.code.rpartition(".")[0]
