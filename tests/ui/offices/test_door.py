"""Logging in, locking and changing the user, as people at the keys of a real window do it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import open_register
from models.storage.driver import connect
from tests.factories import NOW, make_worker
from ui.fields.field import Field
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.offices.door import Door
from ui.offices.log_in_view import LogInView
from ui.offices.password_dialog import PasswordDialog
from ui.page_frame import PageFrame
from ui.people.entry_page import EntryPage
from ui.places import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.start import Opening
from ui.window import MainWindow

PASSWORD = "pohon sawit di talu"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reni keeps the register; Siti is a clerk, Doni a supervisor. Not to be written to: passwords take their time."""
    path = tmp_path_factory.mktemp("staffed") / "talu.db"
    register = open_register(path, user="komputer", clock=lambda: NOW)
    register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)
    register.users.add(User("siti", Role.CLERK, "Siti Aminah"), PASSWORD + " siti")
    register.users.add(User("doni", Role.SUPERVISOR), PASSWORD + " doni")
    register.close()
    return path


@pytest.fixture
def path(staffed: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    return Path(shutil.copy(staffed, tmp_path / "talu.db"))


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=clock)
    made.asks_for_administrator = True
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Painted, with no register yet, and without the question about a backup on closing."""
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda it: it._pages.clear())
    made.resize(1366, 740)
    with qtbot.waitSignal(made.first_painted):
        made.show()
    qtbot.waitUntil(lambda: bool(made.actions()))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    if made._guard is not None:
        made._guard.stop()


@pytest.fixture
def opened(window: MainWindow, session: Session, path: Path) -> MainWindow:
    """The register is open, and nobody has logged in."""
    session.open_file(path, user="komputer", must_exist=True)
    return window


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifiers)


def typed(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def view_of(window: MainWindow) -> LogInView:
    frame = window._stack.currentWidget()
    assert isinstance(frame, PageFrame)
    view = frame.page
    assert isinstance(view, LogInView)
    assert view.isVisible()
    return view


def log_in(qtbot: QtBot, window: MainWindow, name: str, password: str) -> None:
    """By keys: the name where it is another one, the password, Enter; waits until it was compared."""
    view = view_of(window)
    qtbot.waitUntil(window.isActiveWindow)
    if view.form["name"].value() != name:
        view.form.go_to("name")
        typed(qtbot, name)
        press(qtbot, window, Key.Key_Return)
    else:
        view.form.go_to("password")
    typed(qtbot, password)
    press(qtbot, window, Key.Key_Return)
    answered(qtbot, window)


def door_of(window: MainWindow) -> Door:
    assert window._guard is not None
    return window._guard.door


def answered(qtbot: QtBot, window: MainWindow) -> None:
    door = door_of(window)
    qtbot.waitUntil(lambda: not door.is_checking, timeout=20_000)


def entry_of(window: MainWindow) -> EntryPage:
    assert isinstance(window.page, EntryPage)
    return window.page


def words_of(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    fields = [field.text() for field in window.findChildren(QLineEdit) if field.isVisible()]
    return "\n".join([*labels, *fields, window.windowTitle()])


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


@pytest.fixture
def siti(qtbot: QtBot, opened: MainWindow) -> MainWindow:
    """The clerk is at the entry page and has typed half a name."""
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    form = entry_of(opened).form
    form.go_to("name")
    qtbot.keyClicks(form["name"], "rosna  widy")
    form["name"].setCursorPosition(3)
    return opened


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


def test_a_register_that_is_only_read_lets_its_users_in_as_well(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    session.use_register(open_register(path, user="komputer", clock=session.clock, read_only=True))
    log_in(qtbot, window, "siti", PASSWORD + " siti")
    assert session.opened_register.user == "siti"
    assert entry_of(window).isVisible()


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
