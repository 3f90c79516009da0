"""Names with signs that mean something to shells, addresses and SQL: each file is itself and no other."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from models.storage.backup import make_backup
from models.storage.backup_names import backups_in
from models.storage.check import check_file
from models.storage.inspecting import inspect_backup
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.commands import command
from tests.faults.files import PLAIN, Desk, Kind, look, make_file, what_is_not_whole, what_the_next_start_meets
from tests.faults.tally import Fault, Tally
from tests.faults.two_programs import read_only
from tests.faults.work import saving, typing

NAMES = (
    "data kantor 2026", "100% #1?", "it's Pasaman", "Ñandú é ü 数", "%41%2e", "a?mode=memory&b=c", "#", "a;b|c>d",
    "-dash", "titik. ", '"kutip"', "nama\nbaris", "\N{COMBINING ACUTE ACCENT}e", "x" * 60,
    "cakupan-20260101-080000-1p-1k", "[a-z]*", "{nama}", "$HOME", "~", "file:surat",
)  # fmt: skip


def at_every_door(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A file of the name, in a folder of another one: made, worked with, backed up, checked, restored, printed."""
    for number in range(tries):
        name, place = NAMES[number % len(NAMES)], NAMES[(number * 7 + 3) % len(NAMES)]
        home = folder / str(number) / place
        home.mkdir(parents=True)
        note = f"try {number}: {name!r} in {place!r}"
        tally.tries += 1
        if tally.attempt(partial(_through, tally, home, name, kind, note), (), note) != "done":
            continue
        strangers = {file.name for file in home.iterdir() if not file.name.endswith(".lock")} - {
            f"{name}.db", "cadangan", "pulih.db", f"{name}.pdf"
        }  # fmt: skip
        if strangers or len(list((folder / str(number)).iterdir())) != 1:
            tally.tear(f"{note}: other files came up: {strangers}")


def _through(tally: Tally, home: Path, name: str, kind: Kind, note: str) -> None:
    path = make_file(home / f"{name}.db", 3, kind)
    with Desk(path, kind) as desk:
        desk.do(1, saving)
        desk.do(2, typing)
    picture = look(path, kind, without=("audit",))
    read_only(path, kind)
    backup = make_backup(path, home / "cadangan", NOW, **kind.named).path
    with Desk(path, kind) as desk:
        found = desk.register.backups.last((home / "cadangan",), NOW + timedelta(hours=1))
    if found is None or found.path != backup or backups_in(home / "cadangan") != (backup,):
        tally.lose(f"{note}: the backup is not found again")
    if inspect_backup(backup, **kind.named).workers != 4 or not check_file(path, **kind.named).is_clean:
        tally.tear(f"{note}: is not what was written")
    restore_backup(backup, home / "pulih.db", NOW, **kind.named)
    if {look(file, kind, without=("audit",)) for file in (home / "pulih.db", path)} != {picture}:
        tally.tear(f"{note}: what comes back is something else")
    if kind == PLAIN:
        command("report", "coverage", f"--data={path}", "--month=2026-12", f"--out={path.with_suffix('.pdf')}")
    if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
        tally.tear(f"{note}: {question}")


FAULTS = (Fault("a name full of signs", at_every_door, 3 * len(NAMES)),)
