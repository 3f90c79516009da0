"""Who of the register may be the person somebody is typing: a few narrow looks through indexes, then the likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from models.people.likeness import OFFERED, Likeness, Traits, likeness
from models.people.lines import LookAlike, WorkerLine
from models.people.name_likeness import ComparedName, NameLikeness, name_likeness
from models.people.pairs import FORMER_NIK, LED_BY_NIK
from models.people.slips import date_slips, nik_neighbours
from models.people.worker import Sex, Worker
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.worker_filter import FORMER

LIKELY = 0.84
"""Jaro-Winkler similarity (0 to 1) of two folded names from which they are looked at closely: of names with a slip 98 %
have it, of strangers' names one in five hundred."""
_BOUND = 3_000
"""Workers of one birth date that are looked at; of a million born on 1 January of one year it is a third as many."""
_WORD_BY_WORD = 200
"""Up to so many names are also looked through for a word in common, which finds words in another order or left out."""
_FEW = 15
"""Up to so many names, a family for instance, are all looked at closely."""
_CLOSELY, _USUALLY = 100, 12
"""Workers whose whole records are compared, at most and mostly."""
_COMMON = 400
"""Bearers from which a name is simply common."""
TRAITS = (
    "SELECT id, name_key, born_on, sex, mother_name, birth_place, nagari, family_card, nik FROM worker "
    "WHERE living = 1 AND id IN ({})"
)
NEIGHBOURS, SLIPS = 159, 42
"""The most neighbours of a NIK and slips of a date that there are."""
OF_NIK = f"nik IN ({','.join('?' * NEIGHBOURS)})"
OF_NAGARI = f"nagari = ? AND born_on IN ({','.join('?' * SLIPS)})"
_OF_NAME = f"name_key = ? AND born_on IN ({','.join('?' * SLIPS)})"
_TRAITS_OF = {count: TRAITS.format(",".join("?" * count)) for count in (_USUALLY, _CLOSELY)}

T = TypeVar("T")


