"""What is wrong with a list, person by person: mended here with the keys, or sent back to who made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from models.exchange.cells import text_of
from models.exchange.checked import CheckedList, Finding
from models.language import translate as _
from models.problems import Level
from models.values.formats import number
from ui.exchange.lists.grid import ROW, ListModel, count_words
from ui.exchange.lists.outcomes import name_in
from ui.exchange.lists.word_line import KEY as WORD_KEY
from ui.exchange.lists.word_line import WordLine
from ui.exchange.lists.words import kind_words, note_words
from ui.fields.messages import MessageBar
from ui.look import icons
from ui.look.spacing import LARGE, MEDIUM, SMALL
from ui.page import heading
from ui.people.reason_line import ReasonLine

if TYPE_CHECKING:
    from models.register import Register

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KINDS_WIDTH = 16
"""Of the list of kinds, in heights of a line."""
_WIDEST = 16
"""Of a column at first, in heights of a line."""
_WORD = Qt.ItemDataRole.UserRole + 1
"""Role of the word of a kind without its number."""
_PROPOSED = 3
"""So many proposals are named."""
ALL, FOUND = "all", "found"
"""Everybody; everybody with a finding when the list was checked. Any other word is a kind of finding."""


class ListTableView(QTableView):
    """Enter goes down a column as in a spreadsheet, F2 or typing mends a cell; a cell is current, not a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in _ENTER and plain and not is_editing:
            here = self.currentIndex()
            self.go_to(here.row() + 1, here.column())
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int, column: int) -> None:
        """Puts the cursor into a cell in sight and shows it."""
        model = self.model()
        if 0 <= row < model.rowCount() and 0 <= column < model.columnCount():
            index = model.index(row, column)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(
                model.index(row, ROW)
            )  # from the left, so that who it is stays in sight where there is room
            self.scrollTo(index)


