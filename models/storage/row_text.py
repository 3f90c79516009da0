"""What a record's row says, as one text: the same text, the same content, whatever columns were added since."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from models.storage.driver import Connection

WITHOUT: Mapping[str, frozenset[str]] = {
    "worker": frozenset({"id", "revision", "name_key", "schemes", "covered_from", "covered_until"}),
    "enrolment": frozenset({"id", "revision"}),
    "eligible_workers": frozenset({"id"}),
    "bpjs_count": frozenset({"id"}),
    "target": frozenset({"id"}),
    "paper": frozenset({"id", "copies"}),
    "user": frozenset({"id", "failures", "failed_at"}),
    "correction_request": frozenset({"id"}),
    "legal_basis": frozenset({"id", "revision"}),
    "fund": frozenset({"id", "revision"}),
    "receipt": frozenset({"id"}),
    "payment": frozenset({"id"}),
    "waiting": frozenset({"id"}),
    "roster": frozenset({"id"}),
    "promise": frozenset({"id"}),
    "agent": frozenset({"id", "revision"}),
    "outreach": frozenset({"id"}),
    "column_mapping": frozenset({"id"}),
    "list_import": frozenset({"id"}),
    "verification": frozenset({"id"}),
    "column_layout": frozenset({"id"}),
    "sent_list": frozenset({"id"}),
    "not_same": frozenset({"id"}),
    "worker_merge": frozenset({"id"}),
}
"""The kinds whose rows are sealed, each with the columns that are no content of theirs: counters, and what follows
from other rows and is checked against them. A kind is the name of its table."""

WHOLE: Mapping[str, tuple[str, ...]] = {
    "settings": ("SELECT name, value FROM setting ORDER BY name",),
    "reference": (
        "SELECT * FROM scheme ORDER BY id",
        "SELECT * FROM rate ORDER BY id",
        "SELECT * FROM relief ORDER BY id",
    ),
    "region": (  # all kecamatan of Indonesia: put together by SQLite, in a fifth of the time
        "SELECT group_concat(concat_ws('|', code, name, level, population), char(10)) AS regions "
        "FROM (SELECT * FROM region ORDER BY code)",
        "SELECT group_concat(concat_ws('|', alias, code), char(10)) AS aliases "
        "FROM (SELECT * FROM region_alias ORDER BY alias, code)",
        "SELECT group_concat(concat_ws('|', code, name, kind), char(10)) AS occupations "
        "FROM (SELECT * FROM occupation ORDER BY code)",
    ),
}
"""What is sealed as one, under the record 0."""

_encoded = json.JSONEncoder(separators=(",", ":"), sort_keys=True, default=lambda blob: blob.hex()).encode


def row_text(connection: Connection, kind: str, record: int) -> bytes | None:
    """The content of a record as it stands now; None for a kind that has no row, or where the row is gone."""
    if kind in WITHOUT:
        cursor = connection.execute(f"SELECT * FROM {kind} WHERE id = ?", (record,))
        row = cursor.fetchone()
        return None if row is None else text_of(kind, [name for name, *_ in cursor.description], row)
    if kind in WHOLE and record == 0:
        return _encoded([_told(connection.execute(sql)) for sql in WHOLE[kind]]).encode()
    return None


def _told(cursor: Any) -> list[dict[str, Any]]:
    """Rows without what is empty in them."""
    names = [name for name, *_ in cursor.description]
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None and value != ""}
        for row in cursor.fetchall()
    ]


def text_of(kind: str, names: list[str] | tuple[str, ...], row: tuple[Any, ...]) -> bytes:
    """The same of a row that was just read or is about to be written. What is empty is left out, so that a column
    added later changes nothing."""
    return teller(kind, tuple(names))(row)


@cache
def teller(kind: str, names: tuple[str, ...]) -> Callable[[tuple[Any, ...]], bytes]:
    """`text_of` for many rows of the same columns: the JSON object that ``json`` writes with sorted keys, at half the
    time."""
    keys = [(f"{_quoted(name)}:", at) for name, at in sorted((n, i) for i, n in enumerate(names))
            if name not in WITHOUT[kind]]  # fmt: skip

    def told(row: tuple[Any, ...]) -> bytes:
        parts = []
        for key, at in keys:
            value = row[at]
            if value is None or value == "":
                continue
            if value.__class__ is str:
                parts.append(key + _quoted(value))
            elif value.__class__ is int:
                parts.append(key + str(value))
            else:
                parts.append(key + _encoded(value))
        return ("{" + ",".join(parts) + "}").encode()

    return told


def texts_of_columns(kind: str, columns: Mapping[str, Sequence[Any]]) -> list[bytes]:
    """`text_of` for many rows that are there column by column: what is the same in all of them is written once, and
    what is the same in most of them seldom. A third of the time."""
    size = len(next(iter(columns.values())))
    parts: list[Sequence[str]] = []
    constant: list[str] = []
    for name in sorted(columns.keys() - WITHOUT[kind]):
        column = columns[name]
        different = set(column)
        if len(different) == 1:
            constant.append(_pair(name, column[0]))
            continue
        if any(constant):
            parts.append([",".join(filter(None, constant))] * size)
        constant = []
        if len(different) < size // 2:
            pairs = {value: _pair(name, value) for value in different}
            parts.append([pairs[value] for value in column])
        else:
            parts.append([_pair(name, value) for value in column])
    if any(constant) or not parts:
        parts.append([",".join(filter(None, constant))] * size)
    return [f"{{{','.join(filter(None, row))}}}".encode() for row in zip(*parts, strict=True)]


def _pair(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if value.__class__ is str:
        return f'"{name}":{_quoted(value)}'
    return f'"{name}":{value}' if value.__class__ is int else f'"{name}":{_encoded(value)}'
