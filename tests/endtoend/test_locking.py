"""Half a record typed into the real window, locked, unlocked with the same person's password: the text is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.register import open_register
from tests.endtoend.screen import Program, Screen, missing_tools, wait_until

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]
PASSWORD = "pohon sawit di talu"


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "talu.db"
    register = open_register(path, user="komputer", clock=datetime.now)
    register.users.add(User("reni", Role.ADMINISTRATOR), PASSWORD)
    register.users.add(User("siti", Role.CLERK), PASSWORD + " siti")
    register.close()
    return path


def drafted(path: Path, name: str) -> dict[str, str]:
    """What stands in the newest draft of a person."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        password = PASSWORD if name == "reni" else f"{PASSWORD} {name}"
        register.users.log_in(name, password)
        drafts = register.drafts.all()
        return dict(drafts[0].fields) if drafts else {}
    finally:
        register.close()


def test_half_a_record_is_there_again_behind_the_lock(screen: Screen, data: Path) -> None:
    with Program(screen, data) as program:
        program.wait_for_title("Terkunci")
        program.type(f"siti\n{PASSWORD} siti\n")
        program.wait_for_no_title("Terkunci")
        program.type("1312")
        program.press("ctrl+shift+l")
        program.wait_for_title("Terkunci")
        assert drafted(data, "siti")["nik"] == "1312"
        program.press("ctrl+2", "ctrl+s")
        program.type(f"{PASSWORD} siti\n")
        program.wait_for_no_title("Terkunci")
        program.type("04")
        wait_until(lambda: drafted(data, "siti")["nik"] == "131204", "the typing went on where it stood")
        assert drafted(data, "reni") == {}
