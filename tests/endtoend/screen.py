"""The real program in a real window on a screen that nobody sees, driven by the keys of an X server.

Nothing here waits for a fixed time: Xvfb and openbox say when they are ready, the window bears the file's name once the
register is open, and what the program wrote is looked for in its file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType

from models.offices.users import Role, User
from models.register import open_register

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool")
PATIENCE = 20.0
"""Seconds after which whatever is waited for has failed; never how long anything takes."""
_LOOKS, _BETWEEN_LOOKS = 12, 0.02
"""So often in a row, so many seconds apart, the program must sleep to be taken as resting: longer than it lets any
question wait for a further key."""
SIXTY_A_SECOND = 16
"""Milliseconds between two keys; xdotool before 2021 takes only half of them, which is harder still."""


def missing_tools() -> list[str]:
    """What `make test` would install."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def wait_until(is_so: Callable[[], object], what: str) -> None:
    """Looks again and again; fails with `what` when it does not come true."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain until {what}")
        time.sleep(0.01)


def make_register(path: Path) -> None:
    """An empty register of an office of one person that opens without a password."""
    register = open_register(path, user="rina", clock=datetime.now)
    register.users.add(User("rina", Role.ADMINISTRATOR), "")
    register.close()


class Screen:
    """An X server of its own with a window manager, so that windows get the focus as on a desk.

    Its programs have preferences of their own, so that none begins where another test has left.
    """

    def __init__(self, size: str = "1366x768") -> None:
        self._size = size
        self._started: list[subprocess.Popen[str]] = []
        self._preferences = tempfile.TemporaryDirectory(prefix="cakupan-screen-")
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Screen:
        server = self._start(["Xvfb", "-displayfd", "1", "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"])
        display = self._said(server, "", "Xvfb did not start")
        self.environment = os.environ | {
            "DISPLAY": f":{display}",
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "PYTHONUNBUFFERED": "1",
            "XDG_CONFIG_HOME": self._preferences.name,
        }
        manager = self._start(["openbox", "--sm-disable", "--startup", "echo ready"])
        self._said(manager, "ready", "openbox did not start")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        for process in reversed(self._started):
            process.terminate()
            process.communicate()
        self._preferences.cleanup()

    def picture(self, path: Path) -> None:
        """The whole screen as a PNG, to be looked at by a person (needs ImageMagick)."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def _said(self, process: subprocess.Popen[str], wanted: str, otherwise: str) -> str:
        """The first line on standard output, or the first that is `wanted`."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == wanted or (line.strip() and not wanted):
                return line.strip()
        self.__exit__(None, None, None)
        raise AssertionError(otherwise)

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, env=self.environment or None, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._started.append(process)
        return process


@dataclass
class Program:
    """One run of ``main.py --data FILE`` on a screen; used with ``with``, it is ended in any case."""

    screen: Screen
    data: Path
    window: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Program:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--data", str(self.data)],
            cwd=ROOT, env=self.screen.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.window = self._ready_window()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()

    def type(self, text: str, delay: int = SIXTY_A_SECOND) -> None:
        """Types the text, Enter for each line end, with `delay` milliseconds from key to key."""
        chain: list[str] = []
        for place, line in enumerate(text.split("\n")):
            chain += ["key", "--delay", str(delay), "Return"] if place else []
            chain += ["type", "--args", "1", "--delay", str(delay), line] if line else []
        self._xdotool(*chain)

    def press(self, *keys: str) -> None:
        """Keys by their X names, for instance ``ctrl+s`` or ``Escape``."""
        self._xdotool("key", *keys)

    def rest(self) -> None:
        """Waits until the program has nothing to do: every thread of it sleeps, at each of some looks in a row."""
        looks = 0

        def is_resting() -> bool:
            nonlocal looks
            looks = looks + 1 if self._sleeps() else 0
            time.sleep(_BETWEEN_LOOKS)
            return looks >= _LOOKS

        wait_until(is_resting, "the program rests")

    def wait_for_title(self, part: str) -> None:
        """Waits until the title of the window has a part, for instance while it is locked."""
        wait_until(lambda: part in self._run("getwindowname", self.window).stdout, f"the title says {part}")

    def wait_for_no_title(self, part: str) -> None:
        wait_until(lambda: part not in self._run("getwindowname", self.window).stdout, f"the title lost {part}")

    def kill(self) -> None:
        """As a power cut: no chance to write anything more."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def kill_after(self, key: str, text: str = "") -> None:
        """A key and a few letters as fast as they go, and the power is cut while they are still being worked at."""
        letters = ["type", "--args", "1", "--delay", "1", text] if text else []
        self._run("key", "--delay", "0", key, *letters, "exec", "--sync", "kill", "-9", str(self.process.pid))
        self.process.communicate()

    def _ready_window(self) -> str:
        """This run's window, which bears the file's name once the register is open; it gets the focus."""
        pid, name = str(self.process.pid), f"^{self.data.name} "
        found: list[str] = []

        def is_there() -> bool:
            assert self.process.poll() is None, f"the program ended: {self._complaint()}"
            done = self._run("search", "--all", "--onlyvisible", "--pid", pid, "--name", name)
            found[:] = done.stdout.split()
            return bool(found)

        wait_until(is_there, "the window is open")
        self._xdotool("windowactivate", "--sync", found[0])
        return found[0]

    def _xdotool(self, *arguments: str) -> str:
        done = self._run(*arguments)
        assert done.returncode == 0, f"xdotool {' '.join(arguments)}: {done.stderr}{self._complaint()}"
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["xdotool", *arguments],
            env=self.screen.environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    def _sleeps(self) -> bool:
        """Whether no thread runs, wants to run or waits for the disk."""
        assert self.process.poll() is None, f"the program ended: {self._complaint()}"
        for stat in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            try:
                state = stat.read_text().rpartition(")")[2].split()[0]
            except OSError:  # the thread has just ended
                continue
            if state != "S":
                return False
        return True

    def _complaint(self) -> str:
        """What the program said before it ended, if it did."""
        if self.process.poll() is None or self.process.stderr is None:
            return ""
        return self.process.stderr.read()
