"""A day's work from the first start to a paper, told on standard output: ``python -m tests.faults.a_day FILE``."""

from __future__ import annotations

import json
import locale
import os
import sys
from datetime import timedelta
from pathlib import Path

from models import language
from models.problems import Rejected, StorageFailure
from models.storage.backup import make_backup
from models.storage.restore import restore_backup
from models.values.formats import number, percent
from tests.factories import DECEMBER, NOW, make_worker
from tests.faults.files import Desk, make_file
from tests.faults.tally import code_of
from tests.faults.work import a_day


def main() -> int:
    """Does the work and tells what a person would see of it."""
    locale.setlocale(locale.LC_ALL, "")  # as Qt does
    language.use("id")
    path = Path(sys.argv[1])
    make_file(path, 12)
    told: dict[str, object] = {}
    with Desk(path) as desk:
        for step, do in enumerate(a_day(3, 25), 1):
            desk.do(step, do)
        register = desk.register
        register.entries.save(make_worker(77, name="İbrahim ISTIQLAL ışık", jorong="Tombang É"), None)
        told["found"] = [line.name for line in register.workers.search("istiqlal")]
        told["numbers"] = [number(1_234_567), percent(None), str(DECEMBER)]
        told["words"] = _refusal(desk)
    made = make_backup(path, path.parent / "cadangan", NOW)
    told["backup"] = os.fsencode(made.path.name).decode()
    told["restored"] = restore_backup(made.path, path, NOW + timedelta(hours=1)).restored.workers
    sys.stdout.buffer.write(json.dumps(told).encode())
    return 0


def _refusal(desk: Desk) -> str:
    """A sentence of the program."""
    try:
        desk.register.entries.save(make_worker(77), None)
    except (Rejected, StorageFailure) as refused:
        return f"{code_of(refused)}: {refused.text}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
