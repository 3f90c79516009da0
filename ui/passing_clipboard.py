"""What was copied from a protected field leaves the clipboard again: after a minute, on locking, on quitting."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.session import Session

MINUTE = 60_000
"""Milliseconds."""
_LOCKING = ("person", "locked", "register")
"""Subjects of `Session.changed` after which somebody else may sit here."""


class PassingClipboard(QObject):
    """Watches what is copied, by key, by menu or by selecting with the mouse, while a protected text has the focus."""

    def __init__(self, session: Session, stay: int = MINUTE) -> None:
        """`stay`: milliseconds after which it is cleared."""
        super().__init__(session)
        self._clipboard = QGuiApplication.clipboard()
        self._held: dict[QClipboard.Mode, int] = {}
        """Hash of the text that is to go, for each clipboard that holds one."""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(stay)
        self.timer.timeout.connect(self.clear)
        self._clipboard.changed.connect(self._look)  # a method of ours: the clipboard outlives us
        session.changed.connect(self._follow)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

    @property
    def holds_something(self) -> bool:
        """Whether something protected is still to be cleared."""
        return bool(self._held)

    def clear(self) -> None:
        """Clears what is still there of it; what somebody copied since stays."""
        self.timer.stop()
        held, self._held = self._held, {}
        for mode, text in held.items():
            if hash(self._clipboard.text(mode)) == text:
                self._clipboard.clear(mode)

    def _look(self, mode: QClipboard.Mode) -> None:
        focus = QApplication.focusWidget()
        text = self._clipboard.text(mode)
        if text and getattr(focus, "holds_protected", False):
            self._held[mode] = hash(text)
            self.timer.start()
        elif self._held.get(mode) not in (None, hash(text)):
            del self._held[mode]

    def _follow(self, subject: str) -> None:
        if subject in _LOCKING:
            self.clear()
