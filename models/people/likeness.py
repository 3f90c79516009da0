"""How probable it is that two records are one person: what speaks for it, what against, and chance.

Two different people look alike for one of two reasons: by chance, which is the rarer the rarer their name is in this
register, or as relatives, who share mother, card and nagari and sometimes (twins) the birth date. One person looks like
two through slips. `likeness` holds the three against each other, field by field (Fellegi and Sunter's rule of 1969).

How often people slip is an estimate of the field, no measure of this district. How often strangers and relatives agree
was counted among 1,000,000 invented people with a long tail of names (tests/benchmarks/people.py) and rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from models.language import N_
from models.people.name_likeness import ComparedName, NameLikeness, name_likeness
from models.people.names import fold
from models.people.slips import DateLikeness, date_likeness, slip_place
from models.people.worker import Sex, Worker

REGISTERED_BEFORE = 0.05
"""Of those who are entered: how many are in the register already. An estimate."""
OFFERED = 25.0
"""Probability in percent from which two records are offered as perhaps one person."""
CERTAIN = 90.0
"""From here a person has to say why two records are two."""


class Frequencies(Protocol):
    """What is usual in this register; bounded answers will do (from some hundreds on, a name is simply common)."""

    @property
    def people(self) -> int:
        """How many living workers there are."""

    def named(self, key: str) -> int:
        """How many of them have this folded name."""

    def named_further(self, key: str) -> int:
        """How many have this folded name and a further word after it."""

    def born_on(self, day: date) -> int:
        """How many were born on this day."""

    def living_in(self, nagari: str) -> int:
        """How many live in this nagari."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two records have in common."""

    percent: float
    """How probable it is that they are one person, 0 to 100."""
    reasons: tuple[str, ...]
    """English message ids of what speaks for it, the strongest first."""


class Traits:
    """What is compared of a person, made ready once to be compared with many; empty and None are unknown."""

    def __init__(
        self,
        key: str,
        born_on: date | None,
        sex: Sex | None,
        mother_name: str,
        birth_place: str,
        nagari: str,
        family_card: str,
        nik: str,
    ) -> None:
        self.name = ComparedName(key)
        self.born_on = born_on
        self.sex = sex
        self.mother = ComparedName.of(mother_name)
        self.place = _folded_place(birth_place)
        self.nagari = nagari
        self.family_card = family_card
        self.nik = nik

    @classmethod
    def of(cls, worker: Worker) -> Traits:
        """Of a worker as typed."""
        return cls(
            fold(worker.name), worker.born_on, worker.sex, worker.mother_name, worker.birth_place, worker.nagari,
            worker.family_card, worker.nik,
        )  # fmt: skip


@lru_cache(maxsize=1_000)
def _folded_place(place: str) -> str:
    """Of the few places at which most people are born."""
    return fold(place)


class _Agreement(StrEnum):
    """How two values of a field stand to each other."""

    ALIKE = "alike"
    SOUND = "sound"
    SLIP = "slip"
    NEAR = "near"
    UNLIKE = "unlike"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Odds:
    """How often an agreement is seen: in two records of one person, in strangers, in relatives."""

    one: float
    strangers: float
    relatives: float
    reason: str = ""


_MOTHER = {
    _Agreement.ALIKE: _Odds(0.72, 0.0008, 0.7, N_("the same mother's name")),
    _Agreement.SOUND: _Odds(0.72, 0.0008, 0.7, N_("a mother's name that sounds the same")),
    _Agreement.NEAR: _Odds(0.2, 0.006, 0.2, N_("a like mother's name")),
    _Agreement.UNLIKE: _Odds(0.08, 0.993, 0.1),
}
_CARD = {
    _Agreement.ALIKE: _Odds(0.6, 0.00002, 0.8, N_("the same family card")),
    _Agreement.SLIP: _Odds(0.03, 0.00005, 0.01, N_("family cards one digit apart")),
    _Agreement.UNLIKE: _Odds(0.37, 1.0, 0.2),
}
_NAGARI = {
    _Agreement.ALIKE: _Odds(0.8, 0.02, 0.8, N_("the same nagari")),
    _Agreement.NEAR: _Odds(0.1, 0.1, 0.1),
    _Agreement.UNLIKE: _Odds(0.1, 0.88, 0.1),
}
_PLACE = {
    _Agreement.ALIKE: _Odds(0.75, 0.4, 0.75, N_("the same birth place")),
    _Agreement.UNLIKE: _Odds(0.25, 0.6, 0.25),
}
"""Neighbours are mostly born at one place, so among workers of one nagari it says little."""
_SEX = {_Agreement.ALIKE: _Odds(0.99, 0.5, 0.55), _Agreement.UNLIKE: _Odds(0.01, 0.5, 0.45)}
_NIK = {
    _Agreement.ALIKE: _Odds(0.4, 1e-9, 1e-9, N_("the same NIK")),
    _Agreement.SLIP: _Odds(0.1, 0.00001, 0.00001, N_("NIK differs in one digit")),
    _Agreement.NEAR: _Odds(0.2, 0.12, 0.3, N_("NIK differs in one digit")),
    _Agreement.UNLIKE: _Odds(0.5, 0.88, 0.7),
}
"""Strangers of one birth date mostly have a NIK one digit apart, in the kecamatan or in the serial number, which begins
at 1 each day; and so have strangers whose birth dates are one digit apart, in the date. That is NEAR and says little.
SLIP is a digit that the birth dates do not explain."""

