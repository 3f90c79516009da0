"""The office's passphrase on the screen: chosen with its sheet, asked for, forgotten, changed, removed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import keyring
import pytest
import zxingcpp
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.offices.office import OfficeSettings
from models.offices.recovery import recovery_lines
from models.offices.users import NewUser, Role, User
from models.register import open_register
from models.storage.backup import backup_folder, make_backup
from models.storage.check import check_file
from models.storage.keys import Key, derive, is_encrypted
from tests.factories import NOW, make_plan, make_worker
from tests.reports.samples import picture
from ui.crash import report
from ui.exchange.page import ExchangePage
from ui.offices.first_start_dialog import FirstStart, FirstStartDialog
from ui.offices.log_in_view import LogInView
from ui.offices.passphrase_copies import CopiesDialog
from ui.offices.passphrase_dialog import CHOOSE, DECLINE, END, REMOVE, SHEET, WORK, PassphraseDialog, Way
from ui.offices.passphrase_lines import RecoveryForm
from ui.offices.passphrase_memory import KeyMemory
from ui.offices.passphrase_panel import PassphrasePanel, SheetAgainDialog
from ui.offices.passphrase_sheet import SheetMaking
from ui.offices.passphrase_view import UnlockDialog, UnlockView, ask_key
from ui.preferences import Preferences
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


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The computer has a safe place for keys."""
    before, made = keyring.get_keyring(), Place()
    keyring.set_keyring(made)
    yield made
    if made.hangs is not None:
        made.hangs.set()
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def nowhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """Without the fixture above the computer has none, as a Linux without a desktop."""
    if "place" in request.fixturenames:
        yield
        return
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.asks_for_administrator = True
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    with qtbot.waitSignal(made.first_painted):
        made.show()
    yield made
    for window in QApplication.topLevelWidgets():
        if window is not made and window.isVisible():
            window.close()


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


def test_a_passphrase_is_added_with_a_sheet_that_was_tested(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    choose(qtbot, dialog, PASSPHRASE)
    lines = read_paper(dialog, tmp_path)
    assert session.opened_register.key is None, "nothing is done before the sheet was tested"
    slip = [lines[0][:-1] + ("7" if lines[0][-1] != "7" else "8"), *lines[1:]]
    type_code(dialog.sheet.lines, slip)
    assert dialog.steps.currentIndex() == SHEET
    assert "Baris 1: Baris ini berbeda dari lembar" in dialog.sheet.lines.message_bar.text
    dialog.sheet.lines.clear()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, [line.lower() for line in lines])
    assert dialog.steps.currentIndex() == END
    assert session.person is not None, "the same person goes on"
    assert session.person.name == "rina"
    assert session.opened_register.workers.count() == 1
    assert "ditimpa" in dialog.end_words.text()
    key = session.opened_register.key
    assert key is not None
    assert key == derive(PASSPHRASE, key.salt)
    dialog.reject()
    session.use_register(None)
    assert is_encrypted(path)
    assert check_file(path, key).is_clean


