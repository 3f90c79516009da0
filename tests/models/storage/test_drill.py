"""Trying a backup before it is needed, and what is found in one that went bad."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.audit_chain import Head
from models.storage.backup import make_backup
from models.storage.drill import check_pages, drill
from models.storage.driver import connect
from models.storage.keys import Key
from models.storage.manifest import Manifest, read_manifest, write_manifest
from models.storage.proven_copy import checksum_from_disk
from tests.factories import NOW, make_plan, make_worker

LATER = NOW + timedelta(days=8)


@pytest.fixture
def made(register: Register, tmp_path: Path) -> Manifest:
    for serial in range(1, 31):
        register.entries.save(make_worker(serial), make_plan(register) if serial % 2 else None)
    return make_backup(register.path, tmp_path / "cadangan", NOW).manifest


def test_a_good_backup_is_restored_for_a_trial_and_the_trial_is_gone(made: Manifest, register: Register) -> None:
    told: list[str] = []
    report = drill(made, LATER, told.append)
    assert (report.backup, report.contents.workers) == (made.contents.path, 30)
    assert list(dict.fromkeys(told)) == ["copy", "pages", "count"]
    again = read_manifest(made.contents.path)
    assert again is not None
    assert (again.verified_at, again.checked_at, again.made_at) == (LATER, LATER, NOW)
    assert {path.name for path in made.contents.path.parent.iterdir()} == {made.file, f"{made.file}.json"}
    assert register.backups.last_drill_at() is None
    register.backups.record_drill(report.backup)
    assert register.backups.last_drill_at() == NOW  # by the register's clock
    assert register.audit.of("backup", 0)[-1].action == "drill"


def test_a_trial_is_no_save(made: Manifest, register: Register) -> None:
    register.backups.record_drill(made.contents.path)
    last = register.backups.last([made.contents.path.parent], NOW)
    assert last is not None
    assert register.backups.saves_since(last) == 0


@pytest.mark.parametrize("way", ["drill", "check"])
def test_every_changed_bit_is_found(made: Manifest, way: str) -> None:
    path = made.contents.path
    whole = path.read_bytes()
    chance = random.Random(3)
    for trial in range(12):
        place = chance.randrange(len(whole))
        path.write_bytes(
            whole[:place] if trial % 3 == 0 else whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
        )
        with pytest.raises(StorageFailure) as caught:
            drill(made, LATER) if way == "drill" else check_pages(made, LATER)
        assert caught.value.code == "altered"
        known = read_manifest(path)
        assert known is not None
        assert known.verified_at is None  # it counts as a backup no longer
        assert {one.name for one in path.parent.iterdir()} == {made.file, f"{made.file}.json"}


def test_a_backup_and_its_manifest_changed_together_are_found_too(made: Manifest) -> None:
    """Whoever changes both still does not match the rows, the pages or the trail."""
    path = made.contents.path
    for change in (
        replace(made, contents=replace(made.contents, rows={**made.contents.rows, "worker": 29})),
        replace(made, contents=replace(made.contents, head=Head(3, b"x" * 32))),
    ):
        write_manifest(path, change)
        known = read_manifest(path)
        assert known is not None
        with pytest.raises(StorageFailure) as caught:
            drill(known, LATER)
        assert caught.value.code == "drill_differs"


def test_a_broken_trail_inside_the_backup_is_found(made: Manifest) -> None:
    path = made.contents.path
    connection = connect(path)
    statement = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_is_never_changed'").fetchone()[
        0
    ]
    connection.execute("DROP TRIGGER audit_is_never_changed")
    connection.execute("UPDATE audit SET user = 'orang lain' WHERE id = 5")
    connection.execute(statement)
    connection.close()
    spoilt = replace(made, sha256=checksum_from_disk(path), size=path.stat().st_size)
    with pytest.raises(StorageFailure) as caught:
        drill(spoilt, LATER)
    assert caught.value.code == "drill_differs"


def test_a_backup_of_a_time_that_a_restore_has_undone_is_not_the_newest(made: Manifest, register: Register) -> None:
    """Its trail is no beginning of the open one."""
    folder = made.contents.path.parent
    wrong = replace(made, made_at=NOW - timedelta(minutes=1))
    head = made.contents.head
    assert head is not None
    write_manifest(
        made.contents.path, replace(wrong, contents=replace(made.contents, head=Head(head.entries, b"y" * 32)))
    )
    assert register.backups.newest(folder, NOW) is None
    assert register.backups.found(folder) != ()
    assert register.backups.last([folder], NOW) is None


def test_an_encrypted_backup_is_proven_tried_and_known_by_its_key(tmp_path: Path) -> None:
    key, other = (Key(byte * 32, b"salt" * 4) for byte in (b"k", b"o"))
    register = open_register(tmp_path / "rahasia.db", user="rina", clock=lambda: NOW, key=key)
    register.entries.save(make_worker(), None)
    report = make_backup(register.path, tmp_path / "cadangan", NOW, key=register.key)
    assert b"Siti" not in report.path.read_bytes()
    known = read_manifest(report.path)
    assert known is not None
    assert known.is_encrypted
    assert (known.fits(key), known.fits(other)) == (True, False)
    assert drill(known, LATER, key=key).contents.workers == 1
    with pytest.raises(StorageFailure):
        drill(known, LATER, key=other)
    again = read_manifest(report.path)
    assert again is not None
    assert again.verified_at == LATER  # a wrong key says nothing about the backup
    register.close()
