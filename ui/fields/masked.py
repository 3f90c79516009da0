"""Fields that can show only the mask of what they hold: for values that identify a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QInputMethodEvent, QKeyEvent, QKeySequence

from models.language import translate as _
from models.people.masking import PROTECTED, masked
from models.people.names import tidy
from models.problems import Problem
from models.values.parsed import Parsed
from ui.fields.field import Field


@dataclass(frozen=True, slots=True)
class _Concealed:
    """A value behind its mask."""

    value: Any
    text: str
    """As it is shown in full."""
    mask: str


class MaskedField(Field):
    """Holds a value in full or behind its mask. The mask is no text of the field: no draft and no record gets it."""

    show_wanted = Signal()
    """A key was pressed in a value that can only be changed once it is shown."""

    _hidden: _Concealed | None = None
    _replaced: _Concealed | None = None

    def conceal(self, value: str, *, locked: bool) -> None:
        """Shows only the mask of a stored value, which `value` goes on giving. A `locked` one must be revealed before
        it can be changed; otherwise the first key begins the whole new value, and emptied it is masked again."""
        self.set_value(value)
        if self.text():
            self._cover(_Concealed(self.value(), self.text(), masked(self.name, value)))
            self.setReadOnly(locked)

    def reveal(self) -> None:
        """Shows a masked value in full."""
        hidden = self._hidden
        if hidden is not None:
            source = self.filled_by
            self.set_text_as_typed(hidden.text)
            self.filled_by = source
            if self.hasFocus():
                self.setText(self.editable(self.text()))

    @property
    def is_concealed(self) -> bool:
        return self._hidden is not None

    @property
    def is_locked(self) -> bool:
        return self._hidden is not None and self.isReadOnly()

    @property
    def holds_protected(self) -> bool:
        return self._hidden is None and self.name in PROTECTED

    # As a field

    def value(self) -> Any:
        return super().value() if self._hidden is None else self._hidden.value

    def reading_problem(self) -> Problem | None:
        return super().reading_problem() if self._hidden is None else None

    def text_as_typed(self) -> str:
        return super().text_as_typed() if self._hidden is None else ""

    def set_text_as_typed(self, text: str) -> None:
        self._uncover()
        super().set_text_as_typed(text)

    def tidy(self) -> None:
        if self._hidden is not None:
            return
        if self._replaced is not None and not self.text():  # nothing was typed after all
            self._cover(self._replaced)
        else:
            super().tidy()

    def note(self) -> str:
        return super().note() if self._hidden is None else _("masked")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_locked and _changes(event):
            self.show_wanted.emit()
            return
        if _changes(event):
            self._select_mask()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._select_mask()
        super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._select_mask()
        super().contextMenuEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._select_mask()
        super().dropEvent(event)

    # Details

    def _select_mask(self) -> None:
        """Nothing is typed into the middle of a mask."""
        if self._hidden is not None:
            self.selectAll()

    def _cover(self, hidden: _Concealed) -> None:
        self._hidden, self._replaced = hidden, None
        self.was_edited = False
        self.setText(hidden.mask)
        self.setAccessibleDescription(_("masked"))
        self.update()

    def _uncover(self) -> None:
        if self._hidden is not None:
            self._hidden = None
            self.setReadOnly(False)
            self.setAccessibleDescription("")
        self._replaced = None

    def _on_edited(self, text: str) -> None:
        if self._hidden is None or self._type_over(self._hidden):
            super()._on_edited(text)

    def _type_over(self, hidden: _Concealed) -> bool:
        """The mask, all of it selected, was typed over: what was typed stays. Deleting alone changes nothing."""
        typed = self.text()
        if not typed:
            self.setText(hidden.mask)
            self.selectAll()
            return False
        self._uncover()
        self._replaced = hidden
        self.setText(typed)
        return True


class MaskedNameField(MaskedField):
    """Another person's name, as it is only written down: titles stay where they are."""

    def read(self, text: str) -> Parsed[str]:
        return tidy(text) or None, ()


def _changes(event: QKeyEvent) -> bool:
    """Whether a key would change the text of a field."""
    if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        return True
    if event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Cut):
        return True
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    is_command = held == Qt.KeyboardModifier.ControlModifier  # with Alt it is AltGr, which types characters
    return bool(event.text()) and event.text().isprintable() and not is_command
