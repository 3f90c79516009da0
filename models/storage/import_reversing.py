"""Taking a whole import back and making it again: in bulk, and only while nothing later touched its records.

A step back is read from the audit rows of a save, whichever it was: the import itself, or the one that took it back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from models.coverage.changes import Span, changes_of
from models.language import N_
from models.people.duplicates import same_nik_problem
from models.people.names import fold
from models.problems import Problem, Rejected
from models.schemes.enrolment import EnrolmentState
from models.storage import audit
from models.storage.audit import Change, hash_of_row
from models.storage.coverage_changes import UPSERT
from models.storage.driver import Connection, IntegrityError
from models.storage.enrolment_rows import prices_of
from models.storage.import_correcting import IN_TEXT, TEXT_ADD, TEXT_REMOVE
from models.storage.row_text import texts_of_columns

Progress = Callable[[str, int, int], None]
KIND = "list_import"
UNDO = "undo"
"""Stands as the reason of an enrolment that went with its save."""
_AT_ONCE = 2_000
_BULK = ("worker", "enrolment")
_SMALL = ("not_same", "verification", "bpjs_count", KIND)
_IN_SPAN = ("scheme", "segment", "first_month", "last_month", "kpj", "paid_on", "prices")
_SPANS = (
    "SELECT worker, scheme, segment, first_month, last_month, kpj <> '' AND paid_on IS NOT NULL, prices "
    "FROM enrolment WHERE counts = 1 AND worker IN (SELECT value FROM json_each(?)) "
    "AND id NOT IN (SELECT value FROM json_each(?))"
)


class Sealed(NamedTuple):
    """What a save did to one record, and the seal of the record as it left it."""

    record: int
    action: str
    fields: str
    salt: bytes
    row_hash: bytes

    @property
    def before(self) -> dict[str, Any]:
        """The fields that it changed, with their values before."""
        return {name: old for name, old, _ in json.loads(self.fields)}


def sealed_by(connection: Connection, save: int, kind: str) -> Iterator[list[Sealed]]:
    """What a save did to the records of a kind, some at a time, in the order in which it did."""
    last = 0
    while rows := connection.execute(
        "SELECT id, record, action, fields, salt, row_hash FROM audit WHERE save = ? AND kind = ? AND id > ? "
        f"ORDER BY id LIMIT {_AT_ONCE}",
        (save, kind, last),
    ).fetchall():
        last = rows[-1][0]
        yield [Sealed(*row[1:]) for row in rows]


def otherwise_now(connection: Connection, save: int, kind: str, *, is_thorough: bool) -> Iterator[int]:
    """The records of a kind that no longer are as a save left them; of all of them where it is thorough, otherwise only
    of those that have later audit rows, which is ten times as quick."""
    for part in sealed_by(connection, save, kind):
        asked = part if is_thorough else _with_later_rows(connection, save, kind, part)
        if asked:
            yield from _Records(connection, kind, asked).otherwise


def _with_later_rows(connection: Connection, save: int, kind: str, part: Sequence[Sealed]) -> list[Sealed]:
    later = {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT record FROM audit WHERE kind = ? AND record IN (SELECT value FROM json_each(?)) "
            "AND save > ? AND row_hash IS NOT NULL",
            (kind, json.dumps([one.record for one in part]), save),
        ).fetchall()
    }
    return [one for one in part if one.record in later]


class _Records:
    """Some records of one kind as stored now, column by column, beside what a save did to them."""

    def __init__(self, connection: Connection, kind: str, part: Sequence[Sealed]) -> None:
        self.kind = kind
        by_id = {one.record: one for one in part}
        cursor = connection.execute(
            f"SELECT * FROM {kind} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(by_id)),),
        )
        names = [name for name, *_ in cursor.description]
        rows = cursor.fetchall()
        self.columns: dict[str, list[Any]] = (
            {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)} if rows else {}
        )
        self.ids: list[int] = self.columns.get("id", [])
        self.sealed = [by_id[id] for id in self.ids]
        missing = by_id.keys() - set(self.ids)
        self.otherwise = [
            *missing,
            *(
                one.record
                for one, content in zip(self.sealed, self.contents(), strict=True)
                if hash_of_row(one.salt, content) != one.row_hash
            ),
        ]

    def contents(self) -> list[bytes]:
        """What `row_text` says of them."""
        return texts_of_columns(self.kind, self.columns) if self.ids else []

    def only(self, *actions: str) -> _Records:
        """Those to whom the save did one of these."""
        chosen = [at for at, one in enumerate(self.sealed) if one.action in actions]
        some = _Records.__new__(_Records)
        some.kind, some.otherwise = self.kind, []
        some.columns = {name: [column[at] for at in chosen] for name, column in self.columns.items()}
        some.ids = [self.ids[at] for at in chosen]
        some.sealed = [self.sealed[at] for at in chosen]
        return some

    def put(self, values: Sequence[dict[str, Any]]) -> list[str]:
        """Gives each its values; what that changes, as fields of its audit row."""
        fields = []
        for at, its in enumerate(values):
            told = []
            for name, value in its.items():
                column = self.columns[name]
                if column[at] != value:
                    told.append((name, column[at], value))
                    column[at] = value
            fields.append(_encoded(told))
        return fields


def reverse(change: Change, save: int, progress: Progress | None = None) -> bool:
    """Takes back all that a save did, inside the caller's transaction; False where a record is otherwise than the save
    left it: then the caller must undo everything.

    Raises Rejected where somebody else has a NIK, or a subsidy of these months, that would come back.
    """
    return _Reversing(change, save, progress).reverse()


class _Reversing:
    def __init__(self, change: Change, save: int, progress: Progress | None) -> None:
        self._change = change
        self._connection = change.connection
        self._save = save
        self._progress = progress
        self._done = 0
        self._kinds = self._in_order()
        (self._every,) = self._connection.execute(
            "SELECT count(*) FROM audit WHERE save = ? AND kind <> 'save'", (save,)
        ).fetchone()
        self._coverage: Counter[tuple[str, str, int]] = Counter()

    def _in_order(self) -> tuple[str, ...]:
        """Workers go out of sight before their enrolments, and come back after them: the indexes hold only those who
        are in sight, and so have less to follow."""
        row = self._connection.execute(
            "SELECT 1 FROM audit WHERE save = ? AND kind = ? AND action = 'withdraw'", (self._save, KIND)
        ).fetchone()
        return ("worker", "enrolment", "not_same", KIND) if row is None else (KIND, "not_same", "enrolment", "worker")

    def reverse(self) -> bool:
        for kind in self._kinds:
            for part in sealed_by(self._connection, self._save, kind):
                records = _Records(self._connection, kind, part)
                if records.otherwise:
                    return False
                if kind == "worker":
                    self._workers(records)
                elif kind == "enrolment":
                    self._enrolments(records)
                else:
                    self._show_or_hide(kind, part)
                self._done += len(part)
                if self._progress is not None:
                    self._progress("take_back", self._done, self._every)
        self._connection.executemany(UPSERT, [(*key, one) for key, one in self._coverage.items() if one])
        return True

    # Workers

    def _workers(self, records: _Records) -> None:
        shown, hidden = records.only("add", "return"), records.only("withdraw")
        if shown.ids:
            self._connection.execute(TEXT_REMOVE, (json.dumps(shown.ids),))
            self._set_living(shown, 0)
            self._seal("withdraw", shown, shown.put([{"living": 0}] * len(shown.ids)))
        if hidden.ids:
            self._set_living(hidden, 1)
            self._connection.execute(TEXT_ADD, (json.dumps(hidden.ids),))
            self._seal("return", hidden, hidden.put([{"living": 1}] * len(hidden.ids)))
        corrected = records.only("correct")
        if corrected.ids:
            self._put_back(corrected)

    def _set_living(self, records: _Records, living: int) -> None:
        try:
            self._connection.execute(
                "UPDATE worker SET living = ?, revision = revision + 1 WHERE id IN (SELECT value FROM json_each(?))",
                (living, json.dumps(records.ids)),
            )
        except IntegrityError as error:
            raise self._nik_taken(zip(records.ids, records.columns["nik"], strict=True), error) from error

    def _put_back(self, records: _Records) -> None:
        """Gives corrected workers their old values."""
        old = [one.before for one in records.sealed]
        nagari = list(records.columns["nagari"])
        in_text = [id for id, its in zip(records.ids, old, strict=True) if not IN_TEXT.isdisjoint(its)]
        self._connection.execute(TEXT_REMOVE, (json.dumps(in_text),))
        keyed = [{**its, **({"name_key": fold(its["name"])} if "name" in its else {})} for its in old]
        try:
            self._update("worker", records.ids, keyed)
        except IntegrityError as error:
            niks = [its.get("nik", nik) for its, nik in zip(old, records.columns["nik"], strict=True)]
            raise self._nik_taken(zip(records.ids, niks, strict=True), error) from error
        self._connection.execute(TEXT_ADD, (json.dumps(in_text),))
        moved = {id: (was, its["nagari"]) for id, was, its in zip(records.ids, nagari, old, strict=True)
                 if "nagari" in its}  # fmt: skip
        for id, spans in self._other_spans(moved, ()).items():
            for (counted, month), one in changes_of(spans).items():
                self._coverage[counted, moved[id][0], month] -= one
                self._coverage[counted, moved[id][1], month] += one
        self._seal("correct", records, records.put(old))

    def _nik_taken(self, niks: Iterable[tuple[int, str]], error: Exception) -> Exception:
        """Who has a NIK that would come back."""
        for id, nik in niks:
            row = self._connection.execute(
                "SELECT worker.name, coalesce(region.name, nagari) FROM worker LEFT JOIN region "
                "ON region.code = nagari WHERE nik = ? AND living = 1 AND worker.id <> ?",
                (nik, id),
            ).fetchone()
            if row is not None:
                return Rejected([same_nik_problem(nik, *row)])
        return error

    # Enrolments

    def _enrolments(self, records: _Records) -> None:
        values = [dict(_CANCELLED) if one.action == "add" else one.before for one in records.sealed]
        workers = records.columns["worker"]
        others = self._other_spans(workers, records.ids)
        before = self._with_own(others, records)
        fields = records.put(values)
        after = self._with_own(others, records)
        try:
            self._update("enrolment", records.ids, values)
        except IntegrityError as error:  # the last wall of the file against a second subsidy
            message = N_(
                "A worker of the list has another subsidised enrolment in these months now, so the list cannot "
                "come back. Cancel the other one first."
            )
            raise Rejected([Problem("save", "second_subsidy", message)]) from error
        self._follow(sorted(set(workers)), before, after)
        action = {"add": "cancel", "cancel": "return"}
        for done, answer in action.items():
            chosen = records.only(done)
            told = [its for its, one in zip(fields, records.sealed, strict=True) if one.action == done]
            self._seal(answer, chosen, told)

    def _other_spans(self, workers: Iterable[int], without: Iterable[int]) -> dict[int, tuple[Span, ...]]:
        """The enrolments that count of some workers, but for some of them."""
        found: dict[int, list[Span]] = defaultdict(list)
        for worker, *row in self._connection.execute(
            _SPANS, (json.dumps(list(workers)), json.dumps(list(without)))
        ).fetchall():
            found[worker].append(_span(*row))
        return {worker: tuple(spans) for worker, spans in found.items()}

    def _with_own(self, others: dict[int, tuple[Span, ...]], records: _Records) -> dict[int, tuple[Span, ...]]:
        """With those of the records that count as they stand."""
        found = dict(others)
        columns = records.columns
        for worker, counts, *row in zip(columns["worker"], columns["counts"], *(columns[name] for name in _IN_SPAN),
                                        strict=True):  # fmt: skip
            if counts:
                found[worker] = (*found.get(worker, ()), _span(*row[:-3], bool(row[-3] and row[-2]), row[-1]))
        return found

    def _follow(
        self, workers: Sequence[int], before: dict[int, tuple[Span, ...]], after: dict[int, tuple[Span, ...]]
    ) -> None:
        """Coverage, and the workers' own summaries."""
        summaries = []
        for worker, nagari in self._connection.execute(
            "SELECT id, nagari FROM worker WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(workers),)
        ).fetchall():
            changes, summary = _difference(before.get(worker, ()), after.get(worker, ()))
            for counted, month, one in changes:
                self._coverage[counted, nagari, month] += one
            summaries.append((*summary, worker))
        self._connection.executemany(
            "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", summaries
        )

    # The rest

    def _update(self, kind: str, ids: Sequence[int], values: Sequence[dict[str, Any]]) -> None:
        """One statement for all records whose values go into the same columns."""
        statements: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for id, its in zip(ids, values, strict=True):
            statements[tuple(its)].append((*its.values(), id))
        for names, rows in statements.items():
            sets = ", ".join(f"{name} = ?" for name in names)
            self._connection.executemany(f"UPDATE {kind} SET {sets}, revision = revision + 1 WHERE id = ?", rows)

    def _show_or_hide(self, kind: str, part: Sequence[Sealed]) -> None:
        for one in part:
            living = int(one.action == "withdraw")
            self._change.execute(f"UPDATE {kind} SET living = ? WHERE id = ?", (living, one.record))
            action = "return" if living else "withdraw"
            self._change.record(action, kind, one.record, [("living", 1 - living, living)])

    def _seal(self, action: str, records: _Records, fields: Iterable[str]) -> None:
        origins = repeat(self._change.origin, len(records.ids))
        rows = zip(records.ids, origins, fields, records.contents(), strict=True)
        self._connection.executemany(audit.INSERT, self._change.seal_many(action, records.kind, rows))


_CANCELLED = {"state": EnrolmentState.CANCELLED.value, "counts": 0, "state_reason": UNDO}
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4_096)
def _span(scheme: int, segment: str, first: int, last: int, is_confirmed: bool, prices: str) -> Span:
    """Many enrolments of a list are alike."""
    return Span(scheme, segment, first, last, bool(is_confirmed), prices_of(prices))


@lru_cache(maxsize=4_096)
def _difference(
    before: tuple[Span, ...], after: tuple[Span, ...]
) -> tuple[tuple[tuple[str, int, int], ...], tuple[str, int | None, int | None]]:
    """What changes in the coverage, and the worker's summary afterwards."""
    changes = Counter(changes_of(after))
    changes.subtract(changes_of(before))
    schemes = " ".join(str(scheme) for scheme in sorted({span.scheme for span in after}))
    first, last = (min(s.first for s in after), max(s.last for s in after)) if after else (None, None)
    return tuple((counted, month, one) for (counted, month), one in changes.items() if one), (schemes, first, last)
