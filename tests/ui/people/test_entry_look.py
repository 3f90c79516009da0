"""What a person sees and hears of the entry page: it fits, it is all Indonesian, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from models.register import Register
from tests.factories import make_plan, make_register, make_worker
from tests.ui.people.clerk import CTRL, SITI, Key, leave_pages, open_page
from ui.look.style import Theme

CATALOGUE = Path(__file__).parents[3] / "resources" / "locale" / "id" / "LC_MESSAGES" / "cakupan.po"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "a.db")
    yield made
    leave_pages()
    made.close()


def words_on(page: QWidget) -> set[str]:
    """Every text that the page can show or a screen reader can say."""
    found: set[str] = set()
    for widget in page.findChildren(QWidget):
        found |= {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        elif isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        elif isinstance(widget, QTableWidget):
            found |= {widget.horizontalHeaderItem(at).text() for at in range(3) if widget.horizontalHeaderItem(at)}
    found |= {action.text() for action in page.findChildren(QAction)}
    return {text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix(" *") for text in found if text}


def test_everything_on_the_page_is_indonesian(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), make_plan(register))
    clerk = open_page(qtbot, register, tmp_path)
    clerk.fill(name="Sitti Aminah")
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.press(Key.Key_F6)
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_D, CTRL)
    clerk.press(Key.Key_F3)
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="id")
    english = {
        str(message.id).replace("&&", "\0").replace("&", "").replace("\0", "&")
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.string != message.id
    }
    assert words_on(clerk.page) & english == set()


def test_everything_that_can_have_the_focus_has_a_name(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    clerk = open_page(qtbot, register, tmp_path)
    nameless = [
        widget
        for widget in clerk.page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_whole_form_fits_a_screen_of_1366_by_690(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    clerk = open_page(qtbot, register, tmp_path, width=1258, height=664)
    clerk.fill(scheme="asn", first_month="12026", payer_name="Mardi Yunus")
    assert clerk.page.panel.isVisible()
    assert clerk.form._scroll.verticalScrollBar().maximum() == 0
    clerk.go_to("nik")
    clerk.type("1401015708850001")
    clerk.enter()
    assert clerk.form.message_bar.level == "warning"
    assert clerk.form._scroll.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(("width", "height"), [(804, 486), (520, 358)])
def test_a_small_screen_hides_the_panel_and_scrolls_to_the_field(
    qtbot: QtBot, register: Register, tmp_path: Path, width: int, height: int
) -> None:
    clerk = open_page(qtbot, register, tmp_path, width=width, height=height)
    assert not clerk.page.panel.isVisible()
    for field in clerk.form.fields:
        if field.isVisible():
            clerk.go_to(field.name)
            inside = clerk.form._scroll.viewport().rect()
            assert inside.contains(field.mapTo(clerk.form._scroll.viewport(), field.rect().center())), field.name
    clerk.fill(scheme="saw", first_month="12026")
    assert "Rp50.400" in clerk.page._state.text()


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.CONTRAST, Theme.LIGHT])
def test_another_look_keeps_what_is_typed(qtbot: QtBot, register: Register, tmp_path: Path, theme: Theme) -> None:
    clerk = open_page(qtbot, register, tmp_path)
    clerk.fill(name="Siti")
    clerk.page.session.use_look(theme, 12.0)
    assert clerk.text("name") == "Siti"
    assert clerk.field == "sex"


def test_the_card_of_look_alikes_says_it_to_a_screen_reader(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(7, born_on=date(1985, 8, 17)), None)
    clerk = open_page(qtbot, register, tmp_path)
    clerk.fill(nik=SITI, family_card="", phone="", name="Siti Aminah")
    qtbot.waitUntil(lambda: clerk.page.panel.look_alikes.accessibleName() == "Mungkin orang yang sama (1)")
    assert "Siti Aminah · Talu" in clerk.page.panel.look_alikes.accessibleDescription()
