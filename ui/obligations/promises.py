"""What companies promised, and what of it stands in the register."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.obligations.records import Promise, PromiseRow
from models.obligations.rules import MOST_PEOPLE
from models.problems import Level, Problem, Rejected, StorageFailure
from models.schemes.scheme import PayerKind
from models.values.digits import is_digits
from models.values.formats import number
from models.values.months import Month
from models.values.parsed import Parsed
from models.values.rupiah import format_rupiah
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField, RupiahField
from ui.look.spacing import MEDIUM, PAGE, SMALL
from ui.obligations.acts import Acts
from ui.obligations.board import FORM_WIDTH
from ui.obligations.words import promise_columns, promise_row
from ui.page import button, heading
from ui.session import Session
from ui.table import FigureTable

if TYPE_CHECKING:
    from models.register import Register


class PromisesPanel(QWidget):
    """Ctrl+S enters a promise, Ctrl+P is the letter to the company of the row, Delete takes a promise back."""

    letter_wanted = Signal(object)
    """Gets a register, gives the letter to the company of the row."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use above."""
        super().__init__(parent)
        self._session, self._taken = session, taken_letters
        self._year = session.today().year
        self._asked: object = None
        self._rows: tuple[PromiseRow, ...] = ()
        self._build()

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def show_month(self, month: Month) -> None:
        """The promises of the month's year."""
        self._year = month.year
        self.read()

    def read(self) -> None:
        """In the background, like the board."""
        self._session.background.run(self, partial(_promises, self._register, self._year), done=self._show)

    def save(self) -> None:
        """Enters a promise."""
        self.form.tidy()
        problems = self.form.reading_problems()
        values = self.form.values()
        if problems or values["scheme"] is None:
            self.form.show_problems(problems, everywhere=True)
            if not self.form.go_to_first_problem():
                self.form.go_to("scheme")
            return
        promise = Promise(
            scheme=values["scheme"],
            company=values["company"] or "",
            year=values["year"] or 0,
            heads=values["heads"],
            amount=values["amount"],
            notes=values["notes"] or "",
        )
        try:
            self._register.obligations.promise(promise)
        except Rejected as rejected:
            self.form.show_problems(rejected.problems, everywhere=True)
            if not self.form.go_to_first_problem():
                self.form.say(rejected.text, Level.ERROR)
            return
        except StorageFailure as failure:
            self.form.say(failure.text, Level.ERROR)
            return
        self._year = promise.year
        self.form.say(_("Entered: {figure}").format(figure=f"{promise.company}, {promise.year}"), "good")
        for name in ("company", "heads", "amount", "notes"):
            self.form[name].set_value(None)
        self.form.go_to("company")
        self.read()

    def write_letter(self) -> None:
        """Ctrl+P: the letter of reminder to the company on which the person is."""
        row = self.table.current
        found = next((one for one in self._rows if row is not None and one.promise.id == row.key), None)
        if found is None:
            self._session.message(_("Choose a row of the table first."))
        else:
            self.letter_wanted.emit(lambda register: register.papers.reminders.of_company(found))

    def withdraw(self) -> None:
        """Takes back what was entered by mistake; asks first."""
        row = self.table.current
        if row is None or not isinstance(row.key, int):
            return
        if self._asked != row.key:
            self._asked = row.key
            words = _("Take back {figure}? Press Delete once more to do it; any other row leaves it.")
            self.form.say(words.format(figure=row.cells[0]), Level.WARNING)
            return
        try:
            self._register.obligations.withdraw_promise(row.key)
        except (Rejected, StorageFailure) as refused:
            self.form.say(refused.text, Level.ERROR)
            return
        self.form.say(_("Taken back: {figure}").format(figure=row.cells[0]), "good")
        self.read()

    def _build(self) -> None:
        schemes = tuple(
            Choice(one.id, one.name, one.code)
            for one in self._register.schemes.all()
            if one.payer_kind is PayerKind.COMPANY
        )
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.table = FigureTable(_("Promises of companies"), promise_columns())
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.withdraw)
        self.form = form = FormGrid()
        form.add(ChoiceField("scheme", _("Scheme"), schemes, required=True), 12)
        form.add(TextField("company", _("Company"), required=True), 12)
        form.add(ParsedField("year", _("Year"), _read_year, required=True), 4)
        form.add(CountField("heads", _("Promised workers"), least=1, most=MOST_PEOPLE), 8)
        form.add(RupiahField("amount", _("Promised rupiah")), 12)
        form.add(TextField("notes", _("Notes")), 12)
        if len(schemes) == 1:
            form["scheme"].set_value(schemes[0].value)
        form["year"].set_value(self._year)
        form.set_buttons(
            button(_("Enter the promise (Ctrl+S)"), self.save, icon="save", primary=True), taken_letters=self._taken
        )
        form.setFixedWidth(FORM_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.summary)
        left.addWidget(
            Acts(
                (
                    button(_("Letter (Ctrl+P)"), self.write_letter, icon="print"),
                    button(_("Take back (Del)"), self.withdraw, icon="undo"),
                )
            )
        )
        left.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        right.addWidget(heading(_("Enter a promise"), "section"))
        right.addWidget(form, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, MEDIUM, 0, MEDIUM)
        row.setSpacing(PAGE)
        row.addLayout(left, 1)
        row.addLayout(right)

    def _show(self, rows: tuple[PromiseRow, ...]) -> None:
        self._asked, self._rows = None, rows
        self.table.set_rows([promise_row(row) for row in rows])
        if not rows:
            words = _("No company has promised anything for {year} yet. Enter what the letter says.")
            self.summary.setText(words.format(year=self._year))
            return
        heads = sum(row.open_heads or 0 for row in rows)
        rupiah = sum(row.open_amount or 0 for row in rows)
        words = _("{year}: {heads} workers and {rupiah} are promised and not yet registered.")
        self.summary.setText(words.format(year=self._year, heads=number(heads), rupiah=format_rupiah(rupiah)))


def _read_year(text: str, *, field: str) -> Parsed[int]:
    """Four digits."""
    bare = text.strip()
    if not bare:
        return None, ()
    if len(bare) != 4 or not is_digits(bare):
        message = N_("A budget year has four digits. Write it for instance as {example}.")
        return None, (Problem(field, "promise_year", message, {"example": "2026"}),)
    return int(bare), ()


def _promises(register: Register, year: int) -> tuple[PromiseRow, ...]:
    with register.twin(read_only=True) as twin:
        return twin.obligations.promises(year)
