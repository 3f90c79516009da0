"""A window may be painted once more, and its timers run out, after its register was closed: it is asked for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import make_plan, make_register, make_worker
from tests.ui.at_window import AtWindow, at_window
from tests.ui.person import Person, person_at
from ui.fields.field import Field
from ui.page import Page
from ui.people.workers_page import WorkersPage
from ui.people.workers_table import WorkersModel
from ui.places import Place
from ui.schemes.life.table import EnrolmentsModel
from ui.schemes.page import SchemesPage

Model = WorkersModel | EnrolmentsModel


def workers(person: Person[WorkersPage]) -> Model:
    return person.page.list.model


def enrolments(person: Person[SchemesPage]) -> Model:
    person.page.areas.setCurrentWidget(person.page.life)
    return person.page.life.list.model


def who_ends(person: Person[SchemesPage]) -> Model:
    person.page.areas.setCurrentWidget(person.page.periods)
    person.rest()
    person.page.periods.show_people()
    return person.page.periods.model


@pytest.mark.parametrize(
    ("kind", "look"), [(WorkersPage, workers), (SchemesPage, enrolments), (SchemesPage, who_ends)]
)
def test_a_table_asks_a_closed_register_for_nothing(
    qtbot: QtBot, tmp_path: Path, kind: type[Page], look: Callable[[Person[Page]], Model]
) -> None:
    register = make_register(tmp_path / "cakupan.db")
    register.entries.save(make_worker(), make_plan(register))
    with person_at(qtbot, register, tmp_path, kind) as person:
        model = look(person)
        person.rest()
        person.sees(lambda: len(model.ids) == 1)
        model._pages.clear()
        if isinstance(model, WorkersModel):
            model.read_again()
        person.session.close()
        person.page.grab()
        QApplication.processEvents()
        assert not model.index(0, 0).data()


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("place", list(Place))
def test_what_was_waiting_for_a_pause_when_the_window_was_closed_asks_for_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place, at: int
) -> None:
    register = make_register(tmp_path / "cakupan.db")
    register.entries.save(make_worker(), make_plan(register))
    with at_window(qtbot, tmp_path, monkeypatch, register, place, AtWindow) as person:
        fields = [field for field in person.window.findChildren(Field) if field.isVisible() and field.isEnabled()]
        for field in fields[at : at + 1]:
            field.setFocus()
            QTest.keyClicks(field, "ab")
        person.window.close()
        for timer in person.window.findChildren(QTimer):
            if timer.isActive():
                timer.timeout.emit()
        QTest.qWait(1)
