"""What a check of a list came to: how many, what it costs, and by name who cannot be enrolled and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.register import Register
from models.schemes.enrolling import EnrolmentPreview, Refusal
from models.values.formats import number
from ui.look.spacing import SMALL
from ui.page import heading
from ui.schemes.enrolling.words import cost_words, reason_words, summary_words, turning_words, waiting_words
from ui.table import Column, FigureTable, Row, WholeWords

_WHY = 2
"""The column of reasons."""


class EnrolResult(QWidget):
    """The arrows go through the names, each with its whole reason below; Enter opens the record."""

    record_wanted = Signal(int)
    """Id of a worker who cannot be enrolled."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self._title = heading("", "section")
        self.table = FigureTable(
            _("Workers who cannot be enrolled"),
            (Column(_("Name")), Column(_("Nagari")), Column(_("Why not, and what to do"), takes_room=True)),
        )
        self.table.chosen.connect(self._open)
        self._whole = WholeWords(self.table, _WHY)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.summary)
        rows.addWidget(self._title)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._whole)
        rows.addStretch()
        self.clear()

    def show_preview(self, preview: EnrolmentPreview, waiting: int, change: str, sources: str, limit: int) -> None:
        """`waiting` of those who can be enrolled stay inside the months in which a death pays little; `change` says
        when the contribution changes inside the months, `sources` where it stands; `limit` is the age from which nobody
        is enrolled."""
        lines = [
            summary_words(preview), cost_words(preview, sources, changes=bool(change)),
            change if preview.able else "", waiting_words(waiting),
            turning_words(preview.turning(limit), limit), *reason_words(preview),
        ]  # fmt: skip
        self.summary.setText("\n".join(line for line in lines if line))
        self.table.set_rows([self._row(refusal) for refusal in preview.refused])
        self._title.setText(
            _("{count} cannot be enrolled: Enter opens the record").format(count=number(len(preview.refused)))
        )
        for part in (self._title, self.table, self._whole):
            part.setVisible(bool(preview.refused))
        self.summary.show()
        if preview.refused:
            self.table.setCurrentCell(0, 0)

    def clear(self) -> None:
        """Nothing was checked."""
        self.summary.setText("")
        for part in (self.summary, self._title, self.table, self._whole):
            part.hide()

    def forget_summary(self) -> None:
        """Those who could be enrolled are: the others stay to be looked at."""
        self.summary.setText("")
        self.summary.hide()

    def _row(self, refusal: Refusal) -> Row:
        why = " ".join(problem.text for problem in refusal.problems)
        return Row((refusal.name, self._register.regions.name(refusal.nagari), why), refusal.worker)

    def _open(self, worker: object) -> None:
        if isinstance(worker, int):
            self.record_wanted.emit(worker)
