"""A register of a million invented people without enrolments, made once, for measures of who looks like whom."""

from __future__ import annotations

import random
from pathlib import Path

from models.offices.office import OfficeSettings
from models.people.worker import Worker
from models.register import Register, new_register
from tests.benchmarks.big_file import FOLDER, NOW
from tests.benchmarks.people import people

WORKERS = 1_000_000
SEED = 20261123
_FORM = 2
"""Raised whenever the content changes, so that an old file is not taken for a new one."""


def people_file(workers: int = WORKERS, path: Path | None = None) -> Path:
    """The file, made on the first call (some minutes for a million) and kept under build/benchmarks."""
    path = path or FOLDER / f"people-{workers}-{_FORM}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_register(path, user="bench", clock=lambda: NOW, settings=OfficeSettings()) as register:
            register._file.connection.execute("PRAGMA cache_size=-262144").fetchall()
            register.load((worker, ()) for worker in people(workers, SEED, weighted_nagari(register)))
    return path


def weighted_nagari(register: Register) -> list[tuple[str, str, float]]:
    """Code, name and weight of each nagari, as `people` wants them."""
    nagari = register.regions.nagari()
    population = register.regions.population()
    each = {code: sum(region.code.startswith(code) for region in nagari) for code in population}
    return [
        (region.code, region.name, population.get(region.code[:8], 30_000) / each.get(region.code[:8], 1))
        for region in nagari
    ]


def strangers(register: Register, count: int, seed: int) -> list[Worker]:
    """People of the same district who are not registered; households of their own."""
    made = people(count * 2, seed, weighted_nagari(register))
    return random.Random(seed).sample(list(made), count)


if __name__ == "__main__":
    print(people_file())
