"""Whatever a thief finds of an encrypted register: the file, its journal, its backups, drafts, half-made files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.register import Register, open_register
from models.storage.backup import backup_folder, make_backup
from models.storage.drafts import Draft
from models.storage.keys import Key, derive
from models.storage.rekeying import rekey
from tests.factories import NOW, make_plan, make_worker

KEY = derive("pohon sawit tua di Talu", bytes(range(16)))
SECRETS = (
    make_worker(1).nik,
    make_worker(2).nik,
    "Siti Rahasia",
    "Rohana",
    "CREATE TABLE",
    "pohon sawit",
    KEY.raw.hex(),
)


def shown_in(folder: Path) -> list[tuple[str, str]]:
    """What `strings` finds of the secrets, letters of one and of two bytes, in every file of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for encoding in ("s", "l", "b"):
            told = subprocess.run(
                ["strings", "-a", "-n", "4", "-e", encoding, path], capture_output=True, text=True, check=True
            )
            found += [(path.name, secret) for secret in SECRETS if secret in told.stdout]
    return found


def opened(path: Path, key: Key | None) -> Register:
    return open_register(path, user="rina", clock=lambda: NOW, key=key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "kantor").mkdir()
    return tmp_path / "kantor" / "cakupan.db"


def test_nothing_can_be_read_while_the_register_is_open_and_being_written(path: Path) -> None:
    register = opened(path, KEY)
    register.entries.save(make_worker(1, name="Siti Rahasia"), make_plan(register))
    register.drafts.save(Draft("entry", {"nik": make_worker(2).nik, "name": "Siti Rahasia"}, "name"))
    make_backup(path, backup_folder(path), NOW, key=KEY)
    connection = register._file.connection
    connection.execute("PRAGMA cache_spill=1")
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO setting (name, value) VALUES ('x', hex(zeroblob(2000000)))")
    assert path.with_name("cakupan.db-journal").stat().st_size > 4096, "the journal is in use"
    assert shown_in(path.parent) == []
    connection.execute("ROLLBACK")
    register.close()
    assert shown_in(path.parent) == []


def test_sorting_leaves_nothing_in_a_temporary_file(path: Path) -> None:
    register = opened(path, KEY)
    assert register._file.row("PRAGMA temp_store") in ((2,), ("2",))
    register.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
def test_what_a_killed_change_of_the_passphrase_leaves_behind_shows_nothing(path: Path, tmp_path: Path) -> None:
    """The old file was plain until the kill; what lies beside it is encrypted already."""
    register = opened(path, None)
    register.load((make_worker(serial, name="Siti Rahasia"), ()) for serial in range(1, 3_000))
    register.close()

    class Killed(Exception):
        pass

    copied = tmp_path / "dilihat"
    copied.mkdir()

    def look(stage: str, written: int, of: int) -> None:
        if stage == "place":
            for part in path.parent.glob(".*sandi*"):
                (copied / part.name).write_bytes(part.read_bytes())
            raise Killed

    with pytest.raises(Killed):
        rekey(path, NOW, User("rina", Role.ADMINISTRATOR), key=None, new=KEY, progress=look)
    assert sum(part.stat().st_size for part in copied.iterdir()) > 1_000_000
    assert shown_in(copied) == []
