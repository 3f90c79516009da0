"""The window as a person uses it: places, finding, help, text size, language, the state at the bottom, closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from models.offices.office import OfficeSettings
from models.problems import StorageFailure
from models.register import open_register
from models.storage.backup import make_backup
from tests.factories import make_worker
from ui.fields.field import Field
from ui.fields.messages import MessageBar
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.page import Page
from ui.places import PAGES, Place
from ui.preferences import Preferences
from ui.session import Session
from ui.status import backup_age
from ui.window import MainWindow

NOW = datetime(2026, 11, 22, 10, 0)
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Plain(Page):
    """A page that only remembers what happened to it."""

    title = "Page"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.happened: list[object] = []
        self.lets_go = True
        self.field = Field("field", "Isian", parent=self)
        self.add_action("Isi && kosongkan", lambda: self.happened.append("action"), keys="Ctrl+J", icon="edit")

    def shown(self) -> None:
        self.happened.append("shown")
        self.field.setFocus()

    def leaving(self) -> bool:
        return self.lets_go

    def show_target(self, target: object) -> None:
        self.happened.append(target)


class Unreadable(Plain):
    """A page that finds the file busy when it is first opened."""

    is_busy = True

    def __init__(self, session: Session) -> None:
        if Unreadable.is_busy:
            sentence = "The file {file} is being used by another program. Close that program, then try again."
            raise StorageFailure("locked", sentence, file="a.db")
        super().__init__(session)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Open and painted, with plain pages, no question about a backup on closing, and no register yet."""
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    for place in Place:
        monkeypatch.setitem(PAGES, place, f"{__name__}:Plain")
    return show(qtbot, session)


@pytest.fixture
def opened(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """With a register."""
    session.use_register(open_register(tmp_path / "rekap.db", user="Rina", clock=session.clock))
    return window


def show(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda it: it._pages.clear())
    with qtbot.waitSignal(made.first_painted):
        made.show()
    qtbot.waitUntil(lambda: bool(made.actions()))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifiers)


