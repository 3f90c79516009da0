"""The sums that the district published come out of the program's own records."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from models.people.nik import compose_nik
from models.people.worker import Sex
from models.register import Register
from models.values.months import Month, Period
from tests.factories import make_plan, make_register, make_worker

BORN = [date(1985, month, day) for month in (7, 8) for day in range(1, 29)]


def enrol(register: Register, count: int, first: Month, months: int) -> None:
    """Registers so many palm-oil workers and enrols all of them at once."""
    before = register.workers.count()
    serials = range(before + 1, before + count + 1)
    workers = (
        make_worker(
            serial,
            nik=compose_nik("13.12.04", BORN[serial % len(BORN)], Sex.MALE, 1 + serial // len(BORN)),
            born_on=BORN[serial % len(BORN)],
            sex=Sex.MALE,
            name="Zulkifli",
        )
        for serial in serials
    )
    assert register.load((worker, ()) for worker in workers) == (count, 0)
    register.enrolments.add_all(list(serials), make_plan(register, "SAWIT", first, months))


@pytest.mark.parametrize(
    ("count", "first", "months", "sum_of_all"),
    [
        (7_723, Month(2025, 8), 3, 389_239_200),
        (7_764, Month(2024, 6), 11, 1_434_787_200),
    ],
)
def test_the_published_sum_of_the_palm_oil_revenue_share(
    tmp_path: Path, count: int, first: Month, months: int, sum_of_all: int
) -> None:
    register = make_register(tmp_path / "cakupan.db", at=datetime(first.year, first.month, 1, 9, 0))
    enrol(register, count, first, months)
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    assert scheme.id is not None
    assert register.enrolments.total(scheme.id) == (count, sum_of_all)
    period = Period.starting(first, months)
    rows = [row for month in period for row in register.coverage.schemes(month) if row.code == "SAWIT"]
    assert [row.active for row in rows] == [count] * months
    assert [row.contribution for row in rows] == [count * 16_800] * months
    assert sum(row.contribution for row in rows) == sum_of_all
    (before, after) = (
        next(row for row in register.coverage.schemes(month) if row.code == "SAWIT")
        for month in (period.first - 1, period.last + 1)
    )
    assert (before.active, before.contribution, after.active, after.contribution) == (0, 0, 0, 0)
    register.close()
