"""The forms of a fund: the fund itself, money that came in, a payment, the reason for committing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.funds.fund import Fund, Receipt
from models.funds.rules import problems_of_fund, problems_of_receipt
from models.language import N_
from models.language import translate as _
from models.problems import Level, Problem, Rejected, StorageFailure
from models.values.digits import is_digits
from models.values.formats import date_short
from models.values.parsed import Parsed
from models.values.rupiah import format_rupiah, spell_rupiah
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField, RupiahField
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.schemes.choices import choices_of_schemes
from ui.session import Session

_EXAMPLE = "2026"
MISSING = {
    "scheme": N_("The scheme is still empty. Type its code or the beginning of its name."),
    "year": N_("The budget year is still empty. Type it with four digits."),
    "ceiling": N_("The ceiling is still empty. Type what was promised, in whole rupiah."),
    "amount": N_("The amount is still empty. Type it in whole rupiah."),
    "received_on": N_("The day is still empty. Type the one on the proof."),
    "paid_on": N_("The day is still empty. Type the one on the proof."),
    "first_month": N_("The first month is still empty. Type it for instance as 8/2026."),
    "last_month": N_("The last month is still empty. Type it for instance as 10/2026."),
    "heads": N_("For how many workers was it paid? Enter 1 or more."),
}
"""What is said where nothing was typed."""


class YearField(CountField):
    """Reads four digits; shows ``2026``, not ``2.026``."""

    def read(self, text: str) -> Parsed[int]:
        bare = text.strip().replace(".", "")
        if bare and not (is_digits(bare) and len(bare) == 4):
            message = N_("A budget year has four digits. Write it for instance as {example}.")
            return None, (Problem(self.name, "year_unreadable", message, {"example": _EXAMPLE}),)
        return super().read(text)

    def written(self, value: Any) -> str:
        return str(value)


class FundsForm(QWidget):
    """A title, the fields, and what explains them. Ctrl+S saves, Esc leaves; the last Enter saves nothing."""

    saved = Signal(str, int)
    """What was done, in a sentence, and the id of the fund."""
    given_up = Signal()
    missing: Mapping[str, str] = MISSING
    """What is said where a field of this name is still empty."""

    def __init__(self, session: Session, title: str, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session, self._register = session, session.opened_register
        self._rejected: tuple[Problem, ...] = ()
        """What the register found on saving, until its field is typed in."""
        self._warned_of: object = None
        """What was typed when it was last said that it is not saved yet."""
        self.form = form = FormGrid()
        self.beside = heading("", "muted")
        self.beside.setWordWrap(True)
        self._add_fields()
        form.set_buttons(
            button(_("Leave (Esc)"), self.give_up),
            button(_("Save (Ctrl+S)"), self.save, icon="save", primary=True),
            hint=_("Enter leads on and never saves."),
            taken_letters=taken_letters,
        )
        form.edited.connect(self._edited)
        form.left.connect(lambda _name: self._judge())
        form.reached_end.connect(lambda: form.say(_("That was the last field. Ctrl+S saves.")))
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SMALL, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(title, "section"))
        column.addWidget(self.beside)
        column.addWidget(form, 1)

    def save(self) -> bool:
        """True when it is done; otherwise the form says why not."""
        self.form.tidy()
        problems = (*self.form.reading_problems(), *self._problems())
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return False
        if not self._is_confirmed():
            return False
        try:
            words, fund = self._write()
        except Rejected as rejected:
            self._rejected = rejected.problems
            self.form.show_problems(rejected.problems, everywhere=True)
            if not self.form.go_to_first_problem():
                self.form.say(rejected.text, Level.ERROR)
            return False
        except StorageFailure as failure:
            self.form.say(failure.text, Level.ERROR)
            return False
        self.saved.emit(words, fund)
        return True

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is lost by leaving."""
        return self.form.is_empty

    def warn(self) -> None:
        """Says that what was typed is not saved yet; from now on Esc leaves it."""
        self._warned_of = self._all_typed()
        self.form.say(_("This is not saved yet. Ctrl+S saves it, Esc leaves it."), Level.WARNING)

    def give_up(self) -> None:
        """Leaves the form; where something was typed, only when asked again with nothing typed in between."""
        if self.is_untouched or self._warned_of == self._all_typed():
            self.given_up.emit()
        else:
            self.warn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    # What each form says

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _follow(self) -> None:
        """Shows beside the fields what follows from them, at each key."""

    def _found(self) -> tuple[Problem, ...]:
        """What the rules find once nothing is missing."""
        raise NotImplementedError

    def _is_confirmed(self) -> bool:
        """Whether to save what nothing is wrong with; otherwise it asks."""
        return True

    def _write(self) -> tuple[str, int]:
        """Saves; what was done and the fund. Raises Rejected or StorageFailure."""
        raise NotImplementedError

    def _all_typed(self) -> object:
        """Whatever would be lost, to be compared."""
        return self.form.texts()

    # Details

    def _problems(self) -> tuple[Problem, ...]:
        unread = {problem.field for problem in self.form.reading_problems()}
        missing = [
            Problem(field.name, f"{field.name}_missing", self.missing[field.name])
            for field in self.form.fields
            if field.name in self.missing
            and field.value() is None
            and field.name not in unread
            and not field.isHidden()
        ]
        return tuple(missing) if missing or unread else self._found()

    def _edited(self, name: str) -> None:
        self._rejected = tuple(problem for problem in self._rejected if problem.field != name)
        self._follow()

    def _judge(self) -> None:
        self.form.show_problems((*self._problems(), *self._rejected))
        self._follow()


