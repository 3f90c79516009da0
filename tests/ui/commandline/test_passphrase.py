"""Every command on an encrypted file: the passphrase from a file, from the environment, or typed; never an argument."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.storage.keys import derive, is_encrypted
from models.storage.rekeying import rekey
from tests.ui.commandline.running import command, environment, run

PASSPHRASE = "pohon sawit tua di Talu"
IN_ENVIRONMENT = {"CAKUPAN_PASSPHRASE": PASSPHRASE}


@pytest.fixture
def secret(data: Path) -> Path:
    """The sample with a passphrase."""
    by = User("contoh", Role.ADMINISTRATOR)
    rekey(data, datetime(2026, 3, 31, 16), by, key=None, new=derive(PASSPHRASE, os.urandom(16)))
    return data


def commands(data: Path) -> dict[str, tuple[object, ...]]:
    folder = data.parent / "hasil"
    folder.mkdir(exist_ok=True)
    return {
        "report": ("report", "coverage", "--data", data, "--month", "2026-03", "--out", folder / "c.pdf"),
        "letters": ("letters", "--data", data, "--scheme", "SAWIT", "--month", "2026-03", "--out", folder / "s.pdf"),
        "backup": ("backup", "--data", data, "--to", folder / "stik"),
        "check": ("check", "--data", data),
    }


@pytest.mark.parametrize("name", ["report", "letters", "backup", "check"])
def test_a_command_takes_the_passphrase_from_the_environment_or_a_file(secret: Path, name: str) -> None:
    given = commands(secret)[name]
    assert run(*given, env=IN_ENVIRONMENT).code == 0
    file = secret.with_name("frasa.txt")
    file.write_text(f"{PASSPHRASE}\r\nbaris lain\n", "utf-8")
    assert run(*given, "--passphrase-file", file).code == 0


@pytest.mark.parametrize("name", ["report", "letters", "backup", "check"])
def test_a_missing_and_a_wrong_passphrase_are_told_apart(secret: Path, name: str) -> None:
    before = secret.read_bytes()
    ended = run(*commands(secret)[name], "--json")
    assert (ended.code, json.loads(ended.said)["error"]) == (3, "passphrase_missing")
    assert "CAKUPAN_PASSPHRASE" in ended.complained
    ended = run(*commands(secret)[name], "--json", env={"CAKUPAN_PASSPHRASE": "bukan ini"})
    assert (ended.code, json.loads(ended.said)["error"]) == (3, "wrong_passphrase")
    assert "bukan ini" not in ended.complained
    assert secret.read_bytes() == before


def test_a_damaged_file_is_no_wrong_passphrase(secret: Path) -> None:
    content = bytearray(secret.read_bytes())
    content[100] ^= 1
    secret.write_bytes(content)
    ended = run("check", "--data", secret, "--json", env=IN_ENVIRONMENT)
    assert json.loads(ended.said)["error"] == "damaged"


def test_a_backup_is_encrypted_and_restored_with_the_same_passphrase(secret: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    made = json.loads(run("backup", "--data", secret, "--to", stick, "--json", env=IN_ENVIRONMENT).said)
    backup = Path(made["file"])
    assert is_encrypted(backup)
    strings = subprocess.run(["strings", "-a", backup], capture_output=True, text=True, check=True).stdout
    assert "CREATE" not in strings
    assert run("restore", backup, "--to", tmp_path / "pulih.db").code == 3
    ended = run("restore", backup, "--to", secret, "--json", env=IN_ENVIRONMENT)
    assert (ended.code, json.loads(ended.said)["workers"]) == (0, made["workers"])
    assert run("check", "--data", secret, env=IN_ENVIRONMENT).code == 0


def test_a_restored_backup_without_a_passphrase_is_told_of(secret: Path, made: Path) -> None:
    ended = run("restore", made, "--to", secret)
    assert ended.code == 0, ended.complained
    assert "tidak lagi berfrasa sandi" in ended.said
    assert not is_encrypted(secret)


def test_the_newest_backup_is_tried_with_the_passphrase(secret: Path) -> None:
    assert run("backup", "--data", secret, "--to", secret.parent / "cadangan", env=IN_ENVIRONMENT).code == 0
    assert run("drill", "--data", secret).code == 3
    assert run("drill", "--data", secret, env=IN_ENVIRONMENT).code == 0


def test_a_passphrase_does_no_harm_to_a_plain_file(data: Path) -> None:
    assert run("check", "--data", data, env=IN_ENVIRONMENT).code == 0


def test_a_file_that_is_missing_or_empty_is_told(secret: Path) -> None:
    ended = run("check", "--data", secret, "--passphrase-file", secret.with_name("tidak ada"))
    assert (ended.code, "tidak ada" in ended.complained) == (3, True)
    empty = secret.with_name("kosong.txt")
    empty.touch()
    ended = run("check", "--data", secret, "--passphrase-file", empty, "--json")
    assert json.loads(ended.said)["error"] == "passphrase_missing"


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_at_a_terminal_it_is_typed_without_being_shown(secret: Path) -> None:
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        command("check", "--data", secret), stdin=slave, stdout=slave, stderr=slave, env=environment(TERM="dumb"),
        start_new_session=True,
    ) as program:  # fmt: skip
        os.close(slave)
        shown = b""
        while b": " not in shown:
            shown += os.read(master, 1000)
        os.write(master, PASSPHRASE.encode() + b"\n")
        while True:
            try:
                more = os.read(master, 1000)
            except OSError:
                break
            if not more:
                break
            shown += more
        assert program.wait(50) == 0
    os.close(master)
    assert b"Frasa sandi contoh.db" in shown
    assert PASSPHRASE.encode() not in shown


def test_there_is_no_argument_that_would_show_it_to_everybody() -> None:
    assert "--passphrase " not in run("check", "--help").said
    assert "CAKUPAN_PASSPHRASE" in run("check", "--help").said
