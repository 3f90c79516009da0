"""The backup of a million workers against copying the file, both flushed to the disk."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.proven_copy import ProvenCopy
from tests.benchmarks.big_file import NOW, million
from tests.benchmarks.rows import Row

NAMES = ("backup-wait", "backup-verified", "backup-pages")
_ROUNDS = 5


def measure() -> list[Row]:
    """How long a save has to wait; the whole action; the same with every page checked. Best of the rounds."""
    path = million()
    plain: list[float] = []
    waits: list[float] = []
    whole: list[float] = []
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for _ in range(_ROUNDS):
            for seconds, task in ((plain, _copy), (waits, _hold), (whole, _back_up)):
                os.sync()  # none pays for what another left to be written
                seconds.append(task(path, folder))
                for left in folder.iterdir():
                    left.unlink()
        pages = _back_up(path, folder, is_thorough=True)
    reference = "cp + fsync"
    return [
        Row("backup-wait", "backup of 1,000,000 workers: how long a save has to wait", reference,
            min(waits) / min(plain), 1.5),
        Row("backup-verified", "the whole: copied, read back from the disk, compared, counted", reference,
            min(whole) / min(plain), 2.5),
        Row("backup-pages", "the same, and every page, index and reference checked", reference,
            pages / min(plain), math.inf),
    ]  # fmt: skip


def _copy(source: Path, folder: Path) -> float:
    def copy() -> None:
        shutil.copyfile(source, folder / "copy.db")
        with (folder / "copy.db").open("rb+") as stream:
            os.fsync(stream.fileno())

    return _seconds(copy)


def _hold(source: Path, folder: Path) -> float:
    """The part of a backup during which nobody may write the file."""
    with ProvenCopy(folder / "copy.db") as copy:
        held = _seconds(lambda: copy.write_from(source))
        copy.proven()
    return held


def _back_up(source: Path, folder: Path, *, is_thorough: bool = False) -> float:
    return _seconds(lambda: make_backup(source, folder, NOW, is_thorough=is_thorough))


def _seconds(task: Callable[[], object]) -> float:
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin
