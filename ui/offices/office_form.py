"""The form of the office's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from models.language import translate as _
from models.offices.office import OfficeSettings
from models.offices.rules import PAGE_SIZES, parse_regency_codes
from models.papers.numbers import letter_number, problem_of_pattern
from models.people.nip import group_nip, parse_nip
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import Field, ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField
from ui.offices.choices import regency_field

LINES = ("legal_basis", "cc", "benefits")
MORE_LINES = 6
"""So many lines beyond those that are filled; the next one shows itself once the last is filled."""
_PLAIN = (
    "office_code", "government", "office_name", "address", "place", "contact", "regency", "signatory_title",
    "signatory_name", "signatory_rank", "letter_number", "letter_unit", "page_size",
)  # fmt: skip

_KEPT = ("backup_hours", "keep_daily", "keep_weekly", "keep_monthly")


class OfficeForm(FormGrid):
    """Turns settings into texts and back; its page judges and saves them."""

    def __init__(self, settings: OfficeSettings, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._lines = {name: len(getattr(settings, name)) + MORE_LINES for name in LINES}
        self._shown = settings
        self._add_fields()
        self.edited.connect(self._follow)
        self.left.connect(self._follow)
        self.show_settings(settings)

    def show_settings(self, settings: OfficeSettings) -> None:
        """As saved; nothing counts as typed."""
        self._shown = settings
        self.clear(keep_pinned=False)
        for name in _PLAIN:
            self[name].set_value(getattr(settings, name))
        self["signatory_nip"].set_value(settings.signatory_nip)
        self["usual_nik_regencies"].set_value(settings.usual_nik_regencies or None)
        self["min_age"].set_value(settings.min_age)
        self["max_age"].set_value(settings.max_age)
        self["retention_years"].set_value(settings.retention_years)
        self["lock_minutes"].set_value(settings.lock_minutes)
        for name in _KEPT:
            self[name].set_value(getattr(settings, name))
        for name in LINES:
            filled = getattr(settings, name)
            for at in range(self._lines[name]):
                self[f"{name}_{at + 1}"].set_value(filled[at] if at < len(filled) else None)
        self._follow("")

    def settings(self) -> OfficeSettings:
        """As typed; what cannot be read is empty and has its problem. Everything without a field stays as it was."""
        values = self.values()
        found: dict[str, Any] = {name: values[name] or "" for name in _PLAIN}
        found["office_code"] = found["office_code"].upper()
        found["signatory_nip"] = str(values["signatory_nip"] or "")
        found["usual_nik_regencies"] = values["usual_nik_regencies"] or ()
        for name in ("min_age", "max_age", "retention_years"):
            found[name] = values[name] if values[name] is not None else 0
        found["lock_minutes"] = values["lock_minutes"] if values["lock_minutes"] is not None else -1
        for name in _KEPT:
            found[name] = values[name] if values[name] is not None else -1
        for name in LINES:
            texts = (values[f"{name}_{at + 1}"] for at in range(self._lines[name]))
            found[name] = tuple(text for text in texts if text)
        return replace(self._shown, **found)

    def let_edit(self, may: bool) -> None:
        """Whether anything can be typed; what stands there can be read and copied in any case."""
        for field in self.fields:
            field.setReadOnly(not may or field.name == "example")

    @property
    def is_changed(self) -> bool:
        """Whether saving would change anything, or something cannot be read."""
        return bool(self.reading_problems()) or self.settings() != self._shown

    # Building

    def _add_fields(self) -> None:
        self.add_section(_("Office"))
        self.add(TextField("office_code", _("Office code"), required=True), 2)
        self.add(TextField("government", _("Government (first line of the letterhead)"), required=True), 5)
        self.add(TextField("office_name", _("Name of the office"), required=True), 5)
        self.add(TextField("address", _("Address of the office")), 5)
        self.add(TextField("contact", _("Telephone, e-mail, postcode")), 4)
        self.add(TextField("place", _("Place (beside the date)")), 3)
        self.add_section(_("Area"))
        self.add(regency_field("regency"), 6)
        self.add(
            ParsedField("usual_nik_regencies", _("Codes in which local NIK begin"), parse_regency_codes, ", ".join), 6
        )
        self.add_section(_("Who signs"))
        self.add(TextField("signatory_title", _("Office title"), required=True), 6)
        self.add(TextField("signatory_name", _("Name with titles")), 6)
        self.add(TextField("signatory_rank", _("Rank")), 6)
        self.add(ParsedField("signatory_nip", _("NIP"), self._read_nip, lambda value: group_nip(str(value))), 6)
        self.add_section(_("Letters"))
        self.add(TextField("letter_number", _("Pattern of the letter number")), 5)
        self.add(TextField("letter_unit", _("Unit in the number")), 3)
        example = self.add(TextField("example", _("The first number of this month")), 4)
        example.setReadOnly(True)
        self.add(ChoiceField("page_size", _("Paper size"), tuple(Choice(size, size) for size in PAGE_SIZES)), 4)
        self.add(CountField("min_age", _("Youngest age"), most=999, required=True), 4)
        self.add(CountField("max_age", _("Refused from the age of"), most=999, required=True), 4)
        self.add(CountField("lock_minutes", _("Lock after minutes (0: never)"), most=999, required=True), 4)
        kept = CountField("retention_years", _("Records are kept (years)"), most=999, required=True)
        kept.describe(
            _(
                "Years after the last covered month. No law was found that names the number; papers for audits are "
                "commonly kept 10 years, so 10 is proposed. Ask the office's archivist."
            )
        )
        self.add(kept, 4)
        self.add_section(_("Backups by themselves"))
        for name, label in (
            ("backup_hours", _("Every … hours (0: only on closing)")),
            ("keep_daily", _("Days kept")),
            ("keep_weekly", _("Weeks kept")),
            ("keep_monthly", _("Months kept")),
        ):
            self.add(CountField(name, label, most=999, required=True), 3)
        for name, title, label in (
            ("legal_basis", _("Legal basis of the letters"), _("Legal basis {number}")),
            ("cc", _("Copies go to"), _("Copy {number}")),
            ("benefits", _("Information sheet: programme | what it pays | source and date"), _("Benefit {number}")),
        ):
            self.add_section(title)
            for number in range(1, self._lines[name] + 1):
                self.add(TextField(f"{name}_{number}", label.format(number=number)), 6 if name == "cc" else 12)

    def _read_nip(self, text: str, *, field: str) -> Parsed[Any]:
        return parse_nip(text, self._today(), field=field)

    # Details

    def _follow(self, _name: str) -> None:
        """The example of the letter number, and one empty line after the filled ones."""
        pattern, unit = self["letter_number"].text().strip(), self["letter_unit"].text().strip()
        wrong = problem_of_pattern(pattern)
        example = "" if wrong is not None else letter_number(pattern, 1, unit, self._today())
        self["example"].set_value(example or None)
        for name in LINES:
            fields = [self[f"{name}_{at + 1}"] for at in range(self._lines[name])]
            self._show_lines(fields)

    def _show_lines(self, fields: list[Field]) -> None:
        last = max((at for at, field in enumerate(fields) if field.text() or field.hasFocus()), default=-1)
        for at, field in enumerate(fields):
            self.set_visible(field.name, at <= last + 1)
