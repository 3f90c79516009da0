"""What single cells say: dates, amounts and words of a list turned into stored values, or into what is wrong with them.

Every reader takes a cell once for all rows that hold the same, so none of them is in a hurry.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from rapidfuzz import fuzz, process

from models.exchange.cells import Cell, text_of
from models.exchange.fields import words
from models.language import N_, translate
from models.people.names import fold, tidy
from models.problems import Level, Problem
from models.values.dates import parse_date
from models.values.formats import Written, date_short
from models.values.rupiah import parse_rupiah

Stored = str | int | None

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar."""
_LAST_SERIAL = 73_415
"""31-12-2100."""
_DEFAULTS = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
"""What a spreadsheet shows for a date cell that holds nothing."""
_NUMERIC_DATE = re.compile(
    r"\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})\s*(?:[ T]\s*00[:.]00(?:[:.]00)?)?"
)
_FIRST = 500
"""Dates that mostly tell already that the day comes first."""
_PLAIN_DATE = re.compile(r"[0-9]{2}[-/][0-9]{2}[-/][12][0-9]{3}")
_MONTHS = frozenset(f"{month:02d}" for month in range(1, 13))
_DEFAULT_TEXT = re.compile(r"(?:00|0?1)\D+(?:00|0?1)\D+(?:1900|0000)|(?:1900|0000)-(?:00|01)-(?:00|01)|0+")
_COUNT = re.compile(r"\D{0,20}?(\d{1,3})(?:[.,]0+)?\D{0,20}")
_CLOSE = 60.0
"""Likeness from which a known word is offered instead of an unknown one."""
_LIKELY = 72.0
"""Likeness from which the sentence itself asks whether it is meant."""


class Read(NamedTuple):
    """What one cell says."""

    stored: Stored
    problem: Problem | None = None
    proposals: tuple[str, ...] = ()
    note: str = ""
    """What was put right, a key of `mistakes.NOTES`."""
    is_doubtful: bool = False
    """The rules of the worker have something to say about what stands there."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one field, and what each of them means."""

    name: str
    """Of the field."""
    known: Mapping[str, str]
    """Folded word -> stored value."""
    shown: Mapping[str, str]
    """Stored value -> what is offered for it."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Folded word -> stored value, as a person answered once; goes before all else."""
    ignored: frozenset[str] = frozenset()
    """Folded words that say that there is nothing."""

    def read(self, text: str) -> Read:
        """The stored value of a word; of an unknown one nothing, with the nearest known ones."""
        key = fold(text)
        stored = self.answers.get(key)
        if stored is None:
            stored = self.known.get(key) if key else ""
        if stored is not None or key in self.ignored:
            return Read(stored or None)
        near = self.nearest(key)
        return Read(None, _unknown_word(self.name, text, near), near)

    def nearest(self, key: str, most: int = 3) -> tuple[str, ...]:
        """What is offered instead of an unknown word, the likeliest first."""
        return nearest(key, self.known, self.shown, most)


