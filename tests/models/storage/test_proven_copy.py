"""A copy is what the disk gives back; what it gives back otherwise is found every time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.storage import proven_copy
from models.storage.proven_copy import ProvenCopy, checksum_from_disk


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


@pytest.mark.skipif(os.name == "nt", reason="there os knows no pwrite")
@pytest.mark.usefixtures("segment")
@pytest.mark.parametrize("place", [0, 5_000_000, (12 << 20) - 1])
def test_a_disk_that_gives_back_something_else_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """Once the disk has said that it holds what was written, there is another byte, as on a stick that lies."""
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(bytes(12 << 20))
    force = os.fsync

    def lie(descriptor: int) -> None:
        force(descriptor)
        if os.fstat(descriptor).st_size > place:
            os.pwrite(descriptor, b"X", place)

    monkeypatch.setattr(os, "fsync", lie)
    for _ in range(5):
        with pytest.raises(StorageFailure) as caught:
            _copy(source, target)
        assert caught.value.code == "read_back"


def _copy(source: Path, target: Path) -> None:
    with ProvenCopy(target) as copy:
        copy.write_from(source)
        copy.proven()
