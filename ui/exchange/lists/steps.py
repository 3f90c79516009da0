"""The frame of a list on its way in: its steps, one after the other, and the work that runs for them."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from ui.background import Job
from ui.exchange.lists.answer_view import AnswerView
from ui.exchange.lists.check_view import CheckView
from ui.exchange.lists.columns_view import ColumnsView
from ui.exchange.lists.deciding_view import DecidingView
from ui.exchange.lists.start_view import StartView
from ui.exchange.lists.taking_view import TakingView
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.session import Session


class Step(IntEnum):
    """The way of a list, in its order."""

    START = 0
    COLUMNS = 1
    CHECK = 2
    TAKE = 3
    ANSWER = 4
    """Instead of TAKE for what BPJS and Disdukcapil sent back."""
    DECIDE = 5


class ListSteps(QWidget):
    """The views of the steps, the buttons below them, one line that speaks; what is done is said above it."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self.session = session
        self._register = session.opened_register
        self._job: Job | None = None
        self._focus: QWidget | None = None
        self._build(taken)

    @property
    def is_running(self) -> bool:
        """Whether something runs that should not be cut off."""
        return self._job is not None

    @property
    def step(self) -> Step:
        """Where the list is."""
        return Step(self.stack.currentIndex())

    # What each step says itself

    def step_back(self) -> None:
        """Esc."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Ctrl+Enter."""
        raise NotImplementedError

    def send_back(self) -> None:
        """Ctrl+E."""
        raise NotImplementedError

    def take_in(self) -> None:
        """Ctrl+S."""
        raise NotImplementedError

    def _read_start(self) -> None:
        """What stands where a list begins."""
        raise NotImplementedError

    # Building

    def _build(self, taken: str) -> None:
        self.way = heading("", "muted")
        words = assign_letters([
            _("Back (Esc)"), _("Next problem (F8)"), _("To the sender … (Ctrl+E)"), _("Doubtful ones (F6)"),
            _("Go on (Ctrl+Enter)"), _("Take in (Ctrl+S)"),
        ], taken)  # fmt: skip
        taken += "".join(letters_in(words))
        self.start = StartView(self.session, taken)
        self.columns = ColumnsView(self._register)
        self.checking = CheckView(self._register)
        self.taking = TakingView(self._register, self.session.today)
        self.answering = AnswerView(self._register, self.session.today)
        self.deciding = DecidingView(self._register)
        self.stack = QStackedWidget()
        for view in (self.start, self.columns, self.checking, self.taking, self.answering, self.deciding):
            self.stack.addWidget(view)
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.step_back)
        self.message = MessageBar()
        self.back_button = button(words[0], self.step_back, icon="back")
        self.next_button = button(words[1], lambda: self.checking.go_to_next(1), icon="next")
        self.send_button = button(words[2], self.send_back, icon="export")
        self.doubt_button = button(words[3], self.taking.show_doubtful, icon="warning")
        self.on_button = button(words[4], self.go_on, icon="next", primary=True)
        self.take_button = button(words[5], self.take_in, icon="import", primary=True)
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addWidget(self.back_button)
        acts.addStretch()
        for act in (self.next_button, self.send_button, self.doubt_button, self.on_button, self.take_button):
            acts.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, SMALL, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.way)
        rows.addWidget(self.stack, 1)
        rows.addWidget(self.progress)
        rows.addWidget(self.message)
        rows.addLayout(acts)

    # Steps

    def _go_to(self, step: Step) -> None:
        self.stack.setCurrentIndex(step)
        self._say("")
        words = (_("File"), _("Columns"), _("Check"), _("Take in"))
        at = min(step, Step.TAKE)
        self.way.setText("   ›   ".join(f"{place + 1} {word}" if place != at else f"[{place + 1} {word}]"
                                        for place, word in enumerate(words)))  # fmt: skip
        self.back_button.setVisible(step not in (Step.START, Step.DECIDE))
        self.next_button.setVisible(step is Step.CHECK)
        self.send_button.setVisible(step is Step.CHECK)
        self.doubt_button.setVisible(step is Step.TAKE)
        self.on_button.setVisible(step in (Step.COLUMNS, Step.CHECK))
        self.take_button.setVisible(step in (Step.TAKE, Step.ANSWER))
        if self.isVisible():
            if step is Step.START:
                self._read_start()
            self._begin(step)

    def _begin(self, step: Step) -> None:
        match step:
            case Step.START:
                self.start.begin()
            case Step.COLUMNS:
                self.columns.begin()
            case Step.CHECK:
                self.checking.begin()
            case Step.TAKE:
                self.taking.begin()
            case Step.ANSWER:
                self.answering.begin()

    # Work in the background

    def _run(self, what: Callable[..., object], done: Callable[[Any], None]) -> None:
        self._say("")
        self._focus = self.focusWidget()
        self._show_running(True)
        self._job = self.session.background.run(
            self, what, done=done, failed=self._failed, progress=self.progress.step, cancelled=self._stopped
        )

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._show_running(False)  # what is disabled loses the focus
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, refused: Rejected | StorageFailure) -> None:
        self._end()
        self._say(refused.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end()
        self._say(_("Stopped. Nothing was written."), Level.WARNING)

    def _show_running(self, running: bool) -> None:
        for act in (self.next_button, self.send_button, self.doubt_button, self.on_button, self.take_button):
            act.setEnabled(not running)
        self.stack.setEnabled(not running)

    def _may(self, right: Right) -> bool:
        try:
            self._register.require(right)
        except Rejected as rejected:
            self._say(rejected.text, Level.ERROR)
            return False
        return True

    def _say(self, text: str, level: Level | str = "") -> None:
        self.message.say(text, level)
        self.message.setVisible(bool(text))
