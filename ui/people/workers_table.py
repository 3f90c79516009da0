"""The workers list as a table model: ids of everybody in order, lines only for the rows that are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from models.language import N_
from models.language import translate as _
from models.people.lines import Standing, WorkerLine, WorkerOrder
from models.people.masking import mask_number
from models.problems import StorageFailure
from models.values.formats import NOTHING, date_short, month_short
from models.values.months import Month
from ui.look import icons

PAGE = 256
"""Lines that are fetched at once."""
KEPT = 16
"""Pages that stay in memory, the ones looked at last."""

Index = QModelIndex | QPersistentModelIndex
Cells = tuple[str, ...]
"""The texts of a row in the order of `Column`."""


class Column(IntEnum):
    """In their order on the screen."""

    NIK = 0
    NAME = 1
    BORN_ON = 2
    SEX = 3
    NAGARI = 4
    SCHEMES = 5
    COVERED_UNTIL = 6
    STANDING = 7

    @property
    def label(self) -> str:
        """English message id."""
        return _LABELS[self]

    @property
    def order(self) -> WorkerOrder | None:
        """The order that a click on its header asks for."""
        return _ORDERS.get(self)


_LABELS = {
    Column.NIK: N_("NIK"),
    Column.NAME: N_("Name"),
    Column.BORN_ON: N_("Born"),
    Column.SEX: N_("M/F"),
    Column.NAGARI: N_("Nagari"),
    Column.SCHEMES: N_("Schemes"),
    Column.COVERED_UNTIL: N_("Covered until"),
    Column.STANDING: N_("Status"),
}
_ORDERS = {
    Column.NIK: WorkerOrder.NIK,
    Column.NAME: WorkerOrder.NAME,
    Column.NAGARI: WorkerOrder.NAGARI,
    Column.COVERED_UNTIL: WorkerOrder.COVERED_UNTIL,
}
_ICONS = {
    Standing.ENROLLED: ("good", "good"),
    Standing.ENDED: ("warning", "warning"),
    Standing.NOT_ENROLLED: ("info", "muted"),
}

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()
_NO_CELLS: Cells = ("",) * len(Column)


class WorkersModel(QAbstractTableModel):
    """Eight bytes for each worker of the list and some thousand lines, however long the list is."""

    failed = Signal(str)
    """Lines could not be read: the sentence for the person. Their rows stay empty until the list is read again."""

    def __init__(self, read_lines: Callable[[list[int]], Sequence[WorkerLine]], month: Month) -> None:
        """`read_lines` gives the lines of some ids; `month` is the one a standing is asked about."""
        super().__init__()
        self._read_lines = read_lines
        self.month = month
        self._ids = array("q")
        self._pages: OrderedDict[int, list[Cells]] = OrderedDict()
        self._near: tuple[int, list[Cells]] = (-1, [])
        """The page asked for last: a table asks for neighbouring cells."""
        self.pages_read = 0
        """How many pages were fetched so far."""
        self._icons: dict[str, QIcon] = {}

    @property
    def ids(self) -> array[int]:
        """Everybody in the list, in its order; not to be changed."""
        return self._ids

    def show_ids(self, ids: array[int]) -> bool:
        """Shows another list. Where it only goes on after the present one, selection and place stay; then True."""
        held = len(self._ids)
        if held and len(ids) >= held and ids[:held] == self._ids:
            if len(ids) > held:
                self.beginInsertRows(_NOWHERE, held, len(ids) - 1)
                self._ids = ids
                self._forget(held // PAGE)
                self.endInsertRows()
            return True
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._near = (-1, [])
        self.endResetModel()
        return False

    def read_again(self) -> None:
        """Lines may have changed: those on the screen are fetched anew."""
        self._pages.clear()
        self._near = (-1, [])
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))

    def dress(self) -> None:
        """Takes the colours in use."""
        self._icons.clear()

    def cells(self, row: int) -> Cells:
        """The texts of a row, fetched with its neighbours if need be."""
        number = row // PAGE
        if number != self._near[0]:
            self._near = (number, self._page(number))
        page = self._near[1]
        at = row % PAGE
        return page[at] if at < len(page) else _NO_CELLS

    # What Qt calls

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role == _DISPLAY:
            return self.cells(index.row())[index.column()]
        if role == _DECORATION and index.column() == Column.STANDING:
            return self._standing_icon(self.cells(index.row())[Column.STANDING])
        if role == _ACCESSIBLE:
            return accessible_text(Column(index.column()), self.cells(index.row())[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == _DISPLAY:
                return _(Column(section).label)
            if role == _ALIGNMENT:
                return int(_LEFT)
        return None

    # Details

    def _page(self, number: int) -> list[Cells]:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page
        ids = self._ids[number * PAGE : (number + 1) * PAGE].tolist()
        try:
            by_id = {line.id: cells_of(line, self.month) for line in self._read_lines(ids)}
        except StorageFailure as failure:
            by_id = {}
            self.failed.emit(failure.text)
        self.pages_read += 1
        page = self._pages[number] = [by_id.get(id, _NO_CELLS) for id in ids]
        if len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return page

    def _forget(self, number: int) -> None:
        self._pages.pop(number, None)
        self._near = (-1, [])

    def _standing_icon(self, word: str) -> QIcon | None:
        if not self._icons:
            self._icons = {_(standing.label): standing_icon(standing) for standing in Standing}
        return self._icons.get(word)


def cells_of(line: WorkerLine, month: Month) -> Cells:
    """What the table shows of a worker. The NIK is never shown whole here."""
    return (
        mask_number(line.nik),
        line.name,
        date_short(line.born_on) if line.born_on else NOTHING,
        str(line.sex) if line.sex else NOTHING,
        line.nagari_name,
        ", ".join(line.schemes) or NOTHING,
        month_short(line.covered_until) if line.covered_until else NOTHING,
        _(line.standing(month).label),
    )


def standing_icon(standing: Standing) -> QIcon:
    """Goes with the word of a standing, never without it."""
    return icons.icon(*_ICONS[standing])


def accessible_text(column: Column, text: str) -> str:
    """A cell as it is read out, with the word of its column; a masked NIK by its last digits."""
    if column is Column.NIK:
        text = _("ending in {digits}").format(digits=" ".join(text[-4:]))
    return f"{_(column.label)}: {text}"
