"""Each role at each page: nothing breaks, whatever may not be done says why, and nothing is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import Right, Role, User
from models.register import Register, open_register
from models.sample.making import make_sample
from models.values.months import Month
from tests.factories import NOW, make_plan, make_worker
from ui.coverage.page import CoveragePage
from ui.exchange.page import ExchangePage
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.offices.page import SettingsPage
from ui.papers.page import PapersPage
from ui.people.entry_page import EntryPage
from ui.people.workers_page import WorkersPage
from ui.places import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

REFUSAL = "tidak mencakup"
"""Part of every sentence that refuses for want of a right."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with a person of each role, nobody of whom has logged in."""
    path = tmp_path_factory.mktemp("roles") / "contoh.db"
    make_sample(path, now=NOW, workers=60)
    register = open_register(path, user="komputer", clock=lambda: NOW)
    for role in (Role.ADMINISTRATOR, *(other for other in Role if other is not Role.ADMINISTRATOR)):
        register.users.add(User(role.value, role), f"kata sandi {role.value}")
    register.close()
    return path


@pytest.fixture
def register(sample: Path, tmp_path: Path) -> Register:
    path = Path(shutil.copy(sample, tmp_path / "contoh.db"))
    return open_register(path, user="komputer", clock=lambda: NOW)


@pytest.fixture
def session(qapp: QApplication, register: Register, tmp_path: Path) -> Iterator[Session]:
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    made = Session(Preferences(tmp_path / "window.ini"), register=register, clock=lambda: NOW)
    yield made
    made.close()


def become(register: Register, role: Role) -> None:
    """Logged in, without waiting for the password to be compared."""
    register.users.let_in(next(user for user in register.users.all() if user.role is role))


def opened(qtbot: QtBot, session: Session, role: Role, place: Place) -> MainWindow:
    become(session.opened_register, role)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda it: it._pages.clear())
    window.resize(1366, 740)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    window.go_to(place)
    qtbot.waitUntil(lambda: not session.background.is_busy, timeout=20_000)
    QApplication.processEvents()
    return window


def told(window: MainWindow) -> str:
    """Everything that can be read."""
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*labels, window.statusBar().currentMessage()])


