"""A power cut while a backup, a restored file, a first register or a paper gets its name.

The system calls of the real program are watched: whatever gets a name must be on the disk before, and the name too
before the program says that it is done. Then a cut at any call leaves the old file or the new one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from models import language
from models.storage.backup import make_backup
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.commands import command
from tests.faults.files import ENCRYPTED, PLAIN, Desk, Kind, make_file
from tests.faults.killing_copies import migrating
from tests.faults.tally import Fault, Tally

_ROOT = Path(__file__).parents[2]
_CHANGES = ("write", "pwrite64", "writev", "sendfile", "copy_file_range", "ftruncate")
_SYNCS = ("fsync", "fdatasync")
_NAMES = ("rename", "renameat", "renameat2")
_CALL = re.compile(r"^(\d+\.\d+) (\w+)\((.*)\)\s+= (\d+)")
_PATH, _TEXT = re.compile(r"<(/[^>]*)>"), re.compile(r'"((?:[^"\\]|\\.)*)"')
_WHO_HAS_IT = ".who"
"""Tells a second program who works with the file; after a power cut nobody does."""
WORKS = ("backup", "restore", "start", "renew", "paper")


def do(what: str, folder: Path, kind: Kind) -> None:
    """One of `WORKS`, in a folder made ready for it."""
    path, backup = folder / "kantor.db", folder / "stik" / "cadangan.db"
    match what:
        case "backup":
            make_backup(path, folder / "lain", NOW, **kind.named)
        case "restore":
            restore_backup(backup, path, NOW + timedelta(hours=1), **kind.named)
        case "start":
            Desk(folder / "baru.db", kind).close()
        case "renew":
            migrating(lambda word: None, path, kind)
        case "paper":
            command("report", "coverage", "--data", path, "--month", "2026-12", "--out", folder / "surat.pdf")


@dataclass
class _Disk:
    """What of the folder would not survive a cut now."""

    unsynced: set[str] = field(default_factory=set)
    """Files with content that is not on the disk yet."""
    unnamed: set[str] = field(default_factory=set)
    """Folders with names that are not on the disk yet."""
    named: int = 0

    def note(self, call: str, arguments: str) -> str:
        """Follows a call; answers with the name that was given to content that may be torn."""
        paths = _PATH.findall(arguments)
        if call in _SYNCS:
            self.unsynced.discard(paths[0])
            self.unnamed.discard(paths[0])
        elif call in _CHANGES:
            self.unsynced.add(paths[-1 if call == "copy_file_range" else 0])
        elif call in _NAMES:
            source, target = _TEXT.findall(arguments)
            self.named += 1
            self.unnamed.add(str(Path(target).parent))
            if source in self.unsynced and not target.endswith(_WHO_HAS_IT):
                self.unsynced.discard(source)
                return target
        return ""


def _calls(log: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """The calls about files of the folder that succeeded, by all processes of the program, in their order."""
    lines = sorted(line for file in log.parent.glob(log.name + ".*") for line in file.read_text().splitlines())
    for line in lines:
        found = _CALL.match(line)
        if found is not None and str(folder) in found[3]:
            yield found[2], found[3]


def when_named(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Each work once, or as many of them as tries; counted are the calls at which the power could fail."""
    for what in (WORKS if kind == PLAIN else WORKS[:-1])[:tries]:
        place = folder / what
        whole = make_file(place / "kantor.db", 50, kind)
        (place / "stik").mkdir()
        shutil.copyfile(whole, place / "stik" / "cadangan.db")
        log = folder / f"{what}.log"
        watched = (*_CHANGES, *_SYNCS, *_NAMES)
        done = subprocess.run(
            ["strace", "-ff", "-y", "-ttt", "-s", "0", "-o", log, "-e", f"trace={','.join(watched)}",
             "-e", "signal=none", sys.executable, "-m", "tests.faults.renames", what, place, kind.name],
            cwd=_ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            tally.misword(f"{what}: {done.stderr[-300:]}")
            continue
        disk = _Disk()
        for call, arguments in _calls(log, place):
            tally.tries += 1
            if torn := disk.note(call, arguments):
                tally.tear(f"{what}: {torn} has its name before its content is on the disk")
        tally.seen[f"names given by {what}"] += disk.named
        if not disk.named:
            tally.tear(f"{what}: nothing was given a name; is it still made so?")
        if disk.unnamed:
            tally.lose(f"{what}: names in {disk.unnamed} are not on the disk at the end")


def why_not() -> str:
    """Why the program cannot be watched here."""
    if shutil.which("strace") is None:
        return "needs strace"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "no program may be watched here"


FAULTS = (Fault("power cut while a file gets its name", when_named, len(WORKS), why_not),)

if __name__ == "__main__":
    language.use("id")
    do(sys.argv[1], Path(sys.argv[2]), ENCRYPTED if sys.argv[3] == ENCRYPTED.name else PLAIN)
    sys.exit(0)
