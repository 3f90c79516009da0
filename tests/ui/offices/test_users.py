"""The users in the settings: added, changed, given a new password, by keys; and everybody's own password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.problems import Rejected
from tests.factories import NOW
from ui.fields.letters import letters_in
from ui.offices.page import SettingsPage
from ui.offices.password_dialog import PasswordDialog
from ui.offices.user_dialog import UserDialog
from ui.offices.users_panel import UsersPanel
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

PASSWORD = "pohon sawit di talu"
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "cakupan.db", user="komputer")
    yield made
    made.close()


@pytest.fixture
def reni(session: Session) -> User:
    return session.opened_register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)


@pytest.fixture
def siti(session: Session, reni: User) -> User:
    return session.opened_register.users.add(User("siti", Role.CLERK), PASSWORD + " siti")


def opened(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda _window: session.use_register(None))
    window.resize(1366, 740)
    window.show()
    window.go_to("settings")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def window(qtbot: QtBot, session: Session, reni: User) -> MainWindow:
    """The administrator at the settings."""
    return opened(qtbot, session)


def users_of(window: MainWindow) -> UsersPanel:
    assert isinstance(window.page, SettingsPage)
    window.page.tabs.setCurrentWidget(window.page.users)
    return window.page.users


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def answer(qtbot: QtBot, dialog: UserDialog | PasswordDialog, *texts: str) -> None:
    """Types over each field in turn and presses Enter."""
    for text in texts:
        field = dialog.focusWidget()
        if text:
            qtbot.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Key.Key_Return)


def asked(window: QWidget, kind: type[QDialog]) -> QDialog:
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def cells(panel: UsersPanel) -> list[tuple[str, ...]]:
    return [row.cells for row in panel.table.rows]


def test_an_administrator_adds_a_clerk_by_keys(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    panel = users_of(window)
    panel.add_button.setFocus()
    press(qtbot, Key.Key_Return)
    dialog = asked(window, UserDialog)
    assert isinstance(dialog, UserDialog)
    assert "mendaftarkan pekerja, mencetak surat" in dialog.rights.text()
    answer(qtbot, dialog, "siti", "Siti Aminah", "", PASSWORD + " siti", PASSWORD + " siti")
    assert ("siti", "Siti Aminah", "Petugas", "aktif", "–") in cells(panel)
    assert "siti sudah ditambahkan" in panel.message.text
    assert session.opened_register.users.log_in("siti", PASSWORD + " siti").role is Role.CLERK


def test_what_is_wrong_with_a_new_user_is_said_at_its_field(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    users_of(window).add()
    dialog = asked(window, UserDialog)
    assert isinstance(dialog, UserDialog)
    for texts, wrong in (
        (("RENI", "", "", PASSWORD, PASSWORD), "name"),
        (("siti", "", "", "pendek", "pendek"), "password"),
        (("siti", "", "", PASSWORD, PASSWORD + "x"), "again"),
    ):
        dialog.form.go_to("name")
        answer(qtbot, dialog, *texts)
        assert dialog.isVisible()
        assert dialog.focusWidget() is dialog.form[wrong]
        assert dialog.form[wrong].problem is not None
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert len(session.opened_register.users.all()) == 1


def test_a_role_is_changed_and_who_left_may_not_log_in(
    qtbot: QtBot, session: Session, reni: User, siti: User
) -> None:
    window = opened(qtbot, session)
    panel = users_of(window)
    panel.table.setFocus()
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    dialog = asked(window, UserDialog)
    assert isinstance(dialog, UserDialog)
    answer(qtbot, dialog, "Siti Aminah", "pem", "2")
    assert ("siti", "Siti Aminah", "Pemeriksa", "sudah keluar", "–") in cells(panel)
    with pytest.raises(Rejected):
        session.opened_register.users.log_in("siti", PASSWORD + " siti")


def test_the_last_administrator_stays_one(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    panel = users_of(window)
    panel.change()
    dialog = asked(window, UserDialog)
    assert isinstance(dialog, UserDialog)
    answer(qtbot, dialog, "", "petugas", "")
    assert "membutuhkan pengelola" in dialog.form.message_bar.text
    assert dialog.focusWidget() is dialog.form["role"]


def test_somebody_who_forgot_gets_a_password_for_the_time_being(
    qtbot: QtBot, session: Session, reni: User, siti: User
) -> None:
    window = opened(qtbot, session)
    panel = users_of(window)
    panel.table.setCurrentCell(1, 0)
    panel.password_button.setFocus()
    press(qtbot, Key.Key_Return)
    dialog = asked(window, PasswordDialog)
    assert isinstance(dialog, PasswordDialog)
    answer(qtbot, dialog, "untuk sementara saja", "untuk sementara saja")
    assert "siti mendapat kata sandi baru" in panel.message.text
    assert session.opened_register.users.log_in("siti", "untuk sementara saja").name == "siti"


def test_everybody_changes_her_own_password_with_the_present_one(
    qtbot: QtBot, session: Session, reni: User, siti: User
) -> None:
    session.opened_register.users.log_in("siti", PASSWORD + " siti")
    window = opened(qtbot, session)
    window.change_password()
    dialog = asked(window, PasswordDialog)
    assert isinstance(dialog, PasswordDialog)
    answer(qtbot, dialog, "bukan ini ya", "empat kata yang baru", "empat kata yang baru")
    assert dialog.focusWidget() is dialog.form["present"]
    assert "bukan itu" in dialog.form.message_bar.text
    answer(qtbot, dialog, PASSWORD + " siti", "empat kata yang baru", "empat kata yang baru")
    assert session.opened_register.users.log_in("siti", "empat kata yang baru").name == "siti"


def test_who_is_alone_may_do_without_a_password_and_take_one_again(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    panel = users_of(window)
    panel.change_own()
    dialog = asked(window, PasswordDialog)
    assert isinstance(dialog, PasswordDialog)
    answer(qtbot, dialog, PASSWORD)
    qtbot.keyClicks(dialog.focusWidget(), "2")
    assert "siapa pun yang dapat memakai komputer ini" in dialog.form.message_bar.text
    answer(qtbot, dialog, "")
    assert session.person is not None
    assert not session.person.has_password
    assert ("reni", "Reni Marlina", "Pengelola", "aktif, tanpa kata sandi", "–") in cells(panel)
    panel.add()
    other = asked(window, UserDialog)
    assert isinstance(other, UserDialog)
    answer(qtbot, other, "siti", "", "", PASSWORD, PASSWORD)
    assert "reni belum punya kata sandi" in other.form.message_bar.text


def test_a_clerk_sees_her_own_role_and_no_list(qtbot: QtBot, session: Session, reni: User, siti: User) -> None:
    session.opened_register.users.log_in("siti", PASSWORD + " siti")
    panel = users_of(opened(qtbot, session))
    assert not panel.table.isVisible()
    assert not panel.add_button.isVisible()
    assert panel.own_button.hasFocus()
    assert "siti (Petugas)" in panel.own.text()
    assert "mendaftarkan pekerja" in panel.message.text
    panel.add()
    assert "tidak mencakup" in panel.message.text


def test_the_list_tells_when_somebody_logged_in_last(qtbot: QtBot, session: Session, reni: User) -> None:
    session.opened_register.users.log_in("reni", PASSWORD)
    panel = users_of(opened(qtbot, session))
    assert cells(panel) == [("reni", "Reni Marlina", "Pengelola", "aktif", f"{NOW:%d/%m/%Y %H:%M}")]
    assert session.opened_register.users.last_log_ins() == {1: NOW + timedelta(0)}


def test_the_dialogs_have_letters_of_their_own_and_a_name_for_everything(
    qtbot: QtBot, window: MainWindow, session: Session, reni: User
) -> None:
    for dialog in (
        UserDialog(session, None, window), UserDialog(session, reni, window), PasswordDialog(session, reni, window),
    ):  # fmt: skip
        dialog.show()
        labels = [label.text() for label in dialog.form._scroll.labels.values()]
        letters = letters_in([*labels, *(one.text() for one in dialog.findChildren(QPushButton))])
        assert len(letters) == len(set(letters))
        assert all(field.accessibleName() for field in dialog.form.fields)
        dialog.close()
