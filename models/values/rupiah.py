"""Whole rupiah: read as people type it, printed, and spelled out (terbilang)."""

from __future__ import annotations

import re

from models.language import N_
from models.problems import Problem
from models.values.digits import is_digits
from models.values.formats import Written, number
from models.values.parsed import Parsed

LARGEST = 999_999_999_999_999
"""What can be spelled out: one below a thousand trillion."""

_UNSEEN = str.maketrans("", "", " \t\r\n\u00a0\u2007\u2009\u202f\u200b\ufeff'")
_AMOUNT = re.compile(
    r"(?P<sign>[-(\u2212]?)(?:rp\.?|idr)?(?P<inner_sign>[-\u2212]?)"
    r"(?P<number>[0-9][0-9.,]*?(?:(?:ribu|rb|k|juta|jt|miliar|milyar|mlr)[0-9.,]*?)*)"
    r"(?:,-{1,2}|,=|\.-|-|\.)?(?:rupiah)?\)?"
)
_WITH_UNIT = re.compile(r"([0-9][0-9.,]*)(ribu|rb|k|juta|jt|miliar|milyar|mlr)")
_UNITS = {"k": 10**3, "rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6,
          "mlr": 10**9, "miliar": 10**9, "milyar": 10**9}  # fmt: skip
_SPACE_IN_NUMBER = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_BROKEN_NUMBER = re.compile(r"[0-9][.,]?\s+[0-9]")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+")
_WITH_CENTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]+,[0-9]{2}")
_DECIMALS = re.compile(r"([0-9]+)[.,]([0-9]{1,2})")
_LONGEST = 40
"""Characters of the longest amount that is looked at."""

_DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def parse_rupiah(text: str, *, field: str = "income", at_most: int = LARGEST) -> Parsed[int]:
    """Reads an amount in the Indonesian way: ``850.000``, ``Rp 850.000,-``, ``850rb``, ``1,5 jt``, ``1 jt 500 rb``.

    What means one thing in Indonesia and another elsewhere (``1.5``, ``1,500``) is refused, never guessed.
    """
    joined = _SPACE_IN_NUMBER.sub("", text)
    bare = joined.translate(_UNSEEN).lower()
    if bare in ("", "-"):
        return None, ()
    match = _AMOUNT.fullmatch(bare) if len(bare) <= _LONGEST else None
    if not match:
        message = N_(
            "This is no amount the program can read. Write it in rupiah, for instance 850.000 or 850 rb or 1,5 jt."
        )
        return None, (Problem(field, "rupiah_unreadable", message),)
    typed = match["number"]
    amount = _sum_of_units(typed) if any(c.isalpha() for c in typed) else _whole(typed)
    if amount is None or _BROKEN_NUMBER.search(joined):
        return None, (_unclear(text.strip(), typed, field),)
    if amount and (match["sign"] or match["inner_sign"]):
        message = N_("An amount cannot be below zero. Write it without a minus.")
        return None, (Problem(field, "rupiah_negative", message),)
    if amount > at_most:
        message = N_("This amount is too large; {limit} is the most. Count the zeros once more.")
        return None, (Problem(field, "rupiah_too_large", message, {"limit": Written(at_most, format_rupiah)}),)
    return amount, ()


def format_rupiah(amount: int) -> str:
    """16800 -> ``Rp16.800``"""
    return f"-Rp{number(-amount)}" if amount < 0 else f"Rp{number(amount)}"


def spell(value: int) -> str:
    """16800 -> ``enam belas ribu delapan ratus``, always in Indonesian; ValueError beyond `LARGEST`."""
    if abs(value) > LARGEST:
        raise ValueError(f"too large to spell out: {value}")
    if value == 0:
        return "nol"
    words = ["minus"] if value < 0 else []
    rest = abs(value)
    for size, name in _SCALES:
        count, rest = divmod(rest, size)
        if count == 1 and size == 1000:
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), name]
    return " ".join(words + _below_thousand(rest))


def spell_rupiah(amount: int) -> str:
    """16800 -> ``enam belas ribu delapan ratus rupiah``"""
    return f"{spell(amount)} rupiah"


def _below_thousand(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [] if hundreds == 0 else ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"]
    tens, ones = divmod(rest, 10)
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif tens == 1:
        words += [_DIGITS[ones], "belas"]
    else:
        words += ([_DIGITS[tens], "puluh"] if tens else []) + ([_DIGITS[ones]] if ones else [])
    return words


def _whole(text: str) -> int | None:
    """The amount of a number without a unit; cents must be 00."""
    whole, comma, cents = text.partition(",")
    if comma and cents not in ("0", "00"):
        return None
    return int(whole.replace(".", "")) if _GROUPED.fullmatch(whole) else None


def _sum_of_units(text: str) -> int | None:
    """``1,5jt`` or ``1jt500rb``, each unit smaller than the one before; None when it is not clear."""
    total, smallest, end = 0, LARGEST, 0
    for match in _WITH_UNIT.finditer(text):
        unit = _UNITS[match[2]]
        amount = _times(match[1], unit)
        if match.start() != end or amount is None or unit >= smallest or (end and amount >= smallest):
            return None
        total, smallest, end = total + amount, unit, match.end()
    return total if end == len(text) else None


def _times(text: str, unit: int) -> int | None:
    """1,5 x 1.000.000; three digits after the mark could be thousands as well, so they are not read."""
    if is_digits(text):
        return int(text) * unit
    match = _DECIMALS.fullmatch(text)
    return int(match[1]) * unit + int(match[2].ljust(2, "0")) * (unit // 100) if match else None


def _unclear(text: str, number: str, field: str) -> Problem:
    if _WITH_CENTS.fullmatch(number):
        message = N_(
            "{text} has cents; contributions and incomes are whole rupiah. Leave out what follows the comma."
        )
        return Problem(field, "rupiah_cents", message, {"text": text})
    message = N_(
        "It is not clear how much {text} is. Write the full amount with dots between the thousands, "
        "for instance 1.500.000."
    )
    return Problem(field, "rupiah_unclear", message, {"text": text})
