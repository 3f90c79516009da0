"""A second start brings the first window forward and ends; two real programs, as two double clicks make them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.register import open_register
from models.storage.beside import note_beside
from models.storage.holder import write_note
from ui.one_window import OneWindow, _address, bring_forward
from ui.preferences import Preferences
from ui.session import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # on a screen that is none
ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 10, 0)
PROGRAM = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
import main, ui.session, ui.window

class Seen(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.WindowStateChange and not window.isMinimized():
            print("forward", flush=True)
        return False

def use_and_hide(self, register):
    use(self, register)
    if register is not None:
        QTimer.singleShot(0, hide)

def hide():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
    seen.append(Seen(window))
    window.showMinimized()
    window.installEventFilter(seen[-1])
    print("open", flush=True)

def say(self, sentence, *ways):
    print("trouble", sentence, flush=True)
    QApplication.exit(3)

seen, use = [], ui.session.Session.use_register
ui.session.Session.use_register = use_and_hide
ui.window.MainWindow.show_trouble = say
sys.exit(main.main(["--data", sys.argv[1]]))
"""
"""The program, which says what a person would see: an open register, minimised then; the window forward; a sentence."""


class Running:
    """One start of the program."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    def sees(self) -> str:
        """The next thing that the person sees; empty when the program has ended."""
        return self.process.stdout.readline().strip()

    def ends(self) -> tuple[int, str]:
        """Exit code and everything that was said."""
        said, mistakes = self.process.communicate(timeout=30)
        return self.process.returncode, said + mistakes

    def kill(self) -> None:
        for number in (signal.SIGCONT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                self.process.send_signal(number)
        self.process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "kantor.db"
    open_register(file, user="rina", clock=lambda: NOW).close()
    return file


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """The path of a socket ends at 107 bytes, and folders of tests have long names."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def first(path: Path) -> Iterator[Running]:
    program = Running(path)
    assert program.sees() == "open"
    yield program
    program.kill()


def test_a_second_start_brings_the_first_window_forward_and_ends_quietly(first: Running, path: Path) -> None:
    assert Running(path).ends() == (0, "")
    assert first.sees() == "forward"
    link = path.parent / "pintasan.db"
    link.symlink_to(path)
    assert Running(link).ends() == (0, ""), "by another way to the same file"


def test_after_a_killed_program_the_next_start_opens_the_file_and_is_found_again(first: Running, path: Path) -> None:
    first.kill()
    assert note_beside(path).exists(), "it had no time to take its note away"
    second = Running(path)
    try:
        assert second.sees() == "open"
        assert Running(path).ends() == (0, "")
        assert second.sees() == "forward"
    finally:
        second.kill()


def test_another_file_opens_in_a_window_of_its_own(first: Running, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.db"
    open_register(other, user="rina", clock=lambda: NOW).close()
    second = Running(other)
    try:
        assert second.sees() == "open"
    finally:
        second.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold a program")
def test_a_first_window_that_hangs_is_named_with_its_person(first: Running, path: Path) -> None:
    first.process.send_signal(signal.SIGSTOP)
    code, said = Running(path).ends()
    assert code == 3
    assert said.startswith("trouble ")
    assert "membuka kantor.db sejak" in said
    assert "Tutup di sana" in said


def test_two_starts_at_the_same_moment_leave_one_window(path: Path) -> None:
    both = [Running(path), Running(path)]
    try:
        seen = {program.sees(): program for program in both}
        assert set(seen) == {"", "open"}, "the one that came second ended before it showed anything"
        assert seen[""].ends() == (0, "")
        assert seen["open"].process.poll() is None
    finally:
        for program in both:
            program.kill()


def test_a_usual_start_looks_only_whether_there_is_a_note(path: Path) -> None:
    script = f"""
import os, sys, main, ui.start
def begin(self):
    print({{"PySide6.QtNetwork", "ui.one_window", "datetime"}} & set(sys.modules), flush=True)
    os._exit(0)
ui.start._listen_to_others = lambda window, session: None  # after the paint
ui.start.Opening.begin = begin
main.main(["--data", {str(path)!r}])
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert told.stdout == "set()\n", told.stderr


@pytest.fixture
def listening(qtbot: QtBot, tmp_path: Path, path: Path) -> Iterator[Session]:
    """A session in this process whose register can be called."""
    session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    window = QWidget()
    qtbot.addWidget(window)
    (Path(os.environ["XDG_STATE_HOME"]) / "Cakupan").mkdir(parents=True, exist_ok=True)
    OneWindow(window, session)
    session.open_file(path, user="rina")
    yield session
    session.use_register(None)
    session.close()


def call(qtbot: QtBot, path: Path, said: bytes) -> bytes:
    """What is answered until the line is closed."""
    caller = QLocalSocket()
    address = _address(path)
    assert address is not None
    with qtbot.waitSignal(caller.connected):
        caller.connectToServer(address)
    with qtbot.waitSignal(caller.disconnected, timeout=10_000):
        caller.write(said)
    return bytes(caller.readAll().data())


@pytest.mark.parametrize(
    "said", [b"\n", b"token-123\n", b"\xff\x00\x1b]0;x\x07\n", b"raise\nquit\nopen /etc/passwd\n", b"a" * 200 + b"\n"]
)
def test_whatever_is_called_the_window_only_comes_forward(
    qtbot: QtBot, listening: Session, path: Path, said: bytes
) -> None:
    before = dict(os.environ)
    assert call(qtbot, path, said) == b"cakupan\n"
    assert dict(os.environ) == before
    assert listening.opened_register.path == path


@pytest.mark.parametrize("said", [b"", b"no end", b"a" * 100_000])
def test_a_call_without_an_end_is_closed(qtbot: QtBot, listening: Session, path: Path, said: bytes) -> None:
    assert call(qtbot, path, said) == b""
    assert call(qtbot, path, b"\n") == b"cakupan\n", "and the next one is answered"


def test_the_name_goes_with_the_register(qtbot: QtBot, listening: Session, path: Path, tmp_path: Path) -> None:
    address = _address(path)
    assert address is not None
    other = tmp_path / "lain.db"
    open_register(other, user="rina", clock=lambda: NOW).close()
    listening.open_file(other, user="rina")
    assert call(qtbot, other, b"\n") == b"cakupan\n"
    write_note(path, "rina", NOW)
    assert not bring_forward(path)
    assert os.name == "nt" or not Path(address).exists()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_only_this_person_can_call(listening: Session, path: Path) -> None:
    address = _address(path)
    assert address is not None
    assert Path(address).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the names apart by itself")
def test_without_a_folder_of_ones_own_nobody_is_called(
    path: Path, tmp_path: Path, short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_note(path, "rina", NOW)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "nowhere"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "also nowhere"))
    assert _address(path) is None
    assert not bring_forward(path)
    open_to_all = short_folder
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    assert _address(path) is None
    open_to_all.chmod(0o700)
    assert _address(path) is not None
