"""A file made to deceive, offered as the register or as a backup: refused in words, at once, and nothing in it runs."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.driver import Connection, connect
from models.storage.restore import restore_backup
from tests.factories import NOW, make_plan, make_worker
from tests.faults.damage import FINDINGS
from tests.faults.files import PLAIN, Desk, Kind, fresh_copy, make_file
from tests.faults.full_disk import take_over
from tests.faults.lives import Tell, cannot_kill, in_a_process
from tests.faults.tally import Fault, Tally
from tests.faults.two_programs import read_only

REFUSED = {"strange_form", "damaged", "damaged_copy", "not_a_database", "foreign"}
_PATIENCE = 5.0
"""Seconds for one door; whoever needs longer hangs."""
_ENDLESS = "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) "


def _sql(*statements: str) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return change


def _in_the_schema(name: str, sql: str) -> Callable[[Connection], None]:
    """Writes another text into the table of all tables, as no SQL statement could."""
    return _sql("PRAGMA writable_schema=ON", f"UPDATE sqlite_schema SET sql = '{sql}' WHERE name = '{name}'")


def _other_order(connection: Connection) -> None:
    """The same table with its columns the other way round."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(draft)").fetchall()]
    connection.execute(f"CREATE TABLE other ({', '.join(reversed(columns))})")
    connection.execute("DROP TABLE draft")
    connection.execute("ALTER TABLE other RENAME TO draft")


def _a_view_for(table: str, query: str) -> Callable[[Connection], None]:
    return _sql("PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON", f"ALTER TABLE {table} RENAME TO hidden",
                f"CREATE VIEW {table} AS {query}")  # fmt: skip


HOSTILE: dict[str, Callable[[Connection], None]] = {
    "a view in place of the settings": _a_view_for("setting", "SELECT 'regency' AS name, '\"13.08\"' AS value"),
    "a view in place of the workers": _a_view_for("worker", "SELECT * FROM hidden WHERE id % 2"),
    "a view without end in place of the settings": _a_view_for(
        "setting", _ENDLESS + "SELECT 'a' || n AS name, '1' AS value FROM more"
    ),
    "a view without end in place of the schemes": _a_view_for(
        "scheme", _ENDLESS + "SELECT n AS id FROM more WHERE n < 0"
    ),
    "a view without end in place of the steps": _a_view_for(
        "_sqlite_migrations", _ENDLESS + "SELECT 'cakupan' AS migration_set, 'm' || n AS name FROM more"
    ),
    "a view without end beside the tables": _sql(f"CREATE VIEW evil AS {_ENDLESS} SELECT n FROM more"),
    "a trigger that deletes": _sql("CREATE TRIGGER evil AFTER INSERT ON worker BEGIN DELETE FROM enrolment; END"),
    "a trigger that rewrites": _sql(
        "CREATE TRIGGER evil AFTER INSERT ON worker BEGIN UPDATE worker SET name = 'X'; END"
    ),
    "a trigger that undoes": _sql(
        "CREATE TRIGGER evil AFTER INSERT ON worker BEGIN SELECT raise(ROLLBACK, 'no'); END"
    ),
    "a trigger that saves nothing": _sql(
        "CREATE TRIGGER evil BEFORE INSERT ON worker BEGIN SELECT raise(IGNORE); END"
    ),
    "a trigger that calls itself": _sql(
        "CREATE TRIGGER evil AFTER INSERT ON draft BEGIN INSERT INTO draft (form, fields, focus, user, saved_at) "
        "VALUES ('a', 'b', 'c', 'd', 'e'); END"
    ),
    "a trigger that fills the disk": _sql(
        f"CREATE TRIGGER evil AFTER INSERT ON worker BEGIN INSERT INTO region_alias SELECT hex(randomblob(9000)), '13' "
        f"FROM ({_ENDLESS.replace('n + 1 FROM more', 'n + 1 FROM more WHERE n < 9')} SELECT n FROM more); END"
    ),
    "a trigger in the name of the text index": _sql(
        "CREATE TRIGGER worker_text_evil AFTER INSERT ON worker BEGIN DELETE FROM enrolment; END"
    ),
    "a guard that is missing": _sql("DROP TRIGGER enrolment_no_second_subsidy"),
    "an index that is missing": _sql("DROP INDEX worker_nik"),
    "an index that keeps others out": _sql("CREATE UNIQUE INDEX evil ON worker (sex) WHERE id > 20"),
    "an index that works for hours": _sql(
        "CREATE INDEX evil ON draft (length(hex(zeroblob(CASE WHEN form = 'x' THEN 1 ELSE 400000000 END))))"
    ),
    "another order of columns": _other_order,
    "a column more": _sql("ALTER TABLE worker ADD COLUMN evil TEXT"),
    "a column that is computed": _sql(
        "ALTER TABLE worker ADD COLUMN evil TEXT AS (hex(zeroblob(100000000))) VIRTUAL"
    ),
    "a virtual table in place of a table": _sql(
        "DROP TABLE draft", "CREATE VIRTUAL TABLE draft USING fts5 (form, fields)"
    ),
    "a foreign text index": _sql(
        "DROP TABLE worker_text", "CREATE VIRTUAL TABLE worker_text USING fts5 (name_key, nik, family_card)"
    ),
    "a text index without its inside": _sql("DELETE FROM worker_text_data"),
    "a table that is missing": _sql("PRAGMA foreign_keys=OFF", "DROP TABLE scheme"),
    "no table but the steps": lambda connection: _sql(
        "PRAGMA foreign_keys=OFF",
        *(
            f'DROP TABLE IF EXISTS "{name}"'
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "AND name <> '_sqlite_migrations' ORDER BY name = 'worker_text' DESC"
            ).fetchall()
            if not name.startswith("worker_text_")
        ),
    )(connection),
    "a schema that cannot be read": _in_the_schema("worker", "CREATE TABLE worker ("),
    "a schema of nonsense": _in_the_schema("enrolment", "CREATE TABLE enrolment (a, b, c)"),
    "a schema that checks without end": _in_the_schema(
        "draft", "CREATE TABLE draft (id INTEGER PRIMARY KEY, form TEXT DEFAULT (hex(zeroblob(100000000))))"
    ),
    "a table over the pages of another": _sql(
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'audit') "
        "WHERE name = 'worker'",
    ),
    "a table over its own schema": _sql(
        "PRAGMA writable_schema=ON", "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'setting'"
    ),
}
HARMLESS: dict[str, Callable[[Connection], None]] = {
    "a journal of another kind": _sql("PRAGMA journal_mode=WAL"),
    "a table of somebody else": _sql("CREATE TABLE evil (x)", "INSERT INTO evil VALUES (hex(zeroblob(2000000)))"),
    "a text of sixty megabytes": _sql(
        "INSERT INTO draft (form, fields, focus, user, saved_at) SELECT "
        "'entry', json_object('name', hex(zeroblob(30000000))), 'name', 'x', '2026-01-01T00:00:00'"
    ),
}
"""What must not keep anybody from working."""


