"""The kinds of lists that the office knows how to read, as stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.exchange.fields import keys_of
from models.exchange.mapping import ColumnMapping, Purpose, problems_of_mapping
from models.language import N_
from models.offices.users import Right
from models.problems import Problem, Rejected
from models.storage.audit import differences
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.uids import new_uid
from models.values.readable import readable

_FIELDS = ("name", "purpose", "columns", "translations", "constants")
_SELECT = f"SELECT id, {', '.join(_FIELDS)} FROM column_mapping"


class Mappings:
    """Keeping the mappings of columns; nothing is deleted, one of no more use is withdrawn."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def all(self, purpose: Purpose | None = None) -> tuple[ColumnMapping, ...]:
        """By name; of one purpose or of all."""
        rows = self._file.rows(f"{_SELECT} WHERE living = 1 ORDER BY name COLLATE NOCASE")
        found = tuple(_mapping(row) for row in rows)
        return tuple(mapping for mapping in found if purpose in (None, mapping.purpose))

    def get(self, id: int) -> ColumnMapping:
        """The mapping of an id; LookupError when there is none."""
        row = self._file.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no mapping {id}")
        return _mapping(row)

    def named(self, name: str) -> ColumnMapping | None:
        """The mapping that the office calls so, whatever its capitals."""
        row = self._file.row(f"{_SELECT} WHERE name = ? AND living = 1", (_name(name),))
        return _mapping(row) if row else None

    def fitting(self, headings: Sequence[str], purpose: Purpose | None = None) -> tuple[ColumnMapping, ...]:
        """Those that know the headings of a table, the best first."""
        keys = keys_of(tuple(headings))
        fits = [(mapping.fit(keys), mapping) for mapping in self.all(purpose)]
        return tuple(mapping for fit, mapping in sorted(fits, key=lambda pair: -pair[0]) if fit > 0)

    def save(self, mapping: ColumnMapping) -> ColumnMapping:
        """Adds or corrects a mapping. Raises Rejected where it has no name, or one that is taken."""
        problems = [*problems_of_mapping(mapping)]
        taken = self.named(mapping.name) if mapping.name.strip() else None
        if taken is not None and taken.id != mapping.id:
            message = N_("There is a kind of list named {name} already. Take another name, or correct that one.")
            problems.append(Problem("name", "name_taken", message, {"name": taken.name}))
        if problems:
            raise Rejected(problems)
        row = _row(mapping)
        with self._file.change(Right.ENTER) as change:
            if mapping.id is None:
                id = change.execute(
                    f"INSERT INTO column_mapping (uid, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?)",
                    (new_uid(), *row),
                )
                named = zip(_FIELDS, row, strict=True)
                change.record("add", "column_mapping", id, [(name, None, value) for name, value in named])
                return replace(mapping, id=id, name=row[0])
            old = _row(self.get(mapping.id))
            changes = differences(dict(zip(_FIELDS, old, strict=True)), dict(zip(_FIELDS, row, strict=True)))
            if changes:
                change.execute(
                    f"UPDATE column_mapping SET {', '.join(f'{name} = ?' for name in _FIELDS)} WHERE id = ?",
                    (*row, mapping.id),
                )
                change.record("correct", "column_mapping", mapping.id, changes)
            return replace(mapping, name=row[0])

    def withdraw(self, id: int) -> None:
        """Takes a kind of list off the shelf; lists that were taken in with it stay as they are."""
        with self._file.change(Right.ENTER) as change:
            change.execute("UPDATE column_mapping SET living = 0 WHERE id = ?", (id,))
            change.record("withdraw", "column_mapping", id, [("living", 1, 0)])


def _row(mapping: ColumnMapping) -> tuple[str, ...]:
    return (
        _name(mapping.name), mapping.purpose.value, _json(mapping.columns), _json(mapping.translations),
        _json(mapping.constants),
    )  # fmt: skip


def _name(typed: str) -> str:
    return readable(" ".join(typed.split()))


def _json(value: Mapping[str, Any]) -> str:
    plain = {key: dict(inner) if isinstance(inner, Mapping) else inner for key, inner in value.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


@from_rows
def _mapping(row: tuple[Any, ...]) -> ColumnMapping:
    id, name, purpose, columns, translations, constants = row
    return ColumnMapping(
        id=id,
        name=name,
        purpose=Purpose(purpose),
        columns=json.loads(columns),
        translations=json.loads(translations),
        constants=json.loads(constants),
    )
