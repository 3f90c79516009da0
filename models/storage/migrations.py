"""The steps by which a file grew to its present form, one for each version, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.storage.driver import Database, Migrations, complete_statement

MIGRATIONS = Migrations("cakupan")
APPLICATION_ID = 0x43414B55
"""``CAKU``: tells our files from any other SQLite file."""

_HERE = Path(__file__).parent


@MIGRATIONS(name="m001_first_form")
def _first_form(db: Database) -> None:
    _run(db, "schema_001.sql")


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
