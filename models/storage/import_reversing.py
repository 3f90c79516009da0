"""Taking a whole import back and making it again: in bulk, and only while nothing later touched its records.

A step back is read from the audit rows of a save, whichever it was: the import itself, or the one that took it back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
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
from models.storage.import_writing import IN_TEXT, TEXT_ADD, TEXT_REMOVE
from models.storage.row_text import teller

Progress = Callable[[str, int, int], None]
KIND = "list_import"
UNDO = "undo"
"""Stands as the reason of an enrolment that went with its save."""
_AT_ONCE = 2_000
_BULK = ("worker", "enrolment")
_SMALL = ("not_same", "verification", "bpjs_count", KIND)
_SPANS = (
    "SELECT worker, scheme, segment, first_month, last_month, kpj <> '' AND paid_on IS NOT NULL, prices "
    "FROM enrolment WHERE counts = 1 AND worker IN (SELECT value FROM json_each(?))"
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


def is_import(connection: Connection, save: int) -> bool:
    """Whether a save took a list in; the row of the list is its first."""
    row = connection.execute("SELECT kind, action FROM audit WHERE save = ? ORDER BY id LIMIT 1", (save,)).fetchone()
    return row is not None and tuple(row) == (KIND, "add")


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


def otherwise_now(connection: Connection, save: int, kind: str) -> Iterator[int]:
    """The records of a kind that no longer are as a save left them."""
    for part in sealed_by(connection, save, kind):
        stored = {row[0]: content for row, content in _rows(connection, kind, [one.record for one in part])}
        for one in part:
            content = stored.get(one.record)
            if content is None or hash_of_row(one.salt, content) != one.row_hash:
                yield one.record


def _rows(connection: Connection, kind: str, ids: Iterable[int]) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Records as stored, each with what `row_text` says of it."""
    cursor = connection.execute(
        f"SELECT * FROM {kind} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(list(ids)),)
    )
    told = teller(kind, tuple(name for name, *_ in cursor.description))
    for row in cursor.fetchall():
        yield row, told(row)


def reverse(change: Change, save: int, progress: Progress | None = None) -> None:
    """Takes back all that a save did, inside the caller's transaction; nothing may have touched its records.

    Raises Rejected where somebody else has a NIK, or a subsidy of these months, that would come back.
    """
    _Reversing(change, save, progress).reverse()


