"""The last step before an answer is written: what BPJS or Disdukcapil said of whom, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.exchange.answers import AnswerOutcome, AnswerPreview, AnswerRow
from models.exchange.checked import CheckedList
from models.exchange.mapping import Purpose
from models.language import translate as _
from models.language import translate_count
from models.problems import Level, Problem
from models.storage.answers import Asked
from models.values.formats import date_short, number
from ui.areas import choices_of_areas
from ui.exchange.lists.outcomes import OutcomesPane
from ui.exchange.lists.words import before_words
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.look.spacing import SMALL
from ui.page import heading
from ui.schemes.choices import choices_of_all_schemes

if TYPE_CHECKING:
    from models.register import Register


class AnswerView(QWidget):
    """A change in the form asks for the dry run again; Enter on a row opens the worker."""

    changed = Signal()
    """The preview is no longer true."""
    worker_wanted = Signal(int)

    def __init__(self, register: Register, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._wish = Asked()
        self._build(today)

    # What others use

    def begin_list(self, purpose: Purpose) -> None:
        """Another answer begins: nothing of the last one stays."""
        self.form["scheme"].set_choices(choices_of_all_schemes(self._register))  # type: ignore[attr-defined]
        self.form.clear(keep_pinned=False)
        is_bpjs = purpose is Purpose.BPJS_RETURN
        self.form.set_visible("scheme", is_bpjs)
        self.form.set_visible("paid_on", is_bpjs)
        self.form.set_visible("verified_on", not is_bpjs)
        self.form.set_visible("counts_for", purpose is Purpose.MEMBERSHIP)
        self._wish = self.asked()
        self.show_preview(None, None)

    def asked(self) -> Asked:
        """What stands in the form."""
        values = self.form.values()
        return Asked(values["scheme"], values["paid_on"], values["verified_on"], str(values["counts_for"] or ""))

    def problems(self) -> tuple[Problem, ...]:
        """What keeps the form from being read; shown at its fields."""
        self.form.tidy()
        found = self.form.reading_problems()
        self.form.show_problems(found, everywhere=True)
        return found

    def show_preview(self, checked: CheckedList | None, preview: AnswerPreview | None) -> None:
        """What would become of whom."""
        self.pane.show_rows(checked, preview.rows if preview else (), preview.counts if preview else {})
        self.summary.setText("" if preview is None else answer_words(preview))
        if preview is None:
            self.message.say("")
        elif preview.problems:
            self.message.say(preview.problems[0].text, Level.ERROR)
        elif preview.taken_in_before:
            self.message.say(before_words(preview.taken_in_before), Level.WARNING)
        elif running := sum(row.is_running for row in preview.rows):
            words = translate_count(
                "{count} of them has months that still count. Decide on the page of schemes what becomes of them.",
                "{count} of them have months that still count. Decide on the page of schemes what becomes of them.",
                running,
            )
            self.message.say(words.format(count=number(running)), Level.WARNING)
        else:
            self.message.say("")

    def begin(self) -> None:
        """The focus where work begins."""
        self.form.go_to("scheme" if not self.form["scheme"].isHidden() else "verified_on")

    # Building

    def _build(self, today: Callable[[], date]) -> None:
        self.message = MessageBar()
        self.form = FormGrid()
        self.form.add(ChoiceField("scheme", _("Only of the scheme"), ()), 4)
        self.form.add(DateField("paid_on", _("Paid on, where the list has no day"), today=today), 4)
        self.form.add(DateField("verified_on", _("Day of the answer"), today=today), 4)
        self.form.add(
            ChoiceField("counts_for", _("Keep the members as BPJS count of"), lambda: _areas(self._register)), 4
        )
        self.form.edited.connect(lambda _name: self._tell())
        self.form.left.connect(lambda _name: self._tell())
        self.form.leave_words_to_page()
        self.form.spoke.connect(self._speak_of_form)
        self.form.set_buttons()
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        self.pane = OutcomesPane(AnswerOutcome, lambda row: row_words(row))
        self.pane.chosen.connect(self._open)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.form)
        rows.addWidget(self.summary)
        rows.addWidget(self.pane, 1)
        rows.addWidget(self.message)

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.setMaximumHeight(self.form.needed_height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "message"):
            self.message.dress()

    # Details

    def _tell(self) -> None:
        """Only what is another wish asks for another dry run, not every step through the fields."""
        if self.asked() != self._wish:
            self._wish = self.asked()
            self.changed.emit()

    def _open(self, row: AnswerRow) -> None:
        if row.worker is not None:
            self.worker_wanted.emit(row.worker)

    def _speak_of_form(self) -> None:
        spoken = self.form.spoken
        self.message.say(spoken.text if spoken is not None else "", spoken.level if spoken is not None else "")


def answer_words(preview: AnswerPreview) -> str:
    """What would be written, in a sentence, with the named reasons."""
    told = ", ".join(
        f"{number(preview.counts[outcome])} {_(outcome.label)}"
        for outcome in AnswerOutcome
        if preview.counts.get(outcome)
    )
    reasons = ", ".join(
        f"{_(reason.label)} {number(count)}"
        for reason, count in sorted(preview.rejections.items(), key=lambda entry: -entry[1])
    )
    parts = [f"{told}."]
    if reasons:
        parts.append(_("Rejected: {reasons}.").format(reasons=reasons))
    if preview.members:
        members = ", ".join(
            f"{segment or _('segment not said')} {number(count)}" for segment, count in preview.members.items()
        )
        parts.append(_("Active members in the list: {members}.").format(members=members))
    return " ".join(parts)


def _areas(register: Register) -> tuple[Choice, ...]:
    """The whole regency, then its parts."""
    regency = register.regions.regency
    return (Choice(regency, register.regions.name(regency), regency), *choices_of_areas(register))


def row_words(row: AnswerRow) -> str:
    """What becomes of a row."""
    parts: list[str] = []
    if row.problem is not None:
        parts.append(row.problem.text)
    if row.outcome in (AnswerOutcome.ACTIVATED, AnswerOutcome.CARD):
        parts.append(f"KPJ {row.kpj}")
    if row.outcome is AnswerOutcome.ACTIVATED and row.paid_on is not None:
        parts.append(_("paid on {day}").format(day=date_short(row.paid_on)))
    if row.rejection is not None:
        parts.append(_(row.rejection.label))
    if row.verdict is not None:
        parts.append(_(row.verdict.label))
    if row.note:
        parts.append(f"“{row.note}”")
    if row.is_running:
        parts.append(_("months still count"))
    return " · ".join(parts)
