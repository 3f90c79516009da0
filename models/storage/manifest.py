"""What stands beside each backup: what it holds, whose it is, and by what it is known again, without opening it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from models import VERSION
from models.language import N_
from models.storage.anchors import Anchor
from models.storage.audit_chain import Head
from models.storage.contents import Contents
from models.storage.keys import Key
from models.storage.snapshot import flush, put_in_place

_KIND = "cakupan backup"
_MOST = 1_000_000
"""Bytes of the longest manifest that is read; ours have some two thousand."""


class Why(StrEnum):
    """Why a backup was made."""

    BY_HAND = "by_hand"
    CLOSING = "closing"
    HOURLY = "hourly"
    MIGRATION = "migration"
    IMPORT = "import"
    RESTORE = "restore"
    PASSPHRASE = "passphrase"

    @property
    def label(self) -> str:
        """English message id."""
        return _LABELS[self]


_LABELS = {
    Why.BY_HAND: N_("by hand"),
    Why.CLOSING: N_("on closing"),
    Why.HOURLY: N_("by itself, every few hours"),
    Why.MIGRATION: N_("before an update"),
    Why.IMPORT: N_("before an import"),
    Why.RESTORE: N_("before a restore"),
    Why.PASSPHRASE: N_("before another passphrase"),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of one backup; nothing in it is personal."""

    file: str
    """Name of the backup."""
    made_at: datetime
    why: Why
    size: int
    """Bytes."""
    sha256: str
    contents: Contents
    verified_at: datetime | None
    """When the bytes were read back and compared; None for a copy of a file that was damaged already."""
    checked_at: datetime | None = None
    """When every page, index and reference in it was last found good."""
    salt: bytes = b""
    """The first bytes of an encrypted backup; empty for one that is not."""
    key_check: str = ""
    """Tells whether a passphrase is the right one even where the backup is damaged (`Key.check`)."""
    version: str = VERSION
    """Of the program that made it."""

    @property
    def is_encrypted(self) -> bool:
        return bool(self.salt)

    @property
    def anchor(self) -> Anchor | None:
        """What it knows of the audit trail of its register."""
        head = self.contents.head
        return None if head is None else Anchor(head.entries, head.hash, self.file, self.made_at)

    def fits(self, key: Key) -> bool:
        """Whether this is the key of the backup, without opening it."""
        return self.key_check == key.check


def manifest_file(backup: Path) -> Path:
    """Where the manifest of a backup is kept."""
    return backup.with_name(backup.name + ".json")


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Writes the manifest beside the backup, whole or not at all; raises OSError."""
    beside = manifest_file(backup)
    part = beside.with_name(beside.name + ".part")
    try:
        part.write_bytes(_written(manifest).encode("utf-8", "surrogateescape"))  # a name as the system has it
        flush(part)
        put_in_place(part, beside)
    finally:
        part.unlink(missing_ok=True)


def read_manifest(backup: Path) -> Manifest | None:
    """What stands beside a backup; None where nothing does, or nothing of ours. Raises OSError."""
    beside = manifest_file(backup)
    try:
        with beside.open("rb") as stream:
            told = json.loads(stream.read(_MOST).decode("utf-8", "surrogateescape"))
        return _read(told, backup)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # of another program, or half lost
        return None


def _written(manifest: Manifest) -> str:
    contents = manifest.contents
    head = contents.head
    told: dict[str, Any] = {
        "kind": _KIND,
        "program": {"name": "Cakupan", "version": manifest.version, "form": contents.form},
        "made_at": _text(manifest.made_at),
        "why": str(manifest.why),
        "verified_at": _text(manifest.verified_at),
        "checked_at": _text(manifest.checked_at),
        "size": manifest.size,
        "sha256": manifest.sha256,
        "sha256sum": f"{manifest.sha256}  {manifest.file}",
        "encrypted": manifest.is_encrypted,
        "salt": manifest.salt.hex(),
        "key_check": manifest.key_check,
        "register": contents.origin.hex(),
        "regency": contents.regency,
        "is_sample": contents.is_sample,
        "audit": None if head is None else {"entries": head.entries, "head": head.hash.hex(), "code": head.code},
        "last_change": _text(contents.last_change),
        "workers": contents.workers,
        "enrolments": contents.enrolments,
        "rows": contents.rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _read(told: Mapping[str, Any], backup: Path) -> Manifest:
    if told["kind"] != _KIND:
        raise ValueError(told["kind"])
    made_at = _moment(told["made_at"])
    if made_at is None:
        raise ValueError("made_at")
    audit = told["audit"]
    contents = Contents(
        path=backup,
        workers=_count(told["workers"]),
        enrolments=_count(told["enrolments"]),
        last_change=_moment(told["last_change"]),
        rows={str(table): _count(count) for table, count in told["rows"].items()},
        regency=str(told["regency"]),
        is_sample=told["is_sample"] is True,
        form=_count(told["program"]["form"]),
        head=None if audit is None else Head(_count(audit["entries"]), bytes.fromhex(audit["head"])),
        origin=bytes.fromhex(told["register"]),
    )
    return Manifest(
        file=backup.name,
        made_at=made_at,
        why=Why(told["why"]),
        size=_count(told["size"]),
        sha256=str(told["sha256"]).lower(),
        contents=contents,
        verified_at=_moment(told["verified_at"]),
        checked_at=_moment(told["checked_at"]),
        salt=bytes.fromhex(told["salt"]),
        key_check=str(told["key_check"]),
        version=str(told["program"]["version"]),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _moment(text: str | None) -> datetime | None:
    """Without a zone, as all our moments are."""
    moment = None if text is None else datetime.fromisoformat(text)
    if moment is not None and moment.tzinfo is not None:
        raise ValueError(text)
    return moment


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value