class FundForm(FundsForm):
    """A new fund, or one that is corrected; its scheme stays once something is enrolled on it."""

    def __init__(self, session: Session, fund: Fund | None, taken_letters: str) -> None:
        self._fund = fund
        title = _("A new fund") if fund is None else _("Correct {name}").format(name=fund.name)
        super().__init__(session, title, taken_letters)
        self._fill()
        self._follow()

    def _add_fields(self) -> None:
        form = self.form
        schemes = choices_of_schemes(self._register, None if self._fund is None else self._fund.scheme)
        form.add(ChoiceField("scheme", _("Scheme"), schemes, required=True), 5)
        form.add(YearField("year", _("Budget year"), most=9_999, required=True), 2)
        form.add(TextField("name", _("Name, as people call it"), required=True), 5)
        form.add(TextField("payer", _("Who pays")), 5)
        form.add(RupiahField("ceiling", _("Ceiling (Rp)"), required=True), 3)
        form.add(ChoiceField("legal_basis", _("Legal basis"), self._bases), 4)
        if not self._bases():
            form["legal_basis"].setPlaceholderText(_("None yet: enter it under Legal bases"))
        form.add(TextField("notes", _("Notes")), 12)

    def _fill(self) -> None:
        fund = self._fund
        if fund is None:
            self.form["year"].set_value(self._session.today().year)
            return
        for name in ("scheme", "year", "name", "payer", "ceiling", "legal_basis", "notes"):
            self.form[name].set_value(getattr(fund, name))

    def _bases(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(one.id, one.title, one.number, note=date_short(one.dated_on))
            for one in self._register.legal_bases.all()
        )

    def _follow(self) -> None:
        ceiling = self.form["ceiling"].value()
        text = _(
            "The ceiling is what was promised; what really comes in is entered apart, and only that can be committed."
        )
        self.beside.setText(text if not ceiling else f"{format_rupiah(ceiling)} = {spell_rupiah(ceiling)}")

    def _typed(self) -> Fund:
        values = self.form.values()
        typed = {
            "scheme": values["scheme"] or 0,
            "year": values["year"] or 0,
            "ceiling": values["ceiling"] or 0,
            "legal_basis": values["legal_basis"],
            **{name: str(values[name] or "") for name in ("name", "payer", "notes")},
        }
        return Fund(**typed) if self._fund is None else replace(self._fund, **typed)

    def _found(self) -> tuple[Problem, ...]:
        return problems_of_fund(self._typed())

    def _write(self) -> tuple[str, int]:
        fund = self._register.funds.save(self._typed())
        assert fund.id is not None
        text = _("Saved: {name}, ceiling {amount}.")
        if self._fund is None:
            text = _("Saved: {name}, ceiling {amount}. Next: enter the money that came in (Ctrl+U).")
        return text.format(name=fund.name, amount=format_rupiah(fund.ceiling)), fund.id


