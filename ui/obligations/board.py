"""The board of one scheme: each unit beside how many there are, the people behind it, and entering a count."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import N_, translate_count
from models.language import translate as _
from models.obligations.records import BoardRow, Roster
from models.obligations.rules import MOST_PEOPLE
from models.people.masking import mask_number
from models.problems import Problem, Rejected, StorageFailure
from models.schemes.scheme import PayerKind, Scheme
from models.values.formats import number
from models.values.months import Month
from ui.areas import choices_of_areas
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField
from ui.look.spacing import MEDIUM, PAGE, SMALL
from ui.obligations.acts import Acts
from ui.obligations.words import OBLIGED, board_columns, board_row, reminder_words, sum_words
from ui.page import button, heading
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.register import Register

FORM_WIDTH = 360
MOST_NAMES = 500
"""More names than this are chosen on the workers page."""


class BoardPanel(QWidget):
    """Enter on a unit shows its people, Ctrl+P the letter to it, Ctrl+C copies its figures, Ctrl+S enters a count."""

    worker_wanted = Signal(int)
    """Id of a worker whose record is to be seen."""
    letter_wanted = Signal(object)
    """Gets a register, gives the letter to the unit of the row."""
    changed = Signal()
    """A count was entered."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use above."""
        super().__init__(parent)
        self._session, self._taken = session, taken_letters
        self._month = Month.of(session.today())
        self._rows: tuple[BoardRow, ...] = ()
        self._build()

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    @property
    def scheme(self) -> Scheme | None:
        """Whose board it is."""
        chosen = self.choice.value()
        return None if chosen is None else self._register.schemes.get(chosen)

    def show_month(self, month: Month) -> None:
        """Reads the board of another month."""
        self._month = month
        if self.scheme is None and self.choice.choices():
            self.choice.set_value(self.choice.choices()[0].value)
            self._take_scheme()
        self.read()

    def read(self) -> None:
        """In the background: with many enrolments it takes longer than a frame."""
        scheme = self.scheme
        if scheme is not None:
            work = partial(_board, self._register, scheme, self._month)
            self._session.background.run(self, work, done=partial(self._show, scheme))

    def save(self) -> None:
        """Enters how many there are at a unit."""
        scheme = self.scheme
        self.form.tidy()
        problems = list(self.form.reading_problems())
        values = self.form.values()
        unit = values["nagari"] if self._by_nagari else values["unit"]
        for name, value in (("number", values["number"]), ("counted_on", values["counted_on"])):
            if value is None and not self.form[name].text():
                problems.append(Problem(name, f"{name}_missing", _EMPTY[name]))
        if problems or scheme is None or scheme.id is None:
            self.form.show_problems(problems, everywhere=True)
            self.form.go_to_first_problem()
            return
        roster = Roster(scheme=scheme.id, unit=unit or "", number=values["number"], counted_on=values["counted_on"],
                        source=values["source"] or "")  # fmt: skip
        try:
            self._register.obligations.count(roster)
        except Rejected as rejected:
            named = [self._at_field(problem) for problem in rejected.problems]
            self.form.show_problems(named, everywhere=True)
            if not self.form.go_to_first_problem():
                self.form.say(rejected.text, "error")
            return
        except StorageFailure as failure:
            self.form.say(failure.text, "error")
            return
        kept = {name: self.form[name].text() for name in ("counted_on", "source")}
        self.form.clear()
        self.form.set_texts(kept)
        self.form.say(_("Entered: {figure}").format(figure=number(roster.number)), "good")
        self.changed.emit()
        self.read()
        self.form.go_to("nagari" if self._by_nagari else "unit")

    def write_letter(self) -> None:
        """Ctrl+P: the letter of reminder to the unit on which the person is."""
        scheme, row, month = self.scheme, self._current(), self._month
        if scheme is not None and row is not None:
            self.letter_wanted.emit(lambda register: register.papers.reminders.of_unit(scheme, row, month))

    def leave_people(self) -> bool:
        """Back from the people of a unit to its row; False where none are shown."""
        if self.people.isHidden():
            return False
        self.people.hide()
        self.people_title.hide()
        self.table.setFocus()
        return True

    def copy(self) -> None:
        """The figures of the unit on which the person is, for a text of one's own."""
        scheme, row = self.scheme, self._current()
        if scheme is not None and row is not None:
            QGuiApplication.clipboard().setText(reminder_words(row, scheme, self._month))
            self._session.message(_("The data of a reminder to {unit} are on the clipboard.").format(unit=row.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    # Building

    def _build(self) -> None:
        schemes = tuple(
            Choice(one.id, one.name, one.code)
            for one in self._register.schemes.all()
            if one.payer_kind in OBLIGED and one.closed_on is None
        )
        self.choice = ChoiceField("scheme", _("Scheme"), schemes)
        self.choice.left.connect(self._take_scheme)
        label = QLabel(_("Scheme"))
        label.setBuddy(self.choice)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.table = FigureTable(_("Obligation board"), board_columns(None))
        self.table.chosen.connect(lambda _unit: self._show_people())
        self.people_title = heading("", "section")
        self.people = FigureTable(
            _("Workers of the unit"), (Column(_("Name"), takes_room=True), Column("NIK"), Column(_("Nagari")))
        )
        self.people.chosen.connect(self._open)
        self.buttons = Acts((
            button(_("People (Enter)"), self._show_people, icon="user"),
            button(_("Letter (Ctrl+P)"), self.write_letter, icon="print"),
            button(_("Copy the figures (Ctrl+C)"), self.copy, icon="copy"),
        ))  # fmt: skip
        self.people_title.hide()
        self.people.hide()
        self.form = form = FormGrid()
        form.add(TextField("unit", _("Unit"), required=True), 12)
        form.add(ChoiceField("nagari", _("Nagari"), (), required=True), 12)
        form.add(CountField("number", _("How many there are"), most=MOST_PEOPLE, required=True), 6)
        form.add(DateField("counted_on", _("Counted on"), today=self._session.today, required=True), 6)
        form.add(TextField("source", _("Source (who, which paper)"), required=True), 12)
        form.set_buttons(
            button(_("Enter the count (Ctrl+S)"), self.save, icon="save", primary=True), taken_letters=self._taken
        )
        form.setFixedWidth(FORM_WIDTH)
        top = QHBoxLayout()
        top.setSpacing(MEDIUM)
        top.addWidget(label)
        top.addWidget(self.choice)
        top.addWidget(self.summary, 1)
        self.choice.setFixedWidth(FORM_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.buttons)
        left.addWidget(self.table, 3)
        left.addWidget(self.people_title)
        left.addWidget(self.people, 2)
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        right.addWidget(heading(_("Enter how many there are"), "section"))
        right.addWidget(form, 1)
        below = QHBoxLayout()
        below.setSpacing(PAGE)
        below.addLayout(left, 1)
        below.addLayout(right)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, MEDIUM)
        rows.setSpacing(MEDIUM)
        rows.addLayout(top)
        rows.addLayout(below, 1)

    # Details

    @property
    def _by_nagari(self) -> bool:
        scheme = self.scheme
        return scheme is not None and scheme.payer_kind is PayerKind.NAGARI

    def _take_scheme(self) -> None:
        self.choice.tidy()
        self.form.set_visible("unit", not self._by_nagari)
        self.form.set_visible("nagari", self._by_nagari)
        if self._by_nagari:
            areas = choices_of_areas(self._register)
            nagari = tuple(choice for choice in areas if str(choice.value).count(".") == 3)
            self.form["nagari"].set_choices(nagari)  # type: ignore[attr-defined]
        self.table.set_columns(board_columns(self.scheme))
        self.people.hide()
        self.people_title.hide()
        self.read()

    def _show(self, scheme: Scheme, rows: tuple[BoardRow, ...]) -> None:
        if scheme == self.scheme:
            self._rows = rows
            self.table.set_rows([board_row(row) for row in rows])
            self.summary.setText(sum_words(rows, scheme, self._month))

    def _current(self) -> BoardRow | None:
        """The unit on which the person is; where there is none it is said."""
        row = self.table.current
        found = next((one for one in self._rows if row is not None and one.unit == row.key), None)
        if found is None:
            self._session.message(_("Choose a row of the table first."))
        return found

    def _show_people(self) -> None:
        scheme, row = self.scheme, self._current()
        if scheme is None or row is None:
            return
        ids = self._register.obligations.workers_of(scheme, row.unit, self._month)
        lines = self._register.workers.lines(list(ids[:MOST_NAMES]))
        self.people.set_rows([Row((line.name, mask_number(line.nik), line.nagari_name), line.id) for line in lines])
        words = translate_count("{unit}: {count} worker", "{unit}: {count} workers", len(ids))
        self.people_title.setText(words.format(unit=row.name, count=number(len(ids))))
        self.people_title.show()
        self.people.show()
        if lines:
            self.people.setFocus()

    def _open(self, worker: object) -> None:
        if isinstance(worker, int):
            self.worker_wanted.emit(worker)

    def _at_field(self, problem: Problem) -> Problem:
        """The unit is a field of its own where it is a nagari."""
        if problem.field == "unit" and self._by_nagari:
            return Problem("nagari", problem.code, problem.message, problem.params, problem.level)
        return problem


_EMPTY = {
    "number": N_("The number is empty. Enter how many people were counted."),
    "counted_on": N_("The day is empty. Enter the day the number stands for, for instance 31/12/2025."),
}


def _board(register: Register, scheme: Scheme, month: Month) -> tuple[BoardRow, ...]:
    with register.twin(read_only=True) as twin:
        return twin.obligations.board(scheme, month)
