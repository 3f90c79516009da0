"""What can be done with chosen enrolments: each step asks for what it still needs, or says why it cannot begin."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from ui.schemes.life import words
from ui.schemes.life.decree_forms import ApproveForm, ReplaceForm
from ui.schemes.life.filter import LifeFilter
from ui.schemes.life.forms import CancelForm, CardForm, RejectForm, WaitForm
from ui.schemes.life.listing import EnrolmentsList
from ui.schemes.life.places import free_places
from ui.schemes.life.step_form import Act
from ui.session import Session


class LifeSteps(QObject):
    """Asks for a form, or for the step to be run at once."""

    form_wanted = Signal(object)
    """A `StepForm` that is to be filled in first."""
    run_wanted = Signal(str, object)
    """The step and its `Act`."""
    said = Signal(str, object)
    """A sentence and its level."""
    question_forgotten = Signal()
    """What was asked is off the table: other rows are chosen."""

    def __init__(
        self,
        session: Session,
        listed: EnrolmentsList,
        narrowing: LifeFilter,
        can_begin: Callable[[], bool],
        letters: Callable[[], str],
    ) -> None:
        """`can_begin` says whether nothing else is under way; `letters` are Alt letters in use around a form."""
        super().__init__()
        self._session, self._register = session, session.opened_register
        self._list, self._filter = listed, narrowing
        self._can_begin, self._letters = can_begin, letters
        self._ask_again = ""
        """The step that was asked about and waits for the same key."""

    def approve(self) -> None:
        """F2: in a decree."""
        if (ids := self._chosen(Right.APPROVE)) is not None:
            self.form_wanted.emit(ApproveForm(self._session, ids, self._letters()))

    def submit(self) -> None:
        """F3: handed in to BPJS."""
        self._at_once("submit", lambda ids: lambda register, step: register.enrolment_life.submit(ids, step))

    def activate(self) -> None:
        """F6: KPJ and payment, typed for one, pasted for many."""
        if not self._may(Right.CORRECT):
            return
        view, everybody = self._list.view, self._list.model.ids
        line = self._list.current if view.chosen_count() == 1 else None
        if line is not None:
            self.form_wanted.emit(CardForm(self._session, line.id, line.name, self._letters()))
        elif everybody:
            from ui.schemes.life.cards_form import CardsForm

            among = view.chosen_ids() if view.chosen_count() > 1 else everybody
            self.form_wanted.emit(CardsForm(self._session, among, self._letters()))
        else:
            self._nobody_chosen()

    def end(self) -> None:
        """F7: the months are over."""
        self._at_once("end", lambda ids: lambda register, step: register.enrolment_life.end(ids, step))

    def reject(self) -> None:
        """F9: sent back, with a named reason."""
        if (ids := self._chosen(Right.CORRECT)) is not None:
            self.form_wanted.emit(RejectForm(self._session, ids, self._letters()))

    def cancel(self) -> None:
        """Delete: taken back by the office."""
        if (ids := self._chosen(Right.CORRECT)) is not None:
            self.form_wanted.emit(CancelForm(self._session, ids, self._letters()))

    def replace(self) -> None:
        """F11: rejected places, the chosen ones or all of the scheme, go to the waiting list."""
        if not self._may(Right.CORRECT):
            return
        chosen = self._list.view.chosen_ids()
        found = free_places(self._register, self._filter.narrowed(), self._list.current, chosen)
        if isinstance(found, str):
            self.said.emit(found, Level.WARNING)
        else:
            form = ReplaceForm(self._session, found.places, found.waiting, found.decree, self._letters())
            self.form_wanted.emit(form)

    def put_waiting(self, workers: Iterable[int] | None = None) -> None:
        """Insert: the workers of the chosen rows, or those whom another page names, on the waiting list."""
        if workers is None:
            ids = self._chosen(Right.ENTER)
            if ids is None:
                return
            workers = self._register.enrolment_lists.owners(ids)
        elif not self._may(Right.ENTER):
            return
        scheme = self._filter.scheme.value()
        self.form_wanted.emit(WaitForm(self._session, tuple(workers), scheme, self._letters()))

    def forget_question(self) -> None:
        """Something else is done or other rows are chosen: what was asked before counts no longer."""
        if self._ask_again:
            self._ask_again = ""
            self.question_forgotten.emit()

    # Details

    def _may(self, right: Right) -> bool:
        """Whether a step can begin; otherwise it is said why not."""
        if not self._can_begin():
            return False
        if self._register.is_read_only:
            sentence = _("This register is open for reading only. Nothing can be saved in it.")
            self.said.emit(sentence, Level.WARNING)
            return False
        try:
            self._register.require(right)
        except (Rejected, StorageFailure) as trouble:
            self.said.emit(trouble.text, Level.ERROR)
            return False
        return True

    def _nobody_chosen(self) -> None:
        self.said.emit(
            _("Choose enrolments in the list first: Shift and the arrows, or Ctrl+A for all."), Level.WARNING
        )

    def _chosen(self, right: Right) -> array[int] | None:
        if not self._may(right):
            return None
        ids = self._list.view.chosen_ids()
        if not ids:
            self._nobody_chosen()
            return None
        return ids

    def _at_once(self, step: str, of: Callable[[array[int]], Act]) -> None:
        """A step without a form: for many it asks first, and does it when asked again."""
        ids = self._chosen(Right.CORRECT)
        if ids is None:
            return
        if len(ids) > 1 and self._ask_again != step:
            self._ask_again = step
            self.said.emit(_(words.ASK[step]).format(count=words.counted(len(ids))), Level.WARNING)
            return
        self.run_wanted.emit(step, of(ids))
