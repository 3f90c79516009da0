"""A power cut: what was written and not yet synced survives by chance, sector by sector, torn and in any order.

A day's work is done once on a disk that remembers every call. From what it remembers, the files are then put together
as a cut at any moment may leave them, and the program's next start has to live with them.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from models.register import Register
from tests.faults.disk import Call, Disk, why_not
from tests.faults.files import (
    PLAIN,
    Desk,
    Kind,
    fresh_copy,
    look,
    make_file,
    what_is_not_whole,
    what_the_next_start_meets,
)
from tests.faults.killing_copies import migrating
from tests.faults.tally import Fault, Tally
from tests.faults.work import a_day, live_through

SECTOR = 512
_STEPS = 40
_CUTS_A_DAY = 250


@dataclass
class _Kept:
    """One file as the disk has it: what is certain, and the calls since its last sync."""

    certain: bytearray = field(default_factory=bytearray)
    name_is_certain: bool = True
    is_there: bool = True
    waiting: list[Call] = field(default_factory=list)

    def note(self, call: Call) -> None:
        match call.kind:
            case "create":
                if self.is_there or not self.name_is_certain:  # an old one of the name is thrown away before
                    self.certain, self.waiting = bytearray(), []
                self.is_there, self.name_is_certain = True, False
            case "delete":
                self.is_there, self.name_is_certain = False, bool(call.place)
            case "sync":
                for waiting in self.waiting:
                    _carry_out(self.certain, waiting)
                self.waiting = []
                self.name_is_certain = self.is_there or self.name_is_certain
            case _:
                self.waiting.append(call)

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What the next start finds; None where there is no such file."""
        if not self.name_is_certain:
            if chance.random() < 0.5:
                return None
        elif not self.is_there:
            return None
        image = bytearray(self.certain)
        survives = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        pieces = [piece for call in self.waiting for piece in _sectors(call) if chance.random() < survives]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        for piece in pieces:
            if piece.kind == "write" and chance.random() < 0.1:
                piece = Call("write", piece.path, piece.place, piece.content[: chance.randrange(len(piece.content))])
            _carry_out(image, piece)
        return bytes(image)


