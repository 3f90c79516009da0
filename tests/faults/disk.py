"""A disk below the program's own SQLite that can fail, kill or remember, at the call that is asked for.

The driver's library is the one that is used, with its encryption: the calls of its file system (VFS) that read and
change files are led through Python. Every file that is opened while a `Disk` is in force is on it.
"""

from __future__ import annotations

import ctypes as c
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType

import sqlcipher3._sqlite3

FULL, READ, WRITE, SYNC, TRUNCATE, DELETE = 13, 266, 778, 1034, 1546, 2570
"""Result codes of SQLite: the disk is full; a read, a write, a sync, a truncate, a delete failed."""
CALLS = {"read": READ, "write": WRITE, "sync": SYNC, "truncate": TRUNCATE, "delete": DELETE}
"""What is led through Python, with the code of its failure."""
CHANGES = ("write", "sync", "truncate", "delete")

_P, _I, _L = c.c_void_p, c.c_int, c.c_int64
_Close = c.CFUNCTYPE(_I, _P)
_Move = c.CFUNCTYPE(_I, _P, _P, _I, _L)
_Truncate = c.CFUNCTYPE(_I, _P, _L)
_Sync = c.CFUNCTYPE(_I, _P, _I)
_Open = c.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_Delete = c.CFUNCTYPE(_I, _P, c.c_char_p, _I)


class _Methods(c.Structure):
    """sqlite3_io_methods, version 3; what is not touched is only carried along."""

    _fields_ = [("version", _I), ("close", _Close), ("read", _Move), ("write", _Move), ("truncate", _Truncate),
                ("sync", _Sync), ("others", _P * 13)]  # fmt: skip


class _File(c.Structure):
    """sqlite3_file."""

    _fields_ = [("methods", c.POINTER(_Methods))]


