"""What others sent back, row by row: BPJS of an enrolment, Disdukcapil of a NIK, BPJS of a membership elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.language import N_
from models.people.names import fold
from models.people.verdict import Verdict as Verdict
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.life import Rejection

_REJECTIONS = Path(__file__).parents[2] / "resources" / "lists" / "rejections.csv"


class AnswerOutcome(StrEnum):
    """What becomes of one row of an answer."""

    ACTIVATED = "activated"
    """Card and day of payment: the enrolment becomes active."""
    CARD = "card"
    """A card number without a payment: it is noted."""
    REJECTED = "rejected"
    VERIFIED = "verified"
    """What an authority says of the worker is kept."""
    UNCHANGED = "unchanged"
    """Says what the register knows already, or that it is not decided yet."""
    UNKNOWN = "unknown"
    """Nobody in the register is meant."""
    UNCLEAR = "unclear"
    """Several could be meant."""
    REFUSED = "refused"
    """Cannot be, for the reason that is named."""
    LEFT_OUT = "left_out"
    """Has findings."""

    @property
    def label(self) -> str:
        """English message id."""
        return _LABELS[self]

    @property
    def is_written(self) -> bool:
        """Whether the register is changed by it."""
        return self in (AnswerOutcome.ACTIVATED, AnswerOutcome.CARD, AnswerOutcome.REJECTED, AnswerOutcome.VERIFIED)


_LABELS = {
    AnswerOutcome.ACTIVATED: N_("active"),
    AnswerOutcome.CARD: N_("card noted"),
    AnswerOutcome.REJECTED: N_("rejected"),
    AnswerOutcome.VERIFIED: N_("noted"),
    AnswerOutcome.UNCHANGED: N_("unchanged"),
    AnswerOutcome.UNKNOWN: N_("not in the register"),
    AnswerOutcome.UNCLEAR: N_("not clear who"),
    AnswerOutcome.REFUSED: N_("cannot be"),
    AnswerOutcome.LEFT_OUT: N_("left out"),
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What would become of one row."""

    place: int
    outcome: AnswerOutcome
    worker: int | None = None
    enrolment: int | None = None
    kpj: str = ""
    paid_on: date | None = None
    rejection: Rejection | None = None
    verdict: Verdict | None = None
    note: str = ""
    """What the sender wrote."""
    problem: Problem | None = None
    """Why nothing is written."""
    is_running: bool = False
    """Something speaks against the worker although months of an enrolment still count."""


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """The dry run of an answer."""

    rows: Sequence[AnswerRow]
    counts: Mapping[AnswerOutcome, int]
    rejections: Mapping[Rejection, int] = field(default_factory=dict)
    members: Mapping[Segment | None, int] = field(default_factory=dict)
    """Active members in a list of memberships, by segment (None: the list does not say), whether registered or not."""
    problems: tuple[Problem, ...] = ()
    """What keeps the whole list from being written."""
    taken_in_before: tuple[date, ...] = ()

    @property
    def written(self) -> int:
        """How many rows change the register."""
        return sum(count for outcome, count in self.counts.items() if outcome.is_written)


def rejection_of(text: str) -> Rejection:
    """The named reason that the sender's words mean; OTHER where they mean none of them (the words are kept anyway)."""
    key = f" {fold(text)} "
    return next(
        (rejection for words, rejection in _rejections() if f" {words} " in key or words in key), Rejection.OTHER
    )


@cache
def _rejections() -> tuple[tuple[str, Rejection], ...]:
    """Longer words go first, so that “NIK TIDAK TERDAFTAR” is not taken for being a member."""
    with _REJECTIONS.open(encoding="utf-8", newline="") as file:
        found = [(row["words"], Rejection(row["rejection"])) for row in csv.DictReader(file)]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))
