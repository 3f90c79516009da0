"""A passphrase is chosen with its sheet, at the first start or later, or knowingly not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.offices.office import OfficeSettings
from models.storage.check import check_file
from models.storage.keys import derive, is_encrypted
from tests.ui.offices.passphrase.steps import (
    ENTER,
    PASSPHRASE,
    RINA,
    choose,
    logged_in,
    make_file,
    opening,
    read_paper,
    type_code,
    type_in,
)
from ui.crash import report
from ui.offices.first_start_dialog import FirstStart, FirstStartDialog
from ui.offices.passphrase_dialog import CHOOSE, DECLINE, END, SHEET, PassphraseDialog, Way
from ui.session import Session
from ui.window import MainWindow


def test_a_passphrase_is_added_with_a_sheet_that_was_tested(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    choose(qtbot, dialog, PASSPHRASE)
    lines = read_paper(dialog, tmp_path)
    assert session.opened_register.key is None, "nothing is done before the sheet was tested"
    slip = [lines[0][:-1] + ("7" if lines[0][-1] != "7" else "8"), *lines[1:]]
    type_code(dialog.sheet.lines, slip)
    assert dialog.steps.currentIndex() == SHEET
    assert "Baris 1: Baris ini berbeda dari lembar" in dialog.sheet.lines.message_bar.text
    dialog.sheet.lines.clear()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, [line.lower() for line in lines])
    assert dialog.steps.currentIndex() == END
    assert session.person is not None, "the same person goes on"
    assert session.person.name == "rina"
    assert session.opened_register.workers.count() == 1
    assert "ditimpa" in dialog.end_words.text()
    key = session.opened_register.key
    assert key is not None
    assert key == derive(PASSPHRASE, key.salt)
    dialog.reject()
    session.use_register(None)
    assert is_encrypted(path)
    assert check_file(path, key).is_clean


def test_the_drawn_words_are_shown_and_typed_once_more(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    QTest.mouseClick(dialog.form.draw_button, Qt.MouseButton.LeftButton)
    drawn = dialog.form["passphrase"].text()
    assert len(drawn.split()) == 5
    assert drawn in dialog.form.message_bar.text
    assert dialog.form.message_bar.level == "good"
    QTest.keyClick(dialog.form["passphrase"], ENTER)
    assert drawn in dialog.form.message_bar.text, "the field is covered now"
    type_in(dialog.form["again"], drawn)
    QTest.keyClick(dialog.form["again"], ENTER)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == SHEET)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("sawit", "sawit", "paling sedikit 12 huruf"),
        ("bpjs jamsostek cakupan", "bpjs jamsostek cakupan", "pertama dicoba"),
        (PASSPHRASE, PASSPHRASE + "x", "Keduanya berbeda"),
    ],
)
def test_a_weak_passphrase_and_a_slip_lead_back_with_a_sentence(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, first: str, second: str, words: str
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    type_in(dialog.form["passphrase"], first)
    type_in(dialog.form["again"], second)
    QTest.keyClick(dialog.form["again"], ENTER)
    assert words in dialog.form.message_bar.text
    assert dialog.steps.currentIndex() == CHOOSE


def test_the_offer_of_the_first_start_can_be_declined_knowingly(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window, is_offer=True)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.steps.currentIndex() == DECLINE
    QTest.keyClick(dialog.focusWidget(), ENTER)
    assert dialog.steps.currentIndex() == CHOOSE, "the first thought leads to a passphrase"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.mouseClick(dialog.decline_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert session.opened_register.key is None


def test_a_new_register_is_offered_a_passphrase_at_once(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FirstStartDialog)
        dialog.begin_new()
        dialog.answer = FirstStart(path, OfficeSettings(), RINA)
        dialog.accept()

    QTimer.singleShot(0, answer)
    opening(window, session, path)
    (dialog,) = window.findChildren(PassphraseDialog)
    assert dialog.isVisible()
    assert "Disarankan" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert session.opened_register.key is None
    assert session.person is not None


def test_neither_a_mistake_nor_a_log_shows_passphrase_or_key(tmp_path: Path) -> None:
    key = derive(PASSPHRASE, bytes(range(16)))

    def fail() -> None:
        passphrase, made = PASSPHRASE, key
        raise ValueError(passphrase, made, made.pragma)

    with pytest.raises(ValueError, match="pohon") as caught:
        fail()
    told = report(ValueError, caught.value, caught.tb) + repr(key) + str(key) + repr((key,))
    for secret in (PASSPHRASE, key.raw.hex(), repr(key.raw), key.raw.hex().upper()):
        assert secret not in told
