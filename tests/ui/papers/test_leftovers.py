"""Letters that a killed program left among the temporary files go; those of another window stay."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOW
from ui.papers.leftovers import PREFIX, remove_leftovers


def test_only_folders_of_yesterday_and_before_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ages = {f"{PREFIX}old": 30, f"{PREFIX}new": 2, "another-program": 300}
    for name, hours in ages.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "surat.pdf").write_bytes(b"%PDF")
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    remove_leftovers(NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another-program", f"{PREFIX}new"]
