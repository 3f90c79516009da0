"""A family: the registered workers with one family card, and what moving a member to another card comes to."""

from __future__ import annotations

from dataclasses import dataclass

from models.people.lines import WorkerLine
from models.people.worker import Worker
from models.problems import Problem


@dataclass(frozen=True, slots=True)
class Family:
    """The living workers with one number of a Kartu Keluarga."""

    card: str
    """16 digits; empty where a worker has none, who is then alone."""
    members: tuple[WorkerLine, ...]
    """Oldest first."""
    number_of: WorkerLine | None = None
    """The worker whose NIK this number is: then it is no family card's number."""

    def without(self, ids: frozenset[int]) -> tuple[WorkerLine, ...]:
        """Who stays when these leave."""
        return tuple(line for line in self.members if line.id not in ids)


@dataclass(frozen=True, slots=True)
class FamilyMove:
    """What moving some members to another card would come to; nothing is written."""

    card: str
    """The new number."""
    moving: tuple[WorkerLine, ...]
    staying: tuple[WorkerLine, ...]
    """Those of the present families who do not move."""
    joined: tuple[WorkerLine, ...]
    """Who has the new number already."""
    home: Worker | None
    """Somebody of the new family, whose address they may take."""
    problems: tuple[Problem, ...] = ()
    """Errors stand in the way; warnings need a reason, which is kept with each who moves."""
