"""Checking, pricing and enrolling 7,723 workers at once against inserting the same rows by the bare driver."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.register import Register, open_register
from models.storage.driver import connect
from tests.benchmarks.big_file import FOLDER, NOW
from tests.benchmarks.rows import Row
from tests.factories import make_plan, make_worker

NAMES = ("enrol_many",)
WORKERS = 7_723
_ROUNDS = 5
_TABLES = ("enrolment", "audit", "coverage_change")


def measure() -> list[Row]:
    """Median of some rounds, each on fresh files on the disk, both durable."""
    program, reference = [], []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            mine, bare = Path(folder) / "program.db", Path(folder) / "bare.db"
            _make(bare).close()
            register = _make(mine)
            before = {table: _keys(register, table) for table in _TABLES}
            start = time.perf_counter()
            made = register.enrol_many.enrol(range(1, WORKERS + 1), make_plan(register))
            program.append(time.perf_counter() - start)
            assert len(made.enrolments) == WORKERS
            rows = {table: _rows_since(register, table, before[table]) for table in _TABLES}
            workers = register._file.rows("SELECT schemes, covered_from, covered_until, id FROM worker")
            register.close()
            reference.append(_write(bare, rows, workers))
    return [
        Row(
            "enrol_many",
            f"{WORKERS:,} workers checked, priced and enrolled at once, durable",
            "executemany of the same rows into the same tables",
            statistics.median(program) / statistics.median(reference),
            3,
        )
    ]


def _make(path: Path) -> Register:
    register = open_register(path, user="bench", clock=lambda: NOW)
    register.load((worker, ()) for worker in _workers())
    return register


def _workers() -> Iterator[Worker]:
    for number in range(WORKERS):
        born_on = date(1970, 1, 1) + timedelta(days=number % 9_000)
        yield make_worker(
            nik=compose_nik("13.12.04", born_on, Sex.FEMALE, number // 9_000 + 1),
            born_on=born_on,
            name=f"Siti Aminah {chr(65 + number % 26)}{'aeiou'[number % 5]}{chr(97 + number % 26)}",
        )


def _keys(register: Register, table: str) -> int:
    row = register._file.row(f"SELECT coalesce(max(rowid), 0) FROM {table}") if table != "coverage_change" else (0,)
    assert row is not None
    return int(row[0])


def _rows_since(register: Register, table: str, last: int) -> list[tuple[Any, ...]]:
    where = "" if table == "coverage_change" else f"WHERE id > {last} ORDER BY id"
    return register._file.rows(f"SELECT * FROM {table} {where}")


def _write(bare: Path, rows: dict[str, list[tuple[Any, ...]]], workers: list[tuple[Any, ...]]) -> float:
    connection = connect(bare)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table, its in rows.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(its[0]))})", its)
    connection.executemany("UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", workers)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds
