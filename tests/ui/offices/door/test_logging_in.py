"""Who may come in: name, password, and what stands before them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import open_register
from tests.factories import NOW, Clock, make_worker
from tests.ui.offices.door.steps import (
    CONTROL,
    PASSWORD,
    PLAIN,
    SHIFT,
    Key,
    answered,
    entry_of,
    log_in,
    press,
    typed,
    view_of,
    words_of,
)
from ui.places import Place
from ui.session import Session
from ui.start import Opening
from ui.window import MainWindow


def test_a_register_with_users_asks_who_is_there_before_any_page_is_made(opened: MainWindow) -> None:
    view = view_of(opened)
    assert opened._pages == {}
    assert not opened._rail.isVisible()
    assert not opened.statusBar().isVisible()
    assert [choice.value for choice in view.form["name"].choices()] == ["doni", "reni", "siti"]  # type: ignore[attr-defined]
    assert view.form["name"].hasFocus()


def test_name_password_and_enter_let_a_clerk_in_at_the_entry_page(
    qtbot: QtBot, opened: MainWindow, session: Session
) -> None:
    typed(qtbot, "si")
    press(qtbot, opened, Key.Key_Return)
    typed(qtbot, PASSWORD + " siti")
    press(qtbot, opened, Key.Key_Return)
    assert view_of(opened).is_checking
    answered(qtbot, opened)
    assert session.person is not None
    assert session.person.name == "siti"
    assert opened.place is Place.ENTRY
    assert entry_of(opened).isVisible()
    assert "Siti Aminah · Petugas" in words_of(opened)
    assert opened._rail.isVisible()


def test_a_supervisor_begins_at_the_coverage_and_then_where_she_was(
    qtbot: QtBot, opened: MainWindow, session: Session, path: Path
) -> None:
    log_in(qtbot, opened, "doni", PASSWORD + " doni")
    assert opened.place is Place.COVERAGE
    opened.go_to(Place.WORKERS)
    opened.log_out()
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    assert str(opened.place) == str(Place.ENTRY)
    opened.log_out()
    log_in(qtbot, opened, "doni", PASSWORD + " doni")
    assert str(opened.place) == "workers"


def test_the_last_name_stands_there_the_next_time(qtbot: QtBot, opened: MainWindow, session: Session) -> None:
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    opened.log_out()
    view = view_of(opened)
    assert view.form["name"].value() == "siti"
    assert view.form["password"].hasFocus()


def test_a_wrong_password_is_said_and_stands_selected(qtbot: QtBot, opened: MainWindow, session: Session) -> None:
    log_in(qtbot, opened, "siti", "bukan ini ya")
    view = view_of(opened)
    assert "salah" in view.form.message_bar.text
    assert view.form["password"].selectedText()
    assert view.form["password"].hasFocus()
    typed(qtbot, PASSWORD + " siti")
    press(qtbot, opened, Key.Key_Return)
    answered(qtbot, opened)
    assert session.person is not None


def test_after_three_wrong_passwords_the_seconds_are_counted_down(
    qtbot: QtBot, opened: MainWindow, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(opened)
    view._clock.setInterval(1)
    for _try in range(4):
        log_in(qtbot, opened, "siti", "bukan ini ya")
    qtbot.waitUntil(lambda: "Sekarang boleh" in view.form.message_bar.text, timeout=20_000)
    assert view.form["password"].hasFocus()
    clock.now += timedelta(seconds=4)
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    assert session.person is not None


def test_enter_without_a_name_or_a_password_leads_there(qtbot: QtBot, opened: MainWindow) -> None:
    view = view_of(opened)
    press(qtbot, opened, Key.Key_Return)
    press(qtbot, opened, Key.Key_Return)
    assert view.form["name"].hasFocus()
    typed(qtbot, "reni")
    press(qtbot, opened, Key.Key_Return)
    press(qtbot, opened, Key.Key_Return)
    assert view.form["password"].hasFocus()
    assert view.form.message_bar.level == "error"


def test_the_password_is_shown_with_f2_and_caps_lock_is_told(qtbot: QtBot, opened: MainWindow) -> None:
    field = view_of(opened).form["password"]
    field.setFocus()
    typed(qtbot, "rahasia")
    assert field.displayText() != "rahasia"
    press(qtbot, opened, Key.Key_F2)
    assert field.displayText() == "rahasia"
    for letter, held, told in (("A", PLAIN, True), ("A", SHIFT, False), ("a", SHIFT, True), ("7", PLAIN, True)):
        code = Key.Key_7 if letter == "7" else Key.Key_A
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, code, held, letter))
        assert ("Caps Lock menyala" in field.note()) is told
    view_of(opened).form["name"].setFocus()
    assert field.displayText() != field.text()


def test_before_the_log_in_only_quitting_and_help_work(qtbot: QtBot, opened: MainWindow) -> None:
    for key in (Key.Key_1, Key.Key_4, Key.Key_K, Key.Key_Plus):
        press(qtbot, opened, key, CONTROL)
    assert opened._pages == {}
    assert opened._finder is None
    press(qtbot, opened, Key.Key_F1)
    assert opened._help is not None
    assert opened._help.isVisible()
    opened._help.close()


def test_a_register_that_knows_nobody_is_given_its_administrator_first(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.open_file(tmp_path / "lama.db", user="komputer")
    assert window._pages == {}
    typed(qtbot, "reni")
    press(qtbot, window, Key.Key_Return)
    typed(qtbot, "Reni Marlina")
    press(qtbot, window, Key.Key_Return)
    press(qtbot, window, Key.Key_Return)
    typed(qtbot, PASSWORD)
    press(qtbot, window, Key.Key_Return)
    typed(qtbot, PASSWORD)
    press(qtbot, window, Key.Key_Return)
    assert session.person is not None
    assert (session.person.name, session.person.full_name) == ("reni", "Reni Marlina")
    assert session.person.role is Role.ADMINISTRATOR
    assert entry_of(window).isVisible()
    session.opened_register.entries.save(make_worker(), None)
    assert {entry.user for entry in session.opened_register.audit.of("worker", 1)} == {session.person.name}


def test_a_register_that_is_only_read_or_a_sample_asks_for_nobody(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_register(tmp_path / "baca.db", user="komputer", clock=lambda: NOW).close()
    session.use_register(open_register(tmp_path / "baca.db", user="komputer", clock=lambda: NOW, read_only=True))
    assert not window.is_shut


def test_who_cannot_log_in_may_open_another_file(
    qtbot: QtBot, opened: MainWindow, session: Session, tmp_path: Path
) -> None:
    register = open_register(tmp_path / "lain.db", user="komputer", clock=lambda: NOW)
    register.users.add(User("eko", Role.ADMINISTRATOR), "")
    register.close()
    opening = Opening(opened, session, tmp_path / "talu.db")
    opening.choose_file = lambda _title, _folder: str(tmp_path / "lain.db")
    way_out = next(one for one in view_of(opened).findChildren(QPushButton) if "berkas lain" in one.text())
    qtbot.mouseClick(way_out, Qt.MouseButton.LeftButton)
    assert session.opened_register.path.name == "lain.db"
    assert session.opened_register.user == "eko"
    assert entry_of(opened).isVisible()
    assert opened._rail.isVisible()


def test_a_file_that_cannot_be_opened_instead_says_why(
    qtbot: QtBot, opened: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "rusak.db").write_bytes(b"x" * 5000)
    opening = Opening(opened, session, tmp_path / "talu.db")
    opening.choose_file = lambda _title, _folder: str(tmp_path / "rusak.db")
    session.other_file_wanted.emit()
    assert "rusak.db" in words_of(opened)
    opening.choose_file = lambda _title, _folder: str(tmp_path / "talu.db")
    opening._choose()
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    assert entry_of(opened).isVisible()


def test_a_register_that_is_only_read_lets_its_users_in_as_well(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    session.use_register(open_register(path, user="komputer", clock=session.clock, read_only=True))
    log_in(qtbot, window, "siti", PASSWORD + " siti")
    assert session.opened_register.user == "siti"
    assert entry_of(window).isVisible()
