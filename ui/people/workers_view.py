"""The table of the workers list on the screen: keys, order by its headers, selection of any size, column widths."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.language import translate as _
from models.people.lines import WorkerOrder
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


class WorkersView(QTableView):
    """Whole rows are selected, in memory as ranges, so a million of them cost nothing."""

    opened = Signal(int)
    """Id of the worker whose record is wanted."""
    left = Signal()
    """Esc, or Up above the first row: back to where the list is narrowed."""
    typed = Signal(str)
    """Letters typed over the table: the beginning of a search."""
    order_wanted = Signal(object, bool)
    """`WorkerOrder` and whether descending."""
    chosen_changed = Signal()
    """Other rows are selected."""

    def __init__(self, model: WorkersModel, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._all_wanted = self._takes_widths = False
        self._order = (WorkerOrder.NAME, False)
        self.setModel(model)
        model.modelReset.connect(self._was_reset)
        self._list = model
        self.setAccessibleName(_("Workers"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # asked whether a column is selected, Qt looks at each of its rows, eleven seconds for a million of them
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setStretchLastSection(True)
        head.setToolTip(_("Click to order by NIK, name, nagari or last covered month"))
        head.sectionClicked.connect(self._header_clicked)
        self.doubleClicked.connect(self._open)
        self._fit_rows()
        self._take_widths()
        head.sectionResized.connect(self._keep_widths)

    # What is selected

    def chosen_count(self) -> int:
        """How many rows are selected, counted without looking at them."""
        return sum(map(len, self.chosen_rows()))

    def chosen_ids(self) -> array[int]:
        """Ids of the selected workers in the order of the list; none of them is fetched for it."""
        ids = self._list.ids
        chosen = array("q")
        for rows in self.chosen_rows():
            chosen.extend(ids[rows.start : rows.stop])
        return chosen

    def chosen_rows(self) -> list[range]:
        """The selected rows as ranges from above to below."""
        parts = self.selectionModel().selection().toList()
        return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)

    def selectAll(self) -> None:
        """The whole list, with what is still being read of it."""
        self._all_wanted = True
        super().selectAll()

    def list_grew(self) -> None:
        """The list goes on now: where all was selected, all of it is."""
        if self._all_wanted:
            super().selectAll()

    # The row one is at

    @property
    def current_id(self) -> int | None:
        """Id of the worker at the cursor."""
        row = self.currentIndex().row()
        return self._list.ids[row] if 0 <= row < len(self._list.ids) else None

    def go_to_row(self, row: int, *, select: bool = True) -> None:
        """Puts the cursor into a row and shows it."""
        if 0 <= row < len(self._list.ids):
            flags = QItemSelectionModel.SelectionFlag
            how = flags.ClearAndSelect | flags.Rows if select else flags.Clear
            index = self._list.index(row, Column.NAME)
            self.selectionModel().setCurrentIndex(index, how)
            self.scrollTo(index)

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
        elif nothing and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to_row(0 if key == Qt.Key.Key_Home else len(self._list.ids) - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Never through the rows, which would fetch them all: typing over the table narrows the list."""
        if search.strip():
            self.typed.emit(search)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        if self._all_wanted and self.chosen_count() < len(self._list.ids):
            self._all_wanted = False
        self.chosen_changed.emit()

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

    def _was_reset(self) -> None:
        self._all_wanted = False
        self.chosen_changed.emit()
