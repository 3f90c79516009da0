"""Backups are proven when made, refused when altered, and give everything back."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register
from models.storage.backup import (
    backups_in,
    inspect_backup,
    last_backup,
    make_backup,
    moment_of,
    restore_backup,
)
from models.storage.check import check_file
from models.storage.driver import connect
from models.storage.snapshot import snapshot
from models.values.months import Month
from tests.factories import NOW, make_plan, make_register, make_worker


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
    verdict = subprocess.run(["sha256sum", "-c", f"{report.path.name}.sha256"], cwd=report.path.parent, check=False)
    assert verdict.returncode == 0
    assert sorted(file.name for file in report.path.parent.iterdir()) == [
        report.path.name,
        f"{report.path.name}.sha256",
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
    report.path.with_name(report.path.name + ".sha256").unlink()
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
    assert last_backup(folder, filled.path, NOW) == (old.path, NOW - timedelta(days=3))
    assert moment_of(old.path) == NOW - timedelta(days=3)
    assert last_backup(tmp_path / "kosong", filled.path, NOW) is None


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
        ("UPDATE worker SET revision = 5 WHERE id = 2", "audit_worker"),
        ("DELETE FROM audit WHERE kind = 'enrolment' AND record = 2", "audit_enrolment"),
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
