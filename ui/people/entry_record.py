"""The record in the form: whose it is, which warnings were accepted, and what follows from its NIK and its KK."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from models.language import N_
from models.people.duplicates import same_person_warning
from models.people.lines import LookAlike, WorkerLine
from models.people.masking import PROTECTED
from models.people.worker import Worker
from models.problems import Problem, unexplained
from models.schemes.eligibility import note_on_age
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.pricing import Price
from models.values.months import Period
from ui.people.entry_form import (
    FROM_FAMILY,
    FROM_NIK,
    FROM_RECORD,
    PAYER,
    EntryForm,
    show_texts,
    texts_with_sources,
)

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.entries import Entry, EntryLine

PLAN = ("scheme", "first_month", "month_count", "fund", *PAYER)
_HOME = ("address", "jorong", "nagari")


class Origin(StrEnum):
    """Whose record is in the form."""

    NEW = "new"
    KNOWN = "known"
    """A registered worker, found by its NIK: another NIK means another person again."""
    SAVED = "saved"
    """Saved from this form a moment ago and still shown: changes correct it, its NIK too."""


class EntryRecord:
    """Keeps `EntryForm` and the register together; knows nothing of keys and messages."""

    def __init__(self, form: EntryForm, register: Register, today: Callable[[], date]) -> None:
        self.form, self._register, self._today = form, register, today
        self.begin()

    def begin(self) -> None:
        """Nobody's record yet; the form itself is left alone."""
        self.base, self.origin = Worker(), Origin.NEW
        self.reasons: dict[str, tuple[str, str]] = {}
        """Accepted warnings: code -> field and reason."""
        self.begun: dict[str, str] = {}
        """Reasons not given yet: code -> what was typed so far."""
        self.family: tuple[WorkerLine, ...] = ()
        self.same_nik: WorkerLine | None = None
        """Registered under the NIK just typed, but not shown, because something else was typed before."""
        self.look_alikes: tuple[LookAlike, ...] = ()
        """Who may be the same person, as far as that was found out."""
        self._saved_plan: EnrolmentPlan | None = None
        self._followed: dict[str, str] = {}
        """NIK and KK whose consequences are in the form already."""
        self.form.accept(())

    # What is to be saved

    def worker(self) -> Worker:
        """As typed, with the reasons given for what is still odd."""
        worker = self.form.worker(self.base)
        if not self.reasons:
            return worker
        odd = {problem.code for problem in self._found(worker, self.plan())}
        given = {code: reason for code, (_field, reason) in self.reasons.items() if code in odd}
        return replace(worker, reasons={**self.base.reasons, **given})

    def plan(self) -> EnrolmentPlan | None:
        """What is to be enrolled; None when that was saved already."""
        plan = self.form.plan()
        return None if plan == self._saved_plan else plan

    @property
    def is_saved(self) -> bool:
        """Nothing changed since it was saved."""
        return self.origin is Origin.SAVED and self._is_as_registered()

    @property
    def has_nothing_new(self) -> bool:
        """A known worker with nothing corrected and no scheme chosen."""
        return self.origin is Origin.KNOWN and self._is_as_registered()

    def problems(self) -> tuple[Problem, ...]:
        """What keeps it from being saved: errors, and warnings without a reason."""
        found = self._found(self.form.worker(self.base), self.plan())
        reasons = {code: reason for code, (_field, reason) in self.reasons.items()}
        return unexplained(map(_in_our_words, found), {**self.base.reasons, **reasons})

    def price(self) -> tuple[Price, Period] | None:
        """What the enrolment in the form costs, where that can be said."""
        plan, scheme = self.form.plan(), self.form.scheme
        if plan is None or scheme is None:
            return None
        period = Period.starting(plan.first, plan.month_count)
        price = self._register.rates.price(scheme, period, self.form["income"].value())
        return None if isinstance(price, Problem) else (price, period)

    def note_on_age(self) -> str:
        """Whether the worker reaches the age limit inside the months in the form."""
        plan, scheme, born_on = self.form.plan(), self.form.scheme, self.form["born_on"].value()
        if plan is None or scheme is None:
            return ""
        return note_on_age(
            born_on, scheme, Period.starting(plan.first, plan.month_count), self._register.office.max_age
        )

    def accept(self, problem: Problem, reason: str) -> None:
        """A warning may stand, for this reason."""
        self.reasons[problem.code] = (problem.field, reason)
        self.begun.pop(problem.code, None)
        self.form.accept((*self.base.reasons, *self.reasons))

    # What is masked

    def show_masked(self) -> bool:
        """Records that it is shown, then shows in full what the form holds masked of a registered worker; False where
        nothing is. Raises Rejected or StorageFailure, with nothing shown."""
        names = self.form.concealed
        if not names or self.base.id is None:
            return False
        self._register.disclosures.show(self.base.id, names)
        self.form.show_in_full()
        return True

    # What follows from what

    def follow_edit(self, name: str) -> None:
        """A key was typed in a field: what was said about its old text no longer holds."""
        for code in [code for code, (field, _reason) in self.reasons.items() if field == name]:
            del self.reasons[code]
            self.form.accept((*self.base.reasons, *self.reasons))
        self._followed.pop(name, None)
        if name == "nik":
            self.same_nik = None
            if self.origin is Origin.KNOWN and self.form["nik"].text_as_typed() != self.base.nik:
                self._let_go()

    def follow_nik(self) -> None:
        """Shows the worker who has this NIK, or fills birth date and sex from it."""
        nik = self.form["nik"].value()
        digits = "" if nik is None else str(nik)
        if self.origin is not Origin.NEW or self._followed.get("nik") == digits:
            return
        self._followed["nik"] = digits
        self.form.take_back(FROM_NIK)
        known = self._register.workers.find_nik(digits) if digits else None
        if known is not None and not self.form.is_typed(but=("nik", *PLAN, *self.form.pinned)):
            self.show_known(known.id)
            return
        self.same_nik = known
        if nik is not None:
            for name, value in (("born_on", nik.born_on), ("sex", nik.sex)):
                if self.form.is_free(name) and not self.form[name].is_pinned:
                    self.form.put(name, value, FROM_NIK)

    def follow_family(self) -> None:
        """Knows the family of the KK and fills in where it lives, unless that was typed."""
        if self._followed.get("family_card") == self.form["family_card"].text_as_typed():
            return
        self._find_family()
        self.form.take_back(FROM_FAMILY)
        members = (self._register.workers.get(line.id) for line in self.family)
        member = next((one for one in members if one.address and one.nagari), None)
        nagari = self.form["nagari"]
        is_elsewhere = member is not None and not self.form.is_free("nagari") and nagari.value() != member.nagari
        if member is None or is_elsewhere:
            return
        for name in _HOME:
            field = self.form[name]
            only_pinned = self.origin is Origin.NEW and field.is_pinned and self.form.is_free(name)
            if not field.text() or only_pinned:
                self.form.put(name, getattr(member, name), FROM_FAMILY)

    def show_known(self, id: int) -> None:
        """Goes on with a registered worker: the form becomes its correction and a new enrolment."""
        for source in (FROM_NIK, FROM_FAMILY):
            self.form.take_back(source)
        self.base, self.origin = self._register.workers.get(id), Origin.KNOWN
        self.same_nik, self._saved_plan, self.reasons, self._followed = None, None, {}, {}
        is_typed = self.form["nik"].text_as_typed() == self.base.nik
        self.form.show_worker(self.base, but=("nik",) if is_typed else (), masked=PROTECTED)
        self.form.accept(self.base.reasons)
        self.form.follow_scheme()
        self.follow_family()

    def know_saved(self, entry: Entry, plan: EnrolmentPlan | None) -> None:
        """It was saved and stays in the form."""
        self.base, self.origin, self.reasons = entry.worker, Origin.SAVED, {}
        self._saved_plan = plan if plan is not None else self._saved_plan
        self.same_nik = None
        self.form.accept(self.base.reasons)

    def show_again(self, line: EntryLine) -> Callable[[], None]:
        """Remembers what a save wrote; call the answer once it was taken back, to have it in the form again."""
        rows = self._register.audit.of_save(line.save)
        worker = self._register.workers.get(line.worker)
        is_new = any(row.kind == "worker" and row.action == "add" for row in rows)
        made = [self._register.enrolments.get(row.record) for row in rows if row.kind == "enrolment"]

        def show() -> None:
            self.begin()
            self.form.start_next()
            if not is_new:
                self.base, self.origin = self._register.workers.get(line.worker), Origin.KNOWN
            as_before = {name for name in PROTECTED if getattr(worker, name) == getattr(self.base, name)}
            self.form.show_worker(worker, masked=() if is_new else as_before)
            if made:
                self.form.show_plan(made[0])
            else:
                self.form["scheme"].set_value(None)
            for field in self.form.fields:
                if not field.is_concealed:
                    field.was_edited, field.filled_by = bool(field.text()), ""
            self.reasons = {code: ("", reason) for code, reason in worker.reasons.items()}
            self.form.accept((*self.base.reasons, *self.reasons))
            self.follow_family()

        return show

    # Drafts

    def texts(self) -> dict[str, str]:
        """Everything that `show_draft` needs to bring it back."""
        kept = texts_with_sources(self.form)
        if self.base.id is not None:
            kept |= {
                "worker:id": str(self.base.id),
                "worker:revision": str(self.base.revision),
                "worker:origin": str(self.origin),
            }
        kept |= {f"reason:{field}:{code}": reason for code, (field, reason) in self.reasons.items()}
        return kept | {f"begun:{code}": text for code, text in self.begun.items() if text}

    def show_draft(self, texts: Mapping[str, str]) -> None:
        """The form as it was when the draft was written."""
        self.begin()
        show_texts(self.form, texts)
        if "worker:id" in texts:
            try:
                worker = self._register.workers.get(int(texts["worker:id"]))
            except LookupError:
                worker = Worker()
            else:
                self.origin = Origin(texts.get("worker:origin", Origin.KNOWN))
            self.base = replace(worker, revision=int(texts.get("worker:revision", worker.revision)))
            for name in PROTECTED:
                if texts.get(f"filled:{name}") == FROM_RECORD:
                    self.form.put(name, getattr(worker, name), FROM_RECORD, masked=True)
        for key, reason in texts.items():
            kind, _colon, rest = key.partition(":")
            if kind == "reason":
                field, _colon, code = rest.partition(":")
                self.reasons[code] = (field, reason)
            elif kind == "begun":
                self.begun[rest] = reason
        self.form.accept((*self.base.reasons, *self.reasons))
        self.follow_nik()
        self._find_family()

    # Details

    def _find_family(self) -> None:
        self._followed["family_card"] = self.form["family_card"].text_as_typed()
        card = self.form["family_card"].value()
        lines = () if card is None else self._register.workers.family(str(card))
        self.family = tuple(line for line in lines if line.id != self.base.id)

    def _is_as_registered(self) -> bool:
        return self.plan() is None and self.worker() == self.base and not self.form.reading_problems()

    def _let_go(self) -> None:
        """Another NIK is being typed: what came with the record goes, what was typed stays."""
        self.base, self.origin, self.reasons = Worker(), Origin.NEW, {}
        self.family = ()
        self.form.take_back(FROM_RECORD)
        self.form.accept(())

    def _found(self, worker: Worker, plan: EnrolmentPlan | None) -> list[Problem]:
        found = [*self._register.workers.problems_of(worker, plan), *self.form.plan_problems()]
        if plan is not None:
            found += self._register.enrolments.planned(worker, plan, self._today())[1]
        twin = same_person_warning(worker, self.look_alikes) if self.origin is not Origin.KNOWN else None
        if twin is not None:
            found.append(twin)
        return [*found, *(problem for problem in self.form.reading_problems() if problem.is_error)]


def _in_our_words(problem: Problem) -> Problem:
    """The one problem that this page has a way out of."""
    if problem.code != "nik_registered":
        return problem
    message = N_(
        "This NIK is already registered in the name of {name} ({nagari}). Press F6 to compare and to go on with "
        "that record; what you typed stays as a draft."
    )
    return replace(problem, message=message)
