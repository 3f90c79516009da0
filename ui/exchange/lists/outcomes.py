"""A dry run as a table: what would become of each person of a list, narrowed by outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QWidget,
)

from models.exchange.answers import AnswerOutcome
from models.exchange.checked import CheckedList
from models.exchange.importing import Outcome
from models.language import N_
from models.language import translate as _
from models.values.formats import number
from ui.look import icons
from ui.look.spacing import LARGE, MEDIUM, SMALL

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
_ICONS: Mapping[StrEnum, tuple[str, str]] = {
    Outcome.NEW: ("add", "good"),
    Outcome.CHANGED: ("edit", "accent"),
    Outcome.UNCHANGED: ("good", "muted"),
    Outcome.DOUBTFUL: ("warning", "warning"),
    Outcome.LEFT_OUT: ("error", "error"),
    AnswerOutcome.ACTIVATED: ("good", "good"),
    AnswerOutcome.CARD: ("edit", "accent"),
    AnswerOutcome.REJECTED: ("close", "accent"),
    AnswerOutcome.VERIFIED: ("good", "good"),
    AnswerOutcome.UNCHANGED: ("good", "muted"),
    AnswerOutcome.UNKNOWN: ("warning", "warning"),
    AnswerOutcome.UNCLEAR: ("warning", "warning"),
    AnswerOutcome.REFUSED: ("error", "error"),
    AnswerOutcome.LEFT_OUT: ("error", "error"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH = 13
"""Of the list of outcomes, in heights of a line."""


class PreviewRow(Protocol):
    """A row of any dry run."""

    @property
    def place(self) -> int: ...
    @property
    def outcome(self) -> Any: ...


class OutcomeColumn(IntEnum):
    """In their order on the screen."""

    ROW = 0
    NAME = 1
    OUTCOME = 2
    DETAILS = 3

    @property
    def label(self) -> str:
        """English message id."""
        return (N_("Row"), N_("Name"), N_("What happens"), N_("Details"))[self]


class OutcomesModel(QAbstractTableModel):
    """Some of the rows of a preview; words are made only for those that are looked at."""

    def __init__(self, words: Callable[[Any], str]) -> None:
        """`words` says the details of a row."""
        super().__init__()
        self._words = words
        self._checked: CheckedList | None = None
        self._rows: Sequence[PreviewRow] = ()

    def show_rows(self, checked: CheckedList | None, rows: Sequence[PreviewRow]) -> None:
        """Other rows of a list."""
        self.beginResetModel()
        self._checked, self._rows = checked, rows
        self.endResetModel()

    def at(self, row: int) -> PreviewRow | None:
        """The row of the preview that stands there."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(OutcomeColumn)

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        row = self.at(index.row())
        if row is None or self._checked is None:
            return None
        column = OutcomeColumn(index.column())
        if role in (_ROLES.DisplayRole, _ROLES.ToolTipRole):
            return self._text(row, column)
        if role == _ROLES.DecorationRole and column is OutcomeColumn.OUTCOME:
            return icons.icon(*_ICONS[row.outcome])
        if role == _ROLES.AccessibleTextRole:
            return f"{_(column.label)}: {self._text(row, column)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == _ROLES.DisplayRole:
                return _(OutcomeColumn(section).label)
            if role == _ROLES.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: PreviewRow, column: OutcomeColumn) -> str:
        assert self._checked is not None
        match column:
            case OutcomeColumn.ROW:
                return str(self._checked.table.rows[row.place])
            case OutcomeColumn.NAME:
                return name_in(self._checked, row.place)
            case OutcomeColumn.OUTCOME:
                return _(row.outcome.label)
            case OutcomeColumn.DETAILS:
                return self._words(row)


class OutcomesTable(QTableView):
    """Enter on a row leads on."""

    chosen = Signal(object)
    """The row of the preview."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() in _ENTER and plain:
            self._choose()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        self._choose()

    def _choose(self) -> None:
        model = self.model()
        row = model.at(self.currentIndex().row()) if isinstance(model, OutcomesModel) else None
        if row is not None:
            self.chosen.emit(row)


class OutcomesPane(QWidget):
    """The outcomes with their numbers at the left, the people at the right."""

    chosen = Signal(object)
    """The row on which Enter was pressed."""

    def __init__(self, outcomes: type[StrEnum], words: Callable[[Any], str], parent: QWidget | None = None) -> None:
        """`outcomes` in their order, each with a `label`; `words` says the details of a row."""
        super().__init__(parent)
        self._outcomes: tuple[Any, ...] = tuple(outcomes)
        self._outcome: Any = None
        self._checked: CheckedList | None = None
        self._rows: Sequence[PreviewRow] = ()
        self._build(words)
        self.show_rows(None, (), {})

    def show_rows(self, checked: CheckedList | None, rows: Sequence[PreviewRow], counts: Mapping[Any, int]) -> None:
        """A preview; who looked at one outcome goes on looking at it."""
        self._checked, self._rows = checked, rows
        self._shown = [one for one in self._outcomes if counts.get(one)] if checked is not None else []
        if self._outcome not in self._shown:
            self._outcome = None
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(QListWidgetItem(f"{number(len(rows))}   {_('All people')}"))
        for one in self._shown:
            self.kinds.addItem(QListWidgetItem(icons.icon(*_ICONS[one]), f"{number(counts[one])}   {_(one.label)}"))
        self.kinds.setCurrentRow(0 if self._outcome is None else 1 + self._shown.index(self._outcome))
        self.kinds.blockSignals(False)
        self._narrow(self.kinds.currentRow())
        self.table.horizontalHeader().setResizeContentsPrecision(50)
        for column in (OutcomeColumn.ROW, OutcomeColumn.NAME, OutcomeColumn.OUTCOME):
            self.table.resizeColumnToContents(column)

    def narrow_to(self, outcome: StrEnum) -> None:
        """Only those, with the cursor on the first."""
        if outcome in self._shown:
            self.kinds.setCurrentRow(1 + self._shown.index(outcome))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, OutcomeColumn.NAME))

    def begin(self) -> None:
        """The focus on what was found: Enter there looks closer, and never writes."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, OutcomeColumn.NAME))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self._fit_rows()

    def _build(self, words: Callable[[Any], str]) -> None:
        self.kinds = QListWidget()
        self.kinds.setProperty("role", "choices")
        self.kinds.setAccessibleName(_("What happens"))
        self.kinds.currentRowChanged.connect(self._narrow)
        self.model = OutcomesModel(words)
        self.table = OutcomesTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("What happens to whom"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.chosen.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self.kinds)
        row.addWidget(self.table, 1)
        self._fit_rows()

    def _narrow(self, row: int) -> None:
        self._outcome = None if row <= 0 else self._shown[row - 1]
        rows = self._rows
        if self._outcome is not None:
            rows = [one for one in rows if one.outcome is self._outcome]
        self.model.show_rows(self._checked, rows)

    def _fit_rows(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + LARGE - SMALL)
        self.kinds.setFixedWidth(_WIDTH * self.fontMetrics().height())


def name_in(checked: CheckedList, place: int) -> str:
    """The name that the list has for a person, or nothing."""
    names = checked.values.get("name")
    return str(names[place] or "") if names is not None else ""
