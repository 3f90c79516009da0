"""What taking a list in would do, and did: a preview of each changed field, one transaction, one way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import overload

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


class Doubt(StrEnum):
    """Why a person must decide on a row."""

    LOOKS_LIKE = "looks_like"
    """Somebody is registered under another NIK who may be the same person."""
    ROW = "row"
    """Another row of the list may be the same person."""
    OTHER_NAME = "other_name"
    """The NIK is registered, but under quite another name."""
    MERGED = "merged"
    """The NIK is that of a record that was merged into another one."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "looks_like": N_("looks like a registered worker"),
            "row": N_("looks like another row"),
            "other_name": N_("NIK registered under another name"),
            "merged": N_("NIK of a merged record"),
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
    is_left_out: bool = False
    """The row is not taken in at all, for instance because it is the same person as another row."""


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
    is_enrolled: bool = False
    """Would be enrolled in the scheme that was asked for."""
    problems: tuple[Problem, ...] = ()
    """Why it is left out, beyond the findings of the list itself: what the record would become is not right."""
    doubt: Doubt | None = None
    like_place: int | None = None
    """The other row of the list that it looks like."""
    score: float = 0.0
    """How alike the names are, 0 to 100."""
    like_reason: str = ""
    """Why the two may be one person: English message id."""


class RowPreviews(Sequence[RowPreview]):
    """The previews of a whole list, kept column by column; one is made when it is asked for."""

    def __init__(self, count: int, made: Callable[[int], RowPreview]) -> None:
        self._count = count
        self._made = made

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> RowPreview: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[RowPreview]: ...

    def __getitem__(self, place: int | slice) -> RowPreview | Sequence[RowPreview]:
        if isinstance(place, slice):
            return tuple(self._made(one) for one in range(*place.indices(self._count)))
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return self._made(place % self._count)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The dry run of a whole list."""

    rows: Sequence[RowPreview]
    """One for each place of the list, in its order; made when it is asked for, so that a long list costs little."""
    counts: Mapping[Outcome, int]
    enrolled: int = 0
    """How many of them would be enrolled."""
    cost: int = 0
    """Rupiah, of these enrolments."""
    problems: tuple[Problem, ...] = ()
    """What keeps the whole list from being written: the scheme, the fund, the file."""
    taken_in_before: tuple[date, ...] = ()
    """Days on which the very same file was taken in already (and not taken back)."""

    @property
    def is_writable(self) -> bool:
        """Something would be written, and nothing keeps it from being so."""
        written = self.counts.get(Outcome.NEW, 0) + self.counts.get(Outcome.CHANGED, 0) + self.enrolled
        return not self.problems and written > 0


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


@dataclass(frozen=True, slots=True)
class Touched:
    """A record of an import that somebody changed afterwards, or that something else rests on now."""

    worker: int
    name: str
    user: str
    at: datetime | None
    problem: Problem
    """What was done: one sentence without the name."""


@dataclass(frozen=True, slots=True)
class TouchedSince:
    """What keeps an import from being taken back."""

    count: int
    """Workers whose record, enrolment or papers were touched."""
    first: tuple[Touched, ...] = ()
    """Some of them, newest first."""


@dataclass(frozen=True, slots=True)
class ListOrigin:
    """The list that a worker came in on, or that changed it last."""

    file: str
    hash: str
    """Beginning of the file's SHA-256, in hexadecimal."""
    row: int
    """As the spreadsheet numbers it, from 1."""
    at: datetime
    user: str
    list_import: int
    """Id of the import."""


def origin_text(list_import: int, row: int, file_hash: bytes, file: str) -> str:
    """What stands in the audit trail for a row of a list."""
    return f"list:{list_import}:{row}:{file_hash.hex()[:12]}:{file}"


def read_origin(text: str) -> tuple[int, int, str, str] | None:
    """Id of the import, row, beginning of the hash, file; None for an origin of another kind."""
    parts = text.split(":", 4)
    if len(parts) != 5 or parts[0] != "list" or not (parts[1].isdecimal() and parts[2].isdecimal()):
        return None
    return int(parts[1]), int(parts[2]), parts[3], parts[4]
