"""The form of a file: whether it is ours and not newer, and whether it holds what no file of this program holds."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import Connection, Database, Migrations
from models.storage.migrations import APPLICATION_ID, MIGRATIONS


def require_ours(file: Path, connection: Connection, migrations: Migrations = MIGRATIONS) -> tuple[str, ...]:
    """The names of the steps that the file went through; StorageFailure for another program's file or a newer one."""
    known = [migration.name for migration in migrations._migrations]
    applied = tuple(migration.name for migration in migrations.applied(Database(connection, execute_plugins=False)))
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or not applied:
        raise StorageFailure(
            "foreign",
            N_("{file} is a database of another program. Nothing was changed. Choose a Cakupan file."),
            file=file.name,
        )
    if not set(applied) <= set(known):
        raise StorageFailure(
            "newer",
            N_(
                "The file {file} was made by a newer Cakupan (form {theirs}; this program knows form {ours}). "
                "Nothing was changed. Install the newer program, then open the file again."
            ),
            file=file.name,
            theirs=len(applied),
            ours=len(known),
        )
    return applied


def is_empty(connection: Connection) -> bool:
    """A file without a single table: one that is still to be made."""
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table, those of the text index left out."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'worker_text%' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute('SELECT count(*) FROM "{}"'.format(name.replace('"', '""'))).fetchone()[0]
        for (name,) in tables
    }


def strange_parts(connection: Connection) -> tuple[str, ...]:
    """Names of the tables, indexes and triggers that are not as the program makes them, and of triggers and views that
    it never made; further tables and indexes do no harm."""
    held = _parts(connection)
    made = _made_by_us(len(MIGRATIONS.applied(Database(connection, execute_plugins=False))))
    changed = {name for name, part in made.items() if held.get(name) != part}
    foreign = {name for name in held.keys() - made.keys() if held[name][0] in ("trigger", "view")}
    return tuple(sorted(changed | foreign))


def _parts(connection: Connection) -> dict[str, tuple[str, str]]:
    """Type and statement of all that the libraries do not make by themselves."""
    parts = {
        name: (kind, sql)
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    return {
        name: part for name, part in parts.items() if part[0] in ("trigger", "view") or not _is_of_a_library(name)
    }


def _is_of_a_library(name: str) -> bool:
    return name.startswith(("sqlite_", "worker_text_", "_sqlite_migrations", "idx__sqlite_migrations"))


@cache
def _made_by_us(steps: int) -> dict[str, tuple[str, str]]:
    """The parts of a file that went through so many steps."""
    db = Database(memory=True, execute_plugins=False)
    with contextlib.closing(db.conn):
        later = [migration.name for migration in MIGRATIONS._migrations[steps:]]
        MIGRATIONS.apply(db, stop_before=later[:1])
        return _parts(db.conn)
