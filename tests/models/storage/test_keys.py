"""Encrypted files: what opens them, and why something does not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.backup import make_backup
from models.storage.driver import connect
from models.storage.keys import Key, derive, is_encrypted, salt_of
from models.storage.unlocking import key_of
from tests.factories import NOW, make_plan, make_worker

PASSPHRASE = "pohon sawit tua di Talu"


def opened(path: Path, key: Key | None, *, read_only: bool = False) -> Register:
    return open_register(path, user="rina", clock=lambda: NOW, key=key, read_only=read_only)


@pytest.fixture
def secret(path: Path) -> Path:
    """An encrypted register with one worker, closed."""
    register = opened(path, derive(PASSPHRASE, os.urandom(16)))
    register.entries.save(make_worker(name="Siti Rahasia"), make_plan(register))
    register.close()
    return path


def test_a_stolen_copy_shows_nothing(secret: Path) -> None:
    assert is_encrypted(secret)
    strings = subprocess.run(["strings", "-n", "5", secret], capture_output=True, text=True, check=True).stdout
    assert make_worker().nik not in strings
    assert "Rahasia" not in strings
    assert "CREATE TABLE" not in strings


def test_the_passphrase_opens_it_again_and_the_register_remembers_the_key(secret: Path) -> None:
    register = opened(secret, key_of(secret, PASSPHRASE))
    assert register.workers.get(1).name == "Siti Rahasia"
    with register.twin() as twin:
        assert twin.workers.count() == 1
    register.entries.save(make_worker(2), None)
    assert register.key == key_of(secret, PASSPHRASE)
    assert "raw" not in repr(register.key)
    register.close()


def test_any_sqlcipher_program_opens_it_by_the_same_passphrase(secret: Path) -> None:
    import sqlcipher3

    connection = sqlcipher3.connect(str(secret))
    connection.execute(f"PRAGMA key='{PASSPHRASE}'")
    assert connection.execute("SELECT name FROM worker").fetchone() == ("Siti Rahasia",)
    connection.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_no_passphrase_and_a_wrong_one_are_told_apart(secret: Path, read_only: bool) -> None:
    before = secret.read_bytes()
    for key, code in ((None, "encrypted"), (key_of(secret, "salah"), "wrong_passphrase")):
        with pytest.raises(StorageFailure) as caught:
            opened(secret, key, read_only=read_only)
        assert caught.value.code == code
    assert secret.read_bytes() == before


@pytest.mark.parametrize("at", [20, 2000, 4090])
def test_a_damaged_first_page_is_no_wrong_passphrase(secret: Path, at: int) -> None:
    content = bytearray(secret.read_bytes())
    content[at] ^= 1
    secret.write_bytes(content)
    with pytest.raises(StorageFailure) as caught:
        opened(secret, key_of(secret, PASSPHRASE))
    assert caught.value.code == "damaged"
    with pytest.raises(StorageFailure) as caught:
        opened(secret, key_of(secret, "salah"))
    assert caught.value.code == "wrong_passphrase"


def test_a_passphrase_does_no_harm_to_a_plain_file(register: Register, path: Path) -> None:
    register.close()
    again = opened(path, derive(PASSPHRASE, os.urandom(16)))
    assert again.key is None
    again.close()
    assert not is_encrypted(path)


def test_a_text_and_an_empty_file_are_not_taken_for_encrypted(tmp_path: Path) -> None:
    text, empty = tmp_path / "surat.txt", tmp_path / "kosong.db"
    text.write_text("Bukan basis data.\n" * 1000)
    empty.touch()
    assert not is_encrypted(text)
    assert not is_encrypted(empty)
    assert not is_encrypted(tmp_path / "tidak ada.db")


def test_the_journal_of_an_encrypted_file_shows_nothing_either(secret: Path) -> None:
    connection = connect(secret, key=key_of(secret, PASSPHRASE))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE worker SET name = 'Rahasia Baru'")
    connection.execute("PRAGMA cache_spill=1")
    connection.execute("PRAGMA cache_size=1")
    connection.execute("INSERT INTO setting (name, value) VALUES ('x', hex(zeroblob(1000000)))")
    journal = secret.with_name(secret.name + "-journal").read_bytes()
    assert len(journal) > 4096
    assert b"Siti" not in journal
    assert b"CREATE" not in journal
    connection.close()


def test_the_salt_is_the_beginning_of_the_file(secret: Path) -> None:
    assert salt_of(secret) == secret.read_bytes()[:16] == key_of(secret, PASSPHRASE).salt


def test_a_backup_of_an_encrypted_file_is_encrypted_with_the_same_key(secret: Path, tmp_path: Path) -> None:
    key = key_of(secret, PASSPHRASE)
    made = make_backup(secret, tmp_path / "stik", NOW, key=key)
    assert made.contents.workers == 1
    assert is_encrypted(made.path)
    opened(made.path, key, read_only=True).close()
