"""The area "Running out" of Schemes & Funds: who ends when, who drops out, and going on in one action."""

from __future__ import annotations

from array import array
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level
from models.schemes.enrolment import EnrolmentPlan
from models.storage.periods import Ending
from models.values.formats import month_long, number
from models.values.months import Month
from ui.background import Job
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import EmptyState, button, heading
from ui.people.workers_table import WorkersModel
from ui.people.workers_view import WorkersView
from ui.places import Place
from ui.schemes.enrolling.wanted import EnrolWanted
from ui.schemes.periods import words
from ui.schemes.periods.reading import EndingLine, read_calendar, read_people
from ui.session import Session
from ui.table import FigureTable


class PeriodsPanel(QWidget):
    """Enter on a row shows its people, Enter on a person the record; F2 continues those who drop out."""

    def __init__(self, session: Session, taken_letters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self.month = Month.of(session.today())
        self._lines: tuple[EndingLine, ...] = ()
        self._shown: Ending | None = None
        self.only_dropping = True
        self._reading: Job | None = None
        self._goes_in = False
        self._build(taken_letters)

    # What the page asks for

    def go_in(self) -> None:
        """The focus where work begins."""
        (self.table if self._lines else self.continue_button).setFocus()

    def read_again(self) -> None:
        """Enrolments may be other ones now; it may take a moment."""
        self.month = Month.of(self._session.today())
        self.message.say("")
        self._session.background.run(
            self, partial(read_calendar, self._register, self.month), done=self._show_calendar
        )

    def help_topic(self) -> str:
        return "periods"

    def give_up(self) -> None:
        """Esc: back to the calendar."""
        self.table.setFocus()

    # What can be done

    def show_people(self) -> None:
        """Enter: the people of the row, those who drop out first of all."""
        if (ending := self._ending()) is not None:
            self._goes_in = True
            self._read_people(ending)

    def change_choice(self) -> None:
        """F7: all who end, or only those who drop out."""
        self.only_dropping = not self.only_dropping
        if (ending := self._ending()) is not None:
            self._read_people(ending)

    def go_on(self) -> None:
        """F2: opens the enrolling of those who drop out, or of the people chosen below, from the month after."""
        ending = self._ending()
        if ending is None:
            return
        if self._shown == ending and self.people.hasFocus() and self.people.chosen_count() > 1:
            self._continue(ending, self.people.chosen_ids())
            return
        self._session.background.run(
            self, partial(read_people, self._register, ending, True), done=partial(self._continue, ending)
        )

    # Building

    def _build(self, taken: str) -> None:
        marked = assign_letters(
            [_("Continue with ... (F2)"), _("People (Enter)"), _("All or only who drop out (F7)")], taken
        )
        self.hint = heading("", "muted")
        self.hint.setWordWrap(True)
        self.table = FigureTable(_("Calendar of periods that run out"), words.calendar_columns())
        self.table.chosen.connect(lambda _key: self.show_people())
        self.empty = EmptyState("")
        self.message = MessageBar()
        self.people_title = heading("", "section")
        self.model = WorkersModel(self._session.while_open(self._register.workers.lines), self.month)
        self.model.failed.connect(lambda text: self.message.say(text, Level.ERROR))
        self.people = WorkersView(self.model, self._session.preferences)
        self.people.setAccessibleName(_("Who ends"))
        self.people.horizontalHeader().setSortIndicatorShown(False)
        self.people.horizontalHeader().setSectionsClickable(False)
        self.people.horizontalHeader().setToolTip("")
        self.people.opened.connect(lambda id: self._session.go_to(Place.WORKERS, id))
        self.people.left.connect(self.table.setFocus)
        self.people.chosen_changed.connect(self._describe)
        self.continue_button = button(marked[0], self.go_on, icon="next", primary=True)
        acts = QHBoxLayout()
        acts.setSpacing(SMALL)
        acts.addWidget(self.continue_button)
        acts.addWidget(button(marked[1], self.show_people, icon="user"))
        acts.addWidget(button(marked[2], self.change_choice, icon="list"))
        acts.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.hint)
        rows.addLayout(acts)
        rows.addWidget(self.message)
        rows.addWidget(self.table, 4)
        rows.addWidget(self.empty, 4)
        rows.addWidget(self.people_title)
        rows.addWidget(self.people, 5)
        for keys, run in (("F2", self.go_on), ("F7", self.change_choice)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _on=False, run=run: run())
            self.addAction(action)
        self.empty.hide()
        self._hide_people()

    # Details

    def _ending(self) -> Ending | None:
        row = self.table.current
        if row is not None and isinstance(row.key, Ending):
            return row.key
        self.message.say(_("Choose a row of the calendar first."), Level.WARNING)
        return None

    def _show_calendar(self, lines: tuple[EndingLine, ...]) -> None:
        self._lines = lines
        had_focus = self.continue_button.hasFocus()
        last = self.month + 11
        text = _("Who is covered for the last time from {first} to {last}. Who is enrolled anew from the month after "
                 "goes on; the others drop out.")  # fmt: skip
        self.hint.setText(text.format(first=month_long(self.month), last=month_long(last)))
        self.table.set_rows(words.calendar_rows(lines))
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.sentence.setText(
            _("No period runs out from {first} to {last}.").format(
                first=month_long(self.month), last=month_long(last)
            )
        )
        if lines and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        if lines and had_focus:
            self.table.setFocus()
        if self._shown is not None:
            known = next((one.ending for one in lines if _same(one.ending, self._shown)), None)
            if known is None:
                self._hide_people()
            else:
                self._read_people(known)

    def _read_people(self, ending: Ending) -> None:
        if self._reading is not None:
            self._reading.cancel()
        work = partial(read_people, self._register, ending, self.only_dropping)
        self._reading = self._session.background.run(self, work, done=partial(self._show_people, ending))

    def _show_people(self, ending: Ending, ids: array[int]) -> None:
        self._reading, self._shown = None, ending
        if not self.model.show_ids(ids):
            self.people.go_to_row(0)
        self.model.read_again()
        self._describe()
        self.people_title.show()
        self.people.setVisible(bool(ids))
        if self._goes_in and ids:
            self.people.setFocus()
            self.people.go_to_row(0)
        self._goes_in = False

    def _describe(self) -> None:
        """How many they are, and how many of them are chosen."""
        if self._shown is None:
            return
        text = _("{count} drop out after {month}") if self.only_dropping else _("{count} end with {month}")
        words = text.format(count=number(len(self.model.ids)), month=month_long(self._shown.last_month))
        chosen = self.people.chosen_count()
        if chosen > 1:
            words = _("{found}, {count} chosen").format(found=words, count=number(chosen))
        self.people_title.setText(words)

    def _continue(self, ending: Ending, ids: array[int]) -> None:
        if not ids:
            self.message.say(_("Nobody of this row drops out: all of them go on."), "good")
            return
        scheme = self._register.schemes.get(ending.scheme)
        plan = EnrolmentPlan(scheme=ending.scheme, first=ending.last_month + 1, month_count=scheme.usual_months)
        self.message.say("")
        self._session.go_to(Place.WORKERS, EnrolWanted(ids, plan))

    def _hide_people(self) -> None:
        self._shown = None
        self.people_title.hide()
        self.people.hide()


def _same(one: Ending, other: Ending) -> bool:
    return (one.last_month, one.scheme, one.fund) == (other.last_month, other.scheme, other.fund)