def words_of(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_the_window_is_painted_before_the_register_is_open(window: MainWindow) -> None:
    assert window.page is None
    assert "Membuka berkas data" in words_of(window)


def test_control_and_a_digit_lead_to_the_seven_places(qtbot: QtBot, opened: MainWindow) -> None:
    seen = []
    for digit in range(1, 8):
        press(qtbot, opened, Qt.Key(Qt.Key.Key_0 + digit), CONTROL)
        seen.append(opened.place)
        assert opened.page is not None
        assert opened.page.isVisible()
    assert seen == list(Place)


def test_the_places_are_named_as_in_the_office(opened: MainWindow) -> None:
    words = [button.text().replace("\n", " ").replace("&&", "&") for button in opened._rail.findChildren(QToolButton)]
    assert words == ["Entri", "Pekerja", "Skema & Dana", "Cakupan", "Surat & Laporan", "Data", "Pengaturan"]
    assert all(not button.icon().isNull() for button in opened._rail.findChildren(QToolButton))


def test_a_page_is_made_on_the_first_visit_and_kept(opened: MainWindow) -> None:
    assert list(opened._pages) == [Place.ENTRY]
    opened.go_to("workers")
    first = opened.page
    opened.go_to("entry")
    opened.go_to("workers")
    assert opened.page is first
    assert first.happened == ["shown", "shown"]


def test_a_page_that_does_not_let_go_stays_in_front(qtbot: QtBot, opened: MainWindow) -> None:
    opened.page.lets_go = False
    press(qtbot, opened, Qt.Key.Key_2, CONTROL)
    assert opened.place is Place.ENTRY
    assert opened._rail._buttons[Place.ENTRY].isChecked()


def test_another_page_may_ask_for_a_thing(opened: MainWindow, session: Session) -> None:
    session.go_to(Place.WORKERS, 17)
    assert opened.page.happened == ["shown", 17]


def test_the_place_where_one_was_is_remembered(
    qtbot: QtBot, opened: MainWindow, session: Session, tmp_path: Path
) -> None:
    opened.go_to("coverage")
    opened.close()
    again = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    assert show(qtbot, again).place is Place.COVERAGE
    again.close()


def test_the_keys_of_a_page_work_only_in_front(qtbot: QtBot, opened: MainWindow) -> None:
    entry = opened.page
    press(qtbot, opened, Qt.Key.Key_J, CONTROL)
    opened.go_to("workers")
    press(qtbot, opened, Qt.Key.Key_J, CONTROL)
    assert entry.happened == ["shown", "action"]


def test_control_k_finds_a_place_by_any_word_of_it(qtbot: QtBot, opened: MainWindow) -> None:
    press(qtbot, opened, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "lapor")
    press(qtbot, opened, Qt.Key.Key_Return)
    assert opened.place is Place.PAPERS


def test_control_k_finds_what_the_page_can_do(qtbot: QtBot, opened: MainWindow) -> None:
    press(qtbot, opened, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "kosong")
    press(qtbot, opened, Qt.Key.Key_Return)
    assert opened.page.happened == ["shown", "action"]


def test_control_k_finds_a_person_by_name_and_by_a_part_of_the_nik(qtbot: QtBot, opened: MainWindow) -> None:
    worker = make_worker(name="Zulkifli Koto")
    saved = opened.session.register.entries.save(worker, None).worker
    for typed in ("zulk", worker.nik[:14]):
        opened.go_to("entry")
        press(qtbot, opened, Qt.Key.Key_K, CONTROL)
        qtbot.keyClicks(QApplication.focusWidget(), typed)
        assert any("Zulkifli Koto" in found.text for found in opened._finder._found)
        press(qtbot, opened, Qt.Key.Key_Return)
        assert opened.place is Place.WORKERS
        assert opened.page.happened[-1] == saved.id


def test_control_k_goes_away_with_escape_and_gives_the_focus_back(qtbot: QtBot, opened: MainWindow) -> None:
    before = QApplication.focusWidget()
    press(qtbot, opened, Qt.Key.Key_K, CONTROL)
    assert QApplication.focusWidget() is not before
    press(qtbot, opened, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert not opened._finder.isVisible()


def test_control_k_says_when_nothing_is_found(qtbot: QtBot, opened: MainWindow) -> None:
    press(qtbot, opened, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "zzzz")
    assert opened._finder.list.item(0).text().startswith("Tidak ditemukan")
    press(qtbot, opened, Qt.Key.Key_Return)
    assert opened.place is Place.ENTRY


def test_f1_opens_the_help_of_the_place(qtbot: QtBot, opened: MainWindow) -> None:
    opened.go_to("coverage")
    press(qtbot, opened, Qt.Key.Key_F1)
    assert "Cakupan = (B + A(t) - A(d)) / E" in opened._help.text.toPlainText()
    qtbot.waitUntil(opened._help.isActiveWindow)
    qtbot.keyClick(opened._help.text, Qt.Key.Key_Escape)
    assert not opened._help.isVisible()


def test_the_list_of_keys_names_those_of_the_page_too(qtbot: QtBot, opened: MainWindow) -> None:
    press(qtbot, opened, Qt.Key.Key_Slash, CONTROL)
    text = opened._help.text.toPlainText()
    for part in ("Ctrl+J", "Isi & kosongkan", "Ctrl+7", "Pengaturan", "F8"):
        assert part in text


def test_the_text_grows_and_shrinks(qtbot: QtBot, opened: MainWindow, session: Session) -> None:
    press(qtbot, opened, Qt.Key.Key_Plus, CONTROL)
    assert QApplication.font().pointSizeF() == 11.0
    press(qtbot, opened, Qt.Key.Key_Minus, CONTROL)
    press(qtbot, opened, Qt.Key.Key_Minus, CONTROL)
    assert QApplication.font().pointSizeF() == 10.0
    press(qtbot, opened, Qt.Key.Key_0, CONTROL)
    assert QApplication.font().pointSizeF() == session.preferences.point_size == USUAL_POINT_SIZE


def test_the_language_changes_without_a_restart(opened: MainWindow, session: Session) -> None:
    session.use_language("en")
    assert "Settings" in [button.text() for button in opened._rail.findChildren(QToolButton)]
    assert opened.page is not None
    assert "Quit" in [action.text() for action in opened.actions()]
    session.use_language("id")
    assert "Keluar" in [action.text() for action in opened.actions()]


def test_the_bottom_line_tells_file_backup_workers_and_user(opened: MainWindow, session: Session) -> None:
    assert opened.statusBar().isVisible()
    shown = words_of(opened)
    for part in ("rekap.db", "Belum ada cadangan", "0 pekerja", "Rina"):
        assert part in shown
    register = session.opened_register
    session.keep_backup(make_backup(register.path, session.backup_folder(), NOW - timedelta(hours=2)).manifest)
    assert "Cadangan 2 jam lalu" in words_of(opened)


def test_a_message_stands_at_the_bottom(opened: MainWindow, session: Session) -> None:
    session.message("Tersimpan: Zulkifli")
    assert opened.statusBar().currentMessage() == "Tersimpan: Zulkifli"


@pytest.mark.parametrize(
    ("age", "level", "words"),
    [
        (None, "error", "Belum ada cadangan"),
        (timedelta(seconds=30), "good", "Cadangan baru saja dibuat"),
        (timedelta(hours=23), "good", "Cadangan 23 jam lalu"),
        (timedelta(hours=30), "warning", "Cadangan 30 jam lalu"),
        (timedelta(days=7), "warning", "Cadangan 7 hari lalu"),
        (timedelta(days=8), "error", "Cadangan 8 hari lalu"),
        (timedelta(minutes=-5), "good", "Cadangan baru saja dibuat"),
    ],
)
def test_an_old_backup_is_told_in_words_and_not_by_colour_alone(
    age: timedelta | None, level: str, words: str
) -> None:
    assert backup_age(None if age is None else NOW - age, NOW) == (level, words)


def test_the_title_names_the_file_and_a_sample(opened: MainWindow, session: Session, tmp_path: Path) -> None:
    assert opened.windowTitle() == "rekap.db · Cakupan"
    sample = open_register(
        tmp_path / "contoh.db", user="Rina", clock=session.clock, new=OfficeSettings(is_sample=True)
    )
    session.use_register(sample)
    assert opened.windowTitle() == "contoh.db · CONTOH · Cakupan"
    assert "CONTOH: orang-orang ini tidak ada" in words_of(opened)


def test_a_register_that_can_only_be_read_says_so(opened: MainWindow, session: Session, tmp_path: Path) -> None:
    open_register(tmp_path / "baca.db", user="Rina", clock=session.clock).close()
    session.use_register(open_register(tmp_path / "baca.db", user="Rina", clock=session.clock, read_only=True))
    assert "hanya untuk dibaca" in words_of(opened)


def test_trouble_is_told_with_ways_out(window: MainWindow) -> None:
    failure = StorageFailure("locked", "The file is in use.")
    again = QPushButton("Coba lagi")
    window.show_trouble(failure.text, again)
    bar = next(bar for bar in window.findChildren(MessageBar) if bar.isVisible())
    assert (bar.text, bar.level) == (failure.text, "error")
    assert again.isVisible()
    window.show_waiting()
    assert "Membuka berkas data" in words_of(window)


def test_closing_asks_every_page_and_then_closes_the_register(opened: MainWindow, session: Session) -> None:
    page = opened.page
    page.lets_go = False
    assert not opened.close()
    assert session.register is not None
    page.lets_go = True
    assert opened.close()
    assert session.register is None


def test_the_window_comes_back_where_it_was(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    opened.resize(700, 400)
    opened.close()
    again = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    assert show(qtbot, again).size().toTuple() == (700, 400)
    again.close()


def test_all_seven_places_are_in_sight_in_a_low_window(opened: MainWindow) -> None:
    opened.resize(683, 345)
    QApplication.processEvents()
    assert opened.size().toTuple() == (683, 345)
    assert opened._rail._buttons[Place.SETTINGS].geometry().bottom() <= opened._rail.height()


def test_every_focusable_widget_of_the_frame_has_a_name(opened: MainWindow) -> None:
    for button in opened.findChildren(QToolButton):
        assert button.accessibleName()


def test_a_page_that_cannot_be_read_says_why_and_can_be_tried_again(
    qtbot: QtBot, opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, Place.COVERAGE, f"{__name__}:Unreadable")
    monkeypatch.setattr(Unreadable, "is_busy", True)
    opened.go_to(Place.COVERAGE)
    assert opened.page is None
    bar = next(bar for bar in opened.findChildren(MessageBar) if bar.isVisible())
    assert "sedang dipakai program lain" in bar.text
    opened.go_to(Place.ENTRY)
    assert isinstance(opened.page, Plain)
    opened.go_to(Place.COVERAGE)
    monkeypatch.setattr(Unreadable, "is_busy", False)
    again = next(one for one in opened.findChildren(QPushButton) if one.isVisible() and one.text() == "Coba lagi")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert isinstance(opened.page, Unreadable)
    assert opened.page.isVisible()
