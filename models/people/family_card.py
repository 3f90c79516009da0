"""The number of a Kartu Keluarga (No. KK): sixteen digits, region, day of issue, serial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.language import N_
from models.problems import Level, Problem
from models.values.dates import year_within_century
from models.values.digits import problem_with_digits, strip_separators
from models.values.parsed import Parsed

LENGTH = 16
WHAT = N_("family card number")


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """A family card number of correct form, decoded."""

    digits: str
    issued_on: date | None
    """None where the six digits are no date: old numbers exist that were made otherwise."""

    @property
    def kecamatan(self) -> str:
        """Region code ``13.12.03`` of the place of issue."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def serial(self) -> int:
        return int(self.digits[12:])

    def __str__(self) -> str:
        return self.digits


def parse_family_card(text: str, today: date, *, field: str = "family_card") -> Parsed[FamilyCard]:
    """Reads a family card number, separators allowed; what is odd in its date is only a warning."""
    digits = strip_separators(text)
    if not digits:
        return None, ()
    problem = problem_with_digits(text, LENGTH, field=field, code="family_card", what=WHAT)
    if problem:
        return None, (problem,)
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    try:
        card = FamilyCard(digits, date(year_within_century(year, month, day, today), month, day))
    except ValueError:
        card = FamilyCard(digits, None)
        message = N_(
            "Digits 7 to 12 of a family card number are its day of issue; {shown} is none. Compare with the card."
        )
        if 41 <= day <= 71:
            message = N_("This looks like the NIK of a woman, not like a family card number. Compare with the card.")
        shown = f"{digits[6:8]}-{digits[8:10]}-{digits[10:12]}"
        return card, (Problem(field, "family_card_date", message, {"shown": shown}, Level.WARNING),)
    return card, ()
