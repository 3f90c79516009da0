"""The form of a contribution table: its brackets pasted from a spreadsheet, or copied from the present table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from models.language import N_
from models.language import translate as _
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.bracket_text import BracketLine, read_brackets, write_brackets
from models.schemes.pricing import Rate
from models.schemes.rate_tables import RateVersion
from models.values.rupiah import format_rupiah
from ui.fields.choice import ChoiceField
from ui.look.spacing import MEDIUM, SMALL
from ui.page import heading
from ui.schemes.rate_forms import VersionForm, programmes, segments
from ui.session import Session
from ui.table import Column, FigureTable, Row


class Lines(QPlainTextEdit):
    """Tab leaves it, Enter begins a line; Esc and Ctrl+S belong to the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAccessibleName(_("Brackets: income from, base, contribution"))
        text = _(
            "A line for each bracket: income from; base; contribution. Pasted from a spreadsheet they fit as they are."
        )
        self.setPlaceholderText(text)
        self.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class BracketForm(VersionForm):
    """What is pasted stands at the left, what was understood at the right, each bad line named."""

    def __init__(self, session: Session, version: RateVersion | None, taken_letters: str) -> None:
        """`version` is what a new one begins from."""
        self._begun = ""
        super().__init__(session, _("A new contribution table"), taken_letters)
        self._add_lines()
        self.form["segment"].set_value(Segment.BPU if version is None else version.key[0])
        if version is not None:
            self.form["programme"].set_value(version.key[1])
            self._begun = write_brackets(version.brackets)
            self.lines.setPlainText(self._begun)
        self._show_lines()
        self._follow()

    @property
    def is_untouched(self) -> bool:
        return super().is_untouched and self.lines.toPlainText() == self._begun

    def _all_typed(self) -> object:
        return super()._all_typed(), self.lines.toPlainText()

    def save(self) -> bool:
        """Goes to the lines where the trouble is there."""
        done = super().save()
        in_lines = {"brackets", "income_from", "base", "amount"}
        if not done and self.form.problems and all(one.field in in_lines for one in self.form.problems):
            self.lines.setFocus(Qt.FocusReason.TabFocusReason)
        return done

    def _add_fields(self) -> None:
        bases = segments(Segment.BPU, Segment.PMI, Segment.JAKON)
        self.form.add(ChoiceField("segment", _("Segment"), bases, required=True), 6)
        self.form.add(ChoiceField("programme", _("Programme"), programmes(), required=True), 6)
        self._add_when()
        self.form.setMaximumHeight(self.form.needed_height() + 7 * self.fontMetrics().height())

    def _add_lines(self) -> None:
        self.lines = Lines()
        self.lines.textChanged.connect(self._show_lines)
        self.understood = FigureTable(
            _("Brackets as understood"),
            [
                Column(_("Line"), is_number=True),
                Column(_("Income from"), is_number=True),
                Column(_("Base"), is_number=True),
                Column(_("Contribution"), is_number=True),
                Column(_("What is wrong"), takes_room=True),
            ],
        )
        title = heading(_("Brackets: income from, base, contribution"), "strong")
        title.setBuddy(self.lines)
        left, row = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(title)
        left.addWidget(self.lines, 1)
        row.setSpacing(MEDIUM)
        row.addLayout(left, 2)
        row.addWidget(self.understood, 3)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row, 1)
        self.form.reached_end.connect(self.lines.setFocus)

    def _show_lines(self) -> None:
        self._read = read_brackets(self.lines.toPlainText())
        self.understood.set_rows([_row(line) for line in self._read])
        self._rejected = ()
        self._follow()

    def _version(self) -> RateVersion | None:
        values = self.form.values()
        if None in (values["segment"], values["programme"], values["first"]):
            return None
        rates = [
            Rate(
                segment=values["segment"],
                programme=values["programme"],
                first=values["first"],
                last=values["last"],
                source=str(values["source"] or ""),
                income_from=line.income_from,
                base=line.base,
                amount=line.amount,
            )
            for line in getattr(self, "_read", ())
            if line.problem is None
        ]
        return RateVersion(tuple(sorted(rates, key=lambda rate: rate.income_from or 0))) if rates else None

    def _found(self) -> tuple[Problem, ...]:
        bad = tuple(line.problem for line in self._read if line.problem is not None)
        if bad:
            return bad
        if not self._read:
            message = N_("The table is empty. Paste its lines from a spreadsheet: income from, base, contribution.")
            return (Problem("brackets", "brackets_missing", message),)
        return super()._found()


def _row(line: BracketLine) -> Row:
    if line.problem is not None:
        cells = (*line.cells, "", "", "")[:3]
        return Row((str(line.number), *cells, line.problem.text), key=line.number, is_sum=True)
    amounts = (line.income_from, line.base, line.amount)
    return Row((str(line.number), *map(format_rupiah, amounts), ""), key=line.number)
