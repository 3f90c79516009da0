"""New people of a list who may be somebody already: a registered worker under another NIK, or an earlier row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from models.exchange.importing import Doubt, Outcome, Resolution
from models.language import N_
from models.people.names import fold
from models.people.worker import Sex, Worker
from models.storage.import_matching import Intention, Likely, Progress, column_of
from models.storage.look_alikes_of_many import look_alikes_of_many
from models.storage.opening import OpenFile

CLOSELY = 20_000
"""New people of a list up to which each is looked at as closely as when it is typed (about 0.1 s a thousand). Of longer
lists only those are compared who share a birth date; the sweep over the register finds the others later."""
_COMPARED = ("nik", "family_card", "name", "birth_place", "born_on", "sex", "mother_name", "nagari")
_ALIKE = 90.0
"""Likeness (0 to 100) of two folded names, in any order of their words, of people who share a birth date."""
_UNLIKE = 65.0
"""Mothers' names that are less alike are two mothers."""
_DAYS_AT_ONCE = 2_000
_SAME_DAY = N_("same birth date, similar name")


def look_for_doubts(
    file: OpenFile,
    intention: Intention,
    places: Sequence[int],
    resolutions: Mapping[int, Resolution],
    progress: Progress | None,
) -> None:
    """Makes the rows at `places` doubtful that look like somebody, unless a person has decided that they are not."""
    found = (
        _closely(file, intention, places, progress) if len(places) <= CLOSELY else _quickly(file, intention, places)
    )
    for place, likely in found.items():
        intention.doubts[place] = likely
        if place not in resolutions:
            intention.outcomes[place] = Outcome.DOUBTFUL


def _closely(
    file: OpenFile, intention: Intention, places: Sequence[int], progress: Progress | None
) -> dict[int, Likely]:
    """As for one who is typed: NIK, name, birth date, nagari, family card, mother."""

    def tell(done: int, every: int) -> None:
        if progress is not None:
            progress("look_alikes", done, every)

    found: dict[int, list[Likely]] = defaultdict(list)
    for one in look_alikes_of_many(file, list(_workers(intention, places)), tell):
        other = None if one.other_row is None else places[one.other_row]
        doubt = Doubt.LOOKS_LIKE if other is None else Doubt.ROW
        found[places[one.row]].append(Likely(doubt, one.worker, other, one.percent, one.reasons[0]))
    return {place: _joined(likely) for place, likely in found.items()}


def _joined(likely: Sequence[Likely]) -> Likely:
    """The most probable one, with the others beside it."""
    best = likely[0]
    further = tuple(one.worker for one in likely[1:] if one.worker is not None)
    places = tuple(one.place for one in likely[1:] if one.place is not None)
    return Likely(best.doubt, best.worker, best.place, best.score, best.reason, further, places)


def _workers(intention: Intention, places: Sequence[int]) -> Iterator[Worker]:
    columns = {name: column_of(intention.checked, name) for name in _COMPARED}
    for place in places:
        given: dict[str, Any] = {name: column[place] for name, column in columns.items()}
        born_on, sex = given.pop("born_on"), given.pop("sex")
        yield Worker(**given, born_on=date.fromisoformat(born_on) if born_on else None, sex=Sex(sex) if sex else None)


def _quickly(file: OpenFile, intention: Intention, places: Sequence[int]) -> dict[int, Likely]:
    """One birth date, like names, no other mother."""
    names, mothers, days = (column_of(intention.checked, name) for name in ("name", "mother_name", "born_on"))
    by_day: dict[Any, list[int]] = defaultdict(list)
    for place in places:
        if days[place] is not None:
            by_day[days[place]].append(place)
    found: dict[int, Likely] = {}
    for day, known in _born_on(file, list(by_day)):
        group = by_day[day]
        if len(group) + len(known) == 1:
            continue
        keys = [_key(key) for _id, key, _mother in known]
        people: list[tuple[int | None, int | None, str]] = [(id, None, mother) for id, _key_, mother in known]
        for place in group:
            key, mother = _key(fold(str(names[place]))), str(mothers[place])
            near = process.extract(key, keys, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE) if keys else ()
            for _found, score, at in near:
                worker, row, other = people[at]
                if _may_share_a_mother(mother, other):
                    doubt = Doubt.ROW if worker is None else Doubt.LOOKS_LIKE
                    found[place] = Likely(doubt, worker, row, score, _SAME_DAY)
                    break
            keys.append(key)
            people.append((None, place, mother))
    return found


def _born_on(file: OpenFile, days: list[str]) -> Iterator[tuple[str, list[tuple[int, str, str]]]]:
    """The living workers of each day: id, folded name, mother's name."""
    for start in range(0, len(days), _DAYS_AT_ONCE):
        part = days[start : start + _DAYS_AT_ONCE]
        known: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for day, *person in file.rows(
            "SELECT born_on, id, name_key, mother_name FROM worker WHERE living = 1 "
            "AND born_on IN (SELECT value FROM json_each(?))",
            (json.dumps(part),),
        ):
            known[day].append((person[0], person[1], person[2]))
        for day in part:
            yield day, known.get(day, [])


def _key(folded: str) -> str:
    return " ".join(sorted(folded.split()))


def _may_share_a_mother(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    return not first or not second or fuzz.token_sort_ratio(first, second) >= _UNLIKE
