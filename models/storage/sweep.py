"""The whole register looked through for people who stand in it twice.

Every pair of a million would be half a trillion. Compared are those who were born on one day and have like names, those
of one name whose birth dates lie a slip apart, and namesakes of one nagari where the name is rare. Rows are read by
blocks in the order of an index, so that memory stays flat.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import combinations, groupby, product
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from models.people.likeness import OFFERED, Traits, likeness
from models.people.name_likeness import ComparedName, NameLikeness, name_likeness
from models.people.pairs import DoubtfulPair
from models.people.slips import nik_neighbours
from models.people.sounds import MUHAMMADS
from models.storage.look_alikes import TRAITS, Usual, traits_of
from models.storage.opening import OpenFile

Progress = Callable[[int, int], None]
"""Told how many of how many thousandths are done; what it raises (a cancel) ends the sweep."""

_LIKELY = 0.87
_LIKELY_SHORT = 0.78
"""Jaro-Winkler similarity of two names from which they are compared closely; a slip weighs more in a short name."""
_SHORT = 7
_RARE = 4
"""Up to so many of one name, those of one nagari are compared whatever their birth dates."""
_USUAL = 60
"""From so many of one name on, only those of one nagari are compared: elsewhere a slip of the date proves nothing."""
_NAMES_AT_ONCE = 40_000
_PAIRS_AT_ONCE = 2_000

_BEGINNING = 5
"""Letters in which like names of one nagari begin alike."""
_HANDFUL = 4
"""Workers up to whom it is quickest not to sort anything."""
_FEW = 30
"""Birth dates up to which it is quicker to hold each against each than to look all slips up."""

Pair = tuple[int, int]
_Named = tuple[str, int, str, str | None]
"""Folded name, id, nagari, birth date."""
_NAME = itemgetter(0)
_similarity = JaroWinkler.similarity
_Later = dict[str, frozenset[str]]


def sweep(file: OpenFile, progress: Progress | None = None, *, from_percent: float = OFFERED) -> list[DoubtfulPair]:
    """All pairs of living workers that may be one person, the most probable first; none that was found to be two.

    Takes seconds for a hundred thousand and must run on a connection that only reads.
    """
    step = progress or _silent
    usual = Usual(file)
    with _no_search_for_cycles():
        pairs = set(_of_like_names(file, usual, step))
        pairs.update(_of_one_day(file, usual, step))
        pairs -= set(file.rows("SELECT one, other FROM not_same WHERE living = 1"))
        found = list(_scored(file, sorted(pairs), usual, from_percent, step))
    found.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    step(1000, 1000)
    return found


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python would look through the rows of every block again and again for cycles, which they cannot have; without
    that a sweep takes a sixth less time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _of_like_names(file: OpenFile, usual: Usual, step: Progress) -> Iterator[Pair]:
    """Those whose birth dates lie a slip apart, with one name or, in one nagari, with names that begin alike; and rare
    namesakes of one nagari. On the way it is learnt how usual each name is."""
    later = _later_slips(
        {row[0] for row in file.rows("SELECT DISTINCT born_on FROM worker WHERE living = 1 AND born_on IS NOT NULL")}
    )
    group: list[_Named] = []
    last: tuple[str, int] = ("", 0)
    done = 0
    while rows := file.rows(
        "SELECT name_key, id, nagari, born_on FROM worker INDEXED BY worker_name "
        "WHERE living = 1 AND (name_key, id) > (?, ?) ORDER BY name_key, id LIMIT ?",
        (*last, _NAMES_AT_ONCE),
    ):
        last = rows[-1][0], rows[-1][1]
        beginning = last[0][:_BEGINNING]
        for begins, ones in groupby([*group, *rows], key=_beginning):
            group = list(ones)
            if begins != beginning:
                yield from _of_one_beginning(group, usual, later)
        done += len(rows)
        step(250 * done // max(usual.people, done), 1000)
    yield from _of_one_beginning(group, usual, later)


def _beginning(row: _Named) -> str:
    return row[0][:_BEGINNING]


def _of_one_beginning(group: list[_Named], usual: Usual, later: _Later) -> Iterator[Pair]:
    for key, ones in groupby(group, key=_NAME):
        namesakes = list(ones)
        if len(namesakes) > 1:
            usual.tell_named(key, len(namesakes))
            yield from _namesakes(namesakes, later)
    by_nagari: dict[str, list[_Named]] = {}
    for row in group:
        by_nagari.setdefault(row[2], []).append(row)
    for neighbours in by_nagari.values():
        if len(neighbours) > 1:
            for one, other in _a_slip_apart(neighbours, later):
                if one[0] != other[0] and _is_near(one[0], other[0]) and _is_alike(one[0], other[0]):
                    yield _pair(one[1], other[1])


def _namesakes(group: list[_Named], later: _Later) -> Iterator[Pair]:
    """The pairs of one name that are worth a closer look."""
    if len(group) <= _RARE:
        for one, other in combinations(group, 2):
            if one[2] == other[2]:
                yield _pair(one[1], other[1])
    is_usual = len(group) > _USUAL
    for one, other in _a_slip_apart(group, later):
        if one[2] == other[2] or not is_usual:
            yield _pair(one[1], other[1])


def _a_slip_apart(group: list[_Named], later: _Later) -> Iterator[tuple[_Named, _Named]]:
    """Pairs whose birth dates are a slip of each other."""
    if len(group) <= _HANDFUL:
        for first, second in combinations(group, 2):
            one_day, other_day = first[3], second[3]
            if one_day is None or other_day is None:
                continue
            if other_day in later[one_day] or one_day in later[other_day]:
                yield first, second
        return
    by_day: dict[str, list[_Named]] = {}
    for row in group:
        if row[3] is not None:
            by_day.setdefault(row[3], []).append(row)
    if len(by_day) > _FEW:
        near = [(day, other) for day in by_day for other in by_day.keys() & later[day]]
    else:
        near = [(day, other) for day, other in combinations(sorted(by_day), 2) if other in later[day]]
    for day, other in near:
        yield from product(by_day[day], by_day[other])


def _later_slips(days: set[str]) -> _Later:
    """For each birth date the later ones among them that count as its slip, as `date_slips` has them."""
    later = {}
    for day in days:
        year, month, number = day.split("-")
        typed = number + month + year
        slips = {f"{text[4:]}-{text[2:4]}-{text[:2]}" for text in nik_neighbours(typed)}
        slips.add(f"{year}-{number}-{month}")
        slips.add(f"{int(year) + 1:04d}-{month}-{number}")
        slips.add((date.fromisoformat(day) + timedelta(days=1)).isoformat())
        later[day] = frozenset(slip for slip in slips & days if slip > day)
    return later


def _of_one_day(file: OpenFile, usual: Usual, step: Progress) -> Iterator[Pair]:
    """Those born on one day with like names."""
    first = file.row("SELECT min(born_on), max(born_on) FROM worker WHERE living = 1 AND born_on IS NOT NULL")
    if first is None or first[0] is None:
        return
    begins, ends = int(first[0][:4]), int(first[1][:4])
    for year in range(begins, ends + 1):
        rows = file.rows(
            "SELECT born_on, id, name_key FROM worker INDEXED BY worker_born_on "
            "WHERE living = 1 AND born_on >= ? AND born_on < ? ORDER BY born_on",
            (f"{year:04d}", f"{year + 1:04d}"),
        )
        keys = _without_fronts([row[2] for row in rows])
        at = 0
        for day, block in groupby(rows, key=lambda row: row[0]):
            ids = [row[1] for row in block]
            usual.tell_born_on(date.fromisoformat(day), len(ids))
            yield from _like_names(ids, keys[at : at + len(ids)])
            at += len(ids)
        step(250 + 450 * (year - begins + 1) // (ends - begins + 1), 1000)


def _like_names(ids: list[int], keys: list[str]) -> Iterator[Pair]:
    """Pairs of one day. A slip leaves either the beginning or the end of a name as it was, so only names that share
    one of them are held against each other."""
    for places in _groups(keys, slice(2)):
        for one, other in _near(places, keys):
            if keys[one] == keys[other] or _is_alike(keys[one], keys[other]):
                yield _pair(ids[one], ids[other])
    for places in _groups(keys, slice(-3, None)):
        for one, other in _near(places, keys):
            if keys[one][:2] != keys[other][:2] and _is_alike(keys[one], keys[other]):  # else found by its beginning
                yield _pair(ids[one], ids[other])


def _near(places: list[int], keys: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places whose names pass the quick look."""
    if len(places) <= _HANDFUL:
        for one, other in combinations(places, 2):
            if _is_near(keys[one], keys[other]):
                yield one, other
        return
    names = [keys[place] for place in places]
    for at, name in enumerate(names[:-1]):
        cut = _LIKELY if len(name) > _SHORT else _LIKELY_SHORT
        for *_, after in process.extract(
            name, names[at + 1 :], scorer=JaroWinkler.similarity, processor=None, limit=None, score_cutoff=cut
        ):
            yield places[at], places[at + 1 + after]


