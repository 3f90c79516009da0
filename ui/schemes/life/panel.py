"""The area "Enrolments" of Schemes & Funds: the list, and every step an enrolment can take, for one or thousands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.schemes.lines import EnrolmentFilter
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.places import Place
from ui.schemes.life.filter import LifeFilter
from ui.schemes.life.listing import EnrolmentsList
from ui.schemes.life.outcome import Outcome, Result
from ui.schemes.life.printing import ask_file, print_annex
from ui.schemes.life.running import StepRunner
from ui.schemes.life.step_bar import StepBar, StepButton
from ui.schemes.life.step_form import Act, StepForm
from ui.schemes.life.steps import LifeSteps
from ui.schemes.life.waiting import WaitingView
from ui.schemes.life.words import counted as words_of
from ui.session import Session

_LOW = 26
"""Heights of a line below which a form gets the room of the list too."""


class LifePanel(QWidget):
    """Enter opens a record; the keys of the buttons work on the chosen rows; Esc leads back step by step."""

    def __init__(self, session: Session, taken_letters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._taken = taken_letters
        self.form: StepForm | None = None
        self.choose_file: Callable[[str], str] = partial(ask_file, self)
        self._build()

    # What the page asks for

    def go_in(self) -> None:
        """The focus where work begins."""
        if self.form is not None:
            self.form.begin()
        elif self.stack.currentWidget() is self.waiting and self.waiting.isVisible():
            self.waiting.go_in()
        else:
            self.list.go_in()

    def read_again(self) -> None:
        """Enrolments, funds or decrees may be other ones now; what was said of them may be taken back."""
        if self.form is None:
            self.message.say("")
            self.outcome.hide()
        if self.stack.currentWidget() is self.waiting:
            self.waiting.read_again()
        self.filter.read_again()
        self.list.load()

    def narrow(self, wanted: EnrolmentFilter, chosen: Sequence[int] = ()) -> None:
        """Another page asks for this list, with some of it `chosen`."""
        self.filter.show_filter(wanted)
        if chosen:
            self.list.choose(chosen)

    def leave(self) -> bool:
        """Whether nothing half typed would be lost."""
        return self.form is None or self.form.form.is_empty

    @property
    def is_running(self) -> bool:
        return self.runner.is_running

    def help_topic(self) -> str:
        return "life"

    # What else can be done

    def show_waiting(self) -> None:
        """F12: the waiting list of the scheme; again, the enrolments."""
        if self.stack.currentWidget() is self.waiting and not self.waiting.isHidden():
            self._show_list()
            return
        if self.form is not None:
            self._say_form_first()
            return
        scheme = self.filter.scheme.value()
        if scheme is None:
            self.message.say(_("Choose the scheme first: each has a waiting list of its own."), Level.WARNING)
            self.filter.scheme.setFocus()
            return
        self._begin_anew()
        self.stack.setCurrentWidget(self.waiting)
        self._bar.hide()
        self.waiting.show_scheme(scheme)
        self.waiting.go_in()

    def print(self) -> None:
        """Ctrl+P: the annex of the decree that is chosen above, or that names the row."""
        decree = self.filter.decree.value()
        line = self.list.current
        if decree is None and line is not None:
            decree = self._register.enrolments.get(line.id).decree
        if decree is None:
            self.message.say(
                _("Choose the decree above whose annex is wanted. Enrolments get one when they are approved (F2)."),
                Level.WARNING,
            )
            return
        print_annex(self, self.choose_file, self._session, decree, self.message)

    def save(self) -> None:
        """Ctrl+S while something is typed."""
        if self.form is not None and not self.is_running:
            self.form.save()

    def give_up(self) -> None:
        """Esc: what runs stops; then the form, the outcome, the waiting list go; then the focus goes to the filter."""
        self.steps.forget_question()
        if self.is_running:
            self.runner.stop()
        elif self.form is not None:
            self._close_form()
            self.go_in()
        elif self.stack.currentWidget() is self.waiting:
            self._show_list()
        elif not self.outcome.isHidden():
            self._begin_anew()
            self.go_in()
        elif self.view.hasFocus():
            self.filter.begin_at(self.filter.scheme)

    # Building

    def _build(self) -> None:
        self.filter = LifeFilter(self._register)
        self.filter.went_down.connect(self.go_in)
        self.list = EnrolmentsList(self._session, self.filter)
        self.steps = LifeSteps(self._session, self.list, self.filter, self._can_begin, lambda: self._letters)
        self.list.chosen_changed.connect(self.steps.forget_question)
        self.list.chose.connect(self._tell_chosen)
        self.model, self.view = self.list.model, self.list.view
        self.filter.changed.connect(self._begin_anew)
        self.message = MessageBar()
        self.runner = StepRunner(self._session)
        for signal, follow in (
            (self.runner.stop_wanted, self.give_up), (self.runner.began, partial(self._show_running, True)),
            (self.runner.ended, partial(self._show_running, False)), (self.runner.done, self._done),
            (self.runner.failed, self._failed), (self.runner.stopped, self._stopped),
            (self.steps.form_wanted, self._open), (self.steps.run_wanted, self._run),
            (self.steps.said, self.message.say), (self.steps.question_forgotten, partial(self.message.say, "")),
        ):  # fmt: skip
            signal.connect(follow)
        self.waiting = WaitingView(self._session)
        self.waiting.said.connect(self.message.say)
        self.waiting.left.connect(self._show_list)
        self.outcome = Outcome(self._register)
        self.outcome.worker_wanted.connect(lambda worker: self._session.go_to(Place.WORKERS, worker))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.list, 3)
        column.addWidget(self.outcome, 2)
        self._form_room = QVBoxLayout()
        column.addLayout(self._form_room, 2)
        self._listed = listed
        self.stack = QStackedWidget()
        self.stack.addWidget(listed)
        self.stack.addWidget(self.waiting)
        self._add_buttons()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.filter)
        rows.addWidget(self._bar)
        rows.addWidget(self.message)
        rows.addWidget(self.runner)
        rows.addWidget(self.stack, 1)

    def _add_buttons(self) -> None:
        do = self.steps
        steps = (
            StepButton(_("Approve (F2)"), do.approve, "F2", "good"),
            StepButton(_("Submit (F3)"), do.submit, "F3", "export"),
            StepButton(_("Activate (F6)"), do.activate, "F6"),
            StepButton(_("End (F7)"), do.end, "F7"),
            StepButton(_("Reject (F9)"), do.reject, "F9", "close"),
            StepButton(_("Cancel (Del)"), do.cancel, icon="undo"),
            StepButton(_("Replace (F11)"), do.replace, "F11", "next"),
            StepButton(_("Let wait (Ins)"), do.put_waiting, icon="add"),
            StepButton(_("Waiting list (F12)"), self.show_waiting, "F12", "list"),
            StepButton(_("Annex (Ctrl+P)"), self.print, icon="print"),
        )
        fields = self.filter.fields  # served first: the buttons have keys of their own
        speaking = [*(field.label for field in fields), *(step.word for step in steps)]
        marked = assign_letters(speaking, self._taken)
        for label, word in zip(self.filter.labels, marked[: len(fields)], strict=True):
            label.setText(word)
        self._letters = self._taken + "".join(letters_in(marked))
        self._bar = StepBar(self, steps, marked[len(fields) :])
        self.buttons = self._bar.buttons

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Delete: self.steps.cancel, Qt.Key.Key_Insert: self.steps.put_waiting}
        act = keys.get(Qt.Key(event.key()))
        if act is not None and self.view.hasFocus():
            act()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was said is over when somebody comes back; who is named stays to be gone through."""
        super().hideEvent(event)
        if self.outcome.isHidden() and self.form is None:
            self.message.say("")

    # Details

    def _begin_anew(self) -> None:
        """Something else is being done: what was said of the step before is over."""
        self.steps.forget_question()
        self.message.say("")
        self.outcome.hide()

    def _tell_chosen(self, count: int) -> None:
        words = _("{count} are chosen. Delete cancels them with a reason; any other row leaves them as they are.")
        self.message.say(words.format(count=words_of(count)), Level.WARNING)

    def _show_list(self) -> None:
        self._begin_anew()
        self.stack.setCurrentWidget(self._listed)
        self._bar.show()
        self.go_in()

    # Doing

    def _can_begin(self) -> bool:
        """Whether another step may be begun, in front of the list."""
        if self.is_running:
            return False
        if self.form is not None:
            self._say_form_first()
            return False
        if self.stack.currentWidget() is self.waiting:
            self._show_list()
        return True

    def _say_form_first(self) -> None:
        self._say(_("Finish what is open below first (Ctrl+S), or leave it (Esc)."))

    def _say(self, warning: str) -> None:
        """In the line of the form while one is open."""
        bar = self.message if self.form is None else self.form.form.message_bar
        bar.say(warning, Level.WARNING)

    def _run(self, step: str, act: Act) -> None:
        self._begin_anew()
        self.runner.run(step, act)

    def _open(self, form: StepForm) -> None:
        self._begin_anew()
        self.form = form
        form.wanted.connect(self._do_form)
        form.given_up.connect(self.give_up)
        self._form_room.addWidget(form)
        form.show()  # or the focus would wait for the layout, and the first keys go elsewhere
        form.begin()
        self._make_room(form)

    def _close_form(self) -> None:
        if self.form is not None:
            self._form_room.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._make_room(None)

    def _make_room(self, form: StepForm | None) -> None:
        """A form takes the room of what cannot be used meanwhile."""
        for part in (self.filter, self._bar, self.message):
            part.setVisible(form is None)
        is_low = self.height() < _LOW * self.fontMetrics().height()
        if form is not None and is_low:
            form.shrink()
        self.list.setVisible(form is None or form.leaves_list)

    def _do_form(self) -> None:
        if self.form is not None and not self.is_running:
            self.message.say("")
            self.runner.run(self.form.step, self.form.act())

    def _show_running(self, running: bool) -> None:
        self._bar.setEnabled(not running)
        if self.form is not None:
            self.form.setEnabled(not running)

    def _done(self, step: str, result: Result) -> None:
        self._close_form()
        for subject in ("workers", "coverage", "funds"):
            self._session.tell(subject)
        self.message.say(*self.outcome.show_result(step, result))
        self.go_in()

    def _failed(self, trouble: Rejected | StorageFailure) -> None:
        if self.form is not None:
            self.form.refused(trouble)
        else:
            self.message.say(trouble.text, Level.ERROR)

    def _stopped(self) -> None:
        self._say(_("Stopped. Nothing was changed."))
        self.go_in()
