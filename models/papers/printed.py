"""Who printed or took out a list, when, and how many rows: the line that goes with all that leaves the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.language import translate_count
from models.values.formats import number


@dataclass(frozen=True, slots=True)
class Printed:
    """Part of the paper's data, so that the same paper is the same again."""

    by: str
    at: datetime

    def line(self, rows: int) -> str:
        """``Dicetak oleh Rina pada 22/11/2026 09.00, 12 baris``"""
        words = translate_count(
            "Printed by {user} on {moment}, {count} row", "Printed by {user} on {moment}, {count} rows", rows
        )
        return self._filled(words, rows)

    def copied_line(self, rows: int) -> str:
        """The same for a list that goes into a spreadsheet."""
        words = translate_count(
            "Copied by {user} on {moment}, {count} row", "Copied by {user} on {moment}, {count} rows", rows
        )
        return self._filled(words, rows)

    def _filled(self, words: str, rows: int) -> str:
        return words.format(user=self.by, moment=f"{self.at:%d/%m/%Y %H.%M}", count=number(rows))
