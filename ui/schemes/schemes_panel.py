"""The area "Schemes": each with its price and what is committed; the reckoner below, a form while one is changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import month_long
from models.values.months import Month
from ui.fields.letters import assign_letters, letters_in
from ui.funds.about import ButtonBar
from ui.page import button, heading
from ui.schemes import words
from ui.schemes.calculator import Calculator
from ui.schemes.reading import SchemeFigures, read_schemes
from ui.schemes.record_panel import RecordPanel
from ui.session import Session
from ui.table import FigureTable


class SchemesPanel(RecordPanel):
    """Enter on a scheme reckons with it; a supervisor adds, corrects, closes and opens schemes."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        self._month = Month.of(session.today())
        self._wanted: int | None = None
        """The scheme that was just saved, until the list with it is there."""
        super().__init__(session, taken_letters)

    # What the page calls

    def go_in(self) -> None:
        self.table.setFocus()

    def read_again(self) -> None:
        """Prices now, what is committed in the background."""
        self._month = Month.of(self._session.today())
        self.table.set_columns(words.scheme_columns(self._month))
        text = _("Prices of {month}; where they depend on the income, those of the lowest bracket. Enter reckons.")
        self.hint.setText(text.format(month=month_long(self._month)))
        self.calculator.read_again()
        self._session.background.run(self, partial(read_schemes, self._register, self._month), done=self._show)

    def reckon_with(self, scheme: object) -> None:
        """Puts a scheme into the reckoner and asks for the number of workers."""
        if isinstance(scheme, int):
            self.calculator.choose(scheme)
            self.calculator.form.go_to("heads")

    def open_calculator(self) -> None:
        """The reckoner from wherever one is."""
        if self.form is None:
            self.calculator.form.go_to_first()

    # What can be done

    def add(self) -> None:
        """A new scheme."""
        if self._may():
            from ui.schemes.scheme_form import SchemeForm

            self._open(SchemeForm(self._session, None, self._taken), "code")

    def correct(self) -> None:
        """The scheme of the row."""
        id = self._chosen()
        if id is not None and self._may():
            from ui.schemes.scheme_form import SchemeForm

            self._open(SchemeForm(self._session, self._register.schemes.get(id), self._taken), "name")

    def close_or_open(self) -> None:
        """Nobody is enrolled in a closed scheme any more; the same key opens it again."""
        id = self._chosen()
        if id is None or not self._may():
            return
        scheme = self._register.schemes.get(id)
        was_open = scheme.closed_on is None
        try:
            self._register.schemes.save(replace(scheme, closed_on=self._session.today() if was_open else None))
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        text = _("{scheme} is open again: it can be chosen in the entry form.")
        if was_open:
            text = _(
                "{scheme} is closed now: who is enrolled stays enrolled, nobody new is taken. Ctrl+T opens it again."
            )
        self._done(text.format(scheme=scheme.code), id)

    # Building

    def _build(self, column: QVBoxLayout) -> None:
        marked = assign_letters(
            [_("New scheme (Ctrl+N)"), _("Correct (Ctrl+E)"), _("Close or open (Ctrl+T)")], self._taken
        )
        self.buttons = (
            button(marked[0], self.add, icon="add"),
            button(marked[1], self.correct, icon="edit"),
            button(marked[2], self.close_or_open, icon="lock"),
        )
        self.table = FigureTable(_("Schemes"), words.scheme_columns(self._month))
        self.table.chosen.connect(self.reckon_with)
        self.calculator = Calculator(self._session, self._taken + "".join(letters_in(marked)))
        self.hint, self.total = heading("", "muted"), heading("", "strong")
        self.hint.setWordWrap(True)
        self.total.setWordWrap(True)
        column.addWidget(ButtonBar(self.buttons))
        column.addWidget(self.hint)
        column.addWidget(self.table, 5)
        column.addWidget(self.total)
        column.addWidget(self.message)
        column.addWidget(heading(_("Reckoner (Ctrl+H)"), "section"))
        column.addWidget(_scrolling(self.calculator), 4)

    # Details

    def _show(self, figures: tuple[SchemeFigures, ...]) -> None:
        self.table.set_rows([*map(words.scheme_row, figures)])
        self.total.setText(words.scheme_sum(figures))
        keys = [row.key for row in self.table.rows]
        if self._wanted is not None and self._wanted in keys:
            self.table.setCurrentCell(keys.index(self._wanted), 0)
        self._wanted = None

    def _chosen(self) -> int | None:
        row = self.table.current
        if row is None or not isinstance(row.key, int):
            self.message.say(_("Go to a scheme in the list first."), Level.WARNING)
            return None
        return row.key

    def _written(self, id: int) -> None:
        self._wanted = id


def _scrolling(inside: QWidget) -> QScrollArea:
    """Scrolls where the window is too low for it."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
