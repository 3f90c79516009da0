"""A table of figures under the keys of a person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.table import Column, FigureTable, Row

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


def test_a_sum_leads_nowhere(table: FigureTable) -> None:
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    table.setCurrentCell(2, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen == []


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
