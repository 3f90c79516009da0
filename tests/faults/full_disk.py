"""The disk is full, or a file may not grow: nothing is half saved, and the words say what to do."""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from models.register import Register
from models.storage.backup import make_backup
from models.storage.backup_names import backups_in
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.commands import command
from tests.faults.failing import loading
from tests.faults.files import (
    PLAIN,
    Desk,
    Kind,
    fresh_copy,
    look,
    make_file,
    what_is_not_whole,
    what_the_next_start_meets,
)
from tests.faults.killing_copies import migrating
from tests.faults.lives import Tell, cannot_kill, in_a_process
from tests.faults.small_disk import mount_small_disk, only_left, why_not_here
from tests.faults.tally import Fault, Tally
from tests.faults.work import Step, enrolling, saving, taking_in, typing

FULL = {"disk_full"}
_SMALL = 6_000
"""Kilobytes of the small disk."""
_WORKERS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done: a register on the disk that fills up; a whole one and its backup on another."""

    path: Path
    whole: Path
    backup: Path
    kind: Kind


Work = Callable[[Place], None]


def step_of(step: Step) -> Work:
    """The step as work: the program is opened for it."""
    return partial(_work, step)


def _work(step: Step, place: Place) -> None:
    with Desk(place.path, place.kind) as desk:
        desk.do(50, step)


def first_start(place: Place) -> None:
    Desk(place.path.with_name("baru.db"), place.kind).close()


def backing_up(place: Place) -> None:
    make_backup(place.whole, place.path.parent / "cadangan", NOW, **place.kind.named)


def restoring(place: Place) -> None:
    restore_backup(place.backup, place.path, NOW + timedelta(hours=1), **place.kind.named)


def renewing(place: Place) -> None:
    migrating(lambda word: None, place.path, place.kind)


def summary(place: Place) -> None:
    command(
        "report", "coverage", "--data", place.whole, "--month", "2026-12", "--out", place.path.with_suffix(".pdf")
    )


def letters(place: Place) -> None:
    command("letters", "--data", place.path, "--scheme", "SAWIT", "--out", place.path.with_suffix(".pdf"))


_NEVER_HALF: tuple[Work, ...] = (first_start, backing_up, restoring, renewing)
_PAPERS: tuple[Work, ...] = (summary, letters)
_STEPS: tuple[Work, ...] = tuple(step_of(step) for step in (typing, saving, loading, enrolling, taking_in))


def on_a_small_disk(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Every kind of work on a disk with so much room left as chance gives."""
    whole = make_file(folder / "pagi" / "kantor.db", _WORKERS, kind)
    backup = make_backup(whole, folder / "stik", NOW, **kind.named).path
    with Desk(whole, kind) as desk:
        desk.do(1, saving)
    disk = folder / "kecil"
    disk.mkdir()
    works = _STEPS + _NEVER_HALF + (_PAPERS if kind == PLAIN else ())
    ended = in_a_process(_small_disk, Place(disk / whole.name, whole, backup, kind), works, tries, seed)
    if isinstance(ended, str):
        tally.skipped = ended
    else:
        take_over(tally, ended)


def _small_disk(tell: Tell, place: Place, works: tuple[Work, ...], tries: int, seed: int) -> None:
    """In a process with a small disk of its own; tells the tally."""
    tally, chance = Tally(""), random.Random(seed)
    disk = place.path.parent
    try:
        mount_small_disk(disk, _SMALL)
    except OSError as error:
        tell(f"no small disk here: {error}")
        return
    room = place.whole.stat().st_size // 1024
    for number in range(tries):
        work = works[number % len(works)]
        _clear(disk)
        shutil.copyfile(place.whole, place.path)
        before = look(place.path, place.kind)
        left = chance.randrange(0, room * 2, 4) if work in _NEVER_HALF else chance.randrange(0, 400, 4)
        note = f"seed {seed}, try {number}: {_name(work)} with {left} KB left"
        tally.tries += 1
        with only_left(disk, left):
            how = tally.attempt(partial(work, place), FULL, note)
        judge_work(tally, work, how, place, before, note)
    _clear(disk)
    tell(tally)


