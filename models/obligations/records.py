"""What obligations are kept as: how many exist, what was promised, who brings people, what was held for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """How many of a kind exist at a unit: civil servants of an office (OPD), officials of a nagari, officers of a
    cooperative. A newer number takes the place of an older one."""

    id: int | None = None
    scheme: int
    """Id of the scheme through which they are protected, or protect somebody."""
    unit: str
    """Name of the office or cooperative, or code of the nagari."""
    number: int
    counted_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a company promised for a year: heads, or whole rupiah, or both."""

    id: int | None = None
    scheme: int
    company: str
    year: int
    heads: int | None = None
    amount: int | None = None
    legal_basis: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A Perisai agent: a person of the community who brings workers and sets information straight."""

    id: int | None = None
    uid: str = ""
    office: str = ""
    revision: int = 0
    code: str
    """As it stands on a worker's record; never given to somebody else."""
    name: str
    nik: str = ""
    phone: str = ""
    areas: tuple[str, ...] = ()
    """Codes of nagari."""
    active_from: date
    active_until: date | None = None
    notes: str = ""

    def is_active_on(self, day: date) -> bool:
        return self.active_from <= day and (self.active_until is None or day <= self.active_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """One event at which information was given or set straight."""

    id: int | None = None
    agent: int | None = None
    """Id of the agent who held it; None: the office itself."""
    held_on: date
    nagari: str
    topic: str
    attendance: int
    notes: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit of the obligation board in a month."""

    unit: str
    """As `Roster.unit`."""
    name: str
    """As shown."""
    obliged: int | None
    """How many there are; None: nobody has counted them yet."""
    done: int
    """How many of them are registered, or have somebody registered, in the month."""
    counted_on: date | None = None
    source: str = ""

    @property
    def to_do(self) -> int | None:
        """How many are still missing; None while nobody has counted."""
        return None if self.obliged is None else max(0, self.obliged - self.done)

    @property
    def surplus(self) -> int:
        """How many more are registered than the roster knows: it is old, or somebody is counted in two units."""
        return 0 if self.obliged is None else max(0, self.done - self.obliged)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One company's promise and what it has fulfilled."""

    promise: Promise
    heads: int
    """Distinct workers that it pays for in the year."""
    amount: int
    """Whole rupiah of their enrolments that begin in the year."""

    @property
    def open_heads(self) -> int | None:
        return None if self.promise.heads is None else max(0, self.promise.heads - self.heads)

    @property
    def open_amount(self) -> int | None:
        return None if self.promise.amount is None else max(0, self.promise.amount - self.amount)


@dataclass(frozen=True, slots=True)
class AgentMonth:
    """What an agent did in a month."""

    agent: str
    """Code; it may be one that the register of agents does not know."""
    workers: int
    """Workers registered in the month who name the agent."""
    events: int
    attendance: int