def at_every_door(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Each file at each door; where there are fewer tries, at doors by chance."""
    start = make_file(folder / "pagi" / "kantor.db", 20, kind)
    live_one = make_file(folder / "hidup" / "kantor.db", 5, kind)
    files = {**HOSTILE, **HARMLESS}
    pairs = [(name, door) for name in files for door in DOORS]
    for number, (name, door) in enumerate(random.Random(seed).sample(pairs, min(tries, len(pairs)))):
        path = fresh_copy(start, folder / "hari")
        with closing(connect(path, **kind.named)) as connection:
            connection.execute("PRAGMA trusted_schema=ON")
            files[name](connection)
        before = live_one.read_bytes()
        content = path.read_bytes()
        note = f"seed {seed}, try {number}: {name}, {door}"
        counted = in_a_process(_at_a_door, door, path, live_one, kind, note, name in HARMLESS, patience=_PATIENCE)
        if counted is None:
            tally.tries += 1
            tally.tear(f"{note}: hangs, or ends without a word")
            continue
        take_over(tally, counted)
        if live_one.read_bytes() != before and name in HOSTILE:
            tally.tear(f"{note}: the register was changed")
        if path.read_bytes() != content and name in HOSTILE:
            tally.tear(f"{note}: the file itself was changed")
        live_one.write_bytes(before)


def _at_a_door(tell: Tell, door: str, path: Path, live_one: Path, kind: Kind, note: str, is_harmless: bool) -> None:
    tally = Tally("", tries=1)
    codes = () if is_harmless else REFUSED | (FINDINGS if door == "checking" else set())
    how = tally.attempt(partial(DOORS[door], path, live_one, kind), codes, note)
    if how == "done" and not is_harmless:
        tally.tear(f"{note}: nobody noticed")
    tell(tally)


def _working(path: Path, live_one: Path, kind: Kind) -> None:
    with Desk(path, kind) as desk:
        desk.register.workers.search("siti")
        desk.register.drafts.all()
        for serial in (7_777, 7_778):
            desk.register.entries.save(make_worker(serial), make_plan(desk.register))


def _reading(path: Path, live_one: Path, kind: Kind) -> None:
    read_only(path, kind)


def _checking(path: Path, live_one: Path, kind: Kind) -> None:
    from tests.faults.damage import check

    check(path, kind)


def _backing_up(path: Path, live_one: Path, kind: Kind) -> None:
    make_backup(path, path.parent / "stik", NOW, **kind.named)


def _restoring(path: Path, live_one: Path, kind: Kind) -> None:
    """As a backup whose checksum fits."""
    digest = sha256(path.read_bytes()).hexdigest()
    path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n")
    restore_backup(path, live_one, NOW, **kind.named)


DOORS: dict[str, Callable[[Path, Path, Kind], None]] = {
    "working": _working,
    "reading": _reading,
    "checking": _checking,
    "backing up": _backing_up,
    "restoring": _restoring,
}
FAULTS = (Fault("a hostile file", at_every_door, len(DOORS) * (len(HOSTILE) + len(HARMLESS)), cannot_kill),)