def written(register: Register) -> int:
    return register.audit.count()


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("role", list(Role))
def test_every_action_of_every_page_is_there_for_every_role_and_none_breaks(
    qtbot: QtBot, session: Session, role: Role, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed one after the other as Ctrl+K would; a mistake of the program would fail the test."""
    window = opened(qtbot, session, role, place)
    page = window.page
    assert page is not None
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_given: ("", ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_given: ("", ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_given: "")
    for name in ("choose_file", "choose_folder", "choose_new"):
        if hasattr(page, name):
            setattr(page, name, lambda *_given: "")
    if isinstance(page, PapersPage):
        page.choose_printer = lambda: None
        page.open_outside = lambda _url: True
    for action in page.actions():
        assert action.isEnabled()
        action.trigger()
        qtbot.waitUntil(lambda: not session.background.is_busy, timeout=20_000)
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible():
                other.close()


def test_no_page_shows_a_window_of_its_own_while_it_is_made(qtbot: QtBot, session: Session) -> None:
    """It would take the focus away from whoever types."""

    class Watcher(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[QObject] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(watched)
            return False

    window = opened(qtbot, session, Role.ADMINISTRATOR, Place.ENTRY)
    watcher = Watcher()
    app = QApplication.instance()
    assert app is not None
    window._drop_pages()
    app.installEventFilter(watcher)
    for place in Place:
        window.go_to(place)
    app.removeEventFilter(watcher)
    assert watcher.seen == []


def test_a_clerk_registers_and_is_told_why_she_cannot_correct(qtbot: QtBot, session: Session) -> None:
    window = opened(qtbot, session, Role.CLERK, Place.ENTRY)
    register = session.opened_register
    saved = register.entries.save(make_worker(), make_plan(register)).worker
    assert saved.id is not None
    page = window.page
    assert isinstance(page, EntryPage)
    page.show_target(saved.id)
    page.form["address"].set_value("Jl. Lain 3")
    page.form["address"].was_edited = True
    before = written(register)
    page.save()
    assert REFUSAL in page.form.message_bar.text
    assert written(register) == before


def test_a_correction_by_who_may_not_is_refused_or_asked_for(qtbot: QtBot, session: Session) -> None:
    window = opened(qtbot, session, Role.CLERK, Place.WORKERS)
    register = session.opened_register
    page = window.page
    assert isinstance(page, WorkersPage)
    page.show_target(1)
    assert page.record is not None
    worker = register.workers.get(1)
    page.record.save()
    assert register.workers.get(1) == worker


@pytest.mark.parametrize("role", [Role.CLERK, Role.VERIFIER])
def test_figures_are_not_published_by_everybody(qtbot: QtBot, session: Session, role: Role) -> None:
    window = opened(qtbot, session, role, Place.COVERAGE)
    page = window.page
    assert isinstance(page, CoveragePage)
    figures = page.figures
    page.show_figures()
    figures.table.setCurrentCell(0, 0)
    before = written(session.opened_register)
    figures.withdraw()
    figures.withdraw()
    assert REFUSAL in figures.form.message_bar.text
    for name, text in (("number", "1000"), ("counted_on", "1/3/2026"), ("source", "BPS")):
        figures.form[name].set_text_as_typed(text)
    figures.save()
    assert REFUSAL in figures.form.message_bar.text
    assert written(session.opened_register) == before


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.CLERK, False), (Role.VERIFIER, False), (Role.SUPERVISOR, True), (Role.ADMINISTRATOR, True)],
)
def test_backing_up_on_demand_needs_its_right(
    qtbot: QtBot, session: Session, role: Role, may: bool, tmp_path: Path
) -> None:
    session.use_backup_folder(tmp_path / "stik")
    window = opened(qtbot, session, role, Place.EXCHANGE)
    page = window.page
    assert isinstance(page, ExchangePage)
    page.back_up()
    qtbot.waitUntil(lambda: not session.background.is_busy, timeout=30_000)
    assert bool(list((tmp_path / "stik").glob("*.db"))) is may
    assert (REFUSAL in told(window)) is not may


@pytest.mark.parametrize("role", [Role.CLERK, Role.VERIFIER, Role.SUPERVISOR])
def test_settings_are_read_by_all_and_changed_by_administrators(qtbot: QtBot, session: Session, role: Role) -> None:
    window = opened(qtbot, session, role, Place.SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    assert all(field.isReadOnly() for field in page.form.fields)
    assert "yang mengubahnya pengelola" in page.form.message_bar.text
    before = written(session.opened_register)
    page.save()
    assert REFUSAL in page.form.message_bar.text
    page.villages.load()
    assert REFUSAL in page.villages.message.text
    assert written(session.opened_register) == before


def test_nothing_is_issued_by_who_may_not_print(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every role may print today; the page asks all the same."""
    monkeypatch.setattr("models.offices.users.RIGHTS", {role: frozenset[Right]() for role in Role})
    window = opened(qtbot, session, Role.CLERK, Place.PAPERS)
    page = window.page
    assert isinstance(page, PapersPage)
    page.choose_file = lambda _name: str(tmp_path / "surat.pdf")
    page.choice.choose_summary(Month(2026, 10))
    page.save()
    qtbot.waitUntil(lambda: not session.background.is_busy, timeout=20_000)
    assert REFUSAL in page.messages.text
    assert not (tmp_path / "surat.pdf").exists()


@pytest.mark.parametrize("right", list(Right))
def test_whoever_lacks_a_right_is_told_which(register: Register, right: Right) -> None:
    for role in Role:
        become(register, role)
        if not register.may(right):
            with pytest.raises(Exception, match="no_right"):
                register.require(right)
    register.close()
