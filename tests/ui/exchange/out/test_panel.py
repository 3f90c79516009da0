"""Lists out in front of a supervisor: looked at, written by keys, remembered; columns changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from tests.factories import NOW, make_plan, make_worker
from ui.exchange.page import ExchangePage
from ui.preferences import Preferences
from ui.session import Session

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "kantor" / "cakupan.db", user="rina")
    for serial in range(1, 5):
        made.opened_register.entries.save(make_worker(serial), make_plan(made.opened_register))
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> ExchangePage:
    made = ExchangePage(session)
    qtbot.addWidget(made)
    made.resize(1180, 690)
    made.show()
    made.show_area(made.lists_out)
    qtbot.waitExposed(made)
    made.shown()
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def rest(qtbot: QtBot, page: ExchangePage) -> None:
    qtbot.waitUntil(lambda: not page.session.background.is_busy, timeout=20_000)
    QApplication.processEvents()


def test_a_list_is_looked_at_written_and_remembered_by_keys(qtbot: QtBot, page: ExchangePage, tmp_path: Path) -> None:
    panel = page.lists_out
    panel.choose_new = lambda name: str(tmp_path / name)
    press(Key.Key_F5)
    rest(qtbot, page)
    assert "4 orang dalam daftar" in panel.summary.text()
    assert panel.preview.rows[0].cells[1].startswith("1312****"), "the NIK is masked on the screen"
    press(Key.Key_S, CTRL)
    rest(qtbot, page)
    assert "4 orang" in panel.message.text
    written = next(tmp_path.glob("*.xlsx"))
    sheet = openpyxl.load_workbook(written).active
    assert sheet.cell(2, 2).value == page.session.opened_register.workers.lines([1])[0].nik
    assert [row.cells[4] for row in panel.sent.rows] == ["4"]
    press(Key.Key_F5)
    rest(qtbot, page)
    assert "sudah pernah dikirim" in panel.summary.text()


def test_the_columns_of_a_layout_are_moved_added_and_saved(qtbot: QtBot, page: ExchangePage) -> None:
    panel = page.lists_out
    press(Key.Key_E, CTRL)
    view = panel.columns
    assert view.isVisible()
    assert QApplication.focusWidget() is view.table
    headings = [row.cells[1] for row in view.table.rows]
    press(Key.Key_Down, ALT)
    assert [row.cells[1] for row in view.table.rows][:2] == [headings[1], headings[0]]
    press(Key.Key_Insert)
    write("NEGARA")
    view.column.go_to("constant")
    write("ID")
    press(Key.Key_S, CTRL)
    assert not view.isVisible()
    saved = panel.session.opened_register.lists_out.layouts()[0]
    assert [column.heading for column in saved.columns][:3] == [headings[1], headings[0], "NEGARA"]
    assert saved.columns[2].constant == "ID"
    assert len(saved.columns) == len(headings) + 1


def test_a_layout_without_a_name_is_refused_where_it_is_typed(page: ExchangePage) -> None:
    panel = page.lists_out
    press(Key.Key_E, CTRL)
    panel.columns.form.go_to("name")
    panel.columns.form["name"].clear()
    press(Key.Key_S, CTRL)
    assert "belum bernama" in panel.columns.message.text
    assert QApplication.focusWidget() is panel.columns.form["name"]
    press(Key.Key_Escape)
    assert not panel.columns.isVisible()


def test_a_clerk_is_told_that_lists_leave_by_other_hands(qtbot: QtBot, page: ExchangePage) -> None:
    register = page.session.opened_register
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("dedi", Role.CLERK), "empat lima kata panjang")
    register.users.log_in("dedi", "empat lima kata panjang")
    press(Key.Key_F5)
    rest(qtbot, page)
    press(Key.Key_S, CTRL)
    assert "Peran Anda" in page.lists_out.message.text or "peran" in page.lists_out.message.text.lower()


def test_a_disk_that_refuses_is_told_and_nothing_is_remembered(
    qtbot: QtBot, page: ExchangePage, tmp_path: Path
) -> None:
    page.lists_out.choose_new = lambda _name: str(tmp_path / "tidak ada" / "kirim.xlsx")
    press(Key.Key_F5)
    rest(qtbot, page)
    press(Key.Key_S, CTRL)
    rest(qtbot, page)
    assert page.lists_out.message.level == "error"
    assert page.session.opened_register.lists_out.sent() == ()


def test_a_list_of_nobody_says_whom_a_list_names(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    session.open_file(tmp_path / "kantor" / "kosong.db", user="rina")
    session.opened_register.entries.save(make_worker(1), None)
    page = ExchangePage(session)
    qtbot.addWidget(page)
    page.resize(1180, 690)
    page.show()
    page.show_area(page.lists_out)
    qtbot.waitExposed(page)
    page.shown()
    panel = page.lists_out
    panel.look_button.click()
    rest(qtbot, page)
    assert "sudah didaftarkan ke suatu skema" in panel.message.text
    assert panel.filter.geometry().bottom() < panel.main.height() // 2, "the fields stand together at the top"
    session.close()
