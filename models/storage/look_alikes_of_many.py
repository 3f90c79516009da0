"""The people of a whole list held against the register and against each other.

The same looks as for one person, but each part of the register is read once for all who need it: a birth date for those
born on it, a nagari for those who live there, a name for those who bear it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.people.likeness import OFFERED, Likeness, Traits, likeness
from models.people.merging import kept_in_the_end
from models.people.slips import date_slips
from models.people.worker import Worker
from models.storage.look_alikes import TRAITS, Usual, led_there, likely, traits_of
from models.storage.opening import OpenFile

Progress = Callable[[int, int], None]
"""Told how many of how many rows are done; what it raises (a cancel) ends the looking."""

_MANY = 12
"""People of one nagari from which on all of it is read at once."""
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
        self._led = _led_by_nik(file)

    def found(self) -> Iterator[RowLikeness]:
        """Gathers by birth date, name, nagari and family card; then compares whole records."""
        named = [row for row, traits in enumerate(self._traits) if traits.name.joined]
        self._by_day(_grouped(named, lambda row: self._traits[row].born_on))
        self._by_name(_grouped(named, lambda row: self._traits[row].name.key))
        self._by_nagari(_grouped(named, lambda row: self._traits[row].nagari))
        self._by_card(_grouped(named, lambda row: self._traits[row].family_card))
        for begin in range(0, len(self._traits), _AT_ONCE):
            yield from self._compared(range(begin, min(begin + _AT_ONCE, len(self._traits))))
            self._progress(min(begin + _AT_ONCE, len(self._traits)), len(self._traits))

    def _by_day(self, groups: dict[date, list[int]]) -> None:
        """Those born on one day."""
        for day, rows in groups.items():
            registered = self._named("born_on = ?", [day.isoformat()])
            self._usual.tell_born_on(day, len(registered) + len(rows))
            self._hold(rows, registered, _named_rows(rows, self._traits))

    def _by_name(self, groups: dict[str, list[int]]) -> None:
        """Those of one name whose birth dates lie a slip apart."""
        for key, rows in groups.items():
            known = self._file.rows(
                f"SELECT born_on, id FROM worker WHERE name_key = ? AND living = 1 LIMIT {_BOUND}", (key,)
            )
            self._usual.tell_named(key, len(known) + len(rows))
            registered, own = _by_date(known), _by_date((_iso(self._traits[row].born_on), row) for row in rows)
            for row in rows:
                for slip in _slips(self._traits[row].born_on):
                    self._registered[row].update(registered.get(slip, ()))
                    self._earlier[row].update(other for other in own.get(slip, ()) if other < row)

    def _by_nagari(self, groups: dict[str, list[int]]) -> None:
        """Those of one nagari whose birth dates lie a slip apart."""
        for nagari, rows in groups.items():
            own = _by_date((_iso(self._traits[row].born_on), row) for row in rows)
            registered: dict[str, list[Named]] = {}
            if len(rows) >= _MANY:
                for day, id, key in self._file.rows(
                    "SELECT born_on, id, name_key FROM worker WHERE nagari = ? AND born_on IS NOT NULL AND living = 1",
                    (nagari,),
                ):
                    registered.setdefault(day, []).append((id, key))
            for row in rows:
                slips = _slips(self._traits[row].born_on)
                if not slips:
                    continue
                if len(rows) >= _MANY:
                    near = [named for slip in slips for named in registered.get(slip, ())]
                else:
                    near = self._named(f"nagari = ? AND born_on IN ({','.join('?' * len(slips))})", [nagari, *slips])
                others = [other for slip in slips for other in own.get(slip, ()) if other < row]
                self._hold([row], near, _named_rows(others, self._traits))

    def _by_card(self, groups: dict[str, list[int]]) -> None:
        """Those of one family card, whatever their birth dates."""
        for card, rows in groups.items():
            registered = self._named("family_card = ? AND family_card <> ''", [card])
            self._hold(rows, registered, _named_rows(rows, self._traits))

    def _hold(self, rows: Iterable[int], registered: Sequence[Named], own: Sequence[Named]) -> None:
        """Notes whose names are alike; `own` in the order of the list."""
        places = [place for place, _ in own]
        for row in rows:
            name = self._traits[row].name
            if registered:
                self._registered[row] |= likely(name, registered)
            if places and places[0] < row:
                self._earlier[row] |= likely(name, own[: bisect_left(places, row)])

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
                    is_led = led.get(row) == id and bool(likely(traits.name, [(id, registered[id].name.key)]))
                    likes.append((led_there(like) if is_led else like, id, None))
            for other in self._earlier[row]:
                if not _same_nik(traits, self._traits[other]):
                    likes.append((likeness(traits, self._traits[other], self._usual), None, other))
            likes.sort(key=lambda like: (-like[0].percent, like[1] or 0, like[2] or 0))
            for like, worker, earlier in likes:
                if like.percent >= OFFERED:
                    yield RowLikeness(row, worker, earlier, like.percent, like.reasons)

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


def _named_rows(rows: Iterable[int], traits: Sequence[Traits]) -> list[Named]:
    return [(row, traits[row].name.key) for row in sorted(rows)]


def _slips(day: date | None) -> tuple[str, ...]:
    return () if day is None else tuple(slip.isoformat() for slip in date_slips(day))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _same_nik(one: Traits, other: Traits) -> bool:
    return len(one.nik) == 16 and one.nik == other.nik


def _silent(_done: int, _of: int) -> None:
    """For a looking that nobody watches."""
