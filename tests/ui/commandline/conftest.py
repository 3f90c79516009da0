"""A sample district of one's own, made by the command itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.commandline.running import run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 workers as of March 2026; not to be written to."""
    path = tmp_path_factory.mktemp("made") / "contoh.db"
    ended = run("demo", "--data", path, "--workers", 300, "--month", "2026-03")
    assert (ended.code, ended.complained) == (0, "")
    return path


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    path = tmp_path / "contoh.db"
    shutil.copy(made, path)
    return path
