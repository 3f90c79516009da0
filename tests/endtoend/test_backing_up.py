"""Backups on a real screen: one key makes one, closing makes another by itself, and a kill leaves none half made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.register import open_register
from models.storage.inspecting import inspect_backup
from models.storage.manifest import Why, read_manifest
from tests.endtoend.screen import PATIENCE, Program, Screen, missing_tools, wait_until
from tests.factories import make_worker

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    register = open_register(tmp_path / "kantor.db", user="rina", clock=datetime.now)
    register.users.add(User("rina", Role.ADMINISTRATOR), "")
    register.entries.save(make_worker(), None)
    register.close()
    return register.path


def backups(data: Path) -> list[Path]:
    return sorted((data.parent / "cadangan").glob("*.db"))


def save_another(data: Path) -> None:
    register = open_register(data, user="rina", clock=datetime.now)
    register.entries.save(make_worker(2), None)
    register.close()


def quit_program(program: Program) -> None:
    """Ctrl+Q, and all that happens until the program has ended."""
    program.press("ctrl+q")
    _nothing, complaints = program.process.communicate(timeout=PATIENCE)
    assert (program.process.returncode, complaints) == (0, "")


def test_closing_makes_a_backup_by_itself_and_only_when_something_was_saved(screen: Screen, data: Path) -> None:
    with Program(screen, data) as program:
        quit_program(program)
    (made,) = backups(data)
    manifest = read_manifest(made)
    assert manifest is not None
    assert (manifest.why, manifest.contents.workers) == (Why.CLOSING, 1)
    with Program(screen, data) as program:
        quit_program(program)
    assert backups(data) == [made]


def test_a_key_makes_a_backup_and_a_kill_leaves_none_that_is_half_made(screen: Screen, data: Path) -> None:
    with Program(screen, data) as program:
        program.press("ctrl+6")
        program.press("ctrl+b")
        wait_until(lambda: backups(data), "a backup was made")
    for wait in (0.1, 0.3, 0.6):
        with Program(screen, data) as program:
            program.press("ctrl+6")
            program.press("ctrl+b")
            time.sleep(wait)  # somewhere between the first byte and the name
            program.kill()
        for made in backups(data):
            assert inspect_backup(made).workers == 1
    save_another(data)
    with Program(screen, data) as program:
        quit_program(program)
    assert inspect_backup(backups(data)[-1]).workers == 2
