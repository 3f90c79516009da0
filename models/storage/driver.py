"""The one SQLite library of the process: sqlcipher3, which sqlite-utils uses under the name pysqlite3.

It must be registered before the first import of sqlite_utils; otherwise its errors are foreign to sqlite-utils and an
``INSERT ... RETURNING`` may leave a transaction open. Every other module takes both from here.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

from sqlite_utils import Database, Migrations  # noqa: E402

from models.storage.keys import Key  # noqa: E402

if TYPE_CHECKING:  # the two have the same interface, and only the standard library's is described in types
    from sqlite3 import Connection, Error, IntegrityError
else:
    Connection, Error, IntegrityError = dbapi2.Connection, dbapi2.Error, dbapi2.IntegrityError
complete_statement = dbapi2.complete_statement

__all__ = ["Connection", "Database", "Error", "IntegrityError", "Migrations", "complete_statement", "connect",
           "roll_back_leftover"]  # fmt: skip

_EVERY_CONNECTION = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
)
_WRITING = ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=FULL", "PRAGMA cache_spill=OFF")


def connect(
    path: Path,
    *,
    key: Key | None = None,
    read_only: bool = False,
    accept: Callable[[Connection], None] | None = None,
) -> Connection:
    """Opens a connection for the calling thread, to be closed by the same thread.

    TRUNCATE + FULL lost nothing in simulated power cuts, and a copy made in a file manager while the program is open
    is whole. The path goes through a URI, so that ``100% #1?.db`` opens itself and no other file. `accept` may refuse
    the file by raising, before anything in it is changed, be it only its kind of journal. `key` opens an encrypted file
    and makes a new one encrypted; without it, and with a wrong one, such a file is "not a database".
    """
    query = "?mode=ro" if read_only else "?mode=rwc"
    connection: Connection = dbapi2.connect(address_of(path.absolute()) + query, uri=True, isolation_level=None)
    try:
        if key is not None:
            connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
            connection.execute(key.pragma).fetchall()
        for statement in _EVERY_CONNECTION:
            connection.execute(statement).fetchall()
        if accept is not None:
            accept(connection)
        for statement in () if read_only else _WRITING:
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def address_of(path: PurePath) -> str:
    """The URI of an absolute path; that of a Windows share has four slashes, for SQLite refuses to see a host in it."""
    address = path.as_uri()
    return address if address.startswith("file:///") else "file:////" + address.removeprefix("file://")


def roll_back_leftover(path: Path, key: Key | None = None) -> None:
    """Takes back what a killed program left half written: a connection that may only read cannot do it and fails.

    Nothing happens where there is no such journal; where it cannot be written either, whoever reads next is told.
    """
    journal = path.with_name(path.name + "-journal")
    with contextlib.suppress(Error, OSError):
        if path.exists() and journal.stat().st_size:
            with contextlib.closing(connect(path, key=key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
