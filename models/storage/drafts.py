"""Half-typed forms, kept so that no keystroke is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.storage.opening import OpenFile
from models.storage.rows import from_rows

SALVAGED, UNCERTAIN = "salvaged", "uncertain"
"""How a draft came about that a restore made of a damaged file, kept in its fields; the second is to be compared with
the paper."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as typed: the text of each field and the field that had the focus."""

    form: str
    fields: Mapping[str, str]
    focus: str
    id: int | None = None
    saved_at: datetime | None = None


def worker_of(draft: Draft) -> int | None:
    """The worker whose correction it is; None for any other form."""
    kind, _colon, id = draft.form.partition(":")
    return int(id) if kind == "worker" and id.isdigit() else None


class Drafts:
    """Keeping and offering drafts; they are not records, so they leave no audit row."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def save(self, draft: Draft) -> int:
        """Writes the draft in its own transaction (new, or over the one with its id) and returns its id."""
        fields = json.dumps(dict(draft.fields), separators=(",", ":"))  # escaped: half a character may be typed
        with self._file.change() as change:
            at = change.at.isoformat(timespec="seconds")
            if draft.id is not None:
                cursor = change.connection.execute(
                    "UPDATE draft SET fields = ?, focus = ?, saved_at = ? WHERE id = ?",
                    (fields, draft.focus, at, draft.id),
                )
                if cursor.rowcount:
                    return draft.id
            return change.execute(
                "INSERT INTO draft (form, fields, focus, user, saved_at) VALUES (?, ?, ?, ?, ?)",
                (draft.form, fields, draft.focus, self._file.user, at),
            )

    @from_rows
    def all(self, form: str = "entry") -> tuple[Draft, ...]:
        """The drafts of a form, newest first; where the register knows users, those of who is logged in."""
        person = self._file.person
        own = person is not None and person.id is not None
        rows = self._file.rows(
            "SELECT id, form, fields, focus, saved_at FROM draft WHERE form = ? AND (? OR user = ?) "
            "ORDER BY saved_at DESC, id DESC",
            (form, not own, self._file.user),
        )
        return tuple(
            Draft(row[1], json.loads(row[2]), row[3], row[0], datetime.fromisoformat(row[4])) for row in rows
        )

    @from_rows
    def corrections(self) -> tuple[Draft, ...]:
        """The drafts of corrected workers, newest first, each with the worker's registered name and NIK where these are
        not what is corrected; for a list, not to be saved again."""
        person = self._file.person
        own = person is not None and person.id is not None
        rows = self._file.rows(
            "SELECT draft.id, form, fields, focus, saved_at, name, nik FROM draft "
            "JOIN worker ON worker.id = CAST(substr(form, 8) AS INTEGER) "
            "WHERE form LIKE 'worker:%' AND (? OR user = ?) ORDER BY saved_at DESC, draft.id DESC",
            (not own, self._file.user),
        )
        return tuple(
            Draft(form, {"name": name, "nik": nik, **json.loads(fields)}, focus, id, datetime.fromisoformat(saved_at))
            for id, form, fields, focus, saved_at, name, nik in rows
        )

    def remove(self, id: int) -> None:
        """Drops a draft that was saved as a record or thrown away by its writer."""
        with self._file.change() as change:
            change.execute("DELETE FROM draft WHERE id = ?", (id,))
