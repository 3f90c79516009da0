"""A table of any length: whole rows are chosen, by keys too, and kept as ranges, so that a million cost nothing."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
_FEW = 1_000
"""More rows than that are not told one by one to whoever listens to the table."""


class IdsModel(Protocol):
    """What a long table needs of its model besides what Qt asks for."""

    @property
    def ids(self) -> array[int]:
        """Of all rows, in their order."""
        ...


class LongTable(QTableView):
    """Home and End lead to the first and the last row; with Shift, and Ctrl or not, all rows on the way are chosen."""

    chosen_changed = Signal()
    """Other rows are selected."""

    def __init__(self, model: IdsModel, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the table."""
        super().__init__(parent)
        self._list = model
        self._anchor = -1
        """Where choosing with Shift began."""
        self._extends = self._all_wanted = self._end_wanted = False
        self.setAccessibleName(name)
        self.setModel(model)  # type: ignore[arg-type]
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # asked whether a column is selected, Qt looks at each of its rows, eleven seconds for a million of them
        head.setSelectionModel(QItemSelectionModel(self.model(), head))
        head.setStretchLastSection(True)
        self.model().modelReset.connect(self._was_reset)

    # What is selected

    def chosen_count(self) -> int:
        """How many rows are selected, counted without looking at them."""
        return sum(map(len, self.chosen_rows()))

    def chosen_ids(self) -> array[int]:
        """Ids of the selected rows in the order of the list; none of them is fetched for it."""
        ids = self._list.ids
        chosen = array("q")
        for rows in self.chosen_rows():
            chosen.extend(ids[rows.start : rows.stop])
        return chosen

    def chosen_rows(self) -> list[range]:
        """The selected rows as ranges from above to below."""
        parts = self.selectionModel().selection().toList()
        return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)

    def choose_ids(self, wanted: Iterable[int]) -> None:
        """Selects the rows of these ids and no others, and goes to the first of them."""
        among = frozenset(wanted)
        rows = [row for row, id in enumerate(self._list.ids) if id in among]
        model, selection = self.model(), QItemSelection()
        for _key, run in groupby(enumerate(rows), lambda one: one[1] - one[0]):
            span = [row for _at, row in run]
            selection.select(model.index(span[0], 0), model.index(span[-1], 0))
        if rows:
            self.go_to_row(rows[0])
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def selectAll(self) -> None:
        """The whole list, with what is still being read of it."""
        self._all_wanted = True
        super().selectAll()

    def list_grew(self) -> None:
        """The list goes on now: where all was selected, or all to the end, all of it is."""
        if self._all_wanted:
            super().selectAll()
        elif self._end_wanted:
            self._choose_to(len(self._list.ids) - 1)
            self._end_wanted = True

    # The row one is at

    def go_to_row(self, row: int, *, select: bool = True) -> None:
        """Puts the cursor into a row and shows it."""
        if 0 <= row < len(self._list.ids):
            flags = QItemSelectionModel.SelectionFlag
            index = self.model().index(row, self._main_column)
            how = flags.ClearAndSelect | flags.Rows if select else flags.Clear
            self.selectionModel().setCurrentIndex(index, how)
            self.scrollTo(index)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        key, last = Qt.Key(event.key()), len(self._list.ids) - 1
        if modifiers & shift and key in _MOVES and not modifiers & ~(shift | ctrl):
            self._choose_to(self._behind(key))
            self._end_wanted = key == Qt.Key.Key_End
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers & ~ctrl:
            self.go_to_row(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Never through the rows, which would fetch them all."""

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if not self._extends:
            self._anchor = current.row()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Of very many rows Qt is told the first alone: for a screen reader it would make a list of all their cells."""
        if sum(part.height() for part in (*selected.toList(), *deselected.toList())) > _FEW:
            self.viewport().update()
            selected, deselected = self._first_of(selected), self._first_of(deselected)
        super().selectionChanged(selected, deselected)
        self._end_wanted = False
        if self._all_wanted and self.chosen_count() < len(self._list.ids):
            self._all_wanted = False
        self.chosen_changed.emit()

    # Details

    @property
    def _main_column(self) -> int:
        """Where the cursor stands in a row."""
        return 0

    def _behind(self, key: Qt.Key) -> int:
        """The row that a key leads to."""
        here, last = self.currentIndex().row(), len(self._list.ids) - 1
        page = max(self.viewport().height() // max(self.verticalHeader().defaultSectionSize(), 1) - 1, 1)
        to = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_PageUp: here - page,
            Qt.Key.Key_PageDown: here + page,
            Qt.Key.Key_Home: 0,
        }.get(key, last)
        return min(max(to, 0), last)

    def _choose_to(self, row: int) -> None:
        """All rows from where choosing began to this one, and no others."""
        if not 0 <= row < len(self._list.ids):
            return
        anchor = self._anchor if 0 <= self._anchor < len(self._list.ids) else row
        model = self.model()
        first, last = model.index(min(anchor, row), 0), model.index(max(anchor, row), model.columnCount() - 1)
        column, flags = max(self.currentIndex().column(), 0), QItemSelectionModel.SelectionFlag
        self._extends = True
        self.selectionModel().setCurrentIndex(model.index(row, column), flags.NoUpdate)
        self._extends = False
        self._anchor = anchor
        self.selectionModel().select(QItemSelection(first, last), flags.ClearAndSelect)
        self.scrollTo(model.index(row, column))

    def _first_of(self, selection: QItemSelection) -> QItemSelection:
        parts = selection.toList()
        return QItemSelection(parts[0].topLeft(), parts[0].topLeft()) if parts else QItemSelection()

    def _was_reset(self) -> None:
        self._all_wanted = self._end_wanted = False
        self.chosen_changed.emit()