class Usual:
    """What is usual in the register, each question answered once; for one look or one sweep."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._people: int | None = None
        self._named: dict[str, int] = {}
        self._further: dict[str, int] = {}
        self._born_on: dict[date, int] = {}
        self._living_in: dict[str, int] = {}

    @property
    def people(self) -> int:
        """About how many: the highest id says it at once, where counting a million takes 10 ms."""
        if self._people is None:
            row = self._file.row("SELECT max(id) FROM worker")
            self._people = int(row[0] or 0) if row else 0
        return self._people

    def named(self, key: str) -> int:
        if key not in self._named:
            self._named[key] = self._count("name_key = ?", (key,), _COMMON)
        return self._named[key]

    def named_further(self, key: str) -> int:
        if key not in self._further:
            self._further[key] = self._count("name_key >= ? AND name_key < ?", (f"{key} ", f"{key}!"), _COMMON)
        return self._further[key]

    def born_on(self, day: date) -> int:
        if day not in self._born_on:
            self._born_on[day] = self._count("born_on = ?", (day.isoformat(),), _BOUND)
        return self._born_on[day]

    def living_in(self, nagari: str) -> int:
        if nagari not in self._living_in:
            is_large = self.people > 50 * _BOUND  # a bounded count would be nothing among so many
            self._living_in[nagari] = 0 if is_large else self._count("nagari = ?", (nagari,), _BOUND)
        return self._living_in[nagari]

    def tell_named(self, key: str, count: int) -> None:
        """Spares a question whose answer is known; a name that only one bears is the usual case and not kept."""
        if count > 1:
            self._named[key] = count

    def tell_born_on(self, day: date, count: int) -> None:
        """Spares a question whose answer is known."""
        self._born_on[day] = count

    def _count(self, where: str, parameters: tuple[str, ...], limit: int) -> int:
        row = self._file.row(
            f"SELECT count(*) FROM (SELECT 1 FROM worker WHERE {where} AND living = 1 LIMIT {limit})", parameters
        )
        return int(row[0]) if row else 0


class LookAlikes:
    """Asking for the look-alikes of one worker."""

    def __init__(self, file: OpenFile, lines: Callable[[list[int]], list[WorkerLine]]) -> None:
        self._file = file
        self._lines = lines

    def of(self, worker: Worker, limit: int = 5) -> tuple[LookAlike, ...]:
        """Living workers who may be the same person, the most probable first; nobody who was found not to be."""
        traits = Traits.of(worker)
        if not traits.name.joined:
            return ()
        usual = Usual(self._file)
        found = self._candidates(traits, usual)
        led = self._led_by_nik(traits)
        found |= led
        found.discard(worker.id or 0)
        if worker.id is not None and found:
            found -= self._not_same(worker.id)
        scored: list[tuple[int, Likeness]] = []
        for id, other in self._traits(sorted(found)[:_CLOSELY]):
            like = likeness(traits, other, usual)
            if id in led:
                like = led_there(like)
            if like.percent >= OFFERED:
                scored.append((id, like))
        scored.sort(key=lambda pair: (-pair[1].percent, pair[0]))
        best = dict(scored[:limit])
        return tuple(
            LookAlike(line, best[line.id].percent, best[line.id].reasons) for line in self._lines(list(best))
        )

    def _candidates(self, traits: Traits, usual: Usual) -> set[int]:
        """Ids of workers with a like name, through what an index finds."""
        rows: list[tuple[int, str]] = []
        if len(traits.nik) == 16:
            rows += self._rows(OF_NIK, filled(nik_neighbours(traits.nik), NEIGHBOURS))
        if traits.family_card:
            rows += self._rows("family_card = ? AND family_card <> ''", [traits.family_card])
        found = NamedBlock(rows).like(traits.name)
        if traits.born_on is not None:
            rows = []
            same_day = self._rows("born_on = ?", [traits.born_on.isoformat()])
            usual.tell_born_on(traits.born_on, len(same_day))
            found |= NamedBlock(same_day).like(traits.name)
            slips = filled((day.isoformat() for day in date_slips(traits.born_on)), SLIPS)
            if traits.nagari:
                rows += self._rows(OF_NAGARI, [traits.nagari, *slips])
            rows += self._rows(_OF_NAME, [traits.name.key, *slips])
            found |= NamedBlock(rows).like(traits.name)
        return found

    def _led_by_nik(self, traits: Traits) -> set[int]:
        """Workers of a like name into whom a record with this NIK was merged."""
        if len(traits.nik) != 16:
            return set()
        rows = self._file.rows(
            f"SELECT id, name_key FROM worker WHERE living = 1 AND id IN ({FORMER})", (traits.nik, traits.nik + ":")
        )
        return NamedBlock(rows).like(traits.name) if rows else set()

    def _rows(self, where: str, parameters: Sequence[str]) -> list[tuple[int, str]]:
        return self._file.rows(
            f"SELECT id, name_key FROM worker WHERE {where} AND living = 1 LIMIT {_BOUND}", tuple(parameters)
        )

    def _traits(self, ids: Sequence[int]) -> list[tuple[int, Traits]]:
        if not ids:
            return []
        count = _USUALLY if len(ids) <= _USUALLY else _CLOSELY
        return [(row[0], traits_of(row)) for row in self._file.rows(_TRAITS_OF[count], filled(ids, count))]

    def _not_same(self, id: int) -> set[int]:
        """Those of whom somebody has said that they are not this worker."""
        rows = self._file.rows(
            "SELECT other FROM not_same WHERE one = ? AND living = 1 "
            "UNION ALL SELECT one FROM not_same WHERE other = ? AND living = 1",
            (id, id),
        )
        return {row[0] for row in rows}


def led_there(like: Likeness) -> Likeness:
    """The same where the NIK of a record that was merged leads to the worker."""
    return Likeness(max(like.percent, LED_BY_NIK), (FORMER_NIK, *like.reasons))


class NamedBlock:
    """Workers (or rows of a list) among whom like names are looked for, again and again."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        self._ids = [row[0] for row in rows]
        self._keys = [row[1] for row in rows]
        self._by_word: dict[str, list[int]] | None = None

    def like(self, name: ComparedName) -> set[int]:
        """Ids of those whose names are alike, by a quick look first and a close one then."""
        keys = self._keys
        if len(keys) <= _FEW:
            near = set(range(len(keys)))
        else:
            near = self._near(name)
        return {
            self._ids[place]
            for place in near
            if name_likeness(name, ComparedName(keys[place])) is not NameLikeness.UNLIKE
        }  # fmt: skip

    def _near(self, name: ComparedName) -> set[int]:
        """Places of names that are worth a close look."""
        keys = self._keys
        near = {place for *_, place in process.extract(
            name.key, keys, scorer=JaroWinkler.similarity, processor=None, limit=None, score_cutoff=LIKELY
        )}  # fmt: skip
        if len(keys) <= _WORD_BY_WORD:
            near |= self._with_half_of(name)
        return near

    def _with_half_of(self, name: ComparedName) -> set[int]:
        """Places of names whose words in common make up half of the shorter name."""
        if self._by_word is None:
            self._by_word = {}
            for place, key in enumerate(self._keys):
                for word in key.split():
                    self._by_word.setdefault(word, []).append(place)
        common: dict[int, int] = {}
        for word in set(name.words):
            for place in self._by_word.get(word, ()):
                common[place] = common.get(place, 0) + len(word)
        length = len(name.key)
        return {
            place for place, letters in common.items() if 2 * letters >= min(length, len(self._keys[place])) - 2
        }  # fmt: skip


@from_rows
def traits_of(row: tuple[Any, ...]) -> Traits:
    """Of a row of id, folded name and what else is compared."""
    _id, key, born_on, sex, mother, place, nagari, card, nik = row
    return Traits(
        key, date.fromisoformat(born_on) if born_on else None, Sex(sex) if sex else None, mother, place, nagari, card,
        nik,
    )  # fmt: skip


def filled(values: Iterable[T], count: int) -> tuple[T, ...]:
    """So many values, the last one again and again: a query of always the same words is taken apart only once."""
    some = tuple(values)
    return some + some[-1:] * (count - len(some))
