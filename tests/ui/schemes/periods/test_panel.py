"""Periods that run out on the screen: the calendar, its people, going on with another payer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.register import Register
from models.schemes.continuity import Continuity
from models.values.months import Month
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.schemes.enrolling.wanted import EnrolWanted
from ui.schemes.page import SchemesPage
from ui.schemes.periods.words import continuity_words, words_of_worker

MARCH = Month(2027, 3)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Three palm-oil workers until February, one of whom goes on for herself."""
    opened = make_register(tmp_path / "cakupan.db")
    for serial in (1, 2, 3):
        opened.entries.save(make_worker(serial, name="ABC"[serial - 1] + "ni"), make_plan(opened))
    opened.enrolments.add(1, make_plan(opened, "MANDIRI", MARCH, 12))
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        person.page.areas.setCurrentWidget(person.page.periods)
        person.rest()
        yield person


def test_the_calendar_says_who_ends_goes_on_and_drops_out(supervisor: Person[SchemesPage]) -> None:
    row, together = supervisor.page.periods.table.rows
    assert row.cells == ("Februari 2027", "SAWIT Pekerja sawit (DBH Sawit)", "–", "3", "1", "2")
    assert "Maret 2027" in row.tips[5]
    assert together.cells[3:] == ("3", "1", "2")


def test_enter_leads_to_the_people_and_on_to_a_record(supervisor: Person[SchemesPage]) -> None:
    periods = supervisor.page.periods
    periods.table.setFocus()
    supervisor.press(Key.Key_Return)
    supervisor.rest()
    assert periods.model.ids.tolist() == [2, 3]
    assert periods.people.hasFocus()
    supervisor.press(Key.Key_F7)
    supervisor.rest()
    assert periods.model.ids.tolist() == [1, 2, 3]
    supervisor.press(Key.Key_Return)
    assert supervisor.wanted == [("workers", 1)]
    supervisor.press(Key.Key_Escape)
    assert periods.table.hasFocus()


def test_those_who_drop_out_are_continued_from_the_month_after(supervisor: Person[SchemesPage]) -> None:
    supervisor.page.periods.table.setFocus()
    supervisor.press(Key.Key_F2)
    supervisor.rest()
    place, target = supervisor.wanted[-1]
    assert place == "workers"
    assert isinstance(target, EnrolWanted)
    assert list(target.workers) == [2, 3]
    assert target.plan is not None
    assert (target.plan.first, target.plan.month_count) == (MARCH, 3)
    plan = make_plan(supervisor.register, "MANDIRI", MARCH, 3)
    supervisor.register.enrol_many.enrol(target.workers, plan)
    supervisor.session.tell("workers")
    supervisor.rest()
    assert supervisor.page.periods.table.rows[0].cells[5] == "0"
    supervisor.press(Key.Key_F2)
    supervisor.rest()
    assert "semuanya lanjut" in supervisor.page.periods.message.text


def test_continuity_is_said_as_an_estimate() -> None:
    november = Month(2026, 11)
    running = continuity_words(Continuity(Month(2026, 9), Month(2027, 2)), november)
    assert "tanpa putus sejak September 2026, sampai Februari 2027" in running
    assert "mulai Desember 2026" in running
    assert "perkiraan" in running
    assert "berlaku sejak" in continuity_words(Continuity(Month(2026, 1), Month(2027, 2)), november)
    assert "sebelum manfaat" in continuity_words(Continuity(november, Month(2027, 1)), november)
    assert "putus" in continuity_words(Continuity(Month(2026, 1), Month(2026, 6)), november)
    assert "Akan terlindung" in continuity_words(Continuity(Month(2026, 12), Month(2027, 6)), november)


def test_a_worker_without_months_has_no_continuity(register: Register) -> None:
    worker = register.entries.save(make_worker(9), None).worker.id or 0
    assert words_of_worker(register, worker, Month.of(TODAY), TODAY) == ""
    assert "Februari 2028" in words_of_worker(register, 1, Month(2028, 2), TODAY)


def test_how_many_of_the_people_are_chosen_stands_above_them(supervisor: Person[SchemesPage]) -> None:
    periods = supervisor.page.periods
    periods.table.setFocus()
    supervisor.press(Key.Key_Return)
    supervisor.rest()
    supervisor.press(Key.Key_End, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert periods.people_title.text() == "2 putus setelah Februari 2027, 2 dipilih"
