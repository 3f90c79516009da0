"""A worker as one line of a list, and what a list may be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.worker import Sex
from models.values.months import Month


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """What a list shows of a worker."""

    id: int
    nik: str
    name: str
    born_on: date | None
    sex: Sex | None
    nagari: str
    nagari_name: str
    family_card: str
    schemes: tuple[str, ...]
    """Codes of the schemes of all its enrolments that count."""
    covered_from: Month | None
    covered_until: Month | None
    """First and last month of all its enrolments that count; there may be gaps between."""

    def standing(self, month: Month) -> Standing:
        """Where the worker stands in a month."""
        if self.covered_until is None:
            return Standing.NOT_ENROLLED
        if self.covered_until < month:
            return Standing.ENDED
        return Standing.ENROLLED


class Standing(StrEnum):
    """Whether a worker is protected, was, or never yet."""

    ENROLLED = "enrolled"
    ENDED = "ended"
    NOT_ENROLLED = "not_enrolled"

    @property
    def label(self) -> str:
        """English message id."""
        return {"enrolled": N_("Enrolled"), "ended": N_("Ended"), "not_enrolled": N_("Not enrolled yet")}[self.value]


class WorkerOrder(StrEnum):
    """Orders of the workers list."""

    NAME = "name"
    NIK = "nik"
    NAGARI = "nagari"
    NEWEST = "newest"
    COVERED_UNTIL = "covered_until"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFilter:
    """What the workers list is narrowed to; empty means all."""

    text: str = ""
    kecamatan: str = ""
    nagari: str = ""
    scheme: int | None = None
    standing: Standing | None = None
    month: Month | None = None
    """The month `standing` is asked about; required with it."""
    order: WorkerOrder = WorkerOrder.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A registered worker who may be the same person, and why."""

    line: WorkerLine
    score: float
    """How probable it is, 0 to 100 percent."""
    reasons: tuple[str, ...]
    """English message ids: what the two have in common, the strongest first."""

    @property
    def reason(self) -> str:
        """The strongest."""
        return self.reasons[0]
