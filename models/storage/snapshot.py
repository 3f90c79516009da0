"""A whole copy of a file that may be open: one step of SQLite's online backup, then flushed and renamed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from models.storage.driver import connect


def snapshot(source: Path, copy: Path) -> None:
    """Writes the file as it is at this moment to `copy`, whole or not at all.

    One step: with steps, a clerk who goes on saving would restart the copy again and again. Raises driver and system
    errors as they are; a part-written copy is removed.
    """
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    try:
        reading = connect(source, read_only=True)
        try:
            writing = connect(part)
            try:
                writing.execute("PRAGMA journal_mode=OFF").fetchall()
                writing.execute("PRAGMA synchronous=OFF")
                writing.execute("PRAGMA cache_spill=ON")  # or the whole copy stays in memory until its end
                reading.backup(writing, pages=-1)
            finally:
                writing.close()
        finally:
            reading.close()
        flush(part)
        part.replace(copy)
        flush_folder(copy.parent)
    finally:
        part.unlink(missing_ok=True)


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


def write_checksum(file: Path) -> str:
    """Writes the checksum beside the file, in the form that ``sha256sum -c`` reads, and returns it."""
    digest = checksum_of(file)
    beside = checksum_file(file)
    part = beside.with_name(beside.name + ".part")
    part.write_bytes(digest.encode() + b"  " + os.fsencode(file.name) + b"\n")
    flush(part)
    part.replace(beside)
    return digest
