"""The NIK: sixteen digits that name a person, and tell where it was first issued, the birth date and the sex.

`PPKKCC DDMMYY SSSS`: province, regency and kecamatan of the first registration, the birth date with 40 added to the
day for a woman, a serial from 0001. It has no check digit, never changes when a person moves, and is not corrected to
match a wrong birth date; so what it tells may differ from the truth, but not from its own form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.language import N_
from models.people.worker import Sex
from models.problems import Problem
from models.values.dates import year_within_century
from models.values.digits import is_digits, problem_with_digits, strip_separators
from models.values.parsed import Parsed

LENGTH = 16
_WOMAN = 40
"""Added to the day of a woman's birth."""


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK of correct form, decoded."""

    digits: str
    born_on: date
    sex: Sex

    @property
    def province(self) -> str:
        """Region code ``13``."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """Region code ``13.12``."""
        return f"{self.digits[:2]}.{self.digits[2:4]}"

    @property
    def kecamatan(self) -> str:
        """Region code ``13.12.03`` of the first registration, not of today's home."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def serial(self) -> int:
        return int(self.digits[12:])

    def __str__(self) -> str:
        return self.digits


def parse_nik(text: str, today: date, born_on: date | None = None, *, field: str = "nik") -> Parsed[Nik]:
    """Reads a NIK, separators allowed. Its two-digit year means an age of 0 to 99 today, or that of `born_on`.

    Only errors are given here: whether the region is known and the date and sex agree with the form is for the
    worker's rules, which may be overruled with a reason.
    """
    digits = text if len(text) == LENGTH and is_digits(text) else strip_separators(text)
    if not digits:
        return None, ()
    if len(digits) != LENGTH or not is_digits(digits):
        problem = problem_with_digits(text, LENGTH, field=field, code="nik", what="NIK")
        return None, (problem,) if problem else ()
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex = Sex.MALE
    if day > _WOMAN:
        day -= _WOMAN
        sex = Sex.FEMALE
    decoded = _birth_date(day, month, year, today, born_on)
    if decoded is not None and digits[12:] != "0000":
        return Nik(digits, decoded, sex), ()
    return None, tuple(_problems_of_form(digits, decoded, field))


def compose_nik(kecamatan: str, born_on: date, sex: Sex, serial: int) -> str:
    """The digits of a NIK first issued in a kecamatan (``13.12.03``), serial 1 to 9999."""
    region = kecamatan.replace(".", "")
    if len(region) != 6 or not is_digits(region):
        raise ValueError(f"no kecamatan code: {kecamatan!r}")
    if not 1 <= serial <= 9999:
        raise ValueError(f"no serial: {serial}")
    day = born_on.day + (_WOMAN if sex is Sex.FEMALE else 0)
    return f"{region}{day:02d}{born_on.month:02d}{born_on.year % 100:02d}{serial:04d}"


def group_nik(digits: str) -> str:
    """``1312 0341 0785 0001``, easier to compare with a card; also groups a NIK that is still being typed."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _birth_date(day: int, month: int, year: int, today: date, born_on: date | None) -> date | None:
    """None when there is no such day. The entered birth date settles the century when its year ends alike."""
    if born_on is not None and born_on.year % 100 == year:
        try:
            settled = date(born_on.year, month, day)
        except ValueError:
            pass
        else:
            if settled <= today:
                return settled
    try:
        return date(year_within_century(year, month, day, today), month, day)
    except ValueError:
        return None


def _problems_of_form(digits: str, decoded: date | None, field: str) -> list[Problem]:
    problems = []
    if decoded is None:
        day, month = int(digits[6:8]), int(digits[8:10])
        if not 1 <= month <= 12:
            message = N_(
                "Digits 9 and 10 of the NIK are the month of birth; {month} is no month. Compare with the card."
            )
        elif not (1 <= day <= 31 or 1 <= day - _WOMAN <= 31):
            message = N_(
                "Digits 7 and 8 of the NIK are the day of birth, 01 to 31, or 41 to 71 for a woman; "
                "{day} cannot be. Compare with the card."
            )
        else:
            message = N_(
                "Digits 7 to 12 of the NIK are the birth date, and {date} is no day of the calendar. "
                "Compare with the card."
            )
        shown = f"{day - _WOMAN if day > _WOMAN else day:02d}-{digits[8:10]}-{digits[10:12]}"
        params = {"day": digits[6:8], "month": digits[8:10], "date": shown}
        problems.append(Problem(field, "nik_date", message, params))
    if digits[12:] == "0000":
        message = N_(
            "The last four digits of a NIK are never 0000. A spreadsheet may have cut them: compare with the card."
        )
        problems.append(Problem(field, "nik_serial", message))
    return problems
