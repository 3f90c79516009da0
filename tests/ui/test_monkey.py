"""A monkey at the keyboard: whatever is pressed or pasted, on whatever page, nothing breaks and no text is lost."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from models import language
from models.problems import StorageFailure
from models.register import Register, open_register
from models.sample.making import make_sample
from models.storage.check import check_file
from models.storage.drafts import Draft
from models.storage.driver import Connection, connect
from tests.ui.test_all_pages import ENGLISH, words_of
from ui.look.style import USUAL_POINT_SIZE, Theme, apply_look
from ui.people.entry_desk import EntryDesk
from ui.people.entry_page import EntryPage
from ui.places import Place
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

NOW = datetime(2026, 11, 22, 10, 0)
KEYS = 220
"""Pressed for each seed."""
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key
Press = tuple[Qt.Key, Qt.KeyboardModifier]

TYPED = (
    "Siti Nurhaliza, S.Pd", "Drs. H. Buyung", "1312035708850001", "1312030101900002", "pemanen sawit", "koto",
    "sungai aua", "31/02/1985", "00/00/0000", "29 feb 1900", "17081985", "1,5 jt", "1e9", "-5", "999999999999999999",
    "08 satu dua", "13/2026", "nov 2026", "0", "200", "abc", "sawit", "1", "dbh", "mandiri", "L", "perempuan", "=1+1",
    "<b>tebal</b>", "%s {nama}",
)  # fmt: skip
PASTED = (
    "x" * 10_000, "1" * 10_000, "a\x00b", "\x00\x01\x02\x1b\x7f\x85", "kebun \ud800", "\udc00\udfff",
    "\u202eاسم عربي\u202c",
    "👩🏽‍🌾🌴", "1.312.035.708.850.000", "1,31203E+15", "1.5E+06", "Rp 2.500.000,00", "45981", '=HYPERLINK("http://x";"y")',
    "1312035708850001\tSiti Aminah\t17/08/1985\tPadang\r\n1312035708850002\tBuyung\r\n", "satu\ndua\r\ntiga\t\tempat",
    "\ufeff\u200b\u00a0 ", "Ｓｉｔｉ", "١٩٨٥", "e\u0301" * 50,
)  # fmt: skip
MOVES: tuple[Press, ...] = (
    (Key.Key_Tab, NONE), (Key.Key_Backtab, SHIFT), (Key.Key_Return, NONE), (Key.Key_Return, SHIFT), (Key.Key_Up, NONE),
    (Key.Key_Down, NONE), (Key.Key_Left, NONE), (Key.Key_Right, NONE), (Key.Key_PageDown, NONE), (Key.Key_End, NONE),
)  # fmt: skip
EDITS: tuple[Press, ...] = (
    (Key.Key_Z, CTRL), (Key.Key_A, CTRL), (Key.Key_Delete, NONE), (Key.Key_Backspace, NONE), (Key.Key_Insert, NONE),
    (Key.Key_X, CTRL), (Key.Key_Space, NONE),
)  # fmt: skip
COMMANDS: tuple[Press, ...] = (
    *((Key(Key.Key_F1 + at), NONE) for at in range(9)), (Key.Key_Escape, NONE), (Key.Key_S, CTRL),
    (Key.Key_Return, CTRL), (Key.Key_K, CTRL), (Key.Key_L, CTRL), (Key.Key_D, CTRL), (Key.Key_U, CTRL),
    (Key.Key_N, CTRL), (Key.Key_F, CTRL), (Key.Key_P, CTRL), (Key.Key_E, CTRL),
    *((Key(Key.Key_A + at), ALT) for at in range(26)),
)  # fmt: skip
PLACES: tuple[Press, ...] = tuple((Key(Key.Key_1 + at), CTRL) for at in range(7))
OFTEN = {"type": 24, "paste": 8, "move": 30, "edit": 8, "command": 22, "place": 2, "home": 6}
"""How often of a hundred times it does what."""


class Monkey:
    """Presses one key after another and looks at the window after each."""

    def __init__(self, window: MainWindow, home: Place, seed: int) -> None:
        self._window, self._home = window, home
        self._random = random.Random(f"{home}{seed}")
        self._pressed: list[str] = []

    def work(self, keys: int) -> None:
        self._window.go_to(self._home)
        for _at in range(keys):
            self._step()
            QApplication.processEvents()
            if self._random.random() < 0.05:
                QTest.qWait(1)
                assert english_in(self._window) == set(), self.trace
        QTest.qWait(1)
        assert english_in(self._window) == set(), self.trace

    @property
    def trace(self) -> str:
        """The last keys, to find the fault again."""
        return " ".join(self._pressed[-40:])

    def _step(self) -> None:
        match self._random.choices(tuple(OFTEN), tuple(OFTEN.values()))[0]:
            case "type":
                self._type(self._random.choice(TYPED))
            case "paste":
                self._paste(self._random.choice(PASTED))
            case "move":
                self._press(*self._random.choice(MOVES))
            case "edit":
                self._press(*self._random.choice(EDITS))
            case "command":
                self._command(*self._random.choice(COMMANDS))
            case "place":
                self._command(*self._random.choice(PLACES))
            case "home":
                self._window.go_to(self._home)
                language_back(self._window)

    def _type(self, text: str) -> None:
        self._pressed.append(repr(text))
        for letter in text:
            press = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), NONE, letter)
            QApplication.sendEvent(self._focus(), press)

    def _paste(self, text: str) -> None:
        self._pressed.append(f"paste:{text[:12]!a}")
        put_in_clipboard(text)
        self._press(Key.Key_V, CTRL)

    def _command(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """What leads elsewhere may take no text with it."""
        page = self._window._pages.get(Place.ENTRY)
        desk = page.desk if isinstance(page, EntryPage) else None
        before = typed_in(desk) if desk is not None else {}
        register = self._window.session.opened_register
        saved = last_save(register)
        self._press(key, modifier)
        if desk is None or not before or last_save(register) != saved:
            return
        desk.keeper.write()
        found = [typed_in(desk)]
        with suppress(StorageFailure):
            found += [dict(draft.fields) for draft in register.drafts.all()]
        if isinstance(page, EntryPage) and page._thrown is not None:
            found.append(dict(page._thrown.fields))
        assert any(holds(texts, before) for texts in found), f"lost {before} with {self.trace}"

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self._pressed.append(f"{modifier.name.replace('Modifier', '')}+{key.name}")
        QTest.keyClick(self._focus(), key, modifier)

    def _focus(self) -> QWidget:
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal.focusWidget() or modal
        focus = QApplication.focusWidget()
        if focus is None:
            self._window.activateWindow()
        return focus or self._window.focusWidget() or self._window


def put_in_clipboard(text: str) -> None:
    mime = QMimeData()
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        mime.setData("text/plain;charset=utf-16", text.encode("utf-16", "surrogatepass"))
    mime.setText(text)
    QApplication.clipboard().setMimeData(mime)


def typed_in(desk: EntryDesk) -> dict[str, str]:
    """What a person typed into the form and did not save."""
    if desk.read_draft() is None:
        return {}
    edited = (field for field in desk.form.fields if field.was_edited and field.text().strip())
    return {field.name: field.text_as_typed() for field in edited}


def holds(texts: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Whether all of it is there; leaving a field may have brought it into its usual form."""
    return all(texts.get(name, "").strip() for name in typed)


