"""A table of figures under the keys of a person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.table import Column, FigureTable, Row, WholeWords

COLUMNS = (Column("Kecamatan", takes_room=True), Column("Pekerja", is_number=True))
ROWS = (Row(("Talamau", "12"), "a"), Row(("Kinali", "30"), "b"), Row(("Jumlah", "42"), is_sum=True))


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> FigureTable:
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    made = FigureTable("Pekerja per kecamatan", COLUMNS)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.set_rows(ROWS)
    made.show()
    return made


def test_enter_chooses_the_row_one_is_on(table: FigureTable) -> None:
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen == ["b"]


def test_the_row_one_comes_to_is_marked(table: FigureTable) -> None:
    table.setFocus()
    assert table.currentRow() == 0
    assert [item.row() for item in table.selectedItems()] == [0, 0]


def test_a_sum_leads_nowhere(table: FigureTable) -> None:
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    table.setCurrentCell(2, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown])
def test_no_key_stops_on_a_sum(table: FigureTable, key: Qt.Key) -> None:
    table.setFocus()
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        for _time in range(4):
            QTest.keyClick(table, key, modifier)
            assert table.current is not None
            assert not table.current.is_sum


def test_a_sum_between_rows_is_passed_by_both_ways(table: FigureTable) -> None:
    table.set_rows((ROWS[0], ROWS[2], ROWS[1]))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentRow() == 2
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.currentRow() == 0


def test_a_click_on_a_sum_leaves_the_row_one_is_on(table: FigureTable) -> None:
    table.setCurrentCell(1, 0)
    item = table.item(2, 0)
    assert item is not None
    at = table.visualItemRect(item).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.currentRow() == 1


def test_where_a_row_went_its_neighbour_is_taken_and_never_the_sum(table: FigureTable) -> None:
    table.setCurrentCell(1, 0)
    table.set_rows((ROWS[0], ROWS[2]))
    assert table.currentRow() == 0


def test_a_sum_is_heard_with_the_table(table: FigureTable) -> None:
    assert table.accessibleDescription() == "Jumlah 42"


def test_long_words_stand_whole_below_the_table(qtbot: QtBot, table: FigureTable) -> None:
    words = WholeWords(table, 0)
    qtbot.addWidget(words)
    table.set_rows([Row(("Sudah 76 tahun pada awal Desember 2026; mulai umur 65 tidak dapat didaftarkan", "1"), "a")])
    table.setCurrentCell(0, 0)
    assert words.text().endswith("tidak dapat didaftarkan")
    table.set_rows([])
    assert words.text() == ""


def test_who_was_on_a_row_stays_on_it(table: FigureTable) -> None:
    table.setCurrentCell(1, 0)
    table.set_rows((Row(("Sasak", "3"), "c"), *ROWS))
    assert table.current is not None
    assert table.current.key == "b"


def test_figures_stand_at_the_right_and_sums_are_bold(table: FigureTable) -> None:
    assert table.item(0, 1).textAlignment() & Qt.AlignmentFlag.AlignRight.value
    assert not table.item(0, 0).textAlignment() & Qt.AlignmentFlag.AlignRight.value
    assert [table.item(at, 1).font().bold() for at in range(3)] == [False, False, True]


def test_a_tip_is_read_with_its_figure(table: FigureTable) -> None:
    table.set_rows([Row(("Talamau", "12*"), "a", tips=("", "perkiraan"))])
    assert table.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "12*, perkiraan"


def test_tab_leaves_the_table(table: FigureTable) -> None:
    assert not table.tabKeyNavigation()


def test_a_narrow_table_scrolls_instead_of_cutting_the_names(table: FigureTable) -> None:
    header = table.horizontalHeader()
    assert header.sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch
    table.resize(110, 200)
    assert header.sectionResizeMode(0) == QHeaderView.ResizeMode.ResizeToContents
    table.resize(400, 200)
    assert header.sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch


def test_other_rows_are_measured_once_and_not_at_each_cell(qtbot: QtBot, table: FigureTable) -> None:
    told: list[int] = []
    table.model().dataChanged.connect(lambda first, last: told.append(last.row() - first.row() + 1))
    with qtbot.waitExposed(table):
        table.set_rows([Row((f"Nagari {at}", f"{at * 1_000_000}"), at) for at in range(90)])
    QTest.qWait(1)
    assert told == [90]
    assert table.item(89, 1).text() == "89000000"
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("89000000")
