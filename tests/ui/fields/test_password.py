"""A field for a password keeps every sign, and shows none unless asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.fields.password import PasswordField


def test_every_sign_counts_and_nothing_is_tidied(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    field, other = PasswordField("password", "Kata sandi"), QLineEdit()
    rows.addWidget(field)
    rows.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    qtbot.keyClicks(field, "  pohon  SAWIT ")
    qtbot.keyClick(field, Qt.Key.Key_F2)
    assert field.is_shown
    other.setFocus()
    assert field.text() == field.value() == "  pohon  SAWIT "
    assert not field.is_shown
    assert "●" not in field.accessibleName()
    assert field.value() not in field.accessibleDescription()


def test_an_empty_field_has_no_value(qtbot: QtBot) -> None:
    field = PasswordField("password", "Kata sandi")
    qtbot.addWidget(field)
    assert field.value() is None
    assert field.reading_problem() is None
