"""Whether the audit trail is as the program wrote it, and the records as the trail says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.storage.audit import NO_HASH, digest_of, hash_of_entry, hash_of_row
from models.storage.driver import Connection
from models.storage.row_text import WHOLE, WITHOUT, row_text, teller

_ENTRY = "id, save, at, user, action, kind, record, origin, fields, fields_digest, salt, row_hash, hash"
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: one number and one hash that stand for all that was ever written."""

    entries: int
    hash: bytes

    @property
    def code(self) -> str:
        """For paper and manifests: ``12345-8F3A-91C2-77AB-04DE``."""
        digits = self.hash[:8].hex().upper()
        return "-".join([str(self.entries), *(digits[at : at + 4] for at in range(0, 16, 4))])


def head_of(connection: Connection) -> Head:
    """The present end of the chain."""
    found = connection.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return Head(found[0], found[1]) if found else Head(0, NO_HASH)


def head_at(connection: Connection, entries: int) -> Head | None:
    """The end of the chain when it had so many rows; None where it is shorter."""
    found = connection.execute("SELECT id, hash FROM audit WHERE id = ?", (entries,)).fetchone()
    return Head(found[0], found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold."""

    kind: str
    """``changed``: the row was altered. ``removed``: rows before this one are missing. ``erased``: its values were
    erased although the record was never anonymised."""
    entry: int


def breaks_in(connection: Connection) -> Iterator[Break]:
    """Every place where a row does not follow from the one before it."""
    before, last = NO_HASH, 0
    anonymised = {
        (kind, record)
        for kind, record in connection.execute("SELECT kind, record FROM audit WHERE action = 'anonymise'").fetchall()
    }
    while rows := connection.execute(
        f"SELECT {_ENTRY} FROM audit WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (last,)
    ).fetchall():
        for *entry, fields, digest, salt, row_hash, kept in rows:
            if entry[0] != last + 1:
                yield Break("removed", entry[0])
            made = hash_of_entry(before, tuple(entry), digest or digest_of(salt, fields), row_hash)
            is_forged = digest is not None and (fields or salt)  # values beside the digest are not sealed by it
            if is_forged or (made != kept and entry[0] == last + 1):
                yield Break("changed", entry[0])
            elif digest is not None and (entry[5], entry[6]) not in anonymised:
                yield Break("erased", entry[0])
            before, last = kept, entry[0]


@dataclass(frozen=True, slots=True)
class Stray:
    """A record that is not as its latest audit row left it."""

    kind: str
    record: int
    how: str
    """``changed``, ``removed``, or ``added`` without any audit row."""


def strays_in(connection: Connection) -> Iterator[Stray]:
    """Every record that was changed, removed or added behind the program's back."""
    for kind in WHOLE:
        yield from _stray_whole(connection, kind)
    tables = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    }
    for kind in WITHOUT:
        if kind in tables:  # a file of an older form lacks some
            yield from _stray_rows(connection, kind)


def _stray_whole(connection: Connection, kind: str) -> Iterator[Stray]:
    found = connection.execute(
        "SELECT salt, row_hash FROM audit WHERE kind = ? AND record = 0 AND row_hash IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        (kind,),
    ).fetchone()
    content = row_text(connection, kind, 0)
    if found is not None and content is not None and hash_of_row(found[0], content) != found[1]:
        yield Stray(kind, 0, "changed")


def _stray_rows(connection: Connection, kind: str) -> Iterator[Stray]:
    """The records of a table beside their latest seals, both in the order of their ids."""
    last = 0
    while True:
        cursor = connection.execute(f"SELECT * FROM {kind} WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (last,))
        told = teller(kind, tuple(name for name, *_ in cursor.description))
        rows = cursor.fetchall()
        until = rows[-1][0] if len(rows) == _AT_ONCE else 1 << 62
        seals = {
            record: (salt, row_hash)
            for record, _, salt, row_hash in connection.execute(
                "SELECT record, max(id), salt, row_hash FROM audit WHERE kind = ? AND record > ? AND record <= ? "
                "AND row_hash IS NOT NULL GROUP BY record",
                (kind, last, until),
            ).fetchall()
        }
        for row in rows:
            seal = seals.pop(row[0], None)
            if seal is None:
                yield Stray(kind, row[0], "added")
            elif seal[0] and hash_of_row(seal[0], told(row)) != seal[1]:  # without its salt it is told as erased
                yield Stray(kind, row[0], "changed")
        for record in seals:
            yield Stray(kind, record, "removed")
        if len(rows) < _AT_ONCE:
            return
        last = until
