"""A file in use is checked in a process of its own, and nobody waits for it."""

from __future__ import annotations

import contextlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register, open_register
from models.storage.anchors import Anchor
from models.storage.check_apart import check_apart
from models.storage.driver import connect
from models.storage.keys import derive
from tests.factories import NOW, make_plan, make_worker


def leftovers(register: Register) -> list[Path]:
    return [path for path in register.path.parent.iterdir() if "periksa" in path.name]


def test_a_file_in_use_is_checked_and_the_copy_goes(register: Register) -> None:
    register.entries.save(make_worker(), make_plan(register))
    report = check_apart(register.path)
    assert report.is_clean
    assert report.workers == 1
    assert leftovers(register) == []


def test_somebody_saves_while_it_is_checked(register: Register) -> None:
    with ThreadPoolExecutor(1) as other:
        check = other.submit(check_apart, register.path)
        for serial in range(1, 40):
            register.entries.save(make_worker(serial, name=f"Siti {'I' * serial}"), make_plan(register))
        assert check.result().is_clean


def test_its_findings_are_in_the_language_in_use_and_anchors_are_compared(register: Register) -> None:
    report = check_apart(register.path, anchors=[Anchor(99, bytes(8))])
    (finding,) = report.findings
    assert finding.text.startswith("Kertas dengan kode 99-0000-0000-0000-0000 mengenal 99 catatan jejak")


@pytest.mark.parametrize("stage", ["copy", "check"])
def test_a_stopped_check_leaves_nothing(register: Register, stage: str) -> None:
    class Enough(Exception):
        pass

    def stop(word: str) -> None:
        if word == stage:
            raise Enough

    with pytest.raises(Enough):
        check_apart(register.path, tell=stop)
    assert leftovers(register) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights of folders do not bind the administrator")
def test_in_a_folder_where_nobody_may_write_the_file_itself_is_read(register: Register) -> None:
    register.close()
    register.path.parent.chmod(0o555)
    try:
        assert check_apart(register.path).is_clean
    finally:
        register.path.parent.chmod(0o755)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as failure:
        check_apart(tmp_path / "tidak ada.db")
    assert failure.value.code == "missing"


def test_a_save_that_was_cut_short_is_taken_back_first(register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(1), None)
    connection = register._file.connection
    connection.execute("PRAGMA cache_size=1")
    connection.execute("PRAGMA cache_spill=1")
    connection.execute("BEGIN IMMEDIATE")
    insert = "INSERT INTO draft (form, fields, focus, user, saved_at) VALUES ('x', ?, '', 'x', '2026-11-22')"
    connection.executemany(insert, [("y" * 9000,)] * 40)
    cut = tmp_path / "terputus.db"
    shutil.copyfile(register.path, cut)
    shutil.copyfile(f"{register.path}-journal", f"{cut}-journal")
    connection.execute("ROLLBACK")
    report = check_apart(cut)
    assert (report.is_clean, report.workers) == (True, 1)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    stranger = tmp_path / "asing.db"
    with contextlib.closing(connect(stranger)) as connection:
        connection.execute("CREATE TABLE lain (id INTEGER)")
    with pytest.raises(StorageFailure) as failure:
        check_apart(stranger)
    assert failure.value.code == "foreign"


def test_an_encrypted_file_is_checked_with_its_key(tmp_path: Path) -> None:
    path, key = tmp_path / "rahasia.db", derive("kata sandi kantor", bytes(range(16)))
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    register.entries.save(make_worker(), make_plan(register))
    assert check_apart(path, register.key).is_clean
    register.close()
