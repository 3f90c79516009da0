"""Two programs on one file: the second is told so, whoever only reads goes on, after a kill the next one gets in."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from models.register import open_register
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.driver import connect
from models.storage.restore import restore_backup
from tests.factories import NOW, make_worker
from tests.faults.commands import command
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
from tests.faults.full_disk import take_over
from tests.faults.killing_copies import newer_form
from tests.faults.lives import Death, Tell, cannot_kill, in_a_process, live
from tests.faults.tally import Fault, Tally
from tests.faults.work import enrolling, loading, saving, typing

IN_USE = {"in_use"}
_OF_THEIR_STEPS = (typing, saving, loading, enrolling)


def while_it_is_open(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A second program at every door while the first one works."""
    path = make_file(folder / "kantor.db", 20, kind)
    backup = make_backup(path, folder / "stik", NOW, **kind.named).path
    for number in range(tries):
        with Desk(path, kind) as desk:
            desk.do(2 * number + 1, saving)
            take_over(tally, in_a_process(_second_program, path, backup, kind, f"try {number}"))
            desk.do(2 * number + 2, saving)
        if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
            tally.tear(f"try {number}: {question}")


def _second_program(tell: Tell, path: Path, backup: Path, kind: Kind, note: str) -> None:
    tally = Tally("", tries=1)
    for door, codes in (
        (lambda: Desk(path, kind).close(), IN_USE),
        (lambda: restore_backup(backup, path, NOW, **kind.named), IN_USE),
        (lambda: read_only(path, kind), ()),
        (lambda: check_file(path, **kind.named), ()),
        (lambda: make_backup(path, path.parent / "lain", NOW, **kind.named), ()),
    ):
        how = tally.attempt(door, codes, note)
        if codes and how == "done":
            tally.tear(f"{note}: two programs write")
    tell(tally)


def read_only(path: Path, kind: Kind) -> None:
    """Looks at the file as somebody does who only reads."""
    register = open_register(path, user="rina", clock=lambda: NOW, read_only=True, **kind.named)
    register.workers.search("siti")
    register.close()


def holding(tell: Tell, path: Path, kind: Kind) -> None:
    """Opens the file and saves until it is killed."""
    with Desk(path, kind) as desk:
        for number in range(1, 1_000):
            desk.do(number, typing)
            tell(number)


def after_a_kill(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """The one who has the file is killed; the next one gets in at once."""
    path = make_file(folder / "kantor.db", 0, kind)
    chance = random.Random(seed)
    for number in range(tries):
        live(holding, path, kind, death=Death(chance.uniform(0, 0.03)))
        tally.tries += 1
        if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
            tally.tear(f"seed {seed}, try {number}: {question}")


def beside_a_database_tool(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Another tool, which knows nothing of our lock, holds the file for a while."""
    start = make_file(folder / "pagi" / "kantor.db", 20, kind)
    before = look(start, kind)
    for number in range(tries):
        step = _OF_THEIR_STEPS[number % len(_OF_THEIR_STEPS)]
        path = fresh_copy(start, folder / "hari")
        note = f"try {number}: {step.__name__}"
        tally.tries += 1
        with Desk(path, kind) as desk, closing(connect(path, **kind.named)) as tool:
            desk.register._file.connection.execute("PRAGMA busy_timeout=20").fetchall()
            tool.execute("BEGIN EXCLUSIVE" if number % 3 == 0 else "BEGIN IMMEDIATE")
            if tally.attempt(partial(desk.do, 50, step), {"locked"}, note) == "done":
                tally.tear(f"{note}: wrote over the other program")
            tool.execute("ROLLBACK")
            tally.attempt(partial(desk.do, 50, step), (), f"{note}, and again")
        if look(path, kind) == before:
            tally.lose(f"{note}: was confirmed")
        if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
            tally.tear(f"{note}: {question}")


def first_starts(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Two first starts at the same moment: one file, whole, with what each of them confirmed."""
    context = multiprocessing.get_context("forkserver")
    for number in range(tries):
        path = folder / str(number) / "kantor.db"
        path.parent.mkdir()
        barrier = context.Barrier(2)
        pipes, processes = [], []
        for serial in (1, 2):
            ours, theirs = context.Pipe(duplex=False)
            processes.append(context.Process(target=_start_at_once, args=(theirs, barrier, path, kind, serial)))
            processes[-1].start()
            theirs.close()
            pipes.append(ours)
        told = [pipe.recv() for pipe in pipes]
        for process in processes:
            process.join()
        tally.tries += 1
        with Desk(path, kind) as desk:
            for serial, tally_of_one in enumerate(told, 1):
                take_over(tally, tally_of_one)
                is_there = desk.register.workers.find_nik(make_worker(serial).nik) is not None
                if is_there != bool(tally_of_one.seen["done"]):
                    tally.lose(f"try {number}: program {serial} {dict(tally_of_one.seen)}, its worker: {is_there}")
        if question := what_is_not_whole(path, kind):
            tally.tear(f"try {number}: {question}")


def _start_at_once(pipe: object, barrier: Barrier, path: Path, kind: Kind, serial: int) -> None:
    from models import language

    language.use("id")
    tally = Tally("")
    barrier.wait()
    tally.attempt(partial(_start, path, kind, serial), {"in_use", "exists"}, f"program {serial}")
    pipe.send(tally)  # type: ignore[attr-defined]


def _start(path: Path, kind: Kind, serial: int) -> None:
    with Desk(path, kind) as desk:
        desk.register.entries.save(make_worker(serial), None)


def of_a_newer_program(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A file of a newer form at every door: refused naming both forms, and not a byte is changed."""
    from models.storage.opening import open_file

    path = make_file(folder / "kantor.db", 20, kind)
    open_file(path, user="rina", clock=lambda: NOW, migrations=newer_form(), **kind.named).close()
    other = make_file(folder / "lain.db", 5, kind)
    before, beside = path.read_bytes(), other.read_bytes()
    doors: dict[str, Callable[[], object]] = {
        "opening": lambda: Desk(path, kind).close(),
        "reading": lambda: read_only(path, kind),
        "checking": lambda: check_file(path, **kind.named),
        "backing up": lambda: make_backup(path, folder / "stik", NOW, **kind.named),
        "restoring": lambda: restore_backup(path, other, NOW, **kind.named),
    }
    if kind == PLAIN:
        out = ("--out", folder / "surat.pdf")
        doors["a summary"] = lambda: command("report", "coverage", "--data", path, "--month", "2026-12", *out)
        doors["letters"] = lambda: command("letters", "--data", path, "--scheme", "SAWIT", *out)
    for number in range(tries):
        door = list(doors)[number % len(doors)]
        tally.tries += 1
        if tally.attempt(doors[door], {"newer"}, door) == "done":
            tally.tear(f"{door} went through")
        if (path.read_bytes(), other.read_bytes()) != (before, beside):
            tally.tear(f"{door} changed a file")


FAULTS = (
    Fault("a second program while one is open", while_it_is_open, 20, cannot_kill),
    Fault("the one who has the file is killed", after_a_kill, 100, cannot_kill),
    Fault("a database tool holds the file", beside_a_database_tool, 40),
    Fault("two first starts at the same moment", first_starts, 50, cannot_kill),
    Fault("a file of a newer program", of_a_newer_program, 14),
)
