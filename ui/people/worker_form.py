"""The fields of a worker in their sections: the form that typing and correcting have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.language import translate as _
from models.people.names import proper_case, read_name, tidy
from models.people.worker import Worker
from models.problems import Problem
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.masked import MaskedField
from ui.people.worker_fields import make_field, worker_from

if TYPE_CHECKING:
    from models.register import Register

OTHERS = (
    "segment", "kpj", "postcode", "email", "heir_name", "heir_relation", "heir_nik", "notes",
)  # fmt: skip
"""Seldom needed; shown on demand, or when one of them holds something."""
NAMES = ("name", "mother_name", "heir_name", "birth_place")
"""Typed all small, they get their capitals when left."""


class WorkerForm(FormGrid):
    """Turns texts into a `Worker`; seldom fields are folded away until they are needed."""

    show_wanted = Signal()
    """A key was pressed in a masked value that can only be changed once it is shown."""

    def __init__(self, register: Register, today: Callable[[], date], *, pinnable: bool = False) -> None:
        super().__init__()
        self._register, self._today = register, today
        self._pinnable = pinnable
        self._split: set[str] = set()

    # The record

    def worker(self, base: Worker) -> Worker:
        """The worker as typed; what the form does not show, or only masked, stays as in `base`."""
        values = {name: value for name, value in self.values().items() if not self[name].is_concealed}
        before, after, _name = (values.pop(name) for name in ("title_before", "title_after", "name"))
        worker = worker_from(values, base)
        return replace(worker, name=tidy(self["name"].text()), title_before=before or "", title_after=after or "")

    def is_free(self, name: str) -> bool:
        """Nobody typed here: empty, pinned, or filled from elsewhere."""
        field = self[name]
        return not field.text() or not field.was_edited

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

    # Protected values

    @property
    def concealed(self) -> tuple[str, ...]:
        """Names of the fields that show only a mask."""
        return tuple(field.name for field in self.fields if field.is_concealed)

    def show_in_full(self) -> None:
        """Shows in full what is masked; the caller has recorded it."""
        for field in self.fields:
            if isinstance(field, MaskedField):
                field.reveal()

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

    # Building

    def add_usual_sections(self) -> None:
        """Identity, address and work."""
        self.add_section(_("Identity"))
        self._add("nik", 4, pinnable=False)
        self._add("family_card", 4)
        self._add("phone", 4)
        self._add("name", 5, new_row=True)
        self.add(_TitleField("title_before", _("Title in front"), pinnable=self._pinnable), 2)
        self.add(_TitleField("title_after", _("Title behind"), pinnable=self._pinnable), 2)
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
        self["source_decile"].label = _("Decile (1–10)")

    def add_other_section(self) -> None:
        """What is seldom known."""
        self.add_section(_("Other fields"))
        for name, columns in zip(OTHERS, (4, 3, 2, 3, 4, 3, 5, 12), strict=True):
            self._add(name, columns)

    def _add(self, name: str, columns: int, *, new_row: bool = False, pinnable: bool = True) -> None:
        field = make_field(name, self._register, self._today, pinnable=pinnable and self._pinnable)
        self.add(field, columns, new_row=new_row)
        if isinstance(field, MaskedField):
            field.show_wanted.connect(self.show_wanted)


class _TitleField(TextField):
    """Filled from the name as a rule, so Enter goes past it even when it is empty; Alt and Shift+Enter lead here."""

    @property
    def is_passed_by(self) -> bool:
        return self.problem is None
