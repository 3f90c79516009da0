"""What follows a step on the list of enrolments: the focus where the next key is wanted, and the next step in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.legal.legal_basis import LegalBasis, LegalKind
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.schemes.life.panel import LifePanel
from ui.schemes.page import SchemesPage


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Three palm-oil workers for three months; a fourth waits."""
    opened = make_register(tmp_path / "cakupan.db")
    for serial in (1, 2, 3):
        opened.entries.save(make_worker(serial), make_plan(opened))
    opened.entries.save(make_worker(4, name="Zainal"), None)
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        person.page.areas.setCurrentWidget(person.page.life)
        person.rest()
        yield person


def life(person: Person[SchemesPage]) -> LifePanel:
    return person.page.life


def narrow(person: Person[SchemesPage], state: str) -> None:
    """Alt+U leads to the status from everywhere; the last Enter leads into the list."""
    person.press(Key.Key_U, Qt.KeyboardModifier.AltModifier)
    person.answer(state)
    person.rest()
    person.press(Key.Key_Return)
    person.rest()


def add_decree(register: Register, number: str = "500.15/1") -> int:
    basis = LegalBasis(kind=LegalKind.DECREE, number=number, dated_on=TODAY, title="Penetapan peserta")
    return register.legal_bases.save(basis).id or 0


def test_when_a_step_empties_the_list_the_next_key_replaces_the_status(supervisor: Person[SchemesPage]) -> None:
    add_decree(supervisor.register)
    narrow(supervisor, "terdaftar")
    assert life(supervisor).view.hasFocus()
    supervisor.press(Key.Key_A, CTRL)
    supervisor.press(Key.Key_F2)
    supervisor.answer("500")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert life(supervisor).message.text == (
        "Disetujui: 3 kepesertaan. Ctrl+Alt+Z mengurungkan semuanya. Berikutnya: pilih status Disetujui di atas, lalu "
        "ajukan (F3)."
    )
    assert len(life(supervisor).model.ids) == 0
    assert life(supervisor).filter.state.hasFocus()
    supervisor.type("disetujui")
    supervisor.rest()
    assert life(supervisor).filter.state.value() is EnrolmentState.APPROVED
    assert len(life(supervisor).model.ids) == 3


def test_each_step_names_the_next_one(supervisor: Person[SchemesPage]) -> None:
    register = supervisor.register
    register.enrolment_life.approve([1, 2, 3], add_decree(register))
    register.enrolment_life.submit([1, 2, 3])
    register.waiting.add([4], 1)
    supervisor.session.tell("workers")
    supervisor.rest()
    life(supervisor).view.setFocus()
    life(supervisor).view.go_to_row(0)
    supervisor.press(Key.Key_F9)
    supervisor.answer("2")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "Berikutnya: F11" in life(supervisor).message.text
    narrow(supervisor, "ditolak")
    supervisor.press(Key.Key_F11)
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "Berikutnya: pilih status Terdaftar" in life(supervisor).message.text


def test_who_came_in_for_somebody_is_approved_in_the_replacement_decree(supervisor: Person[SchemesPage]) -> None:
    register = supervisor.register
    register.enrolment_life.approve([1, 2, 3], add_decree(register))
    register.enrolment_life.submit([1, 2, 3])
    register.enrolment_life.reject([1], Rejection.NIK_NOT_FOUND)
    register.waiting.add([4], 1)
    second = add_decree(register, "500.15/2")
    register.enrolment_life.replace([1], second)
    supervisor.session.tell("workers")
    supervisor.rest()
    narrow(supervisor, "terdaftar")
    supervisor.press(Key.Key_F2)
    form = life(supervisor).form
    assert form is not None
    assert form.form["decree"].value() == second
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert register.enrolments.get(4).state is EnrolmentState.APPROVED
    assert register.enrolments.get(4).decree == second
