"""What a person does about a passphrase: typing it, choosing it with its sheet, logging in behind it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import NewUser, Role, User
from models.register import open_register
from models.storage.keys import Key, derive
from tests.factories import NOW, make_plan, make_worker
from ui.offices.log_in_view import LogInView
from ui.offices.passphrase_dialog import SHEET, PassphraseDialog
from ui.offices.passphrase_lines import RecoveryForm
from ui.offices.passphrase_view import UnlockView
from ui.session import Session
from ui.start import Opening
from ui.window import MainWindow

PASSPHRASE = "pohon sawit tua di Talu"
OTHER = "hujan pagi di kebun kopi"
RINA = NewUser(User("rina", Role.ADMINISTRATOR, "Rina Marlina"), "sandi rina 2026")
ENTER = Qt.Key.Key_Return


class Place(KeyringBackend):
    """A safe place for keys, as a desktop has one; or one that is locked, or that never answers."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False
        self.hangs: threading.Event | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]

    def _answer(self) -> None:
        if self.hangs is not None:
            self.hangs.wait()
        if self.is_locked:
            raise KeyringLocked("locked")


def make_file(path: Path, passphrase: str | None, *, user: NewUser | None = RINA) -> Key | None:
    """A closed register with a user and a worker; its key."""
    path.parent.mkdir(exist_ok=True)
    key = None if passphrase is None else derive(passphrase, bytes(range(16)))
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    if user is not None:
        register.users.add(user.user, user.password)
    register.entries.save(make_worker(name="Siti Rahasia"), make_plan(register))
    register.close()
    return key


def type_in(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def opening(window: MainWindow, session: Session, path: Path) -> Opening:
    made = Opening(window, session, path)
    made.begin()
    return made


def asked(qtbot: QtBot, window: MainWindow) -> UnlockView:
    """The view that asks for the passphrase."""
    qtbot.waitUntil(lambda: any(view.isVisible() for view in window.findChildren(UnlockView)), timeout=10_000)
    return next(view for view in window.findChildren(UnlockView) if view.isVisible())


def unlock(qtbot: QtBot, window: MainWindow, session: Session, passphrase: str) -> None:
    view = asked(qtbot, window)
    type_in(view.form["passphrase"], passphrase)
    QTest.keyClick(view.form["passphrase"], ENTER)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)


def log_in(
    qtbot: QtBot, window: MainWindow, session: Session, name: str = "rina", password: str = RINA.password
) -> None:
    qtbot.waitUntil(lambda: any(view.isVisible() for view in window.findChildren(LogInView)), timeout=10_000)
    view = next(view for view in window.findChildren(LogInView) if view.isVisible())
    if view.form["name"].value() is None:
        type_in(view.form["name"], name)
        QTest.keyClick(view.form["name"], ENTER)
    type_in(view.form["password"], password)
    QTest.keyClick(view.form["password"], ENTER)
    qtbot.waitUntil(lambda: session.person is not None, timeout=10_000)


def logged_in(qtbot: QtBot, window: MainWindow, session: Session, path: Path, passphrase: str | None) -> None:
    """The register open, with its administrator."""
    opening(window, session, path)
    if passphrase is not None:
        unlock(qtbot, window, session, passphrase)
    log_in(qtbot, window, session)


def choose(qtbot: QtBot, dialog: PassphraseDialog, passphrase: str, present: str | None = None) -> None:
    """Types what the first step asks for."""
    if present is not None:
        type_in(dialog.form["present"], present)
        QTest.keyClick(dialog.form["present"], ENTER)
    type_in(dialog.form["passphrase"], passphrase)
    QTest.keyClick(dialog.form["passphrase"], ENTER)
    type_in(dialog.form["again"], passphrase)
    QTest.keyClick(dialog.form["again"], ENTER)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == SHEET, timeout=10_000)


def read_paper(dialog: PassphraseDialog, tmp_path: Path) -> list[str]:
    """Saves the sheet, prints it elsewhere and reads the code from it."""
    pdf = tmp_path / "stik" / "lembar.pdf"
    pdf.parent.mkdir(exist_ok=True)
    making = dialog.sheet.making
    making.choose_file = lambda _name: str(pdf)
    making.save_sheet()
    text = " ".join(PdfReader(pdf).pages[0].extract_text().split())
    pdf.unlink()
    lines = re.findall(r"(?<![0-9A-Z])(?:[0-9A-HJKMNP-TV-Z]{4} ){3}[0-9A-HJKMNP-TV-Z]{2}(?![0-9A-Z])", text)
    assert len(lines) == 4, text
    return lines


def type_code(form: RecoveryForm, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        field = form[f"line_{number}"]
        type_in(field, line)
        QTest.keyClick(field, ENTER)


def salt_of_open(session: Session) -> bytes:
    key = session.opened_register.key
    assert key is not None
    return key.salt
