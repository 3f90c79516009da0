"""From the command to the open register, and the ways out when it does not open."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

import main
from models import language
from models.register import open_register
from models.storage.backup import make_backup
from ui.exchange.restoring import RestoreDialog
from ui.fields.messages import MessageBar
from ui.preferences import Preferences
from ui.session import Session
from ui.start import Opening, QtWords, data_file
from ui.window import MainWindow

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 22, 10, 0)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.first_painted):
        made.show()
    return made


@pytest.mark.parametrize(
    ("arguments", "wants"),
    [
        ([], True),
        (["--data", "a.db"], True),
        (["--data=a.db"], True),
        (["backup", "--data", "a.db", "--to", "b"], False),
        (["--help"], False),
        (["--data", "a.db", "check"], False),
    ],
)
def test_the_window_opens_where_no_command_is_given(arguments: list[str], wants: bool) -> None:
    assert main.wants_window(arguments) is wants


def test_the_file_may_be_named(tmp_path: Path) -> None:
    assert data_file(["--data", "a.db"]) == data_file(["--data=a.db"]) == Path("a.db")
    assert data_file([]) is None
    assert data_file(["--data"]) is None


def test_a_command_needs_no_screen_and_no_qt() -> None:
    script = "import sys, main; main.wants_window(['check']); print('PySide6' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_the_register_opens_behind_the_painted_window(window: MainWindow, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_register(path, user="Rina", clock=session.clock).close()
    Opening(window, session, path).begin()
    assert session.register is not None
    assert session.register.path == path
    assert session.preferences.last_file == path
    assert window.page is not None


def test_a_file_that_is_no_register_is_told_with_ways_out(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is a shopping list\n" * 100)
    Opening(window, session, path).begin()
    assert session.register is None
    bar = next(bar for bar in window.findChildren(MessageBar) if bar.isVisible())
    assert bar.level == "error"
    assert "a.db" in bar.text
    words = [button.text() for button in window.centralWidget().findChildren(QPushButton) if button.isVisible()]
    assert words == ["Coba lagi", "Pilih berkas …", "Pulihkan cadangan …"]
    assert path.read_bytes().startswith(b"this is"), "nothing was changed"


def test_a_backup_takes_the_place_of_a_file_that_cannot_be_opened(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    open_register(path, user="Rina", clock=session.clock).close()
    backup = make_backup(path, tmp_path / "stik", session.now()).path
    path.write_bytes(b"this was a register once\n" * 100)
    opening = Opening(window, session, path)
    opening.begin()
    way_out = next(button for button in window.findChildren(QPushButton) if button.text() == "Pulihkan cadangan …")
    qtbot.mouseClick(way_out, Qt.MouseButton.LeftButton)
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    dialog.choice.choose_file = lambda _folder: str(backup)
    qtbot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.confirm.isVisible)
    dialog.confirm.setFocus()
    with qtbot.waitSignal(dialog.restored) as caught:
        qtbot.keyClick(dialog.confirm, Qt.Key.Key_Return)
    assert session.register is not None
    assert caught.args[0].safety_copy.read_bytes().startswith(b"this was")
    dialog.reject()


def test_trying_again_opens_the_file_once_it_is_free(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    other = open_register(path, user="Budi", clock=session.clock)
    opening = Opening(window, session, path)
    opening.begin()
    assert session.register is None
    other.close()
    again = next(button for button in window.findChildren(QPushButton) if button.text() == "Coba lagi")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert session.register is not None


def test_a_file_in_a_synced_folder_is_copied_to_this_computer_and_opened_there(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "kantor.db"
    open_register(path, user="Rina", clock=session.clock).close()
    synced = tmp_path / "Kerja"
    synced.mkdir()
    (synced / ".stfolder").mkdir()
    path = path.rename(synced / "kantor.db")
    before = path.read_bytes()
    Opening(window, session, path).begin()
    assert session.register is None
    bar = next(bar for bar in window.findChildren(MessageBar) if bar.isVisible())
    assert "Syncthing" in bar.text
    shown = {
        button.text(): button for button in window.centralWidget().findChildren(QPushButton) if button.isVisible()
    }
    assert list(shown) == ["Salin ke komputer ini dan buka di sini", "Coba lagi", "Pilih berkas …"]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.register is not None, timeout=20_000)
    copy = tmp_path / "data" / "Cakupan" / "kantor.db"
    assert session.opened_register.path == session.preferences.last_file == copy
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in synced.iterdir()) == [".stfolder", "kantor.db"]


def test_a_copy_that_fails_is_told_and_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "Kerja"))  # the usual folder is copied to the internet too
    (tmp_path / "Kerja" / "Cakupan").mkdir(parents=True)
    path = tmp_path / "Kerja" / "kantor.db"
    open_register(path, user="Rina", clock=session.clock).close()
    (tmp_path / "Kerja" / ".dropbox").write_bytes(b"")
    Opening(window, session, path).begin()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    sentence = "kantor.db tidak dibuat"
    qtbot.waitUntil(lambda: any(sentence in bar.text for bar in window.findChildren(MessageBar)), timeout=20_000)
    assert session.register is None
    assert list((tmp_path / "Kerja" / "Cakupan").iterdir()) == []


def test_qts_own_words_are_indonesian(qtbot: QtBot, qapp: QApplication) -> None:
    words = QtWords(qapp)
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Batal"
        box = QMessageBox(QMessageBox.Icon.Question, "?", "?", QMessageBox.StandardButton.Save)
        qtbot.addWidget(box)
        assert box.button(QMessageBox.StandardButton.Save).text().replace("&", "") == "Simpan"
        line = QLineEdit("teks")
        qtbot.addWidget(line)
        menu = line.createStandardContextMenu()
        assert [action.text().split("\t")[0] for action in menu.actions() if action.text()] == [
            "&Urungkan", "&Ulangi", "&Potong", "&Salin", "&Tempel", "Hapus", "Pilih semua",
        ]  # fmt: skip
        language.use("en")
        words.follow("language")
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    finally:
        language.use("en")
        words.follow("language")
        language.use("id")


def test_the_whole_program_starts_and_ends(tmp_path: Path) -> None:
    """In a process of its own, as a person starts it; it is closed as soon as the register is open."""
    script = f"""
import main, ui.session
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
use = ui.session.Session.use_register
def use_and_close(self, register):
    use(self, register)
    QTimer.singleShot(0, lambda: [print(w.windowTitle()) or w.close() for w in QApplication.topLevelWidgets()
                                  if w.objectName() == "window"])
ui.session.Session.use_register = use_and_close
open_ = __import__("models.register").register.open_register
from datetime import datetime
open_(__import__("pathlib").Path({str(tmp_path / "a.db")!r}), user="Rina", clock=datetime.now).close()
print(main.main(["--data", {str(tmp_path / "a.db")!r}]))
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert told.stdout.split("\n")[:2] == ["a.db · Cakupan", "0"], told.stderr
    assert "Error" not in told.stderr
