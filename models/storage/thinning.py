"""Which backups are kept: all of today and yesterday, then the newest of each day, week and month; the rest goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from models.storage.backup_names import backups_in
from models.storage.failures import failures_named
from models.storage.manifest import Manifest, Why, manifest_file, read_manifest

_BEING_MADE = timedelta(days=1)
"""A manifest without its backup that is younger may be one whose backup gets its name just now."""
YOUNG = timedelta(days=30)
"""So long a backup stays that was made before an update, an import, a restore or another passphrase."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months with a backup are kept, beside today and yesterday."""

    daily: int = 12
    weekly: int = 10
    monthly: int = 9


def obsolete(backups: Iterable[Manifest], now: datetime, keep: Keep) -> tuple[Manifest, ...]:
    """The backups of one register that may go, oldest last; whoever calls it gives no other register's.

    Never the newest verified one, none made by hand, none of the last 30 days before an update, an import, a
    restore or another passphrase, none dated in the future (a wrong clock). Asked again after they went, it names no
    further one.
    """
    past = sorted(
        (one for one in backups if one.made_at <= now), key=lambda one: (one.made_at, one.file), reverse=True
    )
    newest = next((one for one in past if one.verified_at is not None), None)
    days, weeks, months = _Counted(keep.daily), _Counted(keep.weekly), _Counted(keep.monthly)
    gone = []
    for one in past:
        day = one.made_at.date()
        periods = ((days, day), (weeks, _week(day)), (months, day.replace(day=1)))
        is_fresh = day >= now.date() - timedelta(days=1)
        if is_fresh or any(counted.takes(key) for counted, key in periods):
            for counted, key in periods:
                counted.has(key)
        elif one is not newest and not _stays(one, now):
            gone.append(one)
    return tuple(gone)


def thin(folder: Path, origin: bytes, now: datetime, keep: Keep) -> tuple[Path, ...]:
    """Removes the backups of the register of this `origin` that may go, and what a removal that was killed left.

    What has no manifest of ours stays. Raises StorageFailure where the disk refuses; it can simply be repeated.
    """
    with failures_named(folder):
        manifests = [read_manifest(path) for path in backups_in(folder)]
        ours = [one for one in manifests if one is not None and origin and one.contents.origin == origin]
        gone = tuple(one.contents.path for one in obsolete(ours, now, keep))
        for backup in gone:
            remove_backup(backup)
        _sweep(folder, origin, now)
    return gone


def remove_backup(backup: Path) -> None:
    """Removes a backup and then its manifest. Killed in between, what is left looks like no backup, and the next
    thinning takes it away. Raises OSError."""
    backup.unlink(missing_ok=True)
    manifest_file(backup).unlink(missing_ok=True)


def _sweep(folder: Path, origin: bytes, now: datetime) -> None:
    """Manifests of this register whose backup is gone: the second half of a removal."""
    for beside in folder.glob("*.db.json"):
        backup = beside.with_name(beside.name.removesuffix(".json"))
        manifest = None if backup.exists() else read_manifest(backup)
        is_ours = manifest is not None and bool(origin) and manifest.contents.origin == origin
        if manifest is not None and is_ours and manifest.made_at < now - _BEING_MADE:
            beside.unlink(missing_ok=True)


class _Counted:
    """Days, weeks or months of which one backup each is kept, newest first, until there are enough of them."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._last: date | None = None

    def takes(self, key: date) -> bool:
        """Whether this one is kept for its day, week or month."""
        if self._left <= 0 or (self._last is not None and key >= self._last):
            return False
        self._left -= 1
        self._last = key
        return True

    def has(self, key: date) -> None:
        """A backup of it is kept anyway."""
        if self._last is None or key < self._last:
            self._last = key


def _week(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


def _stays(one: Manifest, now: datetime) -> bool:
    if one.why is Why.BY_HAND:
        return True
    return one.why not in (Why.HOURLY, Why.CLOSING) and one.made_at > now - YOUNG
