"""Correcting a registered worker: what differs from the register, its problems, its draft, saving, two at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from models.language import N_
from models.language import translate as _
from models.offices.users import Right
from models.people.masking import PROTECTED
from models.people.worker import Worker
from models.problems import Level, Problem, Rejected, StorageFailure, unexplained
from models.storage.drafts import Draft
from ui.people.draft_keeper import DraftKeeper
from ui.people.history_words import HistoryKind, history_of, said_by
from ui.people.request_words import fields_in_words
from ui.people.worker_fields import label_of, show_value, values_of
from ui.people.worker_form import WorkerForm
from ui.session import Session

PROPOSAL = "proposal"
"""Begins the code of the `Problem` by which a proposal asks for its reason."""
_REASON = "reason:"


class Correction(QObject):
    """One record in a form; it speaks through the form's message line."""

    saved = Signal()
    """The register holds what stands in the form."""
    reason_wanted = Signal(object)
    """What is to be proposed needs a reason; the `Problem` says so."""
    changed = Signal()
    """Something was typed, or the form shows another record."""

    def __init__(self, session: Session, form: WorkerForm, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self._register = session.opened_register
        self.base = Worker()
        """As registered."""
        self.reasons: dict[str, tuple[str, str]] = {}
        """Warnings accepted just now: code -> field and reason."""
        self.draft_focus = ""
        """Where the draft that `show` brought back was left."""
        self.is_shown = False
        """Whether protected values stand there in full: asked for, and recorded, once a visit."""
        self._texts: dict[str, str] = {}
        self._values: dict[str, object] = {}
        self.keeper = DraftKeeper(session, self._read_draft, self)
        self.keeper.failed.connect(lambda text: form.say(text, "error"))
        form.edited.connect(self._edited)
        form.left.connect(self._left)
        form.completed.connect(lambda _name: self.judge())

    # The record in the form

    def show(self, id: int) -> None:
        """Shows a worker as registered, then what was typed and not saved the last time; LookupError without one.

        Protected values are masked, unless they were shown during this visit.
        """
        base = self._register.workers.get(id)
        self.is_shown = self.is_shown and base.id == self.base.id
        self.base = base
        self.keeper.forget()
        self.keeper.form, self.draft_focus = f"worker:{id}", ""
        self._fill()
        drafts = self._register.drafts.all(self.keeper.form)
        if drafts:
            self._take_up(drafts[0])
        self.changed.emit()

    def show_masked(self) -> bool:
        """Records that it is shown, then shows what is masked; False where nothing is. Raises Rejected or
        StorageFailure, with nothing shown."""
        names = self._form.concealed
        if not names or self.base.id is None:
            return False
        self._register.disclosures.show(self.base.id, names)
        self.is_shown = True
        self._form.show_in_full()
        self._texts |= {name: self._form[name].text_as_typed() for name in names}
        return True

    def mask_again(self) -> None:
        """What was shown is masked; what was typed stays as it is."""
        if self.is_shown:
            unchanged = [name for name in PROTECTED if name in self._form and not self._differs(name)]
            self.is_shown = False
            for name in unchanged:
                self._show(name, getattr(self.base, name))
                self._texts[name] = self._form[name].text_as_typed()

    def changed_fields(self) -> tuple[str, ...]:
        """Names of the fields that differ from the register, in the order of the form."""
        return tuple(field.name for field in self._form.fields if self._differs(field.name))

    @property
    def is_changed(self) -> bool:
        return bool(self.changed_fields() or self.reasons)

    def worker(self) -> Worker:
        """As it is to be saved: what was not touched stays exactly as registered."""
        changed = self.changed_fields()
        typed = self._form.worker(self.base)
        given = {code: reason for code, (_field, reason) in self.reasons.items()}
        reasons = {**self.base.reasons, **given}
        return replace(self.base, reasons=reasons, **{name: getattr(typed, name) for name in changed})

    def judge(self, *, everywhere: bool = False) -> tuple[Problem, ...]:
        """Shows and gives the problems that keep it from being saved."""
        worker = self.worker()
        problems = unexplained(self._register.workers.problems_of(worker), worker.reasons)
        self._form.accept(worker.reasons)
        self._form.show_problems(problems, everywhere=everywhere)
        return problems

    def accept(self, problem: Problem, reason: str) -> None:
        """A warning may stand, for this reason."""
        self.reasons[problem.code] = (problem.field, reason)
        self.judge()
        self._touched()

    # Saving and leaving

    def save(self) -> bool:
        """True when the register holds what stands in the form; otherwise the form says why not."""
        focused = self._form.focused
        self._form.tidy()
        if focused is not None:
            self._tidy(focused.name)
        if not self.is_changed:
            self._form.say(_("Nothing was corrected: everything stands as registered."))
            return True
        if self.judge(everywhere=True) or self._form.reading_problems():
            if not self._form.go_to_first_problem():
                self._form.go_to_next_problem()
            return False
        if self.proposes:
            self.reason_wanted.emit(self._reason_problem())
            return False
        return self._write()

    @property
    def proposes(self) -> bool:
        """Whether saving proposes the correction to somebody who may decide, instead of making it."""
        return not self._register.may(Right.CORRECT) and self._register.may(Right.ENTER)

    def propose(self, reason: str) -> bool:
        """Proposes what stands in the form; True when it waits for a decision now."""
        try:
            request = self._register.requests.propose(self.worker(), reason)
        except Rejected as rejected:
            self._refused(rejected)
            return False
        except StorageFailure as failure:
            self._not_written(failure)
            return False
        self._fill()
        self.keeper.write()
        said = _("Proposed: {fields}. Nothing is changed until a supervisor has decided.")
        said = said.format(fields=fields_in_words(request.fields))
        self._form.say(said, "good")
        self._session.message(said)
        self.saved.emit()
        self._session.tell("workers")
        self.changed.emit()
        return True

    def leave(self) -> bool:
        """Keeps what was typed as a draft and masks what was shown; False when the disk refused."""
        self.mask_again()
        return self.keeper.write()

    def revert(self) -> None:
        """Shows everything as registered again; what was typed is thrown away."""
        self._fill()
        self.keeper.write()
        self.changed.emit()
        self._form.say(_("Everything stands as registered again."))

    def _write(self) -> bool:
        names = ", ".join(label_of(name) for name in self.changed_fields() if not name.startswith("title_"))
        try:
            worker = self._register.workers.correct(self.worker())
        except Rejected as rejected:
            self._refused(rejected)
            return False
        except StorageFailure as failure:
            self._not_written(failure)
            return False
        self.base = worker
        self._fill()
        self.keeper.write()
        said = _("Corrected: {fields}.").format(fields=names) if names else _("Corrected.")
        self._form.say(said, "good")
        self._session.message(said)
        self.saved.emit()
        self._session.tell("workers")
        self.changed.emit()
        return True

    def _refused(self, rejected: Rejected) -> None:
        if any(problem.code == "corrected_meanwhile" for problem in rejected.problems):
            self._go_on_with_newer()
        elif all(problem.field in self._form for problem in rejected.problems):
            self._form.show_problems(rejected.problems, everywhere=True)
            self._form.go_to_first_problem()
        else:
            self._form.say(rejected.text, "error")

    def _not_written(self, failure: StorageFailure) -> None:
        again = _("{failure} What you typed is still here; Ctrl+S tries again.")
        self._form.say(again.format(failure=failure.text), "error")

    def _reason_problem(self) -> Problem:
        """A new code for each proposal, so that no earlier reason stands ready for it."""
        assert self.base.id is not None
        code = f"{PROPOSAL}:{self.base.id}:{len(self._register.requests.of_worker(self.base.id))}"
        message = N_("Say why this ought to be corrected, then Enter: a supervisor decides on it.")
        return Problem("reason", code, message, level=Level.WARNING)

    def _go_on_with_newer(self) -> None:
        """Somebody else was quicker: their record is shown, with the own corrections still on top of it."""
        id = self.base.id
        assert id is not None
        own = self._draft_texts()
        self.base = self._register.workers.get(id)
        self._fill()
        self._apply(own)
        self.changed.emit()
        latest = next(
            (one for one in history_of(self._register, id) if one.changes and one.kind is HistoryKind.RECORD), None
        )
        said = "" if latest is None else said_by(latest)
        message = _("Somebody else corrected this record meanwhile ({what}). Your correction still stands here: "
                    "look at both, then save again.")  # fmt: skip
        self._form.say(message.format(what=said), "warning")

    # Drafts

    def _read_draft(self) -> tuple[dict[str, str], str] | None:
        if not self.is_changed:
            return None
        focused = self._form.focused
        return self._draft_texts(), focused.name if focused is not None else ""

    def _draft_texts(self) -> dict[str, str]:
        texts = {name: self._form[name].text_as_typed() for name in self.changed_fields()}
        given = {f"{_REASON}{field}:{code}": reason for code, (field, reason) in self.reasons.items()}
        return {**texts, **given}

    def _apply(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            if name.startswith(_REASON):
                field, _colon, code = name.removeprefix(_REASON).partition(":")
                self.reasons[code] = (field, text)
            elif name in self._form:
                self._form[name].set_text_as_typed(text)
                self._form[name].was_edited = True
        self._form.open_others_if_needed()
        self.judge()

    def _take_up(self, draft: Draft) -> None:
        self._apply(dict(draft.fields))
        self.keeper.take_up(draft)
        if draft.saved_at is not None:
            said = _("Your unsaved correction of {time} is back. Ctrl+S saves it, Ctrl+U throws it away.")
            self._form.say(said.format(time=f"{draft.saved_at:%d/%m/%Y %H:%M}"))
        self.draft_focus = draft.focus if draft.focus in self._form else ""

    # Details

    def _fill(self) -> None:
        """Every field as registered, untouched."""
        self.reasons = {}
        self._form.clear(keep_pinned=False)
        values = values_of(self.base)
        titles = {name: getattr(self.base, name) for name in ("title_before", "title_after")}
        for name, value in {**values, "name": self.base.name, **titles}.items():
            if name in self._form:
                self._show(name, value)
        self._texts = {field.name: field.text_as_typed() for field in self._form.fields}
        self._values = {field.name: field.value() for field in self._form.fields}
        self._form.accept(self.base.reasons)

    def _show(self, name: str, value: object) -> None:
        masked = name in PROTECTED and not self.is_shown
        show_value(self._form[name], value, masked=masked, locked=self._must_be_shown())

    def _must_be_shown(self) -> bool:
        """Who may see a protected value corrects what she sees; who may not types the whole new one."""
        return self._register.is_read_only or self._register.may(Right.SHOW)

    def _differs(self, name: str) -> bool:
        """Another value, or a text that cannot be read; the same value written otherwise is no difference."""
        field = self._form[name]
        text = field.text_as_typed()
        if field.is_concealed or text == self._texts.get(name, ""):
            return False
        return field.value() != self._values.get(name) or field.reading_problem() is not None

    def _edited(self, name: str) -> None:
        for code in [code for code, (field, _reason) in self.reasons.items() if field == name]:
            del self.reasons[code]
        self._touched()

    def _left(self, name: str) -> None:
        self._tidy(name)
        self.judge()
        self._touched()

    def _tidy(self, name: str) -> None:
        if name == "name":
            self._form.split_titles()
        if name in self._form:
            self._form.give_capitals(name)

    def _touched(self) -> None:
        self.keeper.touch()
        self.changed.emit()
