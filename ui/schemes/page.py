"""The place "Schemes & Funds": every scheme with its price, the rates behind it, and a reckoner."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.values.formats import month_long
from models.values.months import Month
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.page import Page, heading
from ui.schemes import words
from ui.schemes.calculator import Calculator
from ui.schemes.reading import SchemeFigures, read_schemes
from ui.session import Session
from ui.table import FigureTable


class SchemesPage(Page):
    """Enter on a scheme reckons with it."""

    title = N_("Schemes & Funds")
    help_page = "schemes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._month = Month.of(session.today())
        self._is_stale = True
        self._build()
        session.changed.connect(self._follow)

    def shown(self) -> None:
        if self._is_stale:
            self._read()
        if self.focusWidget() is None:
            self.table.setFocus()

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.calculator.choose(target)

    def reckon_with(self, scheme: object) -> None:
        """Puts a scheme into the reckoner and asks for the number of workers."""
        if isinstance(scheme, int):
            self.calculator.choose(scheme)
            self.calculator.form.go_to("heads")

    # Building

    def _build(self) -> None:
        self.table = FigureTable(_("Schemes"), words.scheme_columns(self._month))
        self.table.chosen.connect(self.reckon_with)
        self.calculator = Calculator(self.session)
        self.rates = FigureTable(_("Rates"), words.rate_columns())
        self.reliefs = FigureTable(_("Reliefs"), words.relief_columns())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Tables"))
        self.tabs.tabBar().setAccessibleName(_("Tables"))
        self.tabs.addTab(self.calculator, _("Reckoner"))
        self.tabs.addTab(self.rates, _("Rates"))
        self.tabs.addTab(self.reliefs, _("Reliefs"))
        self.hint = heading("", "muted")
        self.hint.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(heading(_(self.title)))
        head.addWidget(self.hint, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        rows.setSpacing(SMALL)
        rows.addLayout(head)
        rows.addWidget(self.table, 5)
        rows.addWidget(self.tabs, 4)
        self.add_action(_("Reckoner"), self._open_calculator, keys="Ctrl+H", icon="money")

    # Details

    def _open_calculator(self) -> None:
        self.tabs.setCurrentWidget(self.calculator)
        self.calculator.form.go_to_first()

    def _read(self) -> None:
        self._is_stale = False
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
        if subject in ("workers", "settings"):
            self._is_stale = True
            if self.isVisible():
                self._read()
