"""The enrolments of one worker: what they cost, where they stand, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.exchange.mapping import Purpose
from models.language import translate as _
from models.people.worker import Worker
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.storage.verifications import Verification
from models.values.formats import NOTHING, date_short, month_short
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah
from ui.look import icons
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import button
from ui.people.enrolment_forms import CancelForm, ConfirmForm, EnrolForm, EnrolmentForm
from ui.people.pair_words import reason_words
from ui.schemes.periods.words import words_of_worker
from ui.session import Session

_ICONS = {
    EnrolmentState.ACTIVE: ("good", "good"),
    EnrolmentState.ENDED: ("info", "muted"),
    EnrolmentState.REJECTED: ("error", "error"),
    EnrolmentState.CANCELLED: ("close", "muted"),
}
_WAITING = ("info", "accent")
"""Proposed, approved, submitted."""


class EnrolmentsPanel(QWidget):
    """Insert enrols, Enter confirms, Delete cancels; each opens a small form below, which Esc closes."""

    saved = Signal()
    """An enrolment was added, confirmed or cancelled."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = session.opened_register
        self._worker = Worker()
        self._enrolments: tuple[Enrolment, ...] = ()
        self._continuity = ""
        """How long the worker is protected without a gap, in words."""
        self._verified = ""
        """What Disdukcapil and BPJS last said of the worker, in words."""
        self._build()

    def show_worker(self, worker: Worker) -> None:
        """Shows the enrolments of a registered worker, the latest first."""
        assert worker.id is not None
        same, today = worker.id == self._worker.id, self._session.today()
        self._worker = worker
        row = self.table.currentRow() if same else 0
        self._enrolments = self._register.enrolments.of_worker(worker.id)
        latest = max((one.period.last for one in self._enrolments if one.state.counts), default=Month.of(today))
        self._continuity = words_of_worker(self._register, worker.id, max(latest, Month.of(today)), today)
        self._verified = verified_words(self._register.verifications.of_worker(worker.id))
        self.table.setRowCount(len(self._enrolments))
        for place, enrolment in enumerate(self._enrolments):
            self._write_row(place, enrolment)
        self.table.setCurrentCell(min(max(row, 0), len(self._enrolments) - 1), 0)
        if not same:
            self.close_form()
        self._describe()

    @property
    def enrolment(self) -> Enrolment | None:
        """The one at the cursor."""
        row = self.table.currentRow()
        return self._enrolments[row] if 0 <= row < len(self._enrolments) else None

    @property
    def form(self) -> EnrolmentForm | None:
        """The small form that is open."""
        shown = self._below.currentWidget()
        return shown if isinstance(shown, EnrolmentForm) else None

    # What can be done

    def add(self) -> None:
        """Asks for another enrolment."""
        self._open(EnrolForm(self._session, self._worker))

    def confirm(self) -> None:
        """Asks for the KPJ and the day of the first payment."""
        enrolment = self.enrolment
        if enrolment is None or not enrolment.state.counts:
            self._session.message(_("Choose an enrolment that is neither cancelled nor rejected."))
        elif enrolment.is_confirmed:
            self._session.message(_("This enrolment is confirmed already: KPJ {kpj}.").format(kpj=enrolment.kpj))
        else:
            self._open(ConfirmForm(self._session, self._worker, enrolment))

    def cancel(self) -> None:
        """Asks for the reason."""
        enrolment = self.enrolment
        if enrolment is None or not enrolment.state.counts:
            self._session.message(_("Choose an enrolment that is neither cancelled nor rejected."))
        else:
            self._open(CancelForm(self._session, self._worker, enrolment))

    def close_form(self) -> None:
        """Back to the list; what was typed in the small form is dropped."""
        form = self.form
        if form is not None:
            had_focus = form.isAncestorOf(self.focusWidget() or self)
            self._below.setCurrentWidget(self._buttons)
            self.details.show()
            self._below.removeWidget(form)
            form.deleteLater()
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._buttons.setVisible(not self._register.is_read_only)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.form is None and self.table.hasFocus() and not self._register.is_read_only:
            actions = {
                Qt.Key.Key_Insert: self.add,
                Qt.Key.Key_Return: self.confirm,
                Qt.Key.Key_Enter: self.confirm,
                Qt.Key.Key_Delete: self.cancel,
            }
            action = actions.get(Qt.Key(event.key()))
            if action is not None:
                action()
                return
        super().keyPressEvent(event)

    # Building

    def _build(self) -> None:
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(_("Enrolment"))
        self.table.setHorizontalHeaderLabels([_("Scheme"), _("Months"), _("Contribution"), _("Status")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.currentCellChanged.connect(lambda *_cells: self._describe())
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        set_role(self.details, "muted")
        self._buttons = QWidget()
        grid = QGridLayout(self._buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SMALL)
        self._confirm = button(_("Confirm (Enter)"), self.confirm, icon="good")
        self._cancel = button(_("Cancel the enrolment (Del)"), self.cancel, icon="close")
        grid.addWidget(button(_("Enrol again (Ins)"), self.add, icon="add"), 0, 0)
        grid.addWidget(self._confirm, 1, 0)
        grid.addWidget(self._cancel, 2, 0)
        grid.setRowStretch(3, 1)
        self._below = QStackedWidget()
        self._below.addWidget(self._buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self.table, 2)
        rows.addWidget(self.details)
        rows.addWidget(self._below, 3)

    # Details

    def _open(self, form: EnrolmentForm) -> None:
        if self._register.is_read_only:
            self._session.message(_("This register is open for reading only. Nothing can be saved in it."))
            return
        self.close_form()
        form.saved.connect(self._form_saved)
        form.given_up.connect(self.close_form)
        self._below.addWidget(form)
        self._below.setCurrentWidget(form)
        self.details.hide()
        form.go_to_first()

    def _form_saved(self, words: str) -> None:
        self.close_form()
        self._session.message(words)
        self.saved.emit()
        self._session.tell("workers")
        self._session.tell("coverage")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_row(self, row: int, enrolment: Enrolment) -> None:
        scheme = self._register.schemes.get(enrolment.scheme)
        state = QTableWidgetItem(_(enrolment.state.label))
        state.setIcon(icons.icon(*_ICONS.get(enrolment.state, _WAITING)))
        first = QTableWidgetItem(scheme.code)
        first.setToolTip(scheme.name)
        amount = format_rupiah(enrolment.contribution)
        for column, item in enumerate(
            (first, QTableWidgetItem(months_words(enrolment.period)), QTableWidgetItem(amount), state)
        ):
            self.table.setItem(row, column, item)

    def _describe(self) -> None:
        enrolment = self.enrolment
        if enrolment is not None:
            about = details_of(enrolment, self._register.schemes.get(enrolment.scheme).name)
            self.details.setText("\n".join(filter(None, (about, self._continuity, self._verified))))
        else:
            none = _("This worker is not enrolled in any scheme yet.")
            self.details.setText("\n".join(filter(None, (none, self._verified))))
        can_change = enrolment is not None and enrolment.state.counts
        self._cancel.setVisible(can_change)
        self._confirm.setVisible(can_change and enrolment is not None and not enrolment.is_confirmed)


def verified_words(said: Sequence[Verification]) -> str:
    """The newest answer of each authority, with its day and file; nothing where none was taken in."""
    newest: dict[Purpose, Verification] = {}
    for one in said:
        newest.setdefault(one.kind, one)
    sentence = _("{who}, {day}: {verdict} ({source}).")
    return "\n".join(
        sentence.format(
            who="Disdukcapil" if one.kind is Purpose.NIK_MATCH else "BPJS",
            day=date_short(one.verified_on),
            verdict=f"{_(one.verdict.label)}, {one.details}" if one.details else _(one.verdict.label),
            source=one.source,
        )
        for one in newest.values()
    )


def months_words(period: Period) -> str:
    """``Agu 2025 – Okt 2025``"""
    first, last = month_short(period.first), month_short(period.last)
    return first if first == last else f"{first} – {last}"


def details_of(enrolment: Enrolment, scheme: str) -> str:
    """All that the list has no room for."""
    lines = [scheme]
    monthly = enrolment.even_monthly
    if monthly is not None:
        words = {"amount": format_rupiah(monthly), "count": enrolment.period.month_count}
        lines.append(_("{amount} x {count} months").format(**words))
    payer = ", ".join(filter(None, (enrolment.payer_name, enrolment.payer_number, enrolment.payer_office)))
    if payer:
        lines.append(_("Paid by {payer}").format(payer=payer))
    lines.append(_("Registered on {day}").format(day=date_short(enrolment.registered_on)))
    if enrolment.kpj or enrolment.paid_on:
        paid = date_short(enrolment.paid_on) if enrolment.paid_on else NOTHING
        lines.append(_("KPJ {kpj}, first payment {day}").format(kpj=enrolment.kpj or NOTHING, day=paid))
    if enrolment.state_reason:
        reason = reason_words(enrolment.state_reason)
        lines.append(_("Reason: {reason}").format(reason=reason))
    return "\n".join(lines)
