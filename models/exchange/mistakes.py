"""The fifteen mistakes that lists of workers contain, and by which findings each of them shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

MISTAKES: Mapping[str, int] = {}
"""Code of a finding -> number of the mistake, 1 to 15; codes of no such mistake are not in it."""
NAMES: Mapping[int, str] = {}
"""Number -> what it is, as an English message id."""


def by_mistake(counts: Mapping[str, int]) -> Counter[int]:
    """Findings by mistake (0: others), from their counts by code."""
    raise NotImplementedError
