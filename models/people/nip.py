"""The NIP of a civil servant: eighteen digits, printed ``19860926 201505 1 001``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.language import N_
from models.people.worker import Sex
from models.problems import Problem
from models.values.digits import is_digits, problem_with_digits, strip_separators
from models.values.parsed import Parsed

LENGTH = 18


@dataclass(frozen=True, slots=True)
class Nip:
    """A NIP of correct form: birth date, first appointment, sex, serial."""

    digits: str
    born_on: date

    @property
    def appointed_in(self) -> int:
        """Year of the first appointment."""
        return int(self.digits[8:12])

    @property
    def is_contract(self) -> bool:
        """PPPK: a code from 21 stands where a PNS has the month of appointment."""
        return int(self.digits[12:14]) > 12

    @property
    def sex(self) -> Sex:
        return Sex.MALE if self.digits[14] == "1" else Sex.FEMALE

    @property
    def serial(self) -> int:
        return int(self.digits[15:])

    def __str__(self) -> str:
        return self.digits


def parse_nip(text: str, today: date, *, field: str = "payer_number") -> Parsed[Nip]:
    """Reads a NIP, separators allowed."""
    digits = strip_separators(text)
    if not digits:
        return None, ()
    problem = problem_with_digits(text, LENGTH, field=field, code="nip", what="NIP")
    if problem:
        return None, (problem,)
    born_on = _birth_date(digits, today)
    if born_on is None:
        message = N_("A NIP starts with the birth date, year first; {shown} is none. Compare with the decree.")
        return None, (Problem(field, "nip_date", message, {"shown": digits[:8]}),)
    if not (born_on.year + 14 <= int(digits[8:12]) <= today.year and _is_appointment(digits[12:14])):
        message = N_(
            "Digits 9 to 14 of a NIP are year and month of the first appointment; {shown} cannot be. "
            "Compare with the decree."
        )
        return None, (Problem(field, "nip_appointment", message, {"shown": digits[8:14]}),)
    if digits[14] not in "12":
        message = N_("Digit 15 of a NIP is 1 for a man or 2 for a woman, not {shown}. Compare with the decree.")
        return None, (Problem(field, "nip_sex", message, {"shown": digits[14]}),)
    if digits[15:] == "000":
        message = N_("The last three digits of a NIP are never 000. Compare with the decree.")
        return None, (Problem(field, "nip_serial", message),)
    return Nip(digits, born_on), ()


def group_nip(digits: str) -> str:
    """``19860926 201505 1 001``; anything that is not 18 digits comes back as it is."""
    if len(digits) != LENGTH or not is_digits(digits):
        return digits
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def _birth_date(digits: str, today: date) -> date | None:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return born_on if date(1900, 1, 1) <= born_on <= today else None


def _is_appointment(code: str) -> bool:
    return 1 <= int(code) <= 12 or 21 <= int(code) <= 29
