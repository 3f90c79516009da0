"""Lists as they are after checking, made by hand: each row is a dictionary of stored values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.exchange.checked import CheckedList, Finding
from models.exchange.mapping import ColumnMapping
from models.exchange.table import FileKind, ListTable, Source
from models.people.worker import Worker
from models.problems import Level, Problem
from models.storage import worker_rows
from tests.factories import make_worker

Row = Mapping[str, Any]


def row_of(worker: Worker) -> dict[str, Any]:
    """A row that says all of a worker."""
    values = dict(zip(worker_rows.FIELDS, worker_rows.row_of(worker), strict=True))
    return {name: value for name, value in values.items() if name != "reasons"}


def make_row(serial: int = 1, **values: object) -> dict[str, Any]:
    """A row of somebody who may be registered as she is; `serial` makes her another person who looks like nobody."""
    values.setdefault("name", f"SITI {NAMES[serial % len(NAMES)]} {NAMES[serial // len(NAMES) % len(NAMES)]}".strip())
    values.setdefault("born_on", date(1985, 7, 1) + timedelta(days=37 * serial))
    values.setdefault("mother_name", f"{NAMES[(serial * 7 + 3) % len(NAMES)]} {NAMES[serial % len(NAMES)]}")
    return row_of(make_worker(serial, **values))


NAMES = ("ROSMAINI", "YUSNIDAR", "HALIMAH", "DERLINA", "GUSMIATI", "PAINEM", "KHADIJAH", "MASDALENA", "ERNA",
         "ZUBAIDAH", "WULAN", "REFNITA", "SUPARTI", "LASMI", "TUTI", "NETTI", "INDAH", "MARDIANA", "RATNA")  # fmt: skip


def make_list(*rows: Row, file: str = "daftar kinali.xlsx", first_row: int = 5, **given: Any) -> CheckedList:
    """The list of these rows; a value that a row lacks is empty. `given` are further attributes of the list."""
    fields = tuple(dict.fromkeys(name for row in rows for name in row))
    values = {name: [row.get(name) for row in rows] for name in fields}
    content = repr([dict(row) for row in rows])
    table = ListTable(
        source=Source(Path(file), FileKind.XLSX, hashlib.sha256(content.encode()).digest(), "Daftar"),
        headings=fields,
        columns=[[value if value is not None else "" for value in values[name]] for name in fields],
        rows=range(first_row, first_row + len(rows)),
    )
    made = CheckedList(
        table=table,
        mapping=ColumnMapping(name="Daftar nagari", columns={name: name for name in fields}),
        fields=dict(enumerate(fields)),
        values=values,
        findings=[],
    )
    for name, value in given.items():
        setattr(made, name, value)
    return made


def make_finding(place: int, code: str = "nik_length", *, warning: bool = False, field: str = "nik") -> Finding:
    """Something wrong in a row."""
    level = Level.WARNING if warning else Level.ERROR
    return Finding(place, 0, Problem(field, code, "Something is wrong here.", {}, level))
