"""Where the forms of the funds open: in the place of the tables below, so that nothing modal stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.funds.fund import Fund, Payment, Receipt
from ui.session import Session

if TYPE_CHECKING:
    from ui.funds.forms import FundsForm


class FormStack(QStackedWidget):
    """One form at a time; each is imported when it is first wanted."""

    opened = Signal()
    closed = Signal()
    saved = Signal(str, int)
    """What was done, in a sentence, and the id of the fund; the form is gone already."""
    given_up = Signal()

    def __init__(self, session: Session, tables: QWidget, taken_letters: str) -> None:
        """`tables` stand here while nothing is typed; `taken_letters` are Alt letters in use above."""
        super().__init__()
        self._session, self._tables, self._letters = session, tables, taken_letters
        self.form: FundsForm | None = None
        """What is being typed."""
        self.addWidget(tables)

    @property
    def may_leave(self) -> bool:
        """False while something is half typed; it is said how to go on."""
        if self.form is None or self.form.is_untouched:
            return True
        self.form.warn()
        return False

    def go_in(self) -> None:
        """The focus to where it was in the form, or to its first field."""
        if self.form is not None:
            form = self.form.form
            form.go_to(form.focused or form.fields[0])

    def open_fund(self, fund: Fund | None) -> None:
        """A fund to be corrected; None for a new one."""
        from ui.funds.forms import FundForm

        self._open(FundForm(self._session, fund, self._letters), "scheme" if fund is None else "name")

    def open_receipt(self, fund: Fund, receipt: Receipt | None, received: int) -> None:
        """Money that came in, besides `received` whole rupiah that came in before."""
        from ui.funds.forms import ReceiptForm

        self._open(ReceiptForm(self._session, fund, receipt, received, self._letters), "amount")

    def open_payment(self, fund: Fund, payment: Payment | None) -> None:
        """Contributions that were paid."""
        from ui.funds.payment_form import PaymentForm

        self._open(PaymentForm(self._session, fund, payment, self._letters), "code")

    def open_permission(self, fund: Fund) -> None:
        """The reason for committing more than came in."""
        from ui.funds.forms import OverForm

        self._open(OverForm(self._session, fund, self._letters), "reason")

    def close_form(self) -> None:
        """The tables again; what was typed is gone."""
        if self.form is not None:
            self.setCurrentWidget(self._tables)
            self.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
            self.closed.emit()

    def _open(self, form: FundsForm, first: str) -> None:
        self.close_form()
        self.form = form
        form.saved.connect(self._saved)
        form.given_up.connect(self.given_up)
        self.addWidget(form)
        self.setCurrentWidget(form)
        self.show()
        self.opened.emit()
        form.form.go_to(first)

    def _saved(self, said: str, fund: int) -> None:
        self.close_form()
        self.saved.emit(said, fund)
