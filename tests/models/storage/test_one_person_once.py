"""How many of those who stand in a register twice are found, and how many others are taken for them.

In a town of twelve thousand with a long tail of names; the benchmarks measure the same among a million.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from models.people.likeness import OFFERED
from models.people.worker import Worker
from models.register import Register
from models.storage.sweep import sweep
from tests.benchmarks.people import people
from tests.benchmarks.people_file import strangers, weighted_nagari
from tests.benchmarks.slips import Slips
from tests.factories import make_register

PEOPLE, TWICE = 12_000, 500
MOSTLY = {
    "short name": 2,
    "typo, other nagari": 2,
    "typo, digit of the date": 2,
    "other nagari, digit of the date": 2,
}
"""Weights of the slips; the others weigh 6."""


@dataclass
class Town:
    register: Register
    once: list[Worker]
    """Workers who stand in the register once."""
    twice: dict[tuple[int, int], str]
    """Pairs of ids that are one person, and the slip between them."""
    slips: Slips


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    path: Path = tmp_path_factory.mktemp("town") / "cakupan.db"
    register = make_register(path)
    chance = random.Random(7)
    everybody = [replace(worker, id=id) for id, worker in enumerate(people(PEOPLE, 3, weighted_nagari(register)), 1)]
    slips = Slips(chance, [region.code for region in register.regions.nagari()])
    kinds = list(slips.kinds)
    again: list[Worker] = []
    twice: dict[tuple[int, int], str] = {}
    left = chance.sample(everybody, PEOPLE)
    while len(again) < TWICE:
        worker = left.pop()
        kind = chance.choices(kinds, [MOSTLY.get(kind, 6) for kind in kinds])[0]
        second = slips.again(worker, kind)
        if second is not None:
            again.append(replace(second, nik=f"1371{len(again):012d}"))
            assert worker.id is not None
            twice[worker.id, PEOPLE + len(again)] = kind
    register.load((worker, ()) for worker in [*everybody, *again])
    yield Town(register, left, twice, slips)
    register.close()


def test_at_least_93_of_100_slips_are_noticed_while_somebody_types(town: Town) -> None:
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for place, worker in enumerate(town.once[:2_500]):
        kind = list(town.slips.kinds)[place % len(town.slips.kinds)]
        typed = town.slips.again(worker, kind)
        if typed is not None:
            tried[kind] += 1
            found[kind] += worker.id in {alike.line.id for alike in town.register.workers.look_alikes(typed)}
    single = [kind for kind in tried if "," not in kind]
    assert sum(found[kind] for kind in single) >= 0.93 * sum(tried[kind] for kind in single)
    assert sum(found.values()) >= 0.9 * sum(tried.values())
    assert {kind: found[kind] / tried[kind] for kind in tried if found[kind] < 0.75 * tried[kind]} == {}


def test_at_most_5_of_100_newcomers_are_taken_for_somebody_else(town: Town) -> None:
    newcomers = strangers(town.register, 800, 99)
    alarms = sum(len(town.register.workers.look_alikes(worker)) for worker in newcomers)
    assert alarms <= 0.05 * len(newcomers)


def test_those_who_are_registered_once_have_hardly_a_look_alike_among_their_own(town: Town) -> None:
    """Families and twins, whom newcomers from elsewhere do not have."""
    alarms = sum(len(town.register.workers.look_alikes(worker)) for worker in town.once[:800])
    assert alarms <= 0.05 * 800


def test_a_sweep_finds_95_of_100_who_stand_there_twice_and_hardly_anybody_else(town: Town) -> None:
    steps: list[int] = []
    found = sweep(town.register._file, lambda done, of: steps.append(done))
    right = [pair for pair in found if (pair.one, pair.other) in town.twice]
    assert len(right) >= 0.95 * len(town.twice)
    assert len(right) >= 0.9 * len(found)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert all(pair.one < pair.other and pair.reasons and pair.score >= OFFERED for pair in found)
    assert steps == sorted(steps)
    assert steps[-1] == 1000


def test_a_whole_list_finds_what_each_row_alone_would_find(town: Town) -> None:
    chosen = town.once[:200]
    rows = [again for worker in chosen if (again := town.slips.again(worker, "typo in the name"))]
    many = town.register.workers.look_alikes_of_many(rows)
    alone = {
        (place, alike.line.id) for place, row in enumerate(rows) for alike in town.register.workers.look_alikes(row)
    }
    assert alone == {(one.row, one.worker) for one in many if one.worker is not None}
