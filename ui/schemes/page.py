"""The place "Schemes & Funds": every scheme with its price, the rates behind them, the funds, and two reckoners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.values.formats import month_long
from models.values.months import Month
from ui.fields.letters import assign_letters, letters_in, without_letter
from ui.funds.calculator import FundCalculator
from ui.funds.panel import LOW, FundsPanel
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.page import Page, heading
from ui.schemes import words
from ui.schemes.calculator import Calculator
from ui.schemes.life.panel import LifePanel
from ui.schemes.life.wanted import EnrolmentsWanted, WaitingWanted
from ui.schemes.periods.panel import PeriodsPanel
from ui.schemes.reading import SchemeFigures, read_schemes
from ui.session import Session
from ui.table import FigureTable


class SchemesPage(Page):
    """Six areas; Enter on a scheme reckons with it, a fund has its ledger below it."""

    title = N_("Schemes & Funds")
    help_page = "schemes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._month = Month.of(session.today())
        self._stale = {"schemes", "funds", "life", "periods"}
        self._build()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        self._read_what_is_seen()
        focused = self.focusWidget()
        if focused is None or not self.areas.currentWidget().isAncestorOf(focused):
            self._go_in()

    def leaving(self) -> bool:
        """What is half typed about a fund stays here."""
        if self.funds.form is not None and not self.funds.form.form.is_empty:
            self.session.message(_("What you typed about a fund is not saved yet. Ctrl+3 leads back to it."))
        elif not self.life.leave():
            self.session.message(_("What you typed about enrolments is not saved yet. Ctrl+3 leads back to it."))
        return True

    def closing(self) -> bool:
        if self.funds.leave():
            return True
        self.session.go_to("schemes")
        self.areas.setCurrentWidget(self.funds)
        return False

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.areas.setCurrentWidget(self._schemes)
            self.calculator.choose(target)
        elif isinstance(target, WaitingWanted):
            self.areas.setCurrentWidget(self.life)
            self.life.put_waiting(target.workers)
        elif isinstance(target, EnrolmentsWanted):
            self.areas.setCurrentWidget(self.life)
            self.life.narrow(target.narrowed)

    def help_topic(self) -> str:
        topics = ("schemes", "rates", "funds", "calculator", "life", "periods")
        return topics[self.areas.currentIndex()]

    # What can be done

    def reckon_with(self, scheme: object) -> None:
        """Puts a scheme into the reckoner and asks for the number of workers."""
        if isinstance(scheme, int):
            self.calculator.choose(scheme)
            self.calculator.form.go_to("heads")

    def reckon_with_fund(self, fund: int) -> None:
        """Puts the money left in a fund into the calculator and asks for the number of workers."""
        self.areas.setCurrentWidget(self.fund_calculator)
        self.fund_calculator.feed(fund)
        self.fund_calculator.form.go_to("heads")

    # Building

    def _build(self) -> None:
        marked = assign_letters([
            _("Schemes"), _("Rates"), _("Funds"), _("Calculator"), _("Enrolments"), _("Running out"),
        ])  # fmt: skip
        taken = "".join(letters_in(marked))
        self.table = FigureTable(_("Schemes"), words.scheme_columns(self._month))
        self.table.setMinimumHeight(LOW * self.fontMetrics().height())
        self.table.chosen.connect(self.reckon_with)
        self.calculator = Calculator(self.session, taken)
        self.rates = FigureTable(_("Rates"), words.rate_columns())
        self.reliefs = FigureTable(_("Reliefs"), words.relief_columns())
        self.funds = FundsPanel(self.session, taken)
        self.funds.reckoning_wanted.connect(self.reckon_with_fund)
        self.fund_calculator = FundCalculator(self.session, taken)
        self.life = LifePanel(self.session, taken)
        self.periods = PeriodsPanel(self.session, taken)
        self.hint = heading("", "muted")
        self.hint.setWordWrap(True)
        reckoner = heading(_("Reckoner (Ctrl+H)"), "section")
        self._schemes = _below_each_other((self.hint, 0), (self.table, 5), (reckoner, 0), (self.calculator, 4))
        reliefs = heading(_("Reliefs"), "section")
        self._rates = _below_each_other((self.rates, 5), (reliefs, 0), (self.reliefs, 2))
        self.areas = QTabWidget()
        self.areas.setDocumentMode(True)
        self.areas.tabBar().setDrawBase(False)
        self.areas.setAccessibleName(_(self.title))
        self.areas.tabBar().setAccessibleName(_(self.title))
        parts = (self._schemes, self._rates, self.funds, self.fund_calculator, self.life, self.periods)
        for part, word in zip(parts, marked, strict=True):
            self.areas.addTab(part, word)
        self.areas.currentChanged.connect(lambda _at: self._area_changed())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        rows.setSpacing(SMALL)
        rows.addWidget(heading(_(self.title)))
        rows.addWidget(self.areas, 1)
        self.add_action(_("Reckoner"), self._open_calculator, keys="Ctrl+H", icon="money")
        for part, word in zip(parts, marked, strict=True):
            name = without_letter(word).replace("&", "&&")
            self.add_action(name, partial(self.areas.setCurrentWidget, part), icon="schemes")
        self._add_fund_actions()
        self._add_life_actions()

    def _add_fund_actions(self) -> None:
        funds = self.funds
        for word, run, keys, icon in (
            (_("New fund"), funds.add, "Ctrl+N", "add"),
            (_("Money received"), funds.receive, "Ctrl+U", "money"),
            (_("Payment"), funds.pay, "Ctrl+B", "export"),
            (_("Allow more than came in"), funds.allow_over, "Ctrl+I", "edit"),
            (_("Close or open the fund"), funds.close_or_open, "Ctrl+T", "lock"),
            (_("Reckon with the money left"), funds.reckon, "Ctrl+J", "money"),
        ):
            self.add_action(word, partial(self._with_funds, run), keys=keys, icon=icon)
        self.add_action(_("Print the ledger or the annex"), self._print, keys="Ctrl+P", icon="print")
        self.add_action(_("Save"), self._save, keys="Ctrl+S", icon="save")
        self.add_action(_("Leave the form"), self._give_up, keys="Esc", icon="back")

    def _add_life_actions(self) -> None:
        """Found by Ctrl+K; their keys work inside their area."""
        life, periods = self.life, self.periods
        for word, part, run, icon in (
            (_("Approve the chosen enrolments in a decree (F2)"), life, life.approve, "good"),
            (_("Submit the chosen enrolments to BPJS (F3)"), life, life.submit, "export"),
            (_("Activate enrolments with KPJ and payment (F6)"), life, life.activate, "good"),
            (_("End the chosen enrolments (F7)"), life, life.end, "list"),
            (_("Reject the chosen enrolments (F9)"), life, life.reject, "close"),
            (_("Cancel the chosen enrolments"), life, life.cancel, "undo"),
            (_("Replace the rejected from the waiting list (F11)"), life, life.replace, "next"),
            (_("Waiting list of a scheme (F12)"), life, life.show_waiting, "list"),
            (_("Continue those who drop out (F2)"), periods, periods.go_on, "next"),
        ):
            self.add_action(word, partial(self._within, part, run), icon=icon)

    def _within(self, part: QWidget, run: Callable[[], None]) -> None:
        """A step of an area; from elsewhere it only leads there, since its rows were not in sight."""
        if self.areas.currentWidget() is part:
            run()
        else:
            self.areas.setCurrentWidget(part)

    # Details

    def _go_in(self) -> None:
        """The focus to where work begins."""
        match self.areas.currentWidget():
            case self._schemes:
                self.table.setFocus()
            case self._rates:
                self.rates.setFocus()
            case self.funds:
                self.funds.go_in()
            case self.fund_calculator:
                self.fund_calculator.go_in()
            case self.life:
                self.life.go_in()
            case self.periods:
                self.periods.go_in()

    def _area_changed(self) -> None:
        self._read_what_is_seen()
        if self.isVisible():
            self._go_in()

    def _with_funds(self, run: object) -> None:
        """An action about funds works from every area."""
        if self.areas.currentWidget() is not self.funds:
            self.areas.setCurrentWidget(self.funds)
        assert callable(run)
        run()

    def _print(self) -> None:
        """The annex while the enrolments are in front, otherwise the ledger."""
        if self.areas.currentWidget() is self.life:
            self.life.print()
        else:
            self._with_funds(self.funds.print)

    def _save(self) -> None:
        if self.areas.currentWidget() is self.funds:
            self.funds.save()
        elif self.areas.currentWidget() is self.life:
            self.life.save()

    def _give_up(self) -> None:
        if self.areas.currentWidget() is self.funds:
            self.funds.give_up()
        elif self.areas.currentWidget() is self.life:
            self.life.give_up()
        elif self.areas.currentWidget() is self.periods:
            self.periods.give_up()

    def _open_calculator(self) -> None:
        self.areas.setCurrentWidget(self._schemes)
        self.calculator.form.go_to_first()

    def _read_what_is_seen(self) -> None:
        area = self.areas.currentWidget()
        if area is self.funds and "funds" in self._stale:
            self._stale.discard("funds")
            self.funds.read_again()
        if area is self.fund_calculator:
            self.fund_calculator.read_again()
        for name, part in (("life", self.life), ("periods", self.periods)):
            if area is part and name in self._stale:
                self._stale.discard(name)
                part.read_again()
        if area in (self._schemes, self._rates) and "schemes" in self._stale:
            self._read()

    def _read(self) -> None:
        self._stale.discard("schemes")
        self._month = Month.of(self.session.today())
        register = self.session.opened_register
        self.table.set_columns(words.scheme_columns(self._month))
        text = _("Prices of {month}; where they depend on the income, those of the lowest bracket. Enter reckons.")
        self.hint.setText(text.format(month=month_long(self._month)))
        self.rates.set_rows([words.rate_row(rate) for rate in register.rates.rates])
        self.reliefs.set_rows([words.relief_row(relief) for relief in register.rates.reliefs])
        self.calculator.read_again()
        self.session.background.run(self, partial(read_schemes, register, self._month), done=self._show)

    def _show(self, figures: tuple[SchemeFigures, ...]) -> None:
        self.table.set_rows([*map(words.scheme_row, figures), words.scheme_sum(figures)])

    def _follow(self, subject: str) -> None:
        """Enrolments made elsewhere change what is committed; it is read again when somebody looks."""
        if subject in ("workers", "settings"):
            self._stale |= {"schemes", "funds", "life", "periods"}
        elif subject == "funds":
            self._stale |= {"funds", "life", "periods"}
        elif subject == "look":
            self.periods.model.dress()
            return
        else:
            return
        if self.isVisible():
            self._read_what_is_seen()


def _below_each_other(*parts: tuple[QWidget, int]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, SMALL, 0, 0)
    column.setSpacing(SMALL)
    for part, stretch in parts:
        column.addWidget(part, stretch)
    return made
