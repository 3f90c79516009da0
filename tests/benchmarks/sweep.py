"""The whole register looked through for people who stand in it twice, against DuckDB joining the same blocks.

DuckDB starts from its own table and only lists pairs with like names; the sweep reads the register's file, compares
whole records and says the reasons.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from models.people.pairs import DoubtfulPair
from models.people.slips import date_slips
from models.people.worker import Worker
from models.register import Register, open_register
from models.storage.sweep import sweep
from tests.benchmarks.big_file import NOW, copy_of
from tests.benchmarks.people_file import WORKERS, people_file
from tests.benchmarks.rows import Row
from tests.benchmarks.slips import Slips

NAMES = ("sweep", "sweep-memory", "sweep-missed", "sweep-wrong")
TWICE = 10_000
_MOSTLY = {
    "short name": 1,
    "typo, other nagari": 4,
    "typo, digit of the date": 4,
    "other nagari, digit of the date": 4,
}
_MEGABYTES = 400

T = TypeVar("T")
Pairs = set[tuple[int, int]]


def measure() -> list[Row]:
    """Processor time and time on the clock, memory, and how many of ten thousand injected pairs are found."""
    with tempfile.TemporaryDirectory(dir=people_file().parent) as folder:
        path = copy_of(people_file(), Path(folder))
        register = open_register(path, user="bench", clock=lambda: NOW)
        twice = _twice(register)
        reference = _duck(register, Path(folder))
        register.close()
        best = [float("inf")] * 4
        for _ in range(2):
            _, *joined = _timed(lambda: _joined(reference))
            found, *swept = _timed(lambda: _swept(path))
            best = [min(pair) for pair in zip(best, (*swept, *joined), strict=True)]
        reference.close()
        memory = float(subprocess.check_output([sys.executable, "-c", _IN_A_PROCESS, str(path)], text=True))
    recall, wrong = _at_precision(found, twice, 0.9)
    of = f"{TWICE:,} pairs injected among {WORKERS:,} workers"
    return [
        Row("sweep", "sweep of 1,000,000 workers, processor time", "DuckDB, Jaro-Winkler on the same blocks",
            best[0] / best[2], 1.0),
        Row("sweep", "sweep of 1,000,000 workers, one thread, time on the clock", "DuckDB, the same, 2 threads",
            best[1] / best[3], 1.0),
        Row("sweep-memory", "memory of a process that sweeps 1,000,000 workers", f"{_MEGABYTES} MB",
            memory / _MEGABYTES, 1.0),
        Row("sweep-missed", "missed where 9 of 10 pairs shown are right", of, 1 - recall, 0.05),
        Row("sweep-wrong", "wrong pairs among all that are shown", "pairs shown", wrong, float("inf")),
    ]  # fmt: skip


def _swept(path: Path) -> list[DoubtfulPair]:
    """As the program does it: on a connection of its own that only reads."""
    with open_register(path, user="bench", clock=lambda: NOW, read_only=True).twin(read_only=True) as twin:
        return sweep(twin._file)


_IN_A_PROCESS = """
import re, sys
from pathlib import Path
from models.register import open_register
from models.storage.sweep import sweep
from tests.benchmarks.big_file import NOW
with open_register(Path(sys.argv[1]), user="bench", clock=lambda: NOW, read_only=True).twin(read_only=True) as twin:
    sweep(twin._file)
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""
"""The kernel's own figure begins with the process; `ru_maxrss` would begin with the one that started it."""


def _twice(register: Register) -> Pairs:
    """Adds a second record of ten thousand workers, each with a slip, and gives the pairs."""
    chance = random.Random(17)
    slips = Slips(chance, [region.code for region in register.regions.nagari()])
    kinds = list(slips.kinds)
    weights = [_MOSTLY.get(kind, 10) for kind in kinds]
    again: list[Worker] = []
    pairs: Pairs = set()
    for id in chance.sample(range(1, WORKERS + 1), 3 * TWICE):
        if len(again) == TWICE:
            break
        second = slips.again(register.workers.get(id), chance.choices(kinds, weights)[0])
        if second is not None:
            again.append(replace(second, nik=f"1371{len(again):012d}"))
            pairs.add((id, WORKERS + len(again)))
    register.load((worker, ()) for worker in again)
    return pairs


def _at_precision(found: list[DoubtfulPair], twice: Pairs, precision: float) -> tuple[float, float]:
    """The share of the injected pairs in the longest beginning of the list with that precision; what is wrong in all.

    Twins and namesakes with a slip's difference between them, whom only a person can tell apart, count as wrong.
    """
    right = recall = 0.0
    for count, pair in enumerate(found, 1):
        right += (pair.one, pair.other) in twice
        if right / count >= precision:
            recall = right / len(twice)
    return recall, 1 - right / len(found)


def _duck(register: Register, folder: Path) -> duckdb.DuckDBPyConnection:
    """The same people in DuckDB's own table, and for each birth date the dates that a slip may have made of it."""
    rows = register._file.rows(
        "SELECT id, born_on, name_key, nagari FROM worker WHERE living = 1 AND born_on IS NOT NULL"
    )
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    days = sorted({row[1] for row in rows})
    with (folder / "slips.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for day in days:
            writer.writerows(
                (day, slip.isoformat()) for slip in date_slips(date.fromisoformat(day)) if slip.isoformat() > day
            )
    reference = duckdb.connect(str(folder / "reference.duckdb"))
    reference.execute("SET threads = 2")
    reference.execute(
        "CREATE TABLE people AS SELECT column0::INT AS id, column1::DATE AS born, column2 AS name, column3 AS nagari, "
        f"left(column2, 4) AS begins FROM read_csv('{folder}/people.csv', header = false, all_varchar = true)"
    )
    reference.execute(
        "CREATE TABLE slips AS SELECT column0::DATE AS born, column1::DATE AS slip "
        f"FROM read_csv('{folder}/slips.csv', header = false, all_varchar = true)"
    )
    return reference


_LIKE = "jaro_winkler_similarity(a.name, b.name) >= CASE WHEN length(a.name) > 7 THEN 0.87 ELSE 0.78 END"
_BLOCKS = (
    f"SELECT a.id, b.id FROM people a JOIN people b ON a.born = b.born AND a.id < b.id WHERE {_LIKE}",
    "SELECT a.id, b.id FROM people a JOIN slips s ON a.born = s.born JOIN people b ON b.born = s.slip AND "
    "a.name = b.name",
    "SELECT a.id, b.id FROM people a JOIN slips s ON a.born = s.born JOIN people b ON b.born = s.slip AND "
    f"a.nagari = b.nagari AND a.begins = b.begins WHERE {_LIKE}",
)
"""Born on one day; of one name with a slip in the date; of one nagari with names that begin alike and such a slip."""


def _joined(reference: duckdb.DuckDBPyConnection) -> int:
    return sum(len(reference.execute(block).fetchall()) for block in _BLOCKS)


def _timed(task: Callable[[], T]) -> tuple[T, float, float]:
    """What it gives, processor seconds of all threads, seconds on the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    result = task()
    return result, time.process_time() - processor, time.perf_counter() - clock
