"""Backups are proven when made, refused when altered, and give everything back."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.backup import make_backup
from models.storage.backup_names import backups_in, moment_of
from models.storage.check import check_file
from models.storage.driver import connect
from models.storage.inspecting import inspect_backup, inspect_file
from models.storage.manifest import manifest_file
from models.storage.restore import restore_backup
from models.storage.snapshot import snapshot
from models.values.months import Month
from tests.factories import NOW, make_plan, make_register, make_worker

ROOT = Path(__file__).parents[3]
KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from models.storage.driver import connect
connection = connect(Path(sys.argv[1]))
connection.execute("PRAGMA cache_spill=ON")
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE worker SET name = 'X' || hex(zeroblob(3000)), notes = hex(zeroblob(3000))")
os.kill(os.getpid(), 9)
"""


def leave_half_written(file: Path) -> None:
    """As a program leaves it that is killed while a long write reaches the disk."""
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(file)], cwd=ROOT, check=False)
    assert file.with_name(file.name + "-journal").stat().st_size


@pytest.fixture
def filled(register: Register) -> Register:
    for serial in range(1, 31):
        register.entries.save(make_worker(serial), make_plan(register) if serial % 2 else None)
    return register


def test_a_backup_made_while_the_file_is_open_holds_everything(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    assert report.path.name == "cakupan-20261122-090000-30p-15k.db"
    assert (report.contents.workers, report.contents.enrolments) == (30, 15)
    assert report.checksum == hashlib.sha256(report.path.read_bytes()).hexdigest()
    told = json.loads(manifest_file(report.path).read_text("utf-8"))
    verdict = subprocess.run(
        ["sha256sum", "-c"], input=told["sha256sum"], cwd=report.path.parent, text=True, check=False
    )
    assert verdict.returncode == 0
    assert sorted(file.name for file in report.path.parent.iterdir()) == [
        report.path.name,
        f"{report.path.name}.json",
    ]
    filled.entries.save(make_worker(99), None)
    assert filled.workers.count() == 31


def test_a_backup_opens_and_says_the_same_coverage(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    copy = make_register(report.path)
    month = Month(2026, 12)
    assert copy.coverage.district(month) == filled.coverage.district(month)
    assert copy.coverage.schemes(month) == filled.coverage.schemes(month)
    assert [line.nik for line in copy.workers.search("siti")] == [line.nik for line in filled.workers.search("siti")]
    copy.close()


def test_restoring_brings_the_backup_back_and_keeps_the_present_file(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    filled.entries.save(make_worker(77), None)
    filled.close()
    restored = restore_backup(report.path, filled.path, NOW + timedelta(hours=1))
    assert restored.safety_copy is not None
    assert inspect_backup(restored.safety_copy).workers == 31
    again = make_register(filled.path)
    assert again.workers.count() == 30
    again.close()
    assert check_file(filled.path).is_clean


def test_restoring_onto_a_file_that_is_open_elsewhere_is_refused(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    with pytest.raises(StorageFailure) as caught:
        restore_backup(report.path, filled.path, NOW)
    assert caught.value.code == "in_use"
    assert filled.workers.count() == 30


def test_restoring_where_there_is_no_file_yet_makes_it(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    target = tmp_path / "laptop baru" / "cakupan.db"
    assert restore_backup(report.path, target, NOW).safety_copy is None
    assert inspect_backup(target).workers == 30


def test_a_damaged_live_file_can_be_replaced_and_is_kept(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    filled.close()
    rubble = filled.path.read_bytes()[:5000]
    filled.path.write_bytes(rubble)
    restored = restore_backup(report.path, filled.path, NOW)
    assert restored.safety_copy is not None
    assert restored.safety_copy.read_bytes() == rubble
    again = make_register(filled.path)
    assert again.workers.count() == 30
    again.close()


def test_every_cut_and_every_changed_byte_is_refused_and_the_live_file_untouched(
    filled: Register, tmp_path: Path
) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    filled.close()
    whole = report.path.read_bytes()
    live = filled.path.read_bytes()
    chance = random.Random(7)
    for trial in range(60):
        place = chance.randrange(len(whole))
        damaged = whole[:place] if trial % 2 else whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        report.path.write_bytes(damaged)
        with pytest.raises(StorageFailure) as caught:
            restore_backup(report.path, filled.path, NOW)
        assert caught.value.code == "altered"
        assert filled.path.read_bytes() == live


def test_a_cut_backup_without_its_checksum_is_refused_too(filled: Register, tmp_path: Path) -> None:
    report = make_backup(filled.path, tmp_path / "stik", NOW)
    whole = report.path.read_bytes()
    manifest_file(report.path).unlink()
    for length in (0, 10, 100, 4096, 5000, len(whole) // 2, len(whole) - 1):
        report.path.write_bytes(whole[:length])
        with pytest.raises(StorageFailure):
            inspect_backup(report.path)


def test_a_foreign_database_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "lain.db"
    connection = connect(file)
    connection.execute("CREATE TABLE orang (nama TEXT)")
    connection.close()
    with pytest.raises(StorageFailure) as caught:
        inspect_backup(file)
    assert caught.value.code == "foreign"


def test_two_backups_within_a_second_stand_side_by_side(filled: Register, tmp_path: Path) -> None:
    first = make_backup(filled.path, tmp_path / "stik", NOW)
    second = make_backup(filled.path, tmp_path / "stik", NOW)
    assert first.path != second.path
    assert set(backups_in(tmp_path / "stik")) == {first.path, second.path}


def test_the_last_backup_is_told_by_its_name_and_never_from_the_future(filled: Register, tmp_path: Path) -> None:
    folder = tmp_path / "stik"
    old = make_backup(filled.path, folder, NOW - timedelta(days=3))
    make_backup(filled.path, folder, NOW + timedelta(days=400))
    last = filled.backups.last([tmp_path / "kosong", folder], NOW)
    assert last is not None
    assert (last.path, last.made_at) == (old.path, NOW - timedelta(days=3))
    assert moment_of(old.path) == NOW - timedelta(days=3)
    assert filled.backups.last([tmp_path / "kosong"], NOW) is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_place_where_nothing_can_be_written_is_said_and_left_clean(filled: Register, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    with pytest.raises(StorageFailure) as caught:
        make_backup(filled.path, blocked / "cadangan", NOW)
    assert caught.value.code == "cannot_open"
    assert blocked.read_text() == "bukan folder"


def test_a_clean_file_checks_clean(filled: Register) -> None:
    report = check_file(filled.path)
    assert report.is_clean
    assert report.rows["worker"] == 30


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE coverage_change SET change = change + 1 WHERE counted = 'person' AND change = 15", "coverage_sums"),
        ("UPDATE enrolment SET last_month = last_month + 1 WHERE id = 3", "coverage_sums"),
        ("UPDATE worker SET notes = 'diganti' WHERE id = 2", "record_changed"),
        (
            "DROP TRIGGER audit_is_never_removed; DELETE FROM audit WHERE kind = 'enrolment' AND record = 2",
            "entry_removed",
        ),
        ("INSERT INTO worker_text (worker_text) VALUES ('delete-all')", "full_text"),
        ("PRAGMA foreign_keys = OFF; UPDATE enrolment SET scheme = 999 WHERE id = 1", "references"),
    ],
)
def test_what_was_changed_behind_the_programs_back_is_found(filled: Register, sql: str, code: str) -> None:
    filled.close()
    connection = connect(filled.path)
    for statement in sql.split("; "):
        connection.execute(statement)
    connection.close()
    assert code in {finding.code for finding in check_file(filled.path).findings}


def test_a_backup_waits_for_nobody_and_nobody_loses_a_transaction_by_it(filled: Register, tmp_path: Path) -> None:
    """On POSIX, closing a file ends every lock that the process has on it: the bytes are copied by another process."""
    connection = filled._file.connection
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE setting SET value = value")
    snapshot(filled.path, tmp_path / "salinan.db")
    script = (
        "import sys; from pathlib import Path; from models.storage.driver import Error, connect\n"
        "other = connect(Path(sys.argv[1])); other.execute('PRAGMA busy_timeout=0')\n"
        "try:\n other.execute('BEGIN IMMEDIATE'); print('took the lock')\n"
        "except Error as error:\n print(error)\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(filled.path)], cwd=Path(__file__).parents[3], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert other.stdout.strip() == "database is locked"
    connection.execute("ROLLBACK")
    assert inspect_backup(tmp_path / "salinan.db").workers == 30


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
@pytest.mark.parametrize("use", ["backup", "inspect", "check", "read", "restore"])
def test_what_a_killed_program_left_half_written_is_taken_back_first(
    filled: Register, tmp_path: Path, use: str
) -> None:
    good = make_backup(filled.path, tmp_path / "stik", NOW).path
    filled.close()
    leave_half_written(filled.path)
    if use == "backup":
        assert make_backup(filled.path, tmp_path / "lain", NOW).contents.workers == 30
    elif use == "inspect":
        assert inspect_file(filled.path).workers == 30
    elif use == "check":
        assert check_file(filled.path).is_clean
    elif use == "restore":
        kept = restore_backup(good, filled.path, NOW).safety_copy
        assert kept is not None
        assert inspect_backup(kept).workers == 30
    else:
        reading = open_register(filled.path, user="rina", clock=lambda: NOW, read_only=True)
        assert {line.name for line in reading.workers.search("siti")} == {"Siti Aminah"}
        reading.close()
    register = make_register(filled.path)
    assert register.workers.get(1).name == "Siti Aminah"
    register.close()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER evil AFTER INSERT ON worker BEGIN DELETE FROM enrolment; END",
        "CREATE TRIGGER worker_text_evil AFTER INSERT ON worker BEGIN DELETE FROM enrolment; END",
        "CREATE VIEW evil AS SELECT 1",
        "DROP INDEX worker_nik",
        "DROP TRIGGER enrolment_no_second_subsidy",
        "DROP TABLE setting; CREATE VIEW setting AS SELECT 'regency' AS name, '1' AS value",
        "DROP TRIGGER audit_is_never_changed; UPDATE audit SET at = 'kemarin'",
    ],
)
def test_a_backup_that_another_program_changed_is_not_used(filled: Register, tmp_path: Path, sql: str) -> None:
    backup = make_backup(filled.path, tmp_path / "stik", NOW).path
    manifest_file(backup).unlink()
    filled.close()
    live = filled.path.read_bytes()
    connection = connect(backup)
    for statement in sql.split("; ") if "CREATE TRIGGER" not in sql else [sql]:
        connection.execute(statement)
    connection.close()
    with pytest.raises(StorageFailure) as caught:
        restore_backup(backup, filled.path, NOW)
    assert caught.value.code in ("strange_form", "damaged_copy")
    assert filled.path.read_bytes() == live


def test_a_file_that_another_program_changed_is_found_before_its_backup_is_needed(
    filled: Register, tmp_path: Path
) -> None:
    filled.close()
    connection = connect(filled.path)
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON worker BEGIN DELETE FROM enrolment; END")
    connection.close()
    assert {finding.code for finding in check_file(filled.path).findings} == {"form"}
    with pytest.raises(StorageFailure) as caught:
        make_backup(filled.path, tmp_path / "stik", NOW)
    assert "evil" in caught.value.text
    assert list((tmp_path / "stik").iterdir()) == []


def test_another_programs_file_is_neither_backed_up_nor_inspected(tmp_path: Path) -> None:
    file = tmp_path / "lain.db"
    connection = connect(file)
    connection.execute("CREATE TABLE orang (nama TEXT)")
    connection.execute("PRAGMA application_id = 1128352597")
    connection.close()
    for attempt in (lambda: make_backup(file, tmp_path / "stik", NOW), lambda: inspect_file(file)):
        with pytest.raises(StorageFailure) as caught:
            attempt()
        assert caught.value.code == "foreign"


def test_a_backup_without_room_for_its_checksum_leaves_nothing_behind(filled: Register, tmp_path: Path) -> None:
    in_the_way = tmp_path / "stik" / "cakupan-20261122-090000-30p-15k.db.json.part"
    in_the_way.mkdir(parents=True)
    with pytest.raises(StorageFailure):
        make_backup(filled.path, tmp_path / "stik", NOW)
    assert list((tmp_path / "stik").iterdir()) == [in_the_way]


@pytest.mark.parametrize("other", ["kantor-lama.db", "kantor-20260331-160000-500p-847k.db"])
def test_a_file_with_a_longer_name_has_backups_of_its_own(tmp_path: Path, other: str) -> None:
    """The second one is a backup that somebody opened and works with."""
    office, longer = make_register(tmp_path / "kantor.db"), make_register(tmp_path / other)
    folder = tmp_path / "cadangan"
    made = make_backup(longer.path, folder, NOW).path
    assert office.backups.last([folder], NOW) is None
    assert office.backups.found(folder) == ()
    last = longer.backups.last([folder], NOW)
    assert last is not None
    assert (last.path, last.made_at) == (made, NOW)
    office.close()
    longer.close()


def test_what_killed_backups_left_on_the_stick_is_swept_up(filled: Register, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    names = ("cakupan-20261101-090000.db.new", "cakupan-20261101-090000-2.db.new", "lain-20261101-090000.db.new",
             "cakupan-20261122-090000.db.new")  # fmt: skip
    for name in names:
        (stick / name).write_bytes(b"half")
    made = make_backup(filled.path, stick, NOW).path
    assert {file.name for file in stick.iterdir()} == {*names[2:], made.name, f"{made.name}.json"}


@pytest.mark.parametrize("name", ["100% #1?.db", "Pak Ali's é 漢.db"])
def test_a_difficult_name_is_backed_up_and_restored(tmp_path: Path, name: str) -> None:
    register = make_register(tmp_path / "dari %41 #" / name)
    register.entries.save(make_worker(), None)
    made = make_backup(register.path, tmp_path / "stik ?é", NOW).path
    last = register.backups.last([made.parent], NOW)
    assert last is not None
    assert last.path == made
    register.close()
    assert restore_backup(made, tmp_path / "ke %20" / name, NOW).restored.workers == 1


SMALL_DISK = """
mount -t tmpfs -o size={size}k tmpfs "$1" && shift && exec "$@"
"""
BACKING_UP = """
import sys
from pathlib import Path
from models.problems import StorageFailure
from models.storage.backup import make_backup
from models.storage.restore import restore_backup
from tests.factories import NOW, make_register
what, source, disk = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
try:
    if what == "start":
        make_register(disk / "cakupan.db").close()
        print("made")
    elif what == "backup":
        print("made", make_backup(source, disk, NOW).path.exists())
    else:
        print("made", restore_backup(source, disk / "cakupan.db", NOW).restored.workers)
except StorageFailure as failure:
    print(failure.code)
print(sorted(file.name for file in disk.rglob("*") if not file.name.endswith(".lock")))
"""


@pytest.mark.skipif(os.name == "nt" or not Path("/usr/bin/unshare").exists(), reason="needs a small disk")
@pytest.mark.parametrize("what", ["start", "backup", "restore"])
def test_a_disk_that_fills_up_leaves_no_half_copy(filled: Register, tmp_path: Path, what: str) -> None:
    source = filled.path
    if what == "restore":
        source = make_backup(filled.path, tmp_path / "stik", NOW).path
    filled.close()
    disk = tmp_path / "kecil"
    disk.mkdir()
    sizes = source.stat().st_size // 1024
    for size in (64, sizes - 8, sizes + 4):
        found = subprocess.run(
            ["unshare", "-Urm", "sh", "-c", SMALL_DISK.format(size=size), "sh", str(disk),
             sys.executable, "-c", BACKING_UP, what, str(source), str(disk)],
            cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if not found.stdout:
            pytest.skip(f"no small disk here: {found.stderr[-200:]}")
        said, left = found.stdout.splitlines()
        assert (said, left) == ("disk_full", "[]") or said.startswith("made"), found.stdout


@pytest.mark.skipif(os.name == "nt" or not Path("/usr/bin/unshare").exists(), reason="needs a disk of its own")
@pytest.mark.parametrize(
    ("options", "words"), [("size=64k", "Disk tempat cadangan penuh"), ("ro", "tidak boleh ditulisi")]
)
def test_a_disk_that_takes_no_backup_is_named_instead_of_the_register(
    filled: Register, tmp_path: Path, options: str, words: str
) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    filled.close()
    found = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", f'mount -t tmpfs -o {options} tmpfs "$1" && shift && exec "$@"', "sh",
         str(stick), sys.executable, "main.py", "backup", "--data", str(filled.path), "--to", str(stick)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if "unshare" in found.stderr or "mount:" in found.stderr:
        pytest.skip(f"no disk of its own here: {found.stderr[-200:]}")
    assert words in found.stderr
    assert str(stick) in found.stderr
    assert "Register sendiri tidak berubah" in found.stderr


def test_a_file_in_the_place_of_the_folder_is_said_in_words(filled: Register, tmp_path: Path) -> None:
    (tmp_path / "stik").write_text("bukan folder")
    with pytest.raises(StorageFailure) as caught:
        make_backup(filled.path, tmp_path / "stik", NOW)
    assert caught.value.code == "cannot_open"
