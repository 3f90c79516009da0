"""What was got back from a damaged file, and the drafts in which a clerk finds it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.people.worker import MaritalStatus, Segment
from models.storage.comparing import ChangeLine
from models.storage.drafts import SALVAGED, UNCERTAIN
from models.storage.worker_rows import FIELDS
from models.values.formats import date_short
from models.values.months import Month


@dataclass(frozen=True, slots=True)
class Newer:
    """A worker or an enrolment that the damaged file has and the backup has not, or has as it was before."""

    line: ChangeLine
    """What changed, when and by whom, as far as the trail could be read."""
    is_certain: bool
    """The audit trail vouches for the content; otherwise it must be compared with the paper."""
    values: Mapping[str, Any]
    """Its columns."""
    before: Mapping[str, Any] | None
    """The same of the backup; None for a new record."""
    owner: Mapping[str, Any] | None = None
    """The columns of the worker of an enrolment."""
    is_owner_new: bool = False
    """Whether the backup does not know that worker."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A half-typed form."""

    form: str
    fields: Mapping[str, str]
    focus: str
    user: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was got back."""

    read: Mapping[str, int] = field(default_factory=dict)
    """Rows that could be read, by table."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """Numbers of rows in damaged places, by table; some of them may never have been given."""
    newer: tuple[Newer, ...] = ()
    """The newest first; those of which nothing is known but the content last."""
    lost: tuple[ChangeLine, ...] = ()
    """Records that the trail names as changed since the backup and whose content cannot be got back."""
    others: tuple[ChangeLine, ...] = ()
    """Other changes since the backup, to be made again by hand: settings, users, papers."""
    drafts: tuple[KeptDraft, ...] = ()
    """Half-typed forms that the backup has not."""
    is_related: bool = False
    """Whether the trail of the damaged file goes on from that of the backup, as far as it could be read."""

    @property
    def certain(self) -> int:
        return sum(one.is_certain for one in self.newer)


def drafts_of(salvaged: Salvaged, schemes: Mapping[int, str]) -> Iterator[KeptDraft]:
    """The forms that bring the newer records back: nothing is saved before a person has looked at it.

    A new worker comes with its first enrolment; a corrected one as a correction of its record; a new enrolment of a
    known worker as an entry for its NIK. What no form can say (a withdrawal, a confirmation) stays on the list alone.
    `schemes` are the codes by id. The half-typed forms of the damaged file follow as they were.
    """
    enrolments: dict[int, list[Newer]] = {}
    for one in salvaged.newer:
        if one.line.kind == "enrolment" and one.before is None and one.values.get("counts", 1):
            enrolments.setdefault(int(one.values["worker"]), []).append(one)
    for one in salvaged.newer:
        if one.line.kind != "worker" or not one.values.get("living", 1) or one.line.action == "anonymise":
            continue
        if one.before is None:
            own = enrolments.pop(one.line.record, [])
            first = min(own, key=lambda enrolment: enrolment.line.record, default=None)
            fields = {**_texts(one.values), **(_plan(first.values, schemes) if first is not None else {})}
            yield _draft("entry", fields, one, first)
        elif any(name in FIELDS for name in one.line.fields):
            changed = {name: one.values[name] for name in one.line.fields if name in FIELDS}
            yield _draft(f"worker:{one.before['id']}", _texts(changed, is_whole=False), one)
    for own in enrolments.values():
        for one in own:
            if one.owner is not None and not one.is_owner_new:
                yield _draft("entry", {**_named(one.owner), **_plan(one.values, schemes)}, one)
    yield from salvaged.drafts


def _draft(form: str, fields: Mapping[str, str], one: Newer, other: Newer | None = None) -> KeptDraft:
    is_certain = one.is_certain and (other is None or other.is_certain)
    how = SALVAGED if is_certain else UNCERTAIN
    at = "" if one.line.at is None else one.line.at.isoformat(timespec="seconds")
    return KeptDraft(form, {**fields, "put:aside": how}, "nik", one.line.user, at)


def _named(worker: Mapping[str, Any]) -> dict[str, str]:
    """Enough to find a registered worker again."""
    return {"nik": str(worker["nik"])}


def _texts(values: Mapping[str, Any], *, is_whole: bool = True) -> dict[str, str]:
    """The stored values as one would type them; with `is_whole` without the empty ones."""
    texts = {name: _text(name, values.get(name)) for name in FIELDS if name in values and name != "reasons"}
    return {name: text for name, text in texts.items() if text or not is_whole}


def _text(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    with suppress(ValueError, TypeError):  # what is not certain may be anything, and is shown as it is
        if name == "born_on":
            return date_short(date.fromisoformat(value))
        if name in _NUMBERED:
            return str(1 + list(_NUMBERED[name]).index(value))
    return str(value)


_NUMBERED: Mapping[str, Any] = {"marital_status": MaritalStatus, "segment": Segment}
"""Choices that are typed by their number."""


def _plan(enrolment: Mapping[str, Any], schemes: Mapping[int, str]) -> dict[str, str]:
    """An enrolment as it is asked for in the entry form."""
    try:
        first = Month.from_index(enrolment["first_month"])
    except (ValueError, TypeError):
        return {}
    asked = {
        "scheme": schemes.get(enrolment["scheme"], ""),
        "first_month": f"{first.month}/{first.year}",
        "month_count": str(enrolment["last_month"] - enrolment["first_month"] + 1),
        **{name: str(enrolment.get(name) or "") for name in ("payer_name", "payer_number", "payer_office")},
    }
    return {name: text for name, text in asked.items() if text}
