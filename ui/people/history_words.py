"""What happened to a worker, in words: who, when, and each field's old and new value as the form would show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from models.language import N_
from models.language import translate as _
from models.people.masking import PROTECTED
from models.people.nik import group_nik
from models.people.phone import format_phone
from models.people.worker import MaritalStatus, Segment, Sex
from models.schemes.enrolment import EnrolmentState
from models.values.formats import NOTHING, date_short, month_long, month_short
from models.values.months import Month
from models.values.rupiah import format_rupiah
from ui.people.worker_fields import LABELS

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.audit_trail import AuditEntry


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change as it is told."""

    at: datetime
    user: str
    what: str
    changes: tuple[tuple[str, str, str], ...]
    """Word of the field, old and new value."""


def history_of(register: Register, worker: int, *, in_full: bool = False) -> tuple[HistoryEntry, ...]:
    """Everything that happened to a worker and its enrolments, newest first; protected values masked or `in_full`."""
    found = [
        (entry, _shown(entry) if entry.action == "show" else _(_WORKER_ACTIONS.get(entry.action, entry.action)))
        for entry in register.audit.of("worker", worker)
    ]
    for enrolment in register.enrolments.of_worker(worker):
        assert enrolment.id is not None
        scheme, first = register.schemes.get(enrolment.scheme).code, month_short(enrolment.period.first)
        for entry in register.audit.of("enrolment", enrolment.id):
            words = _(_ENROLMENT_ACTIONS.get(entry.action, "{scheme}, {month}"))
            found.append((entry, words.format(scheme=scheme, month=first)))
    found.sort(key=lambda pair: pair[0].id, reverse=True)
    return tuple(
        HistoryEntry(entry.at, entry.user, what, () if entry.action == "add" else _changes(entry, register, in_full))
        for entry, what in found
    )


def _shown(entry: AuditEntry) -> str:
    names = str(entry.changes[0][2]).split() if entry.changes else ()
    return _("Shown in full: {fields}").format(fields=", ".join(_(LABELS[name]) for name in names if name in LABELS))


def said_by(entry: HistoryEntry) -> str:
    """``Rina, 09.14: Jorong, Alamat``"""
    fields = ", ".join(word for word, _old, _new in entry.changes)
    return f"{entry.user}, {entry.at:%H:%M}: {fields}"


_WORKER_ACTIONS = {
    "add": N_("Registered in the list of workers"),
    "correct": N_("Corrected"),
    "withdraw": N_("Taken back"),
    "return": N_("Brought back"),
    "anonymise": N_("Anonymised"),
}
_ENROLMENT_ACTIONS = {
    "add": N_("Enrolled: {scheme} from {month}"),
    "confirm": N_("Confirmed: {scheme} from {month}"),
    "cancel": N_("Cancelled: {scheme} from {month}"),
}
_ENROLMENT_LABELS: Mapping[str, str] = {
    "scheme": N_("Scheme"),
    "first_month": N_("First month"),
    "last_month": N_("Last month"),
    "base": N_("Contribution base"),
    "contribution": N_("Contribution"),
    "state": N_("Status"),
    "payer_name": N_("Paid by"),
    "payer_number": N_("Payer's number (NIP, NPP)"),
    "payer_office": N_("Payer's office"),
    "kpj": N_("KPJ number"),
    "paid_on": N_("First payment on"),
    "registered_on": N_("Registered on"),
    "state_reason": N_("Reason"),
}
_WORKER_LABELS: Mapping[str, str] = {
    **LABELS,
    "title_before": N_("Title in front"),
    "title_after": N_("Title behind"),
    "reasons": N_("Reasons for warnings"),
}


def _changes(entry: AuditEntry, register: Register, in_full: bool) -> tuple[tuple[str, str, str], ...]:
    if entry.action == "show":
        return ()
    labels = _WORKER_LABELS if entry.kind == "worker" else _ENROLMENT_LABELS
    written = _writers(register)
    if not in_full:
        written = {**written, **PROTECTED}
    return tuple(
        (_(labels[name]), _value(name, old, written), _value(name, new, written))
        for name, old, new in entry.changes
        if name in labels
    )


def _value(name: str, value: object, written: Mapping[str, Callable[[Any], str]]) -> str:
    if value in (None, ""):
        return NOTHING
    return written[name](value) if name in written else str(value)


def _writers(register: Register) -> Mapping[str, Callable[[Any], str]]:
    """How the stored value of a field is shown; all others are texts already."""
    return {
        "nik": group_nik,
        "family_card": group_nik,
        "heir_nik": group_nik,
        "born_on": _day,
        "sex": lambda word: _(Sex(word).label),
        "marital_status": lambda word: _(MaritalStatus(word).label),
        "segment": lambda word: _(Segment(word).label),
        "nagari": register.regions.name,
        "occupation": register.occupations.name,
        "phone": format_phone,
        "income": format_rupiah,
        "reasons": lambda text: "; ".join(json.loads(text).values()),
        "scheme": lambda id: register.schemes.get(id).name,
        "first_month": _month,
        "last_month": _month,
        "base": format_rupiah,
        "contribution": format_rupiah,
        "state": lambda word: _(EnrolmentState(word).label),
        "paid_on": _day,
        "registered_on": _day,
        "state_reason": lambda text: _("Taken back") if text == "undo" else text,
    }


def _day(text: str) -> str:
    return date_short(date.fromisoformat(text))


def _month(index: int) -> str:
    return month_long(Month.from_index(index))
