"""A file or a folder for reading only: it is opened for reading, each refusal is a sentence, nothing is changed."""

from __future__ import annotations

import ctypes
import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from models.register import open_register
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.commands import command
from tests.faults.files import PLAIN, Desk, Kind, make_file
from tests.faults.full_disk import take_over
from tests.faults.lives import Tell, cannot_kill, in_a_process
from tests.faults.tally import Fault, Tally
from tests.faults.work import enrolling, loading, saving, setting, typing

_OVERRIDE_MODES, _READ_ALL = 1, 2
"""Capabilities of root by which modes do not bite."""
_DROP_FROM_BOUNDS = 24
REFUSED = {"cannot_open", "read_only"}
_WORKERS = 20


@dataclass(frozen=True, slots=True)
class Protection:
    """What may not be written."""

    name: str
    file: int
    """The mode of the file."""
    folder: int


PROTECTIONS = (
    Protection("the file", 0o444, 0o777),
    Protection("the folder", 0o666, 0o555),
    Protection("the file and its folder", 0o444, 0o555),
)


def without_rights(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """As a user for whom the modes of files and folders hold, which they do not for root."""
    ended = in_a_process(_where_modes_hold, folder, kind, tries)
    if isinstance(ended, str):
        tally.skipped = ended
    else:
        take_over(tally, ended)
    for path in folder.iterdir():
        path.chmod(0o755)  # so that it can be thrown away


def _where_modes_hold(tell: Tell, folder: Path, kind: Kind, tries: int) -> None:
    """In a process that gives its rights up."""
    whole = make_file(folder / "pagi" / "kantor.db", _WORKERS, kind)
    backup = make_backup(whole, folder / "stik", NOW, **kind.named).path
    through_every_door(
        Tally(""), _placed(folder / "hangat", whole), backup, kind, ""
    )  # imports what is imported late
    places = []
    for number in range(tries):
        protection = PROTECTIONS[number % len(PROTECTIONS)]
        path = _placed(folder / str(number), whole)
        path.chmod(protection.file)
        path.parent.chmod(protection.folder)
        places.append((f"try {number}, {protection.name} is protected", path))
    try:
        if os.geteuid() == 0:
            obey_modes()
    except OSError as error:
        tell(f"root stays root here: {error}")
        return
    tally = Tally("")
    for note, path in places:
        tally.tries += 1
        through_every_door(tally, path, backup, kind, note)
    tell(tally)


def obey_modes() -> None:
    """From now on this process, and all that it starts, may only write what its owner may."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    for capability in (_OVERRIDE_MODES, _READ_ALL):
        _require(libc.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0))
    _require(libc.capget(header, sets))
    for place in range(3):
        sets[place] &= ~(1 << _OVERRIDE_MODES | 1 << _READ_ALL)
    _require(libc.capset(header, sets))


def _require(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _placed(folder: Path, whole: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copyfile(whole, folder / whole.name))


def through_every_door(tally: Tally, path: Path, backup: Path, kind: Kind, note: str) -> None:
    """Opens, reads, saves, checks, backs up, prints, makes a new file, restores."""
    before = path.read_bytes()
    folder = path.parent
    tally.attempt(lambda: _work(tally, path, kind, note), (), f"{note}: opening")
    tally.attempt(lambda: check_file(path, **kind.named), (), f"{note}: checking")
    tally.attempt(lambda: make_backup(path, folder / "stik", NOW, **kind.named), REFUSED, f"{note}: a backup there")
    tally.attempt(lambda: Desk(folder / "baru.db", kind).close(), REFUSED, f"{note}: a first start there")
    if kind == PLAIN:
        out = ("--month", "2026-12", "--out", path.with_suffix(".pdf"))
        tally.attempt(lambda: command("report", "coverage", "--data", path, *out), REFUSED, f"{note}: a paper there")
    if path.read_bytes() != before and not os.access(path, os.W_OK):
        tally.tear(f"{note}: the file was changed")
    tally.attempt(lambda: restore_backup(backup, path, NOW, **kind.named), REFUSED, f"{note}: a restore onto it")
    if path.read_bytes() != before and not os.access(folder, os.W_OK):
        tally.tear(f"{note}: the file was changed by a restore")
    if not os.access(folder, os.W_OK) and (left := {file.name for file in folder.iterdir()} - {path.name}):
        tally.tear(f"{note}: left {left}")


def _work(tally: Tally, path: Path, kind: Kind, note: str) -> None:
    register = open_register(path, user="rina", clock=lambda: NOW + timedelta(minutes=1), **kind.named)
    try:
        if register.workers.count() != _WORKERS:
            tally.lose(f"{note}: not everybody can be seen")
        if not register.is_read_only:
            if note:
                tally.misword(f"{note}: is open for writing")
            return
        for step in (typing, saving, loading, enrolling, setting):
            how = tally.attempt(partial(step, register, 70), {"read_only"}, f"{note}: {step.__name__}")
            if how == "done":
                tally.lose(f"{note}: {step.__name__} was confirmed and is nowhere")
    finally:
        register.close()


def opened_for_reading(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """As somebody who only wants to look, whatever the modes are."""
    path = make_file(folder / "kantor.db", _WORKERS, kind)
    before = path.read_bytes()
    for number in range(tries):
        step = (typing, saving, loading, enrolling, setting)[number % 5]
        register = open_register(path, user="rina", clock=lambda: NOW, read_only=True, **kind.named)
        tally.tries += 1
        how = tally.attempt(partial(step, register, number), {"read_only"}, step.__name__)
        register.close()
        if how == "done" or path.read_bytes() != before:
            tally.tear(f"{step.__name__}: {how}, although only opened for reading")


FAULTS = (
    Fault("the file or its folder is write-protected", without_rights, 30, cannot_kill),
    Fault("the file is open for reading only", opened_for_reading, 50),
)
