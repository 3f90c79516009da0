"""The ledger of a fund as frozen data to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger, in words."""

    item: str
    when: str
    amount: str
    why: str
    """How the amount came about."""
    is_sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLedger:
    """Everything the paper says."""

    letterhead: Letterhead
    fund: str
    scheme: str
    standing: str
    """How the fund stands, in a sentence."""
    rows: tuple[LedgerRow, ...]
    printed_by: str
    printed_at: datetime
    is_sample: bool = False
