"""The form of the entry page: which fields, in which order, and the records that their texts come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from models.language import N_
from models.language import translate as _
from models.offices.users import Right
from models.people.masking import PROTECTED
from models.people.worker import Worker
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.scheme import Scheme
from ui.fields.field import Field
from ui.people.plan_fields import PAYER, PlanFields
from ui.people.worker_fields import show_value, values_of
from ui.people.worker_form import WorkerForm

if TYPE_CHECKING:
    from models.register import Register

PINNED_AT_FIRST = ("source_list", "scheme", "fund", *PAYER, "first_month", "month_count", "nagari")
"""Carried to the next record until somebody says otherwise: one sheet mostly holds people of one list and nagari."""
FROM_NIK, FROM_FAMILY, FROM_RECORD, FROM_SCHEME = "nik", "family_card", "record", "scheme"
_SOURCES = {
    FROM_NIK: N_("NIK"),
    FROM_FAMILY: N_("KK"),
    FROM_RECORD: N_("the register"),
    FROM_SCHEME: N_("the scheme"),
}


def source_word(source: str) -> str:
    """How a field says where its text came from."""
    return _(_SOURCES[source])


class EntryForm(WorkerForm):
    """Turns texts into a `Worker` and an `EnrolmentPlan`, and shows records as texts."""

    def __init__(self, register: Register, today: Callable[[], date]) -> None:
        super().__init__(register, today, pinnable=True)
        self._pins: dict[str, str] = {}
        self._followed: int | None = None
        """The scheme whose usual months were filled in."""
        self.add_usual_sections()
        self.add_section(_("Enrolment"))
        self._plan = PlanFields(self, register, today, pinnable=True)
        self.add_other_section()
        self.show_others(False)
        self.follow_scheme()
        self.edited.connect(self._keep_pin)
        self.pins_changed.connect(self._pins_changed)

    # Records

    @property
    def scheme(self) -> Scheme | None:
        """None: the worker is only put on the list of those to be reached."""
        return self._plan.scheme

    def plan(self) -> EnrolmentPlan | None:
        """None without a scheme, or while its months cannot be read; `plan_problems` says so."""
        return self._plan.plan()

    def plan_problems(self) -> tuple[Problem, ...]:
        """The months that a scheme needs and that are still empty."""
        return self._plan.problems()

    def show_worker(
        self, worker: Worker, source: str = FROM_RECORD, *, but: Iterable[str] = (), masked: Iterable[str] = ()
    ) -> None:
        """Fills in a known worker, over pinned fields too, some of it `masked`; what the record does not know stays as
        it is."""
        values = values_of(worker)
        values |= {"name": worker.name, "title_before": worker.title_before, "title_after": worker.title_after}
        for name, value in values.items():
            if value not in (None, "") and name not in but:
                self.put(name, value, source, masked=name in masked)
        self.open_others_if_needed()

    def show_plan(self, enrolment: Enrolment) -> None:
        """Shows an enrolment as it was asked for."""
        asked = {
            "scheme": enrolment.scheme,
            "first_month": enrolment.period.first,
            "month_count": enrolment.period.month_count,
            "fund": enrolment.fund,
            **{name: getattr(enrolment, name) for name in PAYER},
        }
        self._plan.read_schemes_again(enrolment.scheme)
        for name, value in asked.items():
            self[name].set_value(value)
            if name == "scheme":
                self._plan.show_payer()  # with the funds of this scheme
        self._followed = None
        self.follow_scheme()

    def read_schemes_again(self) -> None:
        """A supervisor added, corrected or closed one."""
        self._plan.read_schemes_again(self["scheme"].value())

    # Filling

    def put(self, name: str, value: Any, source: str, *, masked: bool = False) -> None:
        """Shows a value that was not typed; Enter goes past it."""
        field = self[name]
        show_value(field, value, masked=masked, locked=self._register.may(Right.SHOW))
        field.filled_by = source_word(source) if field.text() else ""
        field.update()

    def filled_from(self, source: str) -> tuple[Field, ...]:
        """The fields whose text came from there and was not touched since."""
        word = source_word(source)
        return tuple(field for field in self.fields if field.filled_by == word)

    def take_back(self, source: str) -> None:
        """Empties what came from there; pinned fields get their own text again."""
        masked = [field for field in self.fields if field.is_concealed] if source == FROM_RECORD else []
        for field in dict.fromkeys((*self.filled_from(source), *masked)):
            field.set_text_as_typed(self._pins.get(field.name, "") if field.is_pinned else "")
        self.follow_scheme()

    def is_typed(self, *, but: Iterable[str] = ()) -> bool:
        """Whether a person typed something, in other fields than `but`."""
        return any(field.was_edited and field.text() and field.name not in but for field in self.fields)

    # The scheme and the fields that hang on it

    def follow_scheme(self) -> None:
        """Shows the payer fields that the scheme asks for and fills in its usual months and its segment.

        Another scheme brings its own months even where those of the one before are pinned.
        """
        self._plan.show_payer()
        scheme = self.scheme
        if scheme is None:
            return
        is_another = self._followed not in (None, scheme.id)
        self._followed = scheme.id
        for name, value in (("month_count", scheme.usual_months), ("segment", scheme.segment)):
            field = self[name]
            if not field.text() or (not field.was_edited and (field.filled_by or is_another)):
                self.put(name, value, FROM_SCHEME)
        self._plan.suggest_first_month()

    # Pins

    def pin(self, names: Iterable[str]) -> None:
        """Pins exactly these."""
        wanted = set(names)
        for field in self.fields:
            field.set_pinned(field.name in wanted)

    def keep_pins(self) -> None:
        """What stands in the pinned fields is what they carry on, unless it came with a record or a family."""
        passing = {source_word(FROM_RECORD), source_word(FROM_FAMILY)}
        for name in self._pins:
            if self[name].filled_by not in passing:
                self._pins[name] = self[name].text_as_typed()

    @property
    def pinned(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_pinned)

    def start_next(self) -> None:
        """Empty but for the pinned texts, as they were pinned: a record shown meanwhile does not change them."""
        self.clear(keep_pinned=False)
        self._split.clear()
        self.show_others(False)
        for name, text in self._pins.items():
            self[name].set_text_as_typed(text)
        self._followed = None
        self.follow_scheme()

    def _keep_pin(self, name: str) -> None:
        if self[name].is_pinned:
            self._pins[name] = self[name].text_as_typed()

    def _pins_changed(self) -> None:
        now = self.pinned
        self._pins = {name: self._pins.get(name, self[name].text_as_typed()) for name in now}


def texts_with_sources(form: EntryForm) -> dict[str, str]:
    """Everything in the form as text, with where it came from under ``filled:name``: a draft. What identifies a
    registered worker and was not typed is no part of it: it comes from the record again."""
    words = {source_word(source): source for source in _SOURCES}
    filled = {f"filled:{f.name}": words[f.filled_by] for f in form.fields if f.text() and f.filled_by in words}
    known = {name for name in PROTECTED if filled.get(f"filled:{name}") == FROM_RECORD}
    return {**{name: text for name, text in form.texts().items() if name not in known}, **filled}


def show_texts(form: EntryForm, texts: Mapping[str, str]) -> None:
    """Brings back what `texts_with_sources` kept."""
    form.show_others(False)
    form.set_texts(texts)
    for field in form.fields:
        source = texts.get(f"filled:{field.name}", "")
        if source in _SOURCES:
            field.was_edited, field.filled_by = False, source_word(source)
    form.follow_scheme()
    form.open_others_if_needed()
