"""The backup of a million workers against copying the file, both flushed to the disk."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.snapshot import snapshot
from tests.benchmarks.big_file import NOW, million
from tests.benchmarks.rows import Row

NAMES = ("backup-copy", "backup-verified")
_ROUNDS = 5


def measure() -> list[Row]:
    """The copy alone, and the whole action: copy, full check, every table counted, checksum; best of the rounds."""
    path = million()
    copies: list[float] = []
    plain: list[float] = []
    whole: list[float] = []
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for _ in range(_ROUNDS):
            for seconds, task in ((plain, _copy), (copies, snapshot)):
                target = folder / "copy.db"
                target.unlink(missing_ok=True)
                os.sync()  # neither pays for what the other left to be written
                seconds.append(_seconds(partial(task, path, target)))
        whole.append(_seconds(lambda: make_backup(path, folder / "backups", NOW)))
    reference = "cp + fsync"
    return [
        Row("backup-copy", "backup of 1,000,000 workers: the copy", reference, min(copies) / min(plain), 1.5),
        Row("backup-verified", "the same, proven: every page, index, reference, count, checksum", reference,
            min(whole) / min(plain), math.inf),
    ]  # fmt: skip


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _seconds(task: Callable[[], object]) -> float:
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin
