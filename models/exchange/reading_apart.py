"""Reading in a process of its own: what a hostile or broken file does to it, it does not do to the program.

The program itself never holds the parsed workbook, a cancel kills the reading at once, and so does a limit on its
memory. Columns come over in pieces: texts that repeat themselves once, with two bytes for each cell.
"""

from __future__ import annotations

import contextlib
import gc
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
_FEW = 32
_ONCE = (str, date, datetime, time_of_day, timedelta)
_Packed = tuple[list[Cell], bytes] | str | list[Cell]
_BETWEEN = "\x1f"
"""Between the texts of a column; one that holds it is sent otherwise."""


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


class _Known(dict[Cell, int]):
    """Cells of a column that were sent, by their number; asked for another one, it takes it in."""

    def __init__(self) -> None:
        self.new: list[Cell] = []
        """Not sent yet."""
        self.is_all_once = True
        """Whether only cells came of which there is one for each value: 1, 1.0 and True would be the same."""

    def __missing__(self, cell: Cell) -> int:
        number = self[cell] = len(self)
        self.new.append(cell)
        self.is_all_once = self.is_all_once and isinstance(cell, _ONCE)
        return number


class Packing:
    """In the other process: makes columns small before they are sent."""

    def __init__(self) -> None:
        self._known: list[_Known | None] = []

    def rows(self, rows: Rows) -> tuple[list[_Packed], bytes, int]:
        """Each column as what is new in it and two bytes a cell, or as it is where hardly anything repeats itself."""
        self._known += [_Known() for _ in range(len(rows.columns) - len(self._known))]
        return [self._column(*pair) for pair in enumerate(rows.columns)], rows.numbers.tobytes(), rows.last

    def _column(self, place: int, column: Sequence[Cell]) -> _Packed:
        known = self._known[place]
        if known is not None:
            try:
                numbers = array("H", map(known.__getitem__, column))
            except OverflowError:  # more different ones than two bytes can tell
                numbers = None
            new, known.new = known.new, []
            repeats = len(new) <= len(column) // 2 or len(column) < _FEW
            if numbers is not None and repeats and known.is_all_once:
                return new, numbers.tobytes()
            self._known[place] = None
        return _plain(column)


def _plain(column: Sequence[Cell]) -> _Packed:
    """Texts as one text; numbers without a fraction as `int`, for spreadsheets keep all as floats."""
    try:
        joined = _BETWEEN.join(column)  # type: ignore[arg-type]
    except TypeError:
        return [int(cell) if type(cell) is float and cell.is_integer() else cell for cell in column]
    return joined if joined.count(_BETWEEN) == len(column) - 1 else list(column)


class Unpacking:
    """In the program: the columns again; a text that repeats itself is one object."""

    def __init__(self) -> None:
        self._known: list[list[Cell]] = []

    def rows(self, packed: list[_Packed], numbers: bytes, last: int) -> Rows:
        self._known += [[] for _ in range(len(packed) - len(self._known))]
        columns = [self._column(*pair) for pair in enumerate(packed)]
        return Rows(columns, array("I", numbers), last)

    def _column(self, place: int, packed: _Packed) -> Sequence[Cell]:
        if isinstance(packed, str):
            return packed.split(_BETWEEN)
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
