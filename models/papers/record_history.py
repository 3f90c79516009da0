"""The story of one record (Riwayat Data) as frozen data: what is printed is what was on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the story, in words."""

    when: str
    who: str
    what: str
    field: str
    old: str
    new: str
    origin: str
    save: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHistory:
    """Everything the printed story says."""

    letterhead: Letterhead
    name: str
    nik: str
    """Masked."""
    narrowed_to: str
    """What the story was narrowed to, in words; empty for the whole story."""
    rows: tuple[HistoryRow, ...]
    printed_by: str
    """Full name and role."""
    printed_at: datetime
    is_sample: bool = False
