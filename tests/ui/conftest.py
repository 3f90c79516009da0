"""Patience: two processes of tests, and whatever else, share the computer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

PATIENCE = 20_000
"""Milliseconds after which whatever is waited for has failed; never how long anything takes."""


class PatientBot(QtBot):
    """The usual one gives up after five seconds."""

    def waitUntil(self, *what: Any, timeout: int = PATIENCE) -> None:
        super().waitUntil(*what, timeout=timeout)

    def waitSignal(self, *what: Any, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignal(*what, timeout=timeout, **how)

    def waitActive(self, *what: Any, timeout: int = PATIENCE) -> Any:
        return super().waitActive(*what, timeout=timeout)

    def waitExposed(self, *what: Any, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(*what, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)
