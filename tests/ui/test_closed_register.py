"""A window may be painted once more after its register was closed; its tables then ask the register for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import Person, person_at
from ui.page import Page
from ui.people.workers_page import WorkersPage
from ui.people.workers_table import WorkersModel
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
