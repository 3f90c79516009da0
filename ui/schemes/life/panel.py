"""The area "Enrolments" of Schemes & Funds: the list, and every step an enrolment can take, for one or thousands."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.register import Register
from models.schemes.lines import EnrolmentFilter
from models.storage.enrolment_life import Changed, Replaced
from models.values.formats import number
from ui.background import Job
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.places import Place
from ui.schemes.life import words
from ui.schemes.life.filter import LifeFilter
from ui.schemes.life.forms import (
    ApproveForm,
    CancelForm,
    CardForm,
    DecreeForm,
    RejectForm,
    ReplaceForm,
    StepForm,
    WaitForm,
)
from ui.schemes.life.listing import EnrolmentsList
from ui.schemes.life.printing import ask_file, print_annex
from ui.schemes.life.waiting import WaitingView
from ui.session import Session
from ui.table import FigureTable

_STEPS_A_ROW = 5
_LOW = 26
"""Heights of a line below which a form gets the room of the list too."""
_DOING = {
    "approve": N_("Approving"),
    "submit": N_("Submitting"),
    "activate": N_("Activating"),
    "end": N_("Ending"),
    "reject": N_("Rejecting"),
    "cancel": N_("Cancelling"),
    "replace": N_("Replacing"),
    "wait": N_("Putting on the waiting list"),
}


class LifePanel(QWidget):
    """Enter opens a record; the keys of the buttons work on the chosen rows; Esc leads back step by step."""

    def __init__(self, session: Session, taken_letters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._taken = taken_letters
        self.form: StepForm | None = None
        self._job: Job | None = None
        self._ask_again = ""
        """The step that was asked about and waits for the same key."""
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
            self._hide_outcome()
        if self.stack.currentWidget() is self.waiting:
            self.waiting.read_again()
        self.filter.read_again()
        self.list.load()

    def narrow(self, wanted: EnrolmentFilter) -> None:
        """Another page asks for this list."""
        self.filter.show_filter(wanted)

    def leave(self) -> bool:
        """Whether nothing half typed would be lost."""
        return self.form is None or self.form.form.is_empty

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def help_topic(self) -> str:
        return "life"

    # The steps

    def approve(self) -> None:
        """F2: in a decree."""
        if (ids := self._chosen(Right.APPROVE)) is not None:
            self._open(ApproveForm(self._session, ids, self._letters))

    def submit(self) -> None:
        """F3: handed in to BPJS."""
        self._at_once("submit", lambda ids: lambda register, step: register.enrolment_life.submit(ids, step))

    def activate(self) -> None:
        """F6: KPJ and payment, typed for one, pasted for many."""
        if self._may(Right.CORRECT):
            count = self.view.chosen_count()
            line = self.list.current if count == 1 else None
            if line is not None:
                self._open(CardForm(self._session, line.id, line.name, self._letters))
            elif self.model.ids:
                from ui.schemes.life.cards_form import CardsForm

                among = self.view.chosen_ids() if count > 1 else self.model.ids
                self._open(CardsForm(self._session, among, self._letters))
            else:
                self._nobody_chosen()

    def end(self) -> None:
        """F7: the months are over."""
        self._at_once("end", lambda ids: lambda register, step: register.enrolment_life.end(ids, step))

    def reject(self) -> None:
        """F9: sent back, with a named reason."""
        if (ids := self._chosen(Right.CORRECT)) is not None:
            self._open(RejectForm(self._session, ids, self._letters))

    def cancel(self) -> None:
        """Delete: taken back by the office."""
        if (ids := self._chosen(Right.CORRECT)) is not None:
            self._open(CancelForm(self._session, ids, self._letters))

    def replace(self) -> None:
        """F11: rejected places, the chosen ones or all of the scheme, go to the waiting list."""
        if not self._may(Right.CORRECT):
            return
        narrowed = self.filter.narrowed()
        line = self.list.current
        scheme = narrowed.scheme
        if scheme is None and line is not None:
            scheme = self._register.enrolments.get(line.id).scheme
        if scheme is None:
            self.message.say(_("Choose the scheme first: each has a waiting list of its own."), Level.WARNING)
            return
        free = self._register.enrolment_life.free_places(scheme, narrowed.fund)
        among = set(self.view.chosen_ids())
        places = [id for id in free if id in among] if len(among) > 1 else list(free)
        if not places:
            self.message.say(
                _("No place is free: nobody of the chosen was rejected, or others have taken their places already."),
                Level.WARNING,
            )
            return
        waiting = len(self._register.waiting.of_scheme(scheme))
        if not waiting:
            self.message.say(
                _("{count} places are free, but nobody waits. Put workers on the waiting list first: choose them on "
                  "the workers page, then Ctrl+Shift+W.").format(count=number(len(places))),
                Level.WARNING,
            )  # fmt: skip
            return
        old = self._register.enrolments.get(places[0]).decree
        self._open(ReplaceForm(self._session, places, waiting, old, self._letters))

    def put_waiting(self, workers: Iterable[int] | None = None) -> None:
        """Insert: the workers of the chosen rows, or those whom another page names, on the waiting list."""
        if workers is None:
            ids = self._chosen(Right.ENTER)
            if ids is None:
                return
            workers = self._register.enrolment_lists.owners(ids)
        elif not self._may(Right.ENTER):
            return
        wanted = tuple(workers)
        self._open(WaitForm(self._session, wanted, self.filter.scheme.value(), self._letters))

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
        self.stack.setCurrentWidget(self.waiting)
        self._steps.hide()
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
        if self.form is not None and self._job is None:
            self.form.save()

    def give_up(self) -> None:
        """Esc: what runs stops; then the form, the outcome, the waiting list go; then the focus goes to the filter."""
        self._ask_again = ""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()
        elif self.form is not None:
            self._close_form()
            self.go_in()
        elif self.stack.currentWidget() is self.waiting:
            self._show_list()
        elif not self.outcome.isHidden():
            self._hide_outcome()
            self.go_in()
        elif self.view.hasFocus():
            self.filter.scheme.setFocus()

    # Building

    def _build(self) -> None:
        self.filter = LifeFilter(self._register)
        self.filter.went_down.connect(self.go_in)
        self.list = EnrolmentsList(self._session, self.filter)
        self.list.chosen_changed.connect(self._forget_question)
        self.model, self.view = self.list.model, self.list.view
        self.message = MessageBar()
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.give_up)
        self.waiting = WaitingView(self._session)
        self.waiting.said.connect(self.message.say)
        self.waiting.left.connect(self._show_list)
        self.outcome_title = heading("", "section")
        self.outcome = FigureTable(_("What became of them"), words.outcome_columns())
        self.outcome.setMinimumHeight(3 * self.outcome.fontMetrics().height())
        self.outcome.chosen.connect(lambda worker: self._session.go_to(Place.WORKERS, worker))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.list, 3)
        column.addWidget(self.outcome_title)
        column.addWidget(self.outcome, 2)
        self._form_room = QVBoxLayout()
        column.addLayout(self._form_room, 2)
        self._listed = listed
        self.stack = QStackedWidget()
        self.stack.addWidget(listed)
        self.stack.addWidget(self.waiting)
        self._add_steps()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.filter)
        rows.addWidget(self._steps)
        rows.addWidget(self.message)
        rows.addWidget(self.progress)
        rows.addWidget(self.stack, 1)
        self._hide_outcome()

    def _add_steps(self) -> None:
        """One action each, with its key, and the button that shows it."""
        steps: tuple[tuple[str, Callable[[], None], str, str], ...] = (
            (_("Approve (F2)"), self.approve, "F2", "good"),
            (_("Submit (F3)"), self.submit, "F3", "export"),
            (_("Activate (F6)"), self.activate, "F6", ""),
            (_("End (F7)"), self.end, "F7", ""),
            (_("Reject (F9)"), self.reject, "F9", "close"),
            (_("Cancel (Del)"), self.cancel, "", "undo"),
            (_("Replace (F11)"), self.replace, "F11", "next"),
            (_("Let wait (Ins)"), self.put_waiting, "", "add"),
            (_("Waiting list (F12)"), self.show_waiting, "F12", "list"),
            (_("Annex (Ctrl+P)"), self.print, "", "print"),
        )
        marked = assign_letters([*(one[0] for one in steps), *(field.label for field in self.filter.fields)],
                                self._taken)  # fmt: skip
        for label, word in zip(self.filter.labels, marked[len(steps) :], strict=True):
            label.setText(word)
        self._letters = self._taken + "".join(letters_in(marked))
        self._steps = QWidget()
        grid = QGridLayout(self._steps)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SMALL)
        self.buttons: list[QPushButton] = []
        for at, ((_word, run, keys, icon), word) in enumerate(zip(steps, marked, strict=False)):
            made = button(word, run, icon=icon)
            self.buttons.append(made)
            grid.addWidget(made, at // _STEPS_A_ROW, at % _STEPS_A_ROW)
            if keys:
                action = QAction(self)
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                action.triggered.connect(lambda _on=False, run=run: run())
                self.addAction(action)
        grid.setColumnStretch(_STEPS_A_ROW, 1)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Delete: self.cancel, Qt.Key.Key_Insert: self.put_waiting}
        act = keys.get(Qt.Key(event.key()))
        if act is not None and self.view.hasFocus():
            act()
        else:
            super().keyPressEvent(event)

    # Details

    def _forget_question(self) -> None:
        """Other rows are chosen: what was asked of the ones before counts no longer."""
        self._ask_again = ""

    def _show_list(self) -> None:
        self.stack.setCurrentWidget(self._listed)
        self._steps.show()
        self.go_in()

    # Doing

    def _may(self, right: Right) -> bool:
        """Whether a step can begin; otherwise it is said why not."""
        if self._job is not None:
            return False
        if self.form is not None:
            self._say_form_first()
            return False
        if self.stack.currentWidget() is self.waiting:
            self._show_list()
        if self._register.is_read_only:
            self.message.say(_("This register is open for reading only. Nothing can be saved in it."), Level.WARNING)
            return False
        try:
            self._register.require(right)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return False
        return True

    def _say_form_first(self) -> None:
        self._say(_("Finish what is open below first (Ctrl+S), or leave it (Esc)."))

    def _say(self, warning: str) -> None:
        """In the line of the form while one is open."""
        bar = self.message if self.form is None else self.form.form.message_bar
        bar.say(warning, Level.WARNING)

    def _nobody_chosen(self) -> None:
        self.message.say(
            _("Choose enrolments in the list first: Shift and the arrows, or Ctrl+A for all."), Level.WARNING
        )

    def _chosen(self, right: Right) -> array[int] | None:
        if not self._may(right):
            return None
        ids = self.view.chosen_ids()
        if not ids:
            self._nobody_chosen()
            return None
        return ids

    def _at_once(self, step: str, of: Callable[[array[int]], Callable[..., Any]]) -> None:
        """A step without a form: for many it asks first, and does it when asked again."""
        ids = self._chosen(Right.CORRECT)
        if ids is None:
            return
        if len(ids) > 1 and self._ask_again != step:
            self._ask_again = step
            self.message.say(_(words.ASK[step]).format(count=words.counted(len(ids))), Level.WARNING)
            return
        self._ask_again = ""
        self._run(step, of(ids))

    def _open(self, form: StepForm) -> None:
        self._hide_outcome()
        self.message.say("")
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
        for part in (self.filter, self._steps, self.message):
            part.setVisible(form is None)
        is_low = self.height() < _LOW * self.fontMetrics().height()
        if form is not None and is_low:
            form.shrink()
        self.list.setVisible(form is None or form.leaves_list)

    def _do_form(self) -> None:
        form = self.form
        if form is not None and self._job is None:
            self._run(_step_of(form), form.act())

    def _run(self, step: str, act: Callable[..., Any]) -> None:
        self.message.say("")
        self.progress.begin(_(_DOING[step]))
        self._steps.setEnabled(False)
        if self.form is not None:
            self.form.setEnabled(False)
        self._job = self._session.background.run(
            self,
            partial(_act, self._register, act),
            done=partial(self._done, step),
            failed=self._failed,
            progress=self.progress.step,
            cancelled=self._stopped,
        )

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._steps.setEnabled(True)
        if self.form is not None:
            self.form.setEnabled(True)

    def _done(self, step: str, result: Changed | Replaced | tuple[int, ...]) -> None:
        self._end()
        self._close_form()
        for subject in ("workers", "coverage", "funds"):
            self._session.tell(subject)
        rows = []
        if isinstance(result, Changed):
            said, is_good = words.changed_words(step, result), bool(result.done) and not result.refused
            rows = words.refusal_rows(self._register, result.refused)
        elif isinstance(result, Replaced):
            said, is_good = words.replaced_words(result), bool(result.pairs)
            rows = words.replaced_rows(self._register, result)
        else:
            said, is_good = (
                _("{count} put on the waiting list; F12 shows it.").format(count=number(len(result))),
                True,
            )
        self.message.say(said, "good" if is_good else Level.WARNING)
        self.outcome_title.setText(_("What became of them: Enter opens the record"))
        self.outcome.set_rows(rows)
        for part in (self.outcome_title, self.outcome):
            part.setVisible(bool(rows))
        self.go_in()

    def _failed(self, trouble: Rejected | StorageFailure) -> None:
        self._end()
        if self.form is not None:
            self._refresh_form()
            self.form.refused(trouble)
        else:
            self.message.say(trouble.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end()
        self._refresh_form()
        self._say(_("Stopped. Nothing was changed."))
        self.go_in()

    def _refresh_form(self) -> None:
        if isinstance(self.form, DecreeForm):
            self.form.refresh()

    def _hide_outcome(self) -> None:
        self.outcome_title.hide()
        self.outcome.hide()


def _step_of(form: StepForm) -> str:
    for kind, step in (
        (ApproveForm, "approve"), (RejectForm, "reject"), (CancelForm, "cancel"), (ReplaceForm, "replace"),
        (WaitForm, "wait"),
    ):  # fmt: skip
        if isinstance(form, kind):
            return step
    return "activate"


def _act(register: Register, act: Callable[..., Any], progress: Callable[[int, int], None]) -> Any:
    """In the background, on a connection of its own."""
    with register.twin() as twin:
        return act(twin, progress)