_NAME_REASONS = {
    NameLikeness.SAME: N_("the same name"),
    NameLikeness.SOUND: N_("a name that sounds the same"),
    NameLikeness.SLIP: N_("one letter of the name differs"),
    NameLikeness.SLIPS: N_("two letters of the name differ"),
    NameLikeness.LONGER: N_("one name has a word more"),
    NameLikeness.PART: N_("part of the name is the same"),
}
_NAME_OF_ONE = {
    NameLikeness.SAME: 0.55, NameLikeness.SOUND: 0.1, NameLikeness.SLIP: 0.17, NameLikeness.SLIPS: 0.03,
    NameLikeness.LONGER: 0.1, NameLikeness.PART: 0.03,
}  # fmt: skip
_NAME_OF_RELATIVES = {
    NameLikeness.SAME: 0.0005, NameLikeness.SOUND: 0.001, NameLikeness.SLIP: 0.006, NameLikeness.SLIPS: 0.006,
    NameLikeness.LONGER: 0.02, NameLikeness.PART: 0.15,
}  # fmt: skip
_NAME_OF_TWINS = {
    NameLikeness.SAME: 0.0005, NameLikeness.SOUND: 0.02, NameLikeness.SLIP: 0.3, NameLikeness.SLIPS: 0.05,
    NameLikeness.LONGER: 0.02, NameLikeness.PART: 0.3,
}  # fmt: skip
_DATE_OF_ONE = {
    DateLikeness.SAME: 0.8, DateLikeness.SWAPPED: 0.06, DateLikeness.DIGIT: 0.09, DateLikeness.PART: 0.02,
    DateLikeness.OTHER: 0.03,
}  # fmt: skip
_DATE_OF_STRANGERS = {DateLikeness.SWAPPED: 0.00006, DateLikeness.DIGIT: 0.0025, DateLikeness.PART: 0.006}
_DATE_OF_RELATIVES = {
    DateLikeness.SAME: 0.004, DateLikeness.SWAPPED: 0.00006, DateLikeness.DIGIT: 0.0025, DateLikeness.PART: 0.006,
}  # fmt: skip
_DATE_REASONS = {
    DateLikeness.SAME: N_("the same birth date"),
    DateLikeness.SWAPPED: N_("day and month of birth swapped"),
    DateLikeness.DIGIT: N_("one digit of the birth date differs"),
    DateLikeness.PART: N_("part of the birth date is the same"),
}
_BIRTH_DAYS = 16_000
"""Days on which people of working age were born: what is usual where a register holds few people yet."""
_RELATIVES = 2.0
"""Brothers and sisters of working age that a person has in the register."""


def likeness(one: Traits, other: Traits, usual: Frequencies) -> Likeness:
    """How probable one person is, and why; 0 % without a reason where the names are unlike."""
    names = name_likeness(one.name, other.name)
    if names is NameLikeness.UNLIKE:
        return Likeness(0.0, ())
    dates = date_likeness(one.born_on, other.born_on)
    same = REGISTERED_BEFORE * _NAME_OF_ONE[names]
    strangers = _strangers_named(names, one.name, other.name, usual)
    is_twin = dates is DateLikeness.SAME
    relatives = _RELATIVES * (_NAME_OF_TWINS if is_twin else _NAME_OF_RELATIVES)[names]
    reasons = [(_NAME_OF_ONE[names] * (usual.people + 1) / strangers, _NAME_REASONS[names])]
    if dates is not DateLikeness.UNKNOWN:
        by_chance = _DATE_OF_STRANGERS.get(dates, 1.0)
        if is_twin:
            assert one.born_on is not None
            by_chance = (usual.born_on(one.born_on) + 1) / (usual.people + _BIRTH_DAYS)
        same *= _DATE_OF_ONE[dates]
        strangers *= by_chance
        relatives *= _DATE_OF_RELATIVES.get(dates, 1.0)
        if dates in _DATE_REASONS:
            reasons.append((_DATE_OF_ONE[dates] / by_chance, _DATE_REASONS[dates]))
    for agreement, table in _agreements(one, other):
        if agreement is not _Agreement.UNKNOWN:
            odds = table[agreement]
            same *= odds.one
            if table is _NAGARI and agreement is _Agreement.ALIKE:
                strangers *= _share_of_nagari(one.nagari, usual)
            else:
                strangers *= odds.strangers
            relatives *= odds.relatives
            if odds.reason:
                reasons.append((odds.one / odds.strangers, odds.reason))
    percent = 100 * same / (same + strangers + relatives)
    return Likeness(percent, tuple(reason for _, reason in sorted(reasons, key=lambda pair: -pair[0])))


