"""Pasting the answer of BPJS for many: two columns from a spreadsheet, checked row by row before anything is saved."""

from __future__ import annotations

from array import array
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from models.language import N_
from models.language import translate as _
from models.people.masking import mask_number
from models.problems import Level, Problem, StorageFailure
from models.schemes.cards import CardRow, parse_cards
from models.values.formats import NOTHING, date_short, number
from ui.fields.dates import DateField
from ui.page import button
from ui.schemes.life.step_form import Act, StepForm
from ui.session import Session
from ui.table import Column, FigureTable, Row, WholeWords

LINES_SHOWN = 5
_COMES_TO = 4
"""The column that says what a line comes to."""


class CardsForm(StepForm):
    """F5 checks, Ctrl+S activates those that fit; a line that does not is named with what to do."""

    leaves_list = False

    def __init__(self, session: Session, ids: array[int], taken: str) -> None:
        """`ids` are the enrolments among which the pasted people are looked for."""
        self._ids = ids
        self._cards: dict[int, tuple[str, date]] = {}
        self._checked = ("", None)
        title = _("Activate many: paste the answer of BPJS")
        about = _(
            "Copy two columns from the spreadsheet, NIK or name and KPJ, and paste them here (Ctrl+V); a third column "
            "may hold the day of the first payment. They are looked for among the {count} enrolments of the list."
        ).format(count=number(len(ids)))  # fmt: skip
        self.pasted = _PasteField()
        self.pasted.setAccessibleName(_("Pasted columns"))
        self.pasted.setAccessibleDescription(about)
        self.pasted.setPlaceholderText("1312044107850001\t12345678901")
        super().__init__(session, title, about, _("Activate (Ctrl+S)"), taken)
        self.table = FigureTable(
            _("Pasted lines"),
            (
                Column(_("Line"), is_number=True),
                Column(_("NIK or name")),
                Column(_("KPJ")),
                Column(_("First payment")),
                Column(_("What it comes to"), takes_room=True),
            ),
        )
        self.label = QLabel(_("NIK or name, and KPJ"))
        self.label.setBuddy(self.pasted)
        self._rows.insertWidget(2, self.label)
        self._rows.insertWidget(3, self.pasted)
        self._rows.addWidget(self.table, 1)
        self.whole = WholeWords(self.table, _COMES_TO)
        self._rows.addWidget(self.whole)
        self._rows.addStretch()  # holds the fields together at the top as long as there is no table
        self.setTabOrder(self.pasted, self.form["paid_on"])
        self._show_lines_found(False)
        self.pasted.textChanged.connect(self._forget)
        check = QShortcut(QKeySequence("F5"), self)
        check.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        check.activated.connect(self.check)
        self._show_lines(LINES_SHOWN)
        self.form.reached_end.connect(self.check)

    def begin(self) -> None:
        self.pasted.setFocus()

    def shrink(self) -> None:
        self.about.hide()
        self._show_lines(2)
        self.table.setMinimumHeight(3 * self.fontMetrics().height())

    def _show_lines(self, count: int) -> None:
        height = self.pasted.fontMetrics().lineSpacing() * count
        self.pasted.setFixedHeight(height + 2 * self.pasted.frameWidth() + 8)

    def check(self) -> bool:
        """Shows what each line comes to; True when at least one can be activated."""
        text, paid_on = self.pasted.toPlainText(), self.form["paid_on"].value()
        self._checked = (text, paid_on)
        try:
            found = self._register.enrolment_lists.with_cards(
                self._ids, parse_cards(text, paid_on, self._session.today())
            )
            names = {
                line.id: line.name
                for line in self._register.enrolment_lists.lines([one for _row, one in found if isinstance(one, int)])
            }
        except StorageFailure as failure:
            self.form.say(failure.text, Level.ERROR)
            return False
        self._cards = {}
        rows = []
        for row, meant in found:
            if isinstance(meant, int) and row.paid_on is None:
                message = N_("The day of the first payment is empty. Type it below, or paste it as a third column.")
                meant = Problem("paid_on", "paid_on_missing", message)
            if isinstance(meant, int):
                assert row.paid_on is not None
                if meant in self._cards:
                    meant = Problem("cards", "person_twice_here", N_("This person stands above already. Leave one."))
                else:
                    self._cards[meant] = (row.kpj, row.paid_on)
            rows.append(_shown(row, meant, names))
        self.table.set_rows(rows)
        self._show_lines_found(bool(rows))
        if rows:
            self.table.setCurrentCell(0, 0)
        fits, wrong = len(self._cards), len(rows) - len(self._cards)
        if not rows:
            self.form.say(_("Nothing is pasted yet. Copy two columns, NIK or name and KPJ, then press Ctrl+V."),
                          Level.WARNING)  # fmt: skip
        elif not fits:
            words = _("None of the {wrong} lines fits: the table says why. Correct them above, then F5 checks again.")
            self.form.say(words.format(wrong=number(wrong)), Level.WARNING)
        elif wrong:
            words = _("{fits} lines fit, {wrong} do not: the table says why. Ctrl+S activates those that fit.")
            self.form.say(words.format(fits=number(fits), wrong=number(wrong)), Level.WARNING)
        else:
            self.form.say(_("All {fits} lines fit. Ctrl+S activates them.").format(fits=number(fits)), "good")
        return bool(self._cards)

    def save(self) -> bool:
        """Looks first where that was not done for what stands there now."""
        self.form.tidy()
        if self._checked != (self.pasted.toPlainText(), self.form["paid_on"].value()):
            self.check()
            return False
        if not self._cards:
            self.check()
            return False
        self.wanted.emit()
        return True

    def act(self) -> Act:
        cards = dict(self._cards)
        return lambda register, progress: register.enrolment_life.activate(cards, progress)

    def _further_buttons(self) -> tuple[QPushButton, ...]:
        return (button(_("Check (F5)"), self.check, icon="search"),)

    def _add_fields(self) -> None:
        self.form.add(DateField("paid_on", _("First payment, for lines without a day"), today=self._session.today), 6)

    def _problems(self) -> tuple[Problem, ...]:
        return ()

    def _forget(self) -> None:
        self._cards = {}
        self._show_lines_found(False)

    def _show_lines_found(self, shown: bool) -> None:
        for part in (self.table, self.whole):
            part.setVisible(shown)


class _PasteField(QPlainTextEdit):
    """Tab leads on; what is pasted keeps its tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)


def _shown(row: CardRow, meant: int | Problem, names: dict[int, str]) -> Row:
    what = _("Fits: {name}").format(name=names.get(meant, "")) if isinstance(meant, int) else meant.text
    day = date_short(row.paid_on) if row.paid_on else NOTHING
    return Row((number(row.line), mask_number(row.nik) if row.nik else row.who, row.kpj, day, what))
