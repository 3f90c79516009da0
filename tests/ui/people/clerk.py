"""A clerk at the entry page who has only a keyboard, and counts the keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.register import Register
from tests.factories import NOW
from ui.look.style import Theme, apply_look
from ui.people.entry_page import EntryPage
from ui.preferences import Preferences
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key

SITI = compose_nik("13.12.04", datetime(1985, 8, 17), Sex.FEMALE, 1)
"""Born on 17 August 1985 in Talamau."""
CARD = "1312040509120004"

WHOLE = {
    "nik": SITI,
    "family_card": CARD,
    "phone": "081266778899",
    "name": "siti aminah",
    "birth_place": "talu",
    "marital_status": "2",
    "mother_name": "rohana",
    "address": "Jl. Raya Talu 12",
    "jorong": "Tombang",
    "nagari": "talu",
    "occupation": "1",
    "work_place": "Kebun Talu",
    "income": "850000",
    "source_list": "DTSEN lembar 3",
    "source_decile": "1",
    "perisai_agent": "",
    "proof_kind": "",
    "proof_number": "",
    "scheme": "saw",
    "first_month": "122026",
}
"""What is typed in each field that Enter leads to, from an empty form on; the scheme brings its three months."""


class Clerk:
    """Presses keys and looks at the screen; nothing else."""

    def __init__(self, qtbot: QtBot, page: EntryPage) -> None:
        self.qtbot, self.page, self.form = qtbot, page, page.form
        self.presses = 0

    # Keys

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self.presses += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self._focus(), key, modifier)
        self.presses += 1

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Key.Key_Return)

    def back(self) -> None:
        self.press(Key.Key_Return, SHIFT)

    def save(self) -> None:
        self.press(Key.Key_S, CTRL)

    def save_and_next(self) -> None:
        self.press(Key.Key_Return, CTRL)

    def undo(self) -> None:
        self.press(Key.Key_U, CTRL)

    def go_to(self, name: str) -> None:
        """By Alt and the letter of the field."""
        self.form.go_to(name)

    def fill(self, **texts: str) -> None:
        """Goes from field to field with Enter and types where a text is given, starting in the first of them."""
        self.go_to(next(iter(texts)))
        for name, text in texts.items():
            assert self.field == name, f"Enter led to {self.field}, not to {name}"
            self.type(text)
            self.enter()

    def fill_all(self, **others: str) -> None:
        """A whole new record from the first field to the last."""
        self.fill(**(WHOLE | others))

    # The screen

    @property
    def field(self) -> str:
        """Name of the field with the focus."""
        focused = self.form.focused
        return "" if focused is None else focused.name

    def text(self, name: str) -> str:
        return self.form[name].text()

    @property
    def said(self) -> str:
        """The words in the message line."""
        return self.form.message_bar.text

    @property
    def marked(self) -> dict[str, str]:
        """Code of the problem on show in each field."""
        return {field.name: field.problem.code for field in self.form.fields if field.problem is not None}

    def wait_for_draft(self) -> None:
        """Until what was typed is in the file: the longest that a clerk may lose."""
        wanted = self.page.desk.read_draft()
        assert wanted is not None
        drafts = self.page.session.opened_register.drafts
        self.qtbot.waitUntil(
            lambda: any(dict(draft.fields) == wanted[0] and draft.focus == wanted[1] for draft in drafts.all()),
            timeout=1000,
        )

    def _focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget


def open_page(
    qtbot: QtBot, register: Register, folder: Path, *, width: int = 1260, height: int = 664, at: datetime = NOW
) -> Clerk:
    """The entry page on the screen, as the window shows it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_look(app, Theme.LIGHT, 10.5)
    session = Session(Preferences(folder / "window.ini"), register=register, clock=lambda: at)
    page = EntryPage(session)
    qtbot.addWidget(page)
    page.resize(width, height)
    with qtbot.waitActive(page):
        page.show()
    page.shown()
    return Clerk(qtbot, page)


def leave_pages() -> None:
    """Before the register is closed: nothing on the screen writes into it any more, as when the window closes."""
    for page in QApplication.topLevelWidgets():
        if isinstance(page, EntryPage):
            page.desk.keeper.forget()
            page.desk.search.forget()
            page.session.background.stop()


def saved(register: Register, nik: str = SITI) -> Worker:
    line = register.workers.find_nik(nik)
    assert line is not None
    return register.workers.get(line.id)