def _strangers_named(names: NameLikeness, one: ComparedName, other: ComparedName, usual: Frequencies) -> float:
    """How many people of the register are expected to have a name that stands so to this one by chance."""
    people = usual.people
    bearers = max(usual.named(one.key), usual.named(other.key))
    own = max(bearers - 0.6, 0.4)
    length = min(len(one.joined), len(other.joined))
    if names is NameLikeness.SAME:
        return own
    if names is NameLikeness.SOUND:
        return own + people * 2e-6
    if names is NameLikeness.SLIP:
        return own + people * (1e-4 if length < 7 else 5e-5 if length < 9 else 5e-6 if length < 13 else 1.3e-6)
    if names is NameLikeness.SLIPS:
        return own + people * (7e-5 if length < 13 else 1.2e-5 if length < 15 else 5e-6)
    if names is NameLikeness.LONGER:
        shorter = min(one, other, key=lambda name: (len(name.joined), name.key))
        return own + usual.named(shorter.key) + usual.named_further(shorter.key) + people * 2e-5
    return own + people * 6e-4


def _share_of_nagari(nagari: str, usual: Frequencies) -> float:
    """How many of those who are registered live there: in the register of one nagari, most of them."""
    share = (usual.living_in(nagari) + 10) / (usual.people + 50)  # of few people nobody can tell yet
    return min(max(share, _NAGARI[_Agreement.ALIKE].strangers), 0.5)


def _agreements(one: Traits, other: Traits) -> tuple[tuple[_Agreement, dict[_Agreement, _Odds]], ...]:
    nagari = _nagari(one.nagari, other.nagari)
    return (
        (_mothers(one, other), _MOTHER),
        (_cards(one.family_card, other.family_card), _CARD),
        (nagari, _NAGARI),
        (_equal(one.place, other.place), _PLACE),
        (_equal(one.sex, other.sex), _SEX),
        (_niks(one, other), _NIK),
    )


def _mothers(one: Traits, other: Traits) -> _Agreement:
    if not one.mother.joined or not other.mother.joined:
        return _Agreement.UNKNOWN
    names = name_likeness(one.mother, other.mother)
    if names in (NameLikeness.SAME, NameLikeness.SOUND):
        return _Agreement.ALIKE if names is NameLikeness.SAME else _Agreement.SOUND
    return _Agreement.UNLIKE if names in (NameLikeness.PART, NameLikeness.UNLIKE) else _Agreement.NEAR


def _cards(one: str, other: str) -> _Agreement:
    if not one or not other:
        return _Agreement.UNKNOWN
    if one == other:
        return _Agreement.ALIKE
    return _Agreement.UNLIKE if slip_place(one, other) is None else _Agreement.SLIP


def _nagari(one: str, other: str) -> _Agreement:
    if one and other and one != other and one[:8] == other[:8]:
        return _Agreement.NEAR
    return _equal(one, other)


def _equal(one: object, other: object) -> _Agreement:
    if not one or not other:
        return _Agreement.UNKNOWN
    return _Agreement.ALIKE if one == other else _Agreement.UNLIKE


_DATE_DIGITS = range(6, 12)
"""Where a NIK has its date of birth."""


def _niks(one: Traits, other: Traits) -> _Agreement:
    if len(one.nik) != 16 or len(other.nik) != 16:
        return _Agreement.UNKNOWN
    if one.nik == other.nik:
        return _Agreement.ALIKE
    place = slip_place(one.nik, other.nik)
    if place is None:
        return _Agreement.UNLIKE
    if one.born_on is None or other.born_on is None:
        return _Agreement.SLIP
    is_same_day = one.born_on == other.born_on
    return _Agreement.SLIP if is_same_day == (place in _DATE_DIGITS) else _Agreement.NEAR
