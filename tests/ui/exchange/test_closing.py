"""Closing the window: the backup that it makes by itself, and what is asked where none can be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.storage.inspecting import inspect_backup
from models.storage.manifest import Why, read_manifest
from models.storage.second_place import choose_second_place
from tests.factories import Clock, make_worker
from tests.ui.exchange.desk import backups, fail, make_and_wait, press
from ui.exchange.closing import Answer, ClosingDialog, needs_backup, offer_backup
from ui.exchange.page import ExchangePage
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


def test_closing_asks_only_when_something_was_saved_since(
    qtbot: QtBot, page: ExchangePage, session: Session, clock: Clock
) -> None:
    register = session.opened_register
    assert needs_backup(register, session.last_backup())
    make_and_wait(qtbot, page)
    assert not needs_backup(register, session.last_backup())
    assert offer_backup(page.window(), session)
    clock.later(minutes=1)
    register.entries.save(make_worker(9), None)
    assert needs_backup(register, session.last_backup())


def test_a_register_in_which_nothing_was_saved_is_not_asked_about(
    tmp_path: Path, qapp: QApplication, clock: Clock
) -> None:
    session = Session(Preferences(tmp_path / "w.ini"), clock=clock)
    session.open_file(tmp_path / "baru.db", user="rina")
    assert not needs_backup(session.opened_register, None)
    session.close()


@pytest.fixture
def closing(qtbot: QtBot, session: Session) -> ClosingDialog:
    dialog = ClosingDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_closing_makes_the_backup_by_itself(qtbot: QtBot, closing: ClosingDialog, session: Session) -> None:
    with qtbot.waitSignal(closing.finished) as caught:
        pass
    assert caught.args == [Answer.CLOSE]
    (made,) = backups(session)
    assert inspect_backup(made).workers == 3
    manifest = read_manifest(made)
    assert manifest is not None
    assert manifest.why is Why.CLOSING
    assert not needs_backup(session.opened_register, session.last_backup())


def test_escape_closes_without_a_backup_while_the_last_one_is_young(
    qtbot: QtBot, session: Session, page: ExchangePage, clock: Clock
) -> None:
    make_and_wait(qtbot, page)
    clock.later(days=6)
    session.opened_register.entries.save(make_worker(9), None)
    closing = ClosingDialog(session)
    qtbot.addWidget(closing)
    closing.open()
    qtbot.waitUntil(lambda: closing.stages.text != "")
    with qtbot.waitSignal(closing.finished) as caught:
        press(qtbot, closing, Qt.Key.Key_Escape)
    assert caught.args == [Answer.CLOSE]
    assert len(backups(session)) == 1


def test_after_a_week_without_one_escape_asks_once_more(
    qtbot: QtBot, session: Session, page: ExchangePage, clock: Clock
) -> None:
    make_and_wait(qtbot, page)
    clock.later(days=8)
    session.opened_register.entries.save(make_worker(9), None)
    closing = ClosingDialog(session)
    qtbot.addWidget(closing)
    closing.open()
    qtbot.waitUntil(lambda: closing.stages.text != "")
    press(qtbot, closing, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "8 hari" in closing.message.text)
    assert closing.isVisible()
    with qtbot.waitSignal(closing.finished) as caught:
        press(qtbot, closing, Qt.Key.Key_Escape)
    assert caught.args == [Answer.CLOSE]
    assert len(backups(session)) == 1


@pytest.fixture
def failed(qtbot: QtBot, session: Session, tmp_path: Path) -> ClosingDialog:
    """A backup on closing that could not be made."""
    (tmp_path / "berkas").write_text("x")
    session.use_backup_folder(tmp_path / "berkas" / "stik")
    dialog = ClosingDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    return dialog


def test_cancel_after_a_failure_stays(qtbot: QtBot, failed: ClosingDialog) -> None:
    failed.stay_button.setFocus()
    with qtbot.waitSignal(failed.finished) as caught:
        press(qtbot, failed.stay_button, Qt.Key.Key_Return)
    assert caught.args == [Answer.STAY]


def test_the_cross_of_the_question_stays_too(qtbot: QtBot, failed: ClosingDialog) -> None:
    with qtbot.waitSignal(failed.finished) as caught:
        failed.close()
    assert caught.args == [Answer.STAY]


def test_after_a_failure_there_is_another_try_another_folder_and_a_way_out(
    qtbot: QtBot, failed: ClosingDialog, tmp_path: Path
) -> None:
    assert failed.isVisible()
    failed.choose_folder = lambda _now: str(tmp_path / "lain")
    failed.folder_button.click()
    with qtbot.waitSignal(failed.finished) as caught:
        press(qtbot, failed, Qt.Key.Key_Return)
    assert caught.args == [Answer.CLOSE]
    assert len(list((tmp_path / "lain").glob("*.db"))) == 1


def test_who_waits_with_a_hand_on_the_stick_is_told_before_the_window_goes(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    choose_second_place(stick)
    session.preferences.second_folder = stick
    dialog = ClosingDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: "aman dicabut" in dialog.message.text)
    assert inspect_backup(next(stick.glob("*.db"))).workers == 3
    with qtbot.waitSignal(dialog.finished) as caught:
        press(qtbot, dialog, Qt.Key.Key_Return)
    assert caught.args == [Answer.CLOSE]


def test_a_mistake_of_the_program_itself_blocks_neither_the_page_nor_closing(
    qtbot: QtBot, page: ExchangePage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[BaseException] = []
    session.background._on_bug = bugs.append
    monkeypatch.setattr("ui.exchange.stages.make_and_keep", fail)
    make_and_wait(qtbot, page)
    assert page.message.level == "error"
    assert page.closing()
    dialog = ClosingDialog(session, page)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    with qtbot.waitSignal(dialog.finished) as caught:
        press(qtbot, dialog, Qt.Key.Key_Escape)
    assert caught.args == [Answer.CLOSE]
    assert len(bugs) == 2


def test_closing_the_window_makes_the_backup_and_asks_nothing(window: MainWindow, session: Session) -> None:
    folder = session.backup_folder()
    assert window.close()
    assert session.register is None
    assert inspect_backup(next(folder.glob("*.db"))).workers == 3


def test_closing_can_be_called_off_where_no_backup_can_be_made(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_text("x")
    session.use_backup_folder(tmp_path / "berkas" / "stik")

    def call_off() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, ClosingDialog) and asked.message.level == "error":
            asked.close()
        else:
            QTimer.singleShot(50, call_off)

    QTimer.singleShot(50, call_off)
    assert not window.close()
    assert session.opened_register.workers.count() == 3
