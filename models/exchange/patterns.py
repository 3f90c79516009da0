"""What the cells of a column look like: which share of them could be a NIK, a date, a name, an amount."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from models.exchange.cells import Cell, text_of
from models.exchange.context import CheckContext
from models.exchange.fields import words
from models.exchange.table import ListTable
from models.exchange.values import DateReader, split_birth
from models.people.names import fold
from models.values.digits import is_digits, strip_separators

MOST_LOOKED_AT = 200
"""Rows of which a column is known well enough."""
_PHONE = re.compile(r"(?:\+?62|0)?8[0-9]{8,11}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MONEY = re.compile(r"(?:rp\.?\s*)?[0-9]{1,3}(?:[.,][0-9]{3})+(?:,-|,00)?|rp\.?\s*[0-9]+.*|[0-9]{4,9}", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_][^\d_@/\\:;!?%&+=*<>|]{1,59}")
_ADDRESS = re.compile(r"\b(?:JL|JLN|JALAN|RT|RW|GG|GANG|DUSUN|JORONG|KAMPUNG|KP|BLOK|KOMPLEK)\b", re.IGNORECASE)
_RT_RW = re.compile(r"(?:RT\.?\s*)?[0-9]{1,3}\s*/\s*(?:RW\.?\s*)?[0-9]{1,3}", re.IGNORECASE)
_KPJ = re.compile(r"[0-9]{2}[0-9A-Z][0-9]{8}")
_SMALL = re.compile(r"[0-9]{1,3}(?:\s*(?:BULAN|BLN|TAHUN|TH|THN))?", re.IGNORECASE)
_AGREES = 0.5
"""Share of numbers that carry the birth date beside them from which they surely are NIK."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """One column, looked at in some of its rows."""

    texts: tuple[str, ...]
    """Of the cells that hold anything."""
    shares: Mapping[str, float]
    """Name of a pattern -> share of these texts that fit it."""

    @property
    def is_empty(self) -> bool:
        return not self.texts

    def share(self, pattern: str) -> float:
        """0 to 1."""
        return self.shares.get(pattern, 0.0)


def look_at(table: ListTable, context: CheckContext | None) -> list[Patterns]:
    """The patterns of every column, each held against the dates of the others."""
    places = _sample(len(table))
    today = context.today if context is not None else date(2100, 1, 1)
    columns = [[column[place] for place in places] for column in table.columns]
    dates = [_dates(cells, today) for cells in columns]
    found = [_patterns(cells, days, dates, context) for cells, days in zip(columns, dates, strict=True)]
    is_known = any(patterns.share("agrees") > _AGREES for patterns in found)
    return [
        replace(patterns, shares={**patterns.shares, "other_agrees": 1.0})
        if is_known and patterns.share("agrees") <= _AGREES
        else patterns
        for patterns in found
    ]


def _sample(count: int) -> Sequence[int]:
    if count <= MOST_LOOKED_AT:
        return range(count)
    return [place * count // MOST_LOOKED_AT for place in range(MOST_LOOKED_AT)]


def _dates(cells: Sequence[Cell], today: date) -> list[str]:
    """ISO dates of the cells that are dates or end in one."""
    reader = DateReader("born_on", today)
    result = []
    for cell in cells:
        if isinstance(cell, int | float) and not isinstance(cell, bool) and not 5_000 <= cell <= 60_000:
            result.append("")
            continue
        if isinstance(cell, str) and (len(cell) > 60 or not any(map(str.isdigit, cell))):
            result.append("")
            continue
        read = reader.read(split_birth(cell)[1] if isinstance(cell, str) and cell[:1].isalpha() else cell)
        result.append(str(read.stored or ""))
    return result


def _patterns(
    cells: Sequence[Cell], days: list[str], others: Sequence[list[str]], context: CheckContext | None
) -> Patterns:
    pairs = [
        (cell, text, day) for cell, day in zip(cells, days, strict=True) if (text := text_of(cell).strip(" .-'"))
    ]
    if not pairs:
        return Patterns((), {})
    count = len(pairs)
    found = {name: sum(bool(fits(cell, text)) for cell, text, _day in pairs) / count for name, fits in _TESTS.items()}
    found["date"] = sum(bool(day) and not text[:1].isalpha() for _cell, text, day in pairs) / count
    found["place_and_date"] = sum(bool(day) and text[:1].isalpha() for _cell, text, day in pairs) / count
    texts = tuple(text for _cell, text, _day in pairs)
    folded = [fold(text) for text in texts]
    for vocabulary in (
        "sex",
        "marital_status",
        "segment",
        "other_membership",
        "active",
        "bpjs_outcome",
        "nik_outcome",
    ):
        known = words(vocabulary)
        found[vocabulary] = sum(key in known for key in folded) / count
    found |= _of_places(folded, context)
    found["row_number"] = _counting(texts)
    found["repeated"] = 1 - len(set(texts)) / count
    found |= _sixteen(cells, others)
    found["person"] *= 1 - max(found[name] for name in ("nagari", "kecamatan", "occupation", "sex", "marital_status"))
    if count >= 10 and found["repeated"] > 0.8:
        found["person"] *= 0.3
    return Patterns(texts, found)


def _of_places(folded: Sequence[str], context: CheckContext | None) -> dict[str, float]:
    count = len(folded)
    jobs = set(words("occupation")) | set(words("no_work"))
    nagari: set[str] = set()
    kecamatan: set[str] = set()
    if context is not None:
        jobs |= {fold(occupation.name) for occupation in context.occupations}
        nagari = {fold(name) for name in context.nagari.values()}
        nagari |= {alias for aliases in context.aliases.values() for alias in aliases}
        kecamatan = {fold(name) for name in context.kecamatan.values()}
    return {
        "occupation": sum(key in jobs for key in folded) / count,
        "nagari": sum(_bare(key) in nagari or key in nagari for key in folded) / count,
        "kecamatan": sum(_bare(key) in kecamatan or key in kecamatan for key in folded) / count,
    }


def _bare(key: str) -> str:
    first, _, rest = key.partition(" ")
    return rest if first in ("NAGARI", "KECAMATAN", "KEC", "DESA", "KENAGARIAN") else key


def _counting(texts: Sequence[str]) -> float:
    """The share of numbers that are greater than the one before, as those of rows are."""
    numbers = [int(text) if is_digits(text) and len(text) < 7 else 0 for text in texts]
    if len(numbers) < 2 or not all(numbers):
        return float(numbers == [1])
    return sum(after > before for before, after in pairwise(numbers)) / (len(numbers) - 1)


def _sixteen(cells: Sequence[Cell], dates: Sequence[list[str]]) -> dict[str, float]:
    """What tells a NIK from a family card number: days over 40, and the birth date of a column beside it."""
    digits = [strip_separators(text_of(cell)) for cell in cells]
    at = [place for place, number in enumerate(digits) if len(number) == 16 and is_digits(number)]
    if not at:
        return {"women": 0.0, "agrees": 0.0}
    women = sum(41 <= int(digits[place][6:8]) <= 71 for place in at) / len(at)
    agreement = 0.0
    for column in dates:
        known = [place for place in at if column[place]]
        if len(known) * 2 > len(at):
            same = sum(_carries(digits[place], column[place]) for place in known)
            agreement = max(agreement, same / len(known))
    return {"women": women, "agrees": agreement}


def _carries(number: str, iso: str) -> bool:
    return (f"{int(number[6:8]) % 40:02d}", number[8:10], number[10:12]) == (iso[8:], iso[5:7], iso[2:4])


def _is_amount(cell: Cell, text: str) -> bool:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return 1_000 <= cell <= 1_000_000_000
    return _MONEY.fullmatch(text) is not None


def _is_sixteen(cell: Cell, text: str) -> bool:
    bare = strip_separators(text)
    return (len(bare) in (15, 16, 17) and is_digits(bare)) or re.fullmatch(
        r"1[.,][0-9]+E\+?15", bare, re.I
    ) is not None


_TESTS: Mapping[str, Callable[[Cell, str], object]] = {
    "sixteen": _is_sixteen,
    "nip": lambda _cell, text: len(bare := strip_separators(text)) == 18 and is_digits(bare),
    "phone": lambda _cell, text: _PHONE.fullmatch(strip_separators(text)),
    "email": lambda _cell, text: _EMAIL.fullmatch(text),
    "postcode": lambda _cell, text: len(text) == 5 and is_digits(text) and text[0] != "0",
    "kpj": lambda _cell, text: _KPJ.fullmatch(strip_separators(text).upper()),
    "money": _is_amount,
    "person": lambda _cell, text: _PERSON.fullmatch(text) and len(fold(text)) > 2,
    "address": lambda _cell, text: _ADDRESS.search(text),
    "rt_rw": lambda _cell, text: _RT_RW.fullmatch(text),
    "small": lambda cell, text: not isinstance(cell, date | datetime) and _SMALL.fullmatch(text),
    "decile": lambda _cell, text: re.fullmatch(r"(?:DESIL\s*)?(?:10|[1-9])", text, re.I),
    "text": lambda cell, text: isinstance(cell, str) and any(map(str.isalpha, text)),
}
