"""Tables as they are read from a sheet, and what checking one asks of an office, without any file."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from models.exchange.cells import Cell
from models.exchange.checked import CheckedList, Finding
from models.exchange.checking import check_list
from models.exchange.context import CheckContext
from models.exchange.fields import keys_of
from models.exchange.mapping import ColumnMapping
from models.exchange.table import FileKind, LeftOut, ListTable, Source
from models.offices.occupation import Occupation
from models.people.names import fold
from tests.factories import TODAY
from tests.models.exchange.nagari_lists import RESOURCES, NagariList

FIELD = {"no": "number", "note": "notes"}
"""What a made list calls otherwise than the program does."""


def table_of(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], left_out: tuple[LeftOut, ...] = ()
) -> ListTable:
    """The people of a sheet whose headings stand in row 1."""
    source = Source(Path("daftar.xlsx"), FileKind.XLSX, bytes(32), "Daftar")
    columns = [[row[column] for row in rows] for column in range(len(headings))]
    return ListTable(source, tuple(headings), columns, range(2, len(rows) + 2), left_out, (1,))


def table_of_list(people: NagariList) -> ListTable:
    return table_of(people.headings, people.rows)


def mapping_of_list(people: NagariList) -> ColumnMapping:
    """As a clerk would confirm it."""
    fields = [FIELD.get(name, name) for name in people.fields]
    return ColumnMapping(name="Daftar nagari", columns=dict(zip(keys_of(people.headings), fields, strict=True)))


def mapping_of(headings: Sequence[str], fields: Sequence[str], **values: Any) -> ColumnMapping:
    return ColumnMapping(columns=dict(zip(keys_of(headings), fields, strict=True)), **values)


def check(people: NagariList, context: CheckContext | None = None) -> CheckedList:
    return check_list(table_of_list(people), mapping_of_list(people), context or make_context())


def findings_at(checked: CheckedList, place: int) -> list[Finding]:
    return [finding for finding in checked.findings if finding.place == place]


def codes_at(checked: CheckedList, place: int) -> list[str]:
    return [finding.problem.code for finding in findings_at(checked, place)]


def make_context(*, cards: Collection[str] = (), **values: Any) -> CheckContext:
    """Pasaman Barat, without a register; `cards` are family cards of registered workers."""
    known = frozenset(cards)
    return replace(_office(), **{"family_cards": known.intersection, **values})


@cache
def _office() -> CheckContext:
    villages = _csv("regions/villages_1312.csv")
    districts = _csv("regions/districts_all.csv")
    nagari = {row["code"]: row["name"] for row in villages}
    aliases: dict[str, tuple[str, ...]] = {}
    for row in _csv("regions/aliases_1312.csv"):
        aliases[row["code"]] = (*aliases.get(row["code"], ()), fold(row["alias"]))
    return CheckContext(
        today=TODAY,
        home_regency="13.12",
        usual_regencies=("13.12", "13.08"),
        known_regions=frozenset({row["code"] for row in districts} | nagari.keys()),
        kecamatan={row["district_code"]: row["district_name"] for row in villages},
        nagari=nagari,
        aliases=aliases,
        occupations=tuple(Occupation(**row) for row in _csv("occupations/occupations.csv")),
    )


def _csv(file: str) -> list[dict[str, str]]:
    with (RESOURCES / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
