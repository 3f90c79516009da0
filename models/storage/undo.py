"""Taking saves back and making them again, from their audit rows: step by step, across restarts, over nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.language import N_
from models.offices.users import Right
from models.people.worker import Worker
from models.problems import Problem, Rejected
from models.storage import import_reversing, merging, worker_rows
from models.storage.audit import Change, hash_of_row
from models.storage.audit_trail import AuditEntry, AuditTrail
from models.storage.coverage_changes import spans_of
from models.storage.driver import IntegrityError
from models.storage.enrolments import Enrolments
from models.storage.import_touched import problem_of, rests_on_it, touched_since
from models.storage.opening import OpenFile
from models.storage.row_text import row_text
from models.storage.settings import write_settings
from models.storage.workers import correct_worker, get_worker, return_worker, withdraw_worker

_OTHERS = (
    "eligible_workers", "bpjs_count", "target", "legal_basis", "fund", "receipt", "payment", "waiting", "roster",
    "promise", "agent", "outreach", "column_mapping", "column_layout", "not_same", "verification", "sent_list",
    "list_import",
)  # fmt: skip
"""Tables whose rows only go out of sight (``living``) and change their fields."""
_RIGHTS = {
    "settings": Right.SETTINGS,
    **dict.fromkeys(_OTHERS, Right.APPROVE),
    **dict.fromkeys(("column_mapping", "not_same", "verification", "list_import"), Right.ENTER),
    **dict.fromkeys(("column_layout", "sent_list"), Right.EXPORT),
}
"""What else taking back needs than the right to enter."""
_KINDS = ("worker", "enrolment", "settings", *_OTHERS)
_USED_BY = {
    "fund": (("enrolment", "fund", "counts"), ("receipt", "fund", "living"), ("payment", "fund", "living")),
    "legal_basis": (
        ("enrolment", "decree", "counts"), ("fund", "legal_basis", "living"), ("promise", "legal_basis", "living"),
        ("legal_basis", "replaces", "living"),
    ),
    "agent": (("outreach", "agent", "living"),),
}  # fmt: skip
"""What points at a record and keeps it in sight."""
_NO_EDITS = frozenset({"show", "print", "anonymise"})
"""Actions that changed nothing a person typed, or that are never taken back."""
_AT_ONCE = 50


class _Touched(Exception):
    """Something later touched what a list brought."""


@dataclass(frozen=True, slots=True)
class Step:
    """One save that can be taken back or made again."""

    save: int
    at: datetime
    user: str
    entries: tuple[AuditEntry, ...]
    """What it did to records, in the order written."""

    @property
    def worker(self) -> int | None:
        """The worker it is about, where it is about one."""
        return next((entry.record for entry in self.entries if entry.kind == "worker"), None)

    @property
    def is_import(self) -> bool:
        """A whole list of workers that was taken in; `entries` then holds the list alone, however many people it
        brought."""
        return len(self.entries) == 1 and _is_of_workers(self.entries[0])


class Undo:
    """The saves of the person who works with the register, in both directions."""

    def __init__(self, file: OpenFile, enrolments: Enrolments, forget: Callable[[], None]) -> None:
        """`forget` is called after the office's settings were changed."""
        self._file = file
        self._enrolments = enrolments
        self._audit = AuditTrail(file)
        self._forget = forget

    def next_undo(self) -> Step | None:
        """The person's own newest save that still stands; None when there is none."""
        for save in self._own_saves():
            step = self._step(save)
            if step is not None and not self.is_undone(save):
                return step
        return None

    def next_redo(self) -> Step | None:
        """The save that the person took back last, as long as nothing new was saved since."""
        for save in self._own_saves():
            mark = self._mark_of(save)
            if mark is not None and mark.action == "undo" and self.is_undone(mark.record):
                return self._step(mark.record)
            if mark is None and self._step(save) is not None:
                return None
        return None

    def undo(self, step: Step | None = None, progress: import_reversing.Progress | None = None) -> Step | None:
        """Takes a save back (the next one, unless another is named): nothing is deleted, records go out of sight or
        get their old values. None where there is nothing to take back.

        Raises Rejected, with nothing changed, where a record is no longer as the save left it. `progress` is told
        where it is a whole list, which may be long; what it raises leaves everything as it was.
        """
        step = step or self.next_undo()
        if step is not None and step.is_import:
            self._reverse_import(step, step.save, "undo", progress)
        elif step is not None:
            self._reverse(step, step.entries, "undo")
        return step

    def redo(self) -> Step | None:
        """Makes the save again that was taken back last; None where there is none. Raises Rejected."""
        step = self.next_redo()
        if step is not None:
            taken_back = self._file.row(
                "SELECT save FROM audit WHERE kind = 'save' AND record = ? ORDER BY id DESC LIMIT 1", (step.save,)
            )
            assert taken_back is not None
            if step.is_import:
                self._reverse_import(step, taken_back[0], "redo", None)
                return step
            self._reverse(step, self._records_of(taken_back[0]), "redo")
        return step

    def step_of(self, save: int) -> Step | None:
        """A save as a step; None where it did nothing that can be taken back."""
        return self._step(save)

    def is_undone(self, save: int) -> bool:
        """Whether a save was taken back and not made again."""
        row = self._file.row(
            "SELECT action FROM audit WHERE kind = 'save' AND record = ? ORDER BY id DESC LIMIT 1", (save,)
        )
        return row is not None and row[0] == "undo"

    # What was saved

    def _own_saves(self) -> Iterable[int]:
        """Numbers of the person's transactions, newest first."""
        last = 1 << 62
        while saves := self._file.rows(
            "SELECT DISTINCT save FROM audit WHERE user = ? AND save < ? ORDER BY save DESC LIMIT ?",
            (self._file.user, last, _AT_ONCE),
        ):
            for (last,) in saves:
                yield last

    def _mark_of(self, save: int) -> AuditEntry | None:
        """Where a transaction is itself a taking back: which save it was of."""
        entry = self._audit.last_of_save(save)  # where it stands, and a whole list may stand before it
        return entry if entry is not None and entry.kind == "save" else None

    def _step(self, save: int) -> Step | None:
        first = self._audit.first_of_save(save)
        if first is not None and _is_of_workers(first):
            return Step(save, first.at, first.user, (first,))
        if self._mark_of(save) is not None:
            return None
        entries = self._audit.of_save(save)
        records = _records(entries)
        is_fresh = not any(entry.kind in ("save", "register") for entry in entries)
        return Step(save, records[0].at, records[0].user, records) if records and is_fresh else None

    def _records_of(self, save: int) -> tuple[AuditEntry, ...]:
        return _records(self._audit.of_save(save))

    # Reversing

    def _reverse(self, step: Step, entries: tuple[AuditEntry, ...], mark: str) -> None:
        rights = {_RIGHTS.get(entry.kind, Right.ENTER) for entry in entries}
        merge = merging.merge_in(entries)
        with self._file.change() as change:
            for right in {Right.CORRECT} if merge is not None else rights:
                self._file.require(right)
            if merge is not None:
                problems = merging.problems_since(change.connection, entries)
                if problems:
                    raise Rejected(problems)
                merging.reverse(change, entries, merging.APART if mark == "undo" else merging.MERGE)
            else:
                self._require_untouched(change, entries)
                for entry in reversed(entries):
                    self._reverse_one(change, entry)
            change.record(mark, "save", step.save, [])
        if any(entry.kind == "settings" for entry in entries):
            self._forget()

    def _reverse_import(self, step: Step, save: int, mark: str, progress: import_reversing.Progress | None) -> None:
        """Takes back what `save` did: the import itself, or its taking back."""
        try:
            with self._file.spilling(), self._file.change(Right.ENTER) as change:
                if rests_on_it(change.connection, save) or not import_reversing.reverse(change, save, progress):
                    raise _Touched
                change.record(mark, "save", step.save, [])
        except _Touched:
            touched = touched_since(self._file.connection, save, is_thorough=True)
            raise Rejected([problem_of(touched)]) from None

    def _require_untouched(self, change: Change, entries: tuple[AuditEntry, ...]) -> None:
        """Every record still says what it said after the save; otherwise somebody would lose work."""
        latest = {(entry.kind, entry.record): entry for entry in entries}
        for (kind, record), entry in latest.items():
            content = row_text(change.connection, kind, record)
            seal = self._file.row("SELECT salt, row_hash FROM audit WHERE id = ?", (entry.id,))
            assert seal is not None
            if content is None or seal[1] is None or hash_of_row(seal[0], content) != seal[1]:
                raise Rejected([self._changed_since(entry)])

    def _changed_since(self, entry: AuditEntry) -> Problem:
        later = self._audit.of(entry.kind, entry.record)[-1]
        message = N_(
            "{user} changed this record again on {day} at {time}, so this save cannot be taken back or made again. "
            "Open the record and correct it there."
        )
        about = {"user": later.user, "day": f"{later.at:%d/%m/%Y}", "time": f"{later.at:%H:%M}"}
        return Problem("save", "changed_since", message, about)

    def _reverse_one(self, change: Change, entry: AuditEntry) -> None:
        old = {name: before for name, before, _ in entry.changes}
        match entry.kind:
            case "worker":
                self._reverse_worker(change, entry, old)
            case "enrolment":
                self._reverse_enrolment(change, entry, old)
            case "settings":
                new = {name: after for name, _, after in entry.changes}
                write_settings(change, old)
                change.record("correct", "settings", 0, [(name, new[name], old[name]) for name in old])
            case table:
                self._reverse_other(change, table, entry, old)

    def _reverse_other(self, change: Change, table: str, entry: AuditEntry, old: dict[str, Any]) -> None:
        if entry.action == "correct":
            values, action = old, "correct"
        else:
            is_shown = entry.action == "withdraw"
            values, action = {"living": int(is_shown)}, "return" if is_shown else "withdraw"
        if values.get("living") == 0:
            self._require_unused(table, entry.record)
        columns = {row[1]: row[2] for row in self._file.rows(f"PRAGMA table_info({table})")}
        unknown = values.keys() - columns.keys()
        assert not unknown, f"no columns {unknown} of {table}"
        before = self._file.row(f"SELECT {', '.join(values)} FROM {table} WHERE id = ?", (entry.record,))
        assert before is not None
        raised = ", revision = revision + 1" if "revision" in columns else ""
        try:
            change.execute(
                f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in values)}{raised} WHERE id = ?",
                (*(_stored(value, columns[name]) for name, value in values.items()), entry.record),
            )
        except IntegrityError as error:
            message = N_("Another record has taken its place meanwhile, so this one cannot come back.")
            raise Rejected([Problem("save", "place_taken", message)]) from error
        changes = [(name, _told(was), values[name]) for name, was in zip(values, before, strict=True)]
        change.record(action, table, entry.record, changes)

    def _require_unused(self, table: str, record: int) -> None:
        for other, column, still in _USED_BY.get(table, ()):
            if self._file.row(f"SELECT 1 FROM {other} WHERE {column} = ? AND {still} = 1 LIMIT 1", (record,)):
                message = N_("Something else was entered that rests on it, so it stays. Take that back first.")
                raise Rejected([Problem("save", "in_use", message)])

    def _reverse_worker(self, change: Change, entry: AuditEntry, old: dict[str, Any]) -> None:
        worker = get_worker(self._file, entry.record)
        if entry.action in ("add", "return"):
            if spans_of(change.connection, entry.record):
                raise Rejected([self._enrolled_since(worker)])
            withdraw_worker(change, worker)
        elif entry.action == "withdraw":
            return_worker(change, worker)
        else:
            correct_worker(change, worker, worker_rows.with_values(worker, old))

    def _reverse_enrolment(self, change: Change, entry: AuditEntry, old: dict[str, Any]) -> None:
        if entry.action == "add":
            if self._file.row("SELECT 1 FROM paper WHERE enrolment = ?", (entry.record,)) is not None:
                message = N_(
                    "A letter was issued for this enrolment, so the save cannot be taken back. "
                    "Cancel the enrolment on the workers page, with the reason."
                )
                raise Rejected([Problem("save", "letter_issued", message)])
            self._enrolments.cancel_within(change, entry.record, "undo")
            return
        try:
            self._enrolments.put_back(change, entry.record, old)
        except IntegrityError as error:  # the last wall of the file against a second subsidy
            message = N_(
                "The worker has another subsidised enrolment in these months now, so this one cannot come back. "
                "Cancel the other one first."
            )
            raise Rejected([Problem("save", "second_subsidy", message)]) from error

    def _enrolled_since(self, worker: Worker) -> Problem:
        message = N_(
            "{name} was enrolled after this save, so it cannot be taken back. Cancel the enrolment first, with the "
            "reason."
        )
        return Problem("save", "enrolled_since", message, {"name": worker.name})


def _records(entries: Iterable[AuditEntry]) -> tuple[AuditEntry, ...]:
    """What a transaction did to records; a merge is taken back as a whole, with everything that it carried over."""
    entries = tuple(entries)
    kinds = merging.TABLES if merging.merge_in(entries) is not None else _KINDS
    return tuple(entry for entry in entries if entry.kind in kinds and entry.action not in _NO_EDITS)


def _is_of_workers(entry: AuditEntry) -> bool:
    """A list of workers, as the first row of its save tells; answers of others have no mode, and go back row by row."""
    added = (entry.kind, entry.action) == (import_reversing.KIND, "add")
    return added and any(name == "mode" and new for name, _old, new in entry.changes)


def _stored(value: Any, kind: str) -> Any:
    """A value of an audit row as its column holds it: a hash stands there in hexadecimal."""
    return bytes.fromhex(value) if kind == "BLOB" and isinstance(value, str) else value


def _told(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
