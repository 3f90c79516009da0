"""What the workers page can have in front: the list, a record, a history, a family, pairs, proposals, many to enrol."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Rejected, StorageFailure
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.page import Page
from ui.people.failures import saying_failures
from ui.people.pairs.wanted import PairsWanted
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


class WorkersStack(Page):
    """One thing is in front of the others; each is made when it is first wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._is_stale = True
        self.list = WorkersList(session)
        self._record: WorkerRecord | None = None
        self._history: HistoryPage | None = None
        self._requests: RequestsPage | None = None
        self._enrolling: EnrolManyPage | None = None
        self._pairs: PairsBench | None = None
        self._came_from_record = False
        self._before: PairsBench | FamilyView | None = None
        """Where the record in front was opened from, other than the list."""
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

        self._before = None
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

    def _open_from(self, view: PairsBench | FamilyView | None, id: int) -> None:
        """Shows a record to which the pairs or a family led; Esc leads back to these."""
        self.open(id)
        if self.record is not None:
            self._before = view

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
            self._pairs.record_wanted.connect(lambda id: self._open_from(self._pairs, id))
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
            self._family.record_wanted.connect(lambda id: self._open_from(self._family, id))
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
        record, before = self.record, self._before
        if record is None or not record.leave():
            return
        if before is not None:
            self._before = None
            self._stack.setCurrentWidget(before)
            before.resume()
            return
        self._stack.setCurrentWidget(self.list)
        if self._is_stale:
            self._is_stale = False
            self.list.load(lines_too=True)
        if record.worker_id is not None:
            self.list.show_worker(record.worker_id)
        self.list.focus_table()

    def _mask(self) -> None:
        """What was shown in full is masked before anybody else looks."""
        for shown in (self.pairs, self.family):
            if shown is not None:
                shown.mask_again()
