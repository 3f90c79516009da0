"""The second place: only what was read back counts, and a stick that goes away leaves nothing like a backup."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register
from models.storage.backing_up import Places, back_up
from models.storage.backup import make_backup
from models.storage.inspecting import inspect_backup
from models.storage.manifest import Manifest, manifest_file, read_manifest, write_manifest
from models.storage.proven_copy import checksum_from_disk
from models.storage.second_place import MARK, choose_second_place, copy_to_second_place, is_on_same_disk, is_there
from tests.factories import NOW, make_worker

ROOT = Path(__file__).parents[3]


@pytest.fixture
def made(register: Register, tmp_path: Path) -> Manifest:
    for serial in range(1, 4):
        register.entries.save(make_worker(serial), None)
    return make_backup(register.path, tmp_path / "cadangan", NOW).manifest


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    choose_second_place(tmp_path / "stik")
    return tmp_path / "stik"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_same_backup_stands_there_with_its_manifest(made: Manifest, stick: Path) -> None:
    copy = copy_to_second_place(made, stick)
    assert copy.read_bytes() == made.contents.path.read_bytes()
    assert inspect_backup(copy).workers == 3
    known = read_manifest(copy)
    assert known is not None
    assert (known.sha256, known.contents.path) == (made.sha256, copy)
    assert names(stick) == {MARK, copy.name, f"{copy.name}.json"}


def test_a_second_copy_of_the_same_backup_is_compared_only(made: Manifest, stick: Path) -> None:
    first = copy_to_second_place(made, stick)
    written = first.stat().st_mtime_ns
    assert copy_to_second_place(made, stick) == first
    assert first.stat().st_mtime_ns == written
    first.write_bytes(b"spoilt")
    assert copy_to_second_place(made, stick).read_bytes() == made.contents.path.read_bytes()


def test_a_place_that_is_not_there_is_said_and_nothing_is_made(made: Manifest, tmp_path: Path) -> None:
    gone = tmp_path / "stik yang dicabut"
    for _ in range(2):
        with pytest.raises(StorageFailure) as caught:
            copy_to_second_place(made, gone)
        assert caught.value.code == "second_missing"
        assert "sudah jadi dan utuh" in caught.value.text
        gone.mkdir(exist_ok=True)  # where a stick was plugged in, an empty folder may stay
    assert names(gone) == set()
    assert not is_there(gone)


def test_an_altered_backup_is_not_copied(made: Manifest, stick: Path) -> None:
    with made.contents.path.open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\xff")
    with pytest.raises(StorageFailure) as caught:
        copy_to_second_place(made, stick)
    assert caught.value.code == "altered"
    assert names(stick) == {MARK}


def test_what_a_stick_has_of_copies_that_were_cut_off_is_swept_up(made: Manifest, stick: Path) -> None:
    old = stick / "cakupan-20261101-090000-3p-0k.db.new"
    other = stick / "lain-20261101-090000-3p-0k.db.new"
    for left in (old, other):
        left.write_bytes(b"half")
    copy_to_second_place(made, stick)
    assert not old.exists()
    assert other.exists()


def test_a_missing_stick_leaves_the_backup_as_good_as_it_is(register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(), None)
    places = Places(tmp_path / "cadangan", tmp_path / "stik")
    done = back_up(register.path, places, NOW)
    assert done.second is None
    assert done.trouble is not None
    assert done.trouble.code == "second_missing"
    assert inspect_backup(done.report.path).workers == 1
    choose_second_place(tmp_path / "stik")
    again = back_up(register.path, places, NOW + timedelta(hours=1))
    assert again.trouble is None
    assert again.second is not None
    assert inspect_backup(again.second).workers == 1


def test_whoever_stops_the_copying_still_has_the_backup(register: Register, stick: Path, tmp_path: Path) -> None:
    register.entries.save(make_worker(), None)

    def stop(stage: str) -> None:
        if stage == "second":
            raise InterruptedError

    done = back_up(register.path, Places(tmp_path / "cadangan", stick), NOW, stop)
    assert done.trouble is not None
    assert done.trouble.code == "second_stopped"
    assert inspect_backup(done.report.path).workers == 1
    assert names(stick) == {MARK}


def test_the_same_disk_is_known(made: Manifest, stick: Path) -> None:
    assert is_on_same_disk(stick, made.contents.path)
    assert not is_on_same_disk(stick / "tidak ada", made.contents.path)


PULLING = """
import subprocess, sys, threading, time
from pathlib import Path
from models.problems import StorageFailure
from models.storage.manifest import read_manifest
from models.storage.second_place import choose_second_place, copy_to_second_place

