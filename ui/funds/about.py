"""What stands below the list of funds: the ledger, what no longer fits, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from models.funds.uses import Unpaid
from models.language import translate as _
from ui.funds import words
from ui.funds.reading import Book, Remainder
from ui.letter_tabs import LetterTabs
from ui.look.spacing import SMALL
from ui.page import EmptyState, button
from ui.table import FigureTable

LOW = 4
"""Heights of a line that a table is high at the least, its head included."""


class AboutFund(QTabWidget):
    """Three tables; Enter on a row leads on."""

    entry_chosen = Signal()
    """Enter in the ledger."""
    entry_left = Signal()
    """Another row of the ledger."""
    withdrawing_wanted = Signal()
    """Delete in the ledger."""
    worker_wanted = Signal(object)
    """Enter on somebody who no longer fits: the worker's id."""
    unpaid_wanted = Signal()
    """All who no longer fit are to be chosen among the enrolments."""
    fund_wanted = Signal(object)
    """Enter on what is left over: the fund's id."""

    def __init__(self, buttons: QWidget, titles: Sequence[str]) -> None:
        """`buttons` stand above the ledger, `titles` on the three tabs."""
        super().__init__()
        bar = LetterTabs()
        bar.letter_typed.connect(self.go_in)
        self.setTabBar(bar)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for named in (self, self.tabBar()):
            named.setAccessibleName(_("About the fund"))
        self.ledger = FigureTable(_("Ledger"), words.ledger_columns())
        self.ledger.chosen.connect(lambda _key: self.entry_chosen.emit())
        self.ledger.currentCellChanged.connect(lambda *_cells: self.entry_left.emit())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.ledger)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.withdrawing_wanted)
        self.unpaid = FigureTable(_("What no longer fits"), words.unpaid_columns())
        self.unpaid.chosen.connect(self.worker_wanted)
        self.choose_unpaid = button(
            _("Choose all of them under Enrolments (F2)"), self.unpaid_wanted.emit, icon="list"
        )
        all_of_them = QShortcut(QKeySequence("F2"), self.unpaid)
        all_of_them.setContext(Qt.ShortcutContext.WidgetShortcut)
        all_of_them.activated.connect(self.unpaid_wanted)
        self.fits = EmptyState(_("Everything that is committed fits into the money received."))
        self.remainders = FigureTable(_("Left and free places"), words.remainder_columns())
        self.remainders.chosen.connect(self.fund_wanted)
        self.nothing_left = EmptyState(_("Nothing is left over and no place is free."))
        for table in (self.ledger, self.unpaid, self.remainders):
            table.setMinimumHeight(LOW * self.fontMetrics().height())
        unpaid = ButtonBar([self.choose_unpaid])
        parts = ((buttons, self.ledger), (unpaid, self.unpaid, self.fits), (self.remainders, self.nothing_left))
        for inside, title in zip(parts, titles, strict=True):
            self.addTab(_column(*inside), title)
        self.fits.hide()
        self.nothing_left.hide()

    def go_in(self) -> None:
        """The focus into the table in front; where there is none, it stays."""
        table = (self.ledger, self.unpaid, self.remainders)[self.currentIndex()]
        if not table.isHidden():
            if table.currentRow() < 0:
                table.setCurrentCell(0, 0)
            table.setFocus()

    @property
    def shows_remainders(self) -> bool:
        """Whether somebody looks at what is left over."""
        return self.currentIndex() == 2

    @property
    def entry(self) -> words.EntryKey | None:
        """The receipt or payment on which the person is."""
        row = self.ledger.current
        return row.key if row is not None and isinstance(row.key, words.EntryKey) else None

    def show_book(self, book: Book, nagari: Sequence[str]) -> None:
        """The ledger of a fund; `nagari` are the names of those of its enrolments that no longer fit."""
        self.ledger.set_rows(words.ledger_rows(book))
        self._show_unpaid(book.unpaid, nagari)

    def show_remainders(self, found: Sequence[Remainder]) -> None:
        """Money and places that nobody uses."""
        rows = [words.remainder_row(one) for one in found]
        self.remainders.set_rows([*rows, words.remainder_sum(found)] if found else [])
        self.remainders.setVisible(bool(found))
        self.nothing_left.setVisible(not found)

    def _show_unpaid(self, unpaid: Unpaid | None, nagari: Sequence[str]) -> None:
        self.choose_unpaid.setVisible(unpaid is not None)
        self.unpaid.setVisible(unpaid is not None)
        self.fits.setVisible(unpaid is None)
        self.unpaid.set_rows([] if unpaid is None else words.unpaid_rows(unpaid, nagari))


class ButtonBar(QWidget):
    """Buttons in one row, or in two where that is too wide."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(SMALL)
        middle = (len(buttons) + 1) // 2
        for stretch, half in enumerate((self._buttons[:middle], self._buttons[middle:])):
            row = QHBoxLayout()
            row.setSpacing(SMALL)
            for one in half:
                row.addWidget(one)
            row.addStretch(stretch)
            self._halves.addLayout(row, stretch)

    def turn(self, room: int) -> None:
        """One row or two, as wide as there is room."""
        wanted = sum(one.sizeHint().width() + SMALL for one in self._buttons)
        turn = QBoxLayout.Direction
        self._halves.setDirection(turn.LeftToRight if wanted <= room else turn.TopToBottom)


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, SMALL, 0, 0)
    column.setSpacing(SMALL)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, FigureTable | EmptyState) else 0)
    return made
