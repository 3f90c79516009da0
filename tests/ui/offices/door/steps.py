"""What a person does at the door: logging in by keys, looking at what is in front."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.offices.door import Door
from ui.offices.log_in_view import LogInView
from ui.page_frame import PageFrame
from ui.people.entry_page import EntryPage
from ui.window import MainWindow

PASSWORD = "pohon sawit di talu"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifiers)


def typed(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def view_of(window: MainWindow) -> LogInView:
    frame = window._stack.currentWidget()
    assert isinstance(frame, PageFrame)
    view = frame.page
    assert isinstance(view, LogInView)
    assert view.isVisible()
    return view


def log_in(qtbot: QtBot, window: MainWindow, name: str, password: str) -> None:
    """By keys: the name where it is another one, the password, Enter; waits until it was compared."""
    view = view_of(window)
    qtbot.waitUntil(window.isActiveWindow)
    if view.form["name"].value() != name:
        view.form.go_to("name")
        typed(qtbot, name)
        press(qtbot, window, Key.Key_Return)
    else:
        view.form.go_to("password")
    typed(qtbot, password)
    press(qtbot, window, Key.Key_Return)
    answered(qtbot, window)


def door_of(window: MainWindow) -> Door:
    assert window._guard is not None
    return window._guard.door


def answered(qtbot: QtBot, window: MainWindow) -> None:
    door = door_of(window)
    qtbot.waitUntil(lambda: not door.is_checking, timeout=20_000)


def entry_of(window: MainWindow) -> EntryPage:
    assert isinstance(window.page, EntryPage)
    return window.page


def words_of(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    fields = [field.text() for field in window.findChildren(QLineEdit) if field.isVisible()]
    return "\n".join([*labels, *fields, window.windowTitle()])
