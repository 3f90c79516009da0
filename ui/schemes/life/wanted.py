"""What another page asks for about the life of enrolments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.schemes.lines import EnrolmentFilter


@dataclass(frozen=True, slots=True)
class WaitingWanted:
    """These workers are to be put on a waiting list; handed over with `Session.go_to`."""

    workers: Sequence[int]


@dataclass(frozen=True, slots=True)
class EnrolmentsWanted:
    """The list of enrolments, narrowed so."""

    narrowed: EnrolmentFilter
    chosen: Sequence[int] = ()
    """Ids of enrolments that are to be chosen in it."""
