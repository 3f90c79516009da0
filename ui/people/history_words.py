"""A worker's story in words: who, when, from where, and each field's old and new value as the form would show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.exchange.importing import read_origin
from models.language import N_
from models.language import translate as _
from models.people.masking import PROTECTED
from models.people.nik import group_nik
from models.people.phone import format_phone
from models.people.worker import MaritalStatus, Segment, Sex
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.values.formats import NOTHING, date_short, month_long, month_short, number
from models.values.months import Month
from models.values.rupiah import format_rupiah
from ui.people.pair_words import APART, MERGE, PairWords, reason_words
from ui.people.worker_fields import LABELS

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.audit_trail import AuditEntry


class HistoryKind(StrEnum):
    """What an entry of the story is about; the story can be narrowed to one."""

    RECORD = "record"
    ENROLMENT = "enrolment"
    PAPER = "paper"
    REQUEST = "request"
    LOOK = "look"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "record": N_("Data of the worker"),
            "enrolment": N_("Enrolment"),
            "paper": N_("Letters"),
            "request": N_("Proposed corrections"),
            "look": N_("Shown in full, taken out"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change as it is told."""

    at: datetime
    user: str
    what: str
    changes: tuple[tuple[str, str, str], ...]
    """Word of the field, old and new value."""
    kind: HistoryKind = HistoryKind.RECORD
    who: str = ""
    """Full name and role of the user, as they are now."""
    origin: str = ""
    """The file of an import, or on whose proposal; empty where it was typed."""
    save: int = 0
    """Number of the transaction."""
    is_taken_back: bool = False


def history_of(register: Register, worker: int, *, in_full: bool = False) -> tuple[HistoryEntry, ...]:
    """Everything that happened to a worker, its enrolments, letters and proposed corrections, newest first.

    Protected values are masked or `in_full`.
    """
    found = register.audit.of_worker(worker)
    teller = _Teller(register, worker, found, in_full)
    return tuple(teller.told(entry) for entry in reversed(found) if teller.is_told(entry))


def said_by(entry: HistoryEntry) -> str:
    """``Rina, 09.14: Jorong, Alamat``"""
    fields = ", ".join(word for word, _old, _new in entry.changes)
    return f"{entry.user}, {entry.at:%H:%M}: {fields}"


def people_of(register: Register) -> dict[str, str]:
    """Full name and role of each user, by the name in the audit rows."""
    return {user.name: f"{user.shown_name}, {_(user.role.label)}" for user in register.users.all()}


def in_words(
    register: Register, changes: Sequence[tuple[str, object, object]], *, in_full: bool = False
) -> tuple[tuple[str, str, str], ...]:
    """Word, old and new value of some fields of a worker as the form would show them; protected ones masked."""
    written = _writers(register) if in_full else {**_writers(register), **PROTECTED}
    return tuple(
        (_(_WORKER_LABELS[name]), _value(name, old, written), _value(name, new, written))
        for name, old, new in changes
        if name in _WORKER_LABELS
    )


class _Teller:
    """What all entries of one story need to be told."""

    def __init__(self, register: Register, worker: int, entries: Sequence[AuditEntry], in_full: bool) -> None:
        self._people = people_of(register)
        self._worker, self._pairs = worker, PairWords(register, worker)
        self._enrolments = {
            one.id: (register.schemes.get(one.scheme).code, month_short(one.period.first))
            for one in register.enrolments.of_worker(worker)
        }
        saves = [entry.save for entry in entries]
        self._taken_back = register.audit.taken_back(saves)
        self._reversals = register.audit.reversals(saves)
        self._written = {
            **_writers(register),
            **({} if in_full else PROTECTED),
            "proposed_by": lambda name: self._people.get(name, name).partition(",")[0],
        }

    def is_told(self, entry: AuditEntry) -> bool:
        """A merging tells of the records by itself; of them only the values that changed are told beside it."""
        if entry.kind == "not_same":
            return entry.action not in (MERGE, APART)
        return entry.kind != "worker" or entry.action not in (MERGE, APART) or bool(self._changes(entry))

    def told(self, entry: AuditEntry) -> HistoryEntry:
        kind, what = self._what(entry)
        action, save = self._reversals.get(entry.save, ("", 0))
        if action:
            sentence = (
                _("{what} (save {save} taken back)") if action == "undo" else _("{what} (save {save} made again)")
            )
            what = sentence.format(what=what, save=number(save))
        return HistoryEntry(
            at=entry.at,
            user=entry.user,
            what=_("{what}; the values were erased").format(what=what) if entry.is_erased else what,
            changes=self._changes(entry),
            kind=kind,
            who=self._people.get(entry.user, entry.user),
            origin=self._origin(entry.origin),
            save=entry.save,
            is_taken_back=entry.save in self._taken_back,
        )

    def _what(self, entry: AuditEntry) -> tuple[HistoryKind, str]:
        if entry.action == "anonymise":
            return _KINDS.get(entry.kind, HistoryKind.RECORD), _(_WORKER_ACTIONS["anonymise"])
        if entry.kind == "enrolment":
            scheme, month = self._enrolments.get(entry.record, ("", ""))
            words = _(_ENROLMENT_ACTIONS.get(entry.action, _ENROLMENT_ACTIONS["correct"]))
            return HistoryKind.ENROLMENT, words.format(scheme=scheme, month=month)
        if entry.kind == "paper":
            return HistoryKind.PAPER, self._paper(entry)
        if entry.kind in ("worker_merge", "not_same"):
            return HistoryKind.RECORD, self._pairs.told(entry)
        if entry.kind == "correction_request":
            return HistoryKind.REQUEST, _(_REQUEST_ACTIONS[entry.action]).format(number=number(entry.record))
        if entry.action == "show":
            return HistoryKind.LOOK, _shown(entry)
        if entry.action == "print":
            return HistoryKind.LOOK, _("History saved as a file")
        words = _(_WORKER_ACTIONS.get(entry.action, _WORKER_ACTIONS["correct"]))
        if entry.record != self._worker:
            words = _("{what} (in the record that was merged)").format(what=words)
        return HistoryKind.RECORD, words

    def _paper(self, entry: AuditEntry) -> str:
        told = {name: new for name, _old, new in entry.changes}
        if entry.action == "issue":
            return _("Letter issued: {number}").format(number=told.get("number", ""))
        first, last = str(told.get("first_number", "")), str(told.get("last_number", ""))
        way = _(_WAYS.get(str(told.get("way", "")), _WAYS["save"]))
        if first == last:
            return _("Letter {number}: {way}").format(number=first, way=way)
        return _("Letters {first} to {last}: {way}").format(first=first, last=last, way=way)

    def _origin(self, origin: str) -> str:
        listed = read_origin(origin)
        if listed is not None:
            return _("List {file}, row {row}").format(file=listed[3], row=number(listed[1]))
        begin, _colon, rest = origin.partition(":")
        if begin != "request" or not rest:
            return origin
        id, _colon, proposer = rest.partition(":")
        name = self._people.get(proposer, proposer).partition(",")[0]
        return _("Proposal {number} of {name}").format(number=id, name=name)

    def _changes(self, entry: AuditEntry) -> tuple[tuple[str, str, str], ...]:
        if entry.action in ("add", "show", "print") or entry.kind == "paper":
            return ()
        labels = _LABELS_OF.get(entry.kind, _WORKER_LABELS)
        return tuple(
            (_(labels[name]), _value(name, old, self._written), _value(name, new, self._written))
            for name, old, new in entry.changes
            if name in labels
        )


