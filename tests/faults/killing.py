"""kill -9 while typing, saving, loading, making a file: what was confirmed is there, the rest is absent whole."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from models.register import Register
from tests.faults.disk import CHANGES, Disk, Plan
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
from tests.faults.lives import Death, Ended, Tell, cannot_kill, live
from tests.faults.tally import Fault, Tally
from tests.faults.work import (
    Day,
    Step,
    a_day,
    correcting,
    enrolling,
    list_back,
    live_through,
    saving,
    taking_in,
    typing,
)

_STEPS = 80
"""Of a day that is cut into lives."""
_MANY = 1_500
"""Workers of a long list."""


def at_work(tell: Tell, path: Path, kind: Kind, steps: tuple[Step, ...], done: int) -> None:
    """Goes on with a day's work after so many steps."""
    with Desk(path, kind) as desk:
        for number, step in enumerate(steps[done:], done + 1):
            desk.do(number, step)
            tell(number)


def loading_many(register: Register, number: int) -> None:
    """A long list at once."""
    register.load(many(register, range(1, _MANY + 1)))


def while_working(
    tally: Tally, folder: Path, tries: int, seed: int, *, only: tuple[Step, ...] = (), kind: Kind = PLAIN
) -> None:
    """Days of work; after every kill the next program goes on with the file as it is, until the day is done."""
    start = make_file(folder / "pagi" / "kantor.db", 20, kind)
    chance = random.Random(seed)
    while tally.tries < tries:
        day = live_through(start, folder / "tenang", a_day(chance.randrange(10**6), _STEPS, only), kind)
        path, done = fresh_copy(start, folder / "hari"), 0
        while done < _STEPS and tally.tries < tries:
            death = Death(chance.uniform(0, 0.06)) if chance.random() < 0.5 else Death(call=chance.randrange(1, 900))
            ended = live(at_work, path, kind, day.steps, done, death=death)
            note = f"seed {seed}, try {tally.tries}: killed {death} in a life from step {done} on"
            is_kept, done = judged(tally, day, path, ended, done, note)
            if not is_kept:
                break


def while_growing(
    tally: Tally,
    folder: Path,
    tries: int,
    seed: int,
    *,
    steps: tuple[Step, ...] = (loading_many, enrolling),
    kind: Kind = PLAIN,
) -> None:
    """A long list is loaded and many are enrolled, each at once; each time from the beginning."""
    start = make_file(folder / "pagi" / "kantor.db", 0, kind)
    with Disk(Plan(CHANGES)) as disk:
        day = live_through(start, folder / "tenang", steps, kind)
    chance = random.Random(seed)
    for number in range(tries):
        path = fresh_copy(start, folder / "hari")
        late = Death(call=chance.randrange(1, disk.counted), kinds=CHANGES)
        death = Death(chance.uniform(0, 0.3)) if chance.random() < 0.4 else late
        ended = live(at_work, path, kind, day.steps, 0, death=death)
        judged(tally, day, path, ended, 0, f"seed {seed}, try {number}: killed {death}")


def first_start(tell: Tell, path: Path, kind: Kind) -> None:
    Desk(path, kind).close()
    tell("made")


def while_making(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """The first start of all is killed: there is no file, or a whole one."""
    chance = random.Random(seed)
    for number in range(tries):
        path = folder / f"baru {number}" / "kantor.db"
        death = Death(chance.uniform(0, 0.05)) if chance.random() < 0.5 else Death(call=chance.randrange(1, 300))
        note = f"seed {seed}, try {number}: killed {death}"
        ended = live(first_start, path, kind, death=death)
        count(tally, ended, note)
        if ended.told and not path.exists():
            tally.lose(note)
        elif path.exists() and (question := what_is_not_whole(path, kind)):
            tally.tear(f"{note}: {question}")
        if question := what_the_next_start_meets(path, kind, must_exist=False):
            tally.tear(f"{note}: {question}")
        if left := [file.name for file in path.parent.iterdir() if file != path and not file.name.endswith(".lock")]:
            tally.tear(f"{note}: left {left}")


def judged(tally: Tally, day: Day, path: Path, ended: Ended, before: int, note: str) -> tuple[bool, int]:
    """Writes down how a life of a day ended; whether the promise was kept, and the steps that the file holds."""
    confirmed = ended.told[-1] if ended.told else before
    count(tally, ended, note)
    question = what_the_next_start_meets(path, day.kind)
    verdict, done = day.judge(look(path, day.kind), confirmed)
    question = question or what_is_not_whole(path, day.kind)
    if verdict == "lost":
        tally.lose(f"{note}: step {confirmed} was confirmed")
    elif verdict or question:
        tally.tear(f"{note}: {question or 'holds a step in part'}")
    return not (verdict or question), done


def count(tally: Tally, ended: Ended, note: str) -> None:
    """Writes down that there was a try, and how it ended."""
    tally.tries += 1
    tally.seen["killed" if ended.was_killed else "ended before"] += 1
    if not ended.was_killed and ended.code:
        tally.misword(f"{note}: ended by itself with {ended.code}")


FAULTS = (
    Fault("killed while typing", partial(while_working, only=(typing,)), 200, cannot_kill),
    Fault("killed while saving", partial(while_working, only=(typing, saving, correcting)), 300, cannot_kill),
    Fault("killed at any work", while_working, 300, cannot_kill),
    Fault("killed while loading and enrolling many", while_growing, 200, cannot_kill),
    Fault(
        "killed while lists are taken in and back",
        partial(while_growing, steps=(taking_in, taking_in, list_back, list_back)),
        200,
        cannot_kill,
    ),
    Fault("killed at the first start", while_making, 150, cannot_kill),
)
