"""Checking a file while somebody works with it: on a copy, in a process of its own that gives way to all else."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from models import language
from models.language import N_
from models.problems import StorageFailure
from models.storage.anchors import Anchor
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.check import CheckReport, check_file, require_there
from models.storage.driver import roll_back_leftover
from models.storage.failures import failures_named
from models.storage.keys import Key
from models.storage.snapshot import copy_bytes

_NO_PATTERN = str.maketrans(dict.fromkeys("*?[]", "_"))


def check_apart(
    file: Path, key: Key | None = None, anchors: Sequence[Anchor] = (), *, tell: Tell | None = None
) -> CheckReport:
    """`check_file` for a file that is in use: saving waits only while its bytes are copied.

    In a folder where nobody may write, the file itself is read. `tell` hears ``copy`` and ``check``; what it raises
    stops the check. Raises StorageFailure when the file cannot be read, or the disk has no room for the copy.
    """
    require_there(file)
    with failures_named(file):
        try:
            return run_apart(_check, file, key, tuple(anchors), language.in_use(), tell=tell, is_gentle=True)
        except Stopped as error:
            message = N_("The check of {file} was stopped before it was done. Nothing was changed. Try again.")
            raise StorageFailure("check_stopped", message, file=file.name) from error
        finally:
            for folder in file.parent.glob(f"{_prefix(file)}*"):
                shutil.rmtree(folder, ignore_errors=True)


def _check(tell: Tell, file: Path, key: Key | None, anchors: tuple[Anchor, ...], words: str) -> CheckReport:
    """In the process of its own."""
    language.use(words)
    try:
        room = tempfile.TemporaryDirectory(prefix=_prefix(file), dir=file.parent)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        tell("check")
        return check_file(file, key, anchors)
    with room as folder:
        copy = Path(folder) / file.name
        tell("copy")
        roll_back_leftover(file, key)
        copy_bytes(file, copy, key)
        tell("check")
        return check_file(copy, key, anchors)


def _prefix(file: Path) -> str:
    return f".{file.stem}-periksa-".translate(_NO_PATTERN)