def _sectors(call: Call) -> Iterable[Call]:
    """A write in pieces of a sector each."""
    if call.kind != "write":
        yield call
        return
    begin, end = call.place, call.place + len(call.content)
    while begin < end:
        until = min(end, (begin // SECTOR + 1) * SECTOR)
        yield Call("write", call.path, begin, call.content[begin - call.place : until - call.place])
        begin = until


def _carry_out(image: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        del image[call.place :]
        image.extend(bytes(max(0, call.place - len(image))))
        return
    image.extend(bytes(max(0, call.place - len(image))))
    image[call.place : call.place + len(call.content)] = call.content


class History:
    """All that a disk remembers of a day, gone through once from its beginning."""

    def __init__(self, calls: list[Call], files: dict[Path, bytes]) -> None:
        self._calls = calls
        self._kept = {path: _Kept(bytearray(content)) for path, content in files.items()}
        self._done = 0
        self.confirmed = 0
        """The number of the last mark that was passed."""

    def go_to(self, moment: int) -> None:
        """So many calls have been made."""
        for call in self._calls[self._done : moment]:
            if call.kind == "mark":
                self.confirmed = call.place
            else:
                if call.path not in self._kept:
                    self._kept[call.path] = _Kept(is_there=False)
                self._kept[call.path].note(call)
        self._done = moment

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Lays the files into an empty folder as a cut at this moment may leave them."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path, kept in self._kept.items():
            content = kept.after_a_cut(chance)
            if content is not None:
                (folder / path.name).write_bytes(content)


def as_the_program(register: Register) -> None:
    """Leaves the connection as the program made it."""


def with_pragmas(register: Register, *, pragmas: tuple[str, ...]) -> None:
    """For the proof that the cuts bite: what the program never does."""
    for pragma in pragmas:
        register._file.connection.execute(f"PRAGMA {pragma}").fetchall()


def while_working(
    tally: Tally,
    folder: Path,
    tries: int,
    seed: int,
    *,
    kind: Kind = PLAIN,
    change: Callable[[Register], None] = as_the_program,
) -> None:
    """Cuts at random moments of days of work."""
    start = make_file(folder / "pagi" / "kantor.db", 20, kind)
    chance = random.Random(seed)
    while tally.tries < tries:
        steps = a_day(chance.randrange(10**6), _STEPS)
        day = live_through(start, folder / "tenang", steps, kind)
        path = fresh_copy(start, folder / "hari")
        with Disk(records=True) as disk, Desk(path, kind) as desk:
            change(desk.register)
            for number, step in enumerate(steps, 1):
                desk.do(number, step)
                disk.mark(number)
        moments = _moments(disk.calls, min(_CUTS_A_DAY, tries - tally.tries), chance)
        history = History(disk.calls, {path: start.read_bytes()})
        for moment in moments:
            history.go_to(moment)
            history.cut(folder / "sesudah", chance)
            note = f"seed {seed}, try {tally.tries}: cut after call {moment} of {len(disk.calls)}"
            tally.tries += 1
            found = folder / "sesudah" / path.name
            question = what_the_next_start_meets(found, kind) or what_is_not_whole(found, kind)
            if question:
                tally.tear(f"{note}: {question}")
                continue
            verdict, done = day.judge(look(found, kind), history.confirmed)
            tally.seen["the step is there" if done > history.confirmed else "the step is not there"] += 1
            if verdict == "lost":
                tally.lose(f"{note}: step {history.confirmed} was confirmed")
            elif verdict:
                tally.tear(f"{note}: a step in part")


def _moments(calls: list[Call], number: int, chance: random.Random) -> list[int]:
    """Any moments, and as many just before and after a confirmation, in their order."""
    marks = [place for place, call in enumerate(calls) if call.kind == "mark"]
    near = [min(len(calls), chance.choice(marks) + chance.randrange(-6, 4)) for _ in range(number // 2)]
    return sorted(near + [chance.randrange(len(calls) + 1) for _ in range(number - len(near))])


def while_migrating(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """Cuts while the file gets a newer form: it has the old one or the new one, whole."""
    start = make_file(folder / "pagi" / "kantor.db", 200, kind)
    before = look(start, kind)
    path = fresh_copy(start, folder / "hari")
    with Disk(records=True) as disk:
        migrating(lambda word: disk.mark(1), path, kind)
    after = look(path, kind)
    chance = random.Random(seed)
    copied = next(number for number, call in enumerate(disk.calls) if call.path == path)
    history = History(disk.calls, {path: start.read_bytes()})
    last = len(disk.calls)
    moments = [
        chance.randrange(max(copied, last - 40) if number % 2 else copied, last + 1) for number in range(tries)
    ]
    for moment in sorted(moments):
        history.go_to(moment)
        history.cut(folder / "sesudah", chance)
        note = f"seed {seed}, try {tally.tries}: cut after call {moment} of {len(disk.calls)}"
        tally.tries += 1
        found = folder / "sesudah" / path.name
        try:
            migrating(lambda word: None, found, kind)
        except Exception as error:  # noqa: BLE001  whatever it is, the next start did not go through
            tally.tear(f"{note}: the next start says {error!r}")
            continue
        if look(found, kind) != after:
            tally.tear(f"{note}: the form is neither the old one nor the new one")
        for copy in (found.parent / "cadangan").glob("*.db"):
            tally.seen["the old form"] += 1
            if look(copy, kind) != before:
                tally.tear(f"{note}: the file had not its old form any more, and not the new one yet")


FAULTS = (
    Fault("power cut at any work", while_working, 1_000, why_not),
    Fault("power cut while the form is renewed", while_migrating, 100, why_not),
)
PROOFS = (
    Fault(
        "power cut, had the program not waited for the disk (synchronous=OFF)",
        partial(while_working, change=partial(with_pragmas, pragmas=("synchronous=OFF",))),
        300,
        why_not,
    ),
    Fault(
        "power cut, had the journal been SQLite's usual one (DELETE)",
        partial(while_working, change=partial(with_pragmas, pragmas=("journal_mode=DELETE",))),
        300,
        why_not,
    ),
)
"""The same where the program is made to do what it never does: these must lose."""
