"""Writing the changed fields of registered workers: values, text index, coverage, audit rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from models.people.duplicates import same_nik_problem
from models.people.names import fold
from models.problems import Rejected
from models.storage import audit
from models.storage.audit import Change
from models.storage.coverage_changes import apply_difference, spans_of
from models.storage.driver import IntegrityError
from models.storage.import_matching import Intention, row_subject
from models.storage.row_text import teller

_TEXT_OF = "SELECT id, name_key, nik, family_card FROM worker WHERE id IN (SELECT value FROM json_each(?))"
TEXT_ADD = f"INSERT INTO worker_text (rowid, name_key, nik, family_card) {_TEXT_OF}"
TEXT_REMOVE = (
    "INSERT INTO worker_text (worker_text, rowid, name_key, nik, family_card) "
    f"SELECT 'delete', {_TEXT_OF.removeprefix('SELECT ')}"
)
IN_TEXT = frozenset({"name", "nik", "family_card"})


class Correcting:
    """The changed workers of one list, inside the caller's transaction."""

    def __init__(self, change: Change, intention: Intention, origin: Callable[[int], str]) -> None:
        """`origin` tells where the values of a place come from."""
        self._change = change
        self._connection = change.connection
        self._intention = intention
        self._origin = origin

    def write(self, part: Sequence[int]) -> None:
        """Writes what changes at some places. Raises Rejected where somebody else has a NIK."""
        ids = {self._intention.workers[place]: place for place in part}
        asked = json.dumps(sorted(ids))
        moved = self._moved(part)
        in_text = json.dumps([id for id, place in ids.items() if self._touches(place, IN_TEXT)])
        self._connection.execute(TEXT_REMOVE, (in_text,))
        for names, rows in self._by_fields(ids.items()).items():
            sets = ", ".join(f"{name} = ?" for name in names)
            try:
                self._connection.executemany(f"UPDATE worker SET {sets}, revision = revision + 1 WHERE id = ?", rows)
            except IntegrityError as error:
                raise self._nik_taken(part, error) from error
        self._connection.execute(TEXT_ADD, (in_text,))
        for id, (old, new) in moved.items():
            spans = spans_of(self._connection, id)
            if spans:
                apply_difference(self._connection, id, (old, spans), (new, spans))
        cursor = self._connection.execute(
            "SELECT * FROM worker WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (asked,)
        )
        told = teller("worker", tuple(name for name, *_ in cursor.description))
        audits = (
            (row[0], self._origin(ids[row[0]]), self._fields(ids[row[0]]), told(row)) for row in cursor.fetchall()
        )
        self._connection.executemany(audit.INSERT, self._change.seal_many("correct", "worker", audits))

    def _by_fields(self, ids: Iterable[tuple[int, int]]) -> Mapping[tuple[str, ...], list[tuple[Any, ...]]]:
        """The same fields change in most rows of a list, so that one statement serves many."""
        rows: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for id, place in ids:
            changes = self._intention.changes[place]
            names, values = [one.name for one in changes], [one.after for one in changes]
            if "name" in names:
                names.append("name_key")
                values.append(fold(str(values[names.index("name")])))
            rows[tuple(names)].append((*values, id))
        return rows

    def _touches(self, place: int, names: frozenset[str]) -> bool:
        return any(one.name in names for one in self._intention.changes[place])

    def _moved(self, places: Iterable[int]) -> dict[int, tuple[str, str]]:
        return {
            self._intention.workers[place]: (str(one.before), str(one.after))
            for place in places
            for one in self._intention.changes[place]
            if one.name == "nagari"
        }

    def _fields(self, place: int) -> str:
        return _encoded([(one.name, one.before, one.after) for one in self._intention.changes[place]])

    def _nik_taken(self, part: Sequence[int], error: Exception) -> Exception:
        for place in part:
            for one in self._intention.changes[place]:
                if one.name != "nik":
                    continue
                row = self._connection.execute(
                    "SELECT worker.name, coalesce(region.name, nagari) FROM worker LEFT JOIN region "
                    "ON region.code = nagari WHERE nik = ? AND living = 1 AND worker.id <> ?",
                    (one.after, self._intention.workers[place]),
                ).fetchone()
                if row is not None:
                    return Rejected(
                        [same_nik_problem(str(one.after), *row)], row_subject(self._intention.checked, place)
                    )
        return error


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
