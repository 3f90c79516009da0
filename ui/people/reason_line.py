"""A reason for a warning, typed at the end of the message line without leaving the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.language import translate as _
from models.problems import Problem
from ui.fields.field import TextField
from ui.look.spacing import MEDIUM

KEY = "F7"
_CHARACTERS = 52
"""Of a reason are seen at once, where there is room."""


class ReasonLine(QWidget):
    """Says that a key accepts the warning; after that key, a field for the reason."""

    given = Signal(object, str)
    """The `Problem` and the reason, by Enter."""
    typed = Signal(object, str)
    """The `Problem` and what stands there so far, at each key: worth a draft."""
    left = Signal()
    """The focus went elsewhere, or Esc: nothing is accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem: Problem | None = None
        """The warning whose reason is being typed."""
        self._usual: dict[str, str] = {}
        self._offered: Problem | None = None
        self._is_typing = False
        self._hint = QLabel(_("{key}: save with a reason").format(key=KEY))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field = TextField("reason", _("Reason"))
        self.field.setPlaceholderText(_("Type the reason, then Enter"))
        self.field.stepped.connect(lambda _by: self.give())
        self.field.left.connect(self._leave)
        self.field.edited.connect(lambda: self.typed.emit(self.problem, self.field.text()))
        self._word = QLabel(_("Reason"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        for widget, stretch in ((self._hint, 1), (self._word, 0), (self.field, 1)):
            row.addWidget(widget, stretch)
        self.offer(None)

    def offer(self, problem: Problem | None) -> None:
        """The message line speaks of this now; a reason that is being typed stays."""
        self._offered = problem
        if not self._is_typing:
            self._show()
            self.setVisible(problem is not None and not problem.is_error)

    def ask(self, problem: Problem, begun: str = "") -> None:
        """Begins the reason, or goes on with one; the one given for such a warning before stands ready, selected."""
        self.problem, self._is_typing = problem, True
        self.field.setMinimumWidth(
            min(_CHARACTERS * self.fontMetrics().averageCharWidth(), self.window().width() // 3)
        )
        self._show()
        self.setVisible(True)
        self.field.setText(begun or self._usual.get(problem.code, ""))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if not begun:
            self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.problem is not None:
            self._leave()
            return
        super().keyPressEvent(event)

    def give(self) -> None:
        """Accepts the warning with what is typed, as Enter does; nothing happens while nothing is typed."""
        problem, reason = self.problem, " ".join(self.field.text().split())
        if problem is None or not reason:
            return
        self._usual[problem.code] = reason
        self.problem = None
        self.given.emit(problem, reason)
        self._end()

    def _leave(self) -> None:
        if self.problem is not None:
            self.problem = None
            self.left.emit()
            self._end()

    def _end(self) -> None:
        """The focus is elsewhere by now: hiding the field before would send it anywhere."""
        self._is_typing = False
        self.offer(self._offered)

    def _show(self) -> None:
        self._hint.setVisible(not self._is_typing)
        self._word.setVisible(self._is_typing)
        self.field.setVisible(self._is_typing)
