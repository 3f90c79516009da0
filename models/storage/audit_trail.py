"""Reading who changed what, when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from models.storage.audit import FieldChange
from models.storage.opening import OpenFile


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

    def last_change_at(self) -> datetime | None:
        """Moment of the newest save; the making of the register itself is none."""
        found = self._file.row("SELECT at FROM audit WHERE save > 1 ORDER BY id DESC LIMIT 1")
        return datetime.fromisoformat(found[0]) if found else None

    def saves_after(self, rows: int, moment: datetime | None) -> int:
        """How many saves a copy lacks that holds the first `rows` audit rows, the newest of them of `moment`."""
        latest = moment.isoformat(timespec="seconds") if moment else ""
        found = self._file.row("SELECT count(DISTINCT save) FROM audit WHERE id > ? OR at > ?", (rows, latest))
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
                changes=tuple((name, old, new) for name, old, new in json.loads(row[7] or "[]")),
            )
            for row in rows
        )
