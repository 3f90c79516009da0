"""A window without a register, on a computer with a safe place for keys or without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import NOW
from tests.ui.offices.passphrase.steps import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The computer has a safe place for keys."""
    before, made = keyring.get_keyring(), Place()
    keyring.set_keyring(made)
    yield made
    if made.hangs is not None:
        made.hangs.set()
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def nowhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """Without the fixture above the computer has none, as a Linux without a desktop."""
    if "place" in request.fixturenames:
        yield
        return
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.asks_for_administrator = True
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    with qtbot.waitSignal(made.first_painted):
        made.show()
    yield made
    for window in QApplication.topLevelWidgets():
        if window is not made and window.isVisible():
            window.close()
