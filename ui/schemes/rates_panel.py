"""The area "Rates": every contribution table and relief with its months and source; new ones begin in a month."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.schemes.pricing import Relief
from models.schemes.rate_tables import RateVersion
from models.values.formats import month_long
from ui.fields.letters import assign_letters
from ui.funds.about import ButtonBar
from ui.page import button, heading
from ui.schemes import words
from ui.schemes.record_panel import RecordPanel
from ui.table import FigureTable


class RatesPanel(RecordPanel):
    """Enter on a row begins a new version from it; Delete takes one back that was entered by mistake."""

    # What the page calls

    def go_in(self) -> None:
        self.rates.setFocus()

    def read_again(self) -> None:
        """All that is in force, was or will be."""
        versions = self._register.dated_rates.versions()
        rows = [words.rate_row(rate, version) for version in versions for rate in version.brackets]
        self.rates.set_rows(rows)
        self.reliefs.set_rows([words.relief_row(relief) for relief in self._register.rates.reliefs])

    # What can be done

    def add(self) -> None:
        """A new share of the wage."""
        self._share(None)

    def add_table(self) -> None:
        """A new contribution table."""
        self._table(None)

    def add_relief(self) -> None:
        """A new relief."""
        self._relief(None)

    def correct(self) -> None:
        """A new version that begins as the row of it is."""
        row = self.reliefs.current if self.reliefs.hasFocus() else self.rates.current
        self._renew(None if row is None else row.key)

    def withdraw(self) -> None:
        """Takes the version or the relief of the row back; asks first, and does it when asked again."""
        row = self.reliefs.current if self.reliefs.hasFocus() else self.rates.current
        key = None if row is None else row.key
        if not isinstance(key, RateVersion | Relief):
            self.message.say(_("Go to a rate or a relief in the list first."), Level.WARNING)
            return
        if not self._may():
            return
        what = _what(key)
        if not self._asked_again(key, what):
            return
        rates = self._register.dated_rates
        try:
            if isinstance(key, Relief):
                rates.withdraw_relief(key)
                before = None
            else:
                before = rates.withdraw(key)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        said = _("Taken back: {what}").format(what=what)
        if before is not None:
            text = _("The rate since {month} runs on.")
            said = f"{said}. " + text.format(month=month_long(before.first))
        self._done(said, 0)

    # Building

    def _build(self, column: QVBoxLayout) -> None:
        marked = assign_letters([
            _("New share (Ctrl+N)"), _("New table (Ctrl+G)"), _("New relief (Ctrl+M)"), _("From a month on (Enter)"),
            _("Take back (Del)"),
        ], self._taken)  # fmt: skip
        self.buttons = (
            button(marked[0], self.add, icon="add"),
            button(marked[1], self.add_table, icon="add"),
            button(marked[2], self.add_relief, icon="add"),
            button(marked[3], self.correct, icon="edit"),
            button(marked[4], self.withdraw, icon="undo"),
        )
        self.rates = FigureTable(_("Rates"), words.rate_columns())
        self.reliefs = FigureTable(_("Reliefs"), words.relief_columns())
        for table in (self.rates, self.reliefs):
            table.chosen.connect(self._renew)
            table.currentCellChanged.connect(lambda *_cells: self._forget())
            delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), table)
            delete.setContext(Qt.ShortcutContext.WidgetShortcut)
            delete.activated.connect(self.withdraw)
        column.addWidget(ButtonBar(self.buttons))
        column.addWidget(self.rates, 5)
        column.addWidget(self.message)
        column.addWidget(heading(_("Reliefs"), "section"))
        column.addWidget(self.reliefs, 2)

    # Details

    def _renew(self, key: object) -> None:
        if isinstance(key, Relief):
            self._relief(key)
        elif isinstance(key, RateVersion) and key.brackets[0].amount is None:
            self._share(key)
        elif isinstance(key, RateVersion):
            self._table(key)
        else:
            self.message.say(_("Go to a rate or a relief in the list first."), Level.WARNING)

    def _share(self, version: RateVersion | None) -> None:
        if self._may():
            from ui.schemes.rate_forms import ShareForm

            rate = None if version is None else version.brackets[0]
            form = ShareForm(self._session, rate, self._taken)
            self._open(form, "programme" if version is None else "share")

    def _table(self, version: RateVersion | None) -> None:
        if self._may():
            from ui.schemes.bracket_form import BracketForm

            form = BracketForm(self._session, version, self._taken)
            self._open(form, "programme" if version is None else "first")

    def _relief(self, relief: Relief | None) -> None:
        if self._may():
            from ui.schemes.rate_forms import ReliefForm

            form = ReliefForm(self._session, relief, self._taken)
            self._open(form, "segment" if relief is None else "first")

    def _written(self, id: int) -> None:
        self.read_again()


def _what(key: RateVersion | Relief) -> str:
    from ui.schemes.rate_forms import version_words

    if isinstance(key, Relief):
        text = _("{percent} % off {programme}, {valid}")
        valid = words.validity(key.first, key.last)
        return text.format(percent=key.percent_off, programme=key.programme, valid=valid)
    return f"{version_words(key)}, {words.validity(key.first, key.last)}"