def nearest(key: str, known: Mapping[str, str], shown: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """Texts to offer instead of an unknown word, by likeness of the known words."""
    found = process.extract(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=most * 4)
    codes = dict.fromkeys(known[word] for word, _score, _place in found)
    return tuple(shown[code] for code in codes if code in shown)[:most]


def is_likely(key: str, near: Sequence[str], least: float = _LIKELY) -> bool:
    """Whether the first of some words is much like another one."""
    return bool(near) and fuzz.ratio(key, fold(near[0])) >= least


def _unknown_word(name: str, text: str, near: Sequence[str]) -> Problem:
    if is_likely(fold(text), near):
        message = N_("“{text}” is not known here. Is {near} meant? One answer serves every row that says the same.")
    else:
        message = N_("“{text}” is not known here. Say what it means; one answer serves every row that says the same.")
    return Problem(name, f"{name}_unknown", message, {"text": text[:60], "near": near[0] if near else ""})


def cleaned(cell: Cell) -> str:
    """The text of a cell with single spaces and nothing unseen; empty for a dash and other words for nothing."""
    text = text_of(cell)
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    text = tidy(text)
    return "" if not text.strip(" .-_/\\") or fold(text) in words("nothing") else text


def error_of(cell: Cell, name: str) -> Problem | None:
    """An error of a formula that stands in the cell instead of a value."""
    if not isinstance(cell, str) or cell not in _ERRORS:
        return None
    message = N_("The spreadsheet shows an error here ({text}) instead of a value. Type the value itself.")
    return Problem(name, "cell_error", message, {"text": cell})


def is_month_first(cells: Sequence[Cell], niks: Sequence[Cell] | None = None) -> bool:
    """Whether a column of dates stands in American order: its days say so, or the NIK of the same rows where the days
    leave it open."""
    day_first = month_first = 0
    for cell in chain(cells[:_FIRST], set(cells)):
        match = _NUMERIC_DATE.fullmatch(cell) if isinstance(cell, str) else None
        if match:
            first, second = int(match[1]), int(match[2])
            if 12 < first <= 31 and second <= 12:
                return False
            month_first += 12 < second <= 31 and first <= 12
    if not (month_first or niks):
        return False
    if month_first:
        return True
    for cell, nik in zip(cells, niks or (), strict=True):
        match = _NUMERIC_DATE.fullmatch(cell) if isinstance(cell, str) else None
        if match and match[1] != match[2] and isinstance(nik, str) and len(nik) == 16 and nik[6:10].isdecimal():
            day, month = int(nik[6:8]) % 40, int(nik[8:10])
            day_first += (day, month) == (int(match[1]), int(match[2]))
            month_first += (day, month) == (int(match[2]), int(match[1]))
    return month_first >= 3 and month_first > 4 * day_first


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one column."""

    name: str
    today: date
    month_first: bool = False

    def read(self, cell: Cell) -> Read:
        """ISO text, or what is wrong with it."""
        if isinstance(cell, str) and not self.month_first and _PLAIN_DATE.fullmatch(cell):
            day, month, year = cell[:2], cell[3:5], cell[6:]
            if month in _MONTHS and "01" <= day <= "28" and year > "1900":
                return Read(f"{year}-{month}-{day}")
        if isinstance(cell, datetime):
            return self._of_day(cell.date())
        if isinstance(cell, date):
            return self._of_day(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._of_number(cell)
        text = cleaned(cell)
        if not text:
            return Read(None)
        if _DEFAULT_TEXT.fullmatch(text):
            return Read(None, self._default())
        return self._of_text(text)

    def _of_text(self, text: str) -> Read:
        if self.month_first and (match := _NUMERIC_DATE.fullmatch(text)) and int(match[1]) <= 12:
            day, problems = parse_date(f"{match[2]}-{match[1]}-{match[3]}", self.today, field=self.name)
            if day is not None:
                return self._of_day(day, "month_first")
        day, problems = parse_date(text, self.today, field=self.name)
        if day is None:
            if not problems:  # nothing but marks that a date is not written with
                return Read(None)
            return Read(None, problems[0], _day_first(text) if problems[0].code == "date_impossible" else ())
        return self._of_day(day)

    def _of_day(self, day: date, note: str = "") -> Read:
        if day in _DEFAULTS:
            return Read(None, self._default())
        return Read(day.isoformat(), note=note)

    def _of_number(self, number: float) -> Read:
        """A spreadsheet's count of days, unless it can only be digits typed without marks (1071985)."""
        if not math.isfinite(number) or number < 0:
            return self._of_text(str(number))
        whole = int(number)
        if whole <= 2:
            return Read(None, self._default())
        if 1900 <= whole <= self.today.year:
            message = N_("Only a year stands here ({text}). Copy day and month from the KTP as well.")
            return Read(None, Problem(self.name, "date_year_only", message, {"text": str(whole)}))
        if whole <= _LAST_SERIAL:
            return self._of_day(_DAY_ZERO + timedelta(days=whole), "serial")
        digits = str(whole)
        return self._of_text(digits.zfill(8) if len(digits) == 7 else digits)

    def _default(self) -> Problem:
        message = N_("This is the date that a spreadsheet shows for an empty cell. Copy the true one from the KTP.")
        return Problem(self.name, "date_default", message)


def _day_first(text: str) -> tuple[str, ...]:
    """A date in American order as it should be written."""
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None or not int(match[1]) <= 12 < int(match[2]) <= 31:
        return ()
    return (f"{match[2].zfill(2)}-{match[1].zfill(2)}-{match[3]}",)


def read_money(name: str, cell: Cell) -> Read:
    """Whole rupiah, read in the Indonesian way alone: what means something else elsewhere is refused."""
    if isinstance(cell, bool | date | datetime) or not isinstance(cell, str | int | float):
        return Read(None, parse_rupiah("?", field=name)[1][0])
    if isinstance(cell, float) and not cell.is_integer():
        return Read(None, parse_rupiah(_with_comma(cell), field=name)[1][0])
    text = text_of(cell) if not isinstance(cell, str) else cleaned(cell)
    amount, problems = parse_rupiah(text, field=name)
    return Read(amount, problems[0] if problems else None)


def _with_comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",") if math.isfinite(number) else "?"


