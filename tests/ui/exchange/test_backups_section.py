"""Second place, copies for carrying and the trial, on the page with real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.storage.carrying import is_carried, open_carried
from models.storage.inspecting import inspect_backup
from models.storage.second_place import MARK, choose_second_place
from tests.factories import NOW, make_worker
from ui.exchange.carrying import CarryDialog
from ui.exchange.page import ExchangePage
from ui.preferences import Preferences
from ui.session import Session

PASSPHRASE = "kuda lumping menari di sawah"


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "kantor" / "cakupan.db", user="rina")
    for serial in range(1, 4):
        made.opened_register.entries.save(make_worker(serial), None)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ExchangePage:
    made = ExchangePage(session)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def ended(qtbot: QtBot, page: ExchangePage) -> str:
    """The last word of the work that was begun."""
    qtbot.waitUntil(lambda: not page.is_running and page.message.level != "", timeout=30_000)
    return page.message.text


def backed_up(qtbot: QtBot, page: ExchangePage) -> None:
    page.back_up()
    ended(qtbot, page)


def test_a_stick_is_chosen_once_and_gets_the_newest_backup_at_once(
    qtbot: QtBot, page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    backed_up(qtbot, page)
    assert page.section.copy_button.isHidden()
    stick = tmp_path / "stik"
    page.choose_folder = lambda _now: str(stick)
    page.section.second_button.click()
    assert "disk yang sama" in page.message.text
    assert page.section.second.text() == str(stick)
    assert (stick / MARK).exists()
    assert not page.section.copy_button.isHidden()
    page.message.say("")
    page.section.copy_button.click()
    assert "aman dicabut" in ended(qtbot, page)
    assert inspect_backup(next(stick.glob("*.db"))).workers == 3
    assert Preferences(tmp_path / "window.ini").second_folder == stick
    page.section.leave_second()
    assert session.preferences.second_folder is None


def test_a_missing_stick_is_said_and_the_backup_counts_all_the_same(
    qtbot: QtBot, page: ExchangePage, session: Session, tmp_path: Path
) -> None:
    session.preferences.second_folder = tmp_path / "stik"
    page.back_up()
    words = ended(qtbot, page)
    assert page.message.level == "warning"
    assert "Pasang flashdisknya" in words
    assert session.last_backup_at() == NOW
    choose_second_place(tmp_path / "stik")
    page.message.say("")
    page.section.copy_second()
    assert "aman dicabut" in ended(qtbot, page)


def test_the_newest_backup_is_tried_and_the_page_says_when(
    qtbot: QtBot, page: ExchangePage, session: Session
) -> None:
    backed_up(qtbot, page)
    assert "Belum pernah ada cadangan yang diuji" in page.state.text()
    page.message.say("")
    page.section.drill_button.click()
    assert "dipulihkan sebagai uji" in ended(qtbot, page)
    assert page.message.level == "good"
    assert "Terakhir diuji 22/11/2026 09:00" in page.state.text()
    assert "Tidak ada yang disimpan sesudahnya" in page.state.text()
    assert session.opened_register.backups.last_drill_at() == NOW


def test_without_a_backup_there_is_nothing_to_try_or_carry(page: ExchangePage) -> None:
    for one in (page.section.drill, page.section.carry):
        page.message.say("")
        one()
        assert "Buat dulu satu" in page.message.text
    assert page.section.drill_button.isHidden()


def test_who_may_not_back_up_by_hand_is_told_so(page: ExchangePage, session: Session) -> None:
    register = session.opened_register
    register.users.add(User("ani", Role.ADMINISTRATOR), "kuda lumping 7 menari")
    register.users.add(User("budi", Role.CLERK), "kuda lumping 8 menari")
    register.users.log_in("budi", "kuda lumping 8 menari")
    for one in (page.back_up, page.section.change_second, page.section.leave_second):
        page.message.say("")
        one()
        assert "tidak mencakup" in page.message.text
        assert not page.is_running


@pytest.fixture
def dialog(qtbot: QtBot, page: ExchangePage, tmp_path: Path) -> CarryDialog:
    backed_up(qtbot, page)
    page.section.carry_button.click()
    made = page.section._carrying
    assert made is not None
    made.choose_folder = lambda _now: str(tmp_path / "bawa")
    return made


def test_a_copy_for_carrying_is_locked_by_keys_alone(qtbot: QtBot, dialog: CarryDialog, tmp_path: Path) -> None:
    for line in (dialog.passphrase, dialog.again):
        assert line.hasFocus() or line is dialog.again
        qtbot.keyClicks(line, PASSPHRASE)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=60_000)
    (copy,) = (tmp_path / "bawa").iterdir()
    assert is_carried(copy)
    assert copy.name in dialog.message.text
    assert dialog.passphrase.text() == ""
    assert inspect_backup(open_carried(copy, tmp_path / "buka.db", PASSPHRASE)).workers == 3


def test_nothing_is_squeezed_while_the_copy_is_locked(qtbot: QtBot, dialog: CarryDialog) -> None:
    dialog.passphrase.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    dialog.make()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=60_000)


def test_a_weak_or_mistyped_passphrase_locks_nothing(dialog: CarryDialog, tmp_path: Path) -> None:
    for first, second, word in (
        ("rahasia", "rahasia", "paling sedikit"),
        (PASSPHRASE, PASSPHRASE + "x", "berbeda"),
    ):
        dialog.passphrase.setText(first)
        dialog.again.setText(second)
        dialog.make()
        assert dialog.message.level == "error"
        assert word in dialog.message.text or first == "rahasia"
    assert not (tmp_path / "bawa").exists()


def test_words_drawn_by_chance_can_be_read_and_are_enough(dialog: CarryDialog) -> None:
    dialog.draw_button.click()
    assert dialog.passphrase.echoMode() == QLineEdit.EchoMode.Normal
    assert len(dialog.passphrase.text().split()) == 5
    assert dialog.again.text() == dialog.passphrase.text()
