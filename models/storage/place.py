"""Where a register may lie while it is written: on a disk of this computer that stays where it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.beside import real_place
from models.storage.disks import Disk, System, disk_of, this_system
from models.storage.driver import roll_back_leftover
from models.storage.failures import failures_named
from models.storage.keys import Key, is_encrypted
from models.storage.lock import WriterLock
from models.storage.snapshot import flush, put_in_place, snapshot
from models.storage.synced_folders import synced_by

_SENTENCES = {
    ("on_share", True): N_(
        "{file} lies on a network drive. There two computers could write it at the same moment, and a connection that "
        "breaks would leave a torn file, so it was not opened. Nothing was changed. Copy it to this computer's own "
        "disk, for instance into a folder Cakupan in your home folder, and open it there. Backups may go to the "
        "network drive."
    ),
    ("on_share", False): N_(
        "{file} was not made, for it would lie on a network drive. There two computers could write it at the same "
        "moment, and a connection that breaks would leave a torn file. Choose a place on this computer's own disk, "
        "for instance a folder Cakupan in your home folder. Backups may go to the network drive."
    ),
    ("in_cloud", True): N_(
        "{file} lies in a folder that {service} copies to other computers. It would copy the file in the middle of a "
        "save, or put an older copy from elsewhere over it, so it was not opened. Nothing was changed. Copy it to a "
        "folder that stays on this computer, for instance a folder Cakupan in your home folder, and open it there."
    ),
    ("in_cloud", False): N_(
        "{file} was not made, for it would lie in a folder that {service} copies to other computers. It would copy the "
        "file in the middle of a save, or put an older copy from elsewhere over it. Choose a folder that stays on this "
        "computer, for instance a folder Cakupan in your home folder."
    ),
    ("on_stick", True): N_(
        "{file} lies on a stick, a card or another disk that can be pulled out. Pulled out in the middle of a save it "
        "would leave a torn file, and carried to another office it would soon be two registers, so it was not opened. "
        "Nothing was changed. Copy it to this computer's own disk, for instance into a folder Cakupan in your home "
        "folder, and open it there. Backups may go to the stick."
    ),
    ("on_stick", False): N_(
        "{file} was not made, for it would lie on a stick, a card or another disk that can be pulled out. Pulled out "
        "in the middle of a save it would leave a torn file. Choose a place on this computer's own disk, for instance "
        "a folder Cakupan in your home folder. Backups may go to the stick."
    ),
}
"""By the reason and whether the file exists."""
ELSEWHERE = ("on_share", "in_cloud", "on_stick")
"""Codes of the failures that `require_fixed_disk` raises: the file is good, only its place is not."""


def require_fixed_disk(path: Path, system: System | None = None) -> None:
    """Raises StorageFailure, with the way out, where a register that is about to be written must not lie.

    That is a network share, a folder that is copied to the internet, a stick. A file that may only be read there
    passes, for it will be opened for reading. `system` is what another operating system than this one says.
    """
    place = real_place(path)
    if not _may_be_written(place):
        return
    asked = system or this_system()
    disk = disk_of(place, asked)
    service = synced_by(place, asked.environment) or ("Google Drive" if disk is Disk.GOOGLE_DRIVE else None)
    reason = "in_cloud" if service else {Disk.SHARE: "on_share", Disk.STICK: "on_stick"}.get(disk)
    if reason is not None:
        raise StorageFailure(reason, _SENTENCES[reason, place.exists()], file=path.name, service=service)


def copy_into(folder: Path, file: Path, key: Key | None = None) -> Path:
    """A whole copy of a register that no program has open, in another folder; returns its path.

    It keeps its name, with a number where there is such a file already: nothing is written over. An encrypted file
    needs no key for it. Raises StorageFailure in words, also where the folder is no place for a register either.
    """
    require_fixed_disk(folder / file.name)
    lock = WriterLock(file)
    lock.acquire()  # or it may only be read, and nobody writes it
    try:
        with failures_named(folder):
            folder.mkdir(parents=True, exist_ok=True)
            copy = _free_name(folder / file.name)
        with failures_named(file):
            if key is None and is_encrypted(file):
                _copy_with_journal(file, copy)
            else:
                roll_back_leftover(file, key)
                snapshot(file, copy, key)
    finally:
        lock.withdraw()
    return copy


def _copy_with_journal(file: Path, copy: Path) -> None:
    """What a killed program left half written is taken back when the copy is opened with its key."""
    part = copy.with_name(copy.name + ".part")
    try:
        for ending in ("-journal", ""):  # the journal first, for without it the copy would be torn
            source = file.with_name(file.name + ending)
            if source.exists():
                shutil.copyfile(source, part)
                flush(part)
                put_in_place(part, copy.with_name(copy.name + ending))
    except BaseException:
        copy.with_name(copy.name + "-journal").unlink(missing_ok=True)
        raise
    finally:
        part.unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    """The path, or the path with a number where something has this name, be it only a journal that was left behind."""
    number, free = 2, path
    while free.exists() or free.with_name(free.name + "-journal").exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def _may_be_written(place: Path) -> bool:
    """Whether this person may; Windows knows of a read-only disk only through `disk_of`."""
    if place.exists():
        return os.access(place, os.W_OK) and os.access(place.parent, os.W_OK)
    folder = next((above for above in place.parents if above.exists()), place.parent)
    return os.access(folder, os.W_OK)
