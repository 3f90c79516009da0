"""A file is whole and on the disk, or it is not there."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.storage.whole_file import whole_file


def test_the_file_stands_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "surat.pdf"
    with whole_file(target) as stream:
        stream.write(b"isi")
        assert not target.exists()
    assert target.read_bytes() == b"isi"
    assert [path.name for path in tmp_path.iterdir()] == ["surat.pdf"]


def test_an_error_leaves_what_was_there_before(tmp_path: Path) -> None:
    target = tmp_path / "surat.pdf"
    target.write_bytes(b"lama")
    with pytest.raises(UnicodeEncodeError), whole_file(target) as stream:
        stream.write(b"setengah" + "surat \u2013".encode("ascii"))
    assert target.read_bytes() == b"lama"
    assert [path.name for path in tmp_path.iterdir()] == ["surat.pdf"]


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
    try:
        with pytest.raises(StorageFailure) as failure, whole_file(tmp_path / "surat.pdf") as stream:
            stream.write(b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert failure.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as failure, whole_file(tmp_path / "tidak ada" / "surat.pdf"):
        pass
    assert failure.value.code == "cannot_open"
