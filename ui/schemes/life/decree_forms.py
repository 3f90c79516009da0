"""The steps that rest on a decree: approving, and giving rejected places to the waiting list."""

from __future__ import annotations

from collections.abc import Sequence

from models.language import N_
from models.language import translate as _
from models.legal.legal_basis import LegalBasis, LegalKind, problems_of_legal_basis
from models.problems import Problem
from models.values.formats import number
from ui.fields.choice import ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import TextField
from ui.schemes.life.filter import decree_choices
from ui.schemes.life.step_form import Act, StepForm
from ui.session import Session

_NEW = ("number", "dated_on", "title")


class DecreeForm(StepForm):
    """Asks for a decree: one of the register, or a new one by number, day and title."""

    required = True
    replaces: int | None = None
    """Id of the decree that a new one replaces."""

    def decree(self) -> int | LegalBasis | None:
        """The id of the chosen one, or a new one to be entered in the same transaction; None: nothing is typed."""
        chosen: int | None = self.form["decree"].value()
        is_typed = any(self.form[name].text().strip() for name in _NEW)
        return chosen if chosen is not None else self._typed() if is_typed else None

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
        if isinstance(wanted, int):
            return ()
        if wanted is None:
            if not self.required:
                return ()
            if self.form["decree"].isHidden():
                message = N_("No decree is in the register yet. Enter its number, day and title here.")
                return (Problem("number", "decree_missing", message),)
            message = N_("Choose the decree, or leave this empty and enter a new one beside it.")
            return (Problem("decree", "decree_missing", message),)
        found = problems_of_legal_basis(wanted, self._session.today(), self._register.legal_bases.all())
        if self.form["dated_on"].value() is None:
            message = N_("The day is still empty. Type the one on the decree.")
            found = (Problem("dated_on", "dated_on_missing", message), *found)
        return found


class ApproveForm(DecreeForm):
    """Approved in a decree that names them."""

    step = "approve"

    def __init__(self, session: Session, ids: Sequence[int], taken: str) -> None:
        self._ids = tuple(ids)
        title = _("Approve {count} enrolments in a decree").format(count=number(len(self._ids)))
        about = _("The decree names them from now on; its annex is printed with Ctrl+P.")
        super().__init__(session, title, about, _("Approve (Ctrl+S)"), taken)
        self._take_their_decree()

    def _take_their_decree(self) -> None:
        """Who came in for somebody may stand in the replacement decree already."""
        found = self._register.enrolment_lists.decrees(self._ids)
        if len(found) == 1 and found[0] is not None:
            self.form["decree"].set_value(found[0])
            self._follow()

    def act(self) -> Act:
        ids, decree = self._ids, self.decree() or 0
        return lambda register, progress: register.enrolment_life.approve(ids, decree, progress)


class ReplaceForm(DecreeForm):
    """Rejected places go to the next of the waiting list who can take them."""

    step = "replace"
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
        return lambda register, progress: register.enrolment_life.replace(ids, decree, progress)
