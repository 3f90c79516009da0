"""The form of a payment to BPJS; above it what is due for its months, what was paid, and what then remains."""

from __future__ import annotations

from functools import partial

from models.funds.due import Due
from models.funds.fund import Fund, Payment
from models.funds.rules import problem_of_months, problems_of_payment
from models.language import translate as _
from models.problems import Problem
from models.values.formats import date_short, number, period_text
from models.values.months import Period
from models.values.rupiah import format_rupiah
from ui.background import Job
from ui.fields.dates import DateField, MonthField
from ui.fields.field import TextField
from ui.fields.numbers import CountField, RupiahField
from ui.funds.forms import FundsForm
from ui.funds.reading import read_due
from ui.session import Session


class PaymentForm(FundsForm):
    """Contributions paid from a fund; one payment has one code."""

    def __init__(self, session: Session, fund: Fund, payment: Payment | None, taken_letters: str) -> None:
        self._fund, self._payment = fund, payment
        self.due: Due | None = None
        """What is due for the months in the form, once that was counted."""
        self._asked: Period | None = None
        self._job: Job | None = None
        title = _("Payment from {fund}") if payment is None else _("Correct a payment from {fund}")
        super().__init__(session, title.format(fund=fund.name), taken_letters)
        if payment is not None:
            shown = {
                "code": payment.code, "amount": payment.amount, "paid_on": payment.paid_on, "heads": payment.heads,
                "first_month": payment.period.first, "last_month": payment.period.last, "notes": payment.notes,
            }  # fmt: skip
            for name, value in shown.items():
                self.form[name].set_value(value)
        self._follow()

    def _add_fields(self) -> None:
        form, today = self.form, self._session.today
        form.add(TextField("code", _("Payment code"), required=True), 3)
        form.add(RupiahField("amount", _("Amount paid (Rp)"), required=True), 3)
        form.add(DateField("paid_on", _("Paid on"), today=today, required=True), 2)
        form.add(MonthField("first_month", _("From month"), today=today, required=True), 2)
        form.add(MonthField("last_month", _("To month"), today=today, required=True), 2)
        form.add(CountField("heads", _("Workers paid for"), most=9_999_999, required=True), 3)
        form.add(TextField("notes", _("Notes")), 9)

    # Beside the form

    def _follow(self) -> None:
        """Counts what is due whenever the months are others; the difference follows each key."""
        period = self._period()
        if period != self._asked:
            self._asked, self.due = period, None
            if self._job is not None:
                self._job.cancel()
            if period is not None:
                but = None if self._payment is None else self._payment.id
                assert self._fund.id is not None
                work = partial(read_due, self._register, self._fund.id, period, but)
                self._job = self._session.background.run(self, work, done=self._counted)
        self._say()

    def _counted(self, due: Due) -> None:
        self._job = None
        if due.period == self._asked:
            self.due = due
            self._say()

    def _say(self) -> None:
        if self._asked is None:
            self.beside.setText(_("Type the months: then you see here what is due for them and what was paid."))
            return
        if self.due is None:
            self.beside.setText(_("Counting what is due for {months} …").format(months=period_text(self._asked)))
            return
        words = [self.due.text]
        heads, amount = self.form["heads"].value(), self.form["amount"].value()
        if heads is not None and amount is not None:
            text = _("This payment: {amount} for {heads} workers. {balance}")
            balance = self.due.after(heads, amount).text
            words.append(text.format(amount=format_rupiah(amount), heads=number(heads), balance=balance))
        self.beside.setText("\n".join(words))

    # The record

    def _period(self) -> Period | None:
        first, last = self.form["first_month"].value(), self.form["last_month"].value()
        return None if first is None or last is None or last < first else Period(first, last)

    def _found(self) -> tuple[Problem, ...]:
        backwards = problem_of_months(self.form["first_month"].value(), self.form["last_month"].value())
        return (backwards,) if backwards is not None else problems_of_payment(self._typed(), self._session.today())

    def _typed(self) -> Payment:
        values = self.form.values()
        assert self._fund.id is not None
        return Payment(
            id=None if self._payment is None else self._payment.id,
            fund=self._fund.id,
            code=str(values["code"] or ""),
            amount=values["amount"],
            paid_on=values["paid_on"],
            period=Period(values["first_month"], values["last_month"]),
            heads=values["heads"],
            notes=str(values["notes"] or ""),
        )

    def _write(self) -> tuple[str, int]:
        payment = self._register.funds.pay(self._typed())
        text = _("Saved: {amount} paid on {day} under {code}. {balance}")
        balance = "" if self.due is None else self.due.after(payment.heads, payment.amount).text
        shown = {"amount": format_rupiah(payment.amount), "day": date_short(payment.paid_on), "code": payment.code}
        return text.format(**shown, balance=balance).strip(), payment.fund
