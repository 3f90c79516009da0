"""A clerk's days: steps that each are one transaction, the same again for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models.exchange.importing import Mode
from models.people.lines import Standing, WorkerFilter, WorkerOrder
from models.people.worker import Worker
from models.problems import Rejected, StorageFailure
from models.register import Register
from models.schemes.enrolment import Enrolment
from models.storage.drafts import Draft
from tests.factories import DECEMBER, make_plan, make_worker
from tests.faults.files import PLAIN, Desk, Kind, fresh_copy, look, many
from tests.faults.tally import code_of
from tests.models.exchange.checked_lists import make_list, make_row

Step = Callable[[Register, int], object]
"""Does something in one transaction; its number says for whom."""
_LISTED = 300
"""People of a list."""


def typing(register: Register, number: int) -> None:
    """One more key in the newest draft, or the first of a new one."""
    newest = next(iter(register.drafts.all()), None)
    typed = (newest.fields["name"] if newest and len(newest.fields["name"]) < 40 else "") + chr(97 + number % 26)
    register.drafts.save(
        Draft("entry", {"name": typed, "step": str(number)}, "name", newest.id if newest and len(typed) > 1 else None)
    )


def saving(register: Register, number: int) -> None:
    """A record typed to its end: worker, enrolment, price, sums, audit rows, and the draft is gone."""
    draft = next(iter(register.drafts.all()), None)
    plan = make_plan(register, months=1 + number % 12) if number % 3 else None
    register.entries.save(make_worker(number), plan, draft.id if draft else None)


def correcting(register: Register, number: int) -> None:
    worker = _newest(register)
    if worker is not None:
        register.workers.correct(replace(worker, jorong=f"Jorong {number}", notes="catatan " * (number % 200)))


def taking_back(register: Register, number: int) -> None:
    try:
        register.entries.undo_last()
    except (StorageFailure, Rejected) as failure:
        if code_of(failure) != "changed_since":
            raise


def cancelling(register: Register, number: int) -> None:
    enrolment = _enrolment(register)
    if enrolment is not None and enrolment.state.counts:
        register.enrolments.cancel(enrolment.id or 0, "salah ketik")


def confirming(register: Register, number: int) -> None:
    enrolment = _enrolment(register)
    if enrolment is not None and enrolment.state.counts:
        register.enrolments.confirm(enrolment.id or 0, f"{number:011}", register.today())


def loading(register: Register, number: int) -> None:
    """Twenty workers at once."""
    register.load(many(register, range(9_000 - 20 * number, 9_020 - 20 * number)))


def enrolling(register: Register, number: int) -> None:
    """Up to twenty of those who are not enrolled yet, at once."""
    waiting = register.workers.ids(WorkerFilter(standing=Standing.NOT_ENROLLED, month=DECEMBER), limit=20)
    if waiting:
        register.enrolments.add_all(waiting, make_plan(register, months=2))


def taking_in(register: Register, number: int) -> None:
    """A list: new people, and in an even step changed fields of those who came with the first one."""
    rows = [make_row(serial, jorong=f"Jorong {number}") for serial in range(1, _LISTED)]
    if number % 2:
        rows += [make_row(number * 1_000 + serial) for serial in range(_LISTED)]
    register.lists.take_in(make_list(*rows), Mode.UPDATE, plan=make_plan(register, first=DECEMBER + number))


def list_back(register: Register, number: int) -> None:
    """The whole list is taken back, or made again."""
    register.undo.undo() if number % 2 else register.undo.redo()


def setting(register: Register, number: int) -> None:
    register.change_office(replace(register.office, contact=f"Telepon {number}"))


_USUAL: dict[Step, int] = {
    typing: 8, saving: 8, correcting: 4, taking_back: 2, cancelling: 1, confirming: 1, loading: 1, enrolling: 1,
    setting: 1,
}  # fmt: skip


def a_day(seed: int, steps: int, only: tuple[Step, ...] = ()) -> tuple[Step, ...]:
    """So many steps in the mixture of a day, or of some kinds alone."""
    kinds = {step: often for step, often in _USUAL.items() if not only or step in only}
    return tuple(random.Random(seed).choices(list(kinds), weights=list(kinds.values()), k=steps))


@dataclass(frozen=True, slots=True)
class Day:
    """What a day of work makes of a file, step by step."""

    start: Path
    """The file in the morning; never written to."""
    steps: tuple[Step, ...]
    pictures: tuple[str, ...]
    """After so many steps; the first is the file as it was."""
    kind: Kind

    def judge(self, picture: str, confirmed: int) -> tuple[str, int]:
        """Whether the promise was kept where so many steps were confirmed, and how many are in the file.

        Answers with `lost`, `torn` or an empty string: the file holds all that was confirmed, perhaps the step that
        was being done besides, and nothing in part.
        """
        for number in (confirmed + 1, confirmed):
            if number < len(self.pictures) and self.pictures[number] == picture:
                return "", number
        return ("lost" if picture in self.pictures[:confirmed] else "torn"), confirmed


def live_through(start: Path, folder: Path, steps: tuple[Step, ...], kind: Kind = PLAIN) -> Day:
    """Does a day's work once without any fault and notes what the file held after each step."""
    path = fresh_copy(start, folder)
    pictures = [look(path, kind)]
    with Desk(path, kind) as desk:
        for number, step in enumerate(steps, 1):
            desk.do(number, step)
            pictures.append(look(path, kind))
    return Day(start, steps, tuple(pictures), kind)


def _newest(register: Register) -> Worker | None:
    ids = register.workers.ids(WorkerFilter(order=WorkerOrder.NEWEST), limit=1)
    return register.workers.get(ids[0]) if ids else None


def _enrolment(register: Register) -> Enrolment | None:
    worker = _newest(register)
    return next(iter(register.enrolments.of_worker(worker.id or 0)), None) if worker is not None else None
