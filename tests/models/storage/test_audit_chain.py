"""The audit trail holds, and what breaks it is told apart."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.register import Register
from models.storage.audit import digest_of
from models.storage.audit_chain import Break, Stray, breaks_in, head_at, head_of, strays_in
from models.storage.driver import Connection, Database, IntegrityError, connect
from models.storage.migrations import APPLICATION_ID, MIGRATIONS
from tests.factories import make_plan, make_register, make_worker


@pytest.fixture
def used(register: Register) -> Register:
    """Twenty workers, one of them corrected, one enrolment cancelled."""
    for serial in range(1, 21):
        register.entries.save(make_worker(serial, name=f"Siti {'I' * serial}"), make_plan(register))
    register.workers.correct(replace(register.workers.get(3), phone="081234567890"))
    register.enrolments.cancel(5, "salah orang")
    return register


@contextlib.contextmanager
def behind(path: Path) -> Iterator[Connection]:
    """A tool that knows SQL, after the guards are out of its way."""
    connection = connect(path)
    for guard in ("audit_grows_in_order", "audit_is_never_removed", "audit_is_never_changed"):
        connection.execute(f"DROP TRIGGER {guard}")
    yield connection
    connection.close()


def found_in(path: Path) -> tuple[list[Break], list[Stray]]:
    with contextlib.closing(connect(path, read_only=True)) as connection:
        return list(breaks_in(connection)), list(strays_in(connection))


def test_what_the_program_wrote_holds(used: Register) -> None:
    assert found_in(used.path) == ([], [])


def test_the_trail_can_only_grow(used: Register) -> None:
    connection = used._file.connection
    for sql in (
        "UPDATE audit SET user = 'orang lain' WHERE id = 4",
        "DELETE FROM audit WHERE id = 4",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 4",
        "INSERT INTO audit SELECT 9999, save, at, user, action, kind, record, origin, fields, fields_digest, salt, "
        "row_hash, hash FROM audit WHERE id = 4",
    ):
        with pytest.raises(IntegrityError):
            connection.execute(sql)
    assert found_in(used.path) == ([], [])


@pytest.mark.parametrize("column", ["save", "at", "user", "action", "kind", "record", "origin", "fields", "salt"])
def test_a_changed_entry_is_named(used: Register, column: str) -> None:
    used.close()
    with behind(used.path) as connection:
        value = {"save": 99, "record": 99, "salt": b"12345678", "fields": "[]"}.get(column, "lain")
        connection.execute(f"UPDATE audit SET {column} = ? WHERE id = 10", (value,))
    assert found_in(used.path)[0] == [Break("changed", 10)]


def test_a_removed_entry_is_seen_by_the_gap(used: Register) -> None:
    used.close()
    with behind(used.path) as connection:
        connection.execute("DELETE FROM audit WHERE id = 10")
    assert found_in(used.path)[0] == [Break("removed", 11)]


def test_a_removed_entry_whose_gap_was_closed_is_seen_by_the_hash(used: Register) -> None:
    used.close()
    with behind(used.path) as connection:
        connection.execute("DELETE FROM audit WHERE id = 10")
        connection.execute("UPDATE audit SET id = id - 1 WHERE id > 10")
    assert Break("changed", 10) in found_in(used.path)[0]


def test_a_cut_tail_is_seen_by_an_anchor_alone(used: Register) -> None:
    connection = used._file.connection
    before = head_of(connection)
    used.close()
    with behind(used.path) as connection:
        connection.execute("DELETE FROM audit WHERE id > ?", (before.entries - 1,))
        assert head_of(connection).entries == before.entries - 1
        assert head_at(connection, before.entries) is None
    assert found_in(used.path)[0] == []


def test_values_that_were_erased_without_a_record_of_it_are_named(used: Register) -> None:
    connection = used._file.connection
    salt, fields = connection.execute("SELECT salt, fields FROM audit WHERE id = 10").fetchone()
    connection.execute(
        "UPDATE audit SET fields = '', fields_digest = ?, salt = x'' WHERE id = 10", (digest_of(salt, fields),)
    )
    assert found_in(used.path)[0] == [Break("erased", 10)]


@pytest.mark.parametrize(
    ("sql", "stray"),
    [
        ("UPDATE worker SET phone = '0811' WHERE id = 7", Stray("worker", 7, "changed")),
        ("UPDATE enrolment SET payer_name = 'PT Lain' WHERE id = 7", Stray("enrolment", 7, "changed")),
        ("UPDATE setting SET value = '99' WHERE name = 'max_age'", Stray("settings", 0, "changed")),
        ("UPDATE rate SET amount = amount - 1 WHERE id = 2", Stray("reference", 0, "changed")),
        ("DELETE FROM enrolment WHERE id = 20", Stray("enrolment", 20, "removed")),
        (
            "INSERT INTO target (uid, permyriad, due_on, source) VALUES (x'00', 5140, '2026-12-31', 'tidak ada')",
            Stray("target", 1, "added"),
        ),
    ],
)
def test_a_record_changed_behind_the_programs_back_is_named(used: Register, sql: str, stray: Stray) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute(sql)
    assert found_in(used.path) == ([], [stray])


@pytest.mark.parametrize(("step", "form"), [("m002_users_and_seals", 2), ("m003_money_and_what_it_rests_on", 3)])
def test_a_file_of_an_older_form_is_sealed_as_it_stands(tmp_path: Path, used: Register, step: str, form: int) -> None:
    """The rows of a real register, as that form kept them."""
    old = tmp_path / "lama.db"
    connection = connect(old)
    db = Database(connection, execute_plugins=False)
    MIGRATIONS.apply(db, stop_before=[step])
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("ATTACH ? AS new", (str(used.path),))
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%\\_%' ESCAPE '\\' "
            "AND name NOT LIKE 'worker_text%' AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
        ).fetchall()
    ]
    assert {"worker", "enrolment", "audit", "scheme", "coverage_change"} <= set(tables)
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in tables:
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})").fetchall())
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    connection.execute(
        "INSERT INTO worker_text (rowid, name_key, nik, family_card) SELECT id, name_key, nik, family_card FROM worker"
    )
    connection.execute("DETACH new")
    connection.close()

    migrated = make_register(old)
    assert migrated.audit.count() == used.audit.count()
    assert migrated.workers.get(3).phone == "081234567890"
    migrated.entries.save(make_worker(30), None)
    migrated.close()
    lost_on_the_way = [Stray("reference", 0, "changed")] if form == 3 else []  # form 2 knew no cap of pension wages
    assert found_in(old) == ([], lost_on_the_way)
    assert len(list((tmp_path / "cadangan").glob(f"lama-*sebelum-bentuk-{form}.db"))) == 1
