"""Workers as stored: adding, correcting, taking out of sight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.language import N_
from models.people.duplicates import same_nik_problem
from models.people.rules import problems_of_masks
from models.people.worker import Worker
from models.problems import Problem, Rejected
from models.storage import worker_rows
from models.storage.audit import Change, differences
from models.storage.coverage_changes import apply_difference, spans_of
from models.storage.driver import IntegrityError
from models.storage.opening import OpenFile
from models.storage.rows import RecordMissing
from models.storage.uids import new_uid, uid_bytes, uid_text

TEXT_ADD = "INSERT INTO worker_text (rowid, name_key, nik, family_card) VALUES (?, ?, ?, ?)"
TEXT_REMOVE = "INSERT INTO worker_text (worker_text, rowid, name_key, nik, family_card) VALUES ('delete', ?, ?, ?, ?)"


def get_worker(file: OpenFile, id: int) -> Worker:
    """The worker of an id; LookupError when there is none."""
    row = file.row(f"{worker_rows.SELECT} WHERE id = ?", (id,))
    if row is None:
        raise RecordMissing()
    return worker_rows.worker_of(row)


def add_worker(change: Change, worker: Worker, office: str) -> Worker:
    """Writes a new worker with its index and audit rows, inside the caller's transaction.

    Raises Rejected with a problem of the field ``nik`` when a living worker has the same NIK, and for a masked value.
    """
    require_no_masks(worker)
    uid = uid_bytes(worker.uid) if worker.uid else new_uid()
    row = worker_rows.row_of(worker)
    key = worker_rows.name_key_of(worker)
    try:
        id = change.execute(worker_rows.INSERT, (uid, office, 1, key, *row))
    except IntegrityError as error:
        raise _same_nik(error, change, worker) from error
    change.execute(TEXT_ADD, (id, key, worker.nik, worker.family_card))
    values = zip(worker_rows.FIELDS, row, strict=True)
    change.record("add", "worker", id, [(name, None, value) for name, value in values if value not in ("", None)])
    return replace(worker, id=id, uid=uid_text(uid), office=office, revision=1)


def require_living(change: Change, worker: Worker) -> None:
    """Raises Rejected for a worker that was taken out of sight: nothing may be added to it."""
    living, merged_into = change.connection.execute(
        "SELECT living, merged_into FROM worker WHERE id = ?", (worker.id,)
    ).fetchone()
    if merged_into is not None:
        message = N_("The record of {name} was merged into another one meanwhile. Open that one and go on there.")
        raise Rejected([Problem("name", "merged", message, {"name": worker.name})])
    if not living:
        message = N_("The record of {name} was taken back, so nothing can be added to it. Register the worker anew.")
        raise Rejected([Problem("name", "withdrawn", message, {"name": worker.name})])


def correct_worker(change: Change, old: Worker, worker: Worker) -> Worker:
    """Writes the fields that differ, inside the caller's transaction; nothing at all when none does.

    Raises Rejected when another living worker has the NIK, or when somebody else corrected the record or took it back
    meanwhile.
    """
    assert old.id is not None
    require_living(change, old)
    if worker.revision != old.revision:
        raise Rejected([Problem("name", "corrected_meanwhile", N_(
            "Somebody else corrected this record meanwhile. Open it again and enter your correction once more."
        ))])  # fmt: skip
    old_row, row = worker_rows.row_of(old), worker_rows.row_of(worker)
    changes = differences(
        dict(zip(worker_rows.FIELDS, old_row, strict=True)), dict(zip(worker_rows.FIELDS, row, strict=True))
    )
    if not changes:
        return old
    require_no_masks(worker)
    key = worker_rows.name_key_of(worker)
    try:
        change.execute(worker_rows.UPDATE, (old.revision + 1, key, *row, old.id))
    except IntegrityError as error:
        raise _same_nik(error, change, worker) from error
    change.execute(TEXT_REMOVE, (old.id, worker_rows.name_key_of(old), old.nik, old.family_card))
    change.execute(TEXT_ADD, (old.id, key, worker.nik, worker.family_card))
    if old.nagari != worker.nagari:
        spans = spans_of(change.connection, old.id)
        if spans:
            apply_difference(change.connection, old.id, (old.nagari, spans), (worker.nagari, spans))
    change.record("correct", "worker", old.id, changes)
    return replace(worker, id=old.id, uid=old.uid, office=old.office, revision=old.revision + 1)


def withdraw_worker(change: Change, worker: Worker) -> None:
    """Takes a worker out of sight, inside the caller's transaction; the row and its audit stay.

    Raises Rejected for one into whom another was merged: that one would be lost with it.
    """
    assert worker.id is not None
    if change.connection.execute("SELECT 1 FROM worker WHERE merged_into = ? LIMIT 1", (worker.id,)).fetchone():
        message = N_("Another record was merged into that of {name}, so it stays. Take the two apart first.")
        raise Rejected([Problem("name", "holds_another", message, {"name": worker.name})])
    change.execute("UPDATE worker SET living = 0, revision = revision + 1 WHERE id = ?", (worker.id,))
    change.execute(TEXT_REMOVE, (worker.id, worker_rows.name_key_of(worker), worker.nik, worker.family_card))
    change.record("withdraw", "worker", worker.id, [("living", 1, 0)])


def return_worker(change: Change, worker: Worker) -> None:
    """Brings a worker that was taken out of sight back, inside the caller's transaction.

    Raises Rejected when another living worker has the NIK now.
    """
    assert worker.id is not None
    try:
        change.execute("UPDATE worker SET living = 1, revision = revision + 1 WHERE id = ?", (worker.id,))
    except IntegrityError as error:
        raise _same_nik(error, change, worker) from error
    change.execute(TEXT_ADD, (worker.id, worker_rows.name_key_of(worker), worker.nik, worker.family_card))
    change.record("return", "worker", worker.id, [("living", 0, 1)])


def require_no_masks(worker: Worker) -> None:
    """Raises Rejected. The last wall: whatever the screen does, no mask ever stands in a record."""
    problems = problems_of_masks(worker)
    if problems:
        raise Rejected(problems)


def _same_nik(error: Any, change: Change, worker: Worker) -> Exception:
    """The uniqueness of the NIK as a problem of its field; any other broken constraint is a bug."""
    other = change.connection.execute(
        "SELECT worker.name, coalesce(region.name, nagari) FROM worker LEFT JOIN region ON region.code = nagari "
        "WHERE nik = ? AND living = 1 AND id IS NOT ?",
        (worker.nik, worker.id),
    ).fetchone()
    if other is None:
        assert isinstance(error, Exception)
        return error
    return Rejected([same_nik_problem(worker.nik, *other)])
