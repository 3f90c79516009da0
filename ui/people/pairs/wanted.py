"""What other pages ask for when they send somebody to the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.people.pairs import DoubtfulPair


@dataclass(frozen=True, slots=True)
class PairsWanted:
    """The bench with these pairs; without any, the whole register is looked through."""

    pairs: Sequence[DoubtfulPair] = ()
