"""Two workers beside each other, line by line: what is the same, what differs and where, what only one side knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from models.language import N_
from models.language import translate as _
from models.people.masking import PROTECTED
from models.people.merging import FIELDS
from models.people.pairs import differing_places, masked_pair
from models.people.worker import Worker
from models.schemes.enrolment import Enrolment
from models.values.formats import NOTHING, date_short, number
from ui.people.enrolments_panel import months_words
from ui.people.history_words import in_words, people_of

if TYPE_CHECKING:
    from models.register import Register

_NUMBERS = ("nik", "family_card", "heir_nik")


class Mark(StrEnum):
    """How the two sides of a line lie to each other."""

    SAME = "same"
    DIFFERS = "differs"
    ONE_SIDE = "one_side"
    PLAIN = "plain"
    """Nothing to compare."""

    @property
    def label(self) -> str:
        """English message id."""
        return {"same": N_("same"), "differs": N_("differs"), "one_side": N_("one side only"), "plain": ""}[
            self.value
        ]

    @property
    def icon(self) -> tuple[str, str]:
        """Name of its icon and of the colour it is drawn in; empty for none."""
        return {
            "same": ("good", "good"), "differs": ("warning", "warning"), "one_side": ("info", "muted"),
            "plain": ("", ""),
        }[self.value]  # fmt: skip


class PairLine(NamedTuple):
    """One line of the comparison, in words."""

    name: str
    """Attribute of the worker; empty for what hangs on it."""
    word: str
    one: str
    other: str
    mark: Mark
    note: str = ""
    """Where exactly it differs."""

    @property
    def mark_words(self) -> str:
        return " ".join(filter(None, (_(self.mark.label), self.note)))


def field_lines(register: Register, one: Worker, other: Worker, *, in_full: bool = False) -> tuple[PairLine, ...]:
    """Every field that one of the two has, protected values masked so that is seen where digits differ."""
    return tuple(_field_lines(register, one, other, in_full))


def further_lines(register: Register, one: int, other: int) -> tuple[PairLine, ...]:
    """What hangs on each: when it was registered and by whom, its enrolments, its letters."""
    return tuple(_further_lines(register, one, other))


def differing(lines: tuple[PairLine, ...]) -> int:
    """How many lines differ."""
    return sum(line.mark is Mark.DIFFERS for line in lines)


def enrolment_words(register: Register, enrolment: Enrolment) -> str:
    """``SAWIT, Des 2026 – Feb 2027, Aktif``"""
    code = register.schemes.get(enrolment.scheme).code
    return f"{code}, {months_words(enrolment.period)}, {_(enrolment.state.label)}"


def _field_lines(register: Register, one: Worker, other: Worker, in_full: bool) -> Iterator[PairLine]:
    for name in FIELDS:
        values = getattr(one, name), getattr(other, name)
        if all(value in (None, "") for value in values):
            continue
        left, right = (value.isoformat() if isinstance(value, date) else value for value in values)
        ((word, shown, other_shown),) = in_words(register, [(name, left, right)], in_full=in_full)
        mark, note = _mark_of(name, *values)
        if mark is Mark.DIFFERS and name in _NUMBERS and not in_full:
            shown, other_shown = masked_pair(*values)
        elif mark is Mark.DIFFERS and name in PROTECTED and shown == other_shown:
            note = _("(seen with Ctrl+T)")
        yield PairLine(name, word, shown, other_shown, mark, note)


def _mark_of(name: str, one: object, other: object) -> tuple[Mark, str]:
    if one in (None, "") or other in (None, ""):
        return Mark.ONE_SIDE, ""
    alike = str(one).casefold() == str(other).casefold()
    if alike:
        return Mark.SAME, ""
    places = differing_places(str(one), str(other)) if name in _NUMBERS else ()
    if not places:
        return Mark.DIFFERS, ""
    if len(places) > 4:
        return Mark.DIFFERS, _("in {count} digits").format(count=len(places))
    return Mark.DIFFERS, _("at digit {places}").format(places=", ".join(number(place) for place in places))


def _further_lines(register: Register, one: int, other: int) -> Iterator[PairLine]:
    people = people_of(register)
    left, right = (_registered(register, id, people) for id in (one, other))
    yield PairLine("", _("Registered"), left, right, Mark.PLAIN)
    yield from _pairwise(_("Enrolment"), [
        [enrolment_words(register, enrolment) for enrolment in register.enrolments.of_worker(id)]
        for id in (one, other)
    ])  # fmt: skip
    yield from _pairwise(_("Letter"), [
        [f"{letter}, {date_short(day)}" for letter, day in register.pairs.papers_of(id)] for id in (one, other)
    ])  # fmt: skip


def _pairwise(word: str, sides: list[list[str]]) -> Iterator[PairLine]:
    for left, right in zip_longest(*sides, fillvalue=NOTHING):
        yield PairLine("", word, left, right, Mark.PLAIN)


def _registered(register: Register, worker: int, people: dict[str, str]) -> str:
    entries = register.audit.of("worker", worker)
    if not entries:
        return NOTHING
    who = people.get(entries[0].user, entries[0].user).partition(",")[0]
    return f"{date_short(entries[0].at.date())}, {who}"
