"""The area "Funds": every fund of the office, the ledger of the one chosen, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.funds import words
from ui.funds.about import LOW, AboutFund, ButtonBar
from ui.funds.counting import Counting
from ui.funds.printing import ask_file, print_ledger
from ui.funds.reading import Book, FundLine, Remainder, read_book, read_funds, read_remainders
from ui.funds.stack import FormStack
from ui.look.spacing import MEDIUM, SMALL
from ui.page import EmptyState, button
from ui.places import Place
from ui.session import Session
from ui.table import FigureTable

if TYPE_CHECKING:
    from models.funds.fund import Fund
    from models.register import Register
    from ui.funds.forms import FundsForm


LEAST = 24
"""Heights of a line that the area is wide at the least."""


class FundsPanel(QWidget):
    """Funds above, the ledger of the row one is on below; a form takes the ledger's place while something is typed."""

    reckoning_wanted = Signal(int)
    """Somebody asks what the money left in this fund pays for."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session, self._taken = session, taken_letters
        self._lines: dict[object, FundLine] = {}
        self.book: Book | None = None
        """The ledger on show; None until it is read."""
        self._asked: words.EntryKey | None = None
        self._wanted: int | None = None
        self._said, self._said_of = "", 0
        """What was done last and to which fund, until its ledger is on show."""
        self.choose_file: Callable[[str], str] = partial(ask_file, self)
        """Asks for a file to write, with its usual name; empty when the person gave up."""
        self.message = MessageBar()
        self._counting = Counting(self, session.background, self.message.say)
        self._build()

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    @property
    def form(self) -> FundsForm | None:
        """What is being typed."""
        return self.stack.form

    # What the page calls

    def go_in(self) -> None:
        """The focus to where work begins."""
        if self.form is not None:
            self.stack.go_in()
        elif self._lines:
            self.table.setFocus()
        else:
            self.new_button.setFocus()

    def read_again(self) -> None:
        """All funds, in the background: a register may hold millions of enrolments."""
        self._counting.start(
            "funds", partial(read_funds, self._register), self._show_funds, _("Counting the funds: {done} of {of} …")
        )
        self._remainders_stale = True
        self._read_remainders_if_seen()

    def choose(self, fund: int) -> None:
        """Goes to the row of a fund, once the list is there."""
        self._wanted = fund
        keys = [row.key for row in self.table.rows]
        if fund in keys:
            self._wanted = None
            self.table.setCurrentCell(keys.index(fund), 0)
            self.tabs.setCurrentIndex(0)

    def leave(self) -> bool:
        """False while something is half typed; it is said how to go on."""
        return self.stack.may_leave

    # What can be done

    def add(self) -> None:
        """A new fund."""
        if self._may():
            self.stack.open_fund(None)

    def correct(self) -> None:
        """The fund of the row, or the receipt or payment one is on in the ledger."""
        entry = self.tabs.entry
        if entry is not None and self.tabs.ledger.hasFocus():
            self._correct_entry(entry)
            return
        fund = self._chosen()
        if fund is not None and self._may():
            self.stack.open_fund(fund)

    def receive(self) -> None:
        """Money that came in."""
        fund = self._chosen(is_open=True)
        if fund is None or not self._may():
            return
        assert fund.id is not None
        try:
            received = sum(receipt.amount for receipt in self._register.funds.receipts(fund.id))
        except StorageFailure as failure:
            self.message.say(failure.text, Level.ERROR)
        else:
            self.stack.open_receipt(fund, None, received)

    def pay(self) -> None:
        """Contributions that were paid; also from a closed fund, whose last payments may come late."""
        fund = self._chosen()
        if fund is not None and self._may():
            self.stack.open_payment(fund, None)

    def allow_over(self) -> None:
        """More may be committed than came in, for a reason."""
        fund = self._chosen(is_open=True)
        if fund is not None and self._may():
            self.stack.open_permission(fund)

    def close_or_open(self) -> None:
        """Nothing is enrolled on a closed fund any more; the same key opens it again."""
        fund = self._chosen()
        if fund is None or not self._may():
            return
        assert fund.id is not None
        try:
            self._register.funds.close(fund.id, self._session.today() if fund.is_open else None)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        text = _("{fund} is closed now; Ctrl+T opens it again.") if fund.is_open else _("{fund} is open again.")
        self._done(text.format(fund=fund.name), fund.id)

    def withdraw(self) -> None:
        """Takes the receipt or payment of the row back; asks first, and does it when asked again."""
        entry = self.tabs.entry
        if entry is None:
            self.message.say(_("Go to a receipt or a payment in the ledger first."), Level.WARNING)
            return
        if not self._may():
            return
        if self._asked != entry:
            self._asked = entry
            text = _("Take back {what}? Press Delete once more to do it; any other row leaves it.")
            self.message.say(text.format(what=entry.words), Level.WARNING)
            return
        self._asked = None
        funds = self._register.funds
        try:
            if entry.kind is words.EntryKind.RECEIPT:
                funds.withdraw_receipt(entry.id)
            else:
                funds.withdraw_payment(entry.id)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        assert self.book is not None
        self._done(_("Taken back: {what}").format(what=entry.words), self.book.line.fund.id or 0)

    def reckon(self) -> None:
        """What the money left in the fund pays for."""
        fund = self._chosen()
        if fund is not None and fund.id is not None:
            self.reckoning_wanted.emit(fund.id)

    def choose_unpaid(self) -> None:
        """F2 on what no longer fits: all of it is chosen under Enrolments, to be cancelled there."""
        from models.schemes.lines import EnrolmentFilter
        from ui.schemes.life.wanted import EnrolmentsWanted

        if self.book is not None and self.book.unpaid is not None:
            narrowed = EnrolmentFilter(fund=self.book.line.fund.id)
            self._session.go_to(Place.SCHEMES, EnrolmentsWanted(narrowed, self.book.unpaid.ids))

    def print(self) -> None:
        """The ledger on show as a PDF file."""
        if self.book is None:
            self._chosen()
            return
        print_ledger(self, self.choose_file, self._session, self.book, self.message)

    def give_up(self) -> None:
        """Esc: the form goes, nothing was saved, but what was typed only on the second one; without a form the focus
        goes back to the funds."""
        if self.form is not None:
            self.form.give_up()
        else:
            self.go_in()

    def save(self) -> None:
        """Ctrl+S while something is typed."""
        if self.form is not None:
            self.form.save()

    def minimumSizeHint(self) -> QSize:
        """It lets itself be made narrow: the tables scroll, the buttons stand in two rows."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for bar in self._bars:
            bar.turn(self.width())

    # Building

    def _build(self) -> None:
        marked = iter(assign_letters([
            _("New fund (Ctrl+N)"), _("Correct (Enter)"), _("Allow more (Ctrl+I)"), _("Close or open (Ctrl+T)"),
            _("Money received (Ctrl+U)"), _("Payment (Ctrl+B)"), _("Take back (Del)"), _("Print (Ctrl+P)"),
            _("Reckon (Ctrl+J)"), _("Ledger"), _("What no longer fits"), _("Left and free places"),
        ], self._taken))  # fmt: skip
        top = [
            button(next(marked), self.add, icon="add"), button(next(marked), self.correct, icon="edit"),
            button(next(marked), self.allow_over), button(next(marked), self.close_or_open, icon="lock"),
        ]  # fmt: skip
        entries = [
            button(next(marked), self.receive, icon="money"), button(next(marked), self.pay, icon="export"),
            button(next(marked), self.withdraw, icon="undo"), button(next(marked), self.print, icon="print"),
            button(next(marked), self.reckon),
        ]  # fmt: skip
        self.new_button = top[0]
        self.buttons = (*top, *entries)
        self.table = FigureTable(_("Funds"), words.fund_columns())
        self.table.chosen.connect(lambda _key: self.correct())
        self.table.currentCellChanged.connect(self._row_changed)
        self.empty = EmptyState(_(
            "There is no fund yet. A fund is the money of one payer for one scheme in one year: what was promised, "
            "what really came in, whom it pays for. Enter the first one with Ctrl+N."
        ))  # fmt: skip
        self.table.setMinimumHeight(LOW * self.fontMetrics().height())
        self._top, below = ButtonBar(top), ButtonBar(entries)
        self._bars = (self._top, below)
        self.tabs = AboutFund(below, tuple(marked))
        self.tabs.entry_chosen.connect(self.correct)
        self.tabs.entry_left.connect(self._forget)
        self.tabs.withdrawing_wanted.connect(self.withdraw)
        self.tabs.worker_wanted.connect(lambda worker: self._session.go_to(Place.WORKERS, worker))
        self.tabs.unpaid_wanted.connect(self.choose_unpaid)
        self.tabs.fund_wanted.connect(self._follow_remainder)
        self.tabs.currentChanged.connect(lambda _at: self._read_remainders_if_seen())
        self._remainders_stale = True
        letters = self._taken + "".join(letters_in([one.text() for one in top]))
        self.stack = FormStack(self._session, self.tabs, letters)
        self.stack.opened.connect(lambda: self._typing(True))
        self.stack.closed.connect(lambda: self._typing(False))
        self.stack.saved.connect(self._saved)
        self.stack.given_up.connect(self._form_left)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._top)
        rows.addWidget(self.table, 5)
        rows.addWidget(self.empty, 5)
        rows.addWidget(self.message)
        rows.addWidget(self.stack, 7)
        self.empty.hide()

    # Reading

    def _show_funds(self, lines: tuple[FundLine, ...]) -> None:
        had_focus = self.table.hasFocus() or self.new_button.hasFocus()
        first = not self._lines
        self._lines = {line.fund.id: line for line in lines}
        self.table.set_rows([*map(words.fund_row, lines), *([words.fund_sum(lines)] if lines else [])])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.stack.setVisible(bool(lines) or self.form is not None)
        if lines and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        if self._wanted is not None:
            self.choose(self._wanted)
        if lines and first and had_focus and self.form is None:
            self.table.setFocus()
        self._changed()
        if not lines:
            self.book = None
            self._stand()

    def _row_changed(self, row: int, _column: int, before: int, _before: int) -> None:
        if row != before:
            self._changed()

    def _changed(self) -> None:
        """Another row, or other figures in it: its ledger is read."""
        row = self.table.current
        line = self._lines.get(row.key) if row is not None else None
        if line is None or line.fund.id is None:
            return
        fund = line.fund.id
        self._counting.start(
            "book",
            partial(read_book, self._register, fund),
            self._show_book,
            _("Counting the ledger: {done} of {of} …"),
        )

    def _show_book(self, book: Book) -> None:
        self.book = book
        lines = () if book.unpaid is None else book.unpaid.lines
        self.tabs.show_book(book, [self._register.regions.name(line.nagari) for line in lines])
        self._stand()

    def _read_remainders_if_seen(self) -> None:
        if self._remainders_stale and self.tabs.shows_remainders:
            self._remainders_stale = False
            self._counting.start(
                "left",
                partial(read_remainders, self._register),
                self._show_remainders,
                _("Counting what is left: {done} of {of} …"),
            )

    def _show_remainders(self, found: tuple[Remainder, ...]) -> None:
        self.tabs.show_remainders(found)
        self._stand()

    def _follow_remainder(self, fund: int) -> None:
        self.choose(fund)
        self.table.setFocus()

    # Speaking

    def _stand(self) -> None:
        """How the chosen fund stands; what was just done stands before it."""
        if self.book is None or not self._lines:
            said, self._said = self._said, ""
            self.message.say(said, "good" if said else "")
            return
        said = ""
        if self._said_of == self.book.line.fund.id and self._wanted is None and not self._counting.is_busy:
            said, self._said = self._said, ""
        sentence, level = words.standing_words(self.book)
        if said and level in ("", "good"):
            self.message.say(said, "good")
        else:
            self.message.say(f"{said} {sentence}".strip(), level)

    def _forget(self) -> None:
        if self._asked is not None:
            self._asked = None
            self._stand()

    def _chosen(self, *, is_open: bool = False) -> Fund | None:
        """The fund just saved, while the list is still being counted, else that of the row; says so where there is
        none, or where it is closed and should not be."""
        row = self.table.current
        line = self._lines.get(row.key) if row is not None else None
        if line is None and self.book is not None:
            line = self._lines.get(self.book.line.fund.id)
        fund = None if line is None else line.fund
        if self._wanted is not None:
            try:
                fund = next((one for one in self._register.funds.all() if one.id == self._wanted), fund)
            except StorageFailure as failure:
                self.message.say(failure.text, Level.ERROR)
                return None
        if fund is None:
            self.message.say(_("Choose a fund in the list first, or enter one with Ctrl+N."), Level.WARNING)
        elif is_open and not fund.is_open:
            text = _("{fund} is closed. Open it again with Ctrl+T first.")
            self.message.say(text.format(fund=fund.name), Level.WARNING)
            return None
        return fund

    def _may(self) -> bool:
        """Whether the person may change funds; otherwise it is said why not."""
        if self.form is not None and not self.leave():
            return False
        try:
            self._register.require(Right.APPROVE)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return False
        if self._register.is_read_only:
            self.message.say(_("This register is open for reading only. Nothing can be saved in it."), Level.WARNING)
            return False
        return True

    # Forms

    def _correct_entry(self, entry: words.EntryKey) -> None:
        if self.book is None or not self._may():
            return
        line = self.book.line
        if entry.kind is words.EntryKind.RECEIPT:
            receipt = next(one for one in self.book.receipts if one.id == entry.id)
            self.stack.open_receipt(line.fund, receipt, line.ledger.received - receipt.amount)
        else:
            payment = next(one.payment for one in self.book.payments if one.payment.id == entry.id)
            self.stack.open_payment(line.fund, payment)

    def _typing(self, is_typing: bool) -> None:
        """The form has its own message line, and nothing else is begun meanwhile."""
        self._top.setEnabled(not is_typing)
        self.message.setVisible(not is_typing)
        self.stack.setVisible(is_typing or bool(self._lines))

    def _form_left(self) -> None:
        self.stack.close_form()
        self._stand()
        self.go_in()

    def _saved(self, said: str, fund: int) -> None:
        self._done(said, fund)
        self.go_in()  # the first fund has no row yet, and outside of the page no key would be heard

    def _done(self, said: str, fund: int) -> None:
        """Something was written: everybody reads again, and the fund in question is on show."""
        self._said, self._said_of = said, fund
        self._wanted = fund
        self.message.say(said, "good")
        self._session.tell("funds")
