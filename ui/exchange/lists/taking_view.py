"""The last step before a list is written: what becomes of whom, the choice of mode and scheme, doubtful people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from models.exchange.checked import CheckedList
from models.exchange.importing import ImportPreview, Mode, Outcome, RowPreview
from models.language import translate as _
from models.problems import Level, Problem
from models.schemes.enrolment import EnrolmentPlan
from ui.exchange.lists.outcomes import OutcomesPane
from ui.exchange.lists.words import before_words, outcome_words, row_words
from ui.fields.choice import Choice, ChoiceField
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.look.spacing import SMALL
from ui.page import heading
from ui.people.plan_fields import PlanFields

if TYPE_CHECKING:
    from models.register import Register

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OUTCOMES_WIDTH = 13
"""In heights of a line."""


class TakingView(QWidget):
    """A change in the form asks for the dry run again; Enter on a doubtful row compares the two people."""

    changed = Signal()
    """Another mode or another plan: the preview is no longer true."""
    asked_for = Signal(object)
    """The `RowPreview` on which Enter was pressed."""

    def __init__(self, register: Register, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._names: dict[int, str] = {}
        self._preview: ImportPreview | None = None
        self._checked: CheckedList | None = None
        self._wish: tuple[Mode, EnrolmentPlan | None] = (Mode.ADD_ONLY, None)
        self._build(today)

    # What others use

    @property
    def mode(self) -> Mode:
        """What becomes of people who are registered already."""
        value = self.form["mode"].value()
        return value if isinstance(value, Mode) else Mode.ADD_ONLY

    def plan(self) -> EnrolmentPlan | None:
        """In what they are enrolled in the same step; None for not at all, or while that cannot be read."""
        return self._plan.plan()

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the form from being read; shown at its fields."""
        self.form.tidy()
        found = (*self.form.reading_problems(), *self._plan.problems())
        self.form.show_problems(found, everywhere=True)
        return found

    def forget(self) -> None:
        """Another list begins: nothing of the last one stays."""
        self._plan.read_schemes_again()
        self.form.clear(keep_pinned=False)
        self.form["mode"].set_value(Mode.ADD_ONLY)
        self._plan.show_payer()
        self._wish = (self.mode, self.plan())
        self.show_preview(None, None, {})

    def show_preview(self, checked: CheckedList | None, preview: ImportPreview | None, names: dict[int, str]) -> None:
        """What would become of whom."""
        self._checked, self._preview, self._names = checked, preview, names
        self.pane.show_rows(checked, preview.rows if preview else (), preview.counts if preview else {})
        if preview is None:
            self.summary.setText("")
            self.message.say("")
            return
        self.summary.setText(outcome_words(preview, is_enrolling=self.plan() is not None))
        if preview.problems:
            self.message.say(preview.problems[0].text, Level.ERROR)
        elif preview.taken_in_before:
            self.message.say(before_words(preview.taken_in_before), Level.WARNING)
        elif preview.counts.get(Outcome.DOUBTFUL):
            self.message.say(
                _("Doubtful people are not written until you have decided. Enter on their row compares the two."),
                Level.WARNING,
            )
        else:
            self.message.say("")

    def show_doubtful(self) -> None:
        """Only those on whom somebody has to decide."""
        self.pane.narrow_to(Outcome.DOUBTFUL)

    def begin(self) -> None:
        """The focus where work begins."""
        self.form.go_to("mode")

    # Building

    def _build(self, today: Callable[[], date]) -> None:
        self.message = MessageBar()
        self.form = FormGrid()
        modes = tuple(Choice(mode, _(mode.label), str(place)) for place, mode in enumerate(Mode, 1))
        self.form.add(ChoiceField("mode", _("People who are registered already"), modes, required=True), 4)
        self._plan = PlanFields(self.form, self._register, today, columns=(4, 2, 2, 5, 3, 4))
        self.form.left.connect(self._follow)
        self.form.edited.connect(lambda _name: self._tell())
        self.form.set_buttons()
        self.form.leave_words_to_page()
        self.form.spoke.connect(self._speak_of_form)
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        self.pane = OutcomesPane(Outcome, lambda row: self._words(row))
        self.pane.chosen.connect(self.asked_for)
        self.table = self.pane.table
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.form)
        rows.addWidget(self.summary)
        rows.addWidget(self.pane, 1)
        rows.addWidget(self.message)
        self.forget()

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_form()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self._fit_form()
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "message"):
            self.message.dress()

    # Details

    def _words(self, row: RowPreview) -> str:
        words = row_words(self._register, row, self._names)
        if not words and row.outcome is Outcome.LEFT_OUT and self._checked is not None:
            found = next((one for one in self._checked.findings if one.place == row.place), None)
            words = found.problem.text if found is not None else ""
        return words

    def _follow(self, name: str) -> None:
        scheme = self._plan.scheme
        self._plan.show_payer()
        self._fit_form()
        if name == "scheme" and scheme is not None:
            self._plan.suggest_first_month()
            self.form["month_count"].fill(scheme.usual_months, _("the scheme"))
        self._tell()

    def _tell(self) -> None:
        """Only what is another wish asks for another dry run, not every step through the fields."""
        now = (self.mode, self.plan())
        if now != self._wish:
            self._wish = now
            self.changed.emit()
            if self._preview is None and self.isVisible():
                self.summary.setText(_("Your choice changed. Ctrl+S first shows again what becomes of whom."))

    def _speak_of_form(self) -> None:
        spoken = self.form.spoken
        self.message.say(spoken.text if spoken is not None else "", spoken.level if spoken is not None else "")

    def _fit_form(self) -> None:
        self.form.setMaximumHeight(self.form.needed_height())
