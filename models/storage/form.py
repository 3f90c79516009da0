"""The form of a file: whether it is ours and not newer, and whether it holds what no file of this program holds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import Connection, Database, Migrations
from models.storage.migrations import APPLICATION_ID, MIGRATIONS


def require_ours(
    file: Path, connection: Connection, migrations: Migrations = MIGRATIONS, *, whatever_form: bool = False
) -> tuple[str, ...]:
    """The names of the steps that the file went through; StorageFailure for another program's file or a newer one.

    A file whose form another program changed is refused before any of its tables is read: a view in the place of a
    table may never end, a trigger may change records with each save. `whatever_form` leaves that to the caller.
    """
    known = [migration.name for migration in migrations._migrations]
    applied = _steps_of(connection, migrations)
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
    if not whatever_form:
        refuse_strange(file, connection, migrations)
    return applied


def refuse_strange(file: Path, connection: Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Raises StorageFailure for a file whose form another program changed."""
    strange = strange_parts(connection, migrations)
    if strange:
        raise StorageFailure(
            "strange_form",
            N_(
                "{file} was not used, for another program changed its form ({names}). Nothing was changed. "
                "Ask for help, or restore a backup from before."
            ),
            file=file.name,
            names=", ".join(strange[:5]),
        )


def _steps_of(connection: Connection, migrations: Migrations) -> tuple[str, ...]:
    """What a file of ours notes of its steps, and nothing where anything else bears that name."""
    kept = connection.execute("SELECT type FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()
    if kept is None or kept[0] != "table":
        return ()
    return tuple(migration.name for migration in migrations.applied(Database(connection, execute_plugins=False)))


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


def strange_parts(connection: Connection, migrations: Migrations = MIGRATIONS) -> tuple[str, ...]:
    """Names of the tables, indexes and triggers that are not as the program makes them, and of what it never made and
    could act by itself: triggers, views, and indexes of its tables. Further tables do no harm."""
    return tuple(sorted(part.name for part in _strange(connection, migrations)))


def is_safe_to_read(connection: Connection) -> bool:
    """Whether the tables are those of the program, with no index that another one made: reading them ends."""
    return all(part.kind in ("trigger", "view") or not part.sql for part in _strange(connection, MIGRATIONS))


def _strange(connection: Connection, migrations: Migrations) -> Iterator[_Part]:
    """What is there and should not be so; and what is missing, without its statement."""
    held = _parts(connection)
    made = _made_by_us(migrations, len(_steps_of(connection, migrations)))
    for name, part in made.items():
        if held.get(name) != part:
            is_missing = name not in held and part.kind != "table"
            yield replace(part, sql="") if is_missing else part
    for name in held.keys() - made.keys():
        part = held[name]
        if part.kind in ("trigger", "view") or (part.kind == "index" and part.table in made):
            yield part


@dataclass(frozen=True, slots=True)
class _Part:
    """One line of the schema."""

    name: str
    kind: str
    table: str
    sql: str


def _parts(connection: Connection) -> dict[str, _Part]:
    """All that the libraries do not make by themselves."""
    parts = {
        name: _Part(name, kind, table, sql)
        for kind, name, table, sql in connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
    }
    return {
        name: part for name, part in parts.items() if part.kind in ("trigger", "view") or not _is_of_a_library(name)
    }


def _is_of_a_library(name: str) -> bool:
    return name.startswith(("sqlite_", "worker_text_", "_sqlite_migrations", "idx__sqlite_migrations"))


@cache
def _made_by_us(migrations: Migrations, steps: int) -> dict[str, _Part]:
    """The parts of a file that went through so many steps."""
    db = Database(memory=True, execute_plugins=False)
    with contextlib.closing(db.conn):
        later = [migration.name for migration in migrations._migrations[steps:]]
        migrations.apply(db, stop_before=later[:1])
        return _parts(db.conn)
