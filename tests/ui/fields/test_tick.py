"""A box to tick: by the mouse anywhere on it, by the space bar, and seen in every look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.fields.tick import Tick
from ui.look.style import Theme, apply_look


def test_a_click_on_the_words_and_the_space_bar_tick_it(qtbot: QtBot) -> None:
    tick = Tick("&Ingat di komputer ini")
    qtbot.addWidget(tick)
    tick.show()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 4, tick.height() // 2))
    assert tick.isChecked()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()
    tick.setEnabled(False)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not tick.isChecked()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.CONTRAST])
@pytest.mark.parametrize("enabled", [True, False])
def test_its_frame_is_seen_in_every_look(qtbot: QtBot, qapp: QApplication, theme: Theme, enabled: bool) -> None:
    apply_look(qapp, theme, 10.5)
    tick = Tick("Ingat")
    qtbot.addWidget(tick)
    tick.setEnabled(enabled)
    tick.show()
    shown = tick.grab().toImage()
    middle = shown.height() // 2
    lights = [shown.pixelColor(x, middle).lightness() for x in range(8)]
    assert max(lights) - min(lights) > 40, lights
    apply_look(qapp, Theme.LIGHT, 10.5)
