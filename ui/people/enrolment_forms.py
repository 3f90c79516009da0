"""The small forms below a worker's enrolments: confirm one, cancel one, add one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout

from models.language import N_
from models.language import translate as _
from models.people.kpj import parse_kpj
from models.people.worker import Worker
from models.problems import Problem, Rejected, StorageFailure
from models.schemes.eligibility import note_on_age
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.rules import problems_of_cancellation, problems_of_confirmation
from models.values.formats import period_text
from models.values.months import Period
from models.values.rupiah import format_rupiah
from ui.fields.dates import DateField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.look.style import set_role
from ui.page import button, heading
from ui.people.plan_fields import PlanFields
from ui.people.price_text import price_lines
from ui.people.reason_line import ReasonLine
from ui.session import Session

_NO_LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""The record beside has given all Alt letters away; these forms are short and walked through with Enter."""

_OF_FUND = ("scheme", "first_month", "month_count", "fund")
"""Fields on which it hangs whether the fund's money is enough."""


class EnrolmentForm(FormGrid):
    """Ctrl+S saves, Esc leaves."""

    saved = Signal(str)
    """What was done, in a sentence."""
    given_up = Signal()
    """Esc: nothing is to be done after all."""

    title: str = ""
    save_word: str = N_("Save (Ctrl+S)")

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__()
        self._session, self._worker = session, worker
        self._register = session.opened_register
        self._column().insertWidget(0, heading(_(self.title), "section"))
        self._add_fields()
        self.set_buttons(
            button(_("Leave (Esc)"), self.given_up.emit),
            button(_(self.save_word), self.save, icon="save", primary=True),
            taken_letters=_NO_LETTERS,
        )

    def save(self) -> bool:
        """True when it is done; otherwise the form says why not."""
        self.tidy()
        problems = (*self.reading_problems(), *self._problems())
        self.show_problems(problems, everywhere=True)
        if problems:
            self.go_to_first_problem()
            return False
        try:
            words = self._write()
        except Rejected as rejected:
            self.show_problems(rejected.problems, everywhere=True)
            self.go_to_first_problem()
            return False
        except StorageFailure as failure:
            self.say(failure.text, "error")
            return False
        self.saved.emit(words)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _column(self) -> QVBoxLayout:
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        return column

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _problems(self) -> tuple[Problem, ...]:
        """What is wrong besides what the fields cannot read."""
        raise NotImplementedError

    def _write(self) -> str:
        """Saves and says what was done; raises Rejected or StorageFailure."""
        raise NotImplementedError


class ConfirmForm(EnrolmentForm):
    """BPJS gave a card number and the first payment was made."""

    title = N_("Confirm the enrolment")

    def __init__(self, session: Session, worker: Worker, enrolment: Enrolment) -> None:
        self._enrolment = enrolment
        super().__init__(session, worker)
        if enrolment.kpj or worker.kpj:
            self["kpj"].set_value(enrolment.kpj or worker.kpj)

    def _add_fields(self) -> None:
        self.add(ParsedField("kpj", _("KPJ number"), parse_kpj, required=True), 6)
        self.add(DateField("paid_on", _("First payment on"), today=self._session.today, required=True), 6)

    def _problems(self) -> tuple[Problem, ...]:
        kpj, paid_on = str(self["kpj"].value() or ""), self["paid_on"].value()
        return problems_of_confirmation(self._enrolment, kpj, paid_on, self._session.today())

    def _write(self) -> str:
        assert self._enrolment.id is not None
        kpj = str(self["kpj"].value())
        self._register.enrolments.confirm(self._enrolment.id, kpj, self["paid_on"].value())
        return _("{name} is confirmed: KPJ {kpj}.").format(name=self._worker.name, kpj=kpj)