class ReceiptForm(FundsForm):
    """Money that came in, in one of perhaps several instalments."""

    def __init__(self, session: Session, fund: Fund, receipt: Receipt | None, received: int, taken: str) -> None:
        """`received` are whole rupiah that came in already, the receipt that is corrected left out."""
        self._fund, self._receipt, self._received = fund, receipt, received
        title = _("Money received for {fund}") if receipt is None else _("Correct money received for {fund}")
        super().__init__(session, title.format(fund=fund.name), taken)
        for name in ("amount", "received_on", "source"):
            if receipt is not None:
                self.form[name].set_value(getattr(receipt, name))
        self._follow()

    def _add_fields(self) -> None:
        self.form.add(RupiahField("amount", _("Amount received (Rp)"), required=True), 4)
        self.form.add(DateField("received_on", _("Received on"), today=self._session.today, required=True), 3)
        self.form.add(TextField("source", _("Proof (number of the SP2D or transfer)"), required=True), 5)

    def _follow(self) -> None:
        amount = self.form["amount"].value() or 0
        text = _("Ceiling {ceiling}; with this {total} have come in, {open} are still to come.")
        total = self._received + amount
        if total > self._fund.ceiling:
            text = _(
                "Ceiling {ceiling}; with this {total} have come in, {open} more than promised. Count the zeros again."
            )
        self.beside.setText(
            text.format(
                ceiling=format_rupiah(self._fund.ceiling),
                total=format_rupiah(total),
                open=format_rupiah(abs(self._fund.ceiling - total)),
            )
        )

    def _typed(self) -> Receipt:
        values = self.form.values()
        assert self._fund.id is not None
        return Receipt(
            id=None if self._receipt is None else self._receipt.id,
            fund=self._fund.id,
            amount=values["amount"] or 0,
            received_on=values["received_on"] or self._session.today(),
            source=str(values["source"] or ""),
        )

    def _found(self) -> tuple[Problem, ...]:
        return problems_of_receipt(self._typed(), self._fund, self._session.today())

    def _write(self) -> tuple[str, int]:
        receipt = self._register.funds.receive(self._typed())
        text = _("Saved: {amount} received on {day}.")
        if self._receipt is None:
            text = _("Saved: {amount} received on {day}. Next: reckon what it pays for (Ctrl+J).")
        words = text.format(amount=format_rupiah(receipt.amount), day=date_short(receipt.received_on))
        return words, receipt.fund


class OverForm(FundsForm):
    """A supervisor lets more be committed than came in, for a reason; without one that is taken back."""

    def __init__(self, session: Session, fund: Fund, taken_letters: str) -> None:
        self._fund = fund
        super().__init__(
            session, _("Let more be committed on {fund} than came in").format(fund=fund.name), taken_letters
        )
        self.form["reason"].set_value(fund.over_reason)
        text = _("The reason stays with the fund and its history. Empty the field to take the permission back.")
        self.beside.setText(text)

    def _add_fields(self) -> None:
        self.form.add(TextField("reason", _("Reason, for instance which instalment is awaited")), 12)

    def _found(self) -> tuple[Problem, ...]:
        if not self.form["reason"].value() and not self._fund.over_reason:
            message = N_("The reason is empty. Write why more may be committed than came in.")
            return (Problem("reason", "reason_missing", message),)
        return ()

    def _write(self) -> tuple[str, int]:
        assert self._fund.id is not None
        fund = self._register.funds.allow_over(self._fund.id, str(self.form["reason"].value() or ""))
        text = _("{fund}: more may be committed than came in, because: {reason}")
        if not fund.over_reason:
            text = _("{fund}: only what came in can be committed again.")
        return text.format(fund=fund.name, reason=fund.over_reason), self._fund.id