def main(backup, stick, when):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600m", "tmpfs", stick], check=True)
    choose_second_place(stick)
    part = stick / (backup.name + ".new")

    def pull():
        subprocess.run(["umount", "-l", stick], check=True)

    def watch():
        while not (part.exists() and part.stat().st_size > 20_000_000):
            time.sleep(0.001)
        pull()

    if when == "writing":
        threading.Thread(target=watch, daemon=True).start()
    try:
        tell = (lambda stage: None if not part.parent.joinpath(".cakupan-tempat-kedua").exists() else pull())
        copied = copy_to_second_place(read_manifest(backup), stick, tell if when == "beginning" else None)
        print("made", copied.exists())
    except StorageFailure as failure:
        print(failure.code)
    print(sorted(path.name for path in stick.iterdir()))

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""


@pytest.mark.skipif(os.name == "nt" or not Path("/usr/bin/unshare").exists(), reason="needs a disk to be pulled out")
@pytest.mark.parametrize("when", ["beginning", "writing"])
def test_a_stick_pulled_out_in_the_middle_leaves_nothing_that_looks_like_a_backup(
    made: Manifest, tmp_path: Path, when: str
) -> None:
    """A real file system that goes away: about with the first byte, and while the bytes are written."""
    large = tmp_path / "besar" / made.file
    large.parent.mkdir()
    large.write_bytes(os.urandom(1 << 20) * 250)
    write_manifest(large, replace(made, size=large.stat().st_size, sha256=checksum_from_disk(large)))
    stick = tmp_path / "stik"
    stick.mkdir()
    program = tmp_path / "pull.py"
    program.write_text(PULLING)
    found = subprocess.run(
        ["unshare", "-Urm", sys.executable, program, str(large), str(stick), when],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if "mount" in found.stderr and not found.stdout:
        pytest.skip(f"nothing can be mounted here: {found.stderr[-200:]}")
    said, left = found.stdout.splitlines()
    assert (said, left) == ("second_lost", "[]"), found
    assert names(stick) == set()


SMALL = """
import subprocess, sys
from pathlib import Path
from models.problems import StorageFailure
from models.storage.manifest import read_manifest
from models.storage.second_place import choose_second_place, copy_to_second_place

if __name__ == "__main__":
    backup, stick, size = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", stick], check=True)
    choose_second_place(stick)
    try:
        print("made", copy_to_second_place(read_manifest(backup), stick).exists())
    except StorageFailure as failure:
        print(failure.code)
    print(sorted(path.name for path in stick.iterdir()))
"""


@pytest.mark.skipif(os.name == "nt" or not Path("/usr/bin/unshare").exists(), reason="needs a small disk")
def test_a_stick_that_is_too_small_keeps_nothing(made: Manifest, tmp_path: Path) -> None:
    stick = tmp_path / "kecil"
    stick.mkdir()
    program = tmp_path / "small.py"
    program.write_text(SMALL)
    size = made.size // 1024
    for room in (64, size - 8, size + 4):
        found = subprocess.run(
            ["unshare", "-Urm", sys.executable, program, str(made.contents.path), str(stick), str(room)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if "mount" in found.stderr and not found.stdout:
            pytest.skip(f"no small disk here: {found.stderr[-200:]}")
        assert found.stdout.splitlines() == ["disk_full", str([MARK])], (room, found)
    assert manifest_file(made.contents.path).exists()
