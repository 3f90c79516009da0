"""What another authority says of a worker: Disdukcapil of the NIK, BPJS of a membership elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.language import N_
from models.problems import Level, Problem
from models.values.formats import Written, date_short


class Verdict(StrEnum):
    """The newest one of each kind counts."""

    MATCH = "match"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    DEAD = "dead"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    MEMBER = "member"
    NO_MEMBER = "no_member"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "match": N_("NIK matches"),
            "differs": N_("NIK or name differs"),
            "not_found": N_("NIK not found"),
            "dead": N_("recorded as dead"),
            "moved": N_("recorded as moved away"),
            "duplicate": N_("NIK used twice"),
            "member": N_("active member elsewhere"),
            "no_member": N_("no active member"),
        }[self.value]

    @property
    def is_good(self) -> bool:
        """Nothing speaks against enrolling."""
        return self in (Verdict.MATCH, Verdict.NO_MEMBER)


class Said(NamedTuple):
    """A verdict and when it was given."""

    verdict: Verdict
    on: date


def problems_of_verdicts(said: Iterable[Said], *, bars_members: bool) -> tuple[Problem, ...]:
    """What the newest verdicts say against enrolling: of a dead person an error, otherwise warnings for which a reason
    may be given. `bars_members`: the scheme asks for people without another membership (PMK 91/2023)."""
    return tuple(_problems(said, bars_members))


def _problems(said: Iterable[Said], bars_members: bool) -> Iterator[Problem]:
    for verdict, on in said:
        day = {"day": Written(on, date_short)}
        match verdict:
            case Verdict.DEAD:
                message = N_(
                    "Disdukcapil says (on {day}) that this person has died. Ask the family; where that is wrong, take "
                    "a new answer of Disdukcapil in first."
                )
                yield Problem("nik", "verified_dead", message, day)
            case Verdict.NOT_FOUND:
                message = N_(
                    "Disdukcapil does not know this NIK (on {day}). Compare with the KTP; if it stands so there, "
                    "say so."
                )
                yield Problem("nik", "verified_not_found", message, day, Level.WARNING)
            case Verdict.DIFFERS | Verdict.DUPLICATE:
                message = N_(
                    "Disdukcapil says (on {day}) that NIK and name do not go together. Compare with the KTP, or say "
                    "why both are right."
                )
                yield Problem("nik", "verified_differs", message, day, Level.WARNING)
            case Verdict.MOVED:
                message = N_("Disdukcapil says (on {day}) that this person has moved away. Say why the worker stays.")
                yield Problem("nik", "verified_moved", message, day, Level.WARNING)
            case Verdict.MEMBER if bars_members:
                message = N_(
                    "BPJS says (on {day}) that this person is an active member already. Compare the months, or say why "
                    "the worker is enrolled here too."
                )
                yield Problem("nik", "verified_member", message, day, Level.WARNING)
