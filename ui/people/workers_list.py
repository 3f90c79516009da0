"""The list of workers: searched, narrowed, ordered, selected; a record is opened from here."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.papers.printed import Printed
from models.people.lines import WorkerFilter, WorkerLine, WorkerOrder
from models.people.names import fold
from models.problems import Rejected, StorageFailure
from models.values.formats import number
from models.values.months import Month
from ui.background import Background, Job
from ui.fields.letters import assign_letters
from ui.look.spacing import LARGE, MEDIUM
from ui.page import EmptyState, button, heading
from ui.people.list_foot import HeadButtons, ListFoot
from ui.people.workers_filter import FilterRow
from ui.people.workers_table import PAGE, Cells, Column, WorkersModel, cells_of
from ui.people.workers_view import WorkersView
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register

COPIED_AT_ONCE = 2_000
"""More rows than that are copied in the background."""
_FOUND_AT_ONCE = 64


class WorkersList(QWidget):
    """Shows its beginning at once and reads the whole list in the background; a newer question drops older answers."""

    opened = Signal(int)
    """Id of the worker whose record is wanted."""
    enrolling_wanted = Signal()
    """The chosen workers are to be enrolled."""
    pairs_wanted = Signal()
    """Who may stand in the register twice."""
    family_wanted = Signal()
    """The family of the worker at the cursor."""
    waiting_wanted = Signal()
    """The chosen workers are to be put on a waiting list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._register = session.opened_register
        self.month = Month.of(session.today())
        self.order, self.descending = WorkerOrder.NAME, False
        self.is_complete = False
        """Whether all of the list is there; until then only its beginning."""
        self._reader = Background(self)  # its own: a search must not wait behind a backup
        self._reader.storage_failed.connect(session.message)
        self._job: Job | None = None
        self._asked = 0
        self._when_complete: Callable[[], object] | None = None
        self._build()
        self._connect()

    # What the page asks for

    def load(self, *, lines_too: bool = False) -> None:
        """Reads the list that is wanted now. With `lines_too` it is the same list, read again with all its rows."""
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
        wanted = self.filter.narrowed(self.order, self.descending)
        beginning, self.is_complete = self._beginning(wanted)
        if lines_too:
            self.model.read_again()
        is_shown = lines_too and len(self.model.ids) > 0
        if beginning is not None and (self.is_complete or not is_shown):
            self._show(beginning, stay=lines_too)
        if self.is_complete:
            self._completed()
            return
        work = partial(_read_ids, self._register, wanted)
        self._job = self._reader.run(self, work, done=partial(self._loaded, self._asked, lines_too))
        self._describe()

    def stop(self) -> None:
        """Ends reading in the background."""
        self._reader.stop()

    def focus_search(self) -> None:
        """The search field, its text selected."""
        self.filter.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.search.selectAll()

    def focus_table(self) -> None:
        """The table; its first row if there is no present one."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.currentIndex().row() < 0 or not self.table.chosen_count():
            self.table.go_to_row(max(self.table.currentIndex().row(), 0))

    def show_worker(self, id: int) -> None:
        """Puts the cursor onto a worker if the list holds it."""
        self.table.go_to_worker(id)

    # Actions

    def open(self) -> None:
        """The record at the cursor."""
        id = self.table.current_id
        if id is None:
            self.session.message(_("Choose a worker in the list first."))
        else:
            self.opened.emit(id)

    def print_letters(self) -> None:
        """Enrollment letters for the selected workers, on the papers page."""
        chosen = self.table.chosen_ids()
        if not chosen:
            self.session.message(_("Choose one or more workers in the list first; Ctrl+A chooses all of them."))
            return
        self.session.print_letters(workers=chosen)

    def copy(self) -> None:
        """The selected rows for a spreadsheet: tabs between the cells, the NIK masked; who took how many is recorded,
        and stands below them."""
        count = self.table.chosen_count()
        if not count:
            self.session.message(_("Choose one or more workers in the list first; Ctrl+A chooses all of them."))
            return
        try:
            self._register.disclosures.export("workers", count, purpose="spreadsheet")
        except (Rejected, StorageFailure) as failure:
            self.session.message(_("Nothing was copied. {reason}").format(reason=failure.text))
            return
        if count <= COPIED_AT_ONCE:
            rows = self.table.chosen_rows()
            self._to_clipboard(_as_text(self.model.cells(row) for part in rows for row in part), count)
        else:
            self.session.message(_("Copying {count} rows …").format(count=number(count)))
            work = partial(_read_text, self._register, self.table.chosen_ids(), self.month)
            self.session.background.run(self, work, done=lambda text: self._to_clipboard(text, count))

    def order_by(self, order: WorkerOrder, descending: bool | None = None) -> None:
        """Another order; asked for again, the other way round."""
        if descending is None:
            descending = not self.descending if order is self.order else False
        self.order, self.descending = order, descending
        self.table.show_order(order, descending)
        self.load()

    # Reading

    def _beginning(self, wanted: WorkerFilter) -> tuple[array[int] | None, bool]:
        """What can be shown without waiting, and whether that is all."""
        workers = self._register.workers
        try:
            if self.filter.is_empty:
                ids = workers.ids(wanted, PAGE)
                return ids, len(ids) < PAGE
            only_text = not any(field.text().strip() for field in self.filter.fields[1:])
            if wanted.text and only_text and wanted.order is WorkerOrder.NAME and not wanted.descending:
                return _nearest_first(wanted.text, workers.search(wanted.text, _FOUND_AT_ONCE)), False
        except StorageFailure as failure:
            self.session.message(failure.text)
        return None, False

    def _loaded(self, asked: int, stay: bool, ids: array[int]) -> None:
        if asked == self._asked:
            self._job, self.is_complete = None, True
            self._show(ids, stay=stay or self.table.chosen_count() > 0)
            self._completed()

    def _show(self, ids: array[int], *, stay: bool) -> None:
        """At its first row; or to `stay` at the same worker, if it is still there."""
        here = self.table.current_id if stay else None
        if self.model.show_ids(ids):
            self.table.list_grew()
        elif here is None or not self.table.go_to_worker(here):
            self.table.go_to_row(0, select=self.table.hasFocus())
        self._describe()

    def _completed(self) -> None:
        waiting, self._when_complete = self._when_complete, None
        self._describe()
        if waiting is not None:
            waiting()

    # What stands around the table

    def _describe(self) -> None:
        found, chosen = len(self.model.ids), self.table.chosen_count()
        is_empty = self.is_complete and not found
        self._stack.setCurrentWidget(self._nobody if is_empty else self.table)
        if is_empty:
            nobody = self.filter.is_empty
            self._nobody.sentence.setText(
                _("No worker is registered yet. Begin on the entry page (Ctrl+1).")
                if nobody
                else _("Nobody matches. Look at the spelling, type less of it, or remove the filters.")
            )
            self._clear_here.setVisible(not nobody)
        if not self.is_complete:
            words = _("Counting …")
        elif self.filter.is_empty:
            words = translate_count("{count} worker", "{count} workers", found).format(count=number(found))
        else:
            words = translate_count("{count} worker found", "{count} workers found", found).format(
                count=number(found)
            )
        if chosen > 1:
            words = _("{found}, {count} chosen").format(found=words, count=number(chosen))
        self.count.setText(words)
        self.count.setAccessibleName(words)
        self._clear.setVisible(not self.filter.is_empty)

    def _narrow(self) -> None:
        self.table.scrollToTop()
        self.load()

    def _enter_search(self) -> None:
        """Enter while searching, perhaps faster than the answer: the only one is opened, several are gone through."""
        if not self.is_complete:
            self._when_complete = self._enter_search
        elif len(self.model.ids) == 1:
            self.opened.emit(self.model.ids[0])
        elif self.model.ids:
            self.focus_table()

    def _to_clipboard(self, text: str, count: int) -> None:
        by = self._register.user if self.session.person is None else self.session.person.shown_name
        QGuiApplication.clipboard().setText(f"{text}\n{Printed(by, self.session.now()).copied_line(count)}")
        said = translate_count("{count} row copied", "{count} rows copied", count).format(count=number(count))
        self.session.message(said)

    # Building

    def _build(self) -> None:
        self.filter = FilterRow(self._register, self.month)
        self.model = WorkersModel(self.session.while_open(self._register.workers.lines), self.month)
        self.table = WorkersView(self.model, self.session.preferences)
        self.table.show_order(self.order, self.descending)
        self.count = QLabel()
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        open_, letters, copy, enrol, wait = self.buttons = (
            button(_("Open (Enter)"), self.open, icon="open"),
            button(_("Print letters (Ctrl+P)"), self.print_letters, icon="print"),
            button(_("Copy (Ctrl+C)"), self.copy, icon="copy"),
            button(_("Enrol (Ctrl+Shift+E)"), self.enrolling_wanted.emit, icon="add"),
            button(_("Waiting list (Ctrl+Shift+W)"), self.waiting_wanted.emit, icon="list"),
        )
        self._clear = button(_("Remove filters"), self._remove_filters, icon="close")
        keeps_room = self._clear.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(keeps_room)
        pairs = button(_("Doubtful pairs (Ctrl+D)"), self.pairs_wanted.emit, icon="workers")
        family = button(_("Family (Ctrl+G)"), self.family_wanted.emit, icon="family")
        self._clear_here = button(_("Remove filters"), self._remove_filters, icon="close")
        self._nobody = EmptyState("", self._clear_here)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        head = QHBoxLayout()
        head.setSpacing(LARGE)
        head.addWidget(heading(_("Workers")))
        head.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._clear)
        head.addWidget(HeadButtons((family, pairs)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addLayout(head)
        rows.addWidget(self.filter)
        rows.addWidget(self._stack, 1)
        rows.addWidget(ListFoot((enrol, wait), (copy, letters, open_)))
        QWidget.setTabOrder(self.buttons[0], family)  # after the list, though they stand above it
        QWidget.setTabOrder(family, pairs)
        speaking: tuple[QPushButton | QLabel, ...] = (*self.buttons, self._clear, family, pairs, *self.filter.labels)
        for widget, word in zip(speaking, assign_letters([one.text() for one in speaking]), strict=True):
            widget.setText(word)

    def _connect(self) -> None:
        self.filter.changed.connect(self._narrow)
        self.filter.went_down.connect(self.focus_table)
        self.filter.entered.connect(self._enter_search)
        self.table.opened.connect(self.opened)
        self.table.left.connect(self.focus_search)
        self.table.typed.connect(self.filter.search_for)
        self.table.order_wanted.connect(self.order_by)
        self.table.chosen_changed.connect(self._describe)
        self.model.failed.connect(self.session.message)

    def _remove_filters(self) -> None:
        self.filter.clear()
        self.focus_search()


def _nearest_first(text: str, found: Sequence[WorkerLine]) -> array[int]:
    """In the order in which the whole list will be, so that no row moves once it is there."""
    if len(found) < _FOUND_AT_ONCE:
        key, digits = fold(text), "".join(c for c in text if c.isdigit())
        first = key.partition(" ")[0]

        def place(line: WorkerLine) -> tuple[int, str, int]:
            name = fold(line.name)
            if name.startswith(key) or (digits and line.nik.startswith(digits)):
                rank = 0
            else:
                rank = 1 if first in name or (digits and line.family_card.startswith(digits)) else 2
            return rank, name, line.id

        found = sorted(found, key=place)
    return array("q", (line.id for line in found))


def _read_ids(register: Register, wanted: WorkerFilter) -> array[int]:
    with register.twin(read_only=True) as twin:
        return twin.workers.ids(wanted)


def _read_text(register: Register, ids: array[int], month: Month) -> str:
    with register.twin(read_only=True) as twin:
        pages = (ids[at : at + PAGE].tolist() for at in range(0, len(ids), PAGE))
        return _as_text(cells_of(line, month) for page in pages for line in twin.workers.lines(page))


def _as_text(rows: Iterator[Cells]) -> str:
    """Words of the columns first; a tab or a line break never comes out of a cell."""
    head = "\t".join(_(column.label) for column in Column)
    return "\n".join([head, *("\t".join(" ".join(cell.split()) for cell in row) for row in rows)])
