"""The workers page: the list of everybody, and the record of one of them in its place."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.people.lines import WorkerOrder
from models.problems import Rejected, StorageFailure
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.page import Page
from ui.people.failures import saying_failures
from ui.people.pairs.wanted import PairsWanted
from ui.people.reason_line import KEY as REASON_KEY
from ui.people.requests_bar import KEY as REQUESTS_KEY
from ui.people.requests_bar import RequestsBar
from ui.people.workers_list import WorkersList
from ui.schemes.enrolling.wanted import EnrolWanted
from ui.session import Session

if TYPE_CHECKING:
    from ui.people.family_view import FamilyView
    from ui.people.history_page import HistoryPage
    from ui.people.pairs.bench import PairsBench
    from ui.people.requests_page import RequestsPage
    from ui.people.worker_record import WorkerRecord
    from ui.schemes.enrolling.page import EnrolManyPage


PAIRS_KEY = "Ctrl+D"
"""D for *diragukan*."""


class WorkersPage(Page):
    """Ctrl+F searches, Enter opens a record, Esc leads back to the list."""

    title = N_("Workers")
    help_page = "workers"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._is_stale, self._may_lose = True, False
        self.list = WorkersList(session)
        self._record: WorkerRecord | None = None
        self._history: HistoryPage | None = None
        self._requests: RequestsPage | None = None
        self._enrolling: EnrolManyPage | None = None
        self._pairs: PairsBench | None = None
        self._came_from_record = False
        self._family: FamilyView | None = None
        self.list.opened.connect(self.open)
        self.list.enrolling_wanted.connect(lambda: self.open_enrolling())
        self.list.waiting_wanted.connect(self.put_waiting)
        self.list.pairs_wanted.connect(lambda: self.open_pairs())
        self.list.family_wanted.connect(self.open_family)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, LARGE)
        self.bar = RequestsBar(session)
        self.bar.wanted.connect(self.open_requests)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self.bar)
        rows.addWidget(self._stack)
        self._stack.currentChanged.connect(lambda _at: self._read_bar())
        self._add_actions()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.list.load(lines_too=True)
            self._read_record_again()
        self._read_bar()
        if self.requests is not None:
            self.requests.read()
        if self.pairs is not None:
            self.pairs.read()
        if self.family is not None:
            self.family.read()
        before: QWidget | None = self.focusWidget()
        if before is None:
            self.list.focus_search()
        else:
            before.setFocus()

    def keep(self) -> None:
        self._mask()
        if self.record is not None:
            self.record.leave()

    def leaving(self) -> bool:
        self._mask()
        return self.record is None or self.record.leave()

    def closing(self) -> bool:
        """Stays once when what was typed cannot be kept; closing again gives it up."""
        if not self.leaving() and not self._may_lose:
            self._may_lose = True
            self.session.message(_("The draft could not be kept. Close once more if it may be lost."))
            return False
        self.list.stop()
        if self._pairs is not None:
            self._pairs.stop()
        return True

    def show_target(self, target: object) -> None:
        """A worker's id opens its record; a text is searched for."""
        if isinstance(target, EnrolWanted):
            self.open_enrolling(target)
        elif isinstance(target, PairsWanted):
            self.open_pairs(target)
        elif isinstance(target, int):
            self.open(target)
        elif isinstance(target, str):
            self.list.filter.search_for(target)

    def help_topic(self) -> str:
        if self.enrolling is not None:
            return "enrolling"
        if self.pairs is not None:
            return "pairs"
        if self.family is not None:
            return "family"
        if self.history is not None or self.requests is not None:
            return "history" if self.history is not None else "requests"
        return "search" if self.record is None else self.record.part

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """At the bottom of the window; what was in front stays."""
        self.session.message(failure.text)

    @property
    def record(self) -> WorkerRecord | None:
        """The record in front, None while the list is."""
        return self._record if self._record is not None and self._stack.currentWidget() is self._record else None

    @saying_failures
    def open(self, id: int) -> None:
        """Shows a record instead of the list."""
        from ui.people.worker_record import WorkerRecord

        if self.record is not None and not self.record.leave():
            return
        kept = self.session.opened_register.pairs.kept_of(id)
        if kept != id:
            self.session.message(_("That record was merged into this one."))
            id = kept
        if self._record is None:
            self._record = WorkerRecord(self.session)
            self._record.resize(self._stack.size())  # it arranges itself once, not twice
            self._record.left.connect(self.close_record)
            self._stack.addWidget(self._record)
        try:
            self._record.show_worker(id)
        except LookupError:
            self._stack.setCurrentWidget(self.list)
            self.session.message(_("This worker is no longer in the register."))
            return
        self._stack.setCurrentWidget(self._record)
        self._record.focus_form()

    @property
    def history(self) -> HistoryPage | None:
        """The story of a worker in front of its record, None while something else is."""
        shown = self._stack.currentWidget()
        return self._history if self._history is not None and shown is self._history else None

    @saying_failures
    def open_history(self) -> None:
        """Ctrl+H: the whole story of the worker whose record is in front."""
        from ui.people.history_page import HistoryPage

        record = self.record
        if record is None or record.worker_id is None or not record.leave():
            return
        if self._history is None:
            self._history = HistoryPage(self.session)
            self._history.left.connect(self._close_history)
            self._stack.addWidget(self._history)
        self._stack.setCurrentWidget(self._history)
        self._history.show_worker(self.session.opened_register.workers.get(record.worker_id))

    def _close_history(self) -> None:
        if self._record is not None and self._record.worker_id is not None:
            self.open(self._record.worker_id)

    @property
    def requests(self) -> RequestsPage | None:
        """The proposed corrections in front, None while something else is."""
        shown = self._stack.currentWidget()
        return self._requests if self._requests is not None and shown is self._requests else None

    @saying_failures
    def open_requests(self, wanted: int | None = None) -> None:
        """Ctrl+R: the corrections that wait for a decision, or one's own."""
        from ui.people.requests_page import RequestsPage

        if self.record is not None and not self.record.leave():
            return
        if self._requests is None:
            self._requests = RequestsPage(self.session)
            self._requests.left.connect(self._close_requests)
            self._requests.record_wanted.connect(self.open)
            self._stack.addWidget(self._requests)
        self._stack.setCurrentWidget(self._requests)
        self._requests.begin(wanted)

    def _close_requests(self) -> None:
        self._stack.setCurrentWidget(self.list)
        if self._is_stale:
            self._is_stale = False
            self.list.load(lines_too=True)
        self.list.focus_table()

    @property
    def pairs(self) -> PairsBench | None:
        """The pairs that may be one person in front, None while something else is."""
        shown = self._stack.currentWidget()
        return self._pairs if self._pairs is not None and shown is self._pairs else None

    @saying_failures
    def open_pairs(self, wanted: PairsWanted | None = None) -> None:
        """Ctrl+D: who may stand in the register twice, pair by pair."""
        from ui.people.pairs.bench import PairsBench

        if self.record is not None and not self.record.leave():
            return
        if self._pairs is None:
            self._pairs = PairsBench(self.session)
            self._pairs.left.connect(self._close_requests)
            self._pairs.record_wanted.connect(self.open)
            self._stack.addWidget(self._pairs)
        self._stack.setCurrentWidget(self._pairs)
        self._pairs.begin(() if wanted is None else wanted.pairs)

    @property
    def family(self) -> FamilyView | None:
        """One family in front, None while something else is."""
        shown = self._stack.currentWidget()
        return self._family if self._family is not None and shown is self._family else None

    @saying_failures
    def open_family(self) -> None:
        """Ctrl+G: the family of the worker whose record is in front, or of the one at the cursor."""
        from ui.people.family_view import FamilyView

        record = self.record
        worker = self.list.table.current_id if record is None else record.worker_id
        if worker is None or self._stack.currentWidget() not in (self.list, self._record):
            if self.family is None:
                self.session.message(_("Choose a worker in the list first."))
            return
        if record is not None and not record.leave():
            return
        if self._family is None:
            self._family = FamilyView(self.session)
            self._family.left.connect(self._close_family)
            self._family.record_wanted.connect(self.open)
            self._stack.addWidget(self._family)
        self._came_from_record = record is not None
        self._stack.setCurrentWidget(self._family)
        self._family.begin(worker)

    def move_family(self) -> None:
        """Ctrl+M: members of the family to another card; asks where to."""
        if self.family is None:
            self.open_family()
        if self.family is not None:
            self.family.ask_card()

    def _close_family(self) -> None:
        if self._came_from_record and self._record is not None and self._record.worker_id is not None:
            self.open(self._record.worker_id)
        else:
            self._close_requests()

    @property
    def enrolling(self) -> EnrolManyPage | None:
        """The enrolling of a list in front, None while something else is."""
        shown = self._stack.currentWidget()
        return self._enrolling if self._enrolling is not None and shown is self._enrolling else None

    def open_enrolling(self, wanted: EnrolWanted | None = None) -> None:
        """Ctrl+Shift+E: enrols the chosen workers, or those that another page asks for."""
        from ui.schemes.enrolling.page import EnrolManyPage

        ids = self.list.table.chosen_ids() if wanted is None else wanted.workers
        if self.record is not None or not ids:
            if not ids:
                self.session.message(
                    _("Choose the workers in the list first: Shift and the arrows, or Ctrl+A for all.")
                )
            return
        if self._enrolling is None:
            self._enrolling = EnrolManyPage(self.session)
            self._enrolling.left.connect(self._close_enrolling)
            self._enrolling.record_wanted.connect(self.open)
            self._stack.addWidget(self._enrolling)
        self._stack.setCurrentWidget(self._enrolling)
        self._enrolling.show_list(ids, None if wanted is None else wanted.plan)
        self._enrolling.begin()

    def put_waiting(self) -> None:
        """Ctrl+Shift+W: the chosen workers, or the one whose record is in front, on the waiting list of a scheme."""
        from ui.schemes.life.wanted import WaitingWanted

        record = self.record
        ids = self.list.table.chosen_ids() if record is None else array("q", [record.worker_id or 0])
        if not ids:
            self.session.message(_("Choose the workers in the list first: Shift and the arrows, or Ctrl+A for all."))
            return
        self.session.go_to("schemes", WaitingWanted(ids))

    def _close_enrolling(self) -> None:
        self._stack.setCurrentWidget(self.list)
        if self._is_stale:
            self._is_stale = False
            self.list.load(lines_too=True)
        self.list.focus_table()

    @saying_failures
    def _read_bar(self) -> None:
        """Only above the list: a record needs the room."""
        if self._stack.currentWidget() is self.list:
            self.bar.read()
        else:
            self.bar.hide()

    def close_record(self) -> None:
        """Back to the list, at the worker whose record it was."""
        record = self.record
        if record is None or not record.leave():
            return
        self._stack.setCurrentWidget(self.list)
        if self._is_stale:
            self._is_stale = False
            self.list.load(lines_too=True)
        if record.worker_id is not None:
            self.list.show_worker(record.worker_id)
        self.list.focus_table()

    # Details

    def _add_actions(self) -> None:
        add, for_record = self.add_action, self._for_record
        add(_("Search workers"), self._search, keys="Ctrl+F", icon="search")
        add(_("Read the list again"), self._read_again, keys="F5", icon="restore")
        add(_("Print letters for the chosen workers"), self._print, keys="Ctrl+P", icon="print")
        add(_("Copy the chosen rows"), self._copy, keys="Ctrl+C", icon="copy")
        for number, (order, text) in enumerate(_order_words().items(), 1):
            add(text, partial(self.list.order_by, order), keys=f"Ctrl+Shift+{number}", icon="list")
        add(_("Save the correction"), self._save, keys="Ctrl+S", icon="save")
        add(_("Take the correction back"), self._revert, keys="Ctrl+U", icon="undo")
        add(_("Save with a reason"), for_record(lambda record: record.ask_reason()), keys=REASON_KEY, icon="warning")
        add(_("Next panel of the record"), for_record(lambda record: record.next_panel()), keys="F6", icon="next")
        show = _("Show the protected values in full, or mask them again")
        add(show, self._show_masked, keys="Ctrl+T", icon="user")
        add(_("Enrol this worker again"), for_record(lambda record: record.enrol()), keys="Ctrl+E", icon="add")
        add(_("Enrol the chosen workers"), self.open_enrolling, keys="Ctrl+Shift+E", icon="add")
        add(_("Put the chosen workers on a waiting list"), self.put_waiting, keys="Ctrl+Shift+W", icon="add")
        add(_("Doubtful pairs: who stands in the register twice"), self.open_pairs, keys=PAIRS_KEY, icon="workers")
        add(_("Family of this worker"), self.open_family, keys="Ctrl+G", icon="family")
        add(_("Move to another family card"), self.move_family, keys="Ctrl+M", icon="family")
        add(_("Whole history of this worker"), self.open_history, keys="Ctrl+H", icon="list")
        add(_("Proposed corrections"), self.open_requests, keys=REQUESTS_KEY, icon="list")
        add(_("Approve the proposed correction"), self._for_requests(lambda page: page.approve()),
            keys=("Ctrl+Return", "Ctrl+Enter"), icon="good")  # fmt: skip
        reject = self._for_requests(lambda page: page.ask_reason())
        add(_("Reject the proposed correction"), reject, keys="Ctrl+Del", icon="close")
        add(_("Next record"), partial(self._step, 1), keys="Ctrl+PgDown", icon="down")
        add(_("Previous record"), partial(self._step, -1), keys="Ctrl+PgUp", icon="back")

    def _for_record(self, do: Callable[[WorkerRecord], object]) -> Callable[[], object]:
        """Does something with the record in front, if there is one."""

        def run() -> None:
            if self.record is not None:
                do(self.record)

        return run

    def _save(self) -> None:
        if self.enrolling is not None:
            self.enrolling.enrol()
        elif self.record is not None:
            self.record.save()

    def _for_requests(self, do: Callable[[RequestsPage], object]) -> Callable[[], object]:
        """Does something with the proposed corrections in front, if they are."""

        def run() -> None:
            if self.requests is not None:
                do(self.requests)

        return run

    def _search(self) -> None:
        if self.pairs is not None or self.family is not None:
            self._close_requests()
        if self.record is not None:
            self.close_record()
        if self.record is None:
            self.list.focus_search()

    def _read_again(self) -> None:
        if self.enrolling is not None:
            self.enrolling.check()
        elif self.requests is not None:
            self.requests.read()
        elif self.pairs is not None:
            self.pairs.look()
        elif self.family is not None:
            self.family.read()
        elif self.record is not None:
            self._read_record_again()
        else:
            self.list.load(lines_too=True)

    @saying_failures
    def _read_record_again(self) -> None:
        """The record in front as it is registered now."""
        if self.record is not None:
            self.record.read_again()

    def _print(self) -> None:
        if self.history is not None:
            self.history.print()
        elif self.record is not None:
            self.record.print_letters()
        elif self._stack.currentWidget() is self.list:
            self.list.print_letters()

    def _copy(self) -> None:
        if self.history is not None:
            self.history.copy()
        elif self._stack.currentWidget() is self.list:
            self.list.copy()

    def _revert(self) -> None:
        if self.requests is not None:
            self.requests.withdraw()
        elif self.record is not None:
            self.record.revert()

    def _mask(self) -> None:
        """What was shown in full is masked before anybody else looks."""
        for shown in (self.pairs, self.family):
            if shown is not None:
                shown.mask()

    def _show_masked(self) -> None:
        if self.requests is not None:
            self.requests.show_masked()
        elif self.pairs is not None:
            self.pairs.show_masked()
        elif self.family is not None:
            self.family.show_masked()
        elif self.record is not None:
            self.record.show_masked()

    def _step(self, by: int) -> None:
        """Another record of the list without going back to it."""
        if self.record is None or self.record.worker_id is None:
            return
        ids = self.list.model.ids
        self.list.show_worker(self.record.worker_id)
        row = self.list.table.currentIndex().row() + by
        if 0 <= row < len(ids):
            self.open(ids[row])

    def _follow(self, subject: str) -> None:
        if subject in ("workers", "settings"):
            self._read_bar()
            if self.isVisible() and self.record is None:
                self.list.load(lines_too=True)
            else:
                self._is_stale = True
        elif subject == "taken_back" and self.isVisible():
            self._read_record_again()
            if self.pairs is not None:
                self.pairs.read()
            if self.family is not None:
                self.family.read()
        elif subject == "look":
            self.list.model.dress()


def _order_words() -> dict[WorkerOrder, str]:
    return {
        WorkerOrder.NAME: _("Order by name"),
        WorkerOrder.NIK: _("Order by NIK"),
        WorkerOrder.NAGARI: _("Order by nagari"),
        WorkerOrder.COVERED_UNTIL: _("Order by last covered month"),
        WorkerOrder.NEWEST: _("Newest first"),
    }
