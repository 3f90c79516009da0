"""The worker's fields on the screen, for typing a new record and for correcting one: words, readers, order.

Here alone stands which field shows which attribute of a `Worker`; a form takes the fields it wants, in its own order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.language import N_
from models.language import translate as _
from models.people.email import parse_email
from models.people.kpj import parse_kpj
from models.people.names import Name, proper_case, tidy
from models.people.rules import REGISTRATION
from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.dates import DateField
from ui.fields.field import Field, NameField, ParsedField, TextField
from ui.fields.masked import MaskedField, MaskedNameField
from ui.fields.matching import fold
from ui.fields.numbers import CountField, FamilyCardField, NikField, PhoneField, RupiahField

if TYPE_CHECKING:
    from models.register import Register

LABELS: Mapping[str, str] = {
    "nik": N_("NIK"),
    "family_card": N_("KK number"),
    "name": N_("Full name"),
    "birth_place": N_("Birth place"),
    "born_on": N_("Birth date"),
    "sex": N_("Sex"),
    "marital_status": N_("Marital status"),
    "mother_name": N_("Mother's name"),
    "address": N_("Address (street, RT/RW)"),
    "jorong": N_("Jorong"),
    "nagari": N_("Nagari"),
    "postcode": N_("Postcode"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "occupation": N_("Occupation"),
    "work_place": N_("Work place"),
    "income": N_("Income a month (Rp)"),
    "segment": N_("Membership segment"),
    "source_list": N_("Source list"),
    "source_decile": N_("Welfare decile"),
    "proof_kind": N_("Kind of proof"),
    "proof_number": N_("Number of the proof"),
    "perisai_agent": N_("Perisai agent"),
    "heir_name": N_("Heir's name"),
    "heir_relation": N_("Heir's relation"),
    "heir_nik": N_("Heir's NIK"),
    "kpj": N_("KPJ number"),
    "notes": N_("Notes"),
}
"""English message id of each field's word, in the order of the KTP and then of the paper form."""

_NAMES = ("name", "title_before", "title_after")
"""Attributes that the one field ``name`` shows together."""


def label_of(name: str) -> str:
    """The translated word of a field."""
    return _(LABELS[name])


def make_field(
    name: str,
    register: Register,
    today: Callable[[], date],
    *,
    required: Collection[str] = REGISTRATION,
    pinnable: bool = False,
) -> Field:
    """The field of an attribute, with its word, reader and choices; a star where `required` has it.

    Lists are asked from the register when the field is first used.
    """
    options: dict[str, Any] = {"required": name in required, "pinnable": pinnable}
    label = label_of(name)
    match name:
        case "nik" | "heir_nik":
            return NikField(name, label, today=today, **options)
        case "family_card":
            return FamilyCardField(name, label, today=today, **options)
        case "name":
            return NameField(name, label, **options)
        case "mother_name":
            return MaskedNameField(name, label, **options)
        case "heir_name":
            return ParsedField(name, label, _read_other_name, **options)
        case "born_on":
            return DateField(name, label, today=today, **options)
        case "sex":
            return ChoiceField(name, label, choices_of_sex(), **options)
        case "marital_status":
            return ChoiceField(name, label, choices_of(MaritalStatus), **options)
        case "segment":
            return ChoiceField(name, label, choices_of(Segment), **options)
        case "nagari":
            return ChoiceField(name, label, lambda: choices_of_nagari(register), **options)
        case "occupation":
            return ChoiceField(name, label, lambda: choices_of_occupation(register), **options)
        case "phone":
            return PhoneField(name, label, **options)
        case "email":
            return ParsedField(name, label, parse_email, **options)
        case "income":
            return RupiahField(name, label, **options)
        case "source_decile":
            return CountField(name, label, least=1, most=10, **options)
        case "kpj":
            return ParsedField(name, label, parse_kpj, **options)
    return TextField(name, label, **options)


def show_value(field: Field, value: Any, *, masked: bool = False, locked: bool = False) -> None:
    """Shows the value of a record (`values_of`) in its field, a protected one `masked`; see `MaskedField.conceal`."""
    if masked and isinstance(field, MaskedField) and value not in (None, ""):
        field.conceal(str(value), locked=locked)
    else:
        field.set_value(value)


def choices_of_sex() -> tuple[Choice, ...]:
    """L and P as on the KTP; 1 and 2 are taken as well."""
    return tuple(Choice(sex, _(sex.label), str(sex), (str(number),)) for number, sex in enumerate(Sex, 1))


def choices_of_nagari(register: Register, kecamatan: str = "", taken: Collection[str] = ()) -> tuple[Choice, ...]:
    """The office's nagari by name, old name or code, each with its kecamatan beside it.

    A field reads its own text again, so no two may look the same: where a name is borne twice, or is one of `taken`
    (folded), the kecamatan stands behind it.
    """
    regions = register.regions
    borne = Counter(fold(region.name) for region in regions.nagari())
    in_kecamatan = _("{name} (in Kecamatan {kecamatan})")
    choices = []
    for region in regions.nagari(kecamatan):
        parent = regions.name(region.parent)
        is_plain = borne[fold(region.name)] == 1 and fold(region.name) not in taken
        text = region.name if is_plain else in_kecamatan.format(name=region.name, kecamatan=parent)
        names = (*map(proper_case, regions.aliases(region.code)), region.code)
        choices.append(Choice(region.code, text, "", names, parent))
    return tuple(choices)


def choices_of_occupation(register: Register) -> tuple[Choice, ...]:
    """The office's occupations with their codes."""
    return tuple(Choice(one.code, one.name, one.code) for one in register.occupations.all())


def worker_from(values: Mapping[str, Any], base: Worker | None = None) -> Worker:
    """The worker that the values of a form come to (`FormGrid.values`); what the form does not hold stays as in `base`.

    Where a field could not be read its attribute is empty: the form itself says what is wrong with the text.
    """
    worker = base if base is not None else Worker()
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name == "name":
            known = value if isinstance(value, Name) else Name("")
            found |= dict(zip(_NAMES, (known.name, known.title_before, known.title_after), strict=True))
        elif name == "segment":
            found[name] = value or Segment.BPU
        elif name in _NONE_WHEN_UNKNOWN:
            found[name] = value
        elif name in LABELS:
            found[name] = "" if value is None else str(value)
    return replace(worker, **found)


def values_of(worker: Worker) -> dict[str, Any]:
    """The values to show in the fields (`Field.set_value`); the opposite of `worker_from`."""
    shown = {name: getattr(worker, name) for name in LABELS}
    return {**shown, "name": Name(worker.name, worker.title_before, worker.title_after) if worker.name else None}


_NONE_WHEN_UNKNOWN = frozenset({"born_on", "sex", "marital_status", "income", "source_decile"})


def _read_other_name(text: str, *, field: str) -> Parsed[str]:
    """A name that is only written down: titles stay where they are."""
    return tidy(text) or None, ()
