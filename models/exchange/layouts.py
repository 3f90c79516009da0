"""Lists that leave the office: which columns in which order, and how each value is written. All of it is data.

The layouts that come with the program follow what could be seen of the agency's own lists. Nobody has confirmed them,
so no layout claims that the agency takes it as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from models.language import N_
from models.problems import Problem

_SHIPPED = Path(__file__).parents[2] / "resources" / "lists" / "layouts.csv"
MOST_COLUMNS = 200
"""Columns of a layout; more is no list that anybody reads."""


class Written(StrEnum):
    """How the value of a column is written."""

    TEXT = "text"
    UPPER = "upper"
    """In capitals."""
    DATE = "date"
    """A real date of the spreadsheet."""
    DMY_DASH = "dd-mm-yyyy"
    DMY_SLASH = "dd/mm/yyyy"
    YMD_DASH = "yyyy-mm-dd"
    DMY_PLAIN = "ddmmyyyy"
    MONTH = "mm-yyyy"
    MONTH_ISO = "yyyy-mm"
    MONTH_LONG = "month yyyy"
    """Januari 2026."""
    NUMBER = "number"
    """Whole rupiah or a count, as a number."""

    @property
    def label(self) -> str:
        """English message id."""
        return _WRITTEN[self]


_WRITTEN = {
    Written.TEXT: N_("text"),
    Written.UPPER: N_("text in capitals"),
    Written.DATE: N_("date of the spreadsheet"),
    Written.DMY_DASH: N_("31-12-2026"),
    Written.DMY_SLASH: N_("31/12/2026"),
    Written.YMD_DASH: N_("2026-12-31"),
    Written.DMY_PLAIN: N_("31122026"),
    Written.MONTH: N_("12-2026"),
    Written.MONTH_ISO: N_("2026-12"),
    Written.MONTH_LONG: N_("December 2026"),
    Written.NUMBER: N_("number"),
}


class Kind(StrEnum):
    """What a source gives, and so how it can be written."""

    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    NUMBER = "number"

    @property
    def forms(self) -> tuple[Written, ...]:
        """The ways in which it can be written, the usual one first."""
        return _FORMS[self]


_DATES = (Written.DMY_DASH, Written.DMY_SLASH, Written.YMD_DASH, Written.DMY_PLAIN, Written.DATE)
_FORMS = {
    Kind.TEXT: (Written.TEXT, Written.UPPER),
    Kind.DATE: _DATES,
    Kind.MONTH: (Written.MONTH, Written.MONTH_ISO, Written.MONTH_LONG, *_DATES),
    Kind.NUMBER: (Written.NUMBER, Written.TEXT),
}

SOURCES: Mapping[str, tuple[str, Kind]] = {
    "number": (N_("Number in the list"), Kind.NUMBER),
    "nik": (N_("NIK"), Kind.TEXT),
    "family_card": (N_("KK number"), Kind.TEXT),
    "name": (N_("Full name"), Kind.TEXT),
    "name_with_titles": (N_("Full name with titles"), Kind.TEXT),
    "titles": (N_("Titles"), Kind.TEXT),
    "birth_place": (N_("Birth place"), Kind.TEXT),
    "born_on": (N_("Birth date"), Kind.DATE),
    "sex": (N_("Sex"), Kind.TEXT),
    "marital_status": (N_("Marital status"), Kind.TEXT),
    "mother_name": (N_("Mother's name"), Kind.TEXT),
    "address": (N_("Address (street, RT/RW)"), Kind.TEXT),
    "jorong": (N_("Jorong"), Kind.TEXT),
    "nagari": (N_("Nagari"), Kind.TEXT),
    "kecamatan": (N_("Kecamatan"), Kind.TEXT),
    "whole_address": (N_("Address with jorong, nagari and kecamatan"), Kind.TEXT),
    "postcode": (N_("Postcode"), Kind.TEXT),
    "phone": (N_("Phone"), Kind.TEXT),
    "email": (N_("E-mail"), Kind.TEXT),
    "occupation": (N_("Occupation"), Kind.TEXT),
    "work_place": (N_("Work place"), Kind.TEXT),
    "income": (N_("Income a month (Rp)"), Kind.NUMBER),
    "segment": (N_("Membership segment"), Kind.TEXT),
    "source_list": (N_("Source list"), Kind.TEXT),
    "heir_name": (N_("Heir's name"), Kind.TEXT),
    "heir_relation": (N_("Heir's relation"), Kind.TEXT),
    "heir_nik": (N_("Heir's NIK"), Kind.TEXT),
    "kpj": (N_("KPJ number"), Kind.TEXT),
    "scheme": (N_("Scheme"), Kind.TEXT),
    "programmes": (N_("Programmes"), Kind.TEXT),
    "first_month": (N_("First month"), Kind.MONTH),
    "last_month": (N_("Last month"), Kind.MONTH),
    "month_count": (N_("Number of months"), Kind.NUMBER),
    "base": (N_("Contribution base a month (Rp)"), Kind.NUMBER),
    "contribution": (N_("Contribution (Rp)"), Kind.NUMBER),
    "payer_name": (N_("Paid by"), Kind.TEXT),
    "payer_number": (N_("Payer's number (NIP, NPP)"), Kind.TEXT),
    "payer_office": (N_("Payer's office"), Kind.TEXT),
    "decree": (N_("Decree"), Kind.TEXT),
}
"""What a column can hold: name -> (English message id, kind)."""


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column of a list that leaves the office."""

    heading: str
    source: str = ""
    """Name in `SOURCES`; empty for a column that holds the same everywhere, or nothing."""
    form: Written = Written.TEXT
    constant: str = ""
    """What stands in each row of a column without a source, and where the source is empty."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Stored value -> what the agency calls it: ``{"P": "PEREMPUAN"}``."""
    is_required: bool = False
    """A list with an empty cell here is better not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLayout:
    """The columns of one kind of list."""

    id: int | None = None
    """None for one that came with the program and was never changed."""
    name: str = ""
    columns: tuple[LayoutColumn, ...] = ()
    notes: str = ""
    """Where the layout is from, and what nobody has confirmed."""


def problems_of_layout(layout: ColumnLayout, others: Sequence[ColumnLayout] = ()) -> tuple[Problem, ...]:
    """What keeps a layout from being saved."""
    found: list[Problem] = []
    name = layout.name.strip()
    if not name:
        message = N_("The layout has no name yet. Name it after whom the list is for.")
        found.append(Problem("name", "layout_name_missing", message))
    elif any(one.name.casefold() == name.casefold() and one.id != layout.id and one.id is not None for one in others):
        message = N_("There is a layout {name} already. Choose another name, or change that one.")
        found.append(Problem("name", "layout_name_taken", message, {"name": name}))
    if not layout.columns:
        message = N_("The layout has no column yet. Add at least one.")
        found.append(Problem("columns", "layout_empty", message))
    elif len(layout.columns) > MOST_COLUMNS:
        message = N_("{count} columns; a list can have {most}. Take some away.")
        params = {"count": len(layout.columns), "most": MOST_COLUMNS}
        found.append(Problem("columns", "layout_too_wide", message, params))
    for place, column in enumerate(layout.columns, 1):
        if not column.heading.strip():
            message = N_("Column {number} has no heading. Write what the agency calls it.")
            found.append(Problem("columns", "layout_heading_missing", message, {"number": place}))
        if column.source and column.source not in SOURCES:
            message = N_("Column {number} ({heading}) asks for something that the register does not have.")
            about: dict[str, object] = {"number": place, "heading": column.heading}
            found.append(Problem("columns", "layout_source_unknown", message, about))
        elif column.source and column.form not in SOURCES[column.source][1].forms:
            message = N_("Column {number} ({heading}) cannot be written in this form. Choose another form.")
            about = {"number": place, "heading": column.heading}
            found.append(Problem("columns", "layout_form_impossible", message, about))
    return tuple(found)


@cache
def shipped_layouts() -> tuple[ColumnLayout, ...]:
    """The layouts that come with the program, in the order of their file."""
    columns: dict[str, list[LayoutColumn]] = {}
    notes: dict[str, str] = {}
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            notes.setdefault(row["layout"], row["notes"])
            words = dict(pair.split("=", 1) for pair in row["words"].split("|") if pair)
            columns.setdefault(row["layout"], []).append(
                LayoutColumn(
                    row["heading"],
                    row["source"],
                    Written(row["form"] or "text"),
                    row["constant"],
                    words,
                    row["required"] == "yes",
                )
            )
    return tuple(ColumnLayout(name=name, columns=tuple(made), notes=notes[name]) for name, made in columns.items())
