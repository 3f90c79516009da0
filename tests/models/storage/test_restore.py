"""A backup takes the file's place whole and says so in the audit trail, or everything stays as it was."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.audit_chain import breaks_in, head_of
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.driver import Database, Migrations, connect
from models.storage.inspecting import inspect_backup
from models.storage.keys import Key, is_encrypted, new_key
from models.storage.manifest import manifest_file, read_manifest
from models.storage.migrations import MIGRATIONS
from models.storage.opening import open_file
from models.storage.restore import restore_backup
from models.storage.snapshot import checksum_file
from models.storage.unlocking import key_of
from tests.factories import NOW, make_plan, make_worker

WORDS = "lima kata yang mudah diingat"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


def opened(path: Path, key: Key | None = None) -> Register:
    return open_register(path, user="rina", clock=lambda: LATER, key=key)


def filled(path: Path, count: int, key: Key | None = None) -> Path:
    """A backup of a register with so many workers; the file has one more."""
    register = opened(path, key)
    for serial in range(1, count + 1):
        register.entries.save(make_worker(serial), make_plan(register))
    backup = make_backup(path, path.parent / "cadangan", NOW, key=key).path
    register.entries.save(make_worker(count + 1), None)
    register.close()
    return backup


def count(path: Path, key: Key | None = None) -> int:
    register = opened(path, key)
    try:
        return register.workers.count()
    finally:
        register.close()


def refused(backup: Path, path: Path, key: Key | None = None) -> str:
    """The code of the refusal, after which everything is as it was."""
    before = path.read_bytes(), backup.read_bytes(), sorted(file.name for file in path.parent.rglob("*"))
    with pytest.raises(StorageFailure) as caught:
        restore_backup(backup, path, LATER, key=key)
    assert (path.read_bytes(), backup.read_bytes()) == before[:2]
    assert sorted(file.name for file in path.parent.rglob("*")) == before[2]
    assert caught.value.text
    return caught.value.code


def test_the_trail_says_which_backup_was_restored_by_whom_and_over_what(path: Path) -> None:
    backup = filled(path, 2)
    live = connect(path, read_only=True)
    head = head_of(live)
    live.close()
    report = restore_backup(backup, path, LATER, by="Rina")
    register = opened(path)
    assert register.workers.count() == 2
    (entry,) = [row for row in register.audit.of("register", 0) if row.action == "restore"]
    assert (entry.user, entry.at) == ("Rina", LATER)
    told = {name: new for name, _old, new in entry.changes}
    manifest = read_manifest(backup)
    assert manifest is not None
    assert manifest.contents.head is not None
    assert report.safety_copy is not None
    assert told == {
        "backup": backup.name,
        "backup_head": manifest.contents.head.code,
        "head_before": head.code,
        "kept": report.safety_copy.name,
    }
    register.close()
    assert check_file(path).is_clean
    trail = connect(path, read_only=True)
    assert list(breaks_in(trail)) == []
    trail.close()
    assert sorted(file.name for file in path.parent.glob("cakupan.db*")) == ["cakupan.db"]


def test_the_restored_file_knows_the_users_of_its_own_time(path: Path) -> None:
    register = opened(path)
    register.users.add(User("Rina", Role.ADMINISTRATOR), "kata sandi yang panjang")
    backup = make_backup(path, path.parent / "cadangan", NOW).path
    register.users.add(User("Budi", Role.CLERK), "kata sandi lain yang panjang")
    register.close()
    restore_backup(backup, path, LATER, by="Budi")
    register = opened(path)
    assert register.users.must_log_in
    assert [user.name for user in register.users.all()] == ["Rina"]
    register.users.log_in("Rina", "kata sandi yang panjang")
    assert next(row for row in register.audit.of("register", 0) if row.action == "restore").user == "Budi"
    register.close()


def test_a_backup_of_an_older_form_is_brought_to_the_present_one_before_it_takes_the_place(
    path: Path, tmp_path: Path
) -> None:
    old = Migrations("cakupan")
    old(name=MIGRATIONS._migrations[0].name)(MIGRATIONS._migrations[0].fn)
    older = tmp_path / "lama.db"
    open_file(older, user="rina", clock=lambda: NOW, migrations=old).close()
    filled(path, 1)
    before = older.read_bytes()
    report = restore_backup(older, path, LATER, by="rina")
    assert report.restored.form == 1
    assert older.read_bytes() == before
    connection = connect(path, read_only=True)
    assert not MIGRATIONS.pending(Database(connection, execute_plugins=False))
    connection.close()
    opened(path).close()


def test_a_backup_of_a_newer_form_is_refused_naming_both(path: Path, tmp_path: Path) -> None:
    backup = filled(path, 1)
    newer = tmp_path / "baru.db"
    shutil.copyfile(backup, newer)
    connection = connect(newer)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('cakupan', 'm999', '')"
    )
    connection.close()
    assert refused(newer, path) == "newer"
    steps = len(MIGRATIONS._migrations)
    with pytest.raises(StorageFailure) as caught:
        inspect_backup(newer)
    assert (caught.value.params["theirs"], caught.value.params["ours"]) == (steps + 1, steps)


def test_damage_is_told_before_any_passphrase_is_asked_for(path: Path) -> None:
    key = new_key(WORDS)
    backup = filled(path, 2, key)
    content = backup.read_bytes()
    for harmed in (content[:-4096], content[:5000] + b"x" + content[5001:], b""):
        backup.write_bytes(harmed)
        assert refused(backup, path, key) == "altered"
        assert refused(backup, path, None) == "altered"
        assert refused(backup, path, new_key(WORDS)) == "altered"


def test_without_a_manifest_the_pages_themselves_tell_damage_from_a_wrong_passphrase(path: Path) -> None:
    key = new_key(WORDS)
    backup = filled(path, 2, key)
    for beside in (manifest_file(backup), checksum_file(backup)):
        beside.unlink(missing_ok=True)
    assert refused(backup, path, None) == "encrypted"
    assert refused(backup, path, key_of(backup, "sandi yang salah sama sekali")) == "wrong_passphrase"
    content = backup.read_bytes()
    backup.write_bytes(content[:100] + bytes(600) + content[700:])
    assert refused(backup, path, key) == "damaged_copy"


def test_a_backup_under_an_older_passphrase_opens_with_that_one(path: Path) -> None:
    older, present = new_key(WORDS), new_key("sandi yang baru sekali dan panjang")
    backup = filled(path, 2, older)
    path.unlink()
    filled(path, 5, present)
    assert refused(backup, path, present) == "wrong_passphrase"
    report = restore_backup(backup, path, LATER, key=key_of(backup, WORDS), present_key=present, by="rina")
    assert report.key == older
    register = opened(path, older)
    assert register.workers.count() == 2
    register.close()
    assert report.safety_copy is not None
    assert inspect_backup(report.safety_copy, present).workers == 6


def test_a_plain_backup_takes_the_place_of_an_encrypted_file_and_the_other_way_round(
    path: Path, tmp_path: Path
) -> None:
    key = new_key(WORDS)
    locked = filled(path, 1, key)
    plain = filled(tmp_path / "lain" / "cakupan.db", 3)
    assert restore_backup(plain, path, LATER, key=key, by="rina").key is None
    assert not is_encrypted(path)
    assert count(path) == 3
    assert restore_backup(locked, path, LATER, key=key, by="rina").key == key
    assert is_encrypted(path)
    assert count(path, key) == 1


def test_what_a_restore_that_was_killed_left_half_written_spoils_no_later_one(path: Path) -> None:
    backup = filled(path, 2)
    part = path.with_name("cakupan.db.part")
    shutil.copyfile(path, part)
    writing = connect(part)
    writing.execute("PRAGMA cache_spill=ON")
    writing.execute("PRAGMA cache_size=2")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("CREATE TABLE junk AS SELECT hex(randomblob(2000)) AS x FROM region")
    left = path.with_name("left-journal")
    shutil.copyfile(part.with_name(part.name + "-journal"), left)
    writing.execute("ROLLBACK")
    writing.close()
    left.rename(part.with_name(part.name + "-journal"))
    restore_backup(backup, path, LATER, by="rina")
    assert count(path) == 2
    assert check_file(path).is_clean
    assert sorted(file.name for file in path.parent.glob("cakupan.db*")) == ["cakupan.db"]


@pytest.mark.parametrize("key", [None, new_key(WORDS)], ids=["plain", "encrypted"])
def test_a_file_that_nothing_can_open_is_kept_byte_for_byte(path: Path, key: Key | None) -> None:
    backup = filled(path, 1, key)
    harmed = bytes(4096) + path.read_bytes()[4096:]
    path.write_bytes(harmed)
    report = restore_backup(backup, path, LATER, key=key, by="rina")
    assert report.safety_copy is not None
    assert report.safety_copy.read_bytes() == harmed
    register = opened(path, key)
    assert register.workers.count() == 1
    (entry,) = [row for row in register.audit.of("register", 0) if row.action == "restore"]
    assert "head_before" not in {name for name, _old, _new in entry.changes}
    register.close()
