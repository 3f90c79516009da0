"""Two registered workers who may be one person: why they are asked about, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.masking import mask_number

DIFFERS = "≠"
"""Stands in a masked number where the two hidden digits are not the same."""

FORMER_NIK = N_("NIK of a record that was merged into this one")
"""Why somebody is offered who does not stand under the NIK any more."""
LED_BY_NIK = 95.0
"""Percent: where such a NIK and a like name lead to one worker, hardly anybody else is meant."""

USUAL_REASONS = (
    N_("twins"),
    N_("brothers or sisters"),
    N_("father and son"),
    N_("mother and daughter"),
    N_("another person of the same name"),
)
"""Why two who look alike are two, as it is mostly said; English message ids."""


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two registered workers who look alike."""

    one: int
    other: int
    """Ids, the smaller one first."""
    score: float
    """0 to 100: how likely the two are one person."""
    reasons: tuple[str, ...] = ()
    """English message ids: what they have in common."""


@dataclass(frozen=True, slots=True)
class NotSame:
    """Two who look alike and are two: decided, and never asked again."""

    id: int
    one: int
    other: int
    """Ids, the smaller one first."""
    reason: str
    decided_on: date


class PairState(StrEnum):
    """What became of two who look alike."""

    OPEN = "open"
    SAME = "same"
    """Merged."""
    NOT_SAME = "not_same"
    GONE = "gone"
    """One of the two was taken back or anonymised."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "open": N_("undecided"),
            "same": N_("merged"),
            "not_same": N_("two persons"),
            "gone": N_("no longer there"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class PairDecision:
    """What somebody decided on two records, and that still stands."""

    state: PairState
    """``same`` or ``not_same``."""
    id: int
    """Number of the merge, or of the decision that they are two."""
    one: int
    """Of a merge the worker who was kept."""
    other: int
    reason: str
    decided_on: date
    user: str


def in_order(one: int, other: int) -> tuple[int, int]:
    """The pair as it is kept: the smaller id first."""
    return (one, other) if one < other else (other, one)


def differing_places(one: str, other: str) -> tuple[int, ...]:
    """At which digits, counted from 1, two numbers of the same length differ; none for other lengths."""
    if len(one) != len(other):
        return ()
    return tuple(at for at, (a, b) in enumerate(zip(one, other, strict=True), 1) if a != b)


def masked_pair(one: str, other: str) -> tuple[str, str]:
    """Two numbers masked, with `DIFFERS` for each hidden digit that is not the same in both: what differs is seen,
    the digits are not."""
    places = differing_places(one, other)

    def shown(number: str) -> str:
        masked = mask_number(number)
        if len(masked) != len(number):
            return masked
        return "".join(
            DIFFERS if at in places and character == "*" else character for at, character in enumerate(masked, 1)
        )

    return shown(one), shown(other)