class CancelForm(EnrolmentForm):
    """Its months no longer count; the record stays, with the reason."""

    title = N_("Cancel the enrolment")
    save_word = N_("Cancel it (Ctrl+S)")

    def __init__(self, session: Session, worker: Worker, enrolment: Enrolment) -> None:
        self._enrolment = enrolment
        super().__init__(session, worker)

    def _add_fields(self) -> None:
        self.add(TextField("reason", _("Reason"), required=True), 12)

    def _problems(self) -> tuple[Problem, ...]:
        return problems_of_cancellation(self._enrolment, str(self["reason"].value() or ""))

    def _write(self) -> str:
        assert self._enrolment.id is not None
        self._register.enrolments.cancel(self._enrolment.id, str(self["reason"].value()))
        months = period_text(self._enrolment.period)
        return _("Cancelled: {name}, {months} no longer count.").format(name=self._worker.name, months=months)


class EnrolForm(EnrolmentForm):
    """Another enrolment of the same worker, saved as if it had been typed on the entry page."""

    title = N_("Enrol again")
    save_word = N_("Enrol (Ctrl+S)")

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(session, worker)
        self._reasons: dict[str, str] = {}
        self._price = QLabel()
        self._price.setWordWrap(True)
        set_role(self._price, "muted")
        self._column().insertWidget(2, self._price)
        self.reason = ReasonLine()
        self.message_bar.add_tail(self.reason)
        self.spoke.connect(lambda: self.reason.offer(self.spoken))
        self.reason.given.connect(self._take_reason)
        self.reason.left.connect(lambda: self.hold(None))
        self.left.connect(self._follow)
        self.edited.connect(lambda _name: self._show_price())
        self._plan.suggest_first_month()
        self._plan.show_payer()

    def ask_reason(self) -> None:
        """F7: the warning in the message line may stand, for a reason typed there."""
        if self.spoken is not None and not self.spoken.is_error:
            problem = self.spoken
            self.hold(problem)
            self.reason.ask(problem)

    def _add_fields(self) -> None:
        self._plan = PlanFields(
            self, self._register, self._session.today, required=True, columns=(12, 6, 6, 12, 6, 6)
        )

    def _problems(self) -> tuple[Problem, ...]:
        if self._plan.scheme is None:
            message = N_("The scheme is still empty. Type its code or the beginning of its name.")
            return (Problem("scheme", "scheme_missing", message),)
        return self._plan.problems() or self._plan.fund_problems(self._worker.income)

    def _write(self) -> str:
        plan = self._plan.plan()
        assert plan is not None
        assert self._worker.id is not None
        worker = self._register.workers.get(self._worker.id)  # it may have been corrected since
        worker = replace(worker, reasons={**worker.reasons, **self._reasons})
        enrolment = self._register.entries.save(worker, plan).enrolment
        assert enrolment is not None
        return _("Enrolled: {name}, {months}, {amount}.").format(
            name=worker.name, months=period_text(enrolment.period), amount=format_rupiah(enrolment.contribution)
        )

    def _take_reason(self, problem: Problem, reason: str) -> None:
        self._reasons[problem.code] = reason
        self.accept((*self._worker.reasons, *self._reasons))
        self.hold(None)
        self.show_problems(())
        self.go_to_first()

    def _follow(self, name: str) -> None:
        scheme = self._plan.scheme
        self._plan.show_payer()
        if name == "scheme" and scheme is not None:
            self["month_count"].fill(scheme.usual_months, _("the scheme"))
        if name in _OF_FUND and (over := self._plan.fund_problems(self._worker.income)):
            self.show_problems(over)
        self._show_price()

    def _age_note(self, plan: EnrolmentPlan | None) -> str:
        """Whether the worker reaches the age limit inside the months."""
        if plan is None or self._plan.scheme is None:
            return ""
        period = Period.starting(plan.first, plan.month_count)
        return note_on_age(self._worker.born_on, self._plan.scheme, period, self._register.office.max_age)

    def _show_price(self) -> None:
        plan, scheme = self._plan.plan(), self._plan.scheme
        lines: tuple[str, ...] = ()
        if plan is not None and scheme is not None:
            period = Period.starting(plan.first, plan.month_count)
            price = self._register.rates.price(scheme, period, self._worker.income)
            if not isinstance(price, Problem):
                most = 3 if price.even_monthly is None else 2
                lines = price_lines(price, period)[:most]
        self._price.setText("\n".join((*lines, *filter(None, (self._age_note(plan),)))))
