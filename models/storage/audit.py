"""Who changed what, when: rows written in the same transaction as the change itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from models.storage.driver import Connection

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

FieldChange = tuple[str, object, object]
"""Name of the field, old value, new value."""


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