def _groups(keys: list[str], part: slice) -> list[list[int]]:
    """The places of names that have this part in common, where there are two at least."""
    groups: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        groups.setdefault(key[part], []).append(place)
    return [places for places in groups.values() if len(places) > 1]


def _is_near(one: str, other: str) -> bool:
    """The quick look."""
    return _similarity(one, other) >= (_LIKELY if len(one) > _SHORT else _LIKELY_SHORT)


def _is_alike(one: str, other: str) -> bool:
    likeness = name_likeness(ComparedName(one), ComparedName(other))
    return likeness is not NameLikeness.UNLIKE and likeness is not NameLikeness.PART


def _without_fronts(keys: list[str]) -> list[str]:
    """The names without the Muhammad before them, all at once."""
    text = "\n" + "\n".join(keys)
    for front in MUHAMMADS:
        text = text.replace(f"\n{front} ", "\n")
    return text[1:].split("\n")


def _scored(
    file: OpenFile, pairs: list[Pair], usual: Usual, from_percent: float, step: Progress
) -> Iterator[DoubtfulPair]:
    """The pairs whose whole records are alike enough."""
    for begin in range(0, len(pairs), _PAIRS_AT_ONCE):
        chunk = pairs[begin : begin + _PAIRS_AT_ONCE]
        traits = _traits(file, {id for pair in chunk for id in pair})
        for one, other in chunk:
            like = likeness(traits[one], traits[other], usual)
            if like.percent >= from_percent:
                yield DoubtfulPair(one, other, like.percent, like.reasons)
        step(700 + 300 * (begin + len(chunk)) // len(pairs), 1000)


def _traits(file: OpenFile, ids: Iterable[int]) -> dict[int, Traits]:
    wanted = ",".join(map(str, sorted(ids)))
    return {row[0]: traits_of(row) for row in file.rows(TRAITS.format(wanted))}


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _silent(_done: int, _of: int) -> None:
    """For a sweep that nobody watches."""
