"""The N-th read, write, sync, truncate or delete fails, for every N until the work passes without a fault.

Whoever is told of a failure goes on with the same open register as soon as the disk answers again, and the file holds
all of the step or nothing of it; whoever is told of no failure finds the step.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from models.register import Register
from models.storage.check import check_file
from models.storage.inspecting import inspect_file
from tests.faults.disk import CALLS, FULL, Disk, Plan, why_not
from tests.faults.files import (
    PLAIN,
    Desk,
    Kind,
    fresh_copy,
    look,
    make_file,
    many,
    what_is_not_whole,
    what_the_next_start_meets,
)
from tests.faults.killing_copies import migrating
from tests.faults.tally import Fault, Tally
from tests.faults.work import Step, correcting, enrolling, saving, taking_back, typing

CODES = {"disk_error", "disk_full"}
"""What is to be said of a disk that refuses a call."""
_ALL_KINDS = tuple(CALLS)


def loading(register: Register, number: int) -> None:
    """A hundred workers at once."""
    register.load(many(register, range(100, 200)))


Done = TypeVar("Done")
STEPS: tuple[Step, ...] = (typing, saving, correcting, taking_back, loading, enrolling)


def plans_for(do: Callable[[], object], disk: Disk) -> list[Plan]:
    """Every call of `do` that can fail, in each way it can: once or from then on, as an error or as a full disk."""
    plans = []
    disk.arm(Plan(_ALL_KINDS))
    do()
    for kind, count in disk.counts.items():
        for call in range(1, count + 1):
            for code in (CALLS[kind], FULL) if kind in ("write", "truncate") else (CALLS[kind],):
                plans += [Plan((kind,), call, code), Plan((kind,), call, code, stays=True)]
    disk.arm(Plan())
    return plans


def some(plans: Iterable[tuple[Done, Plan]], tries: int, seed: int) -> list[tuple[Done, Plan]]:
    """All of them, or where there are more so many by chance."""
    every = list(plans)
    return random.Random(seed).sample(every, tries) if tries < len(every) else every


def in_a_step(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A step of the day, then another one with the same open register, or after a new start."""
    start = make_file(folder / "pagi" / "kantor.db", 30, kind)
    with Desk(start, kind) as desk:
        desk.do(1, typing)
        desk.do(2, saving)
        desk.do(3, typing)
    every: list[tuple[Step, Plan]] = []
    pictures: dict[Step, tuple[str, str]] = {}
    for step in STEPS:
        with Disk() as disk, Desk(fresh_copy(start, folder / "tenang"), kind) as desk:
            every += [(step, plan) for plan in plans_for(partial(desk.do, 5, step), disk)]
            desk.do(6, typing)
        pictures[step] = (_after(start, folder, kind), look(folder / "tenang" / start.name, kind))
    for number, (step, plan) in enumerate(some(every, tries, seed)):
        path = fresh_copy(start, folder / "hari")
        note = f"seed {seed}, try {number}: {step.__name__}, {plan}"
        goes_on = bool(number % 4)
        tally.tries += 1
        with Disk() as disk:
            desk = Desk(path, kind)
            disk.arm(plan)
            how = tally.attempt(partial(desk.do, 5, step), CODES, note)
            if goes_on:
                disk.arm(Plan())
                tally.attempt(partial(desk.do, 6, typing), (), f"{note}, and the next step")
            tally.attempt(desk.close, (), f"{note}, and closing")
        if question := what_the_next_start_meets(path, kind):
            tally.tear(f"{note}: {question}")
            continue
        if not goes_on:
            with Desk(path, kind) as desk:
                desk.do(6, typing)
        _judge(tally, path, kind, pictures[step], is_confirmed=how == "done", note=note)


def _after(start: Path, folder: Path, kind: Kind) -> str:
    """The picture where the failed step is absent and only the next one was done."""
    path = fresh_copy(start, folder / "tanpa")
    with Desk(path, kind) as desk:
        desk.do(6, typing)
    return look(path, kind)


def _judge(tally: Tally, path: Path, kind: Kind, pictures: tuple[str, str], *, is_confirmed: bool, note: str) -> None:
    without, with_it = pictures
    picture = look(path, kind)
    if question := what_is_not_whole(path, kind):
        tally.tear(f"{note}: {question}")
    elif is_confirmed and picture == without != with_it:
        tally.lose(f"{note}: the step was confirmed")
    elif picture not in pictures:
        tally.tear(f"{note}: holds the step in part")


def start_and_end(path: Path, kind: Kind) -> None:
    """The program is opened and closed again."""
    Desk(path, kind).close()


def check(path: Path, kind: Kind) -> None:
    """The file is checked and counted."""
    check_file(path, **kind.named)
    inspect_file(path, **kind.named)


def renew(path: Path, kind: Kind) -> None:
    """The file gets a newer form."""
    migrating(lambda word: None, path, kind)


def of_a_file(
    tally: Tally,
    folder: Path,
    tries: int,
    seed: int,
    *,
    work: tuple[Callable[[Path, Kind], None], ...],
    kind: Kind = PLAIN,
) -> None:
    """Work that begins with a closed file: afterwards it is as before or as after, and the same work succeeds."""
    start = make_file(folder / "pagi" / "kantor.db", 30, kind)
    before = look(start, kind)
    every = []
    for do in work:
        path = fresh_copy(start, folder / "tenang")
        with Disk() as disk:
            every += [(do, plan) for plan in plans_for(partial(do, path, kind), disk)]
        after = look(path, kind)
    for number, (do, plan) in enumerate(some(every, tries, seed)):
        path = fresh_copy(start, folder / "hari")
        note = f"seed {seed}, try {number}: {do.__name__}, {plan}"
        tally.tries += 1
        with Disk() as disk:
            disk.arm(plan)
            tally.attempt(partial(do, path, kind), CODES, note)
            disk.arm(Plan())
            if look(path, kind) not in (before, after):
                tally.tear(f"{note}: neither as before nor as after")
            tally.attempt(partial(do, path, kind), (), f"{note}, and again")
        if do is not renew and (question := what_is_not_whole(path, kind)):
            tally.tear(f"{note}: {question}")


def of_starts(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    of_a_file(tally, folder, tries, seed, work=(start_and_end, check), kind=kind)


def of_renewing(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    of_a_file(tally, folder, tries, seed, work=(renew,), kind=kind)


FAULTS = (
    Fault("a call to the disk fails in a step of work", in_a_step, 3_000, why_not),
    Fault("a call to the disk fails while opening or checking", of_starts, 1_500, why_not),
    Fault("a call to the disk fails while the form is renewed", of_renewing, 100, why_not),
)
