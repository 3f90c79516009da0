"""Choosing rows of a very long list by keys alone."""

from __future__ import annotations

import time
from array import array

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.long_table import LongTable
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look

ROWS = 300_000
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Index = QModelIndex | QPersistentModelIndex


class Numbers(QAbstractTableModel):
    """Rows with their number in three columns; counts how many cells were asked for."""

    def __init__(self, rows: int = ROWS) -> None:
        super().__init__()
        self.ids = array("q", range(1, rows + 1))
        self.asked: set[int] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            self.asked.add(index.row())
            return str(self.ids[index.row()])
        return None

    def grow(self, by: int) -> None:
        held = len(self.ids)
        self.beginInsertRows(QModelIndex(), held, held + by - 1)
        self.ids = array("q", range(1, held + by + 1))
        self.endInsertRows()


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> LongTable:
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    made = LongTable(Numbers(), "Angka")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    made.setFocus()
    made.go_to_row(0)
    return made


def chosen(table: LongTable) -> tuple[int, int, int]:
    """How many, the first and the last."""
    ids = table.chosen_ids()
    return len(ids), ids[0], ids[-1]


def test_ctrl_shift_end_chooses_to_the_end_and_ctrl_shift_home_to_the_beginning(table: LongTable) -> None:
    table.go_to_row(1000)
    QTest.keyClick(table, Key.Key_End, CTRL | SHIFT)
    assert chosen(table) == (ROWS - 1000, 1001, ROWS)
    assert table.currentIndex().row() == ROWS - 1
    QTest.keyClick(table, Key.Key_Home, CTRL | SHIFT)
    assert chosen(table) == (1001, 1, 1001)


def test_shift_with_home_end_and_the_page_keys_goes_on_from_where_it_began(table: LongTable) -> None:
    table.go_to_row(100)
    QTest.keyClick(table, Key.Key_Down, SHIFT)
    assert chosen(table) == (2, 101, 102)
    QTest.keyClick(table, Key.Key_PageDown, SHIFT)
    count, first, _last = chosen(table)
    assert first == 101
    assert count > 5
    QTest.keyClick(table, Key.Key_PageUp, SHIFT)
    assert chosen(table) == (2, 101, 102)
    QTest.keyClick(table, Key.Key_PageUp, SHIFT)
    assert chosen(table)[2] == 101
    QTest.keyClick(table, Key.Key_End, SHIFT)
    assert chosen(table) == (ROWS - 100, 101, ROWS)
    QTest.keyClick(table, Key.Key_Up)
    assert chosen(table)[0] == 1


def test_it_begins_where_a_click_was(table: LongTable) -> None:
    at = table.visualRect(table.model().index(4, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.keyClick(table, Key.Key_Home, CTRL | SHIFT)
    assert chosen(table) == (5, 1, 5)


def test_single_rows_are_added_with_ctrl_and_the_space_bar(table: LongTable) -> None:
    QTest.keyClick(table, Key.Key_Down, CTRL)
    QTest.keyClick(table, Key.Key_Down, CTRL)
    QTest.keyClick(table, Key.Key_Space, CTRL)
    assert list(table.chosen_ids()) == [1, 3]


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_A, CTRL), (Key.Key_End, CTRL | SHIFT)])
def test_hundreds_of_thousands_are_chosen_at_once_without_being_fetched(
    table: LongTable, key: Key, modifiers: Qt.KeyboardModifier
) -> None:
    model = table.model()
    assert isinstance(model, Numbers)
    before = time.process_time()
    array("q", model.ids.tolist())
    once_through = time.process_time() - before
    before = time.process_time()
    QTest.keyClick(table, key, modifiers)
    took = time.process_time() - before
    assert table.chosen_count() == ROWS
    QApplication.processEvents()
    assert len(model.asked) < 200
    assert took < max(20 * once_through, 0.2)


def test_a_screen_reader_that_listens_costs_no_list_of_all_cells(table: LongTable) -> None:
    QAccessible.setActive(True)
    try:
        before = time.process_time()
        QTest.keyClick(table, Key.Key_A, CTRL)
        assert time.process_time() - before < 0.5
    finally:
        QAccessible.setActive(False)
    assert table.chosen_count() == ROWS


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_A, CTRL), (Key.Key_End, CTRL | SHIFT)])
def test_what_is_still_being_read_of_the_list_is_chosen_too(
    table: LongTable, key: Key, modifiers: Qt.KeyboardModifier
) -> None:
    model = table.model()
    assert isinstance(model, Numbers)
    QTest.keyClick(table, key, modifiers)
    model.grow(50_000)
    table.list_grew()
    assert table.chosen_count() == ROWS + 50_000


def test_in_an_empty_list_no_key_does_anything(qtbot: QtBot) -> None:
    empty = LongTable(Numbers(0), "Angka")
    qtbot.addWidget(empty)
    empty.show()
    for key in (Key.Key_Home, Key.Key_End, Key.Key_PageDown, Key.Key_Down):
        for modifiers in (SHIFT, CTRL | SHIFT, Qt.KeyboardModifier.NoModifier):
            QTest.keyClick(empty, key, modifiers)
    assert empty.chosen_count() == 0
