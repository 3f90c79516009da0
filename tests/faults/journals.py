"""A file with the journal of a program that was killed in the middle of a save: taken along, or thrown away by hand."""

from __future__ import annotations

import random
import shutil
from functools import partial
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.inspecting import inspect_file
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.damage import FINDINGS, SAID, check, read_everything
from tests.faults.disk import CHANGES, Disk, Plan
from tests.faults.files import (
    PLAIN,
    Kind,
    fresh_copy,
    look,
    make_file,
    what_is_not_whole,
    what_the_next_start_meets,
)
from tests.faults.killing import at_work
from tests.faults.lives import Death, cannot_kill, live
from tests.faults.tally import Fault, Tally
from tests.faults.work import Day, a_day, correcting, enrolling, live_through, loading, saving

_STEPS = 6
_MOST_KILLS = 20


class Killed:
    """Programs killed in the middle of writing a step of a day, again and again."""

    def __init__(self, folder: Path, seed: int, kind: Kind) -> None:
        self._folder = folder
        self._start = make_file(folder / "pagi" / "kantor.db", 30, kind)
        self._kind = kind
        self.chance = random.Random(seed)

    def leftover(self) -> tuple[Path, Day, int, str]:
        """A file with a journal in it, the day it comes from, how many steps were confirmed, and how it was made."""
        for _ in range(_MOST_KILLS):
            steps = a_day(self.chance.randrange(10**6), _STEPS, (saving, correcting, loading, enrolling))
            with Disk(Plan(CHANGES)) as disk:
                day = live_through(self._start, self._folder / "tenang", steps, self._kind)
            path = fresh_copy(self._start, self._folder / "hari")
            call = self.chance.randrange(1, disk.counted)
            told = live(at_work, path, self._kind, steps, 0, death=Death(call=call, kinds=CHANGES)).told
            journal = journal_of(path)
            if journal.exists() and journal.stat().st_size:
                return path, day, told[-1] if told else 0, f"killed at call {call} of {disk.counted}"
        raise RuntimeError(f"no kill of {_MOST_KILLS} left a journal")


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def taken_along(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """File and journal are copied to another place, where a backup, a check or a look may come first."""
    killed = Killed(folder, seed, kind)
    visitors = {
        "the window": lambda path: None,
        "a check": lambda path: check_file(path, **kind.named),
        "a look": lambda path: inspect_file(path, **kind.named),
        "a backup": lambda path: make_backup(path, path.parent / "stik", NOW, **kind.named),
    }
    for number in range(tries):
        path, day, confirmed, how = killed.leftover()
        copy = fresh_copy(path, folder / "tempat lain")
        shutil.copyfile(journal_of(path), journal_of(copy))
        visitor = killed.chance.choice(list(visitors))
        note = f"seed {seed}, try {number}: {how}, then {visitor}"
        tally.tries += 1
        tally.attempt(partial(visitors[visitor], copy), (), note)
        question = what_the_next_start_meets(copy, kind) or what_is_not_whole(copy, kind)
        verdict, _ = day.judge(look(copy, kind), confirmed)
        if verdict == "lost":
            tally.lose(note)
        elif question or verdict:
            tally.tear(f"{note}: {question or 'a step in part'}")


def thrown_away(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Somebody tidies up and deletes the journal: what is in part then is noticed."""
    killed = Killed(folder, seed, kind)
    for number in range(tries):
        path, day, confirmed, how = killed.leftover()
        journal_of(path).unlink()
        note = f"seed {seed}, try {number}: {how}"
        tally.tries += 1
        in_use = fresh_copy(path, folder / "dipakai")
        told = tally.attempt(partial(read_everything, in_use, kind), SAID, note)
        found = tally.attempt(partial(check, path, kind), FINDINGS, f"{note}, checking")
        if told == found == "done":
            verdict, _ = day.judge(look(path, kind), confirmed)
            tally.seen[verdict or "whole"] += 1
            if verdict:
                tally.tear(f"{note}: nobody notices")


def before_a_restore(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Journals lie where a restore writes: of a restore that was killed, and of a register that is gone."""
    killed = Killed(folder, seed, kind)
    whole = make_file(folder / "lain" / "kantor.db", 60, kind)
    backup = make_backup(whole, folder / "stik", NOW, **kind.named).path
    picture = look(whole, kind, without=("audit",))
    for number in range(tries):
        left, _, _, how = killed.leftover()
        note = f"seed {seed}, try {number}: {how}"
        target = folder / f"pulih {number}" / "kantor.db"
        target.parent.mkdir()
        shutil.copyfile(journal_of(left), journal_of(target.with_name("kantor.db.part")))
        shutil.copyfile(journal_of(left), journal_of(target))
        tally.tries += 1
        if tally.attempt(partial(restore_backup, backup, target, NOW, **kind.named), (), note) != "done":
            continue
        question = what_the_next_start_meets(target, kind) or what_is_not_whole(target, kind)
        if question or look(target, kind, without=("audit",)) != picture:
            tally.tear(f"{note}: {question or 'is not what the backup holds'}")


FAULTS = (
    Fault("a journal left by a kill, copied with the file", taken_along, 100, cannot_kill),
    Fault("a journal left by a kill, thrown away by hand", thrown_away, 100, cannot_kill),
    Fault("journals left by kills, where a restore writes", before_a_restore, 40, cannot_kill),
)
