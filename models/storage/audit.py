"""Who changed what, when: rows written in the same transaction as the change itself, each sealing those before it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from models.storage.driver import Connection
from models.storage.row_text import row_text
from models.values.readable import readable

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

FieldChange = tuple[str, object, object]
"""Name of the field, old value, new value."""
INSERT = (
    "INSERT INTO audit (id, save, at, user, action, kind, record, origin, fields, salt, row_hash, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
NO_HASH = bytes(32)
"""Comes before the first row."""
_SALT = 8
"""Bytes."""
_SALTS_AT_ONCE = 1_000


class Change:
    """An open transaction and its audit rows."""

    def __init__(self, connection: Connection, user: str, at: datetime, origin: str = "") -> None:
        self.connection = connection
        self.user = readable(user)
        self.at = at
        self.origin = readable(origin)
        """Where the values come from when nobody typed them: the file of an import."""
        self._last = 0
        self._hash = b""
        self._save = 0

    @property
    def save(self) -> int:
        """Number of this transaction, the same in all its audit rows."""
        if not self._save:
            found = self.connection.execute("SELECT id, save, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
            self._last, before, self._hash = found or (0, 0, NO_HASH)
            self._save = before + 1
        return self._save

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        """Runs a statement; returns the new row's id of an INSERT. Texts are made what the file can hold."""
        held = tuple([readable(one) if isinstance(one, str) else one for one in parameters])
        return int(self.connection.execute(sql, held).lastrowid or 0)

    def record(self, action: str, kind: str, record: int, changes: Iterable[FieldChange]) -> None:
        """Adds the audit row of one changed record, after the record itself was written."""
        fields = readable(_encoded(list(changes)))
        row = self.sealed(action, kind, record, fields, row_text(self.connection, kind, record))
        self.connection.execute(INSERT, row)

    def sealed(self, action: str, kind: str, record: int, fields: str, content: bytes | None) -> tuple[object, ...]:
        """The next row for `INSERT`, in the order in which they are asked for; all of them must be written.

        `content` is what `row_text` says of the record.
        """
        save = self.save
        self._last += 1
        entry = (
            self._last,
            save,
            self.at.isoformat(timespec="seconds"),
            self.user,
            action,
            kind,
            record,
            self.origin,
        )
        row = sealed_row(self._hash, entry, fields, content)
        self._hash = row[-1]
        return row

    def seal_many(
        self, action: str, kind: str, rows: Iterable[tuple[int, str, str, bytes | None]]
    ) -> Iterator[tuple[object, ...]]:
        """The same for many records of one kind and one action: id, origin, fields and content of each.

        What `sealed` and `sealed_row` do, in half the time; all of them must be asked for and written.
        """
        save, at = self.save, self.at.isoformat(timespec="seconds")
        user, action, kind = readable(self.user), readable(action), readable(kind)
        begin = f",{save},{_quoted(at)},{_quoted(user)},{_quoted(action)},{_quoted(kind)},"
        last, before = self._last, self._hash
        sha, salts, used = hashlib.sha256, b"", 0
        for record, origin, fields, content in rows:
            last += 1
            used += _SALT
            if used >= len(salts):
                salts, used = os.urandom(_SALT * _SALTS_AT_ONCE), 0
            salt = salts[used : used + _SALT]
            digest = sha(salt + fields.encode()).hexdigest()
            row_hash = None if content is None else sha(salt + content).digest()[:16]
            sealed = "" if row_hash is None else row_hash.hex()
            text = f'[{last}{begin}{record},{_quoted(origin)},"{digest}","{sealed}"]'
            before = sha(before + text.encode()).digest()
            self._last, self._hash = last, before
            yield last, save, at, user, action, kind, record, origin, fields, salt, row_hash, before


def sealed_row(before: bytes, entry: tuple[Any, ...], fields: str, content: bytes | None) -> tuple[Any, ...]:
    """A row for `INSERT`; `entry` is its first eight values, `before` the hash of the row before it."""
    salt = os.urandom(_SALT)
    row_hash = None if content is None else hash_of_row(salt, content)
    return (*entry, fields, salt, row_hash, hash_of_entry(before, entry, digest_of(salt, fields), row_hash))


def digest_of(salt: bytes, fields: str) -> bytes:
    """Stands for the values of a row; cannot be guessed back once the salt is gone."""
    return hashlib.sha256(salt + fields.encode()).digest()


def hash_of_row(salt: bytes, content: bytes) -> bytes:
    """What the latest audit row keeps of its record."""
    return hashlib.sha256(salt + content).digest()[:16]


def hash_of_entry(before: bytes, entry: tuple[Any, ...], digest: bytes, row_hash: bytes | None) -> bytes:
    """The seal of a row: of all that it says, as a JSON list without blanks, and of the row before it."""
    id, save, at, user, action, kind, record, origin = entry
    text = (
        f"[{id},{save},{_quoted(at)},{_quoted(user)},{_quoted(action)},{_quoted(kind)},{record},{_quoted(origin)},"
        f'"{digest.hex()}","{row_hash.hex() if row_hash is not None else ""}"]'
    )
    return hashlib.sha256(before + text.encode()).digest()


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """The fields whose value differs, in the order of `new`."""
    return tuple((name, old.get(name), value) for name, value in new.items() if old.get(name) != value)
