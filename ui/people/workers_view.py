"""The table of the workers list on the screen: keys, order by its headers, selection of any size, column widths."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from models.language import translate as _
from models.people.lines import WorkerOrder
from ui.long_table import LongTable
from ui.look.spacing import LARGE, PAGE, SMALL
from ui.people.workers_table import Column, WorkersModel
from ui.preferences import Preferences

WIDTHS = "workers"
"""Under this name the preferences keep the widths of the columns."""
_SAMPLES = {
    Column.NIK: "1312********0001",
    Column.NAME: "Muhammad Zulkifli Nasution",
    Column.BORN_ON: "00/00/0000",
    Column.SEX: "",
    Column.NAGARI: "Lingkuang Aua Bandarejo",
    Column.SCHEMES: "SAWIT, MANDIRI",
    Column.COVERED_UNTIL: "",
    Column.STANDING: "Belum terdaftar MM",
}
"""What a column should at least have room for."""
_SPARE = {Column.NAME: 45, Column.NAGARI: 15, Column.SCHEMES: 40}
"""Percent of the room to spare on a wide screen, or to be saved on a narrow one."""
_LEAST = {Column.NAME: 85, Column.NAGARI: 70, Column.SCHEMES: 60}
"""Percent of its usual width that such a column keeps."""
_UNIT = 100
"""Widths are kept in hundredths of the height of the text, so that they grow with it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WorkersView(LongTable):
    """The workers list; typing over it searches."""

    opened = Signal(int)
    """Id of the worker whose record is wanted."""
    left = Signal()
    """Esc, or Up above the first row: back to where the list is narrowed."""
    typed = Signal(str)
    """Letters typed over the table: the beginning of a search."""
    order_wanted = Signal(object, bool)
    """`WorkerOrder` and whether descending."""

    def __init__(self, model: WorkersModel, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(model, _("Workers"), parent)
        self._list: WorkersModel = model
        self._preferences = preferences
        self._takes_widths = False
        self._order = (WorkerOrder.NAME, False)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setToolTip(_("Click to order by NIK, name, nagari or last covered month"))
        head.sectionClicked.connect(self._header_clicked)
        self.doubleClicked.connect(self._open)
        self._fit_rows()
        self._take_widths()
        head.sectionResized.connect(self._keep_widths)

    # The row one is at

    @property
    def current_id(self) -> int | None:
        """Id of the worker at the cursor."""
        row = self.currentIndex().row()
        return self._list.ids[row] if 0 <= row < len(self._list.ids) else None

    def go_to_worker(self, id: int) -> bool:
        """Puts the cursor onto a worker; False when it is not in the list."""
        try:
            row = self._list.ids.index(id)
        except ValueError:
            return False
        self.go_to_row(row)
        return True

    def show_order(self, order: WorkerOrder, descending: bool) -> None:
        """Marks the header the list is ordered by."""
        column = next((column for column in Column if column.order is order), None)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(-1 if column is None else column, way)
        self._order = (order, descending)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        nothing = plain == Qt.KeyboardModifier.NoModifier
        if key in _ENTER and nothing:
            self._open()
        elif (key == Qt.Key.Key_Escape and nothing) or (
            key == Qt.Key.Key_Up and nothing and self.currentIndex().row() <= 0
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Never through the rows, which would fetch them all: typing over the table narrows the list."""
        if search.strip():
            self.typed.emit(search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._preferences.column_widths(WIDTHS):
            self._take_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_list"):
            self._fit_rows()
            self._take_widths()
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "_list"):
            self._list.dress()

    # Details

    @property
    def _main_column(self) -> int:
        return Column.NAME

    def _open(self, _index: QModelIndex | None = None) -> None:
        id = self.current_id
        if id is not None:
            self.opened.emit(id)

    def _header_clicked(self, section: int) -> None:
        wanted = Column(section).order
        order, descending = self._order
        if wanted is None:
            self.show_order(order, descending)
        else:
            self.order_wanted.emit(wanted, not descending if wanted is order else False)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + LARGE - SMALL)

    def _take_widths(self) -> None:
        """As last left, in the present size of text; at first wide enough for a usual text."""
        kept = self._preferences.column_widths(WIDTHS)
        metrics = self.fontMetrics()
        head = self.horizontalHeader()
        if len(kept) == len(Column):
            widths = [width * metrics.height() // _UNIT for width in kept]
        else:
            widths = [
                max(metrics.horizontalAdvance(sample) + PAGE + SMALL, head.sectionSizeHint(column) + SMALL)
                for column, sample in _SAMPLES.items()
            ]
            spare = self.viewport().width() - sum(widths) - self.verticalScrollBar().sizeHint().width()
            for column, share in _SPARE.items():
                widths[column] = max(widths[column] + spare * share // 100, widths[column] * _LEAST[column] // 100)
        self._takes_widths = True
        for column, width in zip(Column, widths, strict=True):
            self.setColumnWidth(column, width)
        self._takes_widths = False

    def _keep_widths(self, _section: int, _old: int, _new: int) -> None:
        if not self._takes_widths:
            height = self.fontMetrics().height()
            widths = [round(self.columnWidth(column) * _UNIT / height) for column in Column]
            self._preferences.keep_column_widths(WIDTHS, widths)
