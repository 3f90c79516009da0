"""What another page may ask the papers page for (see `Page.show_target`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.values.months import Month


@dataclass(frozen=True, slots=True)
class SummaryWanted:
    """The coverage summary of a month."""

    month: Month


@dataclass(frozen=True, slots=True)
class LettersWanted:
    """Enrollment letters for chosen workers (the latest enrolment of each that counts) or for chosen enrolments."""

    workers: Sequence[int] = ()
    enrolments: Sequence[int] = ()
