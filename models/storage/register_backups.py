"""The backups of the open register: which there are, what the newest one lacks, which may go."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.problems import StorageFailure
from models.storage.audit_chain import Head, head_at
from models.storage.backup_names import backups_in
from models.storage.failures import failures_named
from models.storage.manifest import Manifest, manifest_file, read_manifest
from models.storage.opening import OpenFile

_NOTHING_SAVED = (
    "check", "log_in", "log_in_refused", "log_out", "show", "print", "export", "drill", "recovery_sheet_printed",
    "recovery_sheet_used",
)  # fmt: skip
"""Actions of audit rows that leave every record as it is."""
_IS_SAVE = "id > ? AND save > 1 AND action NOT IN ({})".format(", ".join(f"'{action}'" for action in _NOTHING_SAVED))


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest verified backup of the open register."""

    made_at: datetime
    head: Head
    """The end of the audit trail as it was then."""
    path: Path | None = None
    """None where it is only remembered, for instance while the stick is out."""

    @property
    def text(self) -> str:
        """To be remembered."""
        return f"{self.made_at.isoformat(timespec='seconds')} {self.head.entries} {self.head.hash.hex()}"

    @staticmethod
    def from_text(text: str) -> LastBackup | None:
        """What was remembered; None for anything else."""
        try:
            moment, entries, hashed = text.split(" ")
            return LastBackup(datetime.fromisoformat(moment), Head(int(entries), bytes.fromhex(hashed)))
        except ValueError:
            return None


class Backups:
    """What the open register knows of its backups by their manifests; none of them is opened for it."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._read: dict[Path, tuple[int, Manifest | None]] = {}

    def found(self, folder: Path) -> tuple[Manifest, ...]:
        """The backups of this register in a folder, newest first: those whose audit trail begins as ours does, be they
        of a time that a restore has undone. Raises StorageFailure where the folder cannot be read."""
        origin = self.origin
        manifests = [self.manifest_of(path) for path in backups_in(folder)]
        ours = [one for one in manifests if one is not None and one.contents.origin == origin and origin]
        return tuple(sorted(ours, key=lambda one: (one.made_at, one.file), reverse=True))

    def manifest_of(self, backup: Path) -> Manifest | None:
        """What stands beside a backup, read once as long as it is not written again. Raises StorageFailure."""
        beside = manifest_file(backup)
        with failures_named(backup):
            try:
                written = beside.stat().st_mtime_ns
            except FileNotFoundError:
                return None
            known = self._read.get(backup)
            if known is None or known[0] != written:
                known = self._read[backup] = (written, read_manifest(backup))
        return known[1]

    def last(self, folders: Iterable[Path], now: datetime) -> LastBackup | None:
        """The newest verified backup whose trail ours goes on from; one dated in the future (a wrong clock) does not
        count, and a folder that cannot be read (a stick that was pulled out) tells nothing."""
        best: LastBackup | None = None
        for folder in folders:
            with contextlib.suppress(StorageFailure):
                one = self.newest(folder, now)
                head = None if one is None else one.contents.head
                if one is not None and head is not None and (best is None or one.made_at > best.made_at):
                    best = LastBackup(one.made_at, head, one.contents.path)
        return best

    def newest(self, folder: Path, now: datetime) -> Manifest | None:
        """The same for one folder, which must be readable; raises StorageFailure."""
        for one in self.found(folder):
            head = one.contents.head
            if one.made_at > now or one.verified_at is None or head is None:
                continue
            if self.goes_on_from(head):
                return one
        return None

    def goes_on_from(self, head: Head) -> bool:
        """Whether our audit trail once ended like this."""
        if not head.entries:
            return True
        with failures_named(self._file.path):
            then = head_at(self._file.connection, head.entries)
        return then is not None and then.hash == head.hash

    def saves_since(self, last: LastBackup | None) -> int:
        """How many saves the backup lacks; the making of the register itself is none, nor is logging in, looking or
        printing. None: since the register was made."""
        entries = 0 if last is None else last.head.entries
        found = self._file.row(f"SELECT count(DISTINCT save) FROM audit WHERE {_IS_SAVE}", (entries,))
        return int(found[0]) if found else 0

    def is_behind(self, last: LastBackup | None) -> bool:
        """Whether the backup lacks any save; does not count them, so it is quick after a long import too."""
        entries = 0 if last is None else last.head.entries
        return self._file.row(f"SELECT 1 FROM audit WHERE {_IS_SAVE} LIMIT 1", (entries,)) is not None

    def last_drill_at(self) -> datetime | None:
        """When a backup was last restored for a trial and found good."""
        found = self._file.row(
            "SELECT at FROM audit WHERE kind = 'backup' AND record = 0 AND action = 'drill' ORDER BY id DESC LIMIT 1"
        )
        return datetime.fromisoformat(found[0]) if found else None

    def record_drill(self, backup: Path) -> None:
        """Writes down that a backup was restored for a trial and found good; that needs no right."""
        with self._file.change(before_login=True) as change:
            change.record("drill", "backup", 0, [("file", None, backup.name)])

    @property
    def origin(self) -> bytes:
        """The seal of the first audit row, by which the manifests of this register are known."""
        with failures_named(self._file.path):
            first = head_at(self._file.connection, 1)
        return b"" if first is None else first.hash
