"""What taking a list in would do, and did: a preview of each changed field, one transaction, one way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.exchange.mapping import Purpose
from models.language import N_
from models.problems import Problem


class Mode(StrEnum):
    """What becomes of people who are registered already; an empty cell never wipes a value in any of them."""

    ADD_ONLY = "add_only"
    FILL = "fill"
    """Only fields that are empty in the register are filled."""
    UPDATE = "update"
    """What the list says replaces what the register says."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "add_only": N_("add new people only"),
            "fill": N_("fill in what is missing"),
            "update": N_("update what differs"),
        }[self.value]


class Outcome(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    CHANGED = "changed"
    """Matched by NIK, and some of its fields change."""
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    """Looks like somebody registered under another NIK: nothing is written until a person has decided."""
    LEFT_OUT = "left_out"
    """Has findings."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "new": N_("new"),
            "changed": N_("changed"),
            "unchanged": N_("unchanged"),
            "doubtful": N_("doubtful"),
            "left_out": N_("left out"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a registered worker that the list says otherwise."""

    name: str
    before: str | int | None
    after: str | int | None
    """Stored values."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a person decided on a doubtful row."""

    worker: int | None
    """The registered worker that it is; None for somebody else, who is then new."""
    reason: str = ""
    """Why it is somebody else; kept with the pair."""


@dataclass(frozen=True, slots=True)
class RowPreview:
    """What would become of one row."""

    place: int
    outcome: Outcome
    worker: int | None = None
    """The registered worker it matches, or looks like."""
    changes: tuple[ChangedField, ...] = ()
    enrolment_problems: tuple[Problem, ...] = ()
    """Why this person is taken in but not enrolled, where a scheme was asked for."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The dry run of a whole list."""

    rows: tuple[RowPreview, ...]
    counts: Mapping[Outcome, int]
    enrolled: int = 0
    """How many of them would be enrolled."""
    cost: int = 0
    """Rupiah, of these enrolments."""
    problems: tuple[Problem, ...] = ()
    """What keeps the whole list from being written: the scheme, the fund, the file."""
    taken_in_before: tuple[date, ...] = ()
    """Days on which the very same file was taken in already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImport:
    """A list that was taken in."""

    id: int
    purpose: Purpose
    file: str
    hash: bytes
    sheet: str
    mapping: str
    mode: str
    rows: int
    counts: Mapping[str, int] = field(default_factory=dict)
    imported_on: date
    imported_by: str = ""
    save: int = 0
    """Number of its transaction, by which it is taken back."""
    is_undone: bool = False
