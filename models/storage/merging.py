"""Writing a merge and taking it apart again, inside the caller's transaction: every step has its audit row, and the
way back goes the same steps from the last to the first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.language import N_
from models.people.duplicates import same_nik_problem
from models.people.merging import MERGED, MergePreview, Side
from models.people.names import fold
from models.people.pairs import in_order
from models.people.worker import Worker
from models.problems import Problem, Rejected
from models.schemes.enrolment import EnrolmentState
from models.storage import worker_rows
from models.storage.audit import Change, differences, hash_of_row
from models.storage.audit_trail import AuditEntry
from models.storage.coverage_changes import apply_difference, spans_of
from models.storage.driver import Connection, IntegrityError
from models.storage.row_text import row_text
from models.storage.uids import new_uid
from models.storage.workers import TEXT_ADD, TEXT_REMOVE, require_no_masks
from models.values.formats import Written, date_short

KIND = "worker_merge"
MERGE, APART = "merge", "take_apart"
"""Actions of the audit rows."""
CARRIED = ("enrolment", "waiting", "correction_request", "verification")
"""Tables whose rows belong to one worker (column ``worker``)."""
TABLES = ("worker", *CARRIED, "not_same", KIND)
"""Kinds of the audit rows that a way back goes through."""
_READ = frozenset({"show", "print"})
_NEW = {
    "enrolment": "SELECT id FROM enrolment WHERE counts = 1 AND worker IN (?1, ?2)",
    "waiting": "SELECT id FROM waiting WHERE living = 1 AND worker IN (?1, ?2)",
    "correction_request": "SELECT id FROM correction_request WHERE state = 'open' AND worker IN (?1, ?2)",
    "verification": "SELECT id FROM verification WHERE living = 1 AND worker IN (?1, ?2)",
    KIND: "SELECT id FROM worker_merge WHERE living = 1 AND kept IN (?1, ?2)",
}
"""What may have come to either worker since."""
_WORDS = {
    "worker": N_("the record"),
    "enrolment": N_("an enrolment"),
    "waiting": N_("a place on a waiting list"),
    "correction_request": N_("a proposed correction"),
    "verification": N_("a check by another authority"),
    "not_same": N_("a decision “not the same”"),
    KIND: N_("another merging"),
}


@dataclass(frozen=True, slots=True)
class _Workers:
    """Both workers as they stood before anything was written."""

    kept: int
    merged: int
    spans: Mapping[int, tuple[str, list[Any]]]


def write_merge(change: Change, preview: MergePreview, reason: str) -> int:
    """Makes one worker of two; returns the number of the merge. The preview was judged already."""
    kept, merged = preview.kept, preview.merged
    assert kept.id is not None
    assert merged.id is not None
    require_no_masks(preview.result)
    before = _before(change.connection, kept.id, merged.id)
    for overlap in preview.overlaps:
        for enrolment in overlap.cancelled:
            values = {"state": EnrolmentState.CANCELLED.value, "counts": 0, "state_reason": MERGED}
            _set(change, "cancel", "enrolment", enrolment.id or 0, values)
    for kind, id in _given_up(change.connection, kept.id, merged.id):
        _set(change, "withdraw", kind, id, {"living": 0})
    _set(change, MERGE, "worker", merged.id, {"living": 0, "merged_into": kept.id})
    old, new = (dict(zip(worker_rows.FIELDS, worker_rows.row_of(one), strict=True)) for one in (kept, preview.result))
    _set(change, MERGE, "worker", kept.id, {name: value for name, _, value in differences(old, new)})
    for kind in CARRIED:
        for (id,) in change.connection.execute(
            f"SELECT id FROM {kind} WHERE worker = ? ORDER BY id", (merged.id,)
        ).fetchall():
            _set(change, MERGE, kind, id, {"worker": kept.id})
    for id, one, other in change.connection.execute(
        "SELECT id, one, other FROM not_same WHERE living = 1 AND ? IN (one, other) ORDER BY id", (merged.id,)
    ).fetchall():
        third = one if other == merged.id else other
        _set(change, MERGE, "not_same", id, {"one": min(third, kept.id), "other": max(third, kept.id)})
    drafts = _move_drafts(change.connection, _drafts_of(change.connection, merged.id), merged.id, kept.id)
    taken = [field.name for field in preview.fields if field.taken is Side.MERGED and not field.is_same]
    row = {
        "kept": kept.id,
        "merged": merged.id,
        "reason": reason,
        "fields": _json(taken),
        "moved": _json({"draft": drafts}),
        "other_nik": merged.nik if preview.result.nik == kept.nik else kept.nik,
        "merged_on": change.at.date().isoformat(),
    }
    id = change.execute(
        f"INSERT INTO worker_merge (uid, {', '.join(row)}) VALUES (?, {', '.join('?' * len(row))})",
        (new_uid(), *row.values()),
    )
    told = ("kept", "merged", "reason")
    change.record("add", KIND, id, [(name, None, row[name]) for name in told if row[name] != ""])
    _finish(change, before)
    return id


def note_not_same(change: Change, one: int, other: int, reason: str) -> int:
    """Writes that two workers are two persons, with its audit row; returns the number of the decision."""
    pair = in_order(one, other)
    values = {"one": pair[0], "other": pair[1], "reason": reason, "decided_on": change.at.date().isoformat()}
    id = change.execute(
        f"INSERT INTO not_same (uid, {', '.join(values)}) VALUES (?, ?, ?, ?, ?)", (new_uid(), *values.values())
    )
    change.record("add", "not_same", id, [(name, None, value) for name, value in values.items()])
    return id


def reverse(change: Change, entries: Sequence[AuditEntry], action: str) -> None:
    """Undoes the steps of a merge (`APART`), or of its taking apart (`MERGE`), the last one first.

    Raises Rejected where the NIK that comes back belongs to somebody else by now.
    """
    kept, merged, moved = change.connection.execute(
        "SELECT kept, merged, moved FROM worker_merge WHERE id = ?", (merge_in(entries),)
    ).fetchone()
    before = _before(change.connection, kept, merged)
    for entry in reversed(entries):
        if entry.kind not in TABLES:
            continue
        old = {name: value for name, value, _new in entry.changes}
        if entry.kind == KIND and entry.action == "add":
            old = {"living": 0}
        try:
            _set(change, action, entry.kind, entry.record, old)
        except IntegrityError as error:
            raise _in_the_way(change.connection, entry, old, error) from error
    drafts = json.loads(moved)["draft"] if moved else []
    _move_drafts(change.connection, drafts, *((kept, merged) if action == APART else (merged, kept)))
    _finish(change, before)


def merge_in(entries: Iterable[AuditEntry]) -> int | None:
    """The merge that was written or taken apart by a save; None where none was."""
    return next((entry.record for entry in entries if entry.kind == KIND), None)


def problems_since(connection: Connection, entries: Sequence[AuditEntry]) -> tuple[Problem, ...]:
    """What later touched the two workers or what hangs on them: each keeps the save from being taken back or made
    again, and is told with who did it and when."""
    latest = {(entry.kind, entry.record): entry for entry in entries if entry.kind in TABLES}
    found: list[tuple[str, str, str]] = []
    for (kind, record), entry in latest.items():
        content = row_text(connection, kind, record)
        salt, row_hash = connection.execute("SELECT salt, row_hash FROM audit WHERE id = ?", (entry.id,)).fetchone()
        if content is None or row_hash is None or hash_of_row(salt, content) != row_hash:
            found.append((_WORDS[kind], *_last_of(connection, kind, record)))
    kept, merged = connection.execute(
        "SELECT kept, merged FROM worker_merge WHERE id = ?", (merge_in(entries),)
    ).fetchone()
    since = _last_save_of(connection, entries)
    for kind, ids in _NEW.items():
        rows = connection.execute(
            f"SELECT user, at FROM audit AS first WHERE kind = '{kind}' AND record IN ({ids}) AND save > ?3 "
            "AND NOT EXISTS (SELECT 1 FROM audit WHERE kind = first.kind AND record = first.record AND id < first.id)",
            (kept, merged, since),
        ).fetchall()
        for user, at in rows:
            found.append((_WORDS[kind], user, at))
    return tuple(_told(found))


# Details


def _told(found: Sequence[tuple[str, str, str]]) -> Iterable[Problem]:
    later = N_("{what} was changed by {user} on {day} at {time}")
    message = N_("The two cannot be taken apart or merged again as they were: {first}. Take that back first.")
    more = N_(
        "The two cannot be taken apart or merged again as they were: {first}, and {count} more things were changed "
        "since. Take those back first."
    )
    if not found:
        return
    newest = max(found, key=lambda one: one[2])
    about = Written((later, newest), _change_words)
    words = message if len(found) == 1 else more
    yield Problem("save", "touched_since", words, {"first": about, "count": len(found) - 1})


def _change_words(told: tuple[str, tuple[str, str, str]]) -> str:
    from datetime import datetime

    from models.language import translate

    sentence, (what, user, at) = told
    moment = datetime.fromisoformat(at)
    return translate(sentence).format(
        what=translate(what), user=user, day=date_short(moment.date()), time=f"{moment:%H:%M}"
    )


def _last_of(connection: Connection, kind: str, record: int) -> tuple[str, str]:
    """Who changed a record last, and when."""
    read = ", ".join(f"'{action}'" for action in sorted(_READ))
    user, at = connection.execute(
        f"SELECT user, at FROM audit WHERE kind = ? AND record = ? AND action NOT IN ({read}) ORDER BY id DESC LIMIT 1",
        (kind, record),
    ).fetchone()
    return user, at


def _last_save_of(connection: Connection, entries: Sequence[AuditEntry]) -> int:
    """The save by which the merge stands as it does now, made again perhaps."""
    row = connection.execute(
        "SELECT max(save) FROM audit WHERE kind = ? AND record = ?", (KIND, merge_in(entries))
    ).fetchone()
    return int(row[0])


def _set(change: Change, action: str, kind: str, record: int, values: Mapping[str, Any]) -> None:
    """Gives a row other values, with its audit row; with none of them only the audit row."""
    connection = change.connection
    old: dict[str, Any] = {}
    if values:
        row = connection.execute(f"SELECT {', '.join(values)} FROM {kind} WHERE id = ?", (record,)).fetchone()
        old = dict(zip(values, row, strict=True))
        sets = [f"{name} = ?" for name in values]
        parameters: list[Any] = [*values.values()]
        if kind in ("worker", "enrolment"):
            sets.append("revision = revision + 1")
        if "name" in values and kind == "worker":
            sets.append("name_key = ?")
            parameters.append(fold(values["name"]))
        connection.execute(f"UPDATE {kind} SET {', '.join(sets)} WHERE id = ?", (*parameters, record))
    change.record(action, kind, record, [(name, old[name], value) for name, value in values.items()])


def _before(connection: Connection, kept: int, merged: int) -> _Workers:
    """Notes what the sums count of both, and takes both out of the name index."""
    spans = {}
    for id in (kept, merged):
        living, nagari, *text = _index_row(connection, id)
        spans[id] = (nagari, spans_of(connection, id))
        if living:
            connection.execute(TEXT_REMOVE, (id, *text))
    return _Workers(kept, merged, spans)


def _finish(change: Change, before: _Workers) -> None:
    """Who lives is in the name index again, and the sums follow the enrolments."""
    for id in (before.kept, before.merged):
        living, nagari, *text = _index_row(change.connection, id)
        if living:
            change.connection.execute(TEXT_ADD, (id, *text))
        after = (nagari, spans_of(change.connection, id))
        apply_difference(change.connection, id, before.spans[id], after)


def _index_row(connection: Connection, worker: int) -> tuple[Any, ...]:
    found: tuple[Any, ...] = connection.execute(
        "SELECT living, nagari, name_key, nik, family_card FROM worker WHERE id = ?", (worker,)
    ).fetchone()
    return found


def _given_up(connection: Connection, kept: int, merged: int) -> list[tuple[str, int]]:
    """Rows that the kept worker would have twice or about itself: the later place on a waiting list, a decision that
    stands already, the decision that the two are not the same."""
    waiting = connection.execute(
        "SELECT scheme, id FROM waiting WHERE living = 1 AND worker IN (?, ?) ORDER BY added_on, id", (kept, merged)
    ).fetchall()
    seen: set[int] = set()
    given_up = []
    for scheme, id in waiting:
        if scheme in seen:
            given_up.append(("waiting", id))
        seen.add(scheme)
    decided: set[int] = {kept, merged}
    for id, one, other in connection.execute(
        "SELECT id, one, other FROM not_same WHERE living = 1 AND (one IN (?1, ?2) OR other IN (?1, ?2)) "
        "ORDER BY ?1 IN (one, other) DESC, id",
        (kept, merged),
    ).fetchall():
        third = other if one in (kept, merged) else one
        if third in decided:
            given_up.append(("not_same", id))
        decided.add(third)
    return given_up


def _drafts_of(connection: Connection, worker: int) -> list[int]:
    """Half-typed corrections of a worker, and forms that go on with its record."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT id FROM draft WHERE form = ? OR json_extract(fields, '$.\"worker:id\"') = ? ORDER BY id",
            (f"worker:{worker}", str(worker)),
        ).fetchall()
    ]


