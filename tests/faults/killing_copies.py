"""kill -9 while a file is brought to a newer form, backed up, restored: each file is the old one or the new one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from models.problems import StorageFailure
from models.storage.backup import make_backup
from models.storage.backup_names import backup_folder, backups_in
from models.storage.driver import Database, Migrations
from models.storage.inspecting import inspect_backup
from models.storage.migrations import MIGRATIONS
from models.storage.opening import open_file
from models.storage.restore import restore_backup
from tests.factories import NOW
from tests.faults.disk import CHANGES, Disk, Plan
from tests.faults.files import PLAIN, Desk, Kind, fresh_copy, look, make_file, what_is_not_whole
from tests.faults.killing import count
from tests.faults.lives import Death, Tell, cannot_kill, live
from tests.faults.tally import Fault, Tally
from tests.faults.work import saving

_WORKERS = 400


def newer_form() -> Migrations:
    """The program's own steps and one more, which rewrites each worker."""
    steps = Migrations("cakupan")
    for step in MIGRATIONS._migrations:
        steps(name=step.name)(step.fn)
    steps(name="m999_rebuilding")(_rebuild)
    return steps


def _rebuild(db: Database) -> None:
    db.conn.execute("PRAGMA cache_spill=20")  # pages reach the disk before the end, as in a file of a million workers
    db.conn.execute("CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    db.conn.execute("INSERT INTO rebuilt SELECT id, hex(zeroblob(300)) || notes FROM worker")
    db.conn.execute("CREATE INDEX rebuilt_text ON rebuilt (text)")
    db.conn.execute("DROP INDEX worker_nagari")
    db.conn.execute("CREATE INDEX worker_nagari ON worker (nagari, born_on, name)")


def migrating(tell: Tell, path: Path, kind: Kind) -> None:
    open_file(path, user="rina", clock=lambda: NOW, migrations=newer_form(), **kind.named).close()
    tell("migrated")


def _say_nothing(word: object) -> None:
    pass


def while_migrating(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """The file has the old form or the new one; the next start brings it to the new one."""
    start = make_file(folder / "pagi" / "kantor.db", _WORKERS, kind)
    before = look(start, kind)
    whole = fresh_copy(start, folder / "tenang")
    with Disk(Plan(CHANGES)) as disk:
        migrating(lambda word: None, whole, kind)
    after = look(whole, kind)
    chance = random.Random(seed)
    for number in range(tries):
        path = fresh_copy(start, folder / "hari")
        late = Death(call=chance.randrange(1, disk.counted), kinds=CHANGES)
        death = Death(chance.uniform(0, 0.5)) if chance.random() < 0.3 else late
        ended = live(migrating, path, kind, death=death)
        note = f"seed {seed}, try {number}: killed {death}"
        count(tally, ended, note)
        _next_start(tally, partial(migrating, _say_nothing, path, kind), note)
        if look(path, kind) != after:
            tally.tear(f"{note}: the next start did not bring the file to the new form")
        for copy in backup_folder(path).glob("*.db"):
            if look(copy, kind) != before or what_is_not_whole(copy, kind):
                tally.tear(f"{note}: the copy {copy.name} is not the file as it was")
        _only_known(tally, backup_folder(path), note)


def backing_up(tell: Tell, path: Path, kind: Kind, folder: Path) -> None:
    for number in range(20):
        made = make_backup(path, folder, NOW + timedelta(minutes=number), **kind.named)
        tell(made.path.name)


def while_backing_up(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Whatever bears the name of a backup is a whole one, and the register goes on."""
    path = make_file(folder / "pagi" / "kantor.db", _WORKERS, kind)
    before = look(path, kind)
    chance = random.Random(seed)
    stick = folder / "stik"
    for number in range(tries):
        death = Death(chance.uniform(0, 0.9))
        note = f"seed {seed}, try {number}: killed {death}"
        ended = live(backing_up, path, kind, stick, death=death)
        count(tally, ended, note)
        there = {backup.name: backup for backup in backups_in(stick)}
        if missing := set(ended.told) - there.keys():
            tally.lose(f"{note}: {missing}")
        for backup in there.values():
            _whole_backup(tally, backup, kind, {_records(path, kind)}, note)
            for file in stick.glob(backup.name + "*"):
                file.unlink()
        question = "it changed" if look(path, kind) != before else what_is_not_whole(path, kind)
        if question:
            tally.tear(f"{note}: the register itself: {question}")


def restoring(tell: Tell, good: tuple[Path, Path], path: Path, kind: Kind) -> None:
    for number in range(20):
        restore_backup(good[number % 2], path, NOW + timedelta(minutes=number), **kind.named)
        tell(number % 2)


def while_restoring(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """The file is the one before or the backup; every copy that was kept of it is whole."""
    path = make_file(folder / "pagi" / "kantor.db", _WORKERS, kind)
    first = make_backup(path, folder / "stik", NOW, **kind.named).path
    with Desk(path, kind) as desk:
        desk.do(1, saving)
    second = make_backup(path, folder / "stik", NOW, **kind.named).path
    pictures = (_records(first, kind), _records(second, kind))
    chance = random.Random(seed)
    for number in range(tries):
        at_a_call = Death(call=chance.randrange(1, 150), kinds=CHANGES)  # what it tells of itself in the new file
        death = at_a_call if chance.random() < 0.4 else Death(chance.uniform(0, 1.2))
        note = f"seed {seed}, try {number}: killed {death}"
        before = pictures.index(_records(path, kind))
        ended = live(restoring, (first, second), path, kind, death=death)
        count(tally, ended, note)
        confirmed = ended.told[-1] if ended.told else before
        possible = {pictures[confirmed], pictures[len(ended.told) % 2]}
        _next_start(tally, lambda: Desk(path, kind).close(), note)
        if (picture := _records(path, kind)) not in possible:
            (tally.lose if picture in pictures else tally.tear)(f"{note}: is not what was restored last")
        if question := what_is_not_whole(path, kind):
            tally.tear(f"{note}: {question}")
        for copy in backups_in(backup_folder(path)):
            _whole_backup(tally, copy, kind, set(pictures), note)
            for file in copy.parent.glob(copy.name + "*"):
                file.unlink()


def _records(path: Path, kind: Kind) -> str:
    """The picture without the audit trail, which tells of the restore too."""
    return look(path, kind, without=("audit",))


def _next_start(tally: Tally, start: Callable[[], None], note: str) -> None:
    try:
        start()
    except StorageFailure as failure:
        tally.tear(f"{note}: the next start says {failure}")


def _whole_backup(tally: Tally, backup: Path, kind: Kind, pictures: set[str], note: str) -> None:
    try:
        inspect_backup(backup, **kind.named)
    except StorageFailure as failure:
        tally.tear(f"{note}: {failure}")
    else:
        if _records(backup, kind) not in pictures:
            tally.tear(f"{note}: {backup.name} holds something else")


def _only_known(tally: Tally, folder: Path, note: str) -> None:
    """What is left half made must not look like a copy."""
    for file in folder.glob("*"):
        if not file.name.endswith((".db", ".json", ".part", ".new")):
            tally.tear(f"{note}: left {file.name}")


FAULTS = (
    Fault("killed while the form is renewed", while_migrating, 100, cannot_kill),
    Fault("killed while backing up", while_backing_up, 100, cannot_kill),
    Fault("killed while restoring", while_restoring, 100, cannot_kill),
)
