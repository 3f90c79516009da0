"""A register of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.register import Register
from tests.factories import make_register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cakupan.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    opened = make_register(path)
    yield opened
    opened.close()
