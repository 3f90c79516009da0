"""Reading in a process of its own: what a hostile or broken file does to it, it does not do to the program.

The program itself never holds the parsed workbook, a cancel kills the reading at once, and so does a limit on its
memory. Columns come over in pieces: texts that repeat themselves once, with two bytes for each cell.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import multiprocessing
import os
import pickle
import signal
import sys
import time
from array import array
from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from multiprocessing.connection import Connection
from typing import Any

from models.exchange.cells import Cell
from models.exchange.reading import Request, Rows, Step, read
from models.exchange.refusals import refused
from models.problems import StorageFailure

MEMORY = 1_200_000_000
"""Bytes of address space that the reading may use; the largest honest list within the guards took 780 million."""
PATIENCE = 300.0
"""Seconds without a word after which the reading is taken for hung."""
_LOOK = 0.1
"""Seconds after which the caller is asked again whether to go on."""
_MOST_DIFFERENT = 60_000
"""Texts of a column that are sent once only; two bytes can tell so many apart."""
_FEW = 32
_ONCE = (str, date, datetime, time_of_day, timedelta)
_Packed = tuple[list[Cell], bytes] | bytes | list[Cell]


def read_apart(
    request: Request, still_wanted: Callable[[], None], patience: float = PATIENCE
) -> Generator[Step, None, None]:
    """What `read` gives, from a process of its own. `still_wanted` is called all the time; what it raises ends it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_carry_out, args=(theirs, request), daemon=True)
    process.start()
    theirs.close()
    unpacking = Unpacking()
    try:
        while True:
            said = _next(ours, still_wanted, patience, request)
            if said is None:
                process.join(_LOOK * 20)
                raise _broken_off(process.exitcode, request)
            kind, value = said
            if kind == "end":
                return
            if kind == "failure":
                code, message, params = value
                raise StorageFailure(code, message, **params)
            yield unpacking.rows(*value) if kind == "rows" else value
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _next(
    pipe: Connection, still_wanted: Callable[[], None], patience: float, request: Request
) -> tuple[str, Any] | None:
    """What the reading says next; None where it ended without a word."""
    until = time.monotonic() + patience
    while not pipe.poll(_LOOK):
        still_wanted()
        if time.monotonic() > until:
            raise refused("list_hangs", request.path, minutes=round(patience / 60))
    try:
        said: tuple[str, Any] = pickle.loads(pipe.recv_bytes())
    except (EOFError, OSError):
        return None
    return said


def _broken_off(exit_code: int | None, request: Request) -> StorageFailure:
    """An abort is what the parser does when it gets no more memory."""
    aborted = exit_code in (-signal.SIGABRT, 0xC0000409, 0xC0000409 - (1 << 32), 0xC0000017, 0xC0000017 - (1 << 32))
    return refused("list_memory" if aborted or exit_code == -9 else "list_ended", request.path)


class Packing:
    """In the other process: makes columns small before they are sent."""

    def __init__(self) -> None:
        self._known: list[dict[Cell, int] | None] = []

    def rows(self, rows: Rows) -> tuple[list[_Packed], bytes, int]:
        """Each column as what is new in it and two bytes a cell, or as it is where hardly anything repeats itself."""
        self._known += [{} for _ in range(len(rows.columns) - len(self._known))]
        return [self._column(*pair) for pair in enumerate(rows.columns)], rows.numbers.tobytes(), rows.last

    def _column(self, place: int, column: Sequence[Cell]) -> _Packed:
        known = self._known[place]
        if known is None:
            return _plain(column)
        new = set(column).difference(known)
        if new:
            is_rare = len(new) <= len(column) // 2 or len(column) < _FEW
            is_full = len(known) + len(new) > _MOST_DIFFERENT
            if is_full or not is_rare or not all(isinstance(cell, _ONCE) for cell in new):
                self._known[place] = None
                return _plain(column)
            known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
        return list(new), array("H", map(known.__getitem__, column)).tobytes()


def _plain(column: Sequence[Cell]) -> _Packed:
    """Texts in the way that costs least; numbers without a fraction as `int`, for spreadsheets keep all as floats."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return marshal.dumps(list(column))
    if float in kinds:
        return [int(cell) if type(cell) is float and cell.is_integer() else cell for cell in column]
    return list(column)


class Unpacking:
    """In the program: the columns again; a text that repeats itself is one object."""

    def __init__(self) -> None:
        self._known: list[list[Cell]] = []

    def rows(self, packed: list[_Packed], numbers: bytes, last: int) -> Rows:
        self._known += [[] for _ in range(len(packed) - len(self._known))]
        columns = [self._column(*pair) for pair in enumerate(packed)]
        return Rows(columns, array("I", numbers), last)

    def _column(self, place: int, packed: _Packed) -> Sequence[Cell]:
        if isinstance(packed, bytes):
            column: list[Cell] = marshal.loads(packed)
            return column
        if isinstance(packed, list):
            return packed
        known = self._known[place]
        known += packed[0]
        return list(map(known.__getitem__, memoryview(packed[1]).cast("H")))


def _carry_out(pipe: Connection, request: Request) -> None:
    """In the other process; any error but the expected ones ends it with its traceback on standard error."""
    _limit_memory(MEMORY)
    gc.disable()  # it makes millions of cells and no circles, and does not live long
    os.environ["RUST_BACKTRACE"] = "0"  # an aborting parser ends sooner without one

    def say(kind: str, value: object) -> None:
        if isinstance(value, StorageFailure):
            value = (value.code, value.message, dict(value.params))
        pipe.send_bytes(pickle.dumps((kind, value), pickle.HIGHEST_PROTOCOL))

    packing = Packing()
    try:
        for step in read(request):
            if isinstance(step, Rows):
                say("rows", packing.rows(step))
            else:
                say("step", step)
        say("end", None)
    except BrokenPipeError:  # whoever waited was killed
        return
    except StorageFailure as error:
        say("failure", error)
    except MemoryError:
        say("failure", refused("list_memory", request.path))


def _limit_memory(most: int) -> None:
    """The system then refuses more, and the parser ends. Where the system cannot, the guards alone have to do."""
    if sys.platform == "win32":
        from models.exchange.windows_limit import limit_memory

        limit_memory(most)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
