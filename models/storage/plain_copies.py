"""Copies of a file that anybody can read: found, made again with a key, or overwritten."""

from __future__ import annotations

import contextlib
import glob
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from models.storage.backup import describe
from models.storage.backup_names import moment_of
from models.storage.driver import connect
from models.storage.exporting import export, prove
from models.storage.failures import failures_named
from models.storage.form import require_ours
from models.storage.inspecting import contents_of
from models.storage.keys import Key
from models.storage.manifest import Why, manifest_file, read_manifest, write_manifest
from models.storage.migrations import APPLICATION_ID
from models.storage.proven_copy import Copied, checksum_from_disk
from models.storage.replacing import aside_of, erase, part_of, put_new_in_place, remove_part, set_aside, sweep
from models.storage.snapshot import checksum_file

_PLAIN, _HEAD, _APPLICATION = b"SQLite format 3\x00", 100, 68
"""How a plain file begins, how long its head is, and where the application id stands in it."""


def open_copies(file: Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """The copies of a file in these folders that anybody can read, whatever they are there for; by name."""
    found = []
    for folder in dict.fromkeys(folders):
        with contextlib.suppress(OSError):  # a stick that was pulled out holds nothing just now
            for left in folder.glob(f".{glob.escape(file.stem)}*.lama"):  # by a protecting that was killed
                sweep(left.with_name(left.name.removeprefix(".").removesuffix(".lama")))
            found += [path for path in folder.iterdir() if path.name.startswith(file.stem) and _is_open_to_all(path)]
    return tuple(sorted(path for path in found if path.resolve() != file.resolve()))


def protect_copy(copy: Path, key: Key, now: datetime) -> None:
    """Makes a copy that anybody can read (a backup) into one that `key` opens: the same records, the same name.

    Raises StorageFailure in words; the copy is then as it was.
    """
    part = part_of(copy)
    with failures_named(copy):
        manifest = read_manifest(copy)
        try:
            with contextlib.closing(connect(copy)) as plain:
                require_ours(copy, plain)
                held = export(plain, part, key, lambda stage, written, of: None, copy.stat().st_size)
            prove(copy, part, key, held, entries=0)
            aside = set_aside(copy)
            manifest_file(copy).unlink(missing_ok=True)  # with the sum of the old bytes it would call the new altered
            put_new_in_place(part, copy)
        except BaseException:
            remove_part(part)
            aside_of(copy).unlink(missing_ok=True)
            if manifest is not None and not manifest_file(copy).exists():
                write_manifest(copy, manifest)
            raise
        if aside is not None:
            erase(aside)
        checksum_file(copy).unlink(missing_ok=True)
        copied = Copied(copy.stat().st_size, checksum_from_disk(copy))
        made_at = moment_of(copy) or now if manifest is None else manifest.made_at
        why = Why.BY_HAND if manifest is None else manifest.why
        describe(copy, contents_of(copy, key), copied, made_at, why, key, checked_at=now)


def erase_copy(copy: Path) -> None:
    """Overwrites and removes a copy with what lies beside it; raises StorageFailure where it stays."""
    with failures_named(copy):
        erase(copy)
        copy.unlink(missing_ok=True)
    remove_with_companions(copy)


def remove_with_companions(copy: Path) -> None:
    """Takes a copy away with its manifest and its checksum."""
    for path in (copy, manifest_file(copy), checksum_file(copy)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _is_open_to_all(path: Path) -> bool:
    """Whether it is one of our files without a passphrase, or the beginning of one."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head.startswith(_PLAIN) and head[_APPLICATION : _APPLICATION + 4] == APPLICATION_ID.to_bytes(4, "big")
