"""Programs that are killed: each is started from a process that has everything imported, tells what it finished through
a pipe, and ends by SIGKILL, at a moment or at a call to the disk."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from models import language
from tests.faults.disk import CALLS, Disk, Plan, why_not

_PRELOADED = ["tests.faults.killing_copies", "tests.faults.full_disk", "tests.faults.protected"]
Tell = Callable[[object], None]
"""What the program finished, said only after it was."""
Life = Callable[..., None]
"""What a program does: called with `Tell` and its own arguments; must be a function of a module."""


@dataclass(frozen=True, slots=True)
class Death:
    """When a program is killed: so many seconds after its first word, or at a call to the disk; else it lives on."""

    seconds: float | None = None
    call: int | None = None
    kinds: tuple[str, ...] = tuple(CALLS)

    def __str__(self) -> str:
        return f"after {self.seconds:.4f} s" if self.seconds is not None else f"at call {self.call}"


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a program."""

    told: tuple[Any, ...]
    """All that it had said."""
    was_killed: bool
    code: int | None


def cannot_kill() -> str:
    """Why nothing can be killed so here."""
    return "kill -9 is a thing of POSIX" if os.name == "nt" else why_not()


def live(life: Life, *arguments: object, death: Death) -> Ended:
    """Starts a program, kills it, and returns what it had told until then."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_begin, args=(life, arguments, theirs, death))
    process.start()
    theirs.close()
    told: list[Any] = []
    try:
        if death.seconds is not None:
            is_alive = _hear(ours, told, None)
            until = time.monotonic() + death.seconds
            while is_alive and (left := until - time.monotonic()) > 0:
                is_alive = _hear(ours, told, left)
            if is_alive:
                process.kill()
        while _hear(ours, told, None):
            pass
    finally:
        ours.close()
        process.join()
    return Ended(tuple(told[1:]), process.exitcode == -9, process.exitcode)


def in_a_process(do: Callable[..., None], *arguments: object, patience: float | None = None) -> Any:
    """What a function tells first, done in a process of its own, which it may spoil; None where it ends without a word
    or needs longer than `patience` seconds."""
    ended = live(do, *arguments, death=Death(patience))
    return ended.told[0] if ended.told and not ended.was_killed else None


def _hear(pipe: Connection, told: list[Any], patience: float | None) -> bool:
    """Takes the next word, if there is one in time; whether there may be more."""
    try:
        if pipe.poll(patience):
            told.append(pipe.recv())
        return True
    except (EOFError, OSError):
        return False


def _begin(life: Life, arguments: tuple[object, ...], pipe: Connection, death: Death) -> None:
    """In the program itself."""
    disk = Disk(Plan(death.kinds, death.call, kills=True)) if death.call is not None else nullcontext()
    language.use("id")
    with disk, _processes_of_its_own_silent(death):
        pipe.send("begun")
        life(pipe.send, *arguments)
    pipe.close()


@contextmanager
def _processes_of_its_own_silent(death: Death) -> Iterator[None]:
    """What a program that is killed has started complains of the pipe that ends; its own complaints are heard."""
    if death.seconds is None and death.call is None:
        yield
        return
    heard, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(heard, 2)
