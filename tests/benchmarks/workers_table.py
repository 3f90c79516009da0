"""The workers page at a million workers against the same table over a list of all rows in memory.

Both run in a process of their own, in the window the page has on a small screen, and are scrolled with the wheel.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.big_file import NOW, million, read_only
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from ui.people.workers_view import WorkersView
    from ui.session import Session

NAMES = ("table-memory", "table-wheel")
_ROOT = Path(__file__).parents[2]
_STEPS = 400
_ROUNDS = 3
_SIZE = (1258, 660)


def measure() -> list[Row]:
    """Most memory, and time of a wheel step with its painting."""
    path = million()
    runs: dict[str, list[dict[str, float]]] = {"page": [], "list": []}
    for _ in range(_ROUNDS):
        for what, found in runs.items():
            found.append(_in_a_process(what, path))
    ratio = {
        key: statistics.median(run[key] for run in runs["page"]) / statistics.median(run[key] for run in runs["list"])
        for key in ("memory", "wheel")
    }
    reference = "the same table from a list of all rows in memory"
    return [
        Row("table-memory", "the workers page over 1,000,000 rows, most memory", reference, ratio["memory"], 0.25),
        Row("table-wheel", "the workers page over 1,000,000 rows, a wheel step", reference, ratio["wheel"], 1.2),
    ]


def _in_a_process(what: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.workers_table", what, str(path)],
        cwd=_ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    result = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(result, dict)
    return result


def _run(what: str, path: Path) -> dict[str, float]:
    """In the process of its own: megabytes, milliseconds a step."""
    import tempfile

    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication, QTableView

    from models import language
    from ui.look.style import Theme, apply_look
    from ui.preferences import Preferences
    from ui.session import Session

    language.use("id")
    app = QApplication([])
    apply_look(app, Theme.LIGHT, 10.5)
    register = read_only(path)
    preferences = Preferences(Path(tempfile.mkdtemp()) / "window.ini")
    session = Session(preferences, register=register, clock=lambda: NOW)
    table: QTableView
    if what == "page":
        from ui.people.workers_page import WorkersPage

        page = WorkersPage(session)
        page.resize(*_SIZE)
        page.show()
        page.shown()
        while not page.list.is_complete:
            app.processEvents()
            time.sleep(0.001)
        table = page.list.table
    else:
        table = _from_list(session)
        table.resize(*_SIZE)
        table.show()
    app.processEvents()
    assert table.model().rowCount() == 1_000_000
    viewport = table.viewport()
    middle = QPointF(viewport.rect().center())
    table.scrollTo(table.model().index(300_000, 0))
    app.processEvents()
    first, taken = table.rowAt(0), []
    for _ in range(_STEPS):
        event = QWheelEvent(
            middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        begin = time.process_time()
        QApplication.sendEvent(viewport, event)
        viewport.repaint()
        app.processEvents()
        taken.append(time.process_time() - begin)
    assert table.rowAt(0) == first + 3 * _STEPS, "the wheel did not turn"
    return {
        "memory": _most_memory(),
        "wheel": 1000 * statistics.mean(taken),
    }


def _most_memory() -> float:
    """Megabytes at the highest; what getrusage says still holds the size of the process this one came from."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) / 1024


def _from_list(session: Session) -> WorkersView:
    """The same view and cells, every row made beforehand and kept."""
    from models.people.lines import WorkerFilter
    from models.values.months import Month
    from ui.people.workers_table import PAGE, Cells, WorkersModel, cells_of
    from ui.people.workers_view import WorkersView

    workers, month = session.opened_register.workers, Month.of(session.today())
    ids = workers.ids(WorkerFilter())
    rows: list[Cells] = []
    for at in range(0, len(ids), PAGE):
        rows += [cells_of(line, month) for line in workers.lines(ids[at : at + PAGE].tolist())]

    class ListModel(WorkersModel):
        def cells(self, row: int) -> Cells:
            return rows[row]

    model = ListModel(workers.lines, month)
    model.show_ids(ids)
    return WorkersView(model, session.preferences)


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], Path(sys.argv[2]))))
    sys.stdout.flush()
    os._exit(0)
