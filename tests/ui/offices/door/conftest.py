"""A window in front of a register with three users, one of whom may already be at work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import open_register
from tests.factories import NOW, Clock
from tests.ui.offices.door.steps import PASSWORD, entry_of, log_in
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reni keeps the register; Siti is a clerk, Doni a supervisor. Not to be written to: passwords take their time."""
    path = tmp_path_factory.mktemp("staffed") / "talu.db"
    register = open_register(path, user="komputer", clock=lambda: NOW)
    register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)
    register.users.add(User("siti", Role.CLERK, "Siti Aminah"), PASSWORD + " siti")
    register.users.add(User("doni", Role.SUPERVISOR), PASSWORD + " doni")
    register.close()
    return path


@pytest.fixture
def path(staffed: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    return Path(shutil.copy(staffed, tmp_path / "talu.db"))


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=clock)
    made.asks_for_administrator = True
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Painted, with no register yet, and without the question about a backup on closing."""
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda it: it._pages.clear())
    made.resize(1366, 740)
    with qtbot.waitSignal(made.first_painted):
        made.show()
    qtbot.waitUntil(lambda: bool(made.actions()))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    if made._guard is not None:
        made._guard.stop()


@pytest.fixture
def opened(window: MainWindow, session: Session, path: Path) -> MainWindow:
    """The register is open, and nobody has logged in."""
    session.open_file(path, user="komputer", must_exist=True)
    return window


@pytest.fixture
def siti(qtbot: QtBot, opened: MainWindow) -> MainWindow:
    """The clerk is at the entry page and has typed half a name."""
    log_in(qtbot, opened, "siti", PASSWORD + " siti")
    form = entry_of(opened).form
    form.go_to("name")
    qtbot.keyClicks(form["name"], "rosna  widy")
    form["name"].setCursorPosition(3)
    return opened
