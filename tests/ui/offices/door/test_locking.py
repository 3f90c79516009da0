"""The window is locked, and goes on where the same person was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import open_register
from models.storage.driver import connect
from tests.factories import NOW, Clock, make_worker
from tests.ui.offices.door.steps import (
    CONTROL,
    PASSWORD,
    SHIFT,
    Key,
    door_of,
    entry_of,
    log_in,
    press,
    typed,
    view_of,
    words_of,
)
from ui.fields.field import Field
from ui.offices.password_dialog import PasswordDialog
from ui.places import Place
from ui.session import Session
from ui.window import MainWindow


def test_locked_and_unlocked_everything_stands_as_it_was(qtbot: QtBot, siti: MainWindow, session: Session) -> None:
    page = entry_of(siti)
    press(qtbot, siti, Key.Key_L, CONTROL | SHIFT)
    assert not page.isVisible()
    assert "rosna" not in words_of(siti)
    assert [draft.fields["name"] for draft in session.opened_register.drafts.all()] == ["rosna  widy"]
    for key in (Key.Key_S, Key.Key_2, Key.Key_K, Key.Key_D):
        press(qtbot, siti, key, CONTROL)
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert siti.page is page
    assert page.isVisible()
    field = page.form["name"]
    assert (field.text(), field.cursorPosition(), field.hasFocus()) == ("rosna  widy", 3, True)
    typed(qtbot, "x")
    assert field.text() == "rosxna  widy"
    assert session.opened_register.workers.count() == 0


def test_another_persons_password_brings_her_own_pages_and_nothing_of_the_first(
    qtbot: QtBot, siti: MainWindow, session: Session
) -> None:
    siti.open_help()
    siti.activateWindow()
    siti.lock()
    log_in(qtbot, siti, "reni", PASSWORD)
    assert siti.place is Place.ENTRY
    assert "rosna" not in words_of(siti)
    assert entry_of(siti).form.is_empty
    assert session.opened_register.drafts.all() == ()
    assert siti._help is None
    siti.log_out()
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert entry_of(siti).form["name"].text_as_typed() == "rosna widy"


def test_idle_minutes_lock_and_keys_put_them_off(
    qtbot: QtBot, siti: MainWindow, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = door_of(siti)
    clock.now += timedelta(minutes=9)
    typed(qtbot, "a")
    clock.now += timedelta(minutes=9)
    door.idle.look()
    assert not door.is_locked
    clock.now += timedelta(minutes=1)
    door.idle.look()
    assert door.is_locked
    assert "Siti Aminah" in words_of(siti)


def test_a_clock_set_back_puts_off_the_lock_by_no_more_than_its_minutes(siti: MainWindow, clock: Clock) -> None:
    door = door_of(siti)
    clock.now -= timedelta(days=30)
    door.idle.look()
    assert not door.is_locked
    clock.now += timedelta(minutes=10)
    door.idle.look()
    assert door.is_locked


def test_closing_while_locked_loses_no_draft(qtbot: QtBot, siti: MainWindow, session: Session, path: Path) -> None:
    siti.lock()
    assert siti.close()
    assert session.register is None
    register = open_register(path, user="komputer", clock=lambda: NOW)
    register.users.log_in("siti", PASSWORD + " siti")
    assert [draft.fields["name"] for draft in register.drafts.all()] == ["rosna  widy"]
    register.close()


def test_unsaved_settings_behind_the_lock_are_given_up_only_by_closing_twice(
    qtbot: QtBot, opened: MainWindow, session: Session
) -> None:
    log_in(qtbot, opened, "reni", PASSWORD)
    opened.go_to(Place.SETTINGS)
    field = opened.page.form["address"]
    assert isinstance(field, Field)
    opened.page.form.go_to(field)
    typed(qtbot, "Jl. Baru")
    opened.lock()
    assert not opened.close()
    assert "kunci" in view_of(opened).form.message_bar.text.casefold()
    assert opened.close()
    assert session.register is None


def test_what_opens_without_a_password_cannot_be_locked(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    bare = open_register(tmp_path / "satu.db", user="komputer", clock=lambda: NOW)
    bare.users.add(User("reni", Role.ADMINISTRATOR), "")
    session.use_register(bare)
    assert entry_of(window).isVisible()
    window.lock()
    assert not window.is_shut
    assert "tanpa kata sandi" in window.statusBar().currentMessage()


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_pop_ups_and_dialogs_are_gone_while_locked_and_come_back(
    qtbot: QtBot, opened: MainWindow, session: Session
) -> None:
    log_in(qtbot, opened, "reni", PASSWORD)
    opened.change_password()
    dialog = opened.findChild(PasswordDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.form["present"], "setengah")
    menu = QMenu(opened)
    menu.addAction("Siti Aminah")
    menu.popup(opened.mapToGlobal(opened.rect().center()))
    opened.lock()
    assert not dialog.isVisible()
    assert not menu.isVisible()
    assert [window for window in QApplication.topLevelWidgets() if window.isVisible()] == [opened]
    log_in(qtbot, opened, "reni", PASSWORD)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.form["present"].text() == "setengah"
    dialog.reject()


def test_a_dialog_is_given_up_when_somebody_else_logs_in(qtbot: QtBot, opened: MainWindow, session: Session) -> None:
    log_in(qtbot, opened, "reni", PASSWORD)
    opened.change_password()
    opened.lock()
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    assert not any(dialog.isVisible() for dialog in opened.findChildren(PasswordDialog))


def test_a_question_that_waits_for_its_answer_ends_as_given_up_by_the_lock(qtbot: QtBot, siti: MainWindow) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, "?", "?", QMessageBox.StandardButton.Save, siti)
    QTimer.singleShot(50, siti.lock)
    assert box.exec() != QMessageBox.StandardButton.Save
    assert siti.is_shut
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert not box.isVisible()


def test_what_ctrl_k_found_is_not_seen_behind_the_lock(qtbot: QtBot, siti: MainWindow) -> None:
    press(qtbot, siti, Key.Key_K, CONTROL)
    typed(qtbot, "rosna")
    assert siti._finder is not None
    siti.lock()
    assert not siti._finder.isVisible()
    assert "rosna" not in words_of(siti)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_click_on_the_name_offers_lock_password_and_log_out(qtbot: QtBot, siti: MainWindow) -> None:
    part = siti.statusBar()._parts["user"]  # type: ignore[attr-defined]
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Kunci, atau ganti pengguna", "Ganti kata sandi saya …", "Keluar sebagai pengguna ini",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    menu.close()
    assert "Terkunci" in siti.windowTitle()
    assert siti._pages == {}


def test_a_reminder_with_its_button_waits_behind_the_lock(qtbot: QtBot, siti: MainWindow) -> None:
    siti.show_reminder("Sudah lama tidak dicadangkan.", "Cadangkan", lambda: None)
    siti.lock()
    assert "dicadangkan" not in words_of(siti)
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert "dicadangkan" in words_of(siti)


def test_another_language_keeps_the_person_and_the_lock(qtbot: QtBot, siti: MainWindow, session: Session) -> None:
    session.use_language("en")
    QApplication.processEvents()
    assert session.person is not None
    assert session.person.name == "siti"
    assert "Siti Aminah · Clerk" in words_of(siti)
    siti.lock()
    assert "Locked" in siti.windowTitle()
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert entry_of(siti).isVisible()
    session.use_language("id")


def test_other_minutes_count_at_once_and_none_at_all_for_zero(
    qtbot: QtBot, opened: MainWindow, session: Session, clock: Clock
) -> None:
    log_in(qtbot, opened, "reni", PASSWORD)
    register, door = session.opened_register, door_of(opened)
    register.change_office(replace(register.office, lock_minutes=0))
    session.tell("settings")
    clock.now += timedelta(days=1)
    door.idle.look()
    assert not door.is_locked
    register.change_office(replace(register.office, lock_minutes=2))
    session.tell("settings")
    clock.now += timedelta(minutes=2)
    door.idle.look()
    assert door.is_locked


def test_a_long_work_in_the_background_goes_on_behind_the_lock(
    qtbot: QtBot, siti: MainWindow, session: Session
) -> None:
    may_end = Event()
    ended: list[object] = []
    assert siti.page is not None
    session.background.run(siti.page, may_end.wait, done=ended.append)
    siti.lock()
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert session.background.is_busy
    may_end.set()
    qtbot.waitUntil(lambda: bool(ended))


def test_closing_while_locked_makes_the_backup_of_any_closing(
    qtbot: QtBot, siti: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.exchange.closing:offer_backup")
    session.use_backup_folder(tmp_path / "stik")
    session.opened_register.entries.save(make_worker(), None)
    siti.lock()
    assert siti.close()
    assert session.register is None
    assert len(list((tmp_path / "stik").glob("*.db"))) == 1


def test_the_lock_falls_even_where_the_file_does_not_answer(
    qtbot: QtBot, siti: MainWindow, session: Session, path: Path
) -> None:
    session.opened_register._file.connection.execute("PRAGMA busy_timeout=10").fetchall()
    other = connect(path)
    other.execute("BEGIN EXCLUSIVE")
    siti.lock()
    assert siti.is_shut
    assert "rosna" not in words_of(siti)
    assert "sedang dipakai" in view_of(siti).form.message_bar.text
    other.execute("ROLLBACK")
    other.close()
    log_in(qtbot, siti, "siti", PASSWORD + " siti")
    assert entry_of(siti).form["name"].text() == "rosna  widy"