class _Vfs(c.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [("version", _I), ("file_size", _I), ("longest_path", _I), ("next", _P), ("name", c.c_char_p),
                ("data", _P), ("open", _Open), ("delete", _Delete), ("others", _P * 14)]  # fmt: skip


@cache
def _library() -> c.CDLL | None:
    """The very library that the driver uses; None where it keeps its functions to itself."""
    try:
        library = c.CDLL(sqlcipher3._sqlite3.__file__)
        library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = [c.POINTER(_Vfs), _I]
        library.sqlite3_vfs_unregister.argtypes = [c.POINTER(_Vfs)]
    except (OSError, AttributeError):
        return None
    return library


def why_not() -> str:
    """Why there can be no such disk here; empty when there can."""
    if os.name == "nt":
        return "the file system calls of Windows are others"
    return "" if _library() is not None else "the driver of this system hides its library"


@dataclass(frozen=True, slots=True)
class Call:
    """One change of a file, as it reached the disk."""

    kind: str
    """create, write, truncate, sync, delete, or mark: what the program had confirmed by then."""
    path: Path
    place: int = 0
    """Byte of a write, length after a truncate; of a delete whether the folder was synced; of a mark its number."""
    content: bytes = b""


@dataclass(slots=True)
class Plan:
    """Which call goes wrong, and how."""

    kinds: tuple[str, ...] = ()
    """Of which calls; empty: none, and all are only counted."""
    at: int = 0
    """The how-manieth of them, from 1; 0: none."""
    code: int = 0
    """What SQLite is told; 0: what the kind's failure is called."""
    stays: bool = False
    """Whether all that follow fail too."""
    kills: bool = False
    """The process ends instead, as by kill -9; a write has reached the disk half."""


@dataclass
class Disk:
    """In force inside a ``with`` block."""

    plan: Plan = field(default_factory=Plan)
    records: bool = False
    """Whether `calls` is kept."""
    calls: list[Call] = field(default_factory=list)
    counted: int = 0
    """Calls of the plan's kinds so far."""
    failed: int = 0
    """How many of them went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    """The same by their kinds."""

    def arm(self, plan: Plan) -> None:
        """From now on calls are counted anew, and go wrong as planned."""
        self.plan, self.counted, self.failed, self.counts = plan, 0, 0, Counter()

    def mark(self, number: int) -> None:
        """Notes between the calls that the program has confirmed so much."""
        self.calls.append(Call("mark", Path(), number))

    def __enter__(self) -> Disk:
        library = _library()
        assert library is not None, why_not()
        self._library = library
        self._files: dict[int, tuple[Path, _Methods]] = {}
        self._tables: dict[int, _Methods] = {}
        self._real = library.sqlite3_vfs_find(None)
        self._ours = _Vfs.from_buffer_copy(self._real.contents)
        self._ours.name = b"faulty"
        self._ours.open, self._ours.delete = _Open(self._open), _Delete(self._delete)
        library.sqlite3_vfs_register(c.byref(self._ours), 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        assert not self._files, f"still open: {[str(path) for path, _ in self._files.values()]}"
        self._library.sqlite3_vfs_register(self._real, 1)
        self._library.sqlite3_vfs_unregister(c.byref(self._ours))

    def _goes_wrong(self, kind: str, half: Callable[[], object] = lambda: None) -> int:
        """The code of the failure; 0 where the call is to be carried out. `half` does a part of it before."""
        if kind not in self.plan.kinds:
            return 0
        self.counted += 1
        self.counts[kind] += 1
        is_due = self.counted == self.plan.at or (self.plan.stays and self.counted > self.plan.at)
        if not (self.plan.at and is_due):
            return 0
        half()
        if self.plan.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        self.failed += 1
        return self.plan.code or CALLS[kind]

    def _note(self, kind: str, path: Path, place: int = 0, content: bytes = b"") -> None:
        if self.records:
            self.calls.append(Call(kind, path, place, content))

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = Path(os.fsdecode(c.string_at(name))) if name else Path()  # the pointer itself is passed on: behind
        is_new = not path.exists()
        code = self._real.contents.open(c.cast(self._real, _P), name, file, flags, out)
        handle = _File.from_address(file)
        if code or not handle.methods:
            return code
        real = handle.methods.contents
        self._files[file] = path, real
        handle.methods = c.pointer(self._table_for(real))
        if is_new:
            self._note("create", path)
        return 0

    def _table_for(self, real: _Methods) -> _Methods:
        """A copy of the methods of this kind of file, five of them ours."""
        where = c.addressof(real)
        if where not in self._tables:
            table = _Methods.from_buffer_copy(real)
            table.close, table.read, table.write = _Close(self._close), _Move(self._read), _Move(self._write)
            table.truncate, table.sync = _Truncate(self._truncate), _Sync(self._sync)
            self._tables[where] = table
        return self._tables[where]

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        code = self._goes_wrong("delete")
        if code:
            return code
        code = self._real.contents.delete(c.cast(self._real, _P), name, sync)
        if not code:
            self._note("delete", Path(os.fsdecode(name)), sync)
        return code

    def _close(self, file: int) -> int:
        _, real = self._files.pop(file)
        return real.close(file)

    def _read(self, file: int, content: int, size: int, place: int) -> int:
        return self._goes_wrong("read") or self._files[file][1].read(file, content, size, place)

    def _write(self, file: int, content: int, size: int, place: int) -> int:
        path, real = self._files[file]
        code = self._goes_wrong("write", lambda: real.write(file, content, size // 2, place))
        code = code or real.write(file, content, size, place)
        if not code:
            self._note("write", path, place, c.string_at(content, size) if self.records else b"")
        return code

    def _truncate(self, file: int, size: int) -> int:
        path, real = self._files[file]
        code = self._goes_wrong("truncate") or real.truncate(file, size)
        if not code:
            self._note("truncate", path, size)
        return code

    def _sync(self, file: int, flags: int) -> int:
        path, real = self._files[file]
        code = self._goes_wrong("sync") or real.sync(file, flags)
        if not code:
            self._note("sync", path)
        return code
