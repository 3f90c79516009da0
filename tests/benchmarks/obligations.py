"""The obligation board over 3,000,000 enrolments against its own SQL by the bare driver, on the same index."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing

from models.register import open_register
from models.storage.driver import connect
from models.values.months import Month
from tests.benchmarks.big_file import NOW, million
from tests.benchmarks.rows import Row

NAMES = ("obligation_board",)
_ROUNDS = 5
_MONTH = Month(2026, 6)
_BARE = (
    "SELECT payer_office, count(DISTINCT payer_number) FROM enrolment WHERE scheme = ? AND counts = 1 "
    "AND first_month <= ? AND last_month >= ? GROUP BY payer_office"
)


def measure() -> list[Row]:
    """Median of some rounds after one that warms the cache; the two take turns."""
    path = million()
    register = open_register(path, user="bench", clock=lambda: NOW, read_only=True)
    scheme = register.schemes.by_code("ASN")
    assert scheme is not None
    with closing(connect(path, read_only=True)) as bare:
        asked = (scheme.id, _MONTH.index, _MONTH.index)
        program, reference = [], []
        for _ in range(_ROUNDS + 1):
            program.append(_seconds(lambda: register.obligations.board(scheme, _MONTH)))
            reference.append(_seconds(lambda: bare.execute(_BARE, asked).fetchall()))
    register.close()
    return [
        Row(
            "obligation_board",
            "obligation board of a scheme in a month, 3,000,000 enrolments",
            "the same counts by bare SQL on the same index",
            statistics.median(program[1:]) / statistics.median(reference[1:]),
            2,
        )
    ]


def _seconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start
