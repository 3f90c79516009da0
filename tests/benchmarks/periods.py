"""The calendar of periods that run out, over a million workers and three million enrolments, against its bare SQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from models.storage.driver import connect
from models.values.months import Period
from tests.benchmarks.big_file import LAST_MONTH, million, read_only
from tests.benchmarks.rows import Row

NAMES = ("periods",)
_ROUNDS = 5
_MONTHS = Period(LAST_MONTH - 11, LAST_MONTH)
_BARE = (
    "SELECT last_month, scheme, fund, count(DISTINCT worker), count(DISTINCT CASE WHEN EXISTS ("
    "SELECT 1 FROM enrolment AS next WHERE next.worker = one.worker AND next.counts = 1 "
    "AND next.first_month <= one.last_month + 1 AND next.last_month > one.last_month) THEN worker END) "
    "FROM enrolment AS one WHERE counts = 1 AND last_month BETWEEN ? AND ? GROUP BY last_month, scheme, fund "
    "ORDER BY last_month, scheme, fund"
)


def measure() -> list[Row]:
    """Median of some rounds on the same file, each after one that is not counted."""
    path = million()
    register, connection = read_only(path), connect(path)
    months = (_MONTHS.first.index, _MONTHS.last.index)
    try:
        mine, bare = register.periods.ending(_MONTHS), connection.execute(_BARE, months).fetchall()
        assert [(one.last_month.index, one.heads, one.continued) for one in mine] == [
            (row[0], row[3], row[4]) for row in bare
        ]
        program = _median(lambda: register.periods.ending(_MONTHS))
        reference = _median(lambda: connection.execute(_BARE, months).fetchall())
    finally:
        register.close()
        connection.close()
    what = f"calendar of 12 months, 1,000,000 workers ({program:.2f} s)"
    return [Row("periods", what, "the same grouping in bare SQL", program / reference, 2)]


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
