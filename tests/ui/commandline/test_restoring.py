"""`restore --salvage` on files that were really damaged: what it prints, writes, and gives back as drafts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from models.register import Register, open_register
from models.storage.backup import make_backup
from models.storage.keys import Key, new_key
from tests.factories import make_plan, make_worker
from tests.ui.commandline.running import run

NOW = datetime(2026, 11, 22, 9, 0)
WORDS = "lima kata yang mudah diingat"
PAGE = 4096


def opened(path: Path, key: Key | None = None) -> Register:
    return open_register(path, user="rina", clock=lambda: NOW, key=key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


def filled(path: Path, key: Key | None = None) -> Path:
    """A backup; since then the file has another worker. Its last page is damaged."""
    register = opened(path, key)
    register.entries.save(make_worker(1), make_plan(register))
    backup = make_backup(path, path.parent / "cadangan", NOW, key=key).path
    register.entries.save(make_worker(2, name="Nurhayati"), make_plan(register))
    register.close()
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size - PAGE)
        stream.write(bytes(PAGE))
    return backup


@pytest.mark.parametrize("key", [None, new_key(WORDS)], ids=["plain", "encrypted"])
def test_what_is_newer_than_the_backup_waits_as_drafts_and_stands_in_the_list(
    path: Path, tmp_path: Path, key: Key | None
) -> None:
    backup = filled(path, key)
    (tmp_path / "frasa").write_text(WORDS, "utf-8")
    listed = tmp_path / "daftar.txt"
    ended = run(
        "restore", backup, "--to", path, "--salvage", listed, "--json", "--passphrase-file", tmp_path / "frasa"
    )
    assert ended.complained == ""
    told = json.loads(ended.said)
    assert ended.code == told["exit"] == 0
    assert (told["salvaged"], told["certain"], told["lost"], told["drafts"]) == (2, 2, 0, 1)
    assert told["list"] == str(listed)
    text = listed.read_text("utf-8-sig")
    assert "Nurhayati" in text
    assert "1312********0002" in text
    assert make_worker(2).nik not in text
    register = opened(path, key)
    assert register.workers.count() == 1
    assert [draft.fields["name"] for draft in register.drafts.all()] == ["Nurhayati"]
    assert [row.action for row in register.audit.of("list", 0)] == ["export"]
    register.close()


def test_without_a_name_the_list_goes_beside_the_file_and_what_is_left_to_do_ends_with_one(path: Path) -> None:
    register = opened(path)
    register.change_office(register.office)
    register.close()
    backup = filled(path)
    register = opened(path)
    register.settings.save(register.office.__class__(signatory_name="Nama Baru"))
    register.close()
    ended = run("restore", backup, "--to", path, "--salvage")
    assert (ended.code, ended.complained) == (1, "")
    (listed,) = path.parent.glob("cakupan-*-terselamatkan.txt")
    assert str(listed) in ended.said
    assert "Pengaturan diubah" in listed.read_text("utf-8-sig")


def test_a_list_as_pdf(path: Path, tmp_path: Path) -> None:
    backup = filled(path)
    assert run("restore", backup, "--to", path, "--salvage", tmp_path / "daftar.pdf").code == 0
    assert (tmp_path / "daftar.pdf").read_bytes().startswith(b"%PDF-")


def test_of_a_file_that_is_not_there_nothing_can_be_salvaged(path: Path, tmp_path: Path) -> None:
    backup = filled(path)
    ended = run("restore", backup, "--to", tmp_path / "tidak-ada.db", "--salvage")
    assert ended.code == 2
    assert "--salvage" in ended.complained


def test_a_plain_restore_says_nothing_of_drafts(path: Path) -> None:
    backup = filled(path)
    ended = run("restore", backup, "--to", path)
    assert ended.code == 0
    assert "draf" not in ended.said


def test_a_backup_of_another_register_takes_no_place_without_a_word_for_it(path: Path, tmp_path: Path) -> None:
    backup = filled(path)
    other = tmp_path / "lain" / "lain.db"
    opened(other).close()
    before = other.read_bytes()
    refused = run("restore", backup, "--to", other)
    assert refused.code == 2
    assert "berkas data lain" in refused.complained
    assert other.read_bytes() == before
    assert run("restore", backup, "--to", other, "--other-register").code == 0
    register = opened(other)
    assert register.workers.get(1).name == "Siti Aminah"
    register.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a person's folder from others by itself")
def test_what_the_program_writes_is_for_the_person_alone(tmp_path: Path) -> None:
    main = Path(__file__).parents[3] / "main.py"
    file = tmp_path / "contoh" / "a.db"
    subprocess.run([sys.executable, main, "demo", "--data", file, "--workers", "30"], check=True, capture_output=True)
    subprocess.run(
        [sys.executable, main, "backup", "--data", file, "--to", tmp_path / "salinan"],
        check=True,
        capture_output=True,
    )
    made = [file.parent, file, *tmp_path.glob("salinan"), *tmp_path.glob("salinan/*")]
    assert len(made) >= 5
    assert {path.name for path in made if path.stat().st_mode & 0o077} == set()
