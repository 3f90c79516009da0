"""A new file takes the place of an old one, whose content is overwritten where nobody may read it any more."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from models.storage.beside import real_place
from models.storage.snapshot import flush, flush_folder, put_in_place

_BLOCK = 1 << 20


def sweep(file: Path) -> None:
    """Takes away what a replacing that was killed left beside a file; only for who holds the file's lock."""
    file = real_place(file)
    remove_part(part_of(file))
    aside = aside_of(file)
    with contextlib.suppress(OSError):
        if aside.exists() and file.exists():
            if aside.samefile(file):
                aside.unlink()
            else:
                erase(aside)


def put_new_in_place(part: Path, file: Path) -> None:
    """Flushes a finished file and gives it the name; OSError means that the old one still has it."""
    flush(part)
    try:
        put_in_place(part, file)
    except OSError:
        if part.exists():  # otherwise the new file has its name, and the disk only did not say that it kept it
            raise


def set_aside(file: Path) -> Path | None:
    """Gives the file a second name, so that its content can be overwritten once the first one means the new file.

    None where the disk knows no second names.
    """
    journal_of(file).unlink(missing_ok=True)
    aside = aside_of(file)
    try:
        aside.unlink(missing_ok=True)
        os.link(file, aside)
    except OSError:  # a disk that knows no second names, as a stick
        return None
    return aside


def erase(path: Path) -> bool:
    """Overwrites a file and takes it away; one that has a further name elsewhere only loses this one.

    True where it was overwritten.
    """
    is_erased = False
    with contextlib.suppress(OSError):
        flush_folder(path.parent)  # what took its place must be on the disk before this content goes
        with path.open("rb+") as stream:
            status = os.fstat(stream.fileno())
            if status.st_nlink == 1:
                for at in range(0, status.st_size, _BLOCK):
                    stream.write(bytes(min(_BLOCK, status.st_size - at)))
                stream.flush()
                os.fsync(stream.fileno())
                is_erased = True
    with contextlib.suppress(OSError):
        path.unlink()
        flush_folder(path.parent)
    return is_erased


def part_of(file: Path) -> Path:
    """Where the new file is written."""
    return file.with_name(f".{file.name}.sandi")


def aside_of(file: Path) -> Path:
    """A second name of the old file, until it is overwritten."""
    return file.with_name(f".{file.name}.lama")


def journal_of(file: Path) -> Path:
    """SQLite's own file beside it."""
    return file.with_name(file.name + "-journal")


def remove_part(part: Path) -> None:
    """Takes an unfinished file away, with its journal."""
    for path in (part, journal_of(part)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
