"""The fields that a list can hold, by what the list is for, and the headings under which the field writes them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.exchange.mapping import Purpose
from models.language import N_
from models.people.names import fold

RESOURCES = Path(__file__).parents[2] / "resources" / "lists"
MEANS_NOTHING = "-"
"""Stands in the list of headings for a column that many lists have and no register needs."""


class Content(StrEnum):
    """What the cells of a field look like, and so how they are read and recognised."""

    NUMBER = "number"
    """Of the row."""
    NIK = "nik"
    FAMILY_CARD = "family_card"
    NIP = "nip"
    KPJ = "kpj"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    PERSON = "person"
    DATE = "date"
    PLACE_AND_DATE = "place_and_date"
    NAGARI = "nagari"
    KECAMATAN = "kecamatan"
    RT_RW = "rt_rw"
    MONEY = "money"
    COUNT = "count"
    WORD = "word"
    """One of few words, each of which means one stored value."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ListField:
    """One field that a column may hold."""

    name: str
    """As in `CheckedList.values`: an attribute of the worker where there is one."""
    label: str
    """English message id."""
    content: Content
    purposes: frozenset[Purpose]
    gives: tuple[str, ...]
    """Names in `CheckedList.values` that it fills; several where one column says several things."""


_W, _B, _N, _M = Purpose.WORKERS, Purpose.BPJS_RETURN, Purpose.NIK_MATCH, Purpose.MEMBERSHIP
_ALL = (_W, _B, _N, _M)


def _field(
    name: str, label: str, content: Content, *purposes: Purpose, gives: tuple[str, ...] | None = None
) -> ListField:
    return ListField(name, label, content, frozenset(purposes or (_W,)), (name,) if gives is None else gives)


_FIELDS = (
    _field("number", N_("Number of the row"), Content.NUMBER, *_ALL, gives=()),
    _field("nik", N_("NIK"), Content.NIK, *_ALL),
    _field("family_card", N_("Family card number"), Content.FAMILY_CARD, _W, _N),
    _field("name", N_("Name"), Content.PERSON, *_ALL, gives=("name", "title_before", "title_after")),
    _field("title_before", N_("Title before the name"), Content.TEXT),
    _field("title_after", N_("Title after the name"), Content.TEXT),
    _field("titles", N_("Titles"), Content.TEXT, gives=("title_before", "title_after")),
    _field("birth_place", N_("Birth place"), Content.TEXT, _W, _N),
    _field("born_on", N_("Birth date"), Content.DATE, *_ALL),
    _field("birth", N_("Birth place and date in one"), Content.PLACE_AND_DATE, gives=("birth_place", "born_on")),
    _field("sex", N_("Sex"), Content.WORD, _W, _N),
    _field("marital_status", N_("Marital status"), Content.WORD),
    _field("mother_name", N_("Mother's name"), Content.PERSON, _W, _N),
    _field("address", N_("Address"), Content.TEXT),
    _field("rt_rw", N_("RT and RW in one"), Content.RT_RW, gives=("address",)),
    _field("rt", N_("RT"), Content.RT_RW, gives=("address",)),
    _field("rw", N_("RW"), Content.RT_RW, gives=("address",)),
    _field("jorong", N_("Jorong"), Content.TEXT),
    _field("nagari", N_("Nagari"), Content.NAGARI),
    _field("kecamatan", N_("Kecamatan"), Content.KECAMATAN),
    _field("postcode", N_("Postcode"), Content.POSTCODE),
    _field("phone", N_("Phone"), Content.PHONE),
    _field("email", N_("E-mail"), Content.EMAIL),
    _field("occupation", N_("Occupation"), Content.WORD),
    _field("work_place", N_("Place of work"), Content.TEXT),
    _field("income", N_("Income a month"), Content.MONEY),
    _field("segment", N_("Segment"), Content.WORD, _W, _M),
    _field("source_list", N_("Source list"), Content.TEXT),
    _field("source_decile", N_("Welfare decile"), Content.COUNT),
    _field("proof_kind", N_("Kind of proof"), Content.TEXT),
    _field("proof_number", N_("Number of the proof"), Content.TEXT),
    _field("perisai_agent", N_("Perisai agent"), Content.TEXT),
    _field("heir_name", N_("Heir's name"), Content.PERSON),
    _field("heir_relation", N_("Heir's relation"), Content.TEXT),
    _field("heir_nik", N_("Heir's NIK"), Content.NIK),
    _field("kpj", N_("KPJ"), Content.KPJ, _W, _B, _M),
    _field("notes", N_("Notes"), Content.TEXT),
    _field("age", N_("Age"), Content.COUNT, *_ALL, gives=()),
    _field("fee", N_("Contribution a month"), Content.MONEY),
    _field("month_count", N_("Number of months"), Content.COUNT, _W, _B),
    _field("total", N_("Contribution of all months"), Content.MONEY),
    _field("other_membership", N_("Membership elsewhere"), Content.WORD),
    _field("payer_name", N_("Who pays: name"), Content.TEXT),
    _field("payer_number", N_("Who pays: NIP"), Content.NIP),
    _field("payer_office", N_("Who pays: office"), Content.TEXT),
    _field("outcome", N_("Outcome"), Content.WORD, _B, _N),
    _field("reason", N_("Reason"), Content.TEXT, _B, _N, _M),
    _field("payment_code", N_("Payment code"), Content.TEXT, _B),
    _field("paid_on", N_("Paid on"), Content.DATE, _B),
    _field("amount", N_("Amount paid"), Content.MONEY, _B),
    _field("active", N_("Active member"), Content.WORD, _M),
    _field("employer", N_("Employer"), Content.TEXT, _M),
)
_BY_NAME = {field.name: field for field in _FIELDS}


def fields_for(purpose: Purpose) -> tuple[ListField, ...]:
    """The fields of a list of this purpose, in the order in which they are offered."""
    return tuple(field for field in _FIELDS if purpose in field.purposes)


def field_named(name: str) -> ListField:
    """The field of a name; KeyError where there is none."""
    return _BY_NAME[name]


def vocabulary_of(field: str, purpose: Purpose) -> str:
    """Under which name ``words.csv`` keeps what the words of a field mean."""
    if field == "outcome":
        return "nik_outcome" if purpose is Purpose.NIK_MATCH else "bpjs_outcome"
    return field


def keys_of(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column is known by in `ColumnMapping.columns`: its folded heading, numbered where it stands twice
    (``EMAIL 2``), ``#3`` for the third column where it has none."""
    seen: Counter[str] = Counter()
    keys = []
    for number, heading in enumerate(headings, 1):
        key = fold(heading)
        if key:
            seen[key] += 1
            key = f"{key} {seen[key]}" if seen[key] > 1 else key
        keys.append(key or f"#{number}")
    return tuple(keys)


@cache
def known_headings() -> Mapping[str, tuple[str, ...]]:
    """Folded heading -> names of the fields it may mean, `MEANS_NOTHING` among them."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("headings.csv"):
        key = fold(row["heading"])
        found[key] = (*found.get(key, ()), row["field"])
    return found


@cache
def words(vocabulary: str) -> Mapping[str, str]:
    """Folded word -> what is stored for it."""
    return {row["word"]: row["stored"] for row in _rows("words.csv") if row["vocabulary"] == vocabulary}


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    with (RESOURCES / file).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
