"""Proposed corrections: old and new side by side with the reason, and the keys to decide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QHeaderView, QLabel, QSplitter, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import Right
from models.people.corrections import CorrectionRequest
from models.people.masking import PROTECTED, mask_number
from models.people.nik import group_nik
from models.people.worker import Worker
from models.problems import Level, Problem, Rejected, StorageFailure
from ui.fields.field import TextField
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import EmptyState, button, heading
from ui.people.failures import saying_failures
from ui.people.history_words import in_words, people_of
from ui.people.request_words import decision_words, fields_in_words, moment_in_words
from ui.people.worker_fields import LABELS
from ui.session import Session
from ui.table import Column, FigureTable, Row

NARROW, LEAST = 62, 24
"""Heights of a line: below the first the buttons stand in two rows, the second is the least the page asks for."""


class RequestsPage(QWidget):
    """Whoever may decide sees what waits, the oldest first; everybody else her own, the newest first."""

    left = Signal()
    """Back to the list of workers."""
    record_wanted = Signal(int)
    """Id of the worker whose record is to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._requests: tuple[CorrectionRequest, ...] = ()
        self._worker = Worker()
        self._is_shown = False
        """Whether protected values of the request in front stand there in full."""
        self._build()

    @property
    def decides(self) -> bool:
        """Whether the person may decide on what others propose."""
        return self._register.may(Right.APPROVE)

    @property
    def current(self) -> CorrectionRequest | None:
        """The request in front."""
        row = self.list.current
        return next((one for one in self._requests if row is not None and one.id == row.key), None)

    @saying_failures
    def read(self, wanted: int | None = None) -> None:
        """Reads the requests; the one of `wanted` comes to the front, otherwise the one that was there."""
        self._requests = self._register.requests.open() if self.decides else self._register.requests.own()
        people = people_of(self._register)
        self.list.set_rows([self._row(one, people) for one in self._requests])
        ids = [one.id for one in self._requests]
        if wanted in ids:
            self.list.setCurrentCell(ids.index(wanted), 0)
        elif ids and self.list.currentRow() < 0:
            self.list.setCurrentCell(0, 0)
        self._empty.setVisible(not ids)
        self._split.setVisible(bool(ids))
        self._show()

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line."""
        self.message.say(failure.text, Level.ERROR)

    def begin(self, wanted: int | None = None) -> None:
        """It came to the front: reads everything again and puts the focus where deciding begins."""
        self.message.say("")
        self.read(wanted)
        (self.list if self._requests else self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def approve(self) -> None:
        """Ctrl+Enter: makes the correction and goes on to the next one."""
        request = self.current
        if request is None or not request.is_open or not self.decides:
            return
        done = _("Approved: {fields} of {name}. The correction is made.")
        words = done.format(fields=fields_in_words(request.fields), name=self._worker.name)
        self._decide(lambda: self._register.requests.approve(request.id), words)

    def ask_reason(self) -> None:
        """Ctrl+Del: asks why it is rejected."""
        request = self.current
        if request is not None and request.is_open and self.decides:
            self._reason_row.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Enter in the field for the reason."""
        request, reason = self.current, self.reason.text().strip()
        if request is None:
            return
        done = _("Rejected: {fields} of {name}. {user} reads your reason.")
        user = people_of(self._register).get(request.proposed_by, request.proposed_by)
        words = done.format(
            fields=fields_in_words(request.fields), name=self._worker.name, user=user.partition(",")[0]
        )
        self._decide(lambda: self._register.requests.reject(request.id, reason), words)

    def withdraw(self) -> None:
        """Ctrl+U: one's own open proposal is taken back."""
        request = self.current
        if request is None or not request.is_open or request.proposed_by != self._register.user:
            return
        words = _("Withdrawn: {fields} of {name}.").format(
            fields=fields_in_words(request.fields), name=self._worker.name
        )
        self._decide(lambda: self._register.requests.withdraw(request.id), words)

    def show_masked(self) -> None:
        """Ctrl+T: the protected values of the request in full, which is recorded; once more, masked."""
        request = self.current
        if request is None:
            return
        if not self._is_shown:
            names = [name for name in request.fields if name in PROTECTED] or ["nik"]
            try:
                self._register.disclosures.show(request.worker, names)
            except (Rejected, StorageFailure) as failure:
                self.message.say(failure.text, Level.WARNING)
                return
        self._is_shown = not self._is_shown
        self._show_values()

    def open_record(self) -> None:
        """Enter on a row: the record it is about."""
        request = self.current
        if request is not None:
            self.record_wanted.emit(request.worker)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._reason_row.isVisible():
            self._hide_reason()
        else:
            self.left.emit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than its buttons: they stand in two rows then."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction
        self._buttons.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    # Building

    def _build(self) -> None:
        title = _("Proposed corrections that wait") if self.decides else _("My proposed corrections")
        self.list = FigureTable(title, [
            Column(_("Proposed on")), Column(_("Worker"), takes_room=True), Column(_("Field")),
            Column(_("Proposed by")), Column(_("State")),
        ])  # fmt: skip
        self.list.itemSelectionChanged.connect(self._show)
        self.list.chosen.connect(lambda _id: self.open_record())
        none_open = _("No correction waits for a decision.")
        none_own = _("You have not proposed any correction yet. Open a record, correct it, and Ctrl+S proposes it.")
        self._empty = EmptyState(none_open if self.decides else none_own)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self._build_detail())
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 3)
        self.message = MessageBar()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(heading(title))
        rows.addWidget(self._empty, 1)
        rows.addWidget(self._split, 1)
        rows.addWidget(self._build_reason())
        rows.addWidget(self.message)
        rows.addLayout(self._build_buttons())

    def _build_detail(self) -> QWidget:
        self.name, self._nik = heading("", "section"), heading("", "muted")
        self.why, self.state = QLabel(), QLabel()
        for label in (self.why, self.state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.values = FigureTable(_("Old and new values"), [
            Column(_("Field")), Column(_("As registered")), Column(_("Proposed")),
        ])  # fmt: skip
        for side in (1, 2):
            self.values.horizontalHeader().setSectionResizeMode(side, QHeaderView.ResizeMode.Stretch)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self.name)
        head.addWidget(self._nik)
        head.addStretch()
        detail = QWidget()
        rows = QVBoxLayout(detail)
        rows.setContentsMargins(0, SMALL, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(head)
        rows.addWidget(self.values, 1)
        rows.addWidget(self.why)
        rows.addWidget(self.state)
        return detail

    def _build_reason(self) -> QWidget:
        self._reason_row = QWidget()
        self.reason = TextField("reason", _("Reason for the rejection"))
        self.reason.setPlaceholderText(_("Whoever proposed it reads this; then Enter"))
        self.reason.stepped.connect(lambda _by: self.reject())
        label = QLabel(self.reason.label)
        label.setBuddy(self.reason)
        row = QHBoxLayout(self._reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(label)
        row.addWidget(self.reason, 1)
        self._reason_row.hide()
        return self._reason_row

    def _build_buttons(self) -> QBoxLayout:
        words = iter(assign_letters([
            _("Back to the list (Esc)"), _("Open the record (Enter)"), _("Show in full (Ctrl+T)"),
            _("Withdraw (Ctrl+U)"), _("Reject … (Ctrl+Del)"), _("Approve (Ctrl+Enter)"),
        ]))  # fmt: skip
        self._back = button(next(words), self.left.emit, icon="back")
        self._record = button(next(words), self.open_record, icon="open")
        self._in_full = button(next(words), self.show_masked, icon="user")
        self._withdraw = button(next(words), self.withdraw, icon="undo")
        self._reject = button(next(words), self.ask_reason, icon="close")
        self._approve = button(next(words), self.approve, icon="good", primary=True)
        leading, deciding = QHBoxLayout(), QHBoxLayout()
        for one in (self._back, self._record, self._in_full):
            leading.addWidget(one)
        leading.addStretch()
        deciding.addStretch()
        for one in (self._withdraw, self._reject, self._approve):
            deciding.addWidget(one)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (leading, deciding, self._buttons):
            row.setSpacing(MEDIUM)
        self._buttons.addLayout(leading)
        self._buttons.addLayout(deciding)
        return self._buttons

    # Details

    def _row(self, request: CorrectionRequest, people: dict[str, str]) -> Row:
        cells = (
            moment_in_words(request.proposed_at),
            self._register.workers.get(request.worker).full_name,
            fields_in_words(request.fields),
            people.get(request.proposed_by, request.proposed_by),
            _(request.state.label),
        )
        return Row(cells, request.id)

    @saying_failures
    def _show(self) -> None:
        self._is_shown = False
        self._hide_reason(keep_focus=True)
        request = self.current
        is_open = request is not None and request.is_open
        may_decide = request is not None and is_open and self._register.requests.may_decide(request)
        for one in (self._approve, self._reject):
            one.setVisible(self.decides)
            one.setEnabled(may_decide)
        self._withdraw.setVisible(is_open and request is not None and request.proposed_by == self._register.user)
        for one in (self._record, self._in_full):
            one.setEnabled(request is not None)
        self._in_full.setVisible(self._register.may(Right.SHOW))
        if request is None:
            return
        self._worker = self._register.workers.get(request.worker)
        self.name.setText(self._worker.full_name)
        people = people_of(self._register)
        why = _("Reason: {reason} ({who}, {moment})")
        who = people.get(request.proposed_by, request.proposed_by)
        self.why.setText(why.format(reason=request.reason, who=who, moment=moment_in_words(request.proposed_at)))
        self._show_values()

    def _show_values(self) -> None:
        request = self.current
        assert request is not None
        nik = self._worker.nik
        self._nik.setText(group_nik(nik) if self._is_shown else mask_number(nik))
        told = in_words(self._register, request.changes, in_full=self._is_shown)
        self.values.set_rows([Row(cells) for cells in told])
        self.state.setText(self._state_words(request))
        self.state.setVisible(bool(self.state.text()))

    def _state_words(self, request: CorrectionRequest) -> str:
        """What speaks against it while it is open, what was decided afterwards."""
        if not request.is_open:
            return decision_words(request, people_of(self._register))
        stale = self._register.requests.changed_meanwhile(request)
        if stale:
            words = _("Corrected by somebody else after the proposal: {fields}. It can only be rejected.")
            return words.format(fields=", ".join(_(LABELS.get(name, name)) for name in stale))
        return "\n".join(_told(problem) for problem in self._register.requests.problems_of(request))

    def _decide(self, act: Callable[[], object], done: str) -> None:
        try:
            act()
        except Rejected as rejected:
            self.message.say("\n".join(_told(problem) for problem in rejected.problems), Level.ERROR)
            return
        except StorageFailure as failure:
            self.message.say(failure.text, Level.ERROR)
            return
        self._hide_reason()
        self.read()
        self.message.say(done, "good")
        (self.list if self._requests else self._back).setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.tell("workers")

    def _hide_reason(self, *, keep_focus: bool = False) -> None:
        had_focus = self.reason.hasFocus()
        self.reason.clear()
        self._reason_row.hide()
        if had_focus and not keep_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(problem: Problem) -> str:
    label = LABELS.get(problem.field)
    return f"{_(label)}: {problem.text}" if label else problem.text
