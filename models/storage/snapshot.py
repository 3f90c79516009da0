"""A whole copy of a file that may be open: the bytes under a lock that keeps writers out, flushed and renamed."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.driver import Connection, connect
from models.storage.keys import Key
from models.storage.proven_copy import Copied, ProvenCopy

_HELD_ON_WINDOWS = (5, 32, 33)
"""Windows' own numbers: access denied, open in another program, locked by another program."""
_PATIENCE = 2.5
"""Seconds; a virus scanner lets go of a file that was just written within one or two."""


def snapshot(
    source: Path, copy: Path, key: Key | None = None, *, tell: Tell | None = None, is_gentle: bool = False
) -> Copied:
    """Writes the file as it is at this moment to `copy` and reads it back, whole or not at all.

    A process of its own holds SQLite's read lock and copies the bytes: twice as fast as SQLite's online backup, so a
    save meanwhile waits half as long; and it must not be this process, where closing the file would drop the locks
    of a transaction that is open. Raises driver and system errors as they are; a part-written copy is removed.
    """
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    try:
        try:
            copied = run_apart(_copy_apart, source, part, key, tell=tell, is_gentle=is_gentle)
        except Stopped as error:
            message = N_("The copy of {file} was stopped before it was whole, so it was thrown away. Try again.")
            raise StorageFailure("copy_stopped", message, file=source.name) from error
        put_in_place(part, copy)
    finally:
        part.unlink(missing_ok=True)
    return copied


def _copy_apart(_tell: Tell, source: Path, target: Path, key: Key | None) -> Copied:
    return copy_bytes(source, target, key)


def copy_bytes(source: Path, target: Path, key: Key | None = None) -> Copied:
    """In a process of its own: the bytes of a file while nobody may write it, on the disk and read back from it."""
    with ProvenCopy(target) as copy:
        with held_still(source, key):
            copy.write_from(source)
        return copy.proven()


@contextmanager
def held_still(source: Path, key: Key | None) -> Iterator[Connection]:
    """Nobody may write the file until the block ends. Only in a process that has no transaction open in it: on POSIX,
    closing the file once more ends the lock."""
    with closing(connect(source, key=key, read_only=True)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only now the lock is held
        yield reading


def put_in_place(part: Path, target: Path, patience: float = _PATIENCE) -> None:
    """Renames a finished file onto its name, and the name is on the disk when it returns.

    Windows refuses while another program has one of the two open, so there it is tried again for a while. Raises
    OSError: EBUSY where a program holds `target` for longer.
    """
    until = time.monotonic() + patience
    while True:
        try:
            part.replace(target)
            break
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD_ON_WINDOWS:
                raise
            if time.monotonic() >= until:
                if os.access(target, os.W_OK):  # it could be written, so it is not the person who lacks a right
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from error
                raise
        time.sleep(0.05)
    flush_folder(target.parent)


def free_name(path: Path) -> Path:
    """The path, or the path with a number when two are made within a second."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def flush(file: Path) -> None:
    """Makes sure that the file's content is on the disk and not only in memory."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Makes sure that a rename in the folder is on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum_of(file: Path) -> str:
    """SHA-256 of a closed file, in hexadecimal. Never for the live file: closing it would drop SQLite's locks."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def checksum_file(file: Path) -> Path:
    """Where the checksum of a copy is kept."""
    return file.with_name(file.name + ".sha256")


def write_checksum(file: Path, content: Path | None = None) -> str:
    """Writes the checksum beside the file, in the form that ``sha256sum -c`` reads, and returns it.

    `content` is where the file lies as long as it has another name.
    """
    digest = checksum_of(content or file)
    beside = checksum_file(file)
    part = beside.with_name(beside.name + ".part")
    try:
        part.write_bytes(digest.encode() + b"  " + os.fsencode(file.name) + b"\n")
        flush(part)
        put_in_place(part, beside)
    finally:
        part.unlink(missing_ok=True)
    return digest
