"""Changing clothes: themes and sizes of text."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.look.palette import CONTRAST, DARK, LIGHT, Palette
from ui.look.style import (
    FONT_FAMILY,
    POINT_SIZES,
    USUAL_POINT_SIZE,
    Theme,
    apply_look,
    current,
    follow_system,
    set_role,
    wants_contrast,
)  # fmt: skip


def test_the_style_is_fusion_everywhere(qapp: QApplication) -> None:
    qapp.setStyleSheet("")
    qapp.setStyle("Windows")
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    qapp.setStyleSheet("")
    assert qapp.style().name() == "fusion"


def test_the_same_look_again_dresses_nothing_anew(qtbot: QtBot, qapp: QApplication) -> None:
    class Dressed(QPushButton):
        times = 0

        def changeEvent(self, event: QEvent) -> None:
            super().changeEvent(event)
            self.times += event.type() == QEvent.Type.StyleChange

    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    button = Dressed("Simpan")
    qtbot.addWidget(button)
    button.show()
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    assert button.times == 0
    apply_look(qapp, Theme.DARK, USUAL_POINT_SIZE)
    assert button.times == 1


@pytest.mark.parametrize(("theme", "palette"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.CONTRAST, CONTRAST)])
def test_a_theme_dresses_everything_in_its_palette(qapp: QApplication, theme: Theme, palette: Palette) -> None:
    apply_look(qapp, theme, USUAL_POINT_SIZE)
    assert current() is palette
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == palette.window
    assert palette.surface in qapp.styleSheet()


def test_the_font_is_the_one_of_the_papers_and_comes_with_the_program(qapp: QApplication) -> None:
    apply_look(qapp, Theme.LIGHT, 12.0)
    assert QFontInfo(qapp.font()).family() == FONT_FAMILY
    assert qapp.font().pointSizeF() == 12.0


@pytest.mark.parametrize(("theme", "palette"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.CONTRAST, CONTRAST)])
def test_the_main_button_looks_off_when_it_is_off(qtbot: QtBot, theme: Theme, palette: Palette) -> None:
    apply_look(QApplication.instance(), theme, USUAL_POINT_SIZE)  # type: ignore[arg-type]
    button = QPushButton("Setujui")
    qtbot.addWidget(button)
    set_role(button, "primary")
    button.resize(200, 40)
    assert button.grab().toImage().pixelColor(8, 20).name() == palette.accent
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(8, 20).name() == palette.button


@pytest.mark.parametrize(("theme", "size"), list(product(Theme, (POINT_SIZES[0], POINT_SIZES[-1]))))
def test_no_text_has_its_size_in_pixels(qapp: QApplication, theme: Theme, size: float) -> None:
    apply_look(qapp, theme, size)
    assert re.findall(r"font-size:[^;]*px", qapp.styleSheet()) == []


def test_as_the_computer_means_light_where_the_computer_says_nothing(qapp: QApplication) -> None:
    follow_system(qapp, Theme.DARK)
    apply_look(qapp, Theme.DARK, USUAL_POINT_SIZE)
    follow_system(qapp, Theme.SYSTEM)
    apply_look(qapp, Theme.SYSTEM, USUAL_POINT_SIZE)
    assert current() is LIGHT
    assert [wants_contrast(qapp) for _turn in range(3)] == [False] * 3
