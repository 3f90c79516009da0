"""A clerk in front of the entry page of an empty register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.register import Register
from tests.factories import make_register
from tests.ui.people.clerk import Clerk, leave_pages, open_page


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "a.db")
    yield made
    leave_pages()
    made.close()


@pytest.fixture
def clerk(qtbot: QtBot, register: Register, tmp_path: Path) -> Clerk:
    return open_page(qtbot, register, tmp_path)
