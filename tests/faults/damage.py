"""One flipped bit or a missing tail, anywhere: it is said, or the file still holds exactly what it held."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from models.people.lines import WorkerFilter
from models.problems import Rejected
from models.register import open_register
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.restore import restore_backup
from tests.factories import DECEMBER, NOW, make_worker
from tests.faults.files import PLAIN, Desk, Kind, fresh_copy, look, make_file
from tests.faults.tally import Fault, Tally
from tests.faults.work import a_day

Spoil = Callable[[bytes, random.Random], tuple[bytes, str]]
"""Gives other bytes, and says what is other."""
SAID = {"damaged", "not_a_database", "foreign", "strange_form"}
"""What may be said of a damaged file."""
FINDINGS = SAID | {"pages", "form", "references", "full_text", "coverage_sums", "covered_months", "entry_changed",
                   "entry_removed", "entry_erased", "record_changed", "record_removed", "record_added"}  # fmt: skip
SAID_OF_A_COPY = {"altered", "damaged_copy", "damaged", "not_a_database", "foreign", "strange_form"}


def flipped(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    """One bit is another."""
    place, bit = chance.randrange(len(content)), chance.randrange(8)
    spoilt = bytearray(content)
    spoilt[place] ^= 1 << bit
    return bytes(spoilt), f"bit {bit} of byte {place} (page {place // 4096 + 1}) flipped"


def cut(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    """The end is missing, often at the end of a page."""
    length = chance.randrange(len(content))
    length -= length % 4096 if chance.random() < 0.5 else 0
    return content[:length], f"cut off after byte {length} of {len(content)}"


def worked_with(folder: Path, kind: Kind) -> Path:
    """A file in which all has been done that can be."""
    path = make_file(folder / "kantor.db", 60, kind)
    with Desk(path, kind) as desk:
        for number, step in enumerate(a_day(1, 40), 1):
            desk.do(number, step)
        desk.register.papers.issue_letters(desk.register.enrolments.of_scheme(1)[:5], desk.register.today())
    return path


def of_the_register(
    tally: Tally,
    folder: Path,
    tries: int,
    seed: int,
    *,
    spoil: Spoil = flipped,
    kind: Kind = PLAIN,
) -> None:
    """The program is opened with it, everything is read, and it is checked."""
    whole = worked_with(folder / "pagi", kind)
    content, picture = whole.read_bytes(), look(whole, kind)
    chance = random.Random(seed)
    for number in range(tries):
        path = fresh_copy(whole, folder / "hari")
        spoilt, what = spoil(content, chance)
        path.write_bytes(spoilt)
        note = f"seed {seed}, try {number}: {what}"
        tally.tries += 1
        in_use = fresh_copy(path, folder / "dipakai")
        told = tally.attempt(partial(read_everything, in_use, kind), SAID, note)
        found = tally.attempt(partial(check, path, kind), FINDINGS, f"{note}, checking")
        if told != "done" or found != "done":
            tally.seen["noticed while working" if told != "done" else "found by the check"] += 1
        elif look(path, kind) == picture:
            tally.seen["harmless"] += 1
        else:
            tally.seen["unnoticed"] += 1
            tally.tear(f"{note}: nobody notices")


def read_everything(path: Path, kind: Kind) -> None:
    """As people do in the course of a day, and one more save."""
    register = open_register(path, user="rina", clock=lambda: NOW + timedelta(days=1), must_exist=True, **kind.named)
    try:
        ids = register.workers.ids(WorkerFilter())
        register.workers.lines(list(ids))
        for id in ids:
            register.workers.get(id)
            register.enrolments.of_worker(id)
            register.audit.of("worker", id)
        register.workers.search("siti")
        register.drafts.all()
        register.entries.of_day(NOW.date())
        register.papers.summary(DECEMBER, register.today())
        for id in register.enrolments.of_scheme(1)[:10]:
            register.papers.letter(id, register.today())
        register.entries.save(make_worker(5_555), None)
    finally:
        register.close()


def check(path: Path, kind: Kind) -> None:
    """What the check finds is raised."""
    findings = check_file(path, **kind.named).findings
    if findings:
        raise Rejected(findings)


def of_a_backup(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A bit of a backup, or of what stands beside it, is flipped, or its end is cut off: it is never restored."""
    live = worked_with(folder / "pagi", kind)
    backup = make_backup(live, folder / "stik", NOW, **kind.named).path
    before, picture = live.read_bytes(), look(backup, kind, without=("audit",))
    files = {file: file.read_bytes() for file in backup.parent.iterdir()}
    beside = [file for file in files if file != backup]
    chance = random.Random(seed)
    for number in range(tries):
        file = backup if number % 8 or not beside else chance.choice(beside)
        spoilt, what = (flipped if number % 2 or file != backup else cut)(files[file], chance)
        file.write_bytes(spoilt)
        note = f"seed {seed}, try {number}: {file.name}, {what}"
        tally.tries += 1
        told = tally.attempt(partial(restore_backup, backup, live, NOW, **kind.named), SAID_OF_A_COPY, note)
        if told == "done" and (file == backup or look(live, kind, without=("audit",)) != picture):
            tally.tear(f"{note}: was restored")
        if told != "done" and live.read_bytes() != before:
            tally.tear(f"{note}: was refused, and the register is another")
        live.write_bytes(before)
        file.write_bytes(files[file])
    tally.attempt(partial(restore_backup, backup, live, NOW, **kind.named), (), "the whole one at last")


FAULTS = (
    Fault("one flipped bit in the register", of_the_register, 400),
    Fault("the end of the register is cut off", partial(of_the_register, spoil=cut), 400),
    Fault("a flipped bit or a missing end of a backup", of_a_backup, 400),
)
