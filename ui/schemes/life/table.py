"""The list of enrolments as a table: ids of all of them, lines only for the rows that are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from models.language import N_
from models.language import translate as _
from models.people.masking import mask_number
from models.problems import StorageFailure
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.schemes.lines import EnrolmentLine
from models.values.formats import NOTHING, month_short
from models.values.rupiah import format_rupiah
from ui.long_table import LongTable
from ui.look import icons
from ui.look.spacing import LARGE, PAGE, SMALL

ROWS = 256
"""Lines that are fetched at once."""
KEPT = 16
"""Pages that stay in memory, the ones looked at last."""
Index = QModelIndex | QPersistentModelIndex
Cells = tuple[str, ...]


class Column(IntEnum):
    """In their order on the screen."""

    NAME = 0
    NIK = 1
    NAGARI = 2
    SCHEME = 3
    MONTHS = 4
    CONTRIBUTION = 5
    STATE = 6
    KPJ = 7
    DECREE = 8

    @property
    def label(self) -> str:
        """English message id."""
        return _LABELS[self]


_LABELS = {
    Column.NAME: N_("Name"),
    Column.NIK: N_("NIK"),
    Column.NAGARI: N_("Nagari"),
    Column.SCHEME: N_("Scheme"),
    Column.MONTHS: N_("Months"),
    Column.CONTRIBUTION: N_("Contribution"),
    Column.STATE: N_("Status"),
    Column.KPJ: N_("KPJ"),
    Column.DECREE: N_("Decree"),
}
_SAMPLES = (
    "Nurhayati Lubis", "1312********0001", "Lingkuang Aua", "MANDIRI", "Des 2026 – Feb 2027", "Rp1.200.000",
    "Dibatalkan MM", "12345678901", "500.15.14.1/172",
)  # fmt: skip
"""What a column should at least have room for."""
_ICONS = {
    EnrolmentState.ACTIVE: ("good", "good"),
    EnrolmentState.ENDED: ("info", "muted"),
    EnrolmentState.REJECTED: ("error", "error"),
    EnrolmentState.CANCELLED: ("close", "muted"),
}
_UNDER_WAY = ("info", "accent")
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()


class EnrolmentsModel(QAbstractTableModel):
    """Eight bytes for each enrolment and some thousand lines, however long the list is."""

    failed = Signal(str)
    """Lines could not be read: the sentence for the person."""

    def __init__(self, read_lines: Callable[[Sequence[int]], Sequence[EnrolmentLine]]) -> None:
        super().__init__()
        self._read_lines = read_lines
        self._ids = array("q")
        self._pages: OrderedDict[int, dict[int, EnrolmentLine]] = OrderedDict()

    @property
    def ids(self) -> array[int]:
        """The whole list in its order; not to be changed."""
        return self._ids

    def show_ids(self, ids: array[int]) -> None:
        """Shows another list, or the same one read again."""
        if ids == self._ids:
            self._pages.clear()
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def line(self, row: int) -> EnrolmentLine | None:
        """The line of a row, fetched with its neighbours if need be; None where it could not be read."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // ROWS
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * ROWS : (number + 1) * ROWS].tolist()
            try:
                page = {line.id: line for line in self._read_lines(ids)}
            except StorageFailure as failure:
                page = {}
                self.failed.emit(failure.text)
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return page.get(self._ids[row])

    # What Qt calls

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role == _ALIGNMENT:
            return _RIGHT if index.column() == Column.CONTRIBUTION else _LEFT
        if role not in (_DISPLAY, _DECORATION, _ACCESSIBLE, _TIP):
            return None
        line = self.line(index.row())
        if line is None:
            return None
        column = Column(index.column())
        if role == _DECORATION:
            return icons.icon(*_ICONS.get(line.state, _UNDER_WAY)) if column is Column.STATE else None
        text = cells_of(line)[column]
        if role == _ACCESSIBLE:
            if column is Column.NIK:
                text = _("ending in {digits}").format(digits=" ".join(text[-4:]))
            return f"{_(column.label)}: {text}"
        if role == _TIP:
            return reason_of(line) or text
        return text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == _DISPLAY:
                return _(Column(section).label)
            if role == _ALIGNMENT:
                return _RIGHT if section == Column.CONTRIBUTION else _LEFT
        return None


def cells_of(line: EnrolmentLine) -> Cells:
    """What the table shows of an enrolment. The NIK is never whole here."""
    return (
        line.name,
        mask_number(line.nik),
        line.nagari_name,
        line.scheme,
        f"{month_short(line.period.first)} – {month_short(line.period.last)}",
        format_rupiah(line.contribution),
        _(line.state.label),
        line.kpj or NOTHING,
        line.decree or NOTHING,
    )


def reason_of(line: EnrolmentLine) -> str:
    """Why it was rejected or cancelled; empty for any other."""
    if line.state.counts:
        return ""
    named = _(Rejection(line.rejection).label) if line.rejection else ""
    given = _("Taken back") if line.reason == "undo" else line.reason
    return ": ".join(part for part in (named, given) if part)


class EnrolmentsView(LongTable):
    """The list of enrolments."""

    opened = Signal(int)
    """Row whose worker's record is wanted."""
    left = Signal()
    """Up above the first row: back to where the list is narrowed."""

    def __init__(self, model: EnrolmentsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _("Enrolments"), parent)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # decrees differ in the middle and the end
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        row = self.currentIndex().row()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0:
                self.opened.emit(row)
        elif plain and event.key() == Qt.Key.Key_Up and row <= 0:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_list"):
            self._fit()

    def _fit(self) -> None:
        """Wide enough for a usual text; what is left over goes to decrees, whose numbers are long, names and nagari."""
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + LARGE - SMALL)
        widths = [
            max(metrics.horizontalAdvance(sample) + PAGE + SMALL, head.sectionSizeHint(column) + SMALL)
            for column, sample in zip(Column, _SAMPLES, strict=True)
        ]
        spare = max(self.viewport().width() - sum(widths), 0)
        widths[Column.NAME] += spare * 3 // 10
        widths[Column.NAGARI] += spare * 2 // 10
        widths[Column.DECREE] += spare * 5 // 10
        for column, width in zip(Column, widths, strict=True):
            self.setColumnWidth(column, width)
