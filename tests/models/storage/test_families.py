"""Families by their card: who belongs to one, who moves to another, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from tests.factories import make_plan, make_register, make_worker

OLD, NEW = "1312040107120001", "1312050203150002"
FATIMAH, SITI, AMIR, YUSUF = 1, 2, 3, 4


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Fatimah and her children Siti and Amir on one card, Yusuf of Kinali on another."""
    with closing(make_register(tmp_path / "register.db")) as register:
        people = (
            ("Fatimah", date(1965, 1, 1), OLD, "13.12.04.2002"),
            ("Siti", date(1990, 1, 1), OLD, "13.12.04.2002"),
            ("Amir", date(1995, 1, 1), OLD, "13.12.04.2002"),
            ("Yusuf", date(1988, 1, 1), NEW, "13.12.05.2001"),
        )
        for serial, (name, born_on, card, nagari) in enumerate(people, 1):
            worker = make_worker(serial, name=name, born_on=born_on, family_card=card, nagari=nagari,
                                 jorong="Simpang" if card == NEW else "Tombang")  # fmt: skip
            register.entries.save(worker, make_plan(register) if name == "Siti" else None)
        yield register


def codes_of(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Rejected) as caught:
        act()
    return [problem.code for problem in caught.value.problems]


def test_a_family_is_everybody_on_one_card_the_oldest_first(register: Register) -> None:
    family = register.families.of_worker(SITI)
    assert (family.card, [line.name for line in family.members]) == (OLD, ["Fatimah", "Siti", "Amir"])
    assert family.number_of is None
    assert [line.id for line in family.without(frozenset({SITI}))] == [FATIMAH, AMIR]


def test_who_has_no_card_is_alone(register: Register) -> None:
    worker = register.entries.save(make_worker(9, name="Zulkifli"), None).worker
    assert [line.name for line in register.families.of_worker(worker.id or 0).members] == ["Zulkifli"]
    assert register.families.of("").members == ()


def test_moving_says_who_stays_who_moves_and_who_is_there(register: Register) -> None:
    move = register.families.preview_move([SITI], "1312 0502 0315 0002")
    assert [line.name for line in move.moving] == ["Siti"]
    assert [line.name for line in move.staying] == ["Fatimah", "Amir"]
    assert [line.name for line in move.joined] == ["Yusuf"]
    assert (move.card, move.problems) == (NEW, ())
    assert move.home is not None
    assert move.home.nagari == "13.12.05.2001"


def test_who_moves_keeps_the_rest_and_its_history(register: Register) -> None:
    register.families.move([SITI], NEW)
    siti = register.workers.get(SITI)
    assert (siti.family_card, siti.nagari, siti.jorong) == (NEW, "13.12.04.2002", "Tombang")
    entry = register.audit.of("worker", SITI)[-1]
    assert (entry.action, entry.changes) == ("correct", (("family_card", OLD, NEW),))
    assert [line.name for line in register.families.of(NEW).members] == ["Yusuf", "Siti"]
    register.undo.undo()
    assert register.workers.get(SITI).family_card == OLD


def test_the_home_of_the_new_family_comes_along_when_wanted(register: Register) -> None:
    register.families.move([SITI, AMIR], NEW, with_address=True)
    for id in (SITI, AMIR):
        worker = register.workers.get(id)
        assert (worker.family_card, worker.nagari, worker.jorong) == (NEW, "13.12.05.2001", "Simpang")
    assert len({entry.save for id in (SITI, AMIR) for entry in register.audit.of("worker", id)[-1:]}) == 1
    assert check_file(register.path).is_clean, "the coverage moved with the nagari"


@pytest.mark.parametrize(
    ("card", "codes"),
    [("", ["family_card_missing"]), ("123", ["family_card_length"]), (OLD, ["same_card"])],
)
def test_a_number_that_cannot_be_the_new_one_is_refused(register: Register, card: str, codes: list[str]) -> None:
    assert codes_of(lambda: register.families.move([SITI], card)) == codes


def test_nobody_can_be_moved(register: Register) -> None:
    assert codes_of(lambda: register.families.move([], NEW)) == ["nobody_moves"]


def test_the_own_nik_is_no_family_card(register: Register) -> None:
    assert "family_card_is_nik" in codes_of(lambda: register.families.move([SITI], register.workers.get(SITI).nik))


def test_the_nik_of_somebody_else_is_told_and_needs_a_reason(register: Register) -> None:
    nik = register.workers.get(YUSUF).nik
    preview = register.families.preview_move([SITI], nik)
    assert "family_card_of_nik" in [problem.code for problem in preview.problems]
    assert "Yusuf" in preview.problems[0].text
    assert codes_of(lambda: register.families.move([SITI], nik))[0] == "family_card_of_nik"
    register.families.move([SITI], nik, reason="tertulis begitu di KK")
    assert register.workers.get(SITI).reasons["family_card_of_nik"] == "tertulis begitu di KK"
    assert register.families.of(nik).number_of is not None


def test_who_may_not_correct_moves_nobody(register: Register) -> None:
    register._file.person = User("siti", Role.CLERK)
    assert codes_of(lambda: register.families.move([SITI], NEW)) == ["no_right"]


def test_a_card_that_is_somebodys_nik_is_told_while_typing_too(register: Register) -> None:
    typed = make_worker(9, name="Zulkifli", family_card=register.workers.get(YUSUF).nik)
    assert "family_card_of_nik" in [problem.code for problem in register.workers.problems_of(typed)]
    assert "family_card_of_nik" in codes_of(lambda: register.entries.save(typed, None))
    reasons = dict.fromkeys(("family_card_of_nik", "family_card_like_nik", "family_card_date"), "begitu di KK")
    assert register.entries.save(replace(typed, reasons=reasons), None)
