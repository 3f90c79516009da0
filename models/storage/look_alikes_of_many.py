"""The people of a whole list held against the register and against each other.

The same looks as for one person, but each part of the register is read once for all who need it: a birth date for those
born on it, a nagari for those who live there, a name for those who bear it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.people.likeness import OFFERED, Likeness, Traits, likeness
from models.people.merging import kept_in_the_end
from models.people.slips import date_slips, nik_neighbours
from models.people.worker import Worker
from models.storage.look_alikes import (
    NEIGHBOURS,
    OF_NAGARI,
    OF_NIK,
    SLIPS,
    TRAITS,
    NamedBlock,
    Usual,
    filled,
    led_there,
    traits_of,
)
from models.storage.opening import OpenFile

Progress = Callable[[int, int], None]
"""Told how many of how many rows are done; what it raises (a cancel) ends the looking."""

_WORTH = 60
"""So many people of a nagari are read in the time that one row's own questions take."""
_AT_ONCE = 1_000
_BOUND = 3_000

T = TypeVar("T")
Named = tuple[int, str]
"""Id (or place in the list) and folded name."""


@dataclass(frozen=True, slots=True)
class RowLikeness:
    """Somebody whom a row of the list may be: a registered worker, or an earlier row."""

    row: int
    """Place in the list, from 0."""
    worker: int | None
    """Id of the registered worker; None for another row."""
    other_row: int | None
    percent: float
    """How probable it is that the two are one person, 0 to 100."""
    reasons: tuple[str, ...]
    """English message ids, the strongest first."""


def look_alikes_of_many(
    file: OpenFile, rows: Sequence[Worker], progress: Progress | None = None
) -> tuple[RowLikeness, ...]:
    """Who may be the same person as a row, by rows, the most probable first.

    Those with the very same NIK are left out: that is known without looking. Reading 100,000 rows against a million
    workers takes some ten seconds, so it belongs in the background.
    """
    look = _Look(file, rows, progress or _silent)
    return tuple(look.found())


