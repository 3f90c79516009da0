"""Printing from the command line on a register that knows its users."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.register import open_register
from tests.ui.commandline.running import command, environment, left_in, run

PASSWORD = "pohon sawit di talu"
MONTH = ("--month", "2026-03")


@pytest.fixture
def staffed(data: Path) -> Path:
    """Reni keeps the sample; Siti is a clerk."""
    register = open_register(data, user="komputer", clock=datetime.now)
    register.users.add(User("reni", Role.ADMINISTRATOR), PASSWORD)
    register.users.add(User("siti", Role.CLERK), PASSWORD + " siti")
    register.close()
    return data


def summary(data: Path, *more: str) -> tuple[object, ...]:
    return ("report", "coverage", "--data", data, *MONTH, "--out", data.with_name("cakupan.pdf"), *more)


def letters(data: Path, *more: str) -> tuple[object, ...]:
    return ("letters", "--data", data, "--scheme", "SAWIT", *MONTH, "--out", data.with_name("surat.pdf"), *more)


@pytest.mark.parametrize("paper", [summary, letters])
def test_without_a_user_nothing_is_printed_and_the_sentence_says_how(staffed: Path, paper: object) -> None:
    assert callable(paper)
    ended = run(*paper(staffed))
    assert (ended.code, ended.said) == (3, "")
    assert "--user NAMA" in ended.complained
    assert "CAKUPAN_PASSWORD" in ended.complained
    ended = run(*paper(staffed, "--user", "siti"))
    assert ended.code == 3
    assert "Kata sandi siti belum ada" in ended.complained
    assert left_in(staffed.parent) == {"contoh.db"}


@pytest.mark.parametrize("paper", [summary, letters])
def test_with_a_password_from_the_environment_it_is_printed(staffed: Path, paper: object) -> None:
    assert callable(paper)
    ended = run(*paper(staffed, "--user", "siti"), env={"CAKUPAN_PASSWORD": PASSWORD + " siti"})
    assert (ended.code, ended.complained) == (0, "")


def test_letters_bear_the_name_of_who_logged_in(staffed: Path) -> None:
    assert run(*letters(staffed, "--user", "SITI"), env={"CAKUPAN_PASSWORD": PASSWORD + " siti"}).code == 0
    register = open_register(staffed, user="test", clock=datetime.now, read_only=True)
    actions = [(entry.user, entry.action) for entry in register.audit.of("user", 2)]
    register.close()
    assert ("siti", "log_in") in actions


def test_a_wrong_password_is_refused_and_counted(staffed: Path) -> None:
    for _try in range(3):
        ended = run(*letters(staffed, "--user", "siti", "--json"), env={"CAKUPAN_PASSWORD": "bukan ini ya"})
        assert ended.code == 3
        assert json.loads(ended.said)["error"] == "wrong_password"
    ended = run(*letters(staffed, "--user", "siti", "--json"), env={"CAKUPAN_PASSWORD": PASSWORD + " siti"})
    assert json.loads(ended.said)["error"] == "wait"
    assert left_in(staffed.parent) == {"contoh.db"}


def test_at_a_terminal_the_password_is_asked_for_without_echo(staffed: Path) -> None:
    pty = pytest.importorskip("pty", reason="Windows has terminals of another kind")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*summary(staffed, "--user", "siti")), stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment(), start_new_session=True, close_fds=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        heard = b""
        while b"Kata sandi siti" not in heard:
            heard += os.read(ours, 1024)
        os.write(ours, (PASSWORD + " siti\n").encode())
        while chunk := _read(ours):
            heard += chunk
        assert process.wait(50) == 0
    os.close(ours)
    assert PASSWORD.encode() not in heard


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # the program has ended
        return b""


def test_backup_and_check_need_nobody(staffed: Path, tmp_path: Path) -> None:
    assert run("check", "--data", staffed).code == 0
    assert run("backup", "--data", staffed, "--to", tmp_path / "stik").code == 0


def test_the_help_tells_of_the_user(data: Path) -> None:
    assert "--user" in run("letters", "--help").said
    assert "CAKUPAN_PASSWORD" in run("report", "coverage", "--help").said
