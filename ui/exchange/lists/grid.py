"""A checked list as a table model: its cells as the sender wrote them, and what is wrong with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon

from models.exchange.cells import text_of
from models.exchange.checked import CheckedList, Finding
from models.language import translate as _
from models.language import translate_count
from models.values.formats import number
from ui.look import icons
from ui.look.style import current

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW = 0
"""The column with the number of the row in the spreadsheet."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A cell that was typed over, so that it can be taken back."""

    place: int
    column: int
    before: str
    after: str
    is_joined: bool = False
    """Goes with the one before it."""


class ListModel(QAbstractTableModel):
    """Some people of a checked list; column 0 is the row in the spreadsheet, the others are the list's own."""

    mended = Signal(int, int, str)
    """Place, column of the list, and what was typed there."""

    def __init__(self) -> None:
        super().__init__()
        self._checked: CheckedList | None = None
        self._places: Sequence[int] = ()
        self._headings: tuple[str, ...] = ()
        self._findings: dict[int, list[Finding]] = {}

    @property
    def checked(self) -> CheckedList | None:
        """What is shown."""
        return self._checked

    @property
    def places(self) -> Sequence[int]:
        """The people in sight, in their order."""
        return self._places

    def show_list(
        self, checked: CheckedList | None, places: Sequence[int], headings: Sequence[str] | None = None
    ) -> None:
        """Shows these people of a list; `headings` are the words above its columns."""
        self.beginResetModel()
        self._checked, self._places = checked, places
        if headings is not None:
            self._headings = tuple(headings)
        self._gather()
        self.endResetModel()

    def show_findings(self, checked: CheckedList) -> None:
        """The same people after a cell was mended: those in sight stay, with or without findings."""
        self._checked = checked
        self._gather()
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, self.columnCount() - 1))

    def findings_at(self, row: int, column: int | None = None) -> list[Finding]:
        """What is wrong with a person in sight; with the model's `column`, with that cell (0: with the whole row)."""
        if not 0 <= row < len(self._places):
            return []
        found = self._findings.get(self._places[row], [])
        if column is None:
            return found
        of = None if column == ROW else column - 1
        return [finding for finding in found if finding.column == of]

    def is_accepted(self, finding: Finding) -> bool:
        """A warning for which a reason was given."""
        reasons = self._checked.reasons.get(finding.place, {}) if self._checked is not None else {}
        return not finding.is_error and bool(reasons.get(finding.problem.code, "").strip())

    def next_problem(self, row: int, column: int, by: int = 1) -> tuple[int, int] | None:
        """Row and column of the next cell in sight with an open finding, around the end; None where there is none."""
        open_cells = [
            (at, ROW if finding.column is None else finding.column + 1)
            for at, place in enumerate(self._places)
            for finding in self._findings.get(place, ())
            if not self.is_accepted(finding)
        ]
        cells = sorted(set(open_cells))
        if not cells:
            return None
        if by > 0:
            return next((cell for cell in cells if cell > (row, column)), cells[0])
        return next((cell for cell in reversed(cells) if cell < (row, column)), cells[-1])

    # What Qt calls

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._checked is None else 1 + len(self._checked.table.columns)

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        if self._checked is None or not index.isValid() or index.row() >= len(self._places):
            return None
        place, column = self._places[index.row()], index.column()
        match role:
            case _ROLES.DisplayRole | _ROLES.EditRole:
                return self._text(place, column)
            case _ROLES.DecorationRole:
                return self._icon(index.row(), column)
            case _ROLES.BackgroundRole:
                return self._background(index.row(), column)
            case _ROLES.ToolTipRole:
                return "\n".join(one.problem.text for one in self._shown_at(index.row(), column)) or None
            case _ROLES.AccessibleTextRole:
                return self._spoken(index.row(), place, column)
            case _ROLES.TextAlignmentRole:
                return int(_RIGHT if column == ROW else _LEFT)
        return None

    def setData(self, index: Index, value: object, role: int = _ROLES.EditRole) -> bool:
        if role != _ROLES.EditRole or index.column() == ROW:
            return False
        place, text = self._places[index.row()], str(value)
        if text != self._text(place, index.column()):
            self.mended.emit(place, index.column() - 1, text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return can | Qt.ItemFlag.ItemIsEditable if index.column() != ROW else can

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == _ROLES.DisplayRole:
                return _("Row") if section == ROW else self._heading(section - 1)
            if role == _ROLES.TextAlignmentRole:
                return int(_RIGHT if section == ROW else _LEFT)
        return None

    # Details

    def _gather(self) -> None:
        found: defaultdict[int, list[Finding]] = defaultdict(list)
        for finding in self._checked.findings if self._checked is not None else ():
            found[finding.place].append(finding)
        self._findings = dict(found)

    def _heading(self, column: int) -> str:
        return self._headings[column] if column < len(self._headings) else ""

    def _text(self, place: int, column: int) -> str:
        assert self._checked is not None
        table = self._checked.table
        return str(table.rows[place]) if column == ROW else text_of(table.columns[column - 1][place])

    def _shown_at(self, row: int, column: int) -> list[Finding]:
        """At the number of the row stands all that is wrong with the person."""
        return self.findings_at(row) if column == ROW else self.findings_at(row, column)

    def _weight(self, findings: Iterable[Finding]) -> str:
        """``error``, ``warning``, ``good`` for warnings with their reasons, or nothing."""
        weights = {"error" if one.is_error else "good" if self.is_accepted(one) else "warning" for one in findings}
        return next((weight for weight in ("error", "warning", "good") if weight in weights), "")

    def _icon(self, row: int, column: int) -> QIcon | None:
        weight = self._weight(self._shown_at(row, column))
        return icons.icon(weight, weight) if weight else None

    def _background(self, row: int, column: int) -> QColor | None:
        weight = self._weight(self.findings_at(row, column)) if column != ROW else ""
        colours = {"error": current().error_soft, "warning": current().warning_soft}
        return QColor(colours[weight]) if weight in colours else None

    def _spoken(self, row: int, place: int, column: int) -> str:
        word = _("Row") if column == ROW else self._heading(column - 1)
        said = [f"{word}: {self._text(place, column)}", *(one.problem.text for one in self._shown_at(row, column))]
        return ". ".join(said)


def count_words(checked: CheckedList) -> str:
    """How many people and findings a list has, in a sentence."""
    people = translate_count("{count} person", "{count} people", len(checked)).format(count=number(len(checked)))
    found = len(checked.findings)
    if not found:
        return _("{people}, nothing found.").format(people=people)
    findings = translate_count("{count} finding", "{count} findings", found).format(count=number(found))
    blocked = len(checked.blocked())
    return _("{people}, {findings}; {blocked} cannot be taken in yet.").format(
        people=people, findings=findings, blocked=number(blocked)
    )
