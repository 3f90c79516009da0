"""Taking one's own saves back and making them again, from any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.language import N_, translate_count
from models.language import translate as _
from models.problems import Rejected, StorageFailure
from models.values.formats import date_short, number
from ui.people.worker_fields import LABELS, label_of
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.audit_trail import AuditEntry
    from models.storage.undo import Step

_SUBJECTS = {
    "worker": "workers", "enrolment": "workers", "settings": "settings", "fund": "funds", "receipt": "funds",
    "payment": "funds", "waiting": "funds", "legal_basis": "funds", "not_same": "workers", "worker_merge": "workers",
    "correction_request": "workers", "verification": "workers", "list_import": "workers",
}  # fmt: skip
_QUICK = 2_000
"""Rows of a list that are taken back while one waits; more of them in the background."""
_FEW = 300
"""Records of any other save that are taken back while one waits; they go one by one."""


class TakingBack:
    """Ctrl+Z and Ctrl+Y where no text is being typed; a save of another day is named first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: tuple[str, int] | None = None
        self._is_running = False
        self._told = 0
        """The newest save of which it was said that no key takes it back."""

    def undo(self) -> None:
        """Takes the person's newest save back."""
        self._go("undo")

    def redo(self) -> None:
        """Makes again what was taken back last."""
        self._go("redo")

    def _go(self, way: str) -> None:
        register = self._session.register
        if register is None or register.person is None:
            return
        if self._is_running or self._session.background.is_waited_for:
            said = _(
                "Something is still running. Wait until it is done, or stop it with Esc, then press the key again."
            )
            self._session.message(said)
            return
        is_undo = way == "undo"
        try:
            step = register.undo.next_undo() if is_undo else register.undo.next_redo()
            if is_undo and (lasting := self._lasting_since(step, register)) is not None:
                self._told = lasting.save
                before = "" if step is None else _(_BEFORE).format(what=words_of(step, register))
                self._session.message(f"{_(_LASTING[lasting.action])} {before}".strip())
                return
            if step is None:
                said = _("There is nothing to take back.") if is_undo else _("There is nothing to make again.")
                self._session.message(said)
                return
            words = words_of(step, register)
            if step.at.date() != self._session.today() and self._asked != (way, step.save):
                self._asked = (way, step.save)
                self._session.message(_(_QUESTIONS[way]).format(day=date_short(step.at.date()), what=words))
                return
            self._asked = None
            if (_rows_of(step) if step.is_import else len(step.entries)) > (_QUICK if step.is_import else _FEW):
                self._go_on_behind(step, way, words, register)
                return
            register.undo.undo() if is_undo else register.undo.redo()
        except (StorageFailure, Rejected) as refused:
            self._session.message(refused.text)
            return
        self._tell(step, way, words)

    def _go_on_behind(self, step: Step, way: str, words: str, register: Register) -> None:
        """A long list needs some seconds."""

        def work() -> None:
            with register.twin() as twin:
                if way == "undo":
                    twin.undo.undo(twin.undo.step_of(step.save))
                else:
                    twin.undo.redo()

        self._session.message(_(_RUNNING[way]).format(what=words))
        self._is_running = True
        self._session.background.run(
            self._session, work, done=lambda _done: self._ended(lambda: self._tell(step, way, words)),
            failed=lambda refused: self._ended(lambda: self._session.message(refused.text)),
        )  # fmt: skip

    def _ended(self, tell: Callable[[], None]) -> None:
        self._is_running = False
        tell()

    def _tell(self, step: Step, way: str, words: str) -> None:
        self._session.message(_(_DONE[way]).format(what=words))
        for subject in sorted({_SUBJECTS.get(entry.kind, "coverage") for entry in step.entries}):
            self._session.tell(subject)
        self._session.tell("taken_back")

    def _lasting_since(self, step: Step | None, register: Register) -> AuditEntry | None:
        """The person's newest save of schemes or rates, where it is newer than what the key would take back and was
        not told of yet."""
        own = (one for one in reversed(register.audit.of("reference", 0)) if one.user == register.user)
        found = next((one for one in own if one.action in _LASTING), None)
        if found is None or found.save <= max(self._told, 0 if step is None else step.save):
            return None
        return found


