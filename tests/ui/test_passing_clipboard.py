"""Copied from a protected field, a value leaves the clipboard after a minute, on locking and on quitting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from tests.factories import NOW, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.passing_clipboard import MINUTE, PassingClipboard
from ui.people.worker_record import WorkerRecord
from ui.people.workers_page import WorkersPage
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

PHONE = "0812-6677-5678"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    register = make_register(tmp_path / "kecil.db")
    register.entries.save(make_worker(1, phone="+6281266775678"), None)
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        someone.page.open(1)
        yield someone
    register.close()


@pytest.fixture
def passing(person: Person[WorkersPage]) -> PassingClipboard:
    QGuiApplication.clipboard().clear()
    return PassingClipboard(person.session)


def record(person: Person[WorkersPage]) -> WorkerRecord:
    assert person.page.record is not None
    return person.page.record


def copy(person: Person[WorkersPage], name: str) -> str:
    record(person).form.go_to(name)
    person.press(Key.Key_A, CTRL)
    person.press(Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def test_a_protected_value_is_gone_after_a_minute(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    person.press(Key.Key_T, CTRL)
    assert copy(person, "phone") == PHONE
    assert passing.timer.isActive()
    assert passing.timer.interval() == MINUTE == 60_000
    passing.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""
    assert not passing.holds_something


def test_cutting_and_the_history_count_as_well(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    person.press(Key.Key_T, CTRL)
    record(person).form.go_to("phone")
    person.press(Key.Key_A, CTRL)
    person.press(Key.Key_X, CTRL)
    assert passing.holds_something
    passing.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""
    history = record(person).history
    record(person).show_enrolments()
    record(person).next_panel()
    assert history.hasFocus()
    history.selectAll()
    history.copy()
    assert passing.holds_something


def test_what_is_masked_or_not_protected_stays(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    assert copy(person, "phone") == "0812****5678"
    assert not passing.holds_something
    assert copy(person, "jorong") == "Tombang"
    assert not passing.holds_something


def test_what_was_copied_since_is_left_alone(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    person.press(Key.Key_T, CTRL)
    copy(person, "phone")
    copy(person, "jorong")
    passing.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == "Tombang"


@pytest.mark.parametrize("subject", ["locked", "person", "register"])
def test_locking_and_another_person_clear_it_at_once(
    person: Person[WorkersPage], passing: PassingClipboard, subject: str
) -> None:
    person.press(Key.Key_T, CTRL)
    copy(person, "phone")
    person.session.changed.disconnect(person.page._follow)
    person.session.tell(subject)
    assert QGuiApplication.clipboard().text() == ""


def test_quitting_clears_it(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    person.press(Key.Key_T, CTRL)
    copy(person, "phone")
    app = QCoreApplication.instance()
    assert isinstance(app, QApplication)
    app.aboutToQuit.emit()
    assert QGuiApplication.clipboard().text() == ""


def test_once_gone_it_looks_at_nothing_more(person: Person[WorkersPage], passing: PassingClipboard) -> None:
    person.press(Key.Key_T, CTRL)
    shiboken6.delete(passing)
    assert copy(person, "phone") == PHONE


def test_locking_the_window_clears_it_and_masks_the_record(qtbot: QtBot, tmp_path: Path) -> None:
    register = make_register(tmp_path / "kecil.db")
    register.entries.save(make_worker(1, phone="+6281266775678"), None)
    register.users.add(User("wati", Role.ADMINISTRATOR), "empat kata yang panjang")
    register.users.log_in("wati", "empat kata yang panjang")
    session = Session(Preferences(tmp_path / "window.ini"), register=register, clock=lambda: NOW)
    passing = PassingClipboard(session)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda _window: session.use_register(None))
    window.resize(1366, 740)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    session.tell("register")
    window.go_to("workers", 1)
    page = window.page
    assert isinstance(page, WorkersPage)
    assert page.record is not None
    page.record.show_masked()
    field = page.record.form["phone"]
    field.setFocus()
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == PHONE
    assert passing.holds_something
    window.lock()
    assert QGuiApplication.clipboard().text() == ""
    assert field.text() == "0812****5678"