def last_save(register: Register) -> int:
    with suppress(StorageFailure):
        last = register.entries.last()
        return 0 if last is None else last.save
    return 0


def english_in(window: MainWindow) -> set[str]:
    """Every English text on show while the program speaks Indonesian."""
    if language.in_use() != "id":
        return set()
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    texts = {text for top in tops for widget in seen(top) for text in words_of(widget)}
    return {text for text in texts if ENGLISH.search(text) and "/" not in text}  # a path may hold any word


def seen(top: QWidget) -> list[QWidget]:
    return [widget for widget in (top, *top.findChildren(QWidget)) if widget.isVisible()]


def language_back(window: MainWindow) -> None:
    if language.in_use() != "id":
        window.session.use_language("id")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small district, copied for each monkey."""
    path = tmp_path_factory.mktemp("sample") / "contoh.db"
    make_sample(path, now=NOW, workers=40)
    return path


@pytest.fixture
def nothing_native(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialogs of the computer itself are closed at once, and no other program is opened."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_named: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: "")
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the crash hook."""
    seen: list[str] = []

    def take(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
        import traceback

        seen.append("".join(traceback.format_exception(kind, trouble, trace)))

    monkeypatch.setattr(sys, "excepthook", take)
    return seen


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, sample: Path, tmp_path: Path, nothing_native: None
) -> Iterator[Callable[[], MainWindow]]:
    """Opens the same register in a window, as often as it is called."""
    file = tmp_path / "kantor" / "contoh.db"
    file.parent.mkdir()
    shutil.copy(sample, file)
    windows: list[MainWindow] = []

    def open_it() -> MainWindow:
        session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
        apply_look(qapp, Theme.LIGHT, USUAL_POINT_SIZE)
        window = MainWindow(session)
        window.resize(1366, 740)
        windows.append(window)
        with qtbot.waitSignal(window.first_painted):
            window.show()
        window.activateWindow()
        session.use_register(open_register(file, user="Rina", clock=session.clock))
        return window

    yield open_it
    QApplication.clipboard().clear()
    while STILL_OPEN:
        STILL_OPEN.pop().close()
    for window in windows:
        window.session.close()
        shiboken6.delete(window)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("place", list(Place))
