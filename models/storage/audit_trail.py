"""Reading who changed what, when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.storage.anchors import Anchor, Misfit, misfits
from models.storage.audit import FieldChange
from models.storage.audit_chain import Head, head_of
from models.storage.failures import failures_named
from models.storage.opening import OpenFile
from models.storage.rows import from_rows


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
    origin: str = ""
    """Where the values come from when nobody typed them: the file of an import, or ``request:17:rina``."""
    is_erased: bool = False
    """Its values were erased when the record was anonymised; that there was a change stays known."""


_OF_WORKER = (
    "WHERE (kind = 'worker' AND record = ?1) "
    "OR (kind = 'worker' AND action NOT IN ('merge', 'take_apart') AND record IN ("
    "WITH RECURSIVE merged (id) AS (SELECT id FROM worker WHERE merged_into = ?1 "
    "UNION SELECT worker.id FROM worker JOIN merged ON merged_into = merged.id) SELECT id FROM merged)) "
    "OR (kind = 'worker_merge' AND record IN (SELECT id FROM worker_merge WHERE kept = ?1 "
    "UNION SELECT id FROM worker_merge WHERE merged = ?1)) "
    "OR (kind = 'not_same' AND record IN (SELECT id FROM not_same WHERE one = ?1 "
    "UNION SELECT id FROM not_same WHERE other = ?1)) "
    "OR (kind = 'enrolment' AND record IN (SELECT id FROM enrolment WHERE worker = ?1)) "
    "OR (kind = 'paper' AND record IN "
    "(SELECT paper.id FROM paper JOIN enrolment ON enrolment.id = enrolment WHERE worker = ?1)) "
    "OR (kind = 'paper' AND record = 0 AND action = 'print' AND EXISTS "
    "(SELECT 1 FROM paper JOIN enrolment ON enrolment.id = enrolment WHERE worker = ?1 "
    "AND instr(audit.fields, '\"' || paper.number || '\"'))) "
    "OR (kind = 'correction_request' AND record IN (SELECT id FROM correction_request WHERE worker = ?1)) "
    "ORDER BY id"
)
_IS_SAVE = "action NOT IN ('check', 'log_in', 'log_in_refused')"
_CHECKED = "kind = 'register' AND record = 0 AND action = 'check'"


class AuditTrail:
    """Reading the audit rows."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def of(self, kind: str, record: int) -> tuple[AuditEntry, ...]:
        """What happened to one record, oldest first."""
        return self._entries("WHERE kind = ? AND record = ? ORDER BY id", (kind, record))

    def of_worker(self, worker: int) -> tuple[AuditEntry, ...]:
        """The whole story of a worker: its record and those that were merged into it, enrolments, papers, proposed
        corrections, showings, what was decided on look-alikes; oldest first.

        Of many letters printed at once the row names the first and the last; those between have their own rows only
        when they were first issued.
        """
        return self._entries(_OF_WORKER, (worker,))

    def taken_back(self, saves: Iterable[int]) -> frozenset[int]:
        """Those of some saves that were taken back and not made again."""
        rows = self._file.rows(
            "SELECT record, action, max(id) FROM audit WHERE kind = 'save' "
            "AND record IN (SELECT value FROM json_each(?)) GROUP BY record",
            (json.dumps(sorted(set(saves))),),
        )
        return frozenset(save for save, action, _ in rows if action == "undo")

    def reversals(self, saves: Iterable[int]) -> Mapping[int, tuple[str, int]]:
        """Of some saves those that took another one back (``undo``) or made it again (``redo``), with its number."""
        rows = self._file.rows(
            "SELECT save, action, record FROM audit WHERE kind = 'save' AND save IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(saves))),),
        )
        return {save: (action, record) for save, action, record in rows}

    def of_save(self, save: int) -> tuple[AuditEntry, ...]:
        """All rows of one transaction, in the order written."""
        return self._entries("WHERE save = ? ORDER BY id", (save,))

    def first_of_save(self, save: int) -> AuditEntry | None:
        """The first row of one transaction, however many it has."""
        found = self._entries("WHERE save = ? ORDER BY id LIMIT 1", (save,))
        return found[0] if found else None

    def last_of_save(self, save: int) -> AuditEntry | None:
        """The last one."""
        found = self._entries("WHERE save = ? ORDER BY id DESC LIMIT 1", (save,))
        return found[0] if found else None

    def count(self) -> int:
        found = self._file.row("SELECT count(*) FROM audit")
        return int(found[0]) if found else 0

    @from_rows
    def last_change_at(self) -> datetime | None:
        """Moment of the newest save; making the register, checking it and logging in are none."""
        found = self._file.row(f"SELECT at FROM audit WHERE save > 1 AND {_IS_SAVE} ORDER BY id DESC LIMIT 1")
        return datetime.fromisoformat(found[0]) if found else None

    @from_rows
    def last_at(self) -> datetime | None:
        """Moment of the newest entry of any kind; a computer's clock that is before it was set back."""
        found = self._file.row("SELECT at FROM audit ORDER BY id DESC LIMIT 1")
        return datetime.fromisoformat(found[0]) if found else None

    @from_rows
    def first_at(self) -> datetime | None:
        """When the register was made."""
        found = self._file.row("SELECT at FROM audit ORDER BY id LIMIT 1")
        return datetime.fromisoformat(found[0]) if found else None

    def head(self) -> Head:
        """The end of the chain as it is now."""
        with failures_named(self._file.path):
            return head_of(self._file.connection)

    def misfits(self, anchors: Iterable[Anchor]) -> tuple[Misfit, ...]:
        """The anchors that the chain as it is now does not hold on; the chain itself is not read again."""
        with failures_named(self._file.path):
            return tuple(misfits(self._file.connection, anchors))

    @from_rows
    def last_check(self) -> datetime | None:
        """When the whole file was last checked; None: never."""
        found = self._file.row(f"SELECT at FROM audit WHERE {_CHECKED} ORDER BY id DESC LIMIT 1")
        return datetime.fromisoformat(found[0]) if found else None

    def note_check(self, findings: int) -> None:
        """Keeps that the whole file was checked now, and how much was found."""
        with self._file.change(before_login=True) as change:
            change.record("check", "register", 0, [("findings", None, findings)])

    def saves_after(self, rows: int, moment: datetime | None) -> int:
        """How many saves a copy lacks that holds the first `rows` audit rows, the newest of them of `moment`."""
        latest = moment.isoformat(timespec="seconds") if moment else ""
        found = self._file.row(
            f"SELECT count(DISTINCT save) FROM audit WHERE (id > ? OR at > ?) AND {_IS_SAVE}", (rows, latest)
        )
        return int(found[0]) if found else 0

    @from_rows
    def _entries(self, where: str, parameters: tuple[object, ...]) -> tuple[AuditEntry, ...]:
        rows = self._file.rows(
            "SELECT id, save, at, user, action, kind, record, fields, origin, fields_digest IS NOT NULL "
            f"FROM audit {where}",
            parameters,
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
                origin=row[8],
                is_erased=bool(row[9]),
            )
            for row in rows
        )
