"""What a word of a list means, said once for the whole list: below the message, while it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.exchange.cells import text_of
from models.exchange.checked import CheckedList
from models.language import translate as _
from models.values.formats import number
from ui.fields.choice import Choice, ChoiceField
from ui.look.spacing import MEDIUM
from ui.people.worker_fields import choices_of_nagari, choices_of_occupation

if TYPE_CHECKING:
    from models.register import Register

KEY = "F4"


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

    def can_ask(self, checked: CheckedList, column: int) -> bool:
        """Whether the cells of a column are words that the register knows."""
        return bool(self._choices(checked, column))

    def ask(self, checked: CheckedList, column: int, word: str, proposals: Sequence[str] = ()) -> bool:
        """Asks what a word of a column means; the likeliest of `proposals` stands there. False for a column whose
        cells are no words."""
        found = self._choices(checked, column)
        if not found:
            return False
        self._column, self._word = column, word
        count = sum(text_of(cell) == word for cell in checked.table.columns[column])
        self._label.setText(_("“{word}” in {count} cells means").format(word=word, count=number(count)))
        self.field.set_choices(found)
        self.field.set_text_as_typed(proposals[0] if proposals else "")
        self.field.tidy()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()
        return True

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

    def _choices(self, checked: CheckedList, column: int) -> tuple[Choice, ...]:
        """What the register knows; nagari and occupations with their codes and other names."""
        from models.exchange.checking import choices

        field = checked.fields.get(column, "")
        if field == "nagari":
            return choices_of_nagari(self._register)
        if field == "occupation":
            return choices_of_occupation(self._register)
        known = choices(checked, column) if field else ()
        return tuple(Choice(stored, shown, str(at)) for at, (stored, shown) in enumerate(known, 1))
