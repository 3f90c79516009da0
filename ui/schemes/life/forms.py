"""The forms of the steps that need something typed: the card, the reason, the waiting list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.language import N_
from models.language import translate as _
from models.people.kpj import parse_kpj
from models.problems import Problem
from models.schemes.life import Rejection, problem_of_rejection
from models.values.formats import number
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import ParsedField, TextField
from ui.schemes.choices import choices_of_schemes
from ui.schemes.life.step_form import Act, StepForm, missing
from ui.session import Session


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
        return missing(self.form, {
            "kpj": N_("The KPJ is empty. Copy the eleven characters from the card."),
            "paid_on": N_("The day of the first payment is empty. Copy it from the proof of payment."),
        })  # fmt: skip


class RejectForm(StepForm):
    """Sent back by BPJS or Disdukcapil."""

    step = "reject"

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

    step = "cancel"

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
        return missing(self.form, {"reason": message})


class WaitForm(StepForm):
    """Puts workers on the waiting list of a scheme."""

    step = "wait"

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
        return missing(self.form, {"scheme": message})


def _read_kpj(text: str, *, field: str) -> Parsed[str]:
    return parse_kpj(text, field=field)
