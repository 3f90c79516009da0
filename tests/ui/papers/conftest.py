"""A supervisor at the papers page of a register with a few workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.register import Register
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import Person, person_at
from ui.papers.page import PapersPage

NAMES = ("Siti Aminah", "Zulkifli", "Yusniar", "Rahmi Fitri")
KAJAI = "13.12.04.2001"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Three palm-oil workers in Talu and Kajai, and one whom nobody has enrolled."""
    opened = make_register(tmp_path / "cakupan.db")
    for serial, name in enumerate(NAMES, 1):
        worker = make_worker(serial, name=name, **({"nagari": KAJAI} if serial == 2 else {}))
        opened.entries.save(worker, make_plan(opened, "SAWIT", Month(2026, 11)) if serial < 4 else None)
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[PapersPage]]:
    with person_at(qtbot, register, tmp_path, PapersPage) as person:
        person.page.choose_file = lambda name: str(tmp_path / "surat" / name)
        (tmp_path / "surat").mkdir()
        yield person