class CheckView(QWidget):
    """Kinds of findings at the left, the list at the right, the sentence of the cell below."""

    mended = Signal(int, int, str)
    """Place, column of the list, and what was typed there."""
    take_back_wanted = Signal()
    """Ctrl+Z: the last cell as it was. In this view the key never takes a saved record back."""
    left_out = Signal(int)
    """Del on the number of a row: the place of a person who is not to be taken in."""
    explained = Signal(int, str, str)
    """Place, code of the warning, and its reason."""
    explained_all = Signal(str, str)
    """Code of a warning, and one reason for all of its kind without one."""
    translated = Signal(int, str, str)
    """Column of the list, one of its words, and the stored value that it means everywhere."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._shown_kind = FOUND
        self._kind_word = ""
        self._headings: tuple[str, ...] = ()
        self._finding: Finding | None = None
        self._build()

    # What others use

    def show_list(self, checked: CheckedList, headings: Sequence[str]) -> None:
        """A list that was just checked: those with findings first in sight, and the cursor on the first of them."""
        self._headings = tuple(headings)
        self._shown_kind = FOUND if checked.findings else ALL
        self._show(checked)
        self._fit_columns()
        self.go_to_next(1, from_start=True)

    def show_again(self, checked: CheckedList) -> None:
        """The same list after a mend: nobody goes out of sight, the cursor stays."""
        self.model.show_findings(checked)
        self._count(checked)
        self._speak()

    def begin(self) -> None:
        """The focus where work goes on."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next(self, by: int = 1, *, from_start: bool = False) -> None:
        """F8, Shift+F8: the next cell with something that is still open."""
        here = self.table.currentIndex()
        at = (-1, -1) if from_start or not here.isValid() else (here.row(), here.column())
        found = self.model.next_problem(*at, by)
        if found is None:
            self.message.say(_("Nothing is left to be mended here."), "good")
            if from_start and self.model.rowCount():
                self.table.go_to(0, ROW)
        else:
            self.table.go_to(*found)
            self._speak()

    def go_to_place(self, place: int) -> None:
        """Shows a person, whatever kind is in sight, at the first cell that is wrong."""
        if place not in self.model.places:
            self._narrow_to(ALL)
        row = list(self.model.places).index(place)
        found = [one for one in self.model.findings_at(row) if not self.model.is_accepted(one)]
        column = found[0].column if found else None
        self.table.go_to(row, ROW if column is None else column + 1)

    def ask_reason(self) -> None:
        """F7: the reason of the warning in the cell."""
        finding = self._finding
        if finding is not None and not finding.is_error:
            self.reason.ask(finding.problem)

    def explain_all(self) -> None:
        """Shift+F7: the reason given for this warning counts for all of its kind that have none yet."""
        finding, checked = self._finding, self.model.checked
        if finding is None or checked is None or finding.is_error:
            return
        given = checked.reasons.get(finding.place, {}).get(finding.problem.code, "")
        if given:
            self.explained_all.emit(finding.problem.code, given)
        else:
            self.message.say(_("Give a reason here with F7 first; Shift+F7 then takes it for all of this kind."))

    def ask_word(self) -> None:
        """F4: what the word in the cell means, for all cells of the column that say so; where the word is understood,
        or is none, the first proposal takes its place in this cell alone."""
        here, checked = self.table.currentIndex(), self.model.checked
        if checked is None or not here.isValid() or here.column() == ROW:
            return
        column = here.column() - 1
        place = self.model.places[here.row()]
        word = text_of(checked.table.columns[column][place])
        found = self.model.findings_at(here.row(), here.column())
        proposals = next((one.proposals for one in found if one.proposals), ())
        if proposals and not self._is_riddle(checked, place, column):
            self.mended.emit(place, column, proposals[0])
        elif not self.word.ask(checked, column, word, proposals):
            self.message.say(_("Only a nagari, an occupation, a sex or the like has a meaning to be chosen."))

    @property
    def current_finding(self) -> Finding | None:
        """What the message line speaks of."""
        return self._finding

    # Building

    def _build(self) -> None:
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        self.who = heading("", "strong")
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.notes = heading("", "muted")
        self.notes.setWordWrap(True)
        self.kinds = QListWidget()
        self.kinds.setProperty("role", "choices")
        self.kinds.setAccessibleName(_("Kinds of findings"))
        self.kinds.setWordWrap(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.currentRowChanged.connect(self._narrow)
        self.model = ListModel()
        self.model.mended.connect(self.mended)
        self.table = ListTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("The list"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.selectionModel().currentChanged.connect(lambda _to, _from: self._speak())
        self.message = MessageBar()
        self.reason = ReasonLine()
        self.reason.given.connect(self._give_reason)
        self.reason.left.connect(self.begin)
        self.message.add_tail(self.reason)
        self.word = WordLine(self._register)
        self.word.given.connect(self._give_word)
        self.word.left.connect(self.begin)
        middle = QHBoxLayout()
        middle.setSpacing(MEDIUM)
        middle.addWidget(self.kinds)
        middle.addWidget(self.table, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        top = QHBoxLayout()
        top.setSpacing(MEDIUM)
        top.addWidget(self.summary, 1)
        top.addWidget(self.who)
        rows.addLayout(top)
        rows.addWidget(self.notes)
        rows.addLayout(middle, 1)
        rows.addWidget(self.message)
        rows.addWidget(self.word)
        for key, run in (
            ("F8", lambda: self.go_to_next(1)),
            ("Shift+F8", lambda: self.go_to_next(-1)),
            ("F7", self.ask_reason),
            ("Shift+F7", self.explain_all),
            (WORD_KEY, self.ask_word),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self._fit_rows()

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the list while it is mended; in a field or an open cell it belongs to the text."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_take_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.table.currentIndex()
        if _is_take_back(event):
            self.take_back_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and here.isValid() and here.column() == ROW:
            self.left_out.emit(self.model.places[here.row()])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self._fit_rows()
            QTimer.singleShot(0, self, self._fit_columns)  # the table itself has the larger letters only then
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "message"):
            self.message.dress()

    # Details

    def _show(self, checked: CheckedList) -> None:
        self.model.show_list(checked, self._places(checked), self._headings)
        self._count(checked)

    def _places(self, checked: CheckedList) -> Sequence[int]:
        if self._shown_kind == ALL:
            return range(len(checked))
        return sorted(
            {finding.place for finding in checked.findings if self._shown_kind in (FOUND, _kind_of(finding))}
        )

    def _count(self, checked: CheckedList) -> None:
        """The kinds with their numbers; who was on one stays on it, even when nothing of it is left."""
        self.summary.setText(count_words(checked))
        self.notes.setText(note_words(checked))
        self.notes.setVisible(bool(self.notes.text()))
        open_counts = {ALL: len(checked), FOUND: len({finding.place for finding in checked.findings})}
        levels: dict[str, str] = {}
        words: dict[str, str] = {ALL: _("All people"), FOUND: _("People with findings")}
        for finding in checked.findings:
            kind = _kind_of(finding)
            open_counts[kind] = open_counts.get(kind, 0) + (not self.model.is_accepted(finding))
            levels[kind] = "error" if finding.is_error else "warning"
            words.setdefault(kind, kind_words(finding.problem))
        if self._shown_kind not in words:
            words[self._shown_kind] = self._kind_word
        order = [ALL, FOUND, *sorted((kind for kind in words if kind not in (ALL, FOUND)), key=lambda kind: (
            levels.get(kind) != "error", -open_counts.get(kind, 0), words[kind]
        ))]  # fmt: skip
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in order:
            item = QListWidgetItem(f"{number(open_counts.get(kind, 0))}   {words[kind]}")
            item.setData(Qt.ItemDataRole.UserRole, kind)
            item.setData(_WORD, words[kind])
            if kind in levels:
                item.setIcon(icons.icon(levels[kind], levels[kind]))
            elif kind not in (ALL, FOUND):
                item.setIcon(icons.icon("good", "good"))
            self.kinds.addItem(item)
        self.kinds.setCurrentRow(order.index(self._shown_kind))
        self._kind_word = words[self._shown_kind]
        self.kinds.blockSignals(False)

    def _narrow_to(self, kind: str) -> None:
        for row in range(self.kinds.count()):
            if self.kinds.item(row).data(Qt.ItemDataRole.UserRole) == kind:
                self.kinds.setCurrentRow(row)

    def _narrow(self, row: int) -> None:
        item = self.kinds.item(row)
        checked = self.model.checked
        if item is not None and checked is not None:
            self._shown_kind = str(item.data(Qt.ItemDataRole.UserRole))
            self._kind_word = str(item.data(_WORD))
            self.model.show_list(checked, self._places(checked))
            self.go_to_next(1, from_start=True)

    def _speak(self) -> None:
        """The sentence of the cell; on the number of a row, the first of the whole row."""
        here = self.table.currentIndex()
        found = self.model.findings_at(here.row(), here.column()) if here.isValid() else []
        if not found and here.column() == ROW:
            found = self.model.findings_at(here.row())
        open_ones = [one for one in found if not self.model.is_accepted(one)]
        self._finding = next(iter(open_ones or found), None)
        self._name_person()
        if self._finding is None:
            self.message.say("")
            self.reason.offer(None)
            return
        accepted = self.model.is_accepted(self._finding)
        words = self._finding.problem.text
        if not accepted:
            words = " ".join((words, *self._ways_out(self._finding)))
        if self._finding.problem.code == "nik_twice":
            words += " " + _("Del on the number of a row leaves it out.")
        further = len(open_ones) - 1
        if further > 0:
            words += " " + _("({count} more here)").format(count=number(further))
        level = "good" if accepted else Level.ERROR if self._finding.is_error else Level.WARNING
        self.message.say(words, level)
        self.reason.offer(None if accepted else self._finding.problem)

    def _name_person(self) -> None:
        """Whose cell it is, for columns from which neither number nor name are in sight."""
        here, checked = self.table.currentIndex(), self.model.checked
        if checked is None or not here.isValid():
            self.who.setText("")
            return
        place = self.model.places[here.row()]
        told = _("row {row}").format(row=checked.table.rows[place])
        self.who.setText(" · ".join(part for part in (told, name_in(checked, place)) if part))

    def _ways_out(self, finding: Finding) -> Iterator[str]:
        """What the cell might hold instead, and the key that puts it there."""
        checked, column = self.model.checked, finding.column
        if checked is None or column is None:
            return
        proposals = [one for one in finding.proposals[:_PROPOSED] if one]
        if proposals:
            yield _("Perhaps: {proposals}.").format(proposals=", ".join(proposals))
        if self._is_riddle(checked, finding.place, column):
            yield _("{key} answers for the whole list.").format(key=WORD_KEY)
        elif proposals:
            yield _("{key} puts {proposal} there.").format(key=WORD_KEY, proposal=proposals[0])

    def _is_riddle(self, checked: CheckedList, place: int, column: int) -> bool:
        """Whether the cell holds a word, of a kind that the register knows, that was not understood."""
        values = checked.values.get(checked.fields.get(column, ""))
        is_understood = values is not None and values[place] not in (None, "")
        return not is_understood and self.word.can_ask(checked, column)

    def _give_word(self, column: int, word: str, stored: str) -> None:
        self.translated.emit(column, word, stored)
        self.begin()

    def _give_reason(self, _problem: object, reason: str) -> None:
        finding = self._finding
        if finding is not None:
            self.explained.emit(finding.place, finding.problem.code, reason)
        self.begin()

    def _fit_rows(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + LARGE - SMALL)
        self.kinds.setFixedWidth(_KINDS_WIDTH * self.fontMetrics().height())

    def _fit_columns(self) -> None:
        """Wide enough for what is in sight, within reason; never measured over a whole long list."""
        self.table.horizontalHeader().setResizeContentsPrecision(50)
        self.table.resizeColumnsToContents()
        widest = _WIDEST * self.fontMetrics().height()
        for column in range(self.model.columnCount()):
            if self.table.columnWidth(column) > widest:
                self.table.setColumnWidth(column, widest)


def _kind_of(finding: Finding) -> str:
    """Findings that are called by the same word are one kind; a warning is another than an error."""
    return f"{finding.problem.level}: {kind_words(finding.problem)}"


def _is_take_back(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
