"""The form of the entry page: which fields, in which order, and the records that their texts come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.language import N_
from models.language import translate as _
from models.people.names import proper_case, read_name, tidy
from models.people.nip import group_nip, parse_nip
from models.people.worker import Worker
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.rules import MOST_MONTHS
from models.schemes.scheme import PayerKind, Scheme
from models.values.months import Month
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import MonthField
from ui.fields.field import Field, ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField
from ui.people.worker_fields import make_field, values_of, worker_from

if TYPE_CHECKING:
    from models.register import Register

OTHERS = (
    "segment", "kpj", "postcode", "email", "heir_name", "heir_relation", "heir_nik", "notes",
)  # fmt: skip
"""Seldom needed; shown on demand, or when one of them holds something."""
PAYER = ("payer_name", "payer_number", "payer_office")
"""Shown where the scheme asks for them."""
PINNED_AT_FIRST = ("source_list", "scheme", *PAYER, "first_month", "month_count", "nagari")
"""Carried to the next record until somebody says otherwise: one sheet mostly holds people of one list and nagari."""
NAMES = ("name", "mother_name", "heir_name", "birth_place")
"""Typed all small, they get their capitals when left."""
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


class EntryForm(FormGrid):
    """Turns texts into a `Worker` and an `EnrolmentPlan`, and shows records as texts."""

    def __init__(self, register: Register, today: Callable[[], date]) -> None:
        super().__init__()
        self._register, self._today = register, today
        self._pins: dict[str, str] = {}
        self._split: set[str] = set()
        self._build()
        self.show_others(False)
        self.follow_scheme()
        self.edited.connect(self._keep_pin)
        self.pins_changed.connect(self._pins_changed)

    # Records

    def worker(self, base: Worker) -> Worker:
        """The worker as typed; what the form does not show stays as in `base`."""
        values = self.values()
        before, after, _name = (values.pop(name) for name in ("title_before", "title_after", "name"))
        worker = worker_from(values, base)
        return replace(worker, name=tidy(self["name"].text()), title_before=before or "", title_after=after or "")

    @property
    def scheme(self) -> Scheme | None:
        """None: the worker is only put on the list of those to be reached."""
        chosen = self["scheme"].value()
        return None if chosen is None else self._register.schemes.get(chosen)

    def plan(self) -> EnrolmentPlan | None:
        """None without a scheme, or while its months cannot be read; `plan_problems` says so."""
        scheme, first, count = self.scheme, self["first_month"].value(), self["month_count"].value()
        if scheme is None or scheme.id is None or first is None or count is None:
            return None
        payer = {name: str(self[name].value() or "") for name in PAYER if name in scheme.asks}
        return EnrolmentPlan(scheme=scheme.id, first=first, month_count=count, **payer)

    def plan_problems(self) -> tuple[Problem, ...]:
        """The months that a scheme needs and that are still empty."""
        if self.scheme is None:
            return ()
        empty = {
            "first_month": N_("The first month is still empty. Type it for instance as 8/2026."),
            "month_count": N_("The number of months is still empty. Type how many months are paid."),
        }
        return tuple(
            Problem(name, f"{name}_missing", message) for name, message in empty.items() if not self[name].text()
        )

    def show_worker(self, worker: Worker, source: str = FROM_RECORD, *, but: Iterable[str] = ()) -> None:
        """Fills in a known worker, over pinned fields too; what the record does not know stays as it is."""
        values = values_of(worker)
        values |= {"name": worker.name, "title_before": worker.title_before, "title_after": worker.title_after}
        for name, value in values.items():
            if value not in (None, "") and name not in but:
                self.put(name, value, source)
        self.open_others_if_needed()

    def show_plan(self, enrolment: Enrolment) -> None:
        """Shows an enrolment as it was asked for."""
        asked = {
            "scheme": enrolment.scheme,
            "first_month": enrolment.period.first,
            "month_count": enrolment.period.month_count,
            **{name: getattr(enrolment, name) for name in PAYER},
        }
        for name, value in asked.items():
            self[name].set_value(value)
        self.follow_scheme()

    # Filling

    def put(self, name: str, value: Any, source: str) -> None:
        """Shows a value that was not typed; Enter goes past it."""
        field = self[name]
        field.set_value(value)
        field.filled_by = source_word(source) if field.text() else ""
        field.update()

    def is_free(self, name: str) -> bool:
        """Nobody typed here: empty, pinned, or filled from elsewhere."""
        field = self[name]
        return not field.text() or not field.was_edited

    def filled_from(self, source: str) -> tuple[Field, ...]:
        """The fields whose text came from there and was not touched since."""
        word = source_word(source)
        return tuple(field for field in self.fields if field.filled_by == word)

    def take_back(self, source: str) -> None:
        """Empties what came from there; pinned fields get their own text again."""
        for field in self.filled_from(source):
            field.set_text_as_typed(self._pins.get(field.name, "") if field.is_pinned else "")
        self.follow_scheme()

    def is_typed(self, *, but: Iterable[str] = ()) -> bool:
        """Whether a person typed something, in other fields than `but`."""
        return any(field.was_edited and field.text() and field.name not in but for field in self.fields)

    def split_titles(self) -> None:
        """Moves titles out of the name into their fields; put back into the name by hand, they stay there."""
        field = self["name"]
        typed = tidy(field.text())
        name = read_name(typed)
        if typed in self._split or not (name.title_before or name.title_after):
            return
        wanted = {"title_before": name.title_before, "title_after": name.title_after}
        if any(title and not self.is_free(place) for place, title in wanted.items()):
            return
        self._split.add(typed)
        field.setText(name.name)
        for place, title in wanted.items():
            if title:
                self[place].set_value(title)
                self[place].was_edited = True

    def give_capitals(self, name: str) -> None:
        """``siti aminah`` -> ``Siti Aminah``; whatever has a capital stays as it was typed."""
        field = self[name]
        if name in NAMES and field.was_edited and field.text().islower():
            field.setText(proper_case(field.text()))

    # The scheme and the fields that hang on it

    def follow_scheme(self) -> None:
        """Shows the payer fields that the scheme asks for and fills in its usual months and its segment."""
        scheme = self.scheme
        for name in PAYER:
            self.set_visible(name, scheme is not None and name in scheme.asks)
        if scheme is None:
            return
        for name, value in (("month_count", scheme.usual_months), ("segment", scheme.segment)):
            field = self[name]
            if not field.text() or (field.filled_by and not field.was_edited):
                self.put(name, value, FROM_SCHEME)
        if not self["first_month"].text():
            self["first_month"].set_value(Month.of(self._today()))  # a suggestion: Enter stops there

    # Seldom fields

    @property
    def shows_others(self) -> bool:
        return not self["notes"].isHidden()

    def show_others(self, shown: bool) -> None:
        """Opens or folds the seldom fields away."""
        for name in OTHERS:
            self.set_visible(name, shown)

    def open_others_if_needed(self, problems: Iterable[Problem] = ()) -> None:
        """Opens them where one holds more than the scheme says, or has a problem."""
        asked = {problem.field for problem in problems}
        if any((self[name].text() and name != "segment") or name in asked for name in OTHERS):
            self.show_others(True)

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
        self.follow_scheme()

    def _keep_pin(self, name: str) -> None:
        if self[name].is_pinned:
            self._pins[name] = self[name].text_as_typed()

    def _pins_changed(self) -> None:
        now = self.pinned
        self._pins = {name: self._pins.get(name, self[name].text_as_typed()) for name in now}

    # Building

    def _build(self) -> None:
        self.add_section(_("Identity"))
        self._add("nik", 4, pinnable=False)
        self._add("family_card", 4)
        self._add("phone", 4)
        self._add("name", 5, new_row=True)
        self.add(_TitleField("title_before", _("Title in front"), pinnable=True), 2)
        self.add(_TitleField("title_after", _("Title behind"), pinnable=True), 2)
        self._add("sex", 3)
        for name in ("birth_place", "born_on", "marital_status", "mother_name"):
            self._add(name, 3, new_row=name == "birth_place")
        self.add_section(_("Address"))
        for name, columns in {"address": 5, "jorong": 3, "nagari": 4}.items():
            self._add(name, columns)
        self.add_section(_("Work"))
        for name, columns in {"occupation": 4, "work_place": 5, "income": 3}.items():
            self._add(name, columns)
        for name, columns in {"source_list": 3, "source_decile": 2, "perisai_agent": 2, "proof_kind": 3}.items():
            self._add(name, columns, new_row=name == "source_list")
        self._add("proof_number", 2)
        self.add_section(_("Enrolment"))
        schemes = tuple(Choice(one.id, one.name, one.code) for one in self._register.schemes.all())
        self.add(ChoiceField("scheme", _("Scheme"), schemes, pinnable=True), 6)
        self.add(MonthField("first_month", _("First month"), today=self._today, pinnable=True), 3)
        self.add(CountField("month_count", _("Number of months"), least=1, most=MOST_MONTHS, pinnable=True), 3)
        self.add(TextField("payer_name", _("Paid by"), required=True, pinnable=True), 5, new_row=True)
        number = ParsedField("payer_number", _("Payer's number (NIP, NPP)"), self._read_payer_number, group_nip)
        number.pinnable = True
        self.add(number, 3)
        self.add(TextField("payer_office", _("Payer's office"), pinnable=True), 4)
        self.add_section(_("Other fields"))
        for name, columns in zip(OTHERS, (4, 3, 2, 3, 4, 3, 5, 12), strict=True):
            self._add(name, columns)
        self["source_decile"].label = _("Decile (1–10)")

    def _add(self, name: str, columns: int, *, new_row: bool = False, pinnable: bool = True) -> None:
        self.add(make_field(name, self._register, self._today, pinnable=pinnable), columns, new_row=new_row)

    def _read_payer_number(self, text: str, *, field: str) -> Parsed[str]:
        """A NIP where a civil servant pays, otherwise whatever number the payer goes by."""
        scheme = self.scheme
        if scheme is None or scheme.payer_kind is not PayerKind.CIVIL_SERVANT:
            return " ".join(text.split()) or None, ()
        nip, problems = parse_nip(text, self._today(), field=field)
        return None if nip is None else str(nip), problems


class _TitleField(TextField):
    """Filled from the name as a rule, so Enter goes past it even when it is empty; Alt and Shift+Enter lead here."""

    @property
    def is_passed_by(self) -> bool:
        return self.problem is None


def texts_with_sources(form: EntryForm) -> dict[str, str]:
    """Everything in the form as text, with where it came from under ``filled:name``: a draft."""
    words = {source_word(source): source for source in _SOURCES}
    filled = {f"filled:{f.name}": words[f.filled_by] for f in form.fields if f.text() and f.filled_by in words}
    return {**form.texts(), **filled}


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