class _Look:
    def __init__(self, file: OpenFile, rows: Sequence[Worker], progress: Progress) -> None:
        self._file = file
        self._traits = [Traits.of(row) for row in rows]
        self._progress = progress
        self._usual = Usual(file)
        self._registered: list[set[int]] = [set() for _ in rows]
        self._earlier: list[set[int]] = [set() for _ in rows]
        self._slips = [_slips(traits.born_on) for traits in self._traits]
        self._led = _led_by_nik(file)

    def found(self) -> Iterator[RowLikeness]:
        """Gathers by birth date, name, nagari and family card; then compares whole records."""
        named = [row for row, traits in enumerate(self._traits) if traits.name.joined]
        self._by_day(_grouped(named, lambda row: self._traits[row].born_on))
        self._by_name(_grouped(named, lambda row: self._traits[row].name.key))
        self._by_nagari(_grouped(named, lambda row: self._traits[row].nagari))
        self._by_card(_grouped(named, lambda row: self._traits[row].family_card))
        self._by_nik(row for row in named if self._traits[row].born_on is None and len(self._traits[row].nik) == 16)
        for begin in range(0, len(self._traits), _AT_ONCE):
            yield from self._compared(range(begin, min(begin + _AT_ONCE, len(self._traits))))
            self._progress(min(begin + _AT_ONCE, len(self._traits)), len(self._traits))

    def _by_day(self, groups: dict[date, list[int]]) -> None:
        """Those born on one day."""
        for day, rows in groups.items():
            registered = self._named("born_on = ?", [day.isoformat()])
            self._usual.tell_born_on(day, len(registered) + len(rows))
            self._hold(rows, registered)

    def _by_name(self, groups: dict[str, list[int]]) -> None:
        """Those of one name whose birth dates lie a slip apart."""
        for key, rows in groups.items():
            known = self._file.rows(
                f"SELECT born_on, id FROM worker WHERE name_key = ? AND living = 1 LIMIT {_BOUND}", (key,)
            )
            self._usual.tell_named(key, len(known) + len(rows))
            registered, own = _by_date(known), self._rows_by_date(rows) if len(rows) > 1 else {}
            for row in rows:
                for slip in registered.keys() & self._slips[row]:
                    self._registered[row].update(registered[slip])
                for slip in own.keys() & self._slips[row]:
                    self._earlier[row].update(other for other in own[slip] if other < row)

    def _by_nagari(self, groups: dict[str, list[int]]) -> None:
        """Those of one nagari whose birth dates lie a slip apart."""
        for nagari, rows in groups.items():
            own = self._rows_by_date(rows)
            registered = self._whole_nagari(nagari, _WORTH * len(rows))
            for row in rows:
                slips = self._slips[row]
                if not slips:
                    continue
                if registered is None:
                    near = self._named(OF_NAGARI, (nagari, *filled(slips, SLIPS)))
                else:
                    near = [named for slip in registered.keys() & slips for named in registered[slip]]
                earlier = [other for slip in own.keys() & slips for other in own[slip] if other < row]
                if near:
                    self._registered[row] |= NamedBlock(near).like(self._traits[row].name)
                if earlier:
                    self._earlier[row] |= NamedBlock(self._named_rows(earlier)).like(self._traits[row].name)

    def _by_nik(self, rows: Iterable[int]) -> None:
        """Those whose NIK is one slip away, for rows without a birth date: with one, that finds nearly all of them."""
        for row in rows:
            near = self._named(OF_NIK, filled(nik_neighbours(self._traits[row].nik), NEIGHBOURS))
            self._registered[row] |= NamedBlock(near).like(self._traits[row].name)

    def _whole_nagari(self, nagari: str, at_most: int) -> dict[str, list[Named]] | None:
        """Who lives there, by birth date; None where they are more than it is worth to read."""
        living_there = "FROM worker WHERE nagari = ? AND born_on > '' AND living = 1"
        counted = self._file.row(f"SELECT count(*) FROM (SELECT 1 {living_there} LIMIT ?)", (nagari, at_most + 1))
        if counted is None or counted[0] > at_most:
            return None
        found: dict[str, list[Named]] = {}
        for day, id, key in self._file.rows(f"SELECT born_on, id, name_key {living_there}", (nagari,)):
            found.setdefault(day, []).append((id, key))
        return found

    def _by_card(self, groups: dict[str, list[int]]) -> None:
        """Those of one family card, whatever their birth dates."""
        for card, rows in groups.items():
            registered = self._named("family_card = ? AND family_card <> ''", [card])
            self._hold(rows, registered)

    def _hold(self, rows: list[int], registered: Sequence[Named]) -> None:
        """Holds the names of rows against registered ones, and each against the rows before it."""
        block = NamedBlock(registered)
        for at, row in enumerate(rows):
            name = self._traits[row].name
            if registered:
                self._registered[row] |= block.like(name)
            if at:
                self._earlier[row] |= NamedBlock(self._named_rows(rows[:at])).like(name)

    def _compared(self, rows: range) -> Iterator[RowLikeness]:
        led = {row: self._led[self._traits[row].nik] for row in rows if self._traits[row].nik in self._led}
        for row, id in led.items():
            self._registered[row].add(id)
        wanted = sorted({id for row in rows for id in self._registered[row]})
        registered = {row[0]: traits_of(row) for row in self._file.rows(TRAITS.format(",".join(map(str, wanted))))}
        for row in rows:
            traits = self._traits[row]
            likes: list[tuple[Likeness, int | None, int | None]] = []
            for id in self._registered[row]:
                if id in registered and not _same_nik(traits, registered[id]):
                    like = likeness(traits, registered[id], self._usual)
                    is_led = led.get(row) == id and like.percent > 0
                    likes.append((led_there(like) if is_led else like, id, None))
            for other in self._earlier[row]:
                if not _same_nik(traits, self._traits[other]):
                    likes.append((likeness(traits, self._traits[other], self._usual), None, other))
            likes.sort(key=lambda like: (-like[0].percent, like[1] or 0, like[2] or 0))
            for like, worker, earlier in likes:
                if like.percent >= OFFERED:
                    yield RowLikeness(row, worker, earlier, like.percent, like.reasons)

    def _rows_by_date(self, rows: Iterable[int]) -> dict[str, list[int]]:
        return _by_date((_iso(self._traits[row].born_on), row) for row in rows)

    def _named_rows(self, rows: Iterable[int]) -> list[Named]:
        return [(row, self._traits[row].name.key) for row in rows]

    def _named(self, where: str, parameters: Sequence[str]) -> list[Named]:
        return self._file.rows(
            f"SELECT id, name_key FROM worker WHERE {where} AND living = 1 LIMIT {_BOUND}", tuple(parameters)
        )


def _led_by_nik(file: OpenFile) -> dict[str, int]:
    """Each NIK of a record that was merged, and the living worker to whom it leads."""
    merged = dict(file.rows("SELECT id, merged_into FROM worker WHERE merged_into IS NOT NULL"))
    rows = file.rows("SELECT other_nik, kept FROM worker_merge WHERE living = 1 AND other_nik <> '' ORDER BY id")
    return {nik: kept_in_the_end(merged, kept) for nik, kept in rows}


def _grouped(rows: Iterable[int], key: Callable[[int], T | None]) -> dict[T, list[int]]:
    """The rows by what they have in common; those that do not have it are left out."""
    groups: defaultdict[T, list[int]] = defaultdict(list)
    for row in rows:
        common = key(row)
        if common:
            groups[common].append(row)
    return groups


def _by_date(rows: Iterable[tuple[str | None, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for day, id in rows:
        if day is not None:
            found.setdefault(day, []).append(id)
    return found


def _slips(day: date | None) -> frozenset[str]:
    return frozenset() if day is None else frozenset(slip.isoformat() for slip in date_slips(day))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _same_nik(one: Traits, other: Traits) -> bool:
    return len(one.nik) == 16 and one.nik == other.nik


def _silent(_done: int, _of: int) -> None:
    """For a looking that nobody watches."""
