"""Who changed what, when: rows written in the same transaction as the change itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.storage.driver import Connection

if TYPE_CHECKING:
    from models.storage.opening import OpenFile

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

FieldChange = tuple[str, object, object]
"""Name of the field, old value, new value."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One record's change: who, when, what, each field old and new."""

    id: int
    save: int
    """Number of the transaction; entries of one save share it."""
    at: datetime
    user: str
    action: str
    kind: str
    record: int
    changes: tuple[FieldChange, ...]


class Change:
    """An open transaction and its audit rows."""

    def __init__(self, connection: Connection, user: str, at: datetime) -> None:
        self.connection = connection
        self.user = user
        self.at = at
        self.save: int = 0

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        """Runs a statement; returns the new row's id of an INSERT."""
        return int(self.connection.execute(sql, parameters).lastrowid or 0)

    def record(self, action: str, kind: str, record: int, changes: Iterable[FieldChange]) -> None:
        """Adds the audit row of one changed record."""
        if not self.save:
            last = self.connection.execute("SELECT save FROM audit ORDER BY id DESC LIMIT 1").fetchone()
            self.save = (last[0] if last else 0) + 1
        self.connection.execute(
            "INSERT INTO audit (save, at, user, action, kind, record, fields) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.save,
                self.at.isoformat(timespec="seconds"),
                self.user,
                action,
                kind,
                record,
                _encoded(list(changes)),
            ),
        )


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """The fields whose value differs, in the order of `new`."""
    return tuple((name, old.get(name), value) for name, value in new.items() if old.get(name) != value)


class AuditTrail:
    """Reading the audit rows."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def of(self, kind: str, record: int) -> tuple[AuditEntry, ...]:
        """What happened to one record, oldest first."""
        return self._entries("WHERE kind = ? AND record = ? ORDER BY id", (kind, record))

    def of_save(self, save: int) -> tuple[AuditEntry, ...]:
        """All rows of one transaction, in the order written."""
        return self._entries("WHERE save = ? ORDER BY id", (save,))

    def count(self) -> int:
        found = self._file.row("SELECT count(*) FROM audit")
        return int(found[0]) if found else 0

    def _entries(self, where: str, parameters: tuple[object, ...]) -> tuple[AuditEntry, ...]:
        rows = self._file.rows(
            f"SELECT id, save, at, user, action, kind, record, fields FROM audit {where}", parameters
        )
        return tuple(
            AuditEntry(
                id=row[0],
                save=row[1],
                at=datetime.fromisoformat(row[2]),
                user=row[3],
                action=row[4],
                kind=row[5],
                record=row[6],
                changes=tuple((name, old, new) for name, old, new in json.loads(row[7])),
            )
            for row in rows
        )
