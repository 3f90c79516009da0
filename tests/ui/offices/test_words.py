"""Settings, data and first start speak Indonesian alone while Indonesian is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableWidget, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import NOW, make_worker
from ui.exchange.closing import ClosingDialog
from ui.exchange.page import ExchangePage
from ui.exchange.restoring import RestoreDialog
from ui.fields.letters import without_letter
from ui.offices.first_start_dialog import FirstStartDialog
from ui.offices.page import SettingsPage
from ui.page import Page
from ui.preferences import Preferences
from ui.session import Session

CATALOGUE = Path(__file__).parents[3] / "resources" / "locale" / "id" / "LC_MESSAGES" / "cakupan.po"


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Every sentence that reads otherwise in Indonesian."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="id")
    return {
        without_letter(str(message.id))
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.string not in ("", message.id)
    }


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "cakupan.db", user="rina")
    made.opened_register.entries.save(make_worker(1), None)
    yield made
    made.close()


def words_of(shown: QWidget) -> Iterator[str]:
    """What a person or a screen reader may read."""
    for widget in (shown, *shown.findChildren(QWidget)):
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        if isinstance(widget, QTableWidget):
            heads = (widget.horizontalHeaderItem(at) for at in range(widget.columnCount()))
            yield from (head.text() for head in heads if head is not None)
        if isinstance(widget, QTabWidget):
            yield from (widget.tabText(at) for at in range(widget.count()))
        yield from (action.text() for action in widget.actions())


@pytest.mark.parametrize("kind", [SettingsPage, ExchangePage])
def test_a_page_shows_no_english(qtbot: QtBot, session: Session, english: set[str], kind: type[Page]) -> None:
    page = kind(session)
    qtbot.addWidget(page, before_close_func=lambda _page: session.use_register(None))
    page.show()
    page.shown()
    assert {without_letter(word) for word in words_of(page)} & english == set()


@pytest.mark.parametrize("kind", ["first start", "closing", "restoring"])
def test_a_question_shows_no_english(
    qtbot: QtBot, session: Session, english: set[str], kind: str, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = {
        "first start": lambda: FirstStartDialog(session, tmp_path / "baru.db", parent),
        "closing": lambda: ClosingDialog(session, parent),
        "restoring": lambda: RestoreDialog(
            session, tmp_path / "tiada.db", parent, path=tmp_path / "a.db", user="rina"
        ),
    }[kind]()
    dialog.open()
    qtbot.waitUntil(lambda: not session.background.is_busy)
    assert {without_letter(word) for word in words_of(dialog)} & english == set()
