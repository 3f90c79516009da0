"""The obligation board of the place "Coverage": offices and nagari, companies, Perisai agents, letters to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.papers.obligation_reminder import ObligationReminder
from models.register import Register
from models.values.months import Month
from ui.fields.letters import assign_letters, letters_in
from ui.letter_tabs import LetterTabs
from ui.obligations.agents import AgentsPanel
from ui.obligations.board import BoardPanel
from ui.obligations.promises import PromisesPanel
from ui.obligations.reminder import ReminderView
from ui.session import Session


class ObligationsPanel(QWidget):
    """Three tables of one month; each is read when it is looked at. A letter stands in their place."""

    worker_wanted = Signal(int)
    """Id of a worker whose record is to be seen."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use above."""
        super().__init__(parent)
        marked = assign_letters(
            [_("Offices, nagari, cooperatives"), _("Companies (CSR)"), _("Perisai agents")], taken_letters
        )
        letters = taken_letters + "".join(letters_in(marked))
        self._session = session
        self._month = Month.of(session.today())
        self.board = BoardPanel(session, letters)
        self.board.worker_wanted.connect(self.worker_wanted)
        self.promises = PromisesPanel(session, letters)
        self.agents = AgentsPanel(session, letters)
        self.board.letter_wanted.connect(self._gather)
        self.promises.letter_wanted.connect(self._gather)
        self.tabs = QTabWidget()
        bar = LetterTabs()
        bar.letter_typed.connect(self._go_into_table)
        self.tabs.setTabBar(bar)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Obligations"))
        for part, word in zip((self.board, self.promises, self.agents), marked, strict=True):
            self.tabs.addTab(part, word)
        self.tabs.currentChanged.connect(lambda _at: self._read())
        self.letter = ReminderView(session)
        self.letter.left.connect(self._leave_letter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self.letter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)

    @property
    def shows_letter(self) -> bool:
        return self._stack.currentWidget() is self.letter

    def go_in(self) -> None:
        """The focus where work begins."""
        if self.shows_letter:
            self.letter.text.setFocus()
        elif not self._current().isAncestorOf(self.focusWidget() or self):  # or where one was before
            self._current().table.setFocus()
        else:
            self.focusWidget().setFocus()

    def show_month(self, month: Month) -> None:
        """Another month in the table in front."""
        self._month = month
        self._leave_letter()
        self._read()

    def save(self) -> None:
        """Enters what stands in the form of the table in front."""
        if not self.shows_letter:
            self._current().save()

    def print(self) -> None:
        """Ctrl+P: the letter to the unit or company of the row; in front of it, saves it."""
        current = self._current()
        if self.shows_letter:
            self.letter.print()
        elif isinstance(current, AgentsPanel):
            self._session.message(_("Letters of reminder go to the units and companies of the other two tables."))
        else:
            current.write_letter()

    def give_up(self) -> bool:
        """Esc: back from the letter, or from the people of a unit; False where there is nothing to leave."""
        if self.shows_letter:
            self._leave_letter()
            return True
        return self._current() is self.board and self.board.leave_people()

    # Details

    def _gather(self, gather: Callable[[Register], ObligationReminder]) -> None:
        """In the background: a unit may have thousands of people."""
        work = partial(_gathered, self._session.opened_register, gather)
        self._session.background.run(self, work, done=self._show_letter)

    def _show_letter(self, letter: ObligationReminder) -> None:
        self._stack.setCurrentWidget(self.letter)
        self.letter.show_letter(letter)

    def _leave_letter(self) -> None:
        if self.shows_letter:
            self._stack.setCurrentWidget(self.tabs)
            self.go_in()

    def _go_into_table(self) -> None:
        table = self._current().table
        if table.currentRow() < 0 and table.rows:
            table.setCurrentCell(0, 0)
        table.setFocus()

    def _read(self) -> None:
        self._current().show_month(self._month)

    def _current(self) -> BoardPanel | PromisesPanel | AgentsPanel:
        widget = self.tabs.currentWidget()
        assert isinstance(widget, (BoardPanel, PromisesPanel, AgentsPanel))
        return widget


def _gathered(register: Register, gather: Callable[[Register], ObligationReminder]) -> ObligationReminder:
    with register.twin(read_only=True) as twin:
        return gather(twin)
