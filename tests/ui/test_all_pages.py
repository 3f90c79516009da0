"""Every page with a sample district in it: nothing English, a name for everything, no Alt letter twice, and it fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.register import open_register
from models.sample.making import make_sample
from ui.fields.letters import letters_in
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.places import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

NOW = datetime(2026, 11, 22, 10, 0)
ENGLISH = re.compile(
    r"\b(the|of|and|with|is|are|not|for|this|that|from|was|been|has|have|which|who|will|can|cannot|or|it|"
    r"save|saved|cancel|print|close|delete|choose|month|workers?|file|name|date|search|find|none|all|new)\b",
    re.IGNORECASE,
)
"""Words that no Indonesian sentence holds; ``data``, ``program`` and ``status`` are Indonesian too."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a believable district."""
    path = tmp_path_factory.mktemp("sample") / "contoh.db"
    make_sample(path, now=NOW, workers=60)
    return path


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, sample: Path, tmp_path: Path) -> Iterator[MainWindow]:
    session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    made = MainWindow(session)
    made.resize(1366, 740)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.first_painted):
        made.show()
    session.use_register(open_register(sample, user="Rina", clock=session.clock, read_only=True))
    yield made
    session.close()


@pytest.fixture(params=list(Place))
def place(request: pytest.FixtureRequest, qtbot: QtBot, window: MainWindow) -> Place:
    """Each place in turn, in front, with everything it reads in the background read."""
    window.go_to(request.param)
    qtbot.waitUntil(lambda: not window.session.background.is_busy)
    QApplication.processEvents()
    assert isinstance(request.param, Place)
    return request.param


def shown(window: MainWindow) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def words_of(widget: QWidget) -> Iterator[str]:
    """Everything a person or a screen reader finds on it."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield re.sub(r"<[^>]+>", " ", widget.text())
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QListView) and widget.model() is not None:
        model = widget.model()
        yield from (str(model.index(at, 0).data() or "") for at in range(min(model.rowCount(), 100)))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for at in range(model.columnCount()):
            yield str(model.headerData(at, Qt.Orientation.Horizontal) or "")


def test_nothing_english_is_visible(window: MainWindow, place: Place) -> None:
    texts = [text for widget in shown(window) for text in words_of(widget)]
    texts += [action.text() for action in window._all_actions()]
    assert {text for text in texts if ENGLISH.search(text) and not Path(text).is_absolute()} == set()


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, place: Place) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in shown(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QAbstractSpinBox)
        and not (isinstance(widget.parent(), QAbstractScrollArea | QComboBox))
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


def test_no_alt_letter_is_there_twice(window: MainWindow, place: Place) -> None:
    texts = [
        widget.text()
        for widget in shown(window)
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None)
    ]
    assert [letter for letter, count in Counter(letters_in(texts)).items() if count > 1] == []


def test_the_page_fits_into_the_smallest_screens(qtbot: QtBot, window: MainWindow, place: Place) -> None:
    """At 150 % a screen of 1366 x 768 has 911 x 512 left, the window's title and the task bar included."""
    window.resize(911, 460)
    QApplication.processEvents()
    assert window.size().toTuple() == (911, 460)
    assert window.page is not None
    needed, given = window.page.minimumSizeHint(), window.page.parentWidget().size()
    assert (needed.width() <= given.width(), needed.height() <= given.height()) == (True, True), (needed, given)
