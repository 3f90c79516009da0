"""What workers do for a living, as a list of the office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation with the short code that clerks type."""

    code: str
    name: str
    kind: str
    """Group of the occupation, for instance ``palm``: what a scheme's eligibility asks about."""
