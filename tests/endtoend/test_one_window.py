"""Two double clicks on the same register, on a real screen: there is one window, and it has the focus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.endtoend.screen import PATIENCE, ROOT, Program, Screen, make_register, missing_tools, wait_until

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


def make_file(path: Path) -> Path:
    make_register(path)
    return path


def start_again(screen: Screen, data: Path) -> tuple[int, str]:
    """Exit code of a second start, and everything it said."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data", str(data)],
        cwd=ROOT, env=screen.environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def window_in_front(screen: Screen) -> str:
    """The window that has the focus."""
    asked = ["xdotool", "getactivewindow"]
    return subprocess.run(asked, env=screen.environment, capture_output=True, text=True, check=False).stdout.strip()


def test_the_window_of_a_register_that_is_started_again_comes_to_the_front(screen: Screen, tmp_path: Path) -> None:
    data, other = make_file(tmp_path / "talu.db"), make_file(tmp_path / "kinali.db")
    with Program(screen, data) as first, Program(screen, other) as second:
        assert window_in_front(screen) == second.window
        assert start_again(screen, data) == (0, "")
        wait_until(lambda: window_in_front(screen) == first.window, "the first window is in front")
        assert start_again(screen, other) == (0, "")
        wait_until(lambda: window_in_front(screen) == second.window, "the other window is in front")
        subprocess.run(["xdotool", "windowminimize", "--sync", first.window], env=screen.environment, check=True)
        assert start_again(screen, data) == (0, "")
        wait_until(lambda: window_in_front(screen) == first.window, "the minimised window is back")


def test_after_a_kill_the_next_start_opens_the_window_again(screen: Screen, tmp_path: Path) -> None:
    data = make_file(tmp_path / "talu.db")
    with Program(screen, data) as first:
        first.kill()
        with Program(screen, data) as second:
            assert start_again(screen, data) == (0, "")
            wait_until(lambda: window_in_front(screen) == second.window, "the new window is in front")
