"""The line at the bottom: what just happened, which file, how old the last backup is, how many workers, who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from models.language import translate as _
from models.language import translate_count
from ui.look import icons
from ui.look.spacing import ICON, LARGE, SMALL
from ui.look.style import set_role
from ui.session import Session

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QMouseEvent

    from models.register import Register

SHOWN_FOR = 10_000
"""Milliseconds that a message stays."""
READ_AGAIN = 60_000
"""Milliseconds after which the age of the last backup is read again: it grows, and a schedule may have made another."""
AMBER_AFTER, RED_AFTER = 1, 7
"""Days without a backup."""


class StatusBar(QStatusBar):
    """Messages at the left, the state of the register at the right."""

    person_clicked = QtCore.Signal(QtCore.QPoint)
    """The name of who works with the register was clicked; the point is of the screen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self._parts: dict[str, _Part] = {}
        session.said.connect(self._say)
        session.changed.connect(self._read_again)
        self._read_again("register")
        clock = QtCore.QTimer(self)
        clock.timeout.connect(lambda: self._read_again("backup"))
        clock.start(READ_AGAIN)

    def _say(self, text: str) -> None:
        self.showMessage(text, SHOWN_FOR)

    def _read_again(self, subject: str) -> None:
        register = self._session.register
        for part in self._parts.values():
            part.setVisible(register is not None)
        if register is None:
            return
        if not self._parts:
            self._make_parts()
        if subject in ("register", "look"):
            self._parts["file"].show_text(register.path.name, tip=str(register.path))
        if subject in ("register", "person", "look"):
            self._parts["user"].show_text(_who(register), tip=_("Saved under this name"))
        if subject in ("register", "workers", "look"):
            count = register.workers.count()
            words = translate_count("{count} worker", "{count} workers", count).format(count=_number(count))
            self._parts["workers"].show_text(words)
        if subject in ("register", "backup", "look"):
            level, words = backup_age(self._session.last_backup_at(), self._session.now())
            self._parts["backup"].show_text(words, level, tip=_("Age of the last verified backup"))

    def _make_parts(self) -> None:
        for name, icon in (("file", ""), ("backup", "backup"), ("workers", "workers"), ("user", "user")):
            part = self._parts[name] = _Part(icon, self)
            self.addPermanentWidget(part)
        self._parts["user"].clicked.connect(self.person_clicked)


class _Part(QWidget):
    """An icon and a word."""

    clicked = QtCore.Signal(QtCore.QPoint)

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._icon, self._words = QLabel(), QLabel()
        self._words.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(SMALL, 0, LARGE, 0)
        row.setSpacing(SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self._icon.setVisible(bool(icon))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(event.globalPosition().toPoint())

    def show_text(self, text: str, level: str = "", tip: str = "") -> None:
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip)
        set_role(self._words, level)
        if self._icon_name:
            name = level if level in ("warning", "error") else self._icon_name
            self._icon.setPixmap(icons.pixmap(name, level or "muted", ICON, self.devicePixelRatioF()))


def _who(register: Register) -> str:
    """The name, and the role where the register knows its users."""
    person = register.person
    if person is None or person.id is None:
        return register.user
    return f"{person.shown_name} · {_(person.role.label)}"


def backup_age(made_at: datetime | None, now: datetime) -> tuple[str, str]:
    """Level (``good``, ``warning``, ``error``) and words for the age of the last backup."""
    if made_at is None:
        return "error", _("No backup yet")
    age = now - made_at
    minutes, hours, days = int(age.total_seconds() // 60), int(age.total_seconds() // 3600), age.days
    if minutes < 1:
        return "good", _("Backup made just now")
    if minutes < 60:
        words = translate_count("Backup {count} minute ago", "Backup {count} minutes ago", minutes)
        return "good", words.format(count=minutes)
    if hours < 48:
        words = translate_count("Backup {count} hour ago", "Backup {count} hours ago", hours).format(count=hours)
        return ("good" if days < AMBER_AFTER else "warning"), words
    words = translate_count("Backup {count} day ago", "Backup {count} days ago", days).format(count=_number(days))
    return ("warning" if days <= RED_AFTER else "error"), words


def _number(value: int) -> str:
    from models.values.formats import number  # not needed before the window is painted

    return number(value)
