"""One person once, in the real window and by keys alone: pairs are looked for, merged, parted, taken back; a member
moves to another family card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from models.register import Register, open_register
from models.storage.check import check_file
from models.values.months import Month
from tests.endtoend.screen import Program, Screen, make_register, missing_tools
from tests.factories import make_plan, make_worker

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]
SITI, SITTI, HASAN, HUSIN = 1, 2, 3, 4
CARD, OTHER_CARD = "1312040107120001", "1312050203150002"
T = TypeVar("T")


def fill(path: Path) -> None:
    """Siti twice, both times with the same subsidy; the twins Hasan and Husin; six others."""
    register = open_register(path, user="rina", clock=datetime.now)
    register.users.let_in(register.users.all()[0])
    plan = make_plan(register, first=Month.of(date.today()))
    register.entries.save(make_worker(1, name="Siti Aminah Lubis", phone="+6281266778899"), plan)
    register.entries.save(make_worker(2, name="Sitti Aminah Lubis", family_card=CARD), plan)
    for serial, name in ((3, "Hasan Basri Koto"), (4, "Husin Basri Koto")):
        worker = make_worker(
            serial, name=name, born_on=date(1990, 5, 6), mother_name="Nurbaiti", family_card=OTHER_CARD
        )
        register.entries.save(worker, None)
    for at, name in enumerate(("Zulkifli", "Nurhayati", "Amrizal Tanjung", "Desmawati", "Bonar Siregar", "Suyatno")):
        worker = make_worker(
            100 + at, name=name, born_on=date(1970 + 3 * at, 1 + at, 3 + 4 * at), mother_name=f"Ibu {name}"
        )
        register.entries.save(worker, None)
    register.close()


def asked(path: Path, ask: Callable[[Register], T]) -> T:
    """What the file says, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        return ask(register)
    finally:
        register.close()


def test_one_person_stands_in_the_register_once(tmp_path: Path) -> None:
    path = tmp_path / "talu.db"
    make_register(path)
    fill(path)
    this = Month.of(date.today())
    assert asked(path, lambda register: register.coverage.district(this).active) == 2
    with Screen() as screen, Program(screen, path) as program:

        def press(*keys: str) -> None:
            for key in keys:
                program.press(key)
                program.rest()

        def answer(text: str) -> None:
            program.type(f"{text}\n")
            program.rest()

        # found by looking through the register, merged: the name of the right one, the enrolment of the left one
        press("ctrl+2", "ctrl+d")
        press("s", "Down", "Down", "Down", "Right", "Return")
        answer("1")
        worker = asked(path, lambda register: register.workers.get(SITI))
        assert (worker.name, worker.family_card) == ("Sitti Aminah Lubis", CARD)
        assert asked(path, lambda register: register.pairs.kept_of(SITTI)) == SITI
        assert asked(path, lambda register: register.coverage.district(this).active) == 1

        # the twins are parted for good, which is taken back and done again
        press("b")
        answer("1")
        assert asked(path, lambda register: register.pairs.all_not_same()) == {(HASAN, HUSIN)}
        press("ctrl+z")
        assert asked(path, lambda register: register.pairs.all_not_same()) == frozenset()
        press("b")
        answer("kembar")
        decided = asked(path, lambda register: register.pairs.decided(HASAN, HUSIN))
        assert decided is not None
        assert decided.reason == "kembar"

        # the merging is taken apart where the decisions are listed
        press("F3", "Down", "Delete")
        assert asked(path, lambda register: register.workers.get(SITI).name) == "Siti Aminah Lubis"
        assert asked(path, lambda register: register.coverage.district(this).active) == 2

        # Husin moves to Sitti's family
        press("Escape", "Escape", "ctrl+f")
        answer("husin")
        press("Escape", "ctrl+g", "ctrl+m")
        answer(CARD)
        family = asked(path, lambda register: register.families.of(CARD))
        assert {line.id for line in family.members} == {SITTI, HUSIN}
    assert check_file(path).is_clean
