"""The workers page: the list of everybody, and the record of one of them in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.language import N_
from models.language import translate as _
from models.people.lines import WorkerOrder
from ui.people.failures import saying_failures
from ui.people.pairs.wanted import PairsWanted
from ui.people.reason_line import KEY as REASON_KEY
from ui.people.requests_bar import KEY as REQUESTS_KEY
from ui.people.workers_stack import WorkersStack
from ui.schemes.enrolling.wanted import EnrolWanted
from ui.session import Session

if TYPE_CHECKING:
    from ui.people.requests_page import RequestsPage
    from ui.people.worker_record import WorkerRecord


PAIRS_KEY = "Ctrl+D"
"""D for *diragukan*."""


class WorkersPage(WorkersStack):
    """Ctrl+F searches, Enter opens a record, Esc leads back to the list."""

    title = N_("Workers")
    help_page = "workers"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._may_lose = False
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
