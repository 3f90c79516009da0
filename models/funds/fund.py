"""A fund: the money of one payer for one scheme in one year, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.values.months import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """The money that a payer set aside for a scheme in a budget year."""

    id: int | None = None
    uid: str = ""
    office: str = ""
    revision: int = 0
    scheme: int
    """Id of the scheme that it pays for."""
    name: str
    """As people call it: ``DBH Sawit 2026``."""
    payer: str = ""
    """Who pays, as printed: the company, the nagari, the budget."""
    year: int
    """Budget year."""
    ceiling: int
    """Whole rupiah that were promised (pagu)."""
    legal_basis: int | None = None
    """Id of the decree or agreement that it rests on."""
    notes: str = ""
    over_reason: str = ""
    """Why a supervisor let more be committed than came in."""
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Nothing is enrolled on a closed fund any more."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Money that really came in, often in instalments and less than promised."""

    id: int | None = None
    fund: int
    amount: int
    """Whole rupiah."""
    received_on: date
    source: str
    """Proof: number of the transfer, of the SP2D, of the bank statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Contributions that were paid to BPJS from a fund."""

    id: int | None = None
    uid: str = ""
    fund: int
    code: str
    """Payment code (kode iuran); unique, so that nothing is paid twice."""
    amount: int
    """Whole rupiah."""
    paid_on: date
    period: Period
    """Months that were paid for."""
    heads: int
    """Workers paid for."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the money of a fund stands, in whole rupiah."""

    ceiling: int
    received: int
    committed: int
    """Contributions of its enrolments that count: heads x months x rate, each month at its own rate."""
    paid: int
    heads: int
    """Distinct workers of these enrolments."""
    months: int
    """Months of all of them together: heads x months where all have the same."""

    @property
    def left(self) -> int:
        """What can still be committed; negative where more was committed than came in."""
        return self.received - self.committed

    @property
    def outstanding(self) -> int:
        """What is promised and has not come."""
        return self.ceiling - self.received

    @property
    def due(self) -> int:
        """What is committed and not yet paid; negative where more was paid than committed."""
        return self.committed - self.paid

    @property
    def is_over(self) -> bool:
        """Whether enrolments stand in it that the money received does not pay for."""
        return self.left < 0
