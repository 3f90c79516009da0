"""Copies a file and reads the copy back from the disk, not from memory, while the rest is still being copied."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from models.language import N_
from models.problems import StorageFailure

_CHUNK = 1 << 20
_SEGMENT = 64 << 20
"""Bytes after which what was written is sent to the disk and read back, while the next are copied."""
_BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows would change line ends."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was found when a copy was read back from the disk: bit for bit what the source said."""

    size: int
    """Bytes."""
    checksum: str
    """SHA-256 in hexadecimal, of what was read back."""


class ProvenCopy:
    """A new file `target` that is compared with its source; used as a context, which closes it and keeps it.

    What the system kept of it in memory is dropped before it is read (where the system can: not on Windows). One
    thread hashes what is read from the source, one waits for the disk, one hashes what comes back from it.
    """

    def __init__(self, target: Path) -> None:
        self._descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        self._reading = -1
        try:
            self._reading = os.open(target, os.O_RDONLY | _BINARY)
        except BaseException:
            os.close(self._descriptor)
            raise
        self._hashing, self._forcing, self._returning = (
            ThreadPoolExecutor(1, name) for name in ("hashing", "forcing", "returning")
        )
        self._back: list[Future[None]] = []
        self._source, self._found = hashlib.sha256(), hashlib.sha256()
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for threads in (self._hashing, self._forcing, self._returning):
            threads.shutdown(wait=True, cancel_futures=True)
        os.close(self._reading)
        os.close(self._descriptor)

    def write_from(self, source: Path) -> None:
        """Copies the whole source; nothing of it is read again afterwards. Raises OSError."""
        buffers = [memoryview(bytearray(_CHUNK)) for _ in range(2)]
        done = 0
        with source.open("rb", buffering=0) as stream:
            hashed: Future[None] | None = None
            while size := stream.readinto(buffers[0]):
                chunk = buffers[0][:size]
                if hashed is not None:
                    hashed.result()  # the buffer in turn is free again
                hashed = self._hashing.submit(self._source.update, chunk)
                _write(self._descriptor, chunk)
                self._size += size
                buffers.reverse()
                if self._size - done >= _SEGMENT:
                    self._send(done, self._size)
                    done = self._size
            if hashed is not None:
                hashed.result()
        self._send(done, self._size)

    def proven(self) -> Copied:
        """Waits until all was read back; StorageFailure ``read_back`` where the disk gave back anything else."""
        for returned in self._back:
            returned.result()
        size = os.fstat(self._reading).st_size
        if self._found.digest() != self._source.digest() or size != self._size:
            raise _other()
        return Copied(self._size, self._found.hexdigest())

    def _send(self, begin: int, end: int) -> None:
        """What was written of this part goes to the disk, and comes back from there."""
        forced = self._forcing.submit(self._force, begin, end)
        self._back.append(self._returning.submit(self._read_back, forced, begin, end))

    def _force(self, begin: int, end: int) -> None:
        os.fsync(self._descriptor)
        forget(self._reading, begin, end - begin)
        if hasattr(os, "posix_fadvise"):  # the disk reads while the part before it is being hashed
            os.posix_fadvise(self._reading, begin, end - begin, os.POSIX_FADV_WILLNEED)

    def _read_back(self, forced: Future[None], begin: int, end: int) -> None:
        forced.result()
        buffer = memoryview(bytearray(min(_CHUNK, max(1, end - begin))))
        os.lseek(self._reading, begin, os.SEEK_SET)
        while begin < end:
            size = _read_into(self._reading, buffer[: min(len(buffer), end - begin)])
            if not size:
                raise _other()
            self._found.update(buffer[:size])
            begin += size


def _other() -> StorageFailure:
    message = N_(
        "The disk did not give back what was written to it, so the copy was thrown away. Use another disk or stick; "
        "this one may be failing."
    )
    return StorageFailure("read_back", message)


def checksum_from_disk(file: Path) -> str:
    """SHA-256 of a closed file as the disk gives it, whatever the system has of it in memory."""
    found = hashlib.sha256()
    with file.open("rb", buffering=0) as stream:
        forget(stream.fileno(), 0, 0)
        buffer = memoryview(bytearray(_CHUNK))
        while size := stream.readinto(buffer):
            found.update(buffer[:size])
    return found.hexdigest()


def forget(descriptor: int, begin: int, length: int) -> None:
    """Drops what the system keeps in memory of a file that is on the disk; 0 bytes: all of it."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, begin, length, os.POSIX_FADV_DONTNEED)


def _read_into(descriptor: int, buffer: memoryview) -> int:
    if hasattr(os, "readv"):
        return os.readv(descriptor, [buffer])
    content = os.read(descriptor, len(buffer))
    buffer[: len(content)] = content
    return len(content)


def _write(descriptor: int, content: memoryview) -> None:
    """All of it: the system may take less at a time."""
    while content:
        content = content[os.write(descriptor, content) :]
