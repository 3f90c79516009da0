"""A field for a password: covered unless the person wants to see it, and never tidied."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from models.language import translate as _
from models.values.parsed import Parsed
from ui.fields.field import Field

SHOW_KEY = Qt.Key.Key_F2
_KINDS = Qt.InputMethodHint


class PasswordField(Field):
    """F2 shows and covers what is typed; Caps Lock is told of while typing."""

    help_topic = "password"

    def __init__(self, name: str, label: str, **options: Any) -> None:
        super().__init__(name, label, **options)
        self._has_capitals = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = _KINDS.ImhSensitiveData | _KINDS.ImhNoPredictiveText | _KINDS.ImhNoAutoUppercase
        self.setInputMethodHints(hints | _KINDS.ImhHiddenText)
        self.describe(_("F2 shows or covers what is typed."))

    @property
    def is_shown(self) -> bool:
        """Whether the letters can be read on the screen."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def show_letters(self, shown: bool) -> None:
        """Lets the letters be read, or covers them."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.update()

    # As a field

    def read(self, text: str) -> Parsed[str]:
        """Every sign counts, spaces as well."""
        return text or None, ()

    def note(self) -> str:
        if not self.hasFocus() or self.isReadOnly():
            return ""
        if self._has_capitals:
            return _("Caps Lock is on")
        return _("F2 covers it") if self.is_shown else _("F2 shows it")

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == SHOW_KEY and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.show_letters(not self.is_shown)
            return
        if event.key() == Qt.Key.Key_CapsLock:
            self._has_capitals = False  # the next letter tells
        typed = event.text()
        if len(typed) == 1 and typed.isalpha() and typed.upper() != typed.lower():
            self._has_capitals = typed.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody's password stays readable after its field was left."""
        super().focusOutEvent(event)
        self._has_capitals = False
        self.show_letters(False)
