"""The steps by which a file grew to its present form, one for each version, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.storage.audit import INSERT, NO_HASH, sealed_row
from models.storage.driver import Connection, Database, Migrations, complete_statement
from models.storage.row_text import row_text

MIGRATIONS = Migrations("cakupan")
APPLICATION_ID = 0x43414B55
"""``CAKU``: tells our files from any other SQLite file."""

_HERE = Path(__file__).parent


@MIGRATIONS(name="m001_first_form")
def _first_form(db: Database) -> None:
    _run(db, "schema_001.sql")


@MIGRATIONS(name="m002_users_and_seals")
def _users_and_seals(db: Database) -> None:
    """The audit rows so far are sealed in their order; the latest of each record gets the hash of its row."""
    db.conn.execute("ALTER TABLE audit RENAME TO audit_before")
    _run(db, "schema_002.sql")
    _seal_again(db.conn, "audit_before")
    db.conn.execute("DROP TABLE audit_before")
    _run(db, "schema_002_guards.sql")


@MIGRATIONS(name="m003_money_and_what_it_rests_on")
def _money(db: Database) -> None:
    """New columns are empty, so the hashes of the rows so far stay true."""
    _run(db, "schema_003.sql")


@MIGRATIONS(name="m004_lists_and_one_person_once")
def _lists(db: Database) -> None:
    """New columns are empty, so the hashes of the rows so far stay true."""
    _run(db, "schema_004.sql")


def _seal_again(connection: Connection, before: str) -> None:
    """Copies the rows of an audit without seals into the present table."""
    latest = {row[0] for row in connection.execute(f"SELECT max(id) FROM {before} GROUP BY kind, record")}
    hashed, last = NO_HASH, 0
    rows = "SELECT id, save, at, user, action, kind, record, '', fields"
    while batch := connection.execute(
        f"{rows} FROM {before} WHERE id > ? ORDER BY id LIMIT 2000", (last,)
    ).fetchall():
        for *entry, fields in batch:
            last = entry[0]
            content = row_text(connection, entry[5], entry[6]) if last in latest else None
            row = sealed_row(hashed, tuple(entry), fields, content)
            hashed = row[-1]
            connection.execute(INSERT, row)


def _run(db: Database, file: str) -> None:
    """Runs every statement of an SQL file inside the step's transaction."""
    for statement in statements_of((_HERE / file).read_text("utf-8")):
        db.conn.execute(statement)


def statements_of(script: str) -> Iterator[str]:
    """The single statements of an SQL script; triggers stay whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if not statement and (not line.strip() or line.lstrip().startswith("--")):
            continue
        statement += line
        if line.rstrip().endswith(";") and complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"unfinished statement: {statement[:60]!r}")
