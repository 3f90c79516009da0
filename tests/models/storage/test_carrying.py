"""A copy for carrying: locked in the age format, opened by the age program of the system."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from models.problems import Rejected, StorageFailure
from models.storage import carrying
from models.storage.backup import BackupReport, make_backup
from models.storage.carrying import carry, is_carried, name_inside, open_carried
from models.storage.inspecting import inspect_backup
from tests.factories import NOW, make_register, make_worker

PASSPHRASE = "kuda lumping menari di sawah"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BackupReport:
    """Not to be written to."""
    folder = tmp_path_factory.mktemp("made")
    return backed_up(folder / "cakupan.db", folder / "cadangan")


@pytest.fixture(scope="module")
def locked(made: BackupReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Neither is this: locking and unlocking are meant to take a second each."""
    return carry(made.manifest, tmp_path_factory.mktemp("stik"), PASSPHRASE)


def backed_up(path: Path, folder: Path) -> BackupReport:
    with closing(make_register(path)) as register:
        for serial in range(1, 4):
            register.entries.save(make_worker(serial), None)
    return make_backup(path, folder, NOW)


def test_a_locked_copy_shows_nothing_and_opens_again_bit_for_bit(
    made: BackupReport, locked: Path, tmp_path: Path
) -> None:
    assert locked.name == f"{made.path.name}.age"
    assert name_inside(locked) == made.path.name
    assert is_carried(locked)
    assert not is_carried(made.path)
    content = locked.read_bytes()
    assert b"Siti" not in content
    assert b"SQLite" not in content
    opened = open_carried(locked, tmp_path / "buka.db", PASSPHRASE)
    assert opened.read_bytes() == made.path.read_bytes()
    assert inspect_backup(opened).workers == 3
    assert [file.name for file in locked.parent.iterdir()] == [locked.name]


@pytest.mark.skipif(shutil.which("age") is None, reason="needs the age program")
def test_the_age_program_of_the_system_opens_it(made: BackupReport, locked: Path, tmp_path: Path) -> None:
    """It asks for the passphrase on the terminal, so it gets one."""
    opened = tmp_path / "dengan-age.db"
    assert _age(["-d", "-o", str(opened), str(locked)], PASSPHRASE) == 0
    assert opened.read_bytes() == made.path.read_bytes()
    assert _age(["-d", "-o", str(tmp_path / "x.db"), str(locked)], "bukan ini") != 0
    assert not (tmp_path / "x.db").exists()


def _age(arguments: list[str], typed: str) -> int:
    """Runs age with a terminal of its own and types the passphrase when it is asked for."""
    import pty  # not on Windows

    process, terminal = pty.fork()
    if not process:
        os.execvp("age", ["age", *arguments])
    try:
        said = b""
        while b"passphrase" not in said:
            said += os.read(terminal, 1024)
        os.write(terminal, typed.encode() + b"\n")
        while os.read(terminal, 1024):
            pass
    except OSError:  # the program ended and took its end of the terminal with it
        pass
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def test_a_wrong_passphrase_and_damage_are_told_apart(locked: Path, tmp_path: Path) -> None:
    target = tmp_path / "buka.db"
    with pytest.raises(StorageFailure) as caught:
        open_carried(locked, target, "bukan yang itu")
    assert caught.value.code == "wrong_passphrase"
    whole = locked.read_bytes()
    flipped = whole[:-500] + bytes([whole[-500] ^ 1]) + whole[-499:]
    for content in (whole[:-1], whole[: len(whole) // 2], flipped):
        damaged = tmp_path / locked.name
        damaged.write_bytes(content)
        with pytest.raises(StorageFailure) as caught:
            open_carried(damaged, target, PASSPHRASE)
        assert caught.value.code == "damaged_copy"
    assert not target.exists()
    assert [file.name for file in tmp_path.glob("buka*")] == []


def test_blanks_too_many_do_no_harm(locked: Path, tmp_path: Path) -> None:
    assert open_carried(locked, tmp_path / "buka.db", f"  {PASSPHRASE.replace(' ', '  ')} ").exists()


def test_a_weak_passphrase_locks_nothing(made: BackupReport, tmp_path: Path) -> None:
    for weak in ("", "rahasia", "pasaman barat"):
        with pytest.raises(Rejected):
            carry(made.manifest, tmp_path / "stik", weak)
    assert not (tmp_path / "stik").exists()


def test_a_backup_that_was_altered_is_not_carried(tmp_path: Path) -> None:
    made = backed_up(tmp_path / "cakupan.db", tmp_path / "cadangan")
    with made.path.open("r+b") as stream:
        stream.seek(9000)
        stream.write(b"\xff\x00\xff")
    with pytest.raises(StorageFailure) as caught:
        carry(made.manifest, tmp_path / "stik", PASSPHRASE)
    assert caught.value.code == "altered"
    assert list((tmp_path / "stik").iterdir()) == []


def test_what_is_no_locked_copy_is_said(made: BackupReport, tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as caught:
        open_carried(made.path, tmp_path / "buka.db", PASSPHRASE)
    assert caught.value.code == "not_carried"
    with pytest.raises(StorageFailure) as caught:
        open_carried(tmp_path / "tidak ada.age", tmp_path / "buka.db", PASSPHRASE)
    assert caught.value.code == "missing"


def test_a_register_too_large_for_the_memory_is_said_before_anything_is_done(
    made: BackupReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "MOST", 1000)
    with pytest.raises(StorageFailure) as caught:
        carry(made.manifest, tmp_path / "stik", PASSPHRASE)
    assert caught.value.code == "too_large"
    assert not (tmp_path / "stik").exists()
