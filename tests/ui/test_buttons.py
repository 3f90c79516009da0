"""Whoever has only a keyboard presses a button as she expects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.fields.field import TextField
from ui.page import button

Key = Qt.Key


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_enter_and_the_space_bar_press_the_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    made = button("&Pulihkan", lambda: pressed.append("Pulihkan"))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    QTest.keyClick(made, key)
    assert pressed == ["Pulihkan"]


def test_enter_in_a_field_and_with_ctrl_presses_no_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    window = QWidget()
    field, made = TextField("name", "Nama"), button("&Simpan", lambda: pressed.append("Simpan"), primary=True)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(made)
    qtbot.addWidget(window)
    window.show()
    field.setFocus()
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClick(made, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
