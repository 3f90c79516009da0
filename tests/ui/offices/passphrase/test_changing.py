"""The passphrase is changed or removed, old backups follow, and its sheet is printed again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import zxingcpp
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.offices.recovery import recovery_lines
from models.storage.backup import backup_folder, make_backup
from models.storage.check import check_file
from models.storage.keys import derive, is_encrypted
from tests.factories import NOW
from tests.reports.samples import picture
from tests.ui.offices.passphrase.steps import (
    ENTER,
    OTHER,
    PASSPHRASE,
    RINA,
    Place,
    choose,
    log_in,
    logged_in,
    make_file,
    opening,
    read_paper,
    salt_of_open,
    type_code,
    type_in,
)
from ui.offices.passphrase_copies import CopiesDialog
from ui.offices.passphrase_dialog import CHOOSE, REMOVE, WORK, PassphraseDialog, Way
from ui.offices.passphrase_panel import PassphrasePanel, SheetAgainDialog
from ui.offices.passphrase_sheet import SheetMaking
from ui.session import Session
from ui.window import MainWindow


def test_a_passphrase_is_changed_by_who_knows_the_present_one(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, PASSPHRASE)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = PassphraseDialog(session, Way.CHANGE, window)
    dialog.open()
    for name, text in (("present", "salah"), ("passphrase", OTHER), ("again", OTHER)):
        type_in(dialog.form[name], text)
    dialog.take_passphrase()
    qtbot.waitUntil(lambda: "bukan frasa sandi yang sekarang" in dialog.message.text)
    for name in ("present", "passphrase", "again"):
        dialog.form[name].clear()
    choose(qtbot, dialog, OTHER, PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    assert session.opened_register.key == derive(OTHER, salt_of_open(session))
    assert len(list(backup_folder(path).glob("*.db"))) == 1
    dialog.reject()


def test_a_changed_passphrase_is_remembered_again_and_the_old_key_forgotten(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path, place: Place
) -> None:
    old = make_file(path, PASSPHRASE)
    assert old is not None
    session.preferences.keep(f"passphrase/{old.salt.hex()}", "yes")
    place.kept["Cakupan", old.salt.hex()] = old.raw.hex()
    opening(window, session, path)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    log_in(qtbot, window, session)
    dialog = PassphraseDialog(session, Way.CHANGE, window)
    dialog.open()
    qtbot.waitUntil(dialog.remember.isEnabled, timeout=10_000)
    choose(qtbot, dialog, OTHER, PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    assert dialog.remember.isChecked()
    dialog.reject()
    new = session.opened_register.key
    assert new is not None
    qtbot.waitUntil(lambda: place.kept == {("Cakupan", new.salt.hex()): new.raw.hex()}, timeout=10_000)


def test_a_passphrase_is_removed_and_the_words_say_what_that_means(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = PassphraseDialog(session, Way.REMOVE, window)
    dialog.open()
    assert dialog.steps.currentIndex() == REMOVE
    type_in(dialog.remove_form["present"], PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        QTest.keyClick(dialog.remove_form["present"], ENTER)
    assert "siapa yang memegang berkasnya dapat membacanya" in dialog.end_words.text()
    assert session.opened_register.key is None
    dialog.reject()


def test_stopping_changes_nothing_and_the_register_is_open_again(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    choose(qtbot, dialog, PASSPHRASE)
    lines = read_paper(dialog, tmp_path)
    type_code(dialog.sheet.lines, lines)
    assert dialog.steps.currentIndex() == WORK
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.work.is_running, timeout=20_000)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == CHOOSE)
    assert "Dihentikan" in dialog.message.text
    assert session.opened_register.key is None
    assert session.person is not None


def test_old_backups_are_listed_and_protected(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    made = [make_backup(path, backup_folder(path), datetime(2026, 11, day, 9)).path for day in (19, 20)]
    from models.storage.rekeying import rekey

    key = derive(PASSPHRASE, bytes(range(16)))
    rekey(path, NOW, RINA.user, key=None, new=key)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    assert "2 cadangan" in panel.copies.text()
    panel.setParent(window)
    panel.show_copies()
    dialog = window.findChild(CopiesDialog)
    assert dialog is not None
    assert [dialog.list.item(at).text().split(" ")[0] for at in range(2)] == [one.name for one in made]
    dialog.protect()
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=20_000)
    assert all(is_encrypted(one) and check_file(one, key).is_clean for one in made)
    dialog.reject()


def test_old_backups_are_removed_after_a_protected_one_was_made(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    old = make_backup(path, backup_folder(path), datetime(2026, 11, 19, 9)).path
    from models.storage.rekeying import rekey

    key = derive(PASSPHRASE, bytes(range(16)))
    rekey(path, NOW, RINA.user, key=None, new=key)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = CopiesDialog(session, [old], window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.erase()
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=20_000)
    (left,) = backup_folder(path).glob("*.db")
    assert check_file(left, key).is_clean
    assert not old.exists()


def test_the_sheet_is_printed_again_only_for_who_knows_the_passphrase(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = SheetAgainDialog(session, window)
    qtbot.addWidget(dialog)
    dialog.open()
    type_in(dialog.form["present"], "salah")
    QTest.keyClick(dialog.form["present"], ENTER)
    qtbot.waitUntil(lambda: dialog.form.message_bar.level == "error")
    assert dialog.making.isHidden()
    dialog.form["present"].clear()
    type_in(dialog.form["present"], PASSPHRASE)
    QTest.keyClick(dialog.form["present"], ENTER)
    qtbot.waitUntil(lambda: dialog.making.isVisible())
    dialog.making.choose_file = lambda _name: str(tmp_path / "lembar.pdf")
    QTest.mouseClick(dialog.making.save_button, Qt.MouseButton.LeftButton)
    text = " ".join(PdfReader(tmp_path / "lembar.pdf").pages[0].extract_text().split())
    assert key.sheet in text
    assert "Rina Marlina" in text
    rows = session.opened_register._file.rows("SELECT user, action FROM audit ORDER BY id DESC LIMIT 1")
    assert rows == [("rina", "recovery_sheet_printed")]


def test_the_sheet_is_printed_without_a_file_in_between(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    logged_in(qtbot, window, session, path, PASSPHRASE)
    paper = tmp_path / "kertas" / "lembar.pdf"
    paper.parent.mkdir()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(paper))
    monkeypatch.setattr("ui.papers.printing.choose_printer", lambda _parent, _size, _title: printer)
    making = SheetMaking(session)
    qtbot.addWidget(making)
    making.begin(key)
    with qtbot.waitSignal(making.made, timeout=20_000):
        making.print_sheet()
    assert "Segera ambil" in making.message.text
    (code,) = zxingcpp.read_barcodes(picture(paper.read_bytes(), dpi=150))
    assert tuple(code.text.split("\n")) == recovery_lines(key.raw)
    code_text = recovery_lines(key.raw)[0].encode()
    left = [file.name for file in tmp_path.rglob("*") if file.is_file() and code_text in file.read_bytes()]
    assert left == [], "the code lies in no file"