def judge_work(tally: Tally, work: Work, how: str, place: Place, before: str, note: str) -> None:
    """What a work left on the disk: all of it, or the disk as it was; and it succeeds where there is room."""
    left = sorted(file.name for file in place.path.parent.rglob("*") if file.is_file() and file != place.path)
    left = [name for name in left if not name.endswith((".lock", ".db-journal"))]  # the next start looks at that
    if how != "done" and left and not (work is renewing and all("sebelum-bentuk" in name for name in left)):
        tally.tear(f"{note}: left {left}")
    for copy in backups_in(place.path.parent / "cadangan"):
        if question := what_is_not_whole(copy, place.kind):
            tally.tear(f"{note}: {copy.name}: {question}")
    if how != "done" and look(place.path, place.kind) != before:
        tally.tear(f"{note}: was refused, and is there in part")
    if how != "done" or work is not renewing:
        question = what_the_next_start_meets(place.path, place.kind) or what_is_not_whole(place.path, place.kind)
        if question:
            tally.tear(f"{note}: {question}")
    if how != "done":
        tally.attempt(lambda: work(place), (), f"{note}, and again with room")
    if work in _STEPS and look(place.path, place.kind) == before:
        tally.lose(f"{note}: was confirmed")


def take_over(tally: Tally, other: Tally) -> None:
    """Adds what was counted in another process."""
    tally.tries += other.tries
    tally.lost += other.lost
    tally.torn += other.torn
    tally.wrong_words += other.wrong_words
    tally.notes += other.notes
    tally.seen.update(other.seen)


def _name(work: Work) -> str:
    return work.args[0].__name__ if isinstance(work, partial) else work.__name__


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def no_more_pages(register: Register, further: int) -> Iterator[None]:
    """The file may grow by so many pages only."""
    connection = register._file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + further}").fetchone()
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count=1000000000").fetchone()


@contextmanager
def no_longer_files(register: Register, further: int) -> Iterator[None]:
    """No file may become longer than the register and so many blocks of 4 KB: what the system calls a quota."""
    import resource  # POSIX alone has it

    size = register.path.stat().st_size + 4096 * further
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


def in_an_open_register(
    tally: Tally,
    folder: Path,
    tries: int,
    seed: int,
    *,
    squeeze: Callable[[Register, int], object],
    codes: set[str],
    kind: Kind = PLAIN,
) -> None:
    """Steps in a register that cannot grow, and again when it can."""
    start = make_file(folder / "pagi" / "kantor.db", 40, kind)
    before = look(start, kind)
    chance = random.Random(seed)
    for number in range(tries):
        step = (typing, saving, loading, enrolling)[number % 4]
        further = chance.randrange(40)
        path = fresh_copy(start, folder / "hari")
        note = f"seed {seed}, try {number}: {step.__name__} with room for {further} pages"
        tally.tries += 1
        with Desk(path, kind) as desk:
            for turn in range(8):  # what fits is done until no more fits
                was = before if not turn else look_at(desk)
                with squeeze(desk.register, further if not turn else 0):  # type: ignore[attr-defined]
                    how = tally.attempt(partial(desk.do, 60 + turn, step), codes, note)
                if how != "done":
                    if look_at(desk) != was:
                        tally.tear(f"{note}: was refused, and is there in part")
                    tally.attempt(partial(desk.do, 60 + turn, step), (), f"{note}, and again with room")
                    break
                if step in (typing, saving) and look_at(desk) == was:
                    tally.lose(f"{note}: was confirmed")
                if step in (loading, enrolling):
                    break
        if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
            tally.tear(f"{note}: {question}")


def look_at(desk: Desk) -> str:
    """The picture of an open register."""
    from tests.faults.files import picture_of

    return picture_of(desk.register._file.connection)


FAULTS = (
    Fault("the disk is full (a small one of its own)", on_a_small_disk, 500, lambda: cannot_kill() or why_not_here()),
    Fault(
        "the file may hold no more pages",
        partial(in_an_open_register, squeeze=no_more_pages, codes=FULL),
        200,
    ),
    Fault(
        "no file may become longer (the limit of a user)",
        partial(in_an_open_register, squeeze=no_longer_files, codes={"disk_full", "disk_error"}),
        200,
        cannot_kill,
    ),
)
