"""A list of records with its buttons and one message line; a form takes its place while something is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from ui.fields.messages import MessageBar
from ui.funds.about import ButtonBar
from ui.look.spacing import MEDIUM, SMALL
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register
    from ui.funds.forms import FundsForm

LEAST = 24
"""Heights of a line that the area is wide at the least."""


class RecordPanel(QWidget):
    """What the areas of schemes, rates and legal bases have in common; Esc leaves the form, Ctrl+S saves it."""

    tells = "settings"
    """What the other pages read again after a save."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session, self._taken = session, taken_letters
        self.form: FundsForm | None = None
        """What is being typed."""
        self._asked: object = None
        self.message = MessageBar()
        self.listing = QWidget()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.listing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.addWidget(self.stack)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        self._build(column)

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    # What each panel says

    def _build(self, column: QVBoxLayout) -> None:
        raise NotImplementedError

    def add(self) -> None:
        """A new record (Ctrl+N)."""
        raise NotImplementedError

    def correct(self) -> None:
        """The record of the row."""
        raise NotImplementedError

    def go_in(self) -> None:
        """The focus to where work begins."""
        raise NotImplementedError

    def _written(self, id: int) -> None:
        """Something was saved: the list is read again."""
        raise NotImplementedError

    # What the page calls

    def enter(self) -> None:
        """The focus into the form, or to where work begins."""
        if self.form is not None:
            self.form.form.go_to(self.form.form.focused or self.form.form.fields[0])
        else:
            self.go_in()

    def leave(self) -> bool:
        """False while something is half typed; it is said how to go on."""
        if self.form is not None and not self.form.is_untouched:
            self.form.warn()
            return False
        return True

    def save(self) -> None:
        """Ctrl+S while something is typed."""
        if self.form is not None:
            self.form.save()

    def give_up(self) -> None:
        """Esc: the form goes, nothing was saved, but what was typed only on the second one; without a form the focus
        goes back to the list."""
        if self.form is not None:
            self.form.give_up()
        else:
            self.go_in()

    def minimumSizeHint(self) -> QSize:
        """It lets itself be made narrow: the tables scroll."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons take one row, or two."""
        super().resizeEvent(event)
        for bar in self.listing.findChildren(ButtonBar):
            bar.turn(self.width())

    # Details

    def _may(self) -> bool:
        """Whether the person may change this; otherwise it is said why not."""
        if self.form is not None and not self.leave():
            return False
        try:
            self._register.require(Right.APPROVE)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return False
        if self._register.is_read_only:
            self.message.say(_("This register is open for reading only. Nothing can be saved in it."), Level.WARNING)
            return False
        return True

    def _asked_again(self, what: object, words: str) -> bool:
        """Whether the same was asked for just before; otherwise it asks."""
        if self._asked == what:
            self._asked = None
            return True
        self._asked = what
        text = _("Take back {what}? Press Delete once more to do it; any other row leaves it.")
        self.message.say(text.format(what=words), Level.WARNING)
        return False

    def _forget(self) -> None:
        """Another row: what was asked is answered with no."""
        if self._asked is not None:
            self._asked = None
            self.message.say("")

    def _open(self, form: FundsForm, first: str) -> None:
        self._close_form()
        self.message.say("")
        self.form = form
        form.saved.connect(self._saved)
        form.given_up.connect(self._form_left)
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        form.form.go_to(first)

    def _close_form(self) -> None:
        if self.form is None:
            return
        self.stack.setCurrentWidget(self.listing)
        self.stack.removeWidget(self.form)
        self.form.deleteLater()
        self.form = None

    def _form_left(self) -> None:
        self._close_form()
        self.go_in()

    def _saved(self, said: str, id: int) -> None:
        self._close_form()
        self._done(said, id)
        self.go_in()

    def _done(self, said: str, id: int) -> None:
        """Something was written: everybody reads again."""
        self.message.say(said, "good")
        self._written(id)
        self._session.tell(self.tells)


def button_row(*buttons: QPushButton) -> QWidget:
    """Buttons beside each other, as narrow as they are."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SMALL)
    for one in buttons:
        row.addWidget(one)
    row.addStretch()
    return made
