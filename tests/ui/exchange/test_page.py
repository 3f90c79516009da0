"""The place "Data" with real files: a backup by one key, the way back from it, and words for every failure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.register import open_register
from models.sample.making import make_sample
from models.storage.backup import backup_folder, make_backup
from models.storage.inspecting import inspect_backup
from models.storage.manifest import Why, read_manifest
from models.storage.second_place import choose_second_place
from tests.factories import NOW, make_plan, make_worker
from ui.exchange.closing import Answer, ClosingDialog, needs_backup, offer_backup
from ui.exchange.page import ExchangePage
from ui.exchange.restoring import RestoreDialog
from ui.fields.letters import letters_in
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=clock)
    made.open_file(tmp_path / "kantor" / "cakupan.db", user="rina")
    for serial in range(1, 4):
        made.opened_register.entries.save(
            make_worker(serial), make_plan(made.opened_register) if serial == 1 else None
        )
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    made.show()
    made.go_to("exchange")
    return made


@pytest.fixture
def page(window: MainWindow) -> ExchangePage:
    assert isinstance(window.page, ExchangePage)
    return window.page


def front(window: MainWindow) -> ExchangePage:
    """The page as it is now: with another register it is made anew."""
    assert isinstance(window.page, ExchangePage)
    return window.page


def backups(session: Session) -> list[Path]:
    return sorted(session.backup_folder().glob("*.db"))


def press(qtbot: QtBot, target: object, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)


def make_and_wait(qtbot: QtBot, page: ExchangePage) -> None:
    press(qtbot, page.window(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.message.level in ("good", "error"))


def test_one_key_makes_a_backup_that_is_proven(qtbot: QtBot, page: ExchangePage, session: Session) -> None:
    make_and_wait(qtbot, page)
    (made,) = backups(session)
    assert made.parent == session.opened_register.path.parent / "cadangan"
    assert inspect_backup(made).workers == 3
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    for word in (made.name, "3 pekerja", "1 kepesertaan"):
        assert word in page.message.text
    assert digest in page.message.text.replace(" ", "")
    assert session.last_backup_at() == NOW
    assert page.table.rows[0].cells[0] == "22/11/2026 09:00"
    assert "3 pekerja, 1 kepesertaan" in page.table.rows[0].cells
    assert page.stages.text == ""


def test_the_row_on_which_one_rests_says_what_was_found_in_the_backup(qtbot: QtBot, page: ExchangePage) -> None:
    make_and_wait(qtbot, page)
    page.restore_button.click()
    assert "Pilih" in page.message.text
    qtbot.waitUntil(lambda: page.holds.level == "good")
    assert "3 pekerja, 1 kepesertaan" in page.holds.text


def test_the_state_follows_saves_and_backups_made_elsewhere(
    page: ExchangePage, session: Session, clock: Clock
) -> None:
    assert page.state.text() == "Register ini belum pernah dicadangkan."
    make_backup(session.opened_register.path, backup_folder(session.opened_register.path), clock.now)
    clock.later(hours=3)
    page.shown()
    assert "3 jam" in page.state.text()
    assert session.last_backup_at() == NOW
    session.opened_register.entries.save(make_worker(9), None)
    session.tell("workers")
    assert "1 simpanan belum ada" in page.state.text()


def test_a_sample_too_says_what_was_saved_since_its_backup(
    window: MainWindow, session: Session, tmp_path: Path, clock: Clock
) -> None:
    make_sample(tmp_path / "contoh.db", now=NOW, workers=20)
    session.open_file(tmp_path / "contoh.db", user="rina")
    session.keep_backup(make_backup(session.opened_register.path, tmp_path / "stik", NOW).manifest)
    page = front(window)
    page.shown()
    assert "Tidak ada yang disimpan sesudahnya" in page.state.text()
    clock.later(hours=1)
    session.opened_register.entries.save(make_worker(9), None)
    session.tell("workers")
    assert "1 simpanan belum ada" in page.state.text()


def test_the_status_line_tells_of_a_backup_that_the_command_line_made(
    window: MainWindow, page: ExchangePage, session: Session, clock: Clock
) -> None:
    part = window.statusBar()._parts["backup"]  # type: ignore[attr-defined]
    assert part.accessibleName() == "Belum ada cadangan"
    make_backup(session.opened_register.path, session.backup_folder(), clock.now)
    clock.later(minutes=5)
    window.statusBar()._read_again("backup")  # type: ignore[attr-defined]
    assert part.accessibleName() == "Cadangan 5 menit lalu"


def test_a_backup_goes_into_the_folder_that_was_chosen(
    qtbot: QtBot, page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    page.choose_folder = lambda _now: str(stick)
    page.folder_button.click()
    assert page.folder.text() == str(stick)
    make_and_wait(qtbot, page)
    assert backups(session)[0].parent == stick
    assert Preferences(tmp_path / "window.ini").backup_folder == stick


def test_a_folder_that_takes_nothing_is_a_sentence(
    qtbot: QtBot, page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_text("x")
    session.use_backup_folder(tmp_path / "berkas" / "stik")
    make_and_wait(qtbot, page)
    assert page.message.level == "error"
    assert "stik" in page.message.text
    assert session.opened_register.workers.count() == 3


def open_restore(qtbot: QtBot, page: ExchangePage, backup: Path) -> RestoreDialog:
    page.restore(backup)
    dialog = page.restoring
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.confirm.isHidden() or dialog.message.level == "error")
    return dialog


def test_restoring_brings_the_old_state_back_and_keeps_the_present_one(
    qtbot: QtBot, window: MainWindow, page: ExchangePage, session: Session, clock: Clock
) -> None:
    make_and_wait(qtbot, page)
    clock.later(hours=1)
    for serial in (7, 8):
        session.opened_register.entries.save(make_worker(serial), None)
    clock.later(hours=1)
    page.table.setFocus()
    press(qtbot, page.table, Qt.Key.Key_Return)
    dialog = page.restoring
    assert dialog is not None
    qtbot.waitUntil(dialog.confirm.isVisible)
    assert [row.cells[1:] for row in dialog.table.rows][:2] == [("3", "5"), ("1", "1")]
    assert dialog.table.rows[2].cells == ("Terakhir disimpan", "22/11/2026 09:00", "22/11/2026 10:00")
    assert dialog.message.text.startswith("2 simpanan")
    dialog.confirm.setFocus()
    with qtbot.waitSignal(dialog.restored) as caught:
        press(qtbot, dialog.confirm, Qt.Key.Key_Return)
    assert session.opened_register.workers.count() == 3
    safety = caught.args[0].safety_copy
    assert str(safety) in dialog.message.text
    assert inspect_backup(safety).workers == 5
    press(qtbot, dialog, Qt.Key.Key_Escape)
    session.opened_register.entries.save(make_worker(11), None)
    assert front(window) is not page
    assert front(window).table.rows[0].cells[2] == "sebelum pemulihan"


def test_a_restore_can_be_left_without_a_change(qtbot: QtBot, page: ExchangePage, session: Session) -> None:
    make_and_wait(qtbot, page)
    before = session.register
    dialog = open_restore(qtbot, page, backups(session)[0])
    assert "semua" in dialog.message.text
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert session.register is before


def test_a_truncated_backup_is_refused_in_words_and_the_register_stays_open(
    qtbot: QtBot, page: ExchangePage, session: Session
) -> None:
    make_and_wait(qtbot, page)
    (backup,) = backups(session)
    backup.write_bytes(backup.read_bytes()[:-5000])
    before = session.register
    dialog = open_restore(qtbot, page, backup)
    assert dialog.message.level == "error"
    assert backup.name in dialog.message.text
    assert not dialog.confirm.isVisible()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert session.register is before
    assert session.opened_register.workers.count() == 3


def test_a_backup_that_breaks_between_look_and_restore_leaves_the_old_register_open(
    qtbot: QtBot, window: MainWindow, page: ExchangePage, session: Session
) -> None:
    make_and_wait(qtbot, page)
    (backup,) = backups(session)
    session.opened_register.entries.save(make_worker(9), None)
    dialog = open_restore(qtbot, page, backup)
    backup.write_bytes(b"broken")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    assert session.opened_register.workers.count() == 4
    assert "terbuka lagi" in dialog.message.text
    session.opened_register.entries.save(make_worker(10), None)


def test_a_restore_that_another_program_blocks_can_be_opened_again(
    qtbot: QtBot, page: ExchangePage, session: Session
) -> None:
    make_and_wait(qtbot, page)
    path = session.opened_register.path
    dialog = open_restore(qtbot, page, backups(session)[0])
    session.use_register(None)
    other = open_register(path, user="lain", clock=lambda: NOW)
    dialog._restore()
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    assert session.register is None
    assert dialog.again.isVisible()
    other.close()
    press(qtbot, dialog.again, Qt.Key.Key_Space)
    assert session.opened_register.workers.count() == 3


def test_the_check_says_that_the_file_is_whole(qtbot: QtBot, page: ExchangePage) -> None:
    page.check_button.click()
    qtbot.waitUntil(lambda: bool(page.message.text))
    assert "3 pekerja" in page.message.text
    assert page.message.level == "good"


def test_another_file_takes_the_place_of_the_open_one(
    qtbot: QtBot, window: MainWindow, page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    other = tmp_path / "kedua.db"
    open_register(other, user="lain", clock=lambda: NOW).close()
    page.choose_file = lambda _title, _folder: str(other)
    page.open_button.click()
    assert session.opened_register.path == other
    assert session.preferences.last_file == other
    assert front(window).file.text() == str(other)


def test_a_file_that_is_no_register_leaves_the_open_one_open(
    page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    other = tmp_path / "surat.db"
    other.write_text("bukan basis data, melainkan surat biasa" * 100)
    page.choose_file = lambda _title, _folder: str(other)
    before = session.register
    page.open_button.click()
    assert page.message.level == "error"
    assert session.register is before
    assert session.opened_register.workers.count() == 3


def test_the_open_file_is_not_opened_twice(page: ExchangePage, session: Session) -> None:
    page.choose_file = lambda _title, _folder: str(session.opened_register.path)
    page.open_button.click()
    assert "sudah terbuka" in page.message.text


def test_every_control_has_a_name_and_its_own_letter(page: ExchangePage) -> None:
    buttons = page.file_area.findChildren(QPushButton)
    tabs = [page.areas.tabText(at) for at in range(page.areas.count())]
    letters = letters_in([*tabs, *(one.text() for one in buttons)])
    assert len(letters) == len(set(letters))
    for one in (*buttons, page.file, page.folder, page.table):
        assert one.accessibleName(), one


# Closing


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


def fail(*_given: object) -> None:
    raise ZeroDivisionError


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


def test_a_mistake_of_the_program_itself_leaves_the_register_open_after_a_restore(
    qtbot: QtBot, page: ExchangePage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_and_wait(qtbot, page)
    session.background._on_bug = lambda _bug: None
    monkeypatch.setattr("ui.exchange.comparing.restore_backup", fail)
    dialog = open_restore(qtbot, page, backups(session)[0])
    dialog.confirm.click()
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    assert session.opened_register.workers.count() == 3


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
