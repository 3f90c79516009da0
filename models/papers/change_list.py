"""What a restore loses, brings back or saved from a damaged file, as frozen data to be printed or saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One record, in words."""

    when: str
    who: str
    what: str
    name: str
    nik: str
    """Masked."""
    fields: str
    """Words of the fields that were changed, or what is to be done."""

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.when, self.who, self.what, self.name, self.nik, self.fields)


@dataclass(frozen=True, slots=True)
class ChangeSection:
    """One of the lists."""

    title: str
    sentence: str
    """How many records of which kind."""
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """Everything the paper says."""

    letterhead: Letterhead
    about: tuple[str, ...]
    """Which backup, which file, in sentences."""
    sections: tuple[ChangeSection, ...]
    printed_by: str
    printed_at: datetime
    is_sample: bool = False

    @property
    def row_count(self) -> int:
        return sum(len(section.rows) for section in self.sections)
