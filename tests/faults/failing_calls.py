"""The system itself refuses the N-th call of a kind, for every N until a backup, a restore, a paper passes without one.

What `failing` does below SQLite, this does below everything: copying, syncing, renaming. Needs strace.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from models import language
from models.storage.backup_names import backups_in
from tests.faults.files import ENCRYPTED, PLAIN, Kind, look, make_file, what_is_not_whole, what_the_next_start_meets
from tests.faults.renames import WORKS, do, why_not
from tests.faults.tally import Fault, Tally

_ROOT = Path(__file__).parents[2]
_CALLS = ("fsync", "fdatasync", "rename", "pwrite64", "ftruncate", "copy_file_range", "sendfile")
_ERRORS = {"EIO": "disk_error", "ENOSPC": "disk_full"}
_KEPT = (".lock", ".who", "-journal", ".log")
"""What is allowed to be left; the next start looks at a journal."""


def when_refused(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Every call of every work, or as many of them by chance as tries."""
    whole = make_file(folder / "pagi" / "kantor.db", 50, kind)
    every = [
        (what, call, number, error)
        for what in (WORKS if kind == PLAIN else WORKS[:-1])
        for call, count in _counted(folder / "tenang", whole, what, kind)
        for number in range(1, count + 1)
        for error in _ERRORS
    ]
    for what, call, number, error in random.Random(seed).sample(every, min(tries, len(every))):
        place = _made_ready(folder / "hari", whole)
        path = place / whole.name
        before = {
            look(path, kind, without=("audit",)),
            look(place / "stik" / "cadangan.db", kind, without=("audit",)),
        }
        note = f"{what}: {error} at {call} {number}"
        tally.tries += 1
        told = _run(place, what, kind, (f"inject={call}:error={error}:when={number}",))
        if told is None:
            tally.misword(f"{note}: ended without a word")
            continue
        how, notes = told
        tally.seen[how] += 1
        for wrong in notes:
            tally.misword(f"{note}: {wrong}")
        if how != "done":
            _look_at_what_is_left(tally, place, kind, before, note)
            again = _run(place, what, kind, ())
            if again is None or again[0] != "done":
                tally.tear(f"{note}: and again: {again}")
        for copy in backups_in(place / "lain"):
            if question := what_is_not_whole(copy, kind):
                tally.tear(f"{note}: {copy.name}: {question}")


def _look_at_what_is_left(tally: Tally, place: Path, kind: Kind, before: set[str], note: str) -> None:
    path = place / "kantor.db"
    question = what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind)
    if question or look(path, kind, without=("audit",)) not in before:
        tally.tear(f"{note}: {question or 'the register is another'}")
    left = {file.name for file in place.rglob("*") if file.is_file() and not file.name.endswith(_KEPT)}
    left = {name for name in left if "sebelum" not in name} - {"kantor.db", "cadangan.db"}
    if left:
        tally.tear(f"{note}: left {left}")


def _made_ready(place: Path, whole: Path) -> Path:
    """A register, and a copy of it to be restored."""
    shutil.rmtree(place, ignore_errors=True)
    (place / "stik").mkdir(parents=True)
    shutil.copyfile(whole, place / whole.name)
    shutil.copyfile(whole, place / "stik" / "cadangan.db")
    return place


def _counted(place: Path, whole: Path, what: str, kind: Kind) -> Iterator[tuple[str, int]]:
    """How often a process of the work makes each call, at most."""
    _made_ready(place, whole)
    _run(place, what, kind, ())
    for call in _CALLS:
        logs = (log.read_text().splitlines() for log in place.glob("*.log.*"))
        yield call, max((sum(line.startswith(f"{call}(") for line in log) for log in logs), default=0)


def _run(place: Path, what: str, kind: Kind, more: tuple[str, ...]) -> tuple[str, list[str]] | None:
    """Does the work in a process that is watched; how it ended and what was wrong with the words of it."""
    for log in place.glob("*.log.*"):
        log.unlink()
    traced: list[str | Path] = [
        "strace",
        "-ff",
        "-qq",
        "-s",
        "0",
        "-o",
        place / "calls.log",
        "-e",
        f"trace={','.join(_CALLS)}",
    ]
    for one in more:
        traced += ["-e", one]
    done = subprocess.run(
        [*traced, sys.executable, "-B", "-m", "tests.faults.failing_calls", what, place, kind.name],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for log in place.glob("*.log.*") if more else ():
        log.unlink()
    if done.returncode:
        return None
    how, notes = json.loads(done.stdout)
    return how, notes


def main() -> int:
    """In the process that is watched."""
    language.use("id")
    what, folder, name = sys.argv[1:]
    tally = Tally("")
    kind = ENCRYPTED if name == ENCRYPTED.name else PLAIN
    how = tally.attempt(partial(do, what, Path(folder), kind), set(_ERRORS.values()), "")
    os.write(1, json.dumps([how, tally.notes]).encode())
    return 0


FAULTS = (Fault("a call to the system fails while files are made", when_refused, 120, why_not),)

if __name__ == "__main__":
    sys.exit(main())
