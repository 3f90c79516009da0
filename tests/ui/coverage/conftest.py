"""A supervisor at the coverage page of a small district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.coverage.point import Target
from models.register import Register
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import Person, person_at
from ui.coverage.page import CoveragePage

TALU, KAJAI, AUA = "13.12.04.2002", "13.12.04.2001", "13.12.03.2003"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Nobody in it, nothing published."""
    opened = make_register(tmp_path / "cakupan.db")
    yield opened
    opened.close()


@pytest.fixture
def district(register: Register) -> Register:
    """Five workers in November 2026, two of them until November; BPS, BPJS and the Bupati have spoken."""
    for serial, (nagari, months) in enumerate([(TALU, 1), (TALU, 3), (KAJAI, 1), (AUA, 12), (AUA, 3)], 1):
        plan = make_plan(register, "SAWIT" if serial < 5 else "WALI", Month(2026, 11), months)
        entry = register.entries.save(make_worker(serial, nagari=nagari), plan)
        assert entry.enrolment is not None
        if serial == 4:
            register.enrolments.confirm(entry.enrolment.id or 0, "12345678901", date(2026, 11, 20))
    coverage = register.coverage
    coverage.eligible.add("13.12", 160_000, date(2026, 6, 30), "BPS, Sakernas 2025")
    coverage.eligible.add("13.12.04", 9_800, date(2026, 6, 30), "Camat Talamau")
    coverage.bpjs_counts.add("13.12", 53_611, date(2026, 10, 31), "BPJS Bukittinggi")
    coverage.targets.add(Target(6500, date(2029, 12, 31), "RPJMD"))
    coverage.targets.add(Target(5140, date(2026, 12, 31), "Bupati"))
    return register


@pytest.fixture
def supervisor(qtbot: QtBot, district: Register, tmp_path: Path) -> Iterator[Person[CoveragePage]]:
    with person_at(qtbot, district, tmp_path, CoveragePage) as person:
        yield person


@pytest.fixture
def newcomer(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[CoveragePage]]:
    """At the same page before anything was entered."""
    with person_at(qtbot, register, tmp_path, CoveragePage) as person:
        yield person
