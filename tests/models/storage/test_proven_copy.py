"""A copy is what the disk gives back; what it gives back otherwise is found every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.storage import proven_copy
from models.storage.proven_copy import ProvenCopy, checksum_from_disk

SPOILING = """
import os, sys
descriptor = os.open(sys.argv[1], os.O_WRONLY)
print("ready", flush=True)
while os.path.exists(sys.argv[1]):
    os.pwrite(descriptor, b"X", int(sys.argv[2]))
"""


@pytest.fixture(params=[1 << 20, 64 << 20], ids=["segments", "one piece"])
def segment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proven_copy, "_SEGMENT", request.param)


@pytest.mark.usefixtures("segment")
@pytest.mark.parametrize("size", [0, 1, 4096, (4 << 20) - 1, 4 << 20, (9 << 20) + 17])
def test_a_copy_of_any_size_is_the_same_and_its_checksum_that_of_the_disk(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(content)
    with ProvenCopy(target) as copy:
        copy.write_from(source)
        copied = copy.proven()
    assert target.read_bytes() == content
    assert copied.size == size
    assert copied.checksum == hashlib.sha256(content).hexdigest() == checksum_from_disk(target)


@pytest.mark.skipif(os.name == "nt", reason="there a file that is being written cannot be spoilt by another program")
@pytest.mark.usefixtures("segment")
@pytest.mark.parametrize("place", [0, 5_000_000, (12 << 20) - 1])
def test_a_disk_that_gives_back_something_else_is_found(tmp_path: Path, place: int) -> None:
    """Another program writes one byte over and over, as a stick does that lies."""
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(bytes(12 << 20))
    target.write_bytes(b"")
    spoiling = subprocess.Popen(
        [sys.executable, "-c", SPOILING, target, str(place)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert spoiling.stdout is not None
        assert spoiling.stdout.readline() == "ready\n"
        for _ in range(5):
            with pytest.raises(StorageFailure) as caught:
                _copy(source, target)
            assert caught.value.code == "read_back"
    finally:
        target.unlink()
        spoiling.communicate()


def _copy(source: Path, target: Path) -> None:
    with ProvenCopy(target) as copy:
        copy.write_from(source)
        copy.proven()
