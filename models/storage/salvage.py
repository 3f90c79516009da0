"""What a damaged file still gives beyond a backup: each record that is newer, and whether it is certain."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.language import N_
from models.storage.audit import NO_HASH, digest_of, hash_of_entry, hash_of_row
from models.storage.comparing import UNTOUCHED, ChangeLine, are_alike, changed_fields, moment_of_row
from models.storage.damaged import DamagedFile, settled
from models.storage.driver import Connection, connect
from models.storage.failures import failures_named
from models.storage.grafting import grafted
from models.storage.keys import Key
from models.storage.row_text import WITHOUT, text_of
from models.storage.salvaged import KeptDraft, Newer, Salvaged

STAGES = {
    "worker": N_("Reading the workers of the damaged file …"),
    "enrolment": N_("Reading the enrolments of the damaged file …"),
    "audit": N_("Reading the audit trail of the damaged file …"),
    "draft": N_("Reading the drafts of the damaged file …"),
}
"""The tables that are read, one after the other, with what is said meanwhile (English message ids)."""
Tell = Callable[[str], None]
"""Told the table that begins; what it raises ends the reading."""
_UID = 16
_AT_ONCE = 2_048
"""Rows of the backup that are read in one step."""


def salvage(
    damaged: Path,
    backup: Path,
    *,
    key: Key | None = None,
    backup_key: Key | None = None,
    tell: Tell | None = None,
) -> Salvaged:
    """Reads what can be read of `damaged` and compares it with a whole backup; both are left as they are.

    A record counts as certain where it has the hash that its latest audit row keeps of it, or where that audit row,
    itself sealed by the one before it, gives the values. Raises StorageFailure only about the backup or the disk.
    """
    say = tell or (lambda table: None)
    with failures_named(backup), contextlib.closing(connect(backup, key=backup_key, read_only=True)) as base:
        base.execute("BEGIN")
        with settled(damaged, key) as file:
            with contextlib.closing(DamagedFile(file, key)) as reader:
                if all(reader.columns(table) for table in ("worker", "audit")):
                    return _Salvaging(reader, base, say).result()
            with (
                grafted(file, backup, key, backup_key) as copy,
                contextlib.closing(DamagedFile(copy or file, key)) as reader,
            ):
                return _Salvaging(reader, base, say).result()


@dataclass(slots=True)
class _Trail:
    """The newest audit row of a record, and all that came after the backup."""

    id: int
    at: str
    user: str
    action: str
    salt: bytes
    row_hash: bytes | None
    is_sealed: bool
    newer: list[tuple[str, str, bool]]
    """Action, fields, sealed: of the rows after the backup, oldest first."""


class _Salvaging:
    """One run over a damaged file."""

    def __init__(self, reader: DamagedFile, base: Connection, tell: Tell) -> None:
        self._reader, self._base, self._tell = reader, base, tell
        self._entries = int(base.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()[0])
        self._read: dict[str, int] = {}
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        """Rows that are not in the backup as they are."""
        self._trail: dict[tuple[str, int], _Trail] = {}
        self._common = 0
        self._others: list[ChangeLine] = []

    def result(self) -> Salvaged:
        for kind in ("worker", "enrolment"):
            self._read_records(kind)
        self._read_trail()
        drafts = tuple(self._read_drafts())
        newer: list[Newer] = []
        lost: list[ChangeLine] = []
        for kind in ("worker", "enrolment"):
            newer += self._judged(kind)
            known = {(one.line.kind, one.line.record) for one in newer}
            for found in self._from_trail(kind, known):
                (newer if isinstance(found, Newer) else lost).append(found)  # type: ignore[arg-type]
        newer = [self._owned(one) for one in newer]
        return Salvaged(
            read=self._read,
            unread={table: count for table, count in self._reader.unread.items() if count},
            newer=tuple(sorted(newer, key=lambda one: one.line.at or datetime.min, reverse=True)),
            lost=tuple(sorted(lost, key=lambda line: line.at or datetime.min, reverse=True)),
            others=tuple(reversed(self._others)),
            drafts=drafts,
            is_related=self._common > 0,
        )

    # Reading

    def _read_records(self, kind: str) -> None:
        self._tell(kind)
        names = self._reader.columns(kind)
        self._read[kind] = 0
        if not {"id", "uid", "revision"} <= set(names):
            return
        highest = self._base.execute(f"SELECT coalesce(max(id), 0) FROM {kind}").fetchone()[0]
        alike = self._rows_alike(kind, names)
        for row in self._reader.rows(kind, highest):
            self._read[kind] += 1
            if alike(row[0]) == row:
                continue
            values = dict(zip(names, row, strict=True))
            if not (isinstance(values["uid"], bytes) and len(values["uid"]) == _UID):
                self._read[kind] -= 1
                continue
            before = self._before(kind, values["uid"])
            if before is None or _content(kind, before) != _content(kind, values):
                self._rows[kind, values["id"]] = values

    def _rows_alike(self, kind: str, names: tuple[str, ...]) -> Callable[[int], tuple[Any, ...] | None]:
        """The row of the backup with a number, asked for in growing order: nearly all are the same to the last bit."""
        if names != self._columns_of_base(kind):
            return lambda id: None
        held: dict[int, tuple[Any, ...]] = {}
        begin = -1

        def row(id: int) -> tuple[Any, ...] | None:
            nonlocal begin
            if id // _AT_ONCE != begin:
                begin = id // _AT_ONCE
                held.clear()
                sql = f"SELECT * FROM {kind} WHERE id >= ? AND id < ?"
                found = self._base.execute(sql, (begin * _AT_ONCE, (begin + 1) * _AT_ONCE))
                held.update((one[0], one) for one in found)
            return held.get(id)

        return row

    def _read_trail(self) -> None:
        """Keeps the newest row of each record that matters, and finds where the trail leaves that of the backup."""
        self._tell("audit")
        names = self._reader.columns("audit")
        self._read["audit"] = 0
        last_id, last_hash = 0, NO_HASH
        for row in self._reader.rows("audit", self._entries) if names else ():
            entry = dict(zip(names, row, strict=True))
            self._read["audit"] += 1
            if entry["id"] <= self._entries and self._is_shared(entry):
                self._common = entry["id"]
            follows = entry["id"] == last_id + 1
            sealed = follows and _is_sealed(entry, last_hash)
            last_id, last_hash = entry["id"], entry.get("hash") or NO_HASH
            self._note(entry, sealed)

    def _note(self, entry: Mapping[str, Any], sealed: bool) -> None:
        name = (entry["kind"], entry["record"])
        is_newer = self._common > 0 and entry["id"] > self._common
        if entry["kind"] not in ("worker", "enrolment"):
            if (
                is_newer
                and entry["kind"] in OTHERS
                and (entry["action"] not in UNTOUCHED or entry["kind"] == "sent_list")
            ):
                self._others.append(ChangeLine(
                    entry["kind"], entry["action"], entry["record"], moment_of_row(entry["at"]), entry["user"],
                    fields=changed_fields(entry["fields"]),
                ))  # fmt: skip
            return
        if entry["action"] in UNTOUCHED or not (is_newer or name in self._rows):
            return
        before = self._trail.get(name)
        newer = before.newer if before is not None else []
        if is_newer:
            newer.append((entry["action"], entry["fields"], sealed))
        self._trail[name] = _Trail(entry["id"], entry["at"], entry["user"], entry["action"], entry.get("salt") or b"",
                                   entry.get("row_hash"), sealed, newer)  # fmt: skip

    def _is_shared(self, entry: Mapping[str, Any]) -> bool:
        """Whether the backup has the very same row."""
        if entry.get("hash") is not None and self._base_has_seals():
            found = self._base.execute("SELECT hash FROM audit WHERE id = ?", (entry["id"],)).fetchone()
            return bool(found is not None and found[0] == entry["hash"])
        found = self._base.execute(
            "SELECT at, user, action, kind, record, fields FROM audit WHERE id = ?", (entry["id"],)
        ).fetchone()
        return are_alike(found, tuple(entry[name] for name in ("at", "user", "action", "kind", "record", "fields")))

    def _base_has_seals(self) -> bool:
        return "hash" in self._columns_of_base("audit")

    def _read_drafts(self) -> Iterator[KeptDraft]:
        self._tell("draft")
        names = self._reader.columns("draft")
        self._read["draft"] = 0
        for row in self._reader.rows("draft") if names else ():
            values = dict(zip(names, row, strict=True))
            self._read["draft"] += 1
            known = self._base.execute(
                "SELECT 1 FROM draft WHERE form = ? AND fields = ? AND user = ?",
                (values["form"], values["fields"], values["user"]),
            ).fetchone()
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                fields = {str(name): str(text) for name, text in json.loads(values["fields"]).items()}
                if known is None and fields and moment_of_row(values["saved_at"]):
                    yield KeptDraft(values["form"], fields, values["focus"], values["user"], values["saved_at"])

    # Judging

    def _judged(self, kind: str) -> Iterator[Newer]:
        """The rows that differ from the backup, each with what the trail says of it."""
        for (of, record), values in self._rows.items():
            if of != kind:
                continue
            before = self._before(kind, values["uid"])
            if before is not None and before["revision"] > values["revision"]:
                continue
            trail = self._trail.get((kind, record))
            fits = trail is not None and trail.row_hash is not None and (
                hash_of_row(trail.salt, text_of(kind, tuple(values), tuple(values.values()))) == trail.row_hash
            )  # fmt: skip
            if not fits and trail is not None and trail.newer:
                rebuilt = self._rebuilt(kind, record, trail)
                if rebuilt is not None:
                    yield rebuilt
                    continue
            yield Newer(self._line(kind, record, values, before, trail), fits, values, before)

    def _from_trail(self, kind: str, known: set[tuple[str, int]]) -> Iterator[Newer | ChangeLine]:
        """The records whose rows cannot be read, by what the audit rows since the backup say of them."""
        for (of, record), trail in self._trail.items():
            if of != kind or not trail.newer or (kind, record) in known or (kind, record) in self._rows:
                continue
            rebuilt = self._rebuilt(kind, record, trail)
            if rebuilt is None:
                yield self._line(kind, record, self._known(kind, record) or _told(trail), None, trail)
            elif rebuilt.line.fields or rebuilt.before is None:
                yield rebuilt

    def _rebuilt(self, kind: str, record: int, trail: _Trail) -> Newer | None:
        """The record as its audit rows since the backup leave it; None where they do not say all of it."""
        before = self._known(kind, record)
        values: dict[str, Any] = dict(before or {"id": record, "living": 1})
        actions = [action for action, _fields, _sealed in trail.newer]
        if before is None and actions[0] != "add":
            return None
        for _action, fields, _sealed in trail.newer:
            try:
                values |= {name: new for name, _old, new in json.loads(fields)}
            except (ValueError, TypeError):
                return None
        complete = {"worker": ("nik", "name", "born_on"), "enrolment": ("worker", "scheme", "first_month", "prices")}
        if before is None and not all(values.get(name) for name in complete[kind]):
            return None  # loaded from a list: the audit row names the record only
        line = self._line(kind, record, values, before, trail)
        return Newer(line, all(sealed for _action, _fields, sealed in trail.newer), values, before)

    def _line(
        self,
        kind: str,
        record: int,
        values: Mapping[str, Any],
        before: Mapping[str, Any] | None,
        trail: _Trail | None,
    ) -> ChangeLine:
        fields = () if before is None else tuple(
            name for name in values if name not in WITHOUT[kind] and name in before and values[name] != before[name]
        )  # fmt: skip
        action = "add" if before is None else "correct" if trail is None else trail.action
        return ChangeLine(
            kind, action, record, None if trail is None else moment_of_row(trail.at), "" if trail is None
            else trail.user, str(values.get("name") or ""), str(values.get("nik") or ""), fields=fields,
            entry=0 if trail is None else trail.id,
        )  # fmt: skip

    def _owned(self, one: Newer) -> Newer:
        """An enrolment with the worker to whom it belongs."""
        if one.line.kind != "enrolment":
            return one
        worker = one.values.get("worker")
        owner = self._rows.get(("worker", worker)) if isinstance(worker, int) else None
        is_new = owner is not None and self._before("worker", owner["uid"]) is None
        if owner is None and isinstance(worker, int):
            trail = self._trail.get(("worker", worker))
            rebuilt = None if trail is None or not trail.newer else self._rebuilt("worker", worker, trail)
            is_new = rebuilt is not None and rebuilt.before is None
            owner = dict(rebuilt.values) if rebuilt is not None else self._known("worker", worker)
        code = self._base.execute("SELECT code FROM scheme WHERE id = ?", (one.values.get("scheme"),)).fetchone()
        known = owner or {}
        line = replace(
            one.line,
            name=str(known.get("name") or ""),
            nik=str(known.get("nik") or ""),
            scheme=code[0] if code else "",
        )
        return replace(one, line=line, owner=owner, is_owner_new=is_new)

    # The backup

    def _columns_of_base(self, table: str) -> tuple[str, ...]:
        return tuple(name for name, *_rest in self._base.execute(f"SELECT * FROM {table} LIMIT 0").description)

    def _before(self, kind: str, uid: bytes) -> dict[str, Any] | None:
        """The record of the backup with this uid."""
        return self._one(f"SELECT * FROM {kind} WHERE uid = ?", uid)

    def _known(self, kind: str, record: int) -> dict[str, Any] | None:
        """The record of the backup with this number, which is the same one where the trails begin alike."""
        return self._one(f"SELECT * FROM {kind} WHERE id = ?", record) if self._common else None

    def _one(self, sql: str, parameter: object) -> dict[str, Any] | None:
        cursor = self._base.execute(sql, (parameter,))
        row = cursor.fetchone()
        return None if row is None else dict(zip((name for name, *_rest in cursor.description), row, strict=True))


OTHERS = ("settings", "reference", "user", "paper", "correction_request", "eligible_workers", "bpjs_count", "target",
           "not_same", "worker_merge", "legal_basis", "fund", "receipt", "payment", "waiting", "roster", "promise",
           "agent", "outreach", "list_import", "verification", "sent_list", "column_mapping",
           "column_layout")  # fmt: skip
"""Kinds that no draft brings back."""


def _content(kind: str, values: Mapping[str, Any]) -> bytes:
    """All that counts of a record, whatever columns its file has."""
    return text_of(kind, tuple(values), tuple(values.values()))


def _told(trail: _Trail) -> dict[str, Any]:
    """What the audit rows since the backup say of a record, be it only its name."""
    values: dict[str, Any] = {}
    for _action, fields, _sealed in trail.newer:
        with contextlib.suppress(ValueError, TypeError):
            values |= {name: new for name, _old, new in json.loads(fields)}
    return values


def _is_sealed(entry: Mapping[str, Any], before: bytes) -> bool:
    """Whether an audit row is exactly as it was written after the row with the hash `before`."""
    if entry.get("hash") is None:
        return False
    told = tuple(entry[name] for name in ("id", "save", "at", "user", "action", "kind", "record", "origin"))
    digest = entry["fields_digest"] or digest_of(entry["salt"], entry["fields"])
    return bool(hash_of_entry(before, told, digest, entry["row_hash"]) == entry["hash"])
