"""A reason typed at the bottom of the bench; the usual ones have a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from ui.fields.field import TextField
from ui.look.spacing import HAIR, MEDIUM
from ui.look.style import set_role


class ReasonRow(QWidget):
    """Hidden until it is asked; Enter gives the reason, Esc leaves."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual: tuple[str, ...] = ()
        self.field = TextField("reason", _("Reason"))
        self.field.stepped.connect(lambda _by: self._give())
        self._label = QLabel()
        self._label.setBuddy(self.field)
        self.usual = QLabel()
        self.usual.setTextFormat(Qt.TextFormat.PlainText)
        self.usual.setWordWrap(True)
        set_role(self.usual, "muted")
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self._label)
        row.addWidget(self.field, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(HAIR)
        rows.addLayout(row)
        rows.addWidget(self.usual)
        self.hide()

    def ask(self, question: str, usual: Sequence[str]) -> None:
        """Asks, with usual reasons (English message ids) behind the numbers from 1 on."""
        self._usual = tuple(_(reason) for reason in usual)
        self._label.setText(question)
        self.field.setAccessibleName(question)
        told = "   ".join(f"{at} {reason}" for at, reason in enumerate(self._usual, 1))
        self.usual.setText(_("Usual: {reasons}. Type its number or your own words, then Enter.").format(reasons=told))
        self.field.setAccessibleDescription(self.usual.text())
        self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_asking(self) -> bool:
        """Whether a reason is being typed."""
        return not self.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        text = " ".join(self.field.text().split())
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(self._usual):
            text = self._usual[int(text) - 1]
        self.given.emit(text)
