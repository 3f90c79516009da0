"""One window for one file: a second start brings the first window forward and ends.

The first window listens under a name that stands for the file and the person; whatever is said to it, it only comes
forward. This module is imported after the first paint, or where a note beside the file says that somebody has it; Qt's
network library with the first register that is open.
"""

from __future__ import annotations

import os
import re
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from models.storage.beside import note_beside, real_place
from models.storage.holder import read_note
from ui.folders import log_folder

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from ui.session import Session

PATIENCE = 1.0
"""Seconds within which the first window must have answered."""
STARTING = 10.0
"""Seconds within which a program that has just taken the file must have opened it."""
_ANSWER = b"cakupan\n"
_LONGEST_CALL = 256
_TOKEN = re.compile(rb"[!-~]+")
"""What a Wayland desktop gives a program that was just started, so that it may bring a window forward."""
_TOKEN_NAME = "XDG_ACTIVATION_TOKEN"
_LONGEST_ADDRESS = 100
"""Bytes; the path of a socket ends at 107."""


class OneWindow(QObject):
    """Brings a window forward when the file that is open in it is started again."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._server: QLocalServer | None = None
        session.changed.connect(self._follow)
        self._follow("register")

    def _follow(self, subject: str) -> None:
        if subject != "register":
            return
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        register = self._session.register
        if register is not None and not register.is_read_only:
            self._listen(register.path)

    def _listen(self, path: Path) -> None:
        """The lock is ours, so a name that is taken was left by a program that was killed."""
        from PySide6.QtNetwork import QLocalServer

        address = _address(path)
        if address is None:
            return
        QLocalServer.removeServer(address)
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(4)
        server.newConnection.connect(self._take_calls)
        server.listen(address)  # where it cannot, a second start says who has the file

    def _take_calls(self) -> None:
        server = self._server
        while server is not None and server.hasPendingConnections():
            caller = server.nextPendingConnection()
            caller.setReadBufferSize(_LONGEST_CALL)
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(partial(self._answer, caller))
            end = QTimer(caller, singleShot=True, interval=round(PATIENCE * 1000))
            end.timeout.connect(partial(_hang_up, caller))
            end.start()

    def _answer(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            return  # the rest may follow; otherwise the time runs out
        said = bytes(caller.readLine(_LONGEST_CALL).data()).strip()
        if QApplication.platformName().startswith("wayland") and _TOKEN.fullmatch(said):
            os.environ[_TOKEN_NAME] = said.decode("ascii")  # Qt shows it to the desktop, and takes it away
        self._come_forward()
        caller.write(_ANSWER)
        caller.disconnectFromServer()

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        for widget in (window, QApplication.activeModalWidget()):
            if widget is not None:
                widget.raise_()
                widget.activateWindow()
        QApplication.alert(window)  # a desktop that lets no program come forward shows at least where it is


def _hang_up(caller: QLocalSocket) -> None:
    caller.abort()


def bring_forward(path: Path) -> bool:
    """Whether the window in which this file is open came forward; it answers within a second or counts as hung."""
    address = _address(path) if note_beside(path).exists() else None
    if address is None:
        return False
    _let_it_come(path)
    return _call(address, time.monotonic() + PATIENCE)


def bring_forward_when_ready(path: Path, now: datetime) -> bool:
    """The same for a file that was found in use: by a program that began just before this one and opens it still.

    One that has had it for longer is not asked again.
    """
    address, begun = _address(path), time.monotonic()
    while address is not None:
        holder, waited = read_note(path), time.monotonic() - begun
        if holder is None and waited > PATIENCE:
            break
        if holder is not None:
            is_starting = abs((now - holder.since).total_seconds()) < STARTING
            if holder.process == os.getpid() or not is_starting or waited > STARTING:
                break
            _let_it_come(path)
            if _call(address, begun + STARTING):
                return True
        time.sleep(0.02)
    return False


def _call(address: str, until: float) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    def left() -> int:
        return max(1, round((until - time.monotonic()) * 1000))

    socket = QLocalSocket()
    socket.connectToServer(address)
    try:
        if not socket.waitForConnected(left()):
            return False
        socket.write(os.environ.get(_TOKEN_NAME, "").encode("ascii", "ignore")[: _LONGEST_CALL - 2] + b"\n")
        while not socket.canReadLine():
            if time.monotonic() >= until or not socket.waitForReadyRead(left()):
                break
        return socket.readLine(_LONGEST_CALL).data() == _ANSWER
    finally:
        socket.abort()


def _let_it_come(path: Path) -> None:
    """Windows lets only the program that the person just started hand the foreground on."""
    if sys.platform == "win32":
        import ctypes

        holder = read_note(path)
        if holder is not None:
            ctypes.windll.user32.AllowSetForegroundWindow(holder.process)


def _address(path: Path) -> str | None:
    """The name of this person's window for a file, in a folder where nobody else can take it; None without one."""
    from hashlib import sha256

    from ui.computer_user import computer_user

    place = os.path.normcase(real_place(path))
    name = "cakupan-" + sha256(os.fsencode(place) + b"\0" + computer_user().encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return name
    for folder in (Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere"), log_folder().parent):
        address = str(folder / name)
        if _is_own(folder) and len(os.fsencode(address)) <= _LONGEST_ADDRESS:
            return address
    return None


def _is_own(folder: Path) -> bool:
    """A folder of this person, into which not everybody can put something."""
    try:
        known = folder.stat()
    except OSError:
        return False
    return known.st_uid == os.getuid() and not known.st_mode & 0o002