class _Reversing:
    def __init__(self, change: Change, save: int, progress: Progress | None) -> None:
        self._change = change
        self._connection = change.connection
        self._save = save
        self._progress = progress
        self._done = 0
        kinds = self._connection.execute(
            "SELECT kind, count(*) FROM audit WHERE save = ? AND kind IN (SELECT value FROM json_each(?)) "
            "GROUP BY kind ORDER BY min(id) DESC",
            (save, json.dumps([*_BULK, *_SMALL])),
        ).fetchall()
        self._kinds = [kind for kind, _ in kinds]
        self._every = sum(count for _, count in kinds)
        self._coverage: Counter[tuple[str, str, int]] = Counter()

    def reverse(self) -> None:
        for kind in self._kinds:
            for part in sealed_by(self._connection, self._save, kind):
                if kind == "worker":
                    self._workers(part)
                elif kind == "enrolment":
                    self._enrolments(part)
                else:
                    self._show_or_hide(kind, part)
                self._done += len(part)
                if self._progress is not None:
                    self._progress("take_back", self._done, self._every)
        self._connection.executemany(UPSERT, [(*key, one) for key, one in self._coverage.items() if one])

    # Workers

    def _workers(self, part: Sequence[Sealed]) -> None:
        shown = [one.record for one in part if one.action in ("add", "return")]
        hidden = [one.record for one in part if one.action == "withdraw"]
        if shown:
            self._connection.execute(TEXT_REMOVE, (json.dumps(shown),))
            self._set_living(shown, 0)
            self._seal("withdraw", "worker", shown, lambda _row: '[["living",1,0]]')
        if hidden:
            self._set_living(hidden, 1)
            self._connection.execute(TEXT_ADD, (json.dumps(hidden),))
            self._seal("return", "worker", hidden, lambda _row: '[["living",0,1]]')
        corrected = {one.record: one.before for one in part if one.action == "correct"}
        if corrected:
            self._put_back(corrected)

    def _set_living(self, ids: Sequence[int], living: int) -> None:
        try:
            self._connection.execute(
                "UPDATE worker SET living = ?, revision = revision + 1 WHERE id IN (SELECT value FROM json_each(?))",
                (living, json.dumps(ids)),
            )
        except IntegrityError as error:
            raise self._nik_taken(ids, error) from error

    def _put_back(self, corrected: dict[int, dict[str, Any]]) -> None:
        """Gives corrected workers their old values."""
        names = {name for old in corrected.values() for name in old}
        before = self._values(corrected, sorted(names | {"nagari"}))
        in_text = json.dumps([id for id, old in corrected.items() if not IN_TEXT.isdisjoint(old)])
        self._connection.execute(TEXT_REMOVE, (in_text,))
        statements: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for id, old in corrected.items():
            values = {**old, **({"name_key": fold(old["name"])} if "name" in old else {})}
            statements[tuple(values)].append((*values.values(), id))
        for fields, rows in statements.items():
            sets = ", ".join(f"{name} = ?" for name in fields)
            try:
                self._connection.executemany(f"UPDATE worker SET {sets}, revision = revision + 1 WHERE id = ?", rows)
            except IntegrityError as error:
                raise self._nik_taken(list(corrected), error, corrected) from error
        self._connection.execute(TEXT_ADD, (in_text,))
        moved = {id: old["nagari"] for id, old in corrected.items() if "nagari" in old}
        for id, spans in self._spans_of(moved).items():
            for (counted, month), one in changes_of(spans).items():
                self._coverage[counted, before[id]["nagari"], month] -= one
                self._coverage[counted, moved[id], month] += one

        def fields_of(row: tuple[Any, ...]) -> str:
            was = before[row[0]]
            return _encoded([(name, was[name], value) for name, value in corrected[row[0]].items()])

        self._seal("correct", "worker", corrected, fields_of)

    def _nik_taken(
        self, ids: Iterable[int], error: Exception, corrected: dict[int, dict[str, Any]] | None = None
    ) -> Exception:
        """Who has a NIK that would come back."""
        for id, values in self._values(ids, ["nik"]).items():
            nik = (corrected or {}).get(id, {}).get("nik", values["nik"])
            row = self._connection.execute(
                "SELECT worker.name, coalesce(region.name, nagari) FROM worker LEFT JOIN region "
                "ON region.code = nagari WHERE nik = ? AND living = 1 AND worker.id <> ?",
                (nik, id),
            ).fetchone()
            if row is not None:
                return Rejected([same_nik_problem(nik, *row)])
        return error

    # Enrolments

    def _enrolments(self, part: Sequence[Sealed]) -> None:
        ids = [one.record for one in part]
        names = sorted({name for one in part for name in one.before if one.action != "add"} | set(_CANCELLED))
        was = self._values(ids, [*names, "worker"], "enrolment")
        workers = sorted({values["worker"] for values in was.values()})
        before = self._spans_of(workers)
        after_values = {one.record: dict(_CANCELLED) if one.action == "add" else one.before for one in part}
        statements: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for id, values in after_values.items():
            statements[tuple(values)].append((*values.values(), id))
        for fields, rows in statements.items():
            sets = ", ".join(f"{name} = ?" for name in fields)
            try:
                self._connection.executemany(
                    f"UPDATE enrolment SET {sets}, revision = revision + 1 WHERE id = ?", rows
                )
            except IntegrityError as error:  # the last wall of the file against a second subsidy
                message = N_(
                    "A worker of the list has another subsidised enrolment in these months now, so the list cannot "
                    "come back. Cancel the other one first."
                )
                raise Rejected([Problem("save", "second_subsidy", message)]) from error
        self._follow(workers, before, self._spans_of(workers))
        for action, wanted in (("cancel", "add"), ("return", "cancel")):
            chosen = [one.record for one in part if one.action == wanted]
            self._seal(action, "enrolment", chosen, lambda row: _encoded([
                (name, was[row[0]][name], value) for name, value in after_values[row[0]].items()
                if was[row[0]][name] != value
            ]))  # fmt: skip

    def _spans_of(self, workers: Iterable[int]) -> dict[int, tuple[Span, ...]]:
        found: dict[int, list[Span]] = defaultdict(list)
        for worker, scheme, segment, first, last, is_confirmed, prices in self._connection.execute(
            _SPANS, (json.dumps(list(workers)),)
        ).fetchall():
            found[worker].append(Span(scheme, segment, first, last, bool(is_confirmed), _prices(prices)))
        return {worker: tuple(spans) for worker, spans in found.items()}

    def _follow(
        self, workers: Sequence[int], before: dict[int, tuple[Span, ...]], after: dict[int, tuple[Span, ...]]
    ) -> None:
        """Coverage, and the workers' own summaries."""
        summaries = []
        for worker, values in self._values(workers, ["nagari"]).items():
            changes, summary = _difference(before.get(worker, ()), after.get(worker, ()))
            for counted, month, one in changes:
                self._coverage[counted, values["nagari"], month] += one
            summaries.append((*summary, worker))
        self._connection.executemany(
            "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", summaries
        )

    # The rest

    def _show_or_hide(self, kind: str, part: Sequence[Sealed]) -> None:
        for one in part:
            living = int(one.action == "withdraw")
            self._change.execute(f"UPDATE {kind} SET living = ? WHERE id = ?", (living, one.record))
            action = "return" if living else "withdraw"
            self._change.record(action, kind, one.record, [("living", 1 - living, living)])

    def _values(self, ids: Iterable[int], names: Sequence[str], kind: str = "worker") -> dict[int, dict[str, Any]]:
        rows = self._connection.execute(
            f"SELECT id, {', '.join(names)} FROM {kind} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ).fetchall()
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    def _seal(self, action: str, kind: str, ids: Iterable[int], fields: Callable[[tuple[Any, ...]], str]) -> None:
        rows = ((row[0], self._change.origin, fields(row), told) for row, told in _rows(self._connection, kind, ids))
        self._connection.executemany(audit.INSERT, self._change.seal_many(action, kind, rows))


_CANCELLED = {"state": EnrolmentState.CANCELLED.value, "counts": 0, "state_reason": UNDO}
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_prices = lru_cache(maxsize=1_024)(prices_of)


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
