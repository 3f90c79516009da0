"""What every form of a step is: a title, a sentence, the fields, and doing it in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Problem, Rejected, StorageFailure
from ui.fields.form import FormGrid
from ui.look.spacing import SMALL
from ui.page import button, heading
from ui.session import Session

Act = Callable[..., Any]
"""In the background: gets the register of its thread and `progress`, gives what came of it."""


class StepForm(QWidget):
    """A title, a sentence, the fields. Ctrl+S does it, Esc leaves; the last Enter does nothing."""

    wanted = Signal()
    """Everything is typed: do it."""
    given_up = Signal()
    step = "activate"
    """What is done to them, as `words` names it."""
    leaves_list = True
    """Whether there is room for the list above it."""

    def __init__(self, session: Session, title: str, about: str, word: str, taken: str) -> None:
        """`word` stands on the button that does it; `taken` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session, self._register = session, session.opened_register
        self.form = form = FormGrid()
        self._add_fields()
        self.about = heading(about, "muted")
        self.about.setWordWrap(True)
        form.set_buttons(
            *self._further_buttons(),
            button(_("Leave (Esc)"), self.given_up.emit),
            button(word, self.save, icon="save", primary=True),
            hint=_("Enter leads on and never saves."),
            taken_letters=taken,
        )
        form.left.connect(lambda _name: form.show_problems(self._judged()))
        form.reached_end.connect(lambda: form.say(_("That was the last field. Ctrl+S saves.")))
        self.setAccessibleName(title)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SMALL)
        self._rows.addWidget(heading(title, "section"))
        self._rows.addWidget(self.about)
        self._rows.addWidget(form)
        if self.leaves_list:  # no higher than it needs: the rest is the list's
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.fit()

    def fit(self) -> None:
        """As high as its fields need; what it says may take two lines."""
        self.form.setFixedHeight(self.form.needed_height() + self.form.fontMetrics().height())

    def shrink(self) -> None:
        """There is little room: the fields are what counts."""
        self.leaves_list = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._rows.addStretch()

    def begin(self) -> None:
        """The focus where work begins."""
        self.form.go_to_first()

    def save(self) -> bool:
        """True when all is there; otherwise the form says what is missing."""
        self.form.tidy()
        problems = (*self.form.reading_problems(), *self._judged())
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return False
        self.wanted.emit()
        return True

    def refused(self, trouble: Rejected | StorageFailure) -> None:
        """It was not done: at the field, or in the line of the form."""
        if isinstance(trouble, Rejected):
            self.form.show_problems(trouble.problems, everywhere=True)
            if self.form.go_to_first_problem():
                return
        self.form.say(trouble.text, Level.ERROR)

    def act(self) -> Act:
        """What is to be done in the background."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _further_buttons(self) -> tuple[QPushButton, ...]:
        """Before the two that every form has."""
        return ()

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _problems(self) -> tuple[Problem, ...]:
        """What the rules find in what is typed."""
        raise NotImplementedError

    def _judged(self) -> tuple[Problem, ...]:
        return self._problems()


def missing(form: FormGrid, messages: dict[str, str]) -> tuple[Problem, ...]:
    """A problem for each field of `messages` that is empty; of those that cannot be read the field speaks itself."""
    unread = {problem.field for problem in form.reading_problems()}
    return tuple(
        Problem(name, f"{name}_missing", message)
        for name, message in messages.items()
        if name not in unread and form[name].value() in (None, "")
    )
