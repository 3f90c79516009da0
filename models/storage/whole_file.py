"""A file that is either whole and on the disk, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.storage.failures import failures_named
from models.storage.snapshot import put_in_place


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream into a part file beside `path`, which takes its place when the block ends; any error leaves nothing.

    What stood at `path` before stays until then. Raises StorageFailure for a full disk, a folder that cannot be
    written, a file that another program holds.
    """
    part = path.with_name(path.name + ".part")
    with failures_named(path):
        stream = part.open("wb")
        try:
            yield stream
            force_out(stream)
            stream.close()
            put_in_place(part, path)
        except BaseException:
            with suppress(OSError):
                stream.close()
            part.unlink(missing_ok=True)
            raise


def force_out(stream: BinaryIO) -> None:
    """What was written so far is on the disk, or OSError says that it does not fit."""
    stream.flush()
    os.fsync(stream.fileno())
