"""The names, places and kinds of work that a sample is drawn from."""

from __future__ import annotations

import csv
import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from models.people.worker import Sex

RESOURCES = Path(__file__).parents[2] / "resources" / "sample"
Chance = Callable[[], float]
"""The next number of the sample's own row, from 0 up to but not including 1."""
T = TypeVar("T")
_EPOCH = date(1970, 1, 1).toordinal()


class Weighted(Generic[T]):
    """Things drawn more often the more they weigh."""

    def __init__(self, weights: Iterable[tuple[T, float]]) -> None:
        pairs = list(weights)
        self.things = [thing for thing, _ in pairs]
        self._up_to = list(accumulate(weight for _, weight in pairs))

    def draw(self, chance: Chance) -> T:
        return self.things[min(bisect_right(self._up_to, chance() * self._up_to[-1]), len(self.things) - 1)]


def draw(things: Sequence[T], chance: Chance) -> T:
    """One of them, all equally often."""
    return things[int(chance() * len(things))]


def draw_early(things: Sequence[T], chance: Chance) -> T:
    """One of them, the first ones far more often: the long tail of names."""
    return things[int(chance() ** 2 * len(things))]


def uid_of(day: date, numbers: random.Random) -> str:
    """A UUIDv7 (RFC 9562) of a moment of the day that comes out of the sample's own row of numbers."""
    milliseconds = (day.toordinal() - _EPOCH) * 86_400_000 + int(numbers.random() * 86_400_000)
    bits = milliseconds << 80 | 7 << 76 | numbers.getrandbits(12) << 64 | 2 << 62 | numbers.getrandbits(62)
    return str(UUID(int=bits))


class Work(NamedTuple):
    """An occupation as a group of workers has it."""

    occupation: str
    incomes: tuple[int, ...]
    """Whole rupiah a month, a few usual amounts."""
    place: str
    """With the blanks ``{jorong}`` and ``{nagari}``."""


class Habit(NamedTuple):
    """How often a name of a people is put together in which way."""

    compound_old: float
    compound_new: float
    second_old: float
    second_new: float
    clan: float


_HABITS = {
    "minang": Habit(0.3, 0.25, 0.2, 0.75, 0.0),
    "mandailing": Habit(0.0, 0.0, 0.3, 0.5, 0.92),
    "javanese": Habit(0.5, 0.12, 0.04, 0.88, 0.0),
}
_NEW_NAMES_FROM = 1978
"""Year of birth; before it other names were in fashion."""


class Names:
    """Names as Minang, Mandailing and Javanese families of the district give them, with a long tail."""

    def __init__(self) -> None:
        self._names = {
            (row["people"], row["sex"], row["kind"], row["era"]): row["names"].split() for row in _csv("names.csv")
        }

    def name(self, people: str, sex: Sex, born_in: int, clan: str, chance: Chance) -> str:
        """A name as on a KTP, one to four words; `clan` is the father's marga, or empty."""
        habit = _HABITS[people]
        is_new = born_in >= _NEW_NAMES_FROM or chance() < 0.1
        era = "new" if is_new else "old"
        compound = habit.compound_new if is_new else habit.compound_old
        if chance() < compound:
            start = draw_early(self._names[people, sex, "start", "any"], chance)
            given = start + draw_early(self._names[people, sex, "end", "any"], chance)
        else:
            given = draw_early(self._names[people, sex, "given", era], chance)
        words = [given]
        second = habit.second_new if is_new else habit.second_old
        if chance() < second:
            seconds = self._names[people, sex, "second", "any"]
            words.append(draw_early(seconds, chance))
            if chance() < 0.08:
                words.append(draw(seconds, chance))
        elif is_new and chance() < 0.3:
            words.append(draw_early(self._names[people, sex, "given", era], chance))
        if clan and chance() < habit.clan:
            words.append(clan)
        return " ".join(dict.fromkeys(words))

    def clan(self, people: str, chance: Chance) -> str:
        """A marga where the people has them."""
        return draw_early(self._names[people, "L", "clan", "any"], chance) if _HABITS[people].clan else ""


class Places:
    """Lists of places, payers and words, by kind."""

    def __init__(self) -> None:
        self._texts = {row["kind"]: tuple(row["texts"].split(";")) for row in _csv("places.csv")}

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        return self._texts[kind]


class Kecamatan(NamedTuple):
    """Who lives in a kecamatan."""

    peoples: Weighted[str]
    is_coast: bool


def kecamatan() -> dict[str, Kecamatan]:
    """By code, for instance ``13.12.05``."""
    return {
        row["code"]: Kecamatan(Weighted((people, float(row[people])) for people in _HABITS), row["coast"] == "1")
        for row in _csv("kecamatan.csv")
    }


def work(fishing: frozenset[str]) -> dict[tuple[str, bool], Weighted[Work]]:
    """What the workers of a group do, by the group's scheme (empty: in none) and whether they live at the sea.

    `fishing` holds the occupations that only people at the sea have.
    """
    rows = _csv("work.csv")
    return {
        (group, at_sea): Weighted(
            (Work(row["occupation"], _incomes(row), row["place"]), float(row["weight"]))
            for row in rows
            if row["group"] == group and (at_sea or row["occupation"] not in fishing)
        )
        for group in {row["group"] for row in rows}
        for at_sea in (False, True)
    }


def _incomes(row: dict[str, str]) -> tuple[int, ...]:
    least, most = int(row["income_from"]), int(row["income_to"])
    return tuple(range(least, most + 1, 50_000 if most - least < 1_000_000 else 250_000))


def _csv(file: str) -> list[dict[str, str]]:
    with (RESOURCES / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
