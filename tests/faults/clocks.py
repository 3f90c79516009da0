"""The computer's clock is wrong, forward and back: order, numbers, audit and the choice of a backup stay right."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from models.schemes.enrolment import EnrolmentPlan
from models.storage.backup import make_backup
from models.storage.backup_names import backup_folder, backups_in, moment_of
from models.values.months import Month
from tests.factories import make_plan, make_worker
from tests.faults.files import PLAIN, Desk, Kind, make_file, what_is_not_whole, what_the_next_start_meets
from tests.faults.tally import Fault, Tally

_JUMPS = (timedelta(days=-400), timedelta(days=-1), timedelta(hours=-3), timedelta(seconds=-1), timedelta(0),
          timedelta(minutes=1), timedelta(days=1), timedelta(days=45), timedelta(days=300))  # fmt: skip
_EARLIEST, _LATEST = datetime(2025, 8, 1), datetime(2027, 10, 1)
_SAVES = 20


def between_saves(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """The clock jumps before each of twenty saves; one is taken back, letters are printed, a backup is made."""
    chance = random.Random(seed)
    for number in range(tries):
        path = make_file(folder / str(number) / "kantor.db", 0, kind)
        note = f"seed {seed}, try {number}"
        tally.tries += 1
        with Desk(path, kind) as desk:
            made = _backed_up(tally, desk, kind, note)
            for serial in range(1, _SAVES + 1):
                desk.at = min(max(desk.at + chance.choice(_JUMPS), _EARLIEST), _LATEST)
                _save(tally, desk, serial, note)
                if serial % 8 == 0:
                    made |= _backed_up(tally, desk, kind, note)
            _look_at_letters(tally, desk, note)
            _look_at_audit(tally, desk, note)
            if {backup.name for backup in backups_in(backup_folder(path))} != made:
                tally.lose(f"{note}: a backup was overwritten")
        if question := what_the_next_start_meets(path, kind) or what_is_not_whole(path, kind):
            tally.tear(f"{note}: {question}")


def _save(tally: Tally, desk: Desk, serial: int, note: str) -> None:
    register = desk.register
    scheme = make_plan(register)
    plan = EnrolmentPlan(scheme=scheme.scheme, first=Month.of(desk.at.date()) + 1, month_count=2,
                         payer_name=scheme.payer_name)  # fmt: skip
    entries = []
    how = tally.attempt(
        lambda: entries.append(register.entries.save(make_worker(serial), plan)), (), f"{note}, saving"
    )
    if how != "done":
        return
    (entry,) = entries
    last = register.entries.last()
    if last is None or last.save != entry.save:
        tally.misword(f"{note}: at {desk.at} the last save is said to be {last}")
    if serial % 7 == 0:
        undone = register.entries.undo_last()
        if undone is None or undone.save != entry.save:
            tally.lose(f"{note}: another save was taken back: {undone}")
    elif serial % 3 == 0 and entry.enrolment is not None:
        ids = (entry.enrolment.id or 0,)
        tally.attempt(lambda: list(register.papers.issue_letters(ids, desk.at.date())), (), f"{note}, a letter")


def _look_at_audit(tally: Tally, desk: Desk, note: str) -> None:
    saves = [save for (save,) in desk.register._file.rows("SELECT save FROM audit ORDER BY id")]
    if any(later < earlier for earlier, later in pairwise(saves)):
        tally.tear(f"{note}: saves are numbered {saves}")


def _look_at_letters(tally: Tally, desk: Desk, note: str) -> None:
    """Within each year of the clock the numbers of letters run 1, 2, 3 in the order of printing."""
    rows = desk.register._file.rows("SELECT year, sequence FROM paper ORDER BY id")
    for year in {year for year, _ in rows}:
        numbers = [sequence for of, sequence in rows if of == year]
        if numbers != list(range(1, len(numbers) + 1)):
            tally.tear(f"{note}: letters of {year} are numbered {numbers}")


def _backed_up(tally: Tally, desk: Desk, kind: Kind, note: str) -> set[str]:
    """Makes a backup and asks which one is the last: never one from the future."""
    folder = backup_folder(desk.register.path)
    made = make_backup(desk.register.path, folder, desk.at, **kind.named).path
    last = desk.register.backups.last((folder,), desk.at)
    moments = [moment_of(backup) for backup in backups_in(folder)]
    right = max((moment for moment in moments if moment and moment <= desk.at), default=None)
    if last is None or last.made_at != right:
        tally.misword(f"{note}: at {desk.at} the last backup is said to be {last}, it is of {right}")
    return {made.name}


FAULTS = (Fault("the clock is set back and forward between saves", between_saves, 25),)
