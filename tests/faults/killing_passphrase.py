"""kill -9 while a file gets a passphrase, another one or none: it is whole under the old key or the new one."""

from __future__ import annotations

import random
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from models.offices.users import Role, User
from models.storage.keys import Key, is_encrypted
from models.storage.rekeying import rekey
from tests.factories import NOW
from tests.faults.disk import CHANGES, Disk, Plan
from tests.faults.files import ENCRYPTED, PLAIN, Kind, fresh_copy, look, make_file, what_is_not_whole
from tests.faults.files import what_the_next_start_meets as met
from tests.faults.killing import count
from tests.faults.lives import Death, Tell, cannot_kill, live
from tests.faults.tally import Fault, Tally

_WORKERS = 300
_SOMEBODY = b"Siti Aminah"
"""Stands in every file that anybody can read."""
_OTHER = Kind("another key", (("key", Key(sha256(b"lain").digest(), sha256(b"merica").digest()[:16])),))
_WAYS = ((PLAIN, ENCRYPTED), (ENCRYPTED, _OTHER), (ENCRYPTED, PLAIN))


def changing(tell: Tell, path: Path, old: Kind, new: Kind) -> None:
    by = User("rina", Role.ADMINISTRATOR)
    rekey(path, NOW + timedelta(hours=1), by, key=old.named.get("key"), new=new.named.get("key"))
    tell("changed")


def _say_nothing(word: object) -> None:
    pass


def while_changing(tally: Tally, folder: Path, tries: int, seed: int) -> None:
    """Each way in turn, from the same file."""
    starts, calls, records = [], [], []
    for way, (old, new) in enumerate(_WAYS):
        start = make_file(folder / f"pagi {way}" / "kantor.db", _WORKERS, old)
        with Disk(Plan(CHANGES)) as disk:
            changing(_say_nothing, fresh_copy(start, folder / "tenang"), old, new)
        starts.append(start)
        calls.append(disk.counted)
        records.append(look(start, old, without=("audit",)))
    chance = random.Random(seed)
    for number in range(tries):
        way = number % len(_WAYS)
        old, new = _WAYS[way]
        path = fresh_copy(starts[way], folder / "hari")
        at_a_call = Death(call=chance.randrange(1, calls[way]), kinds=CHANGES)
        death = at_a_call if chance.random() < 0.5 else Death(chance.uniform(0, 0.9))
        note = f"seed {seed}, try {number}: {old.name} to {new.name}, killed {death}"
        ended = live(changing, path, old, new, death=death)
        count(tally, ended, note)
        now = old if is_encrypted(path) == (old != PLAIN) else new
        if (question := met(path, now)) and now == old:  # another key may be the one in use by now
            now = new
            question = met(path, now)
        if question:
            tally.tear(f"{note}: opens neither with the old key nor with the new one: {question}")
            continue
        if ended.told and now != new:
            tally.lose(f"{note}: was confirmed, and the file has its old key")
        if question := what_is_not_whole(path, now):
            tally.tear(f"{note}: {question}")
        if look(path, now, without=("audit",)) != records[way]:
            tally.tear(f"{note}: holds something else")
        if now == ENCRYPTED and old == PLAIN:
            for file in path.parent.rglob("*"):
                if file.is_file() and _SOMEBODY in file.read_bytes():
                    tally.tear(f"{note}: {file.name} can still be read by anybody after the next start")


FAULTS = (Fault("killed while the passphrase changes", while_changing, 90, cannot_kill, is_of_any_file=False),)
