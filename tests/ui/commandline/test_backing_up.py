"""Backups by command: for a scheduler, onto a stick, locked for carrying, tried."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from models.storage.carrying import is_carried
from models.storage.inspecting import inspect_file
from models.storage.second_place import choose_second_place
from tests.factories import make_register, make_worker
from tests.ui.commandline.running import left_in, run

SECRET = {"CAKUPAN_COPY_PASSPHRASE": "kuda lumping menari di sawah"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    register = make_register(tmp_path / "kantor" / "kantor.db")
    for serial in range(1, 4):
        register.entries.save(make_worker(serial), None)
    register.close()
    return register.path


def test_a_scheduler_makes_one_only_when_something_was_saved(data: Path, tmp_path: Path) -> None:
    asked = ("backup", "--data", data, "--to", tmp_path / "cadangan", "--automatic")
    assert run(*asked).code == 0
    again = run(*asked)
    assert again.code == 4
    assert "Tidak ada yang disimpan" in again.said + again.complained
    register = make_register(data)
    register.entries.save(make_worker(9), None)
    register.close()
    assert run(*asked).code == 0
    assert len(list((tmp_path / "cadangan").glob("*.db"))) == 2


def test_a_backup_goes_to_the_stick_too(data: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    choose_second_place(stick)
    made = run("backup", "--data", data, "--to", tmp_path / "cadangan", "--second", stick)
    assert made.code == 0
    assert "aman dicabut" in made.said
    (copy,) = stick.glob("*.db")
    assert inspect_file(copy).workers == 3


def test_a_stick_that_is_not_there_is_said_and_the_backup_is_made(data: Path, tmp_path: Path) -> None:
    made = run("backup", "--data", data, "--to", tmp_path / "cadangan", "--second", tmp_path / "stik")
    assert made.code == 3
    assert "sudah jadi dan utuh" in made.complained
    assert len(list((tmp_path / "cadangan").glob("*.db"))) == 1
    assert not (tmp_path / "stik").exists()


def test_a_locked_copy_comes_back_by_its_passphrase(data: Path, tmp_path: Path) -> None:
    asked = ("backup", "--data", data, "--to", tmp_path / "cadangan", "--carry", tmp_path / "bawa")
    missing = run(*asked)
    assert missing.code == 3
    assert "CAKUPAN_COPY_PASSPHRASE" in missing.complained
    told = json.loads(run(*asked, "--json", env=SECRET).said)
    locked = Path(told["carried"])
    assert is_carried(locked)
    target = tmp_path / "pulih" / "kantor.db"
    wrong = run("restore", locked, "--to", target, env={"CAKUPAN_COPY_PASSPHRASE": "lain"})
    assert wrong.code == 3
    assert "bukan frasa sandi" in wrong.complained
    assert left_in(target.parent) == set()
    restored = run("restore", locked, "--to", target, env=SECRET)
    assert restored.code == 0, restored.complained
    assert inspect_file(target).workers == 3
    assert left_in(target.parent) == {"kantor.db"}


def test_the_newest_backup_is_tried_and_the_day_written_down(data: Path) -> None:
    none = run("drill", "--data", data)
    assert none.code == 3
    assert run("backup", "--data", data, "--to", data.parent / "cadangan").code == 0
    tried = run("drill", "--data", data)
    assert tried.code == 0, tried.complained
    register = make_register(data)
    assert register.backups.last_drill_at() is not None
    held = run("drill", "--data", data, "--json")
    assert held.code == 0
    assert json.loads(held.said)["is_recorded"] is False
    register.close()


def test_a_backup_is_checked_against_its_manifest_and_for_sha256sum(data: Path) -> None:
    made = Path(json.loads(run("backup", "--data", data, "--to", data.parent / "cadangan", "--json").said)["file"])
    checked = run("check", "--data", made)
    assert checked.code == 0
    line = json.loads(run("check", "--data", made, "--json").said)["sha256sum"]
    assert line in checked.said
    told = subprocess.run(["sha256sum", "-c"], input=line, cwd=made.parent, encoding="utf-8", check=False)
    assert told.returncode == 0
    with made.open("r+b") as stream:
        stream.seek(3_000)
        stream.write(b"\xff")
    spoilt = run("check", "--data", made)
    assert spoilt.code == 3
    assert "berubah atau terpotong" in spoilt.complained
    assert "sha256sum" not in json.loads(run("check", "--data", data, "--json").said)
