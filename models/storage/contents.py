"""What a file or a backup holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.storage.audit_chain import Head


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file or a backup holds."""

    path: Path
    workers: int
    """Living workers."""
    enrolments: int
    """Enrolments that count."""
    last_change: datetime | None
    """Moment of the newest audit row."""
    rows: dict[str, int]
    """Rows of every table."""
    regency: str
    is_sample: bool
    form: int
    """Number of migrations the file went through."""
    head: Head | None = None
    """The end of its audit trail; None for a file from before its rows were sealed."""
    origin: bytes = b""
    """The seal of its first audit row: no two registers have the same, and a register's never changes."""
