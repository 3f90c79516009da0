"""What a word of a list means, said once for the whole list: below the message, while it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.language import translate as _
from models.people.worker import MaritalStatus, Segment
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.look.spacing import MEDIUM
from ui.people.worker_fields import choices_of_nagari, choices_of_occupation, choices_of_sex

if TYPE_CHECKING:
    from models.register import Register

KEY = "F4"
WORDS = ("nagari", "occupation", "sex", "marital_status", "segment")
"""Fields whose cells are words with a meaning."""


class WordLine(QWidget):
    """Hidden until `ask`; Enter gives the meaning, Esc gives up."""

    given = Signal(int, str, str)
    """Column of the list, its word, and the stored value that it means."""
    left = Signal()

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._column, self._word = -1, ""
        self._label = QLabel()
        self.field = ChoiceField("meaning", _("What the word means"))
        self.field.stepped.connect(lambda _by: self._give())
        self._label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self._label)
        row.addWidget(self.field, 1)
        self.hide()

    def ask(self, field: str, column: int, word: str, count: int) -> None:
        """Asks what a word of a column means that stands in `count` cells."""
        self._column, self._word = column, word
        self._label.setText(_("“{word}” in {count} cells means").format(word=word, count=count))
        self.field.set_choices(self._choices(field))
        self.field.set_text_as_typed("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        value = self.field.value()
        if value is not None:
            self.hide()
            self.given.emit(self._column, self._word, str(value))

    def _choices(self, field: str) -> tuple[Choice, ...]:
        match field:
            case "nagari":
                return choices_of_nagari(self._register)
            case "occupation":
                return choices_of_occupation(self._register)
            case "sex":
                return choices_of_sex()
            case "marital_status":
                return choices_of(MaritalStatus)
        return choices_of(Segment)
