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
    word = ""
    try:
        while True:
            if ours.poll(_LOOK):
                try:
                    kind, value = ours.recv()
                except (EOFError, OSError) as error:
                    raise Stopped from error
                if kind == "told":
                    word = value
                else:
                    result: _Result = _outcome(kind, value)
                    return result
            if word and tell is not None:
                tell(word)
    finally:
        ours.close()
        if process.is_alive():
            process.join(0.5)  # it has said its last word, or somebody wants it to end
            process.kill()
        process.join()
        process.close()


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
