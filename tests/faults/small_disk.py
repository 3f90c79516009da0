"""A disk that is nearly full: a small file system of this process alone, where the system lets it have one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW_USER, _NEW_MOUNTS = 0x10000000, 0x00020000


def mount_small_disk(folder: Path, kilobytes: int) -> None:
    """Only in a process that is thrown away afterwards; nobody else sees it. Raises OSError where it may not be."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    _do(libc.unshare(_NEW_USER | _NEW_MOUNTS))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _do(libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={kilobytes}k".encode()))


def _do(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@contextmanager
def only_left(folder: Path, kilobytes: int) -> Iterator[None]:
    """Inside, so much room is left on the disk of the folder."""
    filler = folder / ".penuh"
    free = os.statvfs(folder)
    with filler.open("wb") as stream:
        stream.write(bytes(max(0, free.f_bavail * free.f_frsize - kilobytes * 1024)))
    try:
        yield
    finally:
        filler.unlink()


def why_not_here() -> str:
    """Why there can be no such disk on this system; whether it may be is known when it is tried."""
    return "" if sys.platform == "linux" else "needs the mounts of Linux"
