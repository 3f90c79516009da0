"""Opening the file: what is ours, what is not, and what stands in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.offices.office import OfficeSettings
from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.backup import make_backup
from models.storage.driver import Database, Migrations, connect
from models.storage.manifest import Why, read_manifest
from models.storage.migrations import APPLICATION_ID, MIGRATIONS, statements_of
from models.storage.opening import open_file
from models.storage.restore import restore_backup
from tests.factories import NOW, make_plan, make_register, make_worker

GOLDEN = Path(__file__).with_name("schema.sql")


def schema_of(path: Path) -> str:
    connection = connect(path, read_only=True)
    rows = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'worker_text_%' ORDER BY name"
    ).fetchall()
    connection.close()
    return ";\n\n".join(row[0] for row in rows) + ";\n"


def test_the_form_of_a_new_file_is_the_golden_one(register: Register) -> None:
    assert schema_of(register.path) == GOLDEN.read_text("utf-8")


def test_every_table_is_strict(register: Register) -> None:
    connection = connect(register.path, read_only=True)
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
    ).fetchall()
    connection.close()
    assert loose == []


def test_the_connection_writes_as_measured(path: Path) -> None:
    connection = connect(path)
    pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous",
               "foreign_keys", "trusted_schema", "cell_size_check", "busy_timeout")}  # fmt: skip
    connection.close()
    assert pragmas == {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
                       "cell_size_check": 1, "busy_timeout": 5000}  # fmt: skip


@pytest.mark.parametrize("name", ["100% #1?.db", "Pak Ali's.db", "nagari Aia Bangih é ü 漢.db", "a b&c=d.db"])
def test_a_file_with_a_difficult_name_is_itself_and_no_other(tmp_path: Path, name: str) -> None:
    register = make_register(tmp_path / name)
    register.entries.save(make_worker(), None)
    register.close()
    again = make_register(tmp_path / name)
    assert again.workers.count() == 1
    again.close()
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith(".")] == [name]


def test_a_text_file_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "surat.db"
    file.write_text("Bukan basis data.\n" * 300)
    with pytest.raises(StorageFailure) as caught:
        make_register(file)
    assert caught.value.code == "not_a_database"
    assert "bukan berkas Cakupan" in caught.value.text
    assert file.read_text() == "Bukan basis data.\n" * 300
    assert [file.name for file in tmp_path.iterdir()] == ["surat.db"]


def test_another_programs_database_is_refused_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "lain.db"
    connection = connect(file)
    connection.execute("CREATE TABLE orang (nama TEXT)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StorageFailure) as caught:
        make_register(file)
    assert caught.value.code == "foreign"
    assert file.read_bytes() == before


def test_another_programs_journal_stays_of_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "lain.db"
    connection = connect(file)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("CREATE TABLE orang (nama TEXT)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StorageFailure) as caught:
        make_register(file)
    assert caught.value.code == "foreign"
    assert file.read_bytes() == before


def test_a_name_that_is_too_long_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as caught:
        open_register(tmp_path / ("x" * 252 + ".db"), user="rina", clock=lambda: NOW)
    assert caught.value.code == "cannot_open"
    assert list(tmp_path.iterdir()) == []


def test_a_first_start_that_is_killed_leaves_no_register_of_another_district(path: Path) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom datetime import datetime\n"
        "import models.register as register\nfrom models.offices.office import OfficeSettings\n"
        "step = sys.argv[2]\n"
        "setattr(register, step, lambda *_, **__: os._exit(9))\n"
        "register.open_register(Path(sys.argv[1]), user='ali', clock=datetime.now, new=OfficeSettings(regency='13.08'))"
    )
    for step in ("unguard", "load_reference", "write_first_settings"):
        killed = subprocess.run(
            [sys.executable, "-c", script, str(path), step], cwd=Path(__file__).parents[3], check=False
        )
        assert killed.returncode == 9
        assert not path.exists(), step
    register = open_register(path, user="rina", clock=lambda: NOW, new=OfficeSettings(regency="13.08"))
    assert register.office.regency == "13.08"
    assert {kecamatan.code[:5] for kecamatan in register.regions.kecamatan()} == {"13.08"}
    register.close()
    assert {file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")} == {path.name}


@pytest.mark.skipif(os.name == "nt", reason="a folder in the place of the lock is refused otherwise there")
def test_where_no_lock_can_be_had_the_file_is_opened_for_reading(register: Register, path: Path) -> None:
    register.entries.save(make_worker(), None)
    register.close()
    lock = path.with_name(f".{path.name}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    reading = make_register(path)
    assert reading.is_read_only
    assert reading.workers.count() == 1
    reading.close()
    with pytest.raises(StorageFailure) as caught:
        restore_backup(make_backup(path, path.parent / "stik", NOW).path, path, NOW)
    assert caught.value.code == "cannot_open"


def test_a_newer_file_is_refused_naming_both_forms(register: Register, path: Path) -> None:
    register.close()
    newer = Migrations("cakupan")
    for migration in MIGRATIONS._migrations:
        newer(name=migration.name)(migration.fn)
    newer(name="m999_from_the_future")(lambda db: db.execute("CREATE TABLE masa_depan (id INTEGER PRIMARY KEY)"))
    open_file(path, user="rina", clock=lambda: NOW, migrations=newer).close()
    before = path.read_bytes()
    with pytest.raises(StorageFailure) as caught:
        make_register(path)
    assert caught.value.code == "newer"
    assert str(len(MIGRATIONS._migrations)) in caught.value.text
    assert str(len(newer._migrations)) in caught.value.text
    assert path.read_bytes() == before


def test_a_migration_runs_after_a_copy_that_still_opens(register: Register, path: Path) -> None:
    register.entries.save(make_worker(), make_plan(register))
    register.close()
    newer = Migrations("cakupan")
    for migration in MIGRATIONS._migrations:
        newer(name=migration.name)(migration.fn)
    newer(name="m002_next")(lambda db: db.execute("CREATE TABLE berikut (id INTEGER PRIMARY KEY) STRICT"))
    open_file(path, user="rina", clock=lambda: NOW, migrations=newer).close()
    copies = list((path.parent / "cadangan").glob("*.db"))
    assert len(copies) == 1
    manifest = read_manifest(copies[0])
    assert manifest is not None
    assert (manifest.why, manifest.verified_at, manifest.contents.workers) == (Why.MIGRATION, NOW, 1)
    copy = make_register(copies[0])
    assert copy.workers.count() == 1
    copy.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_is_tried_again(register: Register, path: Path) -> None:
    register.entries.save(make_worker(), None)
    register.close()
    before = schema_of(path)
    broken = Migrations("cakupan")
    for migration in MIGRATIONS._migrations:
        broken(name=migration.name)(migration.fn)

    @broken(name="m002_broken")
    def _broken(db: Database) -> None:
        db.execute("CREATE TABLE setengah (id INTEGER PRIMARY KEY)")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        open_file(path, user="rina", clock=lambda: NOW, migrations=broken)
    assert schema_of(path) == before
    again = make_register(path)
    assert again.workers.count() == 1
    again.close()


def test_a_file_in_use_is_refused_in_words(register: Register, path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from models.register import open_register; from models.problems import StorageFailure\n"
        "from models import language; language.use('id')\n"
        "try:\n open_register(Path(sys.argv[1]), user='ali', clock=datetime.now)\n"
        "except StorageFailure as failure:\n print(failure.code, failure.text)\n"
    )
    root = Path(__file__).parents[3]
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert found.stdout.startswith("in_use ")
    assert f"membuka {path.name} sejak" in found.stdout
    register.entries.save(make_worker(), None)
    assert register.workers.count() == 1


def test_the_lock_of_a_killed_program_does_not_keep_the_next_one_out(path: Path) -> None:
    script = (
        "import sys, os; from pathlib import Path; from datetime import datetime\n"
        "from models.register import open_register\n"
        "open_register(Path(sys.argv[1]), user='ali', clock=datetime.now)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=Path(__file__).parents[3], check=False)
    register = make_register(path)
    assert register.workers.count() == 0
    register.close()


def test_a_read_only_register_reads_and_refuses_to_save(register: Register, path: Path) -> None:
    register.entries.save(make_worker(), None)
    register.close()
    reading = open_register(path, user="rina", clock=lambda: NOW, read_only=True)
    assert reading.is_read_only
    assert reading.workers.count() == 1
    with pytest.raises(StorageFailure) as caught:
        reading.entries.save(make_worker(2), None)
    assert caught.value.code == "read_only"
    reading.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs another user to be refused by the folder")
def test_a_read_only_folder_opens_for_reading(register: Register, path: Path, tmp_path: Path) -> None:
    register.close()
    place = Path("/tmp") / f"cakupan-{os.getpid()}"
    place.mkdir()
    try:
        shutil.copy(path, place / "a.db")
        (place / "a.db").chmod(0o444)
        place.chmod(0o555)
        warm_up = "import encodings.idna, urllib.parse, models.register\n"
        script = (
            "import os, sys; os.setgid(65534); os.setuid(65534)\n"
            "from pathlib import Path; from datetime import datetime\n"
            "from models.register import open_register; from models.problems import StorageFailure\n"
            "register = open_register(Path(sys.argv[1]), user='ali', clock=datetime.now)\n"
            "print(register.is_read_only, register.workers.count()); register.close()\n"
            "try:\n open_register(Path(sys.argv[1]).with_name('baru.db'), user='ali', clock=datetime.now)\n"
            "except StorageFailure as failure:\n print(failure.code)\n"
        )
        found = subprocess.run(
            [sys.executable, "-c", warm_up + script, str(place / "a.db")],
            cwd=Path(__file__).parents[3], capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert found.stdout.split() == ["True", "0", "cannot_open"], found.stderr
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


def test_a_full_disk_is_said_in_words_and_nothing_is_half_saved(register: Register) -> None:
    register.entries.save(make_worker(), make_plan(register))
    connection = register._file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    saved = 1

    def fill() -> None:
        nonlocal saved
        for serial in range(2, 500):
            register.entries.save(make_worker(serial, notes="x" * 500), make_plan(register))
            saved += 1

    with pytest.raises(StorageFailure) as caught:
        fill()
    assert caught.value.code == "disk_full"
    assert "penuh" in caught.value.text
    assert register.workers.count() == saved
    connection.execute("PRAGMA max_page_count=1000000")
    register.entries.save(make_worker(999), make_plan(register))
    assert register.workers.count() == saved + 1
    assert register.enrolments.total(1)[0] == saved + 1


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    for target, code in ((tmp_path, "folder"), (tmp_path / "tidak-ada.db", "missing")):
        with pytest.raises(StorageFailure) as caught:
            open_register(target, user="rina", clock=lambda: NOW, must_exist=True)
        assert caught.value.code == code
    assert not (tmp_path / "tidak-ada.db").exists()


def test_our_files_are_marked(register: Register) -> None:
    connection = connect(register.path, read_only=True)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS._migrations)
    connection.close()


def test_statements_keep_triggers_whole() -> None:
    script = (
        "-- note\nCREATE TABLE a (b);\n\nCREATE TRIGGER c AFTER INSERT ON a\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
    )
    assert [statement.split()[1] for statement in statements_of(script)] == ["TABLE", "TRIGGER"]
    with pytest.raises(ValueError, match="unfinished"):
        list(statements_of("CREATE TABLE a (b)"))
