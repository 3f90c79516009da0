"""What stands on the recovery sheet of an encrypted register."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from models.papers.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The way into a register for whoever does not have the passphrase; never kept, neither in the file nor beside."""

    letterhead: Letterhead
    file: str
    """Name of the register's file."""
    number: str
    """Of the sheet, by which one sees whether it belongs to the passphrase in use (`Key.sheet`)."""
    lines: tuple[str, ...] = dataclasses.field(repr=False)
    """The recovery code (`recovery_lines`)."""
    made_on: date
    made_by: str
    is_sample: bool = False
