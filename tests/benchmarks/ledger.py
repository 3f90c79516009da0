"""The ledgers of all funds, and of the largest, over a million workers against their bare SQL on the same index."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from models.funds.fund import Fund, Receipt
from models.register import open_register
from models.storage.driver import connect
from tests.benchmarks.big_file import FIRST_MONTH, FOLDER, LAST_MONTH, NOW, copy_of, million, read_only
from tests.benchmarks.rows import Row

NAMES = ("ledgers", "ledger", "fund_left", "ledger_frame")
_ROUNDS = 5
_FRAME = 0.016
"""Seconds in which a screen is drawn once."""
_ALL = (
    "SELECT fund, sum(contribution), count(DISTINCT worker), sum(last_month - first_month + 1) FROM enrolment "
    "WHERE fund IS NOT NULL AND counts = 1 GROUP BY fund"
)
_ONE = (
    "SELECT sum(contribution), count(DISTINCT worker), sum(last_month - first_month + 1) FROM enrolment "
    "WHERE fund = ? AND counts = 1"
)
_LEFT = "SELECT sum(contribution) FROM enrolment WHERE fund = ? AND counts = 1"


def measure() -> list[Row]:
    """Medians of some rounds, ours and the bare ones in turn; both give the same numbers, which is checked."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = copy_of(million(), Path(folder))
        give_funds(path)
        register, bare = read_only(path), connect(path, read_only=True)
        funds = register.funds
        ledgers = funds.ledgers()
        assert {id: (one.committed, one.heads, one.months) for id, one in ledgers.items() if one.heads} == {
            row[0]: tuple(row[1:]) for row in bare.execute(_ALL).fetchall()
        }
        largest = max(ledgers, key=lambda id: ledgers[id].heads)
        every = _compared(funds.ledgers, lambda: bare.execute(_ALL).fetchall())
        one = _compared(lambda: funds.ledger(largest), lambda: bare.execute(_ONE, (largest,)).fetchall())
        left = _compared(lambda: funds.uses.left(largest), lambda: bare.execute(_LEFT, (largest,)).fetchall())
        bare.close()
        register.close()
    heads = f"{ledgers[largest].heads:,} workers"
    return [
        Row("ledgers", f"ledgers of all {len(ledgers)} funds, 3,000,000 enrolments", "their bare SQL",
            every[0] / every[1], 2),
        Row("ledger", f"the ledger of the largest fund, {heads}", "its bare SQL", one[0] / one[1], 2),
        Row("fund_left", "what is left of it, as each save asks", "its bare SQL", left[0] / left[1], 2),
        Row("ledger_frame", f"the ledger of the largest fund, {heads}", "16 ms; longer is counted in the background",
            one[0] / _FRAME, float("inf")),
    ]  # fmt: skip


def give_funds(path: Path) -> None:
    """A fund for each scheme and year, and its enrolments: what the program would have written."""
    register = open_register(path, user="bench", clock=lambda: NOW)
    for scheme in register.schemes.all():
        for year in range(FIRST_MONTH.year, LAST_MONTH.year + 1):
            assert scheme.id is not None
            fund = register.funds.save(
                Fund(scheme=scheme.id, name=f"{scheme.code} {year}", year=year, ceiling=10**12)
            )
            assert fund.id is not None
            register.funds.receive(Receipt(fund=fund.id, amount=10**11, received_on=date(year, 1, 2), source="SP2D"))
    register.close()
    connection = connect(path)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute(
        "UPDATE enrolment SET fund = (SELECT id FROM fund WHERE fund.scheme = enrolment.scheme "
        "AND fund.year = enrolment.first_month / 12)"
    )
    connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
    connection.close()


def _compared(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for taken, task in zip(seconds, (ours, theirs), strict=True):
            start = time.perf_counter()
            task()
            taken.append(time.perf_counter() - start)
    return statistics.median(seconds[0]), statistics.median(seconds[1])
