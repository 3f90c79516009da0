"""Work on files in a process of its own, which can be stopped at any moment and drops no lock of ours."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from typing import Any, TypeVar

from models.problems import StorageFailure
from models.storage.driver import Error

_Result = TypeVar("_Result")
Tell = Callable[[str], None]
"""Told a word for what begins."""
_LOOK = 0.2
"""Seconds after which the caller is told the same word again, so that a cancel is not kept waiting."""
_LAST_WORD = 2.0
"""Seconds that it may take to end by itself once it has said it."""
_GENTLE, _GENTLE_ON_WINDOWS = 15, 0x40
"""Niceness, and Windows' class of priority, of a process for which nobody waits."""


class Stopped(Exception):
    """The process ended without a word: killed, or out of memory."""


def run_apart(
    work: Callable[..., _Result], *arguments: object, tell: Tell | None = None, is_gentle: bool = False
) -> _Result:
    """Runs ``work(tell, *arguments)`` in another process and gives what it returns.

    `work` is a function of a module. What `tell` raises stops the process; StorageFailure, driver and system errors
    come through as they are. A gentle process lets everything else on the computer go first. Raises `Stopped`.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_carry_out, args=(theirs, is_gentle, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        kind, value = _listen(ours, tell)
        process.join(_LAST_WORD)
    finally:
        ours.close()
        process.kill()  # nobody wants it any more, or it has said its last word
        process.join()
        process.close()
    result: _Result = _outcome(kind, value)
    return result


def _listen(pipe: Pipe, tell: Tell | None) -> tuple[str, Any]:
    """What the other process says last; what it says before is passed on, again and again."""
    word = ""
    while True:
        if pipe.poll(_LOOK):
            try:
                kind, value = pipe.recv()
            except (EOFError, OSError) as error:
                raise Stopped from error
            if kind != "told":
                return kind, value
            word = value
        if word and tell is not None:
            tell(word)


def _outcome(kind: str, value: Any) -> Any:
    if kind == "failure":
        code, message, params = value
        raise StorageFailure(code, message, **params)
    if kind == "error":
        raise value
    return value


def _carry_out(pipe: Pipe, is_gentle: bool, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """In the other process; any error but the expected ones ends it with its traceback on standard error."""
    if is_gentle:
        _give_way()
    try:
        said: tuple[str, object] = ("done", work(lambda word: pipe.send(("told", word)), *arguments))
    except StorageFailure as failure:
        said = ("failure", (failure.code, failure.message, dict(failure.params)))
    except (Error, OSError) as error:
        said = ("error", error)
    with contextlib.suppress(BrokenPipeError):  # whoever waited was killed
        pipe.send(said)
    pipe.close()


def _give_way() -> None:
    """Whoever types is served first."""
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(OSError):
            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _GENTLE_ON_WINDOWS)
    else:
        os.nice(_GENTLE)
