"""Who may be the same person, asked while somebody types, against comparing the name with all names in memory.

How many slips are missed and how many newcomers are taken for somebody else is measured beside the time: speed alone
would be had by looking at nothing.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from rapidfuzz import fuzz, process

from models.people.names import fold
from models.people.worker import Worker
from models.register import Register
from tests.benchmarks.big_file import read_only
from tests.benchmarks.people_file import WORKERS, people_file, strangers
from tests.benchmarks.rows import Row
from tests.benchmarks.slips import Slips

NAMES = ("look-alikes", "look-alikes-missed", "look-alikes-alarms", "look-alikes-list")
_OF_EACH = 250
"""Slips tried of each kind."""
_NEWCOMERS = 2_000
_LIST = 10_000


def measure() -> list[Row]:
    """One look's p99, missed slips, false alarms, and a list looked through at once."""
    register = read_only(people_file())
    register._file.connection.execute("PRAGMA cache_size=-400000").fetchall()
    chance = random.Random(31)
    typed = _typed(register, chance)
    ours = _p99([worker for _, worker, _ in typed], lambda worker: register.workers.look_alikes(worker))
    keys = [row[0] for row in register._file.rows("SELECT name_key FROM worker WHERE living = 1")]
    brute = _median([worker for _, worker, _ in typed[:: len(typed) // 40]], partial(_brute, keys))
    del keys
    missed, tried = Counter[str](), Counter[str]()
    for kind, worker, id in typed:
        tried[kind] += 1
        missed[kind] += id not in {alike.line.id for alike in register.workers.look_alikes(worker)}
    single = [kind for kind in tried if "," not in kind]
    newcomers = [_under_another_nik(worker, chance) for worker in strangers(register, _NEWCOMERS, 77)]
    alarms = sum(len(register.workers.look_alikes(worker)) for worker in newcomers)
    own = _registered(register, chance, _NEWCOMERS)
    own_alarms = sum(len(register.workers.look_alikes(worker)) for worker in own)
    many, single_by_single = _list_against_rows(register, chance)
    register.close()
    injected = "slips injected"
    return [
        Row("look-alikes", "look-alikes of one person, 1,000,000 workers, p99",
            "rapidfuzz over all names in memory, median", ours / brute, 0.02),
        Row("look-alikes-missed", "slips not noticed, one in a record, NIK unknown", injected,
            sum(missed[kind] for kind in single) / sum(tried[kind] for kind in single), 0.07),
        *(Row("look-alikes-missed", f"of them: {kind}", injected, missed[kind] / tried[kind], float("inf"))
          for kind in single),
        *(Row("look-alikes-missed", f"two slips: {kind}", injected, missed[kind] / tried[kind], float("inf"))
          for kind in tried if kind not in single),
        Row("look-alikes-alarms", "others offered to a newcomer", "newcomers from new families",
            alarms / _NEWCOMERS, 0.05),
        Row("look-alikes-alarms", "others offered to one who is registered once", "workers with families and twins",
            own_alarms / _NEWCOMERS, 0.05),
        Row("look-alikes-list", f"a list of {_LIST:,} against 1,000,000 workers and itself", "each row alone",
            many / single_by_single, 0.5),
    ]  # fmt: skip


def _typed(register: Register, chance: random.Random) -> list[tuple[str, Worker, int]]:
    """Second records of workers of the register: kind of slip, record, id of the first."""
    slips = Slips(chance, [region.code for region in register.regions.nagari()])
    typed = []
    for kind in slips.kinds:
        left = _OF_EACH
        while left:
            worker = register.workers.get(chance.randrange(1, WORKERS + 1))
            again = slips.again(worker, kind)
            if again is not None:
                assert worker.id is not None
                typed.append((kind, again, worker.id))
                left -= 1
    chance.shuffle(typed)
    return typed


def _registered(register: Register, chance: random.Random, count: int) -> list[Worker]:
    return [register.workers.get(chance.randrange(1, WORKERS + 1)) for _ in range(count)]


def _under_another_nik(worker: Worker, chance: random.Random) -> Worker:
    """With a serial number that nobody of the day has yet."""
    return replace(worker, nik=f"{worker.nik[:12]}{chance.randrange(4_000, 9_999):04d}")


def _list_against_rows(register: Register, chance: random.Random) -> tuple[float, float]:
    """Processor seconds of the whole list, and of its rows alone (a tenth of them, ten times)."""
    slips = Slips(chance, [region.code for region in register.regions.nagari()])
    rows = [slips.typo(worker) or worker for worker in strangers(register, _LIST, 5)]
    start = time.process_time()
    register.workers.look_alikes_of_many(rows)
    many = time.process_time() - start
    start = time.process_time()
    for row in rows[::10]:
        register.workers.look_alikes(row)
    return many, 10 * (time.process_time() - start)


def _brute(keys: Sequence[str], worker: Worker) -> object:
    return process.extract(fold(worker.name), keys, scorer=fuzz.ratio, processor=None, limit=5, score_cutoff=85)


def _p99(workers: Sequence[Worker], task: Callable[[Worker], object]) -> float:
    times = sorted(_times(workers, task))
    return times[int(len(times) * 0.99) - 1]


def _median(workers: Sequence[Worker], task: Callable[[Worker], object]) -> float:
    return sorted(_times(workers, task))[len(workers) // 2]


def _times(workers: Sequence[Worker], task: Callable[[Worker], object]) -> list[float]:
    """Processor seconds, the best of three tries: a busy neighbour must not decide, and the pages are in memory."""
    times = []
    for worker in workers:
        tries = []
        for _ in range(3):
            start = time.process_time()
            task(worker)
            tries.append(time.process_time() - start)
        times.append(min(tries))
    return times