def _move_drafts(connection: Connection, drafts: Sequence[int], from_: int, to: int) -> list[int]:
    """Lets drafts go on with another worker; returns those that did."""
    moved = []
    for id in drafts:
        row = connection.execute("SELECT form, fields FROM draft WHERE id = ?", (id,)).fetchone()
        if row is None:
            continue  # saved or thrown away since
        form, text = row
        fields = json.loads(text)
        if form == f"worker:{from_}":
            connection.execute("UPDATE draft SET form = ? WHERE id = ?", (f"worker:{to}", id))
        elif fields.get("worker:id") == str(from_):
            fields["worker:id"] = str(to)
            written = json.dumps(fields, separators=(",", ":"))
            connection.execute("UPDATE draft SET fields = ? WHERE id = ?", (written, id))
        else:
            continue
        moved.append(id)
    return moved


def _in_the_way(connection: Connection, entry: AuditEntry, values: Mapping[str, Any], error: Exception) -> Exception:
    """Why a row cannot have its old values back; any other broken constraint is a bug."""
    if entry.kind == "worker":
        nik = (
            values.get("nik")
            or connection.execute("SELECT nik FROM worker WHERE id = ?", (entry.record,)).fetchone()[0]
        )
        other = connection.execute(
            "SELECT worker.name, coalesce(region.name, nagari) FROM worker LEFT JOIN region ON region.code = nagari "
            "WHERE nik = ? AND living = 1 AND id <> ?",
            (nik, entry.record),
        ).fetchone()
        return error if other is None else Rejected([same_nik_problem(nik, *other)])
    if entry.kind == "enrolment":
        message = N_(
            "The worker has another subsidised enrolment in these months now, so this one cannot come back. "
            "Cancel the other one first."
        )
        return Rejected([Problem("save", "second_subsidy", message)])
    message = N_("Another record has taken its place meanwhile, so this one cannot come back.")
    return Rejected([Problem("save", "place_taken", message)])


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def counted(connection: Connection, worker: Worker) -> dict[str, int]:
    """How many records of each kind hang on a worker."""

    def count(sql: str) -> int:
        return int(connection.execute(sql, (worker.id,)).fetchone()[0])

    return {
        "enrolments": count("SELECT count(*) FROM enrolment WHERE worker = ?"),
        "papers": count("SELECT count(*) FROM paper WHERE enrolment IN (SELECT id FROM enrolment WHERE worker = ?)"),
        "waiting": count("SELECT count(*) FROM waiting WHERE worker = ? AND living = 1"),
        "requests": count("SELECT count(*) FROM correction_request WHERE worker = ?"),
        "verifications": count("SELECT count(*) FROM verification WHERE worker = ? AND living = 1"),
        "not_same": count("SELECT count(*) FROM not_same WHERE living = 1 AND ? IN (one, other)"),
        "drafts": len(_drafts_of(connection, worker.id or 0)),
    }
