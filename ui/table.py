"""A table of some dozen rows to be read: names at the left, figures at the right, Enter on a row leads on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.look.spacing import SMALL
from ui.look.style import current, set_role

LEAST_ROOM = 9
"""Heights of a line that the column of long words is wide before the table scrolls instead."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    title: str
    is_number: bool = False
    takes_room: bool = False
    """Gets the width that is left; long words are cut there and stand whole in the tip."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures as written."""

    cells: tuple[str, ...]
    key: Hashable = None
    """What Enter on the row gives; None where Enter leads nowhere."""
    is_sum: bool = False
    tips: tuple[str, ...] = ()
    """Words for a cell that a screen reader and the mouse get besides the figure, by place; empty for none."""
    is_dim: bool = False
    """Over and done: muted, and its words say so too."""

    @property
    def is_passed_by(self) -> bool:
        """A sum that leads nowhere: nobody stops on it."""
        return self.is_sum and self.key is None


class FigureTable(QTableWidget):
    """Read only; the arrows move, Tab leaves, Enter on a row chooses it."""

    chosen = Signal(object)
    """The key of the row on which Enter was pressed, or that was clicked twice."""

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the table."""
        super().__init__(0, len(columns), parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.set_columns(columns)
        self.doubleClicked.connect(lambda _index: self._choose())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other heads from now on, as many as before."""
        self._columns = tuple(columns)
        header = self.horizontalHeader()
        for at, column in enumerate(self._columns):
            item = QTableWidgetItem(column.title)
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(at, item)
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self._share_room()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def current(self) -> Row | None:
        """The row on which the person is."""
        at = self.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows; who was on a row stays on the one with the same key, or in the same place."""
        before, at = self.current, self.currentRow()
        self._rows = tuple(rows)
        self.setRowCount(len(self._rows))
        model = self.model()
        with QSignalBlocker(model):  # told of each cell, the head would measure all rows each time
            for place, row in enumerate(self._rows):
                for column, cell in enumerate(row.cells):
                    self.setItem(place, column, self._item(row, column, cell))
        if self._rows:
            last = model.index(len(self._rows) - 1, len(self._columns) - 1)
            model.dataChanged.emit(model.index(0, 0), last)
        self._describe_sums()
        self._dim()
        self._space_rows()
        self._share_room()
        if self._rows and before is not None:
            keys = [row.key for row in self._rows]
            wanted = keys.index(before.key) if before.key in keys else at
            self._stop_at(min(wanted, len(self._rows) - 1))
        elif self._rows and self.hasFocus():
            self._stop_at(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier:
            self._choose()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Past a sum, or not at all where nothing is behind it."""
        to = super().moveCursor(action, modifiers)
        here = self.currentRow()
        if not to.isValid() or not self._rows[to.row()].is_passed_by:
            return to
        by = 1 if to.row() > here else -1
        for way in (by, -by):  # from the end back to the last row above the sum
            row = to.row() + way
            while 0 <= row < len(self._rows) and row != here:
                if not self._rows[row].is_passed_by:
                    return self.model().index(row, to.column())
                row += way
        return self.currentIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        if not (0 <= row < len(self._rows) and self._rows[row].is_passed_by):
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """Small: it takes what room there is, and scrolls."""
        return QSize(240, 6 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._rows and not self.selectionModel().hasSelection():  # Qt goes to the first row without marking it
            self._stop_at(max(self.currentRow(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_rows"):
            self._space_rows()
            self._dim()

    def _stop_at(self, row: int) -> None:
        """The row, or where it is a sum the nearest one above it, else below."""
        ways = (*range(row, -1, -1), *range(row + 1, len(self._rows)))
        self.setCurrentCell(next((at for at in ways if not self._rows[at].is_passed_by), -1), 0)

    def _describe_sums(self) -> None:
        """Who hears the table instead of seeing it gets the sums with its name, since no key leads to them."""
        sums = (" ".join(cell for cell in row.cells if cell) for row in self._rows if row.is_passed_by)
        self.setAccessibleDescription("; ".join(sums))

    def _space_rows(self) -> None:
        header = self.verticalHeader()
        header.setMinimumSectionSize(0)
        header.setDefaultSectionSize(self.fontMetrics().height() + 2 * SMALL)

    def _dim(self) -> None:
        """In the colour of quiet words, that of the look in use."""
        for place, row in enumerate(self._rows):
            for column in range(len(row.cells) if row.is_dim else 0):
                if (item := self.item(place, column)) is not None:
                    item.setForeground(QColor(current().muted))

    def _share_room(self) -> None:
        """What is left of the width goes to the column that takes it; where nothing is left, the table scrolls."""
        rooms = [at for at, column in enumerate(self._columns) if column.takes_room]
        if not rooms:
            return
        header = self.horizontalHeader()
        others = sum(header.sectionSizeHint(at) if not self._rows else max(header.sectionSizeHint(at),
                     self.sizeHintForColumn(at)) for at in range(len(self._columns)) if at not in rooms)  # fmt: skip
        least = min(self.sizeHintForColumn(rooms[0]), LEAST_ROOM * self.fontMetrics().height())
        fits = self.viewport().width() - others >= least
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.ResizeToContents
        if header.sectionResizeMode(rooms[0]) != mode:
            header.setSectionResizeMode(rooms[0], mode)

    def _choose(self) -> None:
        row = self.current
        if row is not None and row.key is not None:
            self.chosen.emit(row.key)

    def _item(self, row: Row, column: int, cell: str) -> QTableWidgetItem:
        item = QTableWidgetItem(cell)
        is_number = self._columns[column].is_number
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if row.is_sum:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
        tip = row.tips[column] if column < len(row.tips) else ""
        if tip:
            item.setToolTip(tip)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{cell}, {tip}")
        elif self._columns[column].takes_room:
            item.setToolTip(cell)
        return item


class WholeWords(QLabel):
    """Below a table: the long words of the row one is on, whole, since its column may have cut them."""

    LINES = 2

    def __init__(self, table: FigureTable, column: int) -> None:
        """`column` is the one with the long words."""
        super().__init__()
        self._table, self._column = table, column
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        set_role(self, "muted")
        table.currentCellChanged.connect(lambda *_cells: self.read())
        table.model().dataChanged.connect(lambda *_cells: self.read())
        self.read()

    def read(self) -> None:
        """The words of the present row."""
        row = self._table.current
        self.setText("" if row is None or self._column >= len(row.cells) else row.cells[self._column])
        self.setMinimumHeight(self.LINES * self.fontMetrics().lineSpacing())
