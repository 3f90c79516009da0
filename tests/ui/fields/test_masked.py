"""Fields that show only a mask: whatever keys come, the mask is never a value, a draft or the middle of a text."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.people.masking import STAR, masked
from ui.fields.masked import MaskedField, MaskedNameField
from ui.fields.numbers import FamilyCardField, NikField, PhoneField

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 22)
KINDS: dict[str, tuple[Callable[[], MaskedField], str]] = {
    "nik": (lambda: NikField("nik", "NIK", today=lambda: TODAY), "1312044107850001"),
    "family_card": (lambda: FamilyCardField("family_card", "KK", today=lambda: TODAY), "1312040107850001"),
    "phone": (lambda: PhoneField("phone", "HP"), "+6281266775678"),
    "mother_name": (lambda: MaskedNameField("mother_name", "Ibu"), "Rohana Aminah"),
}
KEYS = (
    (Key.Key_Backspace, None), (Key.Key_Delete, None), (Key.Key_Home, None), (Key.Key_End, None), (Key.Key_Left, None),
    (Key.Key_A, CTRL), (Key.Key_C, CTRL), (Key.Key_X, CTRL), (Key.Key_V, CTRL), (Key.Key_Z, CTRL), (Key.Key_Y, CTRL),
)  # fmt: skip


def field_of(qtbot: QtBot, name: str, *, locked: bool) -> MaskedField:
    """In a window with another field, so that it can be left."""
    window = QWidget()
    column = QVBoxLayout(window)
    field, other = KINDS[name][0](), QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    other.setFocus()
    field.conceal(KINDS[name][1], locked=locked)
    field.kept = window  # type: ignore[attr-defined]  # Python lets go of it otherwise, and Qt of all in it
    return field


def stored(field: MaskedField) -> str:
    value = field.value()
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", KINDS)
def test_it_shows_the_mask_and_gives_the_value(qtbot: QtBot, name: str) -> None:
    field = field_of(qtbot, name, locked=False)
    assert field.text() == field.displayText() == masked(name, KINDS[name][1])
    assert stored(field) == KINDS[name][1]
    assert field.text_as_typed() == ""
    assert field.reading_problem() is None
    assert field.accessibleDescription() == "disamarkan"
    field.reveal()
    assert stored(field) == KINDS[name][1]
    assert STAR not in field.text()
    assert not field.was_edited


@pytest.mark.parametrize("name", KINDS)
def test_entering_and_leaving_change_nothing(qtbot: QtBot, name: str) -> None:
    field = field_of(qtbot, name, locked=False)
    for _ in range(3):
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(field, Key.Key_End)
        field.nextInFocusChain().setFocus(Qt.FocusReason.TabFocusReason)
    assert field.is_concealed
    assert stored(field) == KINDS[name][1]
    assert not field.was_edited


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("locked", [False, True])
def test_no_row_of_keys_makes_a_value_of_the_mask(qtbot: QtBot, name: str, seed: int, locked: bool) -> None:
    field = field_of(qtbot, name, locked=locked)
    chance, value = random.Random(f"{name}{seed}"), KINDS[name][1]
    other = field.nextInFocusChain()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(60):
        QGuiApplication.clipboard().setText(chance.choice(["081266770000", "Rosna", "1312044107850009"]))
        if chance.random() < 0.4:
            QTest.keyClicks(field, chance.choice(["0", "8", "13", "R", "Ros na"]))
        elif chance.random() < 0.1:
            other.setFocus(Qt.FocusReason.TabFocusReason)
            field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            key, modifier = chance.choice(KEYS)
            QTest.keyClick(field, key, modifier or Qt.KeyboardModifier.NoModifier)
        if field.is_concealed:
            assert stored(field) == value
            assert field.text() == masked(name, value)
            assert not field.was_edited
        else:
            assert not locked
            assert STAR not in field.text()
        assert STAR not in field.text_as_typed()
        assert STAR not in stored(field)
        assert field.isReadOnly() == locked


def test_pasting_into_a_mask_is_the_whole_new_value(qtbot: QtBot) -> None:
    field = field_of(qtbot, "nik", locked=False)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(field, Key.Key_End)
    QTest.keyClick(field, Key.Key_Left)
    QGuiApplication.clipboard().setText("NIK: 1312 0441 0785 0009")
    QTest.keyClick(field, Key.Key_V, CTRL)
    assert field.text() == "1312044107850009"
    assert stored(field) == "1312044107850009"


def test_a_locked_mask_asks_to_be_shown_and_copies_only_itself(qtbot: QtBot) -> None:
    field = field_of(qtbot, "phone", locked=True)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    asked: list[bool] = []
    field.show_wanted.connect(lambda: asked.append(True))
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Key.Key_V, CTRL)
    QTest.keyClick(field, Key.Key_Delete)
    assert len(asked) == 3
    QTest.keyClick(field, Key.Key_A, CTRL)
    QTest.keyClick(field, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "0812****5678"
    assert len(asked) == 3


def test_nothing_to_mask_is_an_empty_field_that_can_be_typed_in(qtbot: QtBot) -> None:
    field = field_of(qtbot, "phone", locked=True)
    field.conceal("", locked=True)
    assert not field.is_concealed
    assert not field.isReadOnly()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(field, "081266770000")
    assert stored(field) == "+6281266770000"
