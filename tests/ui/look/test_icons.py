"""Every icon is drawn, in the colours of the palette, and every icon that the program names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.look import icons
from ui.look.palette import CONTRAST, LIGHT
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.places import Place

UI = Path(__file__).parent.parent.parent.parent / "ui"


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)


def colours_of(name: str, role: str) -> list[QColor]:
    image = icons.pixmap(name, role, 32).toImage()
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    return [pixel for pixel in pixels if pixel.alpha() == 255]


def is_near(one: QColor, other: QColor) -> bool:
    """Where strokes overlap, the smoothing of their edges rounds a little."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= 3 for a, b in pairs)


@pytest.mark.parametrize("name", icons.names())
def test_an_icon_is_drawn_in_the_colour_of_its_role(name: str) -> None:
    drawn = colours_of(name, "accent")
    assert drawn
    assert all(is_near(pixel, QColor(LIGHT.accent)) for pixel in drawn)


def test_every_icon_that_the_program_names_is_there() -> None:
    named = {place.icon for place in Place} | {"error", "warning", "good", "pin", "down"}
    for path in UI.rglob("*.py"):
        named |= set(re.findall(r'icon="([a-z_-]+)"', path.read_text("utf-8")))
    assert named <= set(icons.names())


def test_a_button_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Simpan")
    qtbot.addWidget(button)
    icons.put(button, "save")
    apply_look(qapp, Theme.CONTRAST, USUAL_POINT_SIZE)
    image = button.icon().pixmap(16, 16).toImage()
    pixels = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    assert QColor(CONTRAST.text) in pixels


def test_an_action_keeps_the_name_of_its_icon(qapp: QApplication) -> None:
    action = QAction("Simpan")
    icons.put(action, "save")
    assert icons.name_of(action) == "save"
    assert icons.name_of(QAction("Lain"), "next") == "next"