def test_no_key_breaks_anything(
    qtbot: QtBot, open_window: Callable[[], MainWindow], caught: list[str], place: Place, seed: int
) -> None:
    window = open_window()
    monkey = Monkey(window, place, seed)
    monkey.work(KEYS)
    rest(qtbot, window)
    assert not caught, f"{caught[0]}\nafter {monkey.trace}"
    file = window.session.opened_register.path
    window.go_to(Place.SCHEMES)
    entry = window._pages.get(Place.ENTRY)
    kept = typed_in(entry.desk) if isinstance(entry, EntryPage) else {}
    window.session.close()
    report = check_file(file)
    assert report.is_clean, report.findings
    register = open_register(file, user="Rina", clock=lambda: NOW, read_only=True)
    with closing(register):
        assert not kept or any(holds(draft.fields, kept) for draft in register.drafts.all()), kept


def fill_the_disk(register: Register) -> None:
    connection = register._file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    with suppress(StorageFailure):
        while True:
            register.drafts.save(Draft("other", {"notes": "x" * 1000}, "notes"))


def delete_the_file(register: Register) -> None:
    register.path.unlink()


def rename_the_folder(register: Register) -> None:
    register.path.parent.rename(register.path.parent.with_name("lain"))


def let_it_only_be_read(register: Register) -> None:
    register._file.is_read_only = True


def begin_to_save_elsewhere(register: Register) -> None:
    other = connect(register.path)
    other.execute("BEGIN EXCLUSIVE")
    register._file.connection.execute("PRAGMA busy_timeout=0")
    STILL_OPEN.append(other)


STILL_OPEN: list[Connection] = []
TROUBLES = (fill_the_disk, delete_the_file, rename_the_folder, let_it_only_be_read, begin_to_save_elsewhere)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_key_breaks_anything_where_the_file_does_not_answer(
    qtbot: QtBot, open_window: Callable[[], MainWindow], caught: list[str], trouble: Callable[[Register], None]
) -> None:
    window = open_window()
    for place in Place:  # each page was read while the file still answered
        window.go_to(place)
    rest(qtbot, window)
    trouble(window.session.opened_register)
    for place in Place:
        monkey = Monkey(window, place, 0)
        monkey.work(KEYS // 5)
        rest(qtbot, window)
        assert not caught, f"{caught[0]}\nafter {monkey.trace}"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_page_breaks_that_is_first_opened_when_the_file_does_not_answer(
    qtbot: QtBot, open_window: Callable[[], MainWindow], caught: list[str], trouble: Callable[[Register], None]
) -> None:
    window = open_window()
    trouble(window.session.opened_register)
    for place in Place:
        QTest.keyClick(window, Key(Key.Key_1 + list(Place).index(place)), CTRL)
        monkey = Monkey(window, place, 0)
        monkey.work(KEYS // 16)
        rest(qtbot, window)
        assert not caught, f"{caught[0]}\nafter {monkey.trace}"
        assert english_in(window) == set()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.background.is_busy, timeout=20_000)
    QApplication.processEvents()