def read_count(name: str, cell: Cell) -> Read:
    """A small whole number, with words around it allowed (``3 bulan``, ``Desil 1``)."""
    text = cleaned(cell)
    if not text:
        return Read(None)
    match = _COUNT.fullmatch(text) if not isinstance(cell, date | timedelta) else None
    if match is None:
        message = N_("“{text}” is no whole number. Write digits alone, for instance 3.")
        return Read(None, Problem(name, "count_unreadable", message, {"text": text[:60]}))
    return Read(int(match[1]))


def read_rt_rw(name: str, cell: Cell) -> Read:
    """``RT 001/RW 002``; the part that is known where the column holds one alone."""
    if isinstance(cell, date | float) and not (isinstance(cell, float) and cell.is_integer()):
        shown = date_short(cell) if isinstance(cell, date) else str(cell)
        message = N_("A spreadsheet turned RT and RW into something else ({text}). Type them as text: 001/002.")
        return Read("", Problem(name, "rt_rw_spoilt", message, {"text": shown}))
    text = cleaned(cell)
    numbers = re.findall(r"\d+", text)
    if not numbers or len(numbers) > 2:
        return Read(text)
    if name == "rt_rw":
        parts = [f"{mark} {number.zfill(3)}" for mark, number in zip(("RT", "RW"), numbers, strict=False)]
        return Read("/".join(parts))
    return Read(f"{name.upper()} {numbers[0].zfill(3)}")


def split_birth(text: str) -> tuple[str, str]:
    """Place and date of ``Talu, 17-08-1985``: what stands before the first digit, and the rest."""
    match = re.search(r"\d", text)
    if match is None:
        return text.strip(" ,/;-"), ""
    return text[: match.start()].strip(" ,/;-."), text[match.start() :].strip(" ,")


def number_cell_problem(cell: Cell, name: str, what: str, length: int) -> Problem | None:
    """What becomes of a long number in a number cell: digits are rounded away, at the least the sixteenth is doubtful.

    `what` is the number's name as a message id.
    """
    if isinstance(cell, str | bool | date) or not isinstance(cell, int | float):
        return None
    digits = text_of(cell)
    if len(digits) >= length and (not digits.isdigit() or digits.endswith("000000")):
        return _rounded(cell, name, what, length)
    if len(digits) != length:
        return None
    params = {"what": Written(what, translate), "length": length}
    if digits.endswith("0") or length > 16:
        message = N_(
            "The spreadsheet kept this {what} as a number, and numbers end after 15 digits: the last one may be lost. "
            "Type all {length} digits from the card, in a text cell."
        )
        return Problem(name, f"{name}_cut", message, params)
    message = N_(
        "The spreadsheet kept this {what} as a number. Its last digit is not 0, so it may be whole: compare it with "
        "the card, and say so."
    )
    return Problem(name, f"{name}_number", message, params, Level.WARNING)


def _rounded(cell: Cell, name: str, what: str, length: int) -> Problem:
    message = N_(
        "A spreadsheet turned the {what} into a number ({text}), and digits were lost. "
        "Type all {length} digits from the card."
    )
    text = f"{float(cell):.5E}".replace(".", ",")  # type: ignore[arg-type]
    params = {"what": Written(what, translate), "text": text, "length": length}
    return Problem(name, f"{name}_scientific", message, params)
