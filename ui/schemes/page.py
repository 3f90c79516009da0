"""The place "Schemes & Funds": schemes with their prices, the rates behind them, funds, legal bases, two reckoners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from ui.fields.letters import assign_letters, letters_in, without_letter
from ui.funds.calculator import FundCalculator
from ui.funds.panel import LOW, FundsPanel
from ui.legal.panel import LegalPanel
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.page import Page, heading
from ui.schemes.life.panel import LifePanel
from ui.schemes.life.wanted import EnrolmentsWanted, WaitingWanted
from ui.schemes.periods.panel import PeriodsPanel
from ui.schemes.rates_panel import RatesPanel
from ui.schemes.record_panel import RecordPanel
from ui.schemes.schemes_panel import SchemesPanel
from ui.session import Session


class SchemesPage(Page):
    """Five areas; Enter on a scheme reckons with it, a fund has its ledger below it."""

    title = N_("Schemes & Funds")
    help_page = "schemes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stale = {"schemes", "funds", "life", "periods", "legal"}
        self._build()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        self._read_what_is_seen()
        focused = self.focusWidget()
        if focused is None or not self.areas.currentWidget().isAncestorOf(focused):
            self._go_in()

    def leaving(self) -> bool:
        """What is half typed stays here."""
        if self.funds.form is not None and not self.funds.form.form.is_empty:
            self.session.message(_("What you typed about a fund is not saved yet. Ctrl+3 leads back to it."))
        elif not self.life.leave():
            self.session.message(_("What you typed about enrolments is not saved yet. Ctrl+3 leads back to it."))
        elif any(panel.form is not None and not panel.form.is_untouched for panel in self._panels):
            self.session.message(_("What you typed here is not saved yet. Ctrl+3 leads back to it."))
        return True

    def closing(self) -> bool:
        parts: tuple[FundsPanel | LifePanel | RecordPanel, ...] = (self.funds, self.life, *self._panels)
        for panel in parts:
            if not panel.leave():
                self.session.go_to("schemes")
                self.areas.setCurrentWidget(panel)
                return False
        self.legal.remove_copies()
        return True

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.areas.setCurrentWidget(self.schemes)
            self.calculator.choose(target)
        elif isinstance(target, WaitingWanted):
            self.areas.setCurrentWidget(self.life)
            self.life.steps.put_waiting(target.workers)
        elif isinstance(target, EnrolmentsWanted):
            self.areas.setCurrentWidget(self.life)
            self.life.narrow(target.narrowed, target.chosen)

    def help_topic(self) -> str:
        topics = ("schemes", "rates", "funds", "calculator", "life", "periods", "legal")
        return topics[self.areas.currentIndex()]

    # What can be done

    def add(self) -> None:
        """Ctrl+N: what the area in front is a list of."""
        panel = self._panel
        if panel is None:
            self._with_funds(self.funds.add)
        else:
            panel.add()

    def close_or_open(self) -> None:
        """Ctrl+T: the scheme of the row, elsewhere the fund."""
        if self._panel is self.schemes:
            self.schemes.close_or_open()
        else:
            self._with_funds(self.funds.close_or_open)

    def reckon_with_fund(self, fund: int) -> None:
        """Puts the money left in a fund into the calculator and asks for the number of workers."""
        self.areas.setCurrentWidget(self.fund_calculator)
        self.fund_calculator.feed(fund)
        self.fund_calculator.form.go_to("heads")

    # Building

    def _build(self) -> None:
        marked = assign_letters([
            _("Schemes"), _("Rates"), _("Funds"), _("Calculator"), _("Enrolments"), _("Running out"), _("Legal bases"),
        ])  # fmt: skip
        taken = "".join(letters_in(marked))
        self.schemes = SchemesPanel(self.session, taken)
        self.schemes.table.setMinimumHeight(LOW * self.fontMetrics().height())
        self.table, self.calculator = self.schemes.table, self.schemes.calculator
        self.tariffs = RatesPanel(self.session, taken)
        self.rates, self.reliefs = self.tariffs.rates, self.tariffs.reliefs
        self.legal = LegalPanel(self.session, taken)
        self._panels: tuple[RecordPanel, ...] = (self.schemes, self.tariffs, self.legal)
        self.funds = FundsPanel(self.session, taken)
        self.funds.reckoning_wanted.connect(self.reckon_with_fund)
        self.fund_calculator = FundCalculator(self.session, taken)
        self.life = LifePanel(self.session, taken)
        self.periods = PeriodsPanel(self.session, taken)
        self.areas = QTabWidget()
        self.areas.setDocumentMode(True)
        self.areas.tabBar().setDrawBase(False)
        self.areas.setAccessibleName(_(self.title))
        self.areas.tabBar().setAccessibleName(_(self.title))
        parts = (
            self.schemes, self.tariffs, self.funds, self.fund_calculator, self.life, self.periods, self.legal,
        )  # fmt: skip
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
        self._add_panel_actions()

    def _add_fund_actions(self) -> None:
        funds = self.funds
        for word, run, keys, icon in (
            (_("New fund"), funds.add, "", "add"),
            (_("Money received"), funds.receive, "Ctrl+U", "money"),
            (_("Payment"), funds.pay, "Ctrl+B", "export"),
            (_("Allow more than came in"), funds.allow_over, "Ctrl+I", "edit"),
            (_("Close or open the fund"), funds.close_or_open, "", "lock"),
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
            (_("Approve the chosen enrolments in a decree (F2)"), life, life.steps.approve, "good"),
            (_("Submit the chosen enrolments to BPJS (F3)"), life, life.steps.submit, "export"),
            (_("Activate enrolments with KPJ and payment (F6)"), life, life.steps.activate, "good"),
            (_("End the chosen enrolments (F7)"), life, life.steps.end, "list"),
            (_("Reject the chosen enrolments (F9)"), life, life.steps.reject, "close"),
            (_("Cancel the chosen enrolments"), life, life.steps.cancel, "undo"),
            (_("Replace the rejected from the waiting list (F11)"), life, life.steps.replace, "next"),
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

    def _add_panel_actions(self) -> None:
        for word, panel, run, keys, icon in (
            (_("New scheme"), self.schemes, self.schemes.add, "", "add"),
            (_("Close or open the scheme"), self.schemes, self.schemes.close_or_open, "", "lock"),
            (_("New share of the wage"), self.tariffs, self.tariffs.add, "", "add"),
            (_("New contribution table"), self.tariffs, self.tariffs.add_table, "Ctrl+G", "add"),
            (_("New relief"), self.tariffs, self.tariffs.add_relief, "Ctrl+M", "add"),
            (_("New legal basis"), self.legal, self.legal.add, "", "add"),
            (_("Open or attach the scan"), self.legal, self.legal.open_or_attach, "Ctrl+O", "open"),
        ):
            self.add_action(word, partial(self._with_panel, panel, run), keys=keys, icon=icon)
        self.add_action(_("New, in the area in front"), self.add, keys="Ctrl+N", icon="add")
        self.add_action(_("Close or open, in the area in front"), self.close_or_open, keys="Ctrl+T", icon="lock")
        self.add_action(_("Correct"), self._correct, keys="Ctrl+E", icon="edit")

    # Details

    @property
    def _panel(self) -> RecordPanel | None:
        """The area in front, where it is one of records."""
        area = self.areas.currentWidget()
        return area if isinstance(area, RecordPanel) else None

    def _with_panel(self, panel: RecordPanel, run: Callable[[], None]) -> None:
        if self.areas.currentWidget() is not panel:
            self.areas.setCurrentWidget(panel)
        run()

    def _correct(self) -> None:
        if self._panel is not None:
            self._panel.correct()
        else:
            self._with_funds(self.funds.correct)

    def _go_in(self) -> None:
        """The focus to where work begins."""
        if self._panel is not None:
            self._panel.enter()
        match self.areas.currentWidget():
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
        elif self._panel is not None:
            self._panel.save()
        elif self.areas.currentWidget() is self.life:
            self.life.save()

    def _give_up(self) -> None:
        if self.areas.currentWidget() is self.funds:
            self.funds.give_up()
        elif self._panel is not None:
            self._panel.give_up()
        elif self.areas.currentWidget() is self.life:
            self.life.give_up()
        elif self.areas.currentWidget() is self.periods:
            self.periods.give_up()

    def _open_calculator(self) -> None:
        self.areas.setCurrentWidget(self.schemes)
        self.schemes.open_calculator()

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
        if area in (self.schemes, self.tariffs) and "schemes" in self._stale:
            self._stale.discard("schemes")
            self.schemes.read_again()
            self.tariffs.read_again()
        if area is self.legal and "legal" in self._stale:
            self._stale.discard("legal")
            self.legal.read_again()

    def _follow(self, subject: str) -> None:
        """Enrolments made elsewhere change what is committed; it is read again when somebody looks."""
        if subject in ("workers", "settings"):
            self._stale |= {"schemes", "funds", "life", "periods", "legal"}
        elif subject == "funds":
            self._stale |= {"funds", "life", "periods", "legal"}
        elif subject == "look":
            self.periods.model.dress()
            return
        else:
            return
        if self.isVisible():
            self._read_what_is_seen()
