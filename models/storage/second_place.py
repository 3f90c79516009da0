"""A second place for backups: a stick or another disk. Only what was read back from it counts."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.backup_names import is_named_after, moment_of
from models.storage.failures import failures_named
from models.storage.inspecting import altered
from models.storage.manifest import Manifest, manifest_file, read_manifest, write_manifest
from models.storage.proven_copy import Copied, ProvenCopy, checksum_from_disk
from models.storage.snapshot import flush, flush_folder, put_in_place

MARK = ".cakupan-tempat-kedua"
"""A file that stands in a folder that was chosen: where it is missing, the stick is out or another one is in."""


def choose_second_place(folder: Path) -> None:
    """Makes the folder where needed and marks it; raises StorageFailure where it cannot be written."""
    with failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        mark = folder / MARK
        mark.write_bytes(b"Cakupan\n")
        flush(mark)
        flush_folder(folder)


def is_there(folder: Path) -> bool:
    """Whether the place that was chosen can be reached now."""
    return _disk(folder) is not None


def is_on_same_disk(folder: Path, file: Path) -> bool:
    """Whether a broken disk would take both with it; False where that cannot be told."""
    with contextlib.suppress(OSError):
        return folder.stat().st_dev == file.stat().st_dev
    return False


def copy_to_second_place(backup: Manifest, folder: Path, tell: Tell | None = None) -> Path:
    """Copies a verified backup, reads it back from the stick, and only then gives it its name: it may be pulled out.

    Raises StorageFailure: ``second_missing`` where the place is not there, ``altered`` where the backup is no longer
    what its manifest says, and what the stick says. Nothing that looks like a backup is left then.
    """
    disk = _disk(folder)
    if disk is None:
        raise _missing(folder)
    source = backup.contents.path
    final = folder / backup.file
    part = folder / f"{backup.file}.new"
    try:
        with failures_named(final):
            _sweep(folder, backup)
            if _is_there_already(final, backup):
                return final
            try:
                copied = run_apart(_copy, source, part, tell=tell)
                if copied.checksum != backup.sha256:
                    raise altered(source)
                if _disk(folder) != disk:  # what was copied may lie where the stick was plugged in before
                    raise _pulled_out(folder)
                _name(part, final, backup)
                try:
                    _force_out(folder)
                    if _disk(folder) != disk or final.stat().st_size != backup.size:
                        raise _pulled_out(folder)
                except BaseException:
                    _unname(final)
                    raise
            finally:
                with contextlib.suppress(OSError):  # a stick that is gone keeps what it has; it is swept up next time
                    part.unlink(missing_ok=True)
    except Stopped as error:
        message = N_("The copy of {file} was stopped before it was whole, so it was thrown away. Try again.")
        raise StorageFailure("copy_stopped", message, file=backup.file) from error
    except StorageFailure as failure:
        if failure.code in ("altered", "read_back", "disk_full") or _disk(folder) == disk:
            raise
        raise _pulled_out(folder) from failure
    return final


def _disk(folder: Path) -> int | None:
    """Which disk the place is on; None where it is not there."""
    try:
        return (folder / MARK).stat().st_dev
    except OSError:
        return None


def _name(part: Path, final: Path, backup: Manifest) -> None:
    """The manifest first: without its backup it looks like none."""
    write_manifest(final, replace(backup, contents=replace(backup.contents, path=final)))
    try:
        put_in_place(part, final)
    except BaseException:
        with contextlib.suppress(OSError):
            manifest_file(final).unlink(missing_ok=True)
        raise


def _unname(final: Path) -> None:
    """Takes back what did not get to the stick; where the stick is gone, nothing is there to be taken back."""
    for path in (final, manifest_file(final)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _copy(tell: Tell, source: Path, part: Path) -> Copied:
    """In a process of its own, which can be stopped even while a stick does not answer."""
    tell("second")
    with ProvenCopy(part) as copy:
        copy.write_from(source)
        return copy.proven()


def _is_there_already(final: Path, backup: Manifest) -> bool:
    """Whether the same backup stands there, as it is read from the stick."""
    known = read_manifest(final)
    return (
        known is not None
        and known.sha256 == backup.sha256
        and final.is_file()
        and checksum_from_disk(final) == backup.sha256
    )


def _sweep(folder: Path, backup: Manifest) -> None:
    """Takes away what copies of this register that were cut off more than a day ago left on the stick."""
    stem = backup.file.partition(f"-{backup.made_at:%Y%m%d-%H%M%S}")[0]
    for part in folder.glob("*.db.new*"):
        begun = moment_of(Path(part.name.partition(".new")[0]))
        is_old = begun is not None and begun < backup.made_at - timedelta(days=1)
        if begun is not None and is_old and is_named_after(part, Path(f"{stem}.db"), begun):
            with contextlib.suppress(OSError):
                part.unlink()


def _force_out(folder: Path) -> None:
    """All that the system still holds for this disk, its table of files too, so that it may be pulled out."""
    flush_folder(folder)
    if sys.platform == "linux":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(AttributeError):  # a system library without it
                if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
                    number = ctypes.get_errno()
                    raise OSError(number, os.strerror(number))
        finally:
            os.close(descriptor)


def _missing(folder: Path) -> StorageFailure:
    message = N_(
        "The second place {folder} is not there; perhaps the stick is not plugged in, or it is another one. The "
        "backup on this computer is made and whole. Plug the stick in and copy again, or choose another place."
    )
    return StorageFailure("second_missing", message, folder=str(folder))


def _pulled_out(folder: Path) -> StorageFailure:
    message = N_(
        "The second place {folder} went away while the backup was being copied to it, so there is no copy there. "
        "The backup on this computer is made and whole. Plug the stick in and copy again."
    )
    return StorageFailure("second_lost", message, folder=str(folder))
