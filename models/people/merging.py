"""Two records of one person become one: whose values are taken, which enrolment stands, what is carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from models.people.worker import Worker
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentState

MERGED = "merged"
"""Stands as the reason of an enrolment that was cancelled because its person stood in the register twice."""
_OWN = frozenset({"id", "uid", "office", "revision", "reasons"})
FIELDS = tuple(field.name for field in fields(Worker) if field.name not in _OWN)
"""What is chosen between; the reasons for accepted warnings of both are kept."""
_PROGRESS = (EnrolmentState.PROPOSED, EnrolmentState.APPROVED, EnrolmentState.SUBMITTED, EnrolmentState.ENDED,
             EnrolmentState.ACTIVE)  # fmt: skip


class Side(StrEnum):
    """One of the two records."""

    KEPT = "kept"
    """The one that stays in sight."""
    MERGED = "merged"
    """The one that is merged into it."""

    @property
    def other(self) -> Side:
        return Side.MERGED if self is Side.KEPT else Side.KEPT


@dataclass(frozen=True, slots=True)
class MergedField:
    """One field of both records, and whose value the kept one has afterwards."""

    name: str
    kept: object
    merged: object
    taken: Side

    @property
    def is_same(self) -> bool:
        return self.kept == self.merged

    @property
    def value(self) -> object:
        """What the kept record says afterwards."""
        return self.kept if self.taken is Side.KEPT else self.merged


@dataclass(frozen=True, slots=True)
class Overlap:
    """Enrolments of both records for the same months that one person cannot have together."""

    kept: tuple[Enrolment, ...]
    merged: tuple[Enrolment, ...]
    suggested: Side
    """Whose are further on their way: confirmed, then active, then registered earlier."""
    stands: Side | None = None
    """Whose were chosen to stand; None until somebody chooses."""

    @property
    def number(self) -> int:
        """By which a choice names it: the id of the first enrolment of the kept record."""
        return self.kept[0].id or 0

    @property
    def cancelled(self) -> tuple[Enrolment, ...]:
        """Those that would be cancelled by the choice, or by the suggestion where none was made."""
        return self.merged if (self.stands or self.suggested) is Side.KEPT else self.kept

    @property
    def is_paid_twice(self) -> bool:
        """Both were paid for: BPJS has money that belongs back."""
        return any(one.paid_on for one in self.kept) and any(one.paid_on for one in self.merged)


@dataclass(frozen=True, slots=True)
class Carried:
    """How many records of the merged worker the kept one takes over."""

    enrolments: int = 0
    papers: int = 0
    """Letters, which stay as they were printed."""
    waiting: int = 0
    requests: int = 0
    verifications: int = 0
    not_same: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging two records would come to; nothing is written."""

    kept: Worker
    merged: Worker
    fields: tuple[MergedField, ...]
    result: Worker
    """The kept worker as it would be."""
    carried: Carried
    overlaps: tuple[Overlap, ...]
    problems: tuple[Problem, ...] = ()
    """Errors stand in the way; warnings are worth knowing before."""

    @property
    def in_the_way(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


@dataclass(frozen=True, slots=True)
class Merge:
    """One worker that was merged into another."""

    id: int
    kept: int
    merged: int
    reason: str
    fields: tuple[str, ...]
    """Names of the fields whose values came from the merged one."""
    merged_on: date
    save: int
    """Number of its transaction."""
    is_taken_apart: bool = False


def fields_of(kept: Worker, merged: Worker, choices: Mapping[str, str]) -> tuple[MergedField, ...]:
    """Every field with whose value is taken: the chosen one, otherwise the kept one's, or the merged one's where the
    kept one has none. Raises ValueError for a field that there is not."""
    unknown = choices.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"no fields to choose: {sorted(unknown)}")
    return tuple(_field(name, getattr(kept, name), getattr(merged, name), choices.get(name)) for name in FIELDS)


def combined(kept: Worker, merged: Worker, taken: Iterable[MergedField]) -> Worker:
    """The kept worker with the values that were taken and the reasons that were given for either."""
    values: dict[str, Any] = {field.name: field.value for field in taken}
    return replace(kept, reasons={**merged.reasons, **kept.reasons}, **values)


def overlaps_of(
    kept: Iterable[Enrolment],
    merged: Iterable[Enrolment],
    subsidised: frozenset[int],
    choices: Mapping[int, str] | None = None,
) -> tuple[Overlap, ...]:
    """What cannot stand together once both records are one person: the same scheme twice in a month, and two subsidies
    of a BPU worker (PMK 91/2023: a month is paid once).

    `subsidised` are ids of the enrolments that are such subsidies. Enrolments that hang together by their months are
    decided together: all of one side stand, those of the other are cancelled.
    """
    own = [one for one in kept if one.state.counts]
    theirs = [one for one in merged if one.state.counts]
    edges = [(a, b) for a, one in enumerate(own) for b, other in enumerate(theirs) if _clash(one, other, subsidised)]
    found = []
    while edges:
        left, right = {edges[0][0]}, {edges[0][1]}
        while more := [edge for edge in edges if (edge[0] in left) != (edge[1] in right)]:
            left |= {edge[0] for edge in more}
            right |= {edge[1] for edge in more}
        edges = [edge for edge in edges if edge[0] not in left]
        found.append(_overlap([own[at] for at in left], [theirs[at] for at in right], choices or {}))
    return tuple(sorted(found, key=lambda overlap: overlap.number))


def kept_in_the_end(merged: Mapping[int, int], worker: int) -> int:
    """The worker into whom one was merged, through a chain of mergings too; itself where it was not."""
    for _ in range(len(merged)):  # a damaged file may hold a circle
        if worker not in merged:
            break
        worker = merged[worker]
    return worker


def _field(name: str, kept: object, merged: object, choice: str | None) -> MergedField:
    if choice is not None:
        return MergedField(name, kept, merged, Side(choice))
    is_missing = kept in (None, "") and merged not in (None, "")
    return MergedField(name, kept, merged, Side.MERGED if is_missing else Side.KEPT)


def _clash(one: Enrolment, other: Enrolment, subsidised: frozenset[int]) -> bool:
    if not one.period.overlaps(other.period):
        return False
    return one.scheme == other.scheme or (one.id in subsidised and other.id in subsidised)


def _overlap(kept: list[Enrolment], merged: list[Enrolment], choices: Mapping[int, str]) -> Overlap:
    kept.sort(key=lambda one: one.id or 0)
    merged.sort(key=lambda one: one.id or 0)
    suggested = Side.MERGED if _weight(merged) > _weight(kept) else Side.KEPT
    stands = choices.get(kept[0].id or 0)
    return Overlap(tuple(kept), tuple(merged), suggested, None if stands is None else Side(stands))


def _weight(enrolments: list[Enrolment]) -> tuple[int, int, int]:
    return (
        sum(one.is_confirmed for one in enrolments),
        max(_PROGRESS.index(one.state) for one in enrolments),
        -min(one.registered_on for one in enrolments).toordinal(),
    )
