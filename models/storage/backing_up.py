"""The whole of a backup: made and proven, carried to the second place, and the old ones thinned."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.offices.office import OfficeSettings
from models.problems import StorageFailure
from models.storage.backup import BackupReport, Progress, make_backup
from models.storage.keys import Key
from models.storage.manifest import Manifest, Why
from models.storage.second_place import copy_to_second_place
from models.storage.thinning import Keep, thin

ROOM = 200_000_000
"""Bytes that a backup made by itself leaves free for the register."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the backups of a register go, and how many stay."""

    folder: Path
    second: Path | None = None
    """A stick or another disk; None where none was chosen."""
    keep: Keep | None = field(default_factory=Keep)
    """None: all of them."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A verified backup, and what became of its copy."""

    report: BackupReport
    second: Path | None
    """The copy in the second place; once there is one, the stick may be pulled out."""
    trouble: StorageFailure | None
    """Why there is no copy in the second place."""

    @property
    def manifest(self) -> Manifest:
        return self.report.manifest


def keep_of(settings: OfficeSettings) -> Keep:
    """How many backups the office keeps."""
    return Keep(settings.keep_daily, settings.keep_weekly, settings.keep_monthly)


def back_up(
    file: Path,
    places: Places,
    now: datetime,
    progress: Progress | None = None,
    *,
    key: Key | None = None,
    why: Why = Why.BY_HAND,
    is_gentle: bool = False,
) -> BackedUp:
    """Makes a verified backup; what goes wrong afterwards, with the stick or an old backup, makes it no worse.

    Raises StorageFailure where no backup could be made. One that is made by itself is refused where it would leave the
    register too little room on its own disk: ``little_room``.
    """
    if why in (Why.HOURLY, Why.CLOSING):
        _require_room(file, places.folder)
    report = make_backup(file, places.folder, now, progress, key=key, why=why, is_gentle=is_gentle)
    second, trouble = None, None
    if places.second is not None:
        try:
            second = _carry_on(report.manifest, places.second, progress)
        except StorageFailure as failure:
            trouble = failure
    if places.keep is not None:
        for folder in (places.folder, *([second.parent] if second is not None else [])):
            with contextlib.suppress(StorageFailure):  # an old backup that stays does no harm; the next time it goes
                thin(folder, report.contents.origin, now, places.keep)
    return BackedUp(report, second, trouble)


def _require_room(file: Path, folder: Path) -> None:
    """A backup that nobody asked for must not be what keeps the next save from the disk."""
    with contextlib.suppress(OSError):  # what is wrong with the folder or the file is said when it is used
        place = folder if folder.is_dir() else file.parent
        size = file.stat().st_size
        if place.stat().st_dev == file.stat().st_dev and shutil.disk_usage(place).free < size + ROOM:
            message = N_(
                "The disk has too little room left for a backup ({size} MB). Delete files that are no longer needed, "
                "or choose a folder for backups on another disk (Data)."
            )
            raise StorageFailure("little_room", message, size=max(1, size // 1_000_000))


def _carry_on(backup: Manifest, second: Path, progress: Progress | None) -> Path:
    """The copy in the second place; whoever stops it now still has the backup, and is told so."""
    stopped: list[BaseException] = []

    def tell(stage: str) -> None:
        try:
            if progress is not None:
                progress(stage)
        except BaseException as error:
            stopped.append(error)
            raise

    try:
        return copy_to_second_place(backup, second, tell)
    except BaseException as error:
        if error not in stopped:
            raise
        message = N_(
            "The copying to {folder} was stopped, so there is no copy there. The backup on this computer is made and "
            "whole."
        )
        raise StorageFailure("second_stopped", message, folder=str(second)) from error
