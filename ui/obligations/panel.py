"""The obligation board of the place "Coverage": offices and nagari, companies, Perisai agents."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.values.months import Month
from ui.obligations.agents import AgentsPanel
from ui.obligations.board import BoardPanel
from ui.obligations.promises import PromisesPanel
from ui.session import Session


class ObligationsPanel(QWidget):
    """Three tables of one month; each is read when it is looked at."""

    worker_wanted = Signal(int)
    """Id of a worker whose record is to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = Month.of(session.today())
        self.board = BoardPanel(session)
        self.board.worker_wanted.connect(self.worker_wanted)
        self.promises = PromisesPanel(session)
        self.agents = AgentsPanel(session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Obligations"))
        self.tabs.addTab(self.board, _("Offices, nagari, cooperatives"))
        self.tabs.addTab(self.promises, _("Companies (CSR)"))
        self.tabs.addTab(self.agents, _("Perisai agents"))
        self.tabs.currentChanged.connect(lambda _at: self._read())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.tabs)

    def show_month(self, month: Month) -> None:
        """Another month in the table in front."""
        self._month = month
        self._read()

    def save(self) -> None:
        """Enters what stands in the form of the table in front."""
        self._current().save()

    def _read(self) -> None:
        self._current().show_month(self._month)

    def _current(self) -> BoardPanel | PromisesPanel | AgentsPanel:
        widget = self.tabs.currentWidget()
        assert isinstance(widget, (BoardPanel, PromisesPanel, AgentsPanel))
        return widget
