"""What the audit trail costs: a save with and without its rows, and reading the whole trail back."""

from __future__ import annotations

import hashlib
import json
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from models.register import Register, open_register
from models.storage import opening
from models.storage.audit import Change, FieldChange
from models.storage.audit_chain import breaks_in, strays_in
from models.storage.driver import Connection, connect
from tests.benchmarks.big_file import NOW
from tests.benchmarks.rows import Row, best_of
from tests.benchmarks.saving import _disk, _save, _seconds, _worker

NAMES = ("audit", "verify-trail", "verify-records")
_SAVES = 400
_VERIFIED = 20_000
"""Workers of the file whose trail is read back."""


class _Unaudited(Change):
    """A change that leaves no trace."""

    @property
    def save(self) -> int:
        return 0

    def record(self, action: str, kind: str, record: int, changes: Iterable[FieldChange]) -> None:
        """Writes nothing."""


def measure() -> Iterator[Row]:
    """The save, then both readings."""
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        yield _writing(Path(folder))
        yield from _verifying(Path(folder))


def _writing(folder: Path) -> Row:
    audited = open_register(folder / "with.db", user="bench", clock=lambda: NOW)
    bare = open_register(folder / "without.db", user="bench", clock=lambda: NOW)
    with_rows, without = [], []
    for number in range(_SAVES):
        worker = _worker(number)
        with_rows.append(_seconds(partial(_save, audited, worker)))
        with _unaudited():
            without.append(_seconds(partial(_save, bare, worker)))
    audited.close()
    bare.close()
    ratio = statistics.median(with_rows[50:]) / statistics.median(without[50:])
    what = f"save of worker + enrolment with its audit rows, p50 of {_SAVES}"
    return Row("audit", what, "the same save without them, both durable", ratio, 1.3)


@contextmanager
def _unaudited() -> Iterator[None]:
    with patch.object(opening, "Change", _Unaudited):
        yield


def _verifying(folder: Path) -> Iterator[Row]:
    path = folder / "long.db"
    register = open_register(path, user="bench", clock=lambda: NOW)
    entries = _fill(register)
    register.close()
    connection = connect(path, read_only=True)
    chain, plain, records, rows = best_of(
        3,
        lambda: list(breaks_in(connection)),
        lambda: _hash_twice(connection),
        lambda: list(strays_in(connection)),
        lambda: _write_as_json(connection),
    )
    connection.close()
    what = f"verifying {entries} audit entries ({entries / chain / 1000:.0f} thousand a second)"
    yield Row("verify-trail", what, "reading them and two SHA-256 each", chain / plain, 3.0)
    what = f"records against their seals ({_VERIFIED / records / 1000:.0f} thousand a second)"
    yield Row("verify-records", what, "reading the records and writing them as JSON", records / rows, 3.0)


def _fill(register: Register) -> int:
    register.load((_worker(number), ()) for number in range(_VERIFIED))
    return register.audit.count()


def _hash_twice(connection: Connection) -> None:
    for row in connection.execute("SELECT * FROM audit ORDER BY id"):
        hashlib.sha256(hashlib.sha256(row[8].encode()).digest()).digest()


def _write_as_json(connection: Connection) -> None:
    for row in connection.execute("SELECT * FROM worker ORDER BY id"):
        json.dumps(row, default=bytes.hex)
