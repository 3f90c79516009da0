"""A table of two sides with marks: an icon and a word for each line; letters belong to the bench around it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget, QWidget

from models.language import translate as _
from ui.look import icons
from ui.look.spacing import HAIR, ICON, MEDIUM, SMALL
from ui.look.style import current
from ui.people.pairs.lines import Mark, PairLine
from ui.table import Column, FigureTable, Row

_PADDING = 10
"""Pixels at each side of a cell's text."""
LETTERS = (Qt.Key.Key_S, Qt.Key.Key_B, Qt.Key.Key_L, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right)
"""Keys that decide, wherever the focus is."""


class DecidingTable(FigureTable):
    """Leaves the keys that decide to the widget around it; a table would look for a row beginning with the letter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in LETTERS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class PairsTable(DecidingTable):
    """The list of pairs: both names share the room and are cut where it is narrow."""

    def set_rows(self, rows: Sequence[Row]) -> None:
        super().set_rows(rows)
        for side in (1, 2):
            self.horizontalHeader().setSectionResizeMode(side, QHeaderView.ResizeMode.Stretch)
            for row in range(self.rowCount()):
                if (item := self.item(row, side)) is not None:
                    item.setToolTip(item.text())


class SidesTable(DecidingTable):
    """Word, left, right, and what the two have to do with each other."""

    def __init__(self, name: str, last: str, parent: QWidget | None = None) -> None:
        """`last` is the head of the column behind the two sides."""
        self._last = last
        super().__init__(name, [Column(_("Field")), Column(""), Column(""), Column(last)], parent)
        self._share()
        self.setItemDelegate(_Wrapping(self))
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def name_sides(self, left: str, right: str) -> None:
        """Heads of the two sides."""
        self.set_columns([Column(_("Field")), Column(left), Column(right), Column(self._last)])
        self._share()

    def show_lines(self, lines: Sequence[PairLine]) -> None:
        """Replaces what is shown; lines that do not differ are muted."""
        self.set_rows([
            Row((line.word, line.one, line.other, line.mark_words), at, is_dim=line.mark is Mark.SAME)
            for at, line in enumerate(lines)
        ])  # fmt: skip
        for at, line in enumerate(lines):
            item = self.item(at, 3)
            if item is not None and line.mark is not Mark.PLAIN:
                item.setIcon(icons.icon(*line.mark.icon))
            for column, text in ((1, line.one), (2, line.other)):
                if (cell := self.item(at, column)) is not None:
                    cell.setToolTip(text)
        self.resizeRowsToContents()  # the sides have their width only now
        self.scrollToTop()

    def choose_cell(self, row: int, column: int) -> None:
        """Marks which of the two sides of a row is taken: by an icon and the colour; the other one is muted."""
        for side in (1, 2):
            item = self.item(row, side)
            if item is None:
                continue
            taken = side == column
            item.setIcon(icons.icon("good", "good") if taken else _nothing())
            item.setForeground(QColor(current().text if taken else current().muted))
            font = item.font()
            font.setBold(taken)
            item.setFont(font)
            words = _("{value}, taken") if taken else _("{value}, not taken")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.format(value=item.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def _share(self) -> None:
        for side in (1, 2):
            self.horizontalHeader().setSectionResizeMode(side, QHeaderView.ResizeMode.Stretch)


class _Wrapping(QStyledItemDelegate):
    """Asks for as many lines as a text needs in its column, paddings and icon taken off; Qt forgets these."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        item = self._table.item(index.row(), index.column())
        if item is None or index.column() not in (1, 2):
            return hint
        metrics = QFontMetrics(item.font())
        room = self._table.columnWidth(index.column()) - 2 * _PADDING - (0 if item.icon().isNull() else ICON + MEDIUM)
        lines = metrics.boundingRect(QRect(0, 0, max(room, 40), 10_000), Qt.TextFlag.TextWordWrap, item.text())
        return QSize(hint.width(), max(metrics.height(), lines.height()) + 2 * SMALL + HAIR)


def _nothing() -> QIcon:
    """Keeps the place of an icon, so that both sides begin at the same height."""
    empty = QPixmap(ICON, ICON)
    empty.fill(Qt.GlobalColor.transparent)
    return QIcon(empty)