def test_the_drawn_words_are_shown_and_typed_once_more(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    QTest.mouseClick(dialog.form.draw_button, Qt.MouseButton.LeftButton)
    drawn = dialog.form["passphrase"].text()
    assert len(drawn.split()) == 5
    assert drawn in dialog.form.message_bar.text
    assert dialog.form.message_bar.level == "good"
    QTest.keyClick(dialog.form["passphrase"], ENTER)
    assert drawn in dialog.form.message_bar.text, "the field is covered now"
    type_in(dialog.form["again"], drawn)
    QTest.keyClick(dialog.form["again"], ENTER)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == SHEET)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("sawit", "sawit", "paling sedikit 12 huruf"),
        ("bpjs jamsostek cakupan", "bpjs jamsostek cakupan", "pertama dicoba"),
        (PASSPHRASE, PASSPHRASE + "x", "Keduanya berbeda"),
    ],
)
def test_a_weak_passphrase_and_a_slip_lead_back_with_a_sentence(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, first: str, second: str, words: str
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    type_in(dialog.form["passphrase"], first)
    type_in(dialog.form["again"], second)
    QTest.keyClick(dialog.form["again"], ENTER)
    assert words in dialog.form.message_bar.text
    assert dialog.steps.currentIndex() == CHOOSE


def test_the_offer_of_the_first_start_can_be_declined_knowingly(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window, is_offer=True)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.steps.currentIndex() == DECLINE
    QTest.keyClick(dialog.focusWidget(), ENTER)
    assert dialog.steps.currentIndex() == CHOOSE, "the first thought leads to a passphrase"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.mouseClick(dialog.decline_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert session.opened_register.key is None


def test_the_window_asks_for_the_passphrase_and_tells_wrong_from_damaged(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    type_in(view.form["passphrase"], "salah sama sekali")
    QTest.keyClick(view.form["passphrase"], ENTER)
    qtbot.waitUntil(lambda: view.form.message_bar.level == "error")
    assert "bukan frasa sandi" in view.form.message_bar.text
    assert view.form["passphrase"].selectedText(), "typing begins anew"
    unlock(qtbot, window, session, PASSPHRASE)
    assert session.register is not None
    assert session.preferences.last_file == path
    log_in(qtbot, window, session)
    session.use_register(None)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    opening(window, session, path)
    view = asked(qtbot, window)
    type_in(view.form["passphrase"], PASSPHRASE)
    QTest.keyClick(view.form["passphrase"], ENTER)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(UnlockView)))
    from ui.fields.messages import MessageBar

    words = [bar.text for bar in window.findChildren(MessageBar) if bar.isVisible()]
    assert any("rusak" in text for text in words), words


def test_after_three_wrong_ones_the_next_try_waits(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.offices.passphrase_view.PAUSE", 50)
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    view.form["passphrase"].setText("salah")
    for _try in range(3):
        assert view.open_button.isEnabled()
        with qtbot.waitSignal(view.given):
            view.enter()
    assert not view.open_button.isEnabled()
    assert "Percobaan berikutnya" in view.form.message_bar.text
    qtbot.waitUntil(view.open_button.isEnabled)
    unlock(qtbot, window, session, PASSPHRASE)


def test_without_a_safe_place_nothing_can_be_remembered_and_a_sentence_says_so(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    opening(window, session, path)
    view = asked(qtbot, window)
    qtbot.waitUntil(lambda: "tidak punya tempat aman" in view.remember_words.text(), timeout=10_000)
    assert not view.remember.isEnabled()
    assert not view.remember.isChecked()


def test_a_remembered_key_opens_without_asking_until_it_is_forgotten(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, place: Place
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    opening(window, session, path)
    view = asked(qtbot, window)
    qtbot.waitUntil(view.remember.isEnabled, timeout=10_000)
    view.remember.setChecked(True)
    unlock(qtbot, window, session, PASSPHRASE)
    qtbot.waitUntil(lambda: bool(session.preferences.text(f"passphrase/{key.salt.hex()}")))
    assert place.kept == {("Cakupan", key.salt.hex()): key.raw.hex()}
    session.use_register(None)
    opening(window, session, path)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    log_in(qtbot, window, session)
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    panel.forget()
    qtbot.waitUntil(lambda: place.kept == {})
    assert panel.forget_button.isHidden()
    session.use_register(None)
    opening(window, session, path)
    asked(qtbot, window)


@pytest.mark.parametrize("trouble", ["locked", "hanging", "gone", "other key"])
def test_where_the_computer_does_not_give_the_key_it_is_typed(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, place: Place, trouble: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    key = make_file(path, PASSPHRASE)
    assert key is not None
    session.preferences.keep(f"passphrase/{key.salt.hex()}", "yes")
    KeyMemory(session, patience=200)
    if trouble == "hanging":
        place.hangs = threading.Event()
    place.is_locked = trouble == "locked"
    if trouble == "other key":
        place.kept["Cakupan", key.salt.hex()] = "00" * 32
    opening(window, session, path)
    view = asked(qtbot, window)
    assert view.form.message_bar.level == "warning"
    unlock(qtbot, window, session, PASSPHRASE)


def test_the_recovery_sheet_opens_it_and_a_new_passphrase_is_asked_for_at_once(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    opening(window, session, path)
    view = asked(qtbot, window)
    QTest.mouseClick(view.sheet_button, Qt.MouseButton.LeftButton)
    type_code(view.lines, list(recovery_lines(bytes(32))))
    qtbot.waitUntil(lambda: "bukan lembar untuk cakupan.db" in view.lines.message_bar.text)
    view.lines.clear()
    QApplication.clipboard().setText("\n".join(recovery_lines(key.raw)))
    view.lines.go_to("line_1")
    QTest.keyClick(view.lines["line_1"], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.lines["line_4"], ENTER)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    assert window.findChildren(PassphraseDialog) == []
    log_in(qtbot, window, session)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PassphraseDialog)))
    dialog = next(one for one in window.findChildren(PassphraseDialog) if one.isVisible())
    assert "present" not in dialog.form
    choose(qtbot, dialog, OTHER)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    actions = [
        row[0]
        for row in session.opened_register._file.rows("SELECT action FROM audit WHERE kind = 'register' ORDER BY id")
    ]
    assert actions[-2:] == ["recovery_sheet_used", "passphrase_changed"]
    dialog.reject()
    assert session.opened_register.key == derive(OTHER, salt_of_open(session))


def test_a_clerk_who_used_the_sheet_is_told_to_call_an_administrator(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    register.users.log_in("rina", RINA.password)
    register.users.add(User("ani", Role.CLERK), "sandi ani 2026")
    register.close()
    said: list[str] = []
    session.said.connect(said.append)
    opening(window, session, path)
    view = asked(qtbot, window)
    view.use_sheet()
    type_code(view.lines, list(recovery_lines(key.raw)))
    log_in(qtbot, window, session, "ani", "sandi ani 2026")
    qtbot.waitUntil(lambda: any("Pengelola perlu segera" in words for words in said))
    assert window.findChildren(PassphraseDialog) == []
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    assert not panel.change_button.isEnabled()
    assert "pengelola" in panel.message.text


def salt_of_open(session: Session) -> bytes:
    key = session.opened_register.key
    assert key is not None
    return key.salt


def test_a_passphrase_is_changed_by_who_knows_the_present_one(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, PASSPHRASE)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = PassphraseDialog(session, Way.CHANGE, window)
    dialog.open()
    for name, text in (("present", "salah"), ("passphrase", OTHER), ("again", OTHER)):
        type_in(dialog.form[name], text)
    dialog.take_passphrase()
    qtbot.waitUntil(lambda: "bukan frasa sandi yang sekarang" in dialog.message.text)
    for name in ("present", "passphrase", "again"):
        dialog.form[name].clear()
    choose(qtbot, dialog, OTHER, PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    assert session.opened_register.key == derive(OTHER, salt_of_open(session))
    assert len(list(backup_folder(path).glob("*.db"))) == 1
    dialog.reject()


def test_a_changed_passphrase_is_remembered_again_and_the_old_key_forgotten(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path, place: Place
) -> None:
    old = make_file(path, PASSPHRASE)
    assert old is not None
    session.preferences.keep(f"passphrase/{old.salt.hex()}", "yes")
    place.kept["Cakupan", old.salt.hex()] = old.raw.hex()
    opening(window, session, path)
    qtbot.waitUntil(lambda: session.register is not None, timeout=10_000)
    log_in(qtbot, window, session)
    dialog = PassphraseDialog(session, Way.CHANGE, window)
    dialog.open()
    qtbot.waitUntil(dialog.remember.isEnabled, timeout=10_000)
    choose(qtbot, dialog, OTHER, PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        type_code(dialog.sheet.lines, read_paper(dialog, tmp_path))
    assert dialog.remember.isChecked()
    dialog.reject()
    new = session.opened_register.key
    assert new is not None
    qtbot.waitUntil(lambda: place.kept == {("Cakupan", new.salt.hex()): new.raw.hex()}, timeout=10_000)


def test_a_passphrase_is_removed_and_the_words_say_what_that_means(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, PASSPHRASE)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = PassphraseDialog(session, Way.REMOVE, window)
    dialog.open()
    assert dialog.steps.currentIndex() == REMOVE
    type_in(dialog.remove_form["present"], PASSPHRASE)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        QTest.keyClick(dialog.remove_form["present"], ENTER)
    assert "siapa yang memegang berkasnya dapat membacanya" in dialog.end_words.text()
    assert session.opened_register.key is None
    dialog.reject()


def test_stopping_changes_nothing_and_the_register_is_open_again(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    logged_in(qtbot, window, session, path, None)
    dialog = PassphraseDialog(session, Way.ADD, window)
    dialog.open()
    choose(qtbot, dialog, PASSPHRASE)
    lines = read_paper(dialog, tmp_path)
    type_code(dialog.sheet.lines, lines)
    assert dialog.steps.currentIndex() == WORK
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.work.is_running, timeout=20_000)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == CHOOSE)
    assert "Dihentikan" in dialog.message.text
    assert session.opened_register.key is None
    assert session.person is not None


def test_old_backups_are_listed_and_protected(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    make_file(path, None)
    made = [make_backup(path, backup_folder(path), datetime(2026, 11, day, 9)).path for day in (19, 20)]
    from models.storage.rekeying import rekey

    key = derive(PASSPHRASE, bytes(range(16)))
    rekey(path, NOW, RINA.user, key=None, new=key)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    panel = PassphrasePanel(session, "")
    qtbot.addWidget(panel)
    assert "2 cadangan" in panel.copies.text()
    panel.setParent(window)
    panel.show_copies()
    dialog = window.findChild(CopiesDialog)
    assert dialog is not None
    assert [dialog.list.item(at).text().split(" ")[0] for at in range(2)] == [one.name for one in made]
    dialog.protect()
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=20_000)
    assert all(is_encrypted(one) and check_file(one, key).is_clean for one in made)
    dialog.reject()


def test_old_backups_are_removed_after_a_protected_one_was_made(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    make_file(path, None)
    old = make_backup(path, backup_folder(path), datetime(2026, 11, 19, 9)).path
    from models.storage.rekeying import rekey

    key = derive(PASSPHRASE, bytes(range(16)))
    rekey(path, NOW, RINA.user, key=None, new=key)
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = CopiesDialog(session, [old], window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.erase()
    qtbot.waitUntil(lambda: dialog.message.level == "good", timeout=20_000)
    (left,) = backup_folder(path).glob("*.db")
    assert check_file(left, key).is_clean
    assert not old.exists()


def test_the_sheet_is_printed_again_only_for_who_knows_the_passphrase(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    logged_in(qtbot, window, session, path, PASSPHRASE)
    dialog = SheetAgainDialog(session, window)
    qtbot.addWidget(dialog)
    dialog.open()
    type_in(dialog.form["present"], "salah")
    QTest.keyClick(dialog.form["present"], ENTER)
    qtbot.waitUntil(lambda: dialog.form.message_bar.level == "error")
    assert dialog.making.isHidden()
    dialog.form["present"].clear()
    type_in(dialog.form["present"], PASSPHRASE)
    QTest.keyClick(dialog.form["present"], ENTER)
    qtbot.waitUntil(lambda: dialog.making.isVisible())
    dialog.making.choose_file = lambda _name: str(tmp_path / "lembar.pdf")
    QTest.mouseClick(dialog.making.save_button, Qt.MouseButton.LeftButton)
    text = " ".join(PdfReader(tmp_path / "lembar.pdf").pages[0].extract_text().split())
    assert key.sheet in text
    assert "Rina Marlina" in text
    rows = session.opened_register._file.rows("SELECT user, action FROM audit ORDER BY id DESC LIMIT 1")
    assert rows == [("rina", "recovery_sheet_printed")]


def test_the_sheet_is_printed_without_a_file_in_between(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_file(path, PASSPHRASE)
    assert key is not None
    logged_in(qtbot, window, session, path, PASSPHRASE)
    paper = tmp_path / "kertas" / "lembar.pdf"
    paper.parent.mkdir()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(paper))
    monkeypatch.setattr("ui.papers.printing.choose_printer", lambda _parent, _size, _title: printer)
    making = SheetMaking(session)
    qtbot.addWidget(making)
    making.begin(key)
    with qtbot.waitSignal(making.made, timeout=20_000):
        making.print_sheet()
    assert "Segera ambil" in making.message.text
    (code,) = zxingcpp.read_barcodes(picture(paper.read_bytes(), dpi=150))
    assert tuple(code.text.split("\n")) == recovery_lines(key.raw)
    code_text = recovery_lines(key.raw)[0].encode()
    left = [file.name for file in tmp_path.rglob("*") if file.is_file() and code_text in file.read_bytes()]
    assert left == [], "the code lies in no file"


def test_another_encrypted_file_can_be_asked_for(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    key = make_file(path, PASSPHRASE)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], PASSPHRASE)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    QTimer.singleShot(0, answer)
    assert ask_key(session, path, window) == key


def test_a_new_register_is_offered_a_passphrase_at_once(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path
) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FirstStartDialog)
        dialog.begin_new()
        dialog.answer = FirstStart(path, OfficeSettings(), RINA)
        dialog.accept()

    QTimer.singleShot(0, answer)
    opening(window, session, path)
    (dialog,) = window.findChildren(PassphraseDialog)
    assert dialog.isVisible()
    assert "Disarankan" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert session.opened_register.key is None
    assert session.person is not None


def test_an_encrypted_backup_is_restored_at_the_first_start(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "lama" / "cakupan.db"
    key = make_file(other, PASSPHRASE)
    backup = make_backup(other, tmp_path / "stik", NOW, key=key).path

    def give_passphrase() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], PASSPHRASE)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    dialog = FirstStartDialog(session, path, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose_file = lambda _title: str(backup)
    QTimer.singleShot(0, give_passphrase)
    dialog.begin_restoring()
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == 3, timeout=20_000)
    assert "1 pekerja" in dialog.holds.text()
    QTest.mouseClick(dialog.put_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=20_000)
    assert dialog.answer is not None
    assert dialog.answer.key == key
    assert is_encrypted(path)


def test_another_register_with_a_passphrase_is_opened_from_the_data_page(
    qtbot: QtBot, window: MainWindow, session: Session, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "lain" / "kantor lain.db"
    make_file(other, OTHER)
    make_file(path, None, user=None)
    session.asks_for_administrator = False
    opening(window, session, path)
    session.go_to("exchange")
    page = window.page
    assert isinstance(page, ExchangePage)
    page.choose_file = lambda _title, _folder: str(other)

    def give_passphrase() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnlockDialog)
        type_in(dialog.view.form["passphrase"], OTHER)
        QTest.keyClick(dialog.view.form["passphrase"], ENTER)

    QTimer.singleShot(0, give_passphrase)
    page.open_other()
    assert session.opened_register.path == other
    assert session.opened_register.key is not None


def test_neither_a_mistake_nor_a_log_shows_passphrase_or_key(tmp_path: Path) -> None:
    key = derive(PASSPHRASE, bytes(range(16)))

    def fail() -> None:
        passphrase, made = PASSPHRASE, key
        raise ValueError(passphrase, made, made.pragma)

    with pytest.raises(ValueError, match="pohon") as caught:
        fail()
    told = report(ValueError, caught.value, caught.tb) + repr(key) + str(key) + repr((key,))
    for secret in (PASSPHRASE, key.raw.hex(), repr(key.raw), key.raw.hex().upper()):
        assert secret not in told
