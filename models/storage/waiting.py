"""The waiting list of a scheme: who takes the place of somebody that was rejected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.offices.users import Right
from models.storage.audit import Change
from models.storage.opening import OpenFile
from models.storage.uids import new_uid


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """One worker who waits for a place."""

    id: int
    worker: int
    scheme: int
    added_on: date
    notes: str


class Waiting:
    """Who waits for which scheme, first come first served."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def of_scheme(self, scheme: int) -> tuple[WaitingEntry, ...]:
        """In the order in which they came."""
        rows = self._file.rows(
            "SELECT id, worker, scheme, added_on, notes FROM waiting WHERE scheme = ? AND living = 1 "
            "ORDER BY added_on, id",
            (scheme,),
        )
        return tuple(WaitingEntry(row[0], row[1], row[2], date.fromisoformat(row[3]), row[4]) for row in rows)

    def add(self, workers: Iterable[int], scheme: int, notes: str = "") -> tuple[int, ...]:
        """Puts workers at the end of the list, in one transaction; who waits already keeps the place. Returns the ids
        of the new entries."""
        waiting = {entry.worker for entry in self.of_scheme(scheme)}
        added = []
        with self._file.change(Right.ENTER) as change:
            for worker in dict.fromkeys(workers):
                if worker in waiting:
                    continue
                values = (worker, scheme, change.at.date().isoformat(), notes.strip())
                id = change.execute(
                    "INSERT INTO waiting (uid, worker, scheme, added_on, notes) VALUES (?, ?, ?, ?, ?)",
                    (new_uid(), *values),
                )
                named = zip(("worker", "scheme", "added_on", "notes"), values, strict=True)
                change.record("add", "waiting", id, [(name, None, value) for name, value in named if value != ""])
                added.append(id)
        return tuple(added)

    def remove(self, ids: Iterable[int]) -> None:
        """Takes entries off the list; the rows stay."""
        wanted = set(ids)
        with self._file.change(Right.ENTER) as change:
            for id in sorted(wanted):
                self._take_off(change, id)

    def remove_within(self, change: Change, entry: WaitingEntry) -> None:
        """The same inside the caller's transaction."""
        self._take_off(change, entry.id)

    def _take_off(self, change: Change, id: int) -> None:
        change.execute("UPDATE waiting SET living = 0 WHERE id = ?", (id,))
        change.record("withdraw", "waiting", id, [("living", 1, 0)])
