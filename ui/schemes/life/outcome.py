"""What became of those for whom a step was asked: who could not be and why, who came in for whom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level
from models.register import Register
from models.storage.enrolment_life import Changed, Replaced
from models.values.formats import number
from ui.look.spacing import SMALL
from ui.page import heading
from ui.schemes.life import words
from ui.table import FigureTable, WholeWords

_WHY = 2
"""The column of reasons."""
Result = Changed | Replaced | tuple[int, ...]
"""What a step gives; the last are those put on a waiting list."""


class Outcome(QWidget):
    """Enter on a name opens the record; hidden where there is nobody to be named."""

    worker_wanted = Signal(object)
    """Id of a worker."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self.table = FigureTable(_("What became of them"), words.outcome_columns())
        self.table.setMinimumHeight(3 * self.table.fontMetrics().height())
        self.table.chosen.connect(self.worker_wanted)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(heading(_("What became of them: Enter opens the record"), "section"))
        rows.addWidget(self.table, 1)
        rows.addWidget(WholeWords(self.table, _WHY))
        self.hide()

    def show_result(self, step: str, result: Result) -> tuple[str, Level | str]:
        """Shows who is to be named; the sentence about all of them, and its level."""
        rows = []
        if isinstance(result, Changed):
            said, is_good = words.changed_words(step, result), bool(result.done) and not result.refused
            rows = words.refusal_rows(self._register, result.refused)
        elif isinstance(result, Replaced):
            said, is_good = words.replaced_words(result), bool(result.pairs)
            rows = words.replaced_rows(self._register, result)
        else:
            said = _("{count} put on the waiting list; F12 shows it.").format(count=number(len(result)))
            is_good = True
        self.table.set_rows(rows)
        if rows:
            self.table.setCurrentCell(0, 0)
        self.setVisible(bool(rows))
        return said, "good" if is_good else Level.WARNING
