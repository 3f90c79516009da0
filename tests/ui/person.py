"""A person in front of one page: presses keys, waits for what works in the background, and looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.register import Register
from tests.factories import NOW
from ui.look.style import Theme, apply_look
from ui.page import Page
from ui.preferences import Preferences
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
P = TypeVar("P", bound=Page)


class Person(Generic[P]):
    """Sees `page` as the window would show it."""

    def __init__(self, qtbot: QtBot, session: Session, page: P) -> None:
        self.qtbot, self.session, self.page = qtbot, session, page
        self.wanted: list[tuple[str, object]] = []
        """Places that the page asked for."""
        session.place_wanted.connect(lambda place, target: self.wanted.append((place, target)))

    @property
    def register(self) -> Register:
        return self.session.opened_register

    def type(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self._focus(), key, modifier)

    def answer(self, text: str) -> None:
        """Types over what stands in the field, then Enter."""
        self.press(Key.Key_A, CTRL)
        self.type(text)
        self.press(Key.Key_Return)

    def rest(self) -> None:
        """Waits until nothing works in the background any more."""
        QTest.qWait(1)
        self.qtbot.waitUntil(lambda: not self.session.background.is_busy, timeout=20_000)
        QApplication.processEvents()

    def sees(self, is_so: Callable[[], bool]) -> None:
        """Waits until it is so."""
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page


@contextmanager
def person_at(
    qtbot: QtBot, register: Register, folder: Path, kind: Callable[[Session], P], size: tuple[int, int] = (1258, 660)
) -> Iterator[Person[P]]:
    """The page in front, read and with the focus where work begins; closed afterwards."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_look(app, Theme.LIGHT, 10.5)
    session = Session(Preferences(folder / "window.ini"), register=register, clock=lambda: NOW)
    page = kind(session)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.shown()
    person = Person(qtbot, session, page)
    person.rest()
    try:
        yield person
    finally:
        session.background.stop()
        for timer in page.findChildren(QTimer):  # the page may outlive the register by some events
            timer.stop()
