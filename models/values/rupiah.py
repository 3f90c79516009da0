"""Whole rupiah: read as people type it, printed, and spelled out (terbilang)."""

from __future__ import annotations

import re

from models.language import N_
from models.problems import Problem
from models.values.formats import Written, number
from models.values.parsed import Parsed

LARGEST = 999_999_999_999_999
"""What can be spelled out: one below a thousand trillion."""

_SPACES = str.maketrans("", "", " \t\r\n\u00a0\u2007\u2009\u202f\u200b\ufeff'")
_AMOUNT = re.compile(
    r"(?P<sign>[-(\u2212]?)(?:rp\.?|idr)?(?P<inner_sign>[-\u2212]?)"
    r"(?P<number>[0-9][0-9.,]*?)"
    r"(?P<unit>ribu|rb|juta|jt|miliar|milyar|mlr)?\.?"
    r"(?P<tail>,-{1,2}|,--|\.-|,=|-)?(?:rupiah)?\)?",
)
_UNITS = {"rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000,
          "mlr": 1_000_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000}  # fmt: skip
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")
_DECIMALS = re.compile(r"([0-9]+)[.,]([0-9]{1,2})")
_SPOILT = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)

_DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def parse_rupiah(text: str, *, field: str = "income", at_most: int = LARGEST) -> Parsed[int]:
    """Reads an amount in the Indonesian way: ``850.000``, ``Rp 850.000,-``, ``850000,00``, ``850rb``, ``1,5 jt``.

    What means one thing in Indonesia and another elsewhere (``1.5``, ``1,500``) is refused, never guessed.
    """
    bare = text.translate(_SPACES).lower()
    if not bare:
        return None, ()
    match = _AMOUNT.fullmatch(bare)
    if not match or _SPOILT.fullmatch(bare):
        message = N_(
            "This is no amount the program can read. Write it in rupiah, for instance 850.000 or 850 rb or 1,5 jt."
        )
        return None, (Problem(field, "rupiah_unreadable", message),)
    amount = _whole(match["number"]) if not match["unit"] else _with_unit(match["number"], _UNITS[match["unit"]])
    if amount is None:
        message = N_(
            "{text} can be read in two ways. Write the full amount with dots between the thousands, "
            "for instance 1.500.000, without cents."
        )
        return None, (Problem(field, "rupiah_ambiguous", message, {"text": text.strip()}),)
    if amount and (match["sign"] or match["inner_sign"]):
        return None, (
            Problem(field, "rupiah_negative", N_("An amount cannot be below zero. Write it without a minus.")),
        )
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
    if comma and cents not in ("", "0", "00"):
        return None
    return int(whole.replace(".", "")) if _GROUPED.fullmatch(whole) else None


def _with_unit(text: str, unit: int) -> int | None:
    """1,5 x 1.000.000; three digits after the mark could be thousands as well, so they are refused."""
    if text.isdigit():
        return int(text) * unit
    match = _DECIMALS.fullmatch(text)
    if not match:
        return None
    return int(match[1]) * unit + int(match[2].ljust(2, "0")) * (unit // 100)