def _shown(entry: AuditEntry) -> str:
    names = str(entry.changes[0][2]).split() if entry.changes else ()
    return _("Shown in full: {fields}").format(fields=", ".join(_(LABELS[name]) for name in names if name in LABELS))


_WORKER_ACTIONS = {
    "add": N_("Registered in the list of workers"),
    "correct": N_("Corrected"),
    "withdraw": N_("Taken back"),
    "return": N_("Brought back"),
    "anonymise": N_("Anonymised"),
    MERGE: N_("Values taken over at the merging"),
    APART: N_("Values given back at the taking apart"),
}
_ENROLMENT_ACTIONS = {
    "add": N_("Enrolled: {scheme} from {month}"),
    "confirm": N_("Confirmed: {scheme} from {month}"),
    "cancel": N_("Cancelled: {scheme} from {month}"),
    "approve": N_("Approved: {scheme} from {month}"),
    "submit": N_("Submitted to BPJS: {scheme} from {month}"),
    "end": N_("Ended: {scheme} from {month}"),
    "reject": N_("Sent back: {scheme} from {month}"),
    "return": N_("Put back: {scheme} from {month}"),
    "correct": N_("Changed: {scheme} from {month}"),
    MERGE: N_("Taken over from the merged record: {scheme} from {month}"),
    APART: N_("Given back at the taking apart: {scheme} from {month}"),
}
_KINDS = {
    "enrolment": HistoryKind.ENROLMENT,
    "paper": HistoryKind.PAPER,
    "correction_request": HistoryKind.REQUEST,
}
_REQUEST_ACTIONS = {
    "propose": N_("Correction proposed (number {number})"),
    "approve": N_("Proposed correction {number} approved"),
    "reject": N_("Proposed correction {number} rejected"),
    "withdraw": N_("Proposed correction {number} withdrawn"),
    MERGE: N_("Proposed correction {number} taken over from the merged record"),
    APART: N_("Proposed correction {number} given back at the taking apart"),
}
_WAYS = {"save": N_("saved as a file"), "open": N_("opened as a file"), "print": N_("printed")}
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
    "rejection": N_("Why it was sent back"),
    "fund": N_("Fund"),
    "decree": N_("Decree"),
}
_WORKER_LABELS: Mapping[str, str] = {
    **LABELS,
    "title_before": N_("Title in front"),
    "title_after": N_("Title behind"),
    "reasons": N_("Reasons for warnings"),
}
_REQUEST_LABELS: Mapping[str, str] = {
    **_WORKER_LABELS,
    "reason": N_("Reason"),
    "proposed_by": N_("Proposed by"),
    "decision": N_("Reason for the rejection"),
}
_LABELS_OF = {"enrolment": _ENROLMENT_LABELS, "correction_request": _REQUEST_LABELS}


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
        "rejection": lambda word: _(Rejection(word).label),
        "fund": lambda id: register.funds.get(id).name,
        "decree": lambda id: register.legal_bases.get(id).number,
        "state_reason": reason_words,
    }


def _day(text: str) -> str:
    return date_short(date.fromisoformat(text))


def _month(index: int) -> str:
    return month_long(Month.from_index(index))
