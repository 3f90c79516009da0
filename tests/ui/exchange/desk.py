"""What a person does at the page of data: backing up, looking into a restore."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.exchange.page import ExchangePage
from ui.exchange.restoring import RestoreDialog
from ui.session import Session
from ui.window import MainWindow


def front(window: MainWindow) -> ExchangePage:
    """The page as it is now: with another register it is made anew."""
    assert isinstance(window.page, ExchangePage)
    return window.page


def backups(session: Session) -> list[Path]:
    return sorted(session.backup_folder().glob("*.db"))


def press(qtbot: QtBot, target: object, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)


def make_and_wait(qtbot: QtBot, page: ExchangePage) -> None:
    press(qtbot, page.window(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.message.level in ("good", "error"))


def open_restore(qtbot: QtBot, page: ExchangePage, backup: Path) -> RestoreDialog:
    page.restore(backup)
    dialog = page.restoring
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.confirm.isHidden() or dialog.message.level == "error")
    return dialog


def fail(*_given: object) -> None:
    raise ZeroDivisionError
