"""The forms of the steps that need something typed: the decree, the card, the reason, the waiting list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.legal.legal_basis import LegalBasis, LegalKind, problems_of_legal_basis
from models.people.kpj import parse_kpj
from models.problems import Level, Problem, Rejected, StorageFailure
from models.register import Register
from models.schemes.life import Rejection, problem_of_rejection
from models.values.formats import number
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.look.spacing import SMALL
from ui.page import button, heading
from ui.schemes.choices import choices_of_schemes
from ui.schemes.life.filter import decree_choices
from ui.session import Session

Act = Callable[..., Any]
"""In the background: gets the register of its thread and `progress`, gives what came of it."""
_NEW = ("number", "dated_on", "title")


@dataclass(frozen=True, slots=True)
class DecreeWanted:
    """A decree that is there, or a new one to be entered first."""

    id: int | None = None
    new: LegalBasis | None = None

    def id_in(self, register: Register) -> int | None:
        """Enters a new one. Raises Rejected or StorageFailure."""
        return self.id if self.new is None else register.legal_bases.save(self.new).id


class StepForm(QWidget):
    """A title, a sentence, the fields. Ctrl+S does it, Esc leaves; the last Enter does nothing."""

    wanted = Signal()
    """Everything is typed: do it."""
    given_up = Signal()
    leaves_list = True
    """Whether there is room for the list above it."""

    def __init__(self, session: Session, title: str, about: str, word: str, taken: str) -> None:
        """`word` stands on the button that does it; `taken` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session, self._register = session, session.opened_register
        self.form = form = FormGrid()
        self._add_fields()
        self.about = heading(about, "muted")
        self.about.setWordWrap(True)
        form.set_buttons(
            *self._further_buttons(),
            button(_("Leave (Esc)"), self.given_up.emit),
            button(word, self.save, icon="save", primary=True),
            hint=_("Enter leads on and never saves."),
            taken_letters=taken,
        )
        form.left.connect(lambda _name: form.show_problems(self._judged()))
        form.reached_end.connect(lambda: form.say(_("That was the last field. Ctrl+S saves.")))
        self.setAccessibleName(title)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SMALL)
        self._rows.addWidget(heading(title, "section"))
        self._rows.addWidget(self.about)
        self._rows.addWidget(form)
        self.fit()

    def fit(self) -> None:
        """As high as its fields need."""
        self.form.setFixedHeight(self.form.needed_height())

    def shrink(self) -> None:
        """There is little room: the fields are what counts."""
        self.leaves_list = False
        self._rows.addStretch()

    def begin(self) -> None:
        """The focus where work begins."""
        self.form.go_to_first()

    def save(self) -> bool:
        """True when all is there; otherwise the form says what is missing."""
        self.form.tidy()
        problems = (*self.form.reading_problems(), *self._judged())
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return False
        self.wanted.emit()
        return True

    def refused(self, trouble: Rejected | StorageFailure) -> None:
        """It was not done: at the field, or in the line of the form."""
        if isinstance(trouble, Rejected):
            self.form.show_problems(trouble.problems, everywhere=True)
            if self.form.go_to_first_problem():
                return
        self.form.say(trouble.text, Level.ERROR)

    def act(self) -> Act:
        """What is to be done in the background."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _further_buttons(self) -> tuple[QPushButton, ...]:
        """Before the two that every form has."""
        return ()

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _problems(self) -> tuple[Problem, ...]:
        """What the rules find in what is typed."""
        raise NotImplementedError

    def _judged(self) -> tuple[Problem, ...]:
        return self._problems()


class DecreeForm(StepForm):
    """Asks for a decree: one of the register, or a new one by number, day and title."""

    required = True
    replaces: int | None = None
    """Id of the decree that a new one replaces."""

    def decree(self) -> DecreeWanted:
        """What is chosen or typed."""
        values = self.form.values()
        if values["decree"] is not None:
            return DecreeWanted(values["decree"])
        if not any(self.form[name].text().strip() for name in _NEW):
            return DecreeWanted()
        return DecreeWanted(None, self._typed())

    def refresh(self) -> None:
        """A decree entered meanwhile can be chosen."""
        self.form["decree"].set_choices(decree_choices(self._register))  # type: ignore[attr-defined]

    def _add_fields(self) -> None:
        choices = decree_choices(self._register)
        self.form.add(ChoiceField("decree", _("Decree"), choices), 12)
        self.form.add(TextField("number", _("or a new one: number")), 4)
        self.form.add(DateField("dated_on", _("dated"), today=self._session.today), 3)
        self.form.add(TextField("title", _("Title (about ...)")), 5)
        self.form.set_visible("decree", bool(choices))
        self.form["decree"].left.connect(self._follow)

    def _follow(self) -> None:
        chosen = self.form["decree"].value() is not None
        for name in _NEW:
            self.form.set_visible(name, not chosen)
        self.fit()

    def _typed(self) -> LegalBasis:
        values = self.form.values()
        return LegalBasis(
            kind=LegalKind.DECREE,
            number=str(values["number"] or ""),
            dated_on=values["dated_on"] or self._session.today(),
            title=str(values["title"] or ""),
            replaces=self.replaces,
        )

    def _problems(self) -> tuple[Problem, ...]:
        wanted = self.decree()
        if wanted.id is not None:
            return ()
        if wanted.new is None:
            if not self.required:
                return ()
            if self.form["decree"].isHidden():
                message = N_("No decree is in the register yet. Enter its number, day and title here.")
                return (Problem("number", "decree_missing", message),)
            message = N_("Choose the decree, or leave this empty and enter a new one beside it.")
            return (Problem("decree", "decree_missing", message),)
        found = problems_of_legal_basis(wanted.new, self._session.today(), self._register.legal_bases.all())
        if self.form["dated_on"].value() is None:
            message = N_("The day is still empty. Type the one on the decree.")
            found = (Problem("dated_on", "dated_on_missing", message), *found)
        return found


class ApproveForm(DecreeForm):
    """Approved in a decree that names them."""

    def __init__(self, session: Session, ids: Sequence[int], taken: str) -> None:
        self._ids = tuple(ids)
        title = _("Approve {count} enrolments in a decree").format(count=number(len(self._ids)))
        about = _("The decree names them from now on; its annex is printed with Ctrl+P.")
        super().__init__(session, title, about, _("Approve (Ctrl+S)"), taken)

    def act(self) -> Act:
        ids, decree = self._ids, self.decree()
        return lambda register, progress: register.enrolment_life.approve(ids, decree.id_in(register) or 0, progress)


class CardForm(StepForm):
    """The answer of BPJS for one enrolment."""

    def __init__(self, session: Session, id: int, name: str, taken: str) -> None:
        self._id = id
        title = _("Activate the enrolment of {name}").format(name=name)
        about = _("From the card and the proof of payment. Choose more rows to paste a whole list.")
        super().__init__(session, title, about, _("Activate (Ctrl+S)"), taken)

    def act(self) -> Act:
        values = self.form.values()
        cards: dict[int, tuple[str, date]] = {self._id: (str(values["kpj"]), values["paid_on"])}
        return lambda register, progress: register.enrolment_life.activate(cards, progress)

    def _add_fields(self) -> None:
        self.form.add(ParsedField("kpj", _("KPJ"), _read_kpj, str, required=True), 4)
        self.form.add(DateField("paid_on", _("First payment"), today=self._session.today, required=True), 4)

    def _problems(self) -> tuple[Problem, ...]:
        return _missing(self.form, {
            "kpj": N_("The KPJ is empty. Copy the eleven characters from the card."),
            "paid_on": N_("The day of the first payment is empty. Copy it from the proof of payment."),
        })  # fmt: skip


class RejectForm(StepForm):
    """Sent back by BPJS or Disdukcapil."""

    def __init__(self, session: Session, ids: Sequence[int], taken: str) -> None:
        self._ids = tuple(ids)
        title = _("Reject {count} enrolments").format(count=number(len(self._ids)))
        about = _("Their months no longer count and their places become free: F11 gives them to the waiting list.")
        super().__init__(session, title, about, _("Reject (Ctrl+S)"), taken)

    def act(self) -> Act:
        ids, reason, note = self._ids, self.form["reason"].value(), str(self.form["note"].value() or "")
        return lambda register, progress: register.enrolment_life.reject(ids, reason, note, progress)

    def _add_fields(self) -> None:
        reasons = [Choice(one, _(one.label), str(at)) for at, one in enumerate(Rejection, 1)]
        self.form.add(ChoiceField("reason", _("Reason"), reasons, required=True), 4)
        self.form.add(TextField("note", _("Notes")), 8)

    def _problems(self) -> tuple[Problem, ...]:
        problem = problem_of_rejection(self.form["reason"].value(), self.form["note"].text())
        return () if problem is None else (problem,)


class CancelForm(StepForm):
    """Taken back by the office itself."""

    def __init__(self, session: Session, ids: Sequence[int], taken: str) -> None:
        self._ids = tuple(ids)
        title = _("Cancel {count} enrolments").format(count=number(len(self._ids)))
        about = _("Their months no longer count; the records stay with the reason.")
        super().__init__(session, title, about, _("Cancel them (Ctrl+S)"), taken)

    def act(self) -> Act:
        ids, reason = self._ids, str(self.form["reason"].value() or "")
        return lambda register, progress: register.enrolment_life.cancel(ids, reason, progress)

    def _add_fields(self) -> None:
        self.form.add(TextField("reason", _("Reason"), required=True), 12)

    def _problems(self) -> tuple[Problem, ...]:
        message = N_("The reason is empty. Write why the months no longer count; it stays with the enrolment.")
        return _missing(self.form, {"reason": message})


class ReplaceForm(DecreeForm):
    """Rejected places go to the next of the waiting list who can take them."""

    required = False

    def __init__(self, session: Session, ids: Sequence[int], waiting: int, replaces: int | None, taken: str) -> None:
        """`waiting` are on the list; a new decree `replaces` the one that named the rejected."""
        self._ids, self.replaces = tuple(ids), replaces
        title = _("Give {count} rejected places to the waiting list").format(count=number(len(self._ids)))
        about = _(
            "{count} wait, first come first served. Who cannot take a place is passed over and keeps the own one in "
            "the list. The replacement decree may follow later."
        ).format(count=number(waiting))  # fmt: skip
        super().__init__(session, title, about, _("Replace (Ctrl+S)"), taken)

    def act(self) -> Act:
        ids, decree = self._ids, self.decree()
        return lambda register, progress: register.enrolment_life.replace(ids, decree.id_in(register), progress)


class WaitForm(StepForm):
    """Puts workers on the waiting list of a scheme."""

    def __init__(self, session: Session, workers: Sequence[int], scheme: int | None, taken: str) -> None:
        self._workers = tuple(workers)
        title = _("Put {count} workers on a waiting list").format(count=number(len(self._workers)))
        about = _("At its end; who waits already keeps the place. They come in when a place becomes free (F11).")
        super().__init__(session, title, about, _("Put on (Ctrl+S)"), taken)
        if scheme is not None:
            self.form["scheme"].set_value(scheme)

    @property
    def scheme(self) -> int | None:
        return self.form["scheme"].value()

    def act(self) -> Act:
        workers, scheme, notes = self._workers, self.scheme or 0, str(self.form["notes"].value() or "")
        return lambda register, progress: register.waiting.add(workers, scheme, notes)

    def _add_fields(self) -> None:
        schemes = choices_of_schemes(self._register)
        self.form.add(ChoiceField("scheme", _("Scheme"), schemes, required=True), 5)
        self.form.add(TextField("notes", _("Notes")), 7)

    def _problems(self) -> tuple[Problem, ...]:
        message = N_("The scheme is still empty. Type its code or the beginning of its name.")
        return _missing(self.form, {"scheme": message})


def _missing(form: FormGrid, messages: dict[str, str]) -> tuple[Problem, ...]:
    unread = {problem.field for problem in form.reading_problems()}
    return tuple(
        Problem(name, f"{name}_missing", message)
        for name, message in messages.items()
        if name not in unread and form[name].value() in (None, "")
    )


def _read_kpj(text: str, *, field: str) -> Parsed[str]:
    return parse_kpj(text, field=field)
