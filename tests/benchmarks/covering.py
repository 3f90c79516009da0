"""Coverage in any month over three million enrolments against DuckDB on its own table."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from models.coverage.point import SchemeCoverage
from models.register import Register
from models.storage.driver import connect
from models.values.months import Month
from tests.benchmarks.big_file import FIRST_MONTH, LAST_MONTH, million, read_only
from tests.benchmarks.rows import Row

NAMES = ("coverage",)
_MONTHS = 24


def measure() -> list[Row]:
    """Distinct workers by nagari and by scheme in a month; both give the same numbers, which is checked."""
    path = million()
    register = read_only(path)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        reference = _duck(path, Path(folder) / "reference.duckdb")
        months = random.Random(3).sample(range(FIRST_MONTH.index, LAST_MONTH.index + 1), _MONTHS)
        ours, theirs = [], []
        for index in months:
            month = Month.from_index(index)
            for _ in range(3):
                mine, seconds = _timed(partial(_ours, register, month))
                ours.append(seconds)
                other, seconds = _timed(partial(_theirs, reference, index))
                theirs.append(seconds)
            assert {code: count for code, count in mine[0].items() if count} == dict(other[0])
            assert {scheme.active for scheme in mine[1]} - {0} == {row[1] for row in other[1]}
        reference.close()
    register.close()
    ratio = sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]
    return [
        Row("coverage", "coverage at any month by nagari and by scheme, 3,000,000 periods",
            "DuckDB on its own table, the same two questions", ratio, 0.5),
    ]  # fmt: skip


_BY_NAGARI = (
    "SELECT nagari, count(DISTINCT worker) FROM period WHERE first <= ? AND last >= ? GROUP BY nagari ORDER BY nagari"
)
_BY_SCHEME = (
    "SELECT scheme, count(DISTINCT worker), sum(monthly) FROM period WHERE first <= ? AND last >= ? GROUP BY scheme"
)


def _ours(register: Register, month: Month) -> tuple[dict[str, int], tuple[SchemeCoverage, ...]]:
    return register.coverage.active_by_nagari(month), register.coverage.schemes(month)


def _theirs(reference: duckdb.DuckDBPyConnection, index: int) -> tuple[list[Any], list[Any]]:
    return tuple(reference.execute(question, (index, index)).fetchall() for question in (_BY_NAGARI, _BY_SCHEME))  # type: ignore[return-value]


def _duck(path: Path, target: Path) -> duckdb.DuckDBPyConnection:
    """The periods in a table of DuckDB's own, made through a CSV file outside the clock."""
    connection = connect(path, read_only=True)
    rows = connection.execute(
        "SELECT enrolment.worker, worker.nagari, scheme, first_month, last_month, "
        "contribution / (last_month - first_month + 1) FROM enrolment JOIN worker ON worker.id = enrolment.worker "
        "WHERE counts = 1 AND living = 1"
    )
    text = target.with_suffix(".csv")
    with text.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write("{},{},{},{},{},{}\n".format(*row))
    connection.close()
    duck = duckdb.connect(str(target))
    duck.execute("CREATE TABLE period (worker INTEGER, nagari VARCHAR, scheme INTEGER, first INTEGER, last INTEGER, "
                 "monthly INTEGER)")  # fmt: skip
    duck.execute(f"COPY period FROM '{text}' (HEADER false)")
    text.unlink()
    return duck


def _timed(task: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    result = task()
    return result, time.perf_counter() - begin
