"""A person in front of the whole window, with the real pages in it and a register open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.register import Register
from tests.factories import NOW
from ui.places import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class AtWindow:
    """Presses keys, waits for what works in the background, and looks."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def register(self) -> Register:
        return self.window.session.opened_register

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, *texts: str) -> None:
        """Each into the field one is at, then Enter."""
        for text in texts:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClicks(focused, text)
            self.press(Key.Key_Return)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.session.background.is_busy, timeout=20_000)


P = TypeVar("P", bound=AtWindow)


@contextmanager
def at_window(
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    register: Register,
    place: Place,
    kind: Callable[[QtBot, MainWindow], P],
) -> Iterator[P]:
    """In front of a place; closing the window asks for no backup."""
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    session = Session(Preferences(folder / "window.ini"), clock=lambda: NOW)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda it: it._drop_pages())
    with qtbot.waitSignal(window.first_painted):
        window.show()
    session.use_register(register)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go_to(place)
    person = kind(qtbot, window)
    AtWindow.wait(person)
    try:
        yield person
    finally:
        session.close()
