"""The fields that a list can hold, by what the list is for, and the headings under which the field writes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from models.exchange.mapping import Purpose
from models.people.names import fold


class Content(StrEnum):
    """What the cells of a field look like, and so how they are read and recognised."""

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
    SEX = "sex"
    MARITAL_STATUS = "marital_status"
    SEGMENT = "segment"
    NAGARI = "nagari"
    KECAMATAN = "kecamatan"
    OCCUPATION = "occupation"
    MONEY = "money"
    COUNT = "count"
    WORD = "word"
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


def fields_for(purpose: Purpose) -> tuple[ListField, ...]:
    """The fields of a list of this purpose, in the order in which they are offered."""
    raise NotImplementedError


def field_named(name: str) -> ListField:
    """The field of a name; KeyError where there is none."""
    raise NotImplementedError


def keys_of(headings: tuple[str, ...]) -> tuple[str, ...]:
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
