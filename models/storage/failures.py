"""Turns the driver's errors into one sentence for the person; errors that only a bug can cause pass through."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import Error

_PRIMARY = 0xFF
_DAMAGED, _READ_ONLY, _MOVED = 11, 8, 1032
"""SQLITE_CORRUPT, SQLITE_READONLY, and its SQLITE_READONLY_DBMOVED, which the driver does not tell apart."""
_SENTENCES = {
    5: ("locked", N_("The file {file} is being used by another program. Close that program, then try again.")),
    6: ("locked", N_("The file {file} is being used by another program. Close that program, then try again.")),
    8: (
        "read_only",
        N_(
            "The file {file} can only be read: the file or its folder is write-protected. Nothing was saved. "
            "Copy the file to a folder where you may write, then open it there."
        ),
    ),
    10: (
        "disk_error",
        N_(
            "The disk did not answer, or gave no more room, while {file} was being read or written. Nothing was half "
            "saved. Check the cable or the stick and the room that is left, then try again."
        ),
    ),
    11: (
        "damaged",
        N_("The file {file} is damaged. Nothing was changed. Restore the newest backup (Data, Restore)."),
    ),
    13: (
        "disk_full",
        N_("The disk is full, so nothing was saved. Delete files that are no longer needed, then try again."),
    ),
    14: (
        "cannot_open",
        N_("The file {file} cannot be opened. Check that its folder exists and that you may write there."),
    ),
    23: (
        "cannot_open",
        N_("The file {file} cannot be opened. Check that its folder exists and that you may write there."),
    ),
    _MOVED: (
        "moved",
        N_(
            "The file {file} is no longer in its place: it or its folder was moved, renamed or deleted. "
            "Nothing was saved. Put it back, then try again."
        ),
    ),
    26: (
        "not_a_database",
        N_(
            "{file} is not a Cakupan file, or it is damaged. Nothing was changed. "
            "Choose another file or restore a backup."
        ),
    ),
}
_SYSTEM = {
    errno.ENOSPC: 13,
    errno.EDQUOT: 13,
    errno.EFBIG: 13,
    errno.EROFS: 8,
    errno.EACCES: 14,
    errno.EPERM: 14,
    errno.ENOENT: 14,
    errno.ENOTDIR: 14,
    errno.EISDIR: 14,
    errno.EEXIST: 14,
    errno.ELOOP: 14,
    errno.ENAMETOOLONG: 14,
    errno.EBUSY: 5,
    errno.EIO: 10,
    errno.ENODEV: 10,
    errno.ENXIO: 10,
}


_WINDOWS = {32: 5, 33: 5, 123: 14, 206: 14}
"""Windows' own numbers that say more than the general one: held by a program, locked, no such name, name too long."""


def failure_of(error: Error | OSError, path: Path) -> StorageFailure | None:
    """The failure a driver or system error means, or None when it is a bug of the program."""
    if isinstance(error, OSError):
        code = _WINDOWS.get(getattr(error, "winerror", None) or 0) or _SYSTEM.get(error.errno or 0)
    else:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
        if code == _READ_ONLY and not path.exists():
            code = _MOVED
        elif not code and "Could not decode to UTF-8" in str(error):  # the driver itself, without a code
            code = _DAMAGED
    if code not in _SENTENCES:
        return None
    name, sentence = _SENTENCES[code]
    return StorageFailure(name, sentence, file=path.name)


@contextmanager
def failures_named(path: Path) -> Iterator[None]:
    """Inside, errors of the file or the disk are raised as `StorageFailure` about `path`."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite quotes the damaged bytes of a form that it cannot read
        name, sentence = _SENTENCES[11]
        raise StorageFailure(name, sentence, file=path.name) from error
    except (Error, OSError) as error:
        failure = failure_of(error, path)
        if failure is None:
            raise
        raise failure from error
