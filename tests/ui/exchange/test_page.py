"""The place "Data" with real files: a backup by one key, the way back from it, and words for every failure."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.register import open_register
from models.sample.making import make_sample
from models.storage.backup import backup_folder, make_backup
from models.storage.inspecting import inspect_backup
from tests.factories import NOW, Clock, make_worker
from tests.ui.exchange.desk import backups, fail, front, make_and_wait, open_restore, press
from ui.exchange.page import ExchangePage
from ui.fields.letters import letters_in
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


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
