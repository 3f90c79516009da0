"""The same person as another clerk typed it from another paper: one slip that a measure asks for, and the usual
differences of mother's name, birth place and family card beside it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from tests.benchmarks.people import PeopleNames, otherwise_written

_KEYS_BESIDE = {
    "A": "SQZ", "B": "VNG", "C": "XVD", "D": "SFE", "E": "WRI", "F": "DGV", "G": "FHT", "H": "GJN", "I": "UOE",
    "J": "HKU", "K": "JLI", "L": "KOP", "M": "NK", "N": "MBH", "O": "IPU", "P": "OL", "Q": "WA", "R": "ETF",
    "S": "ADZ", "T": "RYG", "U": "YIO", "V": "CBF", "W": "QES", "X": "ZCD", "Y": "TUI", "Z": "XSA",
}  # fmt: skip


class Slips:
    """Makes a second record of a person. Each kind of slip answers None for a person in whom it cannot happen."""

    def __init__(self, chance: random.Random, nagari: Sequence[str]) -> None:
        self._chance = chance
        self._nagari = nagari
        self._names = PeopleNames(chance)
        self.kinds: dict[str, Callable[[Worker], Worker | None]] = {
            "typo in the name": self.typo,
            "other spelling": self.spelling,
            "day and month swapped": self.swapped,
            "one digit of the date": self.digit,
            "other nagari": self.moved,
            "married name": self.married,
            "space": self.space,
            "short name": self.short,
            "typo, other nagari": lambda worker: _both(worker, self.typo, self.moved),
            "typo, digit of the date": lambda worker: _both(worker, self.typo, self.digit),
            "other nagari, digit of the date": lambda worker: _both(worker, self.moved, self.digit),
        }

    def again(self, worker: Worker, kind: str) -> Worker | None:
        """The person once more, with the slip and the usual differences, under an unknown or quite another NIK."""
        slipped = self.kinds[kind](worker)
        if slipped is None or slipped.born_on is None or slipped.sex is None:
            return None
        pick = self._chance.random
        mother, place, card = slipped.mother_name, slipped.birth_place, slipped.family_card
        if mother:
            which = pick()
            mother = "" if which < 0.1 else mistyped(mother, self._chance) if which < 0.2 else mother
            mother = otherwise_written(mother, self._chance) if mother and 0.2 <= which < 0.28 else mother
            mother = mother.split()[0] if mother and 0.28 <= which < 0.33 else mother
        if pick() < 0.2:
            place = self._chance.choice(("Pasaman Barat", "Pasaman", "Simpang Empat", ""))
        if pick() < 0.3:
            card = "" if pick() < 0.7 else f"{card[:6]}{int(pick() * 27) + 1:02d}0716{int(pick() * 90) + 10:04d}"
        nik = ""
        if pick() < 0.5:
            nik = compose_nik(slipped.nagari[:8], slipped.born_on, slipped.sex, 4_000 + int(pick() * 5_000))
        return replace(
            slipped, id=None, uid="", nik=nik, mother_name=mother, birth_place=place, family_card=card
        )  # fmt: skip

    def typo(self, worker: Worker) -> Worker | None:
        """One letter wrong, left out, doubled or changed places."""
        return _named(worker, mistyped(worker.name, self._chance)) if len(worker.name) > 6 else None

    def short(self, worker: Worker) -> Worker | None:
        """The same in a name of at most six letters."""
        return _named(worker, mistyped(worker.name, self._chance)) if len(worker.name) <= 6 else None

    def spelling(self, worker: Worker) -> Worker | None:
        return _named(worker, otherwise_written(worker.name, self._chance))

    def space(self, worker: Worker) -> Worker | None:
        """A blank missing or moved by a letter."""
        blanks = [place for place, letter in enumerate(worker.name) if letter == " "]
        if not blanks:
            return None
        at = self._chance.choice(blanks)
        before, after = worker.name[:at], worker.name[at + 1 :]
        if self._chance.random() < 0.6:
            return _named(worker, before + after)
        return _named(worker, f"{before}{after[0]} {after[1:]}".strip())

    def married(self, worker: Worker) -> Worker | None:
        """A woman's name with her husband's name or marga behind it, or without the last of three words."""
        if worker.sex is not Sex.FEMALE or worker.born_on is None:
            return None
        words = worker.name.split()
        if len(words) > 2 and self._chance.random() < 0.4:
            return _named(worker, " ".join(words[:-1]))
        people = self._chance.choice(("minang", "mandailing", "javanese"))
        husband = self._names.clan(people) or self._names.name(people, Sex.MALE, worker.born_on.year, "").split()[-1]
        return _named(worker, f"{worker.name} {husband}")

    def swapped(self, worker: Worker) -> Worker | None:
        born = worker.born_on
        if born is None or born.day > 12 or born.day == born.month:
            return None
        return replace(worker, born_on=date(born.year, born.day, born.month))

    def digit(self, worker: Worker) -> Worker | None:
        """Any one digit of day, month or year of birth, as long as a working age comes out."""
        born = worker.born_on
        if born is None:
            return None
        written = f"{born:%d%m%Y}"
        while True:
            at, digit = self._chance.randrange(8), self._chance.choice("0123456789")
            text = written[:at] + digit + written[at + 1 :]
            try:
                day = date(int(text[4:]), int(text[2:4]), int(text[:2]))
            except ValueError:
                continue
            if day != born and 1955 <= day.year <= 2008:
                return replace(worker, born_on=day)

    def moved(self, worker: Worker) -> Worker | None:
        """Another nagari, and so mostly another family card."""
        others = [code for code in self._nagari if code != worker.nagari]
        near = [code for code in others if code[:8] == worker.nagari[:8]]
        code = self._chance.choice(near if near and self._chance.random() < 0.5 else others)
        card = worker.family_card if self._chance.random() < 0.4 else f"{worker.family_card[:6]}0407190123"
        return replace(worker, nagari=code, family_card=card)


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter wrong (mostly a key beside it), missing, too many, or changed with its neighbour."""
    while True:
        at = chance.randrange(len(name))
        kind = chance.choice(("other", "other", "missing", "more", "changed"))
        letter = name[at]
        if not letter.isalpha():
            continue
        beside = chance.choice(_KEYS_BESIDE[letter.upper()])
        beside = beside if letter.isupper() else beside.lower()
        if kind == "changed":
            text = name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]
        else:
            text = name[:at] + {"other": beside, "missing": "", "more": letter + beside}[kind] + name[at + 1 :]
        text = " ".join(text.split())
        if text.upper() != name.upper() and len(text) >= 2:
            return text


def _named(worker: Worker, name: str) -> Worker | None:
    return None if name == worker.name else replace(worker, name=name)


def _both(worker: Worker, *slips: Callable[[Worker], Worker | None]) -> Worker | None:
    changed: Worker | None = worker
    for slip in slips:
        changed = None if changed is None else slip(changed)
    return changed
