"""From the start of the process to the first painted window, against a bare label of the same toolkit."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.big_file import NOW
from tests.benchmarks.rows import Row

NAMES = ("start", "start-memory", "start-ready")
_ROUNDS = 9
_ROOT = Path(__file__).parents[2]

_TELL = """
import os, sys, time
def tell():
    now = time.clock_gettime(time.CLOCK_MONOTONIC)
    with open("/proc/self/status", encoding="ascii") as status:
        print(now, next(line.split()[1] for line in status if line.startswith("VmHWM")), flush=True)
    os._exit(0)
"""
_BARE = (
    _TELL
    + """
from PySide6.QtWidgets import QApplication, QLabel
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        tell()
app = QApplication(sys.argv)
label = Label("Cakupan")
label.resize(1366, 768)
label.show()
app.exec()
"""
)
_WINDOW = (
    _TELL
    + """
import ui.start
ui.start.Opening.begin = lambda self: tell()
import main
main.main(["--data", sys.argv[1]])
"""
)
_READY = (
    _TELL
    + """
import ui.start
begin = ui.start.Opening.begin
def begin_and_tell(self):
    begin(self)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, tell)
ui.start.Opening.begin = begin_and_tell
import main
main.main(["--data", sys.argv[1]])
"""
)


def measure() -> list[Row]:
    """Best of the rounds, which take turns; each in a process of its own, on a screen in memory.

    The best, because a busy neighbour must not decide.
    """
    from models.offices.users import Role, User
    from models.register import open_register

    with tempfile.TemporaryDirectory() as folder:
        data = {
            script: Path(folder) / f"{name}.db" for name, script in zip("abc", (_BARE, _WINDOW, _READY), strict=True)
        }
        for path in data.values():  # one each: a start looks differently at a file that a killed program had open
            register = open_register(path, user="bench", clock=lambda: NOW)
            register.users.add(User("bench", Role.ADMINISTRATOR), "")
            register.close()
        runs: dict[str, list[tuple[float, int]]] = {_BARE: [], _WINDOW: [], _READY: []}
        for round_ in range(_ROUNDS + 1):
            for script, found in runs.items():
                measured = _start(script, data[script], Path(folder))
                if round_:
                    found.append(measured)
    bare, window, ready = ((min(run[0] for run in found), min(run[1] for run in found)) for found in runs.values())
    reference = "a bare PySide6 label"
    return [
        Row("start", "start to the first painted window", reference, window[0] / bare[0], 1.4),
        Row("start-memory", "memory at the first painted window", reference, window[1] / bare[1], 1.3),
        Row(
            "start-ready",
            "start to the open register, ready for the first key",
            reference,
            ready[0] / bare[0],
            math.inf,
        ),
    ]


def _start(script: str, data: Path, home: Path) -> tuple[float, int]:
    """Seconds from the start of the process until it tells, and its largest memory in kB."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(home),
        "XDG_STATE_HOME": str(home),
    }
    begin = time.clock_gettime(time.CLOCK_MONOTONIC)
    found = subprocess.run(
        [sys.executable, "-c", script, str(data)],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    moment, memory = found.stdout.split()[-2:]
    return float(moment) - begin, int(memory)
