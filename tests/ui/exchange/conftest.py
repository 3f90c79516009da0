"""The page of data of a register with three workers, one of whom is enrolled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import Clock, make_plan, make_worker
from ui.exchange.page import ExchangePage
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=clock)
    made.open_file(tmp_path / "kantor" / "cakupan.db", user="rina")
    for serial in range(1, 4):
        made.opened_register.entries.save(
            make_worker(serial), make_plan(made.opened_register) if serial == 1 else None
        )
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    made.show()
    made.go_to("exchange")
    return made


@pytest.fixture
def page(window: MainWindow) -> ExchangePage:
    assert isinstance(window.page, ExchangePage)
    return window.page