_LASTING = {
    "save_scheme": N_("A scheme is not taken back: correct it (Ctrl+E) or close it (Ctrl+T) under Schemes & Funds."),
    "add_rates": N_("A rate is not taken back by this key: go to it under Rates and press Delete."),
    "withdraw_rates": N_("A rate that was taken back does not return by this key: enter it again under Rates."),
    "add_relief": N_("A relief is not taken back by this key: go to it under Rates and press Delete."),
    "withdraw_relief": N_("A relief that was taken back does not return by this key: enter it again under Rates."),
}
"""What schemes, rates and reliefs are mended by, by the action of their audit row."""
_BEFORE = N_("Press the same key once more to take back what was saved before it: {what}.")
_MONEY = {
    "fund": N_("change of a fund"),
    "receipt": N_("money received for a fund"),
    "payment": N_("payment from a fund"),
    "waiting": N_("change of a waiting list"),
    "legal_basis": N_("change of a legal basis"),
    "not_same": N_("decision on two who look alike"),
}
_MANY = {
    "approve": N_("approval of {count} enrolments"),
    "submit": N_("submission of {count} enrolments"),
    "confirm": N_("activation of {count} enrolments"),
    "end": N_("end of {count} enrolments"),
    "reject": N_("rejection of {count} enrolments"),
    "cancel": N_("cancellation of {count} enrolments"),
}
"""By the action of the audit rows."""
_QUESTIONS = {
    "undo": N_("Your last save is of {day}: {what}. Press the same key once more to take it back."),
    "redo": N_("What you took back is of {day}: {what}. Press the same key once more to make it again."),
}
_RUNNING = {
    "undo": N_("Taking back: {what}. That takes a moment; you will be told when it is done."),
    "redo": N_("Making again: {what}. That takes a moment; you will be told when it is done."),
}
_DONE = {
    "undo": N_("Taken back: {what}. Ctrl+Alt+Y makes it again."),
    "redo": N_("Made again: {what}. Ctrl+Alt+Z takes it back."),
}


def words_of(step: Step, register: Register) -> str:
    """What a save did, for a sentence: ``correction of Siti Aminah (No. HP)``."""
    kinds = {entry.kind for entry in step.entries}
    if step.is_import:
        file = next((str(new) for name, _old, new in step.entries[0].changes if name == "file"), "")
        return _("list {file} ({count} rows)").format(file=file, count=number(_rows_of(step)))
    if "worker_merge" in kinds:
        merge = register.pairs.get(next(entry.record for entry in step.entries if entry.kind == "worker_merge"))
        return _("merging of two records of {name}").format(name=register.workers.get(merge.kept).name)
    if "settings" in kinds:
        return _("change of the settings")
    if not kinds & {"worker", "enrolment"}:
        return next((_(words) for kind, words in _MONEY.items() if kind in kinds), _("figure of the coverage page"))
    workers = [entry for entry in step.entries if entry.kind == "worker"]
    enrolments = [entry for entry in step.entries if entry.kind == "enrolment"]
    if workers:
        name = register.workers.get(workers[0].record).name
        if workers[0].action == "add":
            return _("registration of {name}").format(name=name)
        fields = ", ".join(label_of(field) for field, _old, _new in workers[0].changes if field in LABELS)
        return _("correction of {name} ({fields})").format(name=name, fields=fields)
    actions = {entry.action for entry in enrolments}
    if len(enrolments) > 1 and len(actions) == 1 and (step_of_many := _MANY.get(next(iter(actions)))) is not None:
        return _(step_of_many).format(count=number(len(enrolments)))
    if len(enrolments) > 1:
        return translate_count("{count} enrolment", "{count} enrolments", len(enrolments)).format(
            count=number(len(enrolments))
        )
    enrolment = register.enrolments.get(enrolments[0].record)
    assert enrolment.worker is not None
    name = register.workers.get(enrolment.worker).name
    sentence = {
        "confirm": N_("confirmation of the enrolment of {name}"),
        "cancel": N_("cancellation of the enrolment of {name}"),
        "approve": N_("approval of the enrolment of {name}"),
        "submit": N_("submission of the enrolment of {name}"),
        "end": N_("end of the enrolment of {name}"),
        "reject": N_("rejection of the enrolment of {name}"),
    }.get(enrolments[0].action, N_("enrolment of {name}"))
    return _(sentence).format(name=name)


def _rows_of(step: Step) -> int:
    """Of a list that was taken in."""
    return next((int(str(new)) for name, _old, new in step.entries[0].changes if name == "rows"), 0)
