"""The passphrase is asked for, remembered, or forgotten and replaced by the sheet."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.offices.recovery import recovery_lines
from models.offices.users import Role, User
from models.register import open_register
from models.storage.backup import make_backup
from models.storage.keys import derive, is_encrypted
from tests.factories import NOW
from tests.ui.offices.passphrase.steps import (
    ENTER,
    OTHER,
    PASSPHRASE,
    RINA,
    Place,
    asked,
    choose,
    log_in,
    make_file,
    opening,
    read_paper,
    salt_of_open,
    type_code,
    type_in,
    unlock,
)
from ui.exchange.page import ExchangePage
from ui.offices.first_start_dialog import FirstStartDialog
from ui.offices.passphrase_dialog import PassphraseDialog
from ui.offices.passphrase_memory import KeyMemory
from ui.offices.passphrase_panel import PassphrasePanel
from ui.offices.passphrase_view import UnlockDialog, UnlockView, ask_key
from ui.session import Session
from ui.window import MainWindow


def test_the_window_asks_for_the_passphrase_and_tells_wrong_from_damaged(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    type_in(view.form["passphrase"], "salah sama sekali")
    QTest.keyClick(view.form["passphrase"], ENTER)
    qtbot.waitUntil(lambda: view.form.message_bar.level == "error")
    assert "bukan frasa sandi" in view.form.message_bar.text
    assert view.form["passphrase"].selectedText(), "typing begins anew"
    unlock(qtbot, window, session, PASSPHRASE)
    assert session.register is not None
    assert session.preferences.last_file == path
    log_in(qtbot, window, session)
    session.use_register(None)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    opening(window, session, path)
    view = asked(qtbot, window)
    type_in(view.form["passphrase"], PASSPHRASE)
    QTest.keyClick(view.form["passphrase"], ENTER)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(UnlockView)))
    from ui.fields.messages import MessageBar

    words = [bar.text for bar in window.findChildren(MessageBar) if bar.isVisible()]
    assert any("rusak" in text for text in words), words


def test_after_three_wrong_ones_the_next_try_waits(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.offices.passphrase_view.PAUSE", 50)
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    view.form["passphrase"].setText("salah")
    for _try in range(3):
        assert view.open_button.isEnabled()
        with qtbot.waitSignal(view.given):
            view.enter()
    assert not view.open_button.isEnabled()
    assert "Percobaan berikutnya" in view.form.message_bar.text
    qtbot.waitUntil(view.open_button.isEnabled)
    unlock(qtbot, window, session, PASSPHRASE)


def test_without_a_safe_place_nothing_can_be_remembered_and_a_sentence_says_so(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    qtbot.waitUntil(lambda: "tidak punya tempat aman" in view.remember_words.text(), timeout=10_000)
    assert not view.remember.isEnabled()
    assert not view.remember.isChecked()


def test_a_remembered_key_opens_without_asking_until_it_is_forgotten(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, place: Place
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    opening(window, session, path)
    view = asked(qtbot, window)
    qtbot.waitUntil(view.remember.isEnabled, timeout=10_000)
    view.remember.setChecked(True)
    unlock(qtbot, window, session, PASSPHRASE)
    qtbot.waitUntil(lambda: bool(session.preferences.text(f"passphrase/{key.salt.hex()}")))
    assert place.kept == {("Cakupan", key.salt.hex()): key.raw.hex()}
    session.use_register(None)
    opening(window, session, path)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    log_in(qtbot, window, session)
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    panel.forget()
    qtbot.waitUntil(lambda: place.kept == {})
    assert panel.forget_button.isHidden()
    session.use_register(None)
    opening(window, session, path)
    asked(qtbot, window)


@pytest.mark.parametrize("trouble", ["locked", "hanging", "gone", "other key"])
def test_where_the_computer_does_not_give_the_key_it_is_typed(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, place: Place, trouble: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    key = make_file(path, PASSPHRASE)
    assert key is not None
    session.preferences.keep(f"passphrase/{key.salt.hex()}", "yes")
    KeyMemory(session, patience=200)
    if trouble == "hanging":
        place.hangs = threading.Event()
    place.is_locked = trouble == "locked"
    if trouble == "other key":
        place.kept["Cakupan", key.salt.hex()] = "00" * 32
    opening(window, session, path)
    view = asked(qtbot, window)
    assert view.form.message_bar.level == "warning"
    unlock(qtbot, window, session, PASSPHRASE)


def test_the_recovery_sheet_opens_it_and_a_new_passphrase_is_asked_for_at_once(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    opening(window, session, path)
    view = asked(qtbot, window)
    QTest.mouseClick(view.sheet_button, Qt.MouseButton.LeftButton)
    type_code(view.lines, list(recovery_lines(bytes(32))))
    qtbot.waitUntil(lambda: "bukan lembar untuk cakupan.db" in view.lines.message_bar.text)
    view.lines.clear()
    QApplication.clipboard().setText("\n".join(recovery_lines(key.raw)))
    view.lines.go_to("line_1")
    QTest.keyClick(view.lines["line_1"], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.lines["line_4"], ENTER)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    assert window.findChildren(PassphraseDialog) == []
    log_in(qtbot, window, session)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PassphraseDialog)))
    dialog = next(one for one in window.findChildren(PassphraseDialog) if one.isVisible())
    assert "present" not in dialog.form
    choose(qtbot, dialog, OTHER)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    actions = [
        row[0]
        for row in session.opened_register._file.rows("SELECT action FROM audit WHERE kind = 'register' ORDER BY id")
    ]
    assert actions[-2:] == ["recovery_sheet_used", "passphrase_changed"]
    dialog.reject()
    assert session.opened_register.key == derive(OTHER, salt_of_open(session))


def test_a_clerk_who_used_the_sheet_is_told_to_call_an_administrator(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    register.users.log_in("rina", RINA.password)
    register.users.add(User("ani", Role.CLERK), "sandi ani 2026")
    register.close()
    said: list[str] = []
    session.said.connect(said.append)
    opening(window, session, path)
    view = asked(qtbot, window)
    view.use_sheet()
    type_code(view.lines, list(recovery_lines(key.raw)))
    log_in(qtbot, window, session, "ani", "sandi ani 2026")
    qtbot.waitUntil(lambda: any("Pengelola perlu segera" in words for words in said))
    assert window.findChildren(PassphraseDialog) == []
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    assert not panel.change_button.isEnabled()
    assert "pengelola" in panel.message.text


def test_another_encrypted_file_can_be_asked_for(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    key = make_file(path, PASSPHRASE)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], PASSPHRASE)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    QTimer.singleShot(0, answer)
    assert ask_key(session, path, window) == key


def test_an_encrypted_backup_is_restored_at_the_first_start(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "lama" / "cakupan.db"
    key = make_file(other, PASSPHRASE)
    backup = make_backup(other, tmp_path / "stik", NOW, key=key).path

    def give_passphrase() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], PASSPHRASE)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    dialog = FirstStartDialog(session, path, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose_file = lambda _title: str(backup)
    QTimer.singleShot(0, give_passphrase)
    dialog.begin_restoring()
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == 3, timeout=20_000)
    assert "1 pekerja" in dialog.holds.text()
    QTest.mouseClick(dialog.put_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=20_000)
    assert dialog.answer is not None
    assert dialog.answer.key == key
    assert is_encrypted(path)


def test_another_register_with_a_passphrase_is_opened_from_the_data_page(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "lain" / "kantor lain.db"
    make_file(other, OTHER)
    make_file(path, None, user=None)
    session.asks_for_administrator = False
    opening(window, session, path)
    session.go_to("exchange")
    page = window.page
    assert isinstance(page, ExchangePage)
    page.choose_file = lambda _title, _folder: str(other)

    def give_passphrase() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], OTHER)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    QTimer.singleShot(0, give_passphrase)
    page.open_other()
    assert session.opened_register.path == other
    assert session.opened_register.key is not None
