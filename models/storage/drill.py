"""Trying a backup before it is needed: restored into a temporary file, checked to the last page, compared."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.audit_chain import breaks_in
from models.storage.contents import Contents
from models.storage.driver import connect
from models.storage.failures import failures_named
from models.storage.inspecting import altered, check_whole, contents_of
from models.storage.keys import Key
from models.storage.manifest import Manifest, write_manifest
from models.storage.proven_copy import ProvenCopy, checksum_from_disk


@dataclass(frozen=True, slots=True)
class DrillReport:
    """A backup that could be restored."""

    backup: Path
    contents: Contents
    tried_at: datetime


def drill(
    backup: Manifest, now: datetime, tell: Tell | None = None, *, key: Key | None = None, is_gentle: bool = False
) -> DrillReport:
    """Restores a backup into a temporary file beside it, checks every page, reference and audit row, compares every
    table's rows and the end of the audit trail with the manifest, and removes the file again.

    That the trail is a beginning of the open register's is for `Backups.goes_on_from` to say. Raises StorageFailure.
    """
    path = backup.contents.path
    part = path.with_name(f"{path.name}.new-uji")
    with failures_named(path):
        try:
            with _distrusted(backup):
                held = _apart(_restore, path, part, backup, key, tell=tell, is_gentle=is_gentle)
        finally:
            part.unlink(missing_ok=True)
        write_manifest(path, replace(backup, verified_at=now, checked_at=now))
    return DrillReport(path, replace(held, path=path), now)


def check_pages(
    backup: Manifest, now: datetime, tell: Tell | None = None, *, key: Key | None = None, is_gentle: bool = False
) -> Manifest:
    """Checks every page, index and reference of a backup in its place; its manifest says so from then on.

    What a large backup is spared when it is made. Raises StorageFailure.
    """
    path = backup.contents.path
    with failures_named(path):
        with _distrusted(backup):
            _apart(_check, path, backup, key, tell=tell, is_gentle=is_gentle)
        checked = replace(backup, checked_at=now)
        write_manifest(path, checked)
    return checked


@contextlib.contextmanager
def _distrusted(backup: Manifest) -> Iterator[None]:
    """A backup that is found bad counts as a verified one no longer: its manifest says so."""
    try:
        yield
    except StorageFailure as failure:
        if failure.code in ("altered", "damaged_copy", "drill_differs"):
            write_manifest(backup.contents.path, replace(backup, verified_at=None, checked_at=None))
        raise


def _apart(work: object, path: Path, *arguments: object, tell: Tell | None, is_gentle: bool) -> Contents:
    try:
        return run_apart(work, path, *arguments, tell=tell, is_gentle=is_gentle)  # type: ignore[arg-type]
    except Stopped as error:
        message = N_("The check of {file} was stopped before it was done. Nothing was changed. Try again.")
        raise StorageFailure("check_stopped", message, file=path.name) from error


def _restore(tell: Tell, path: Path, part: Path, backup: Manifest, key: Key | None) -> Contents:
    tell("copy")
    with ProvenCopy(part) as copy:
        copy.write_from(path)
        copied = copy.proven()
    if copied.checksum != backup.sha256:
        raise altered(path)
    return _proven(tell, part, path, backup, key)


def _check(tell: Tell, path: Path, backup: Manifest, key: Key | None) -> Contents:
    tell("check")
    if checksum_from_disk(path) != backup.sha256:
        raise altered(path)
    return _proven(tell, path, path, backup, key)


def _proven(tell: Tell, file: Path, path: Path, backup: Manifest, key: Key | None) -> Contents:
    """What the file holds, after it was found to be what the manifest says."""
    key = key if backup.is_encrypted else None
    tell("pages")
    with failures_named(path):
        check_whole(file, key)
        if backup.contents.head is not None:
            with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
                broken = next(breaks_in(connection), None)
            if broken is not None:
                raise _differs(path)
        tell("count")
        held = contents_of(file, key)
    if held.rows != backup.contents.rows or held.head != backup.contents.head:
        raise _differs(path)
    return held


def _differs(path: Path) -> StorageFailure:
    message = N_(
        "The backup {file} does not hold what it held when it was made. Make a new one now, and keep this one for "
        "whoever finds out why."
    )
    return StorageFailure("drill_differs", message, file=path.name)
