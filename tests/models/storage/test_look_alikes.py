"""Who of the register may be the person somebody is typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.people.likeness import CERTAIN
from models.people.worker import Sex
from models.register import Register
from tests.factories import make_worker

CARD = "1312040509120004"


@pytest.mark.parametrize(
    ("slip", "reason"),
    [
        ({}, "the same name"),
        ({"name": "Siti Aminnah"}, "a name that sounds the same"),
        ({"name": "Siti Aminsh"}, "one letter of the name differs"),
        ({"name": "Aminah Siti"}, "the same name"),
        ({"name": "SitiAminah"}, "the same name"),
        ({"name": "Siti Aminah Nasution"}, "one name has a word more"),
        ({"born_on": date(1985, 1, 7)}, "day and month of birth swapped"),
        ({"born_on": date(1985, 7, 11)}, "one digit of the birth date differs"),
        ({"born_on": date(1986, 7, 1)}, "one digit of the birth date differs"),
        ({"born_on": date(1986, 7, 1), "nagari": "13.12.05.2001"}, "one digit of the birth date differs"),
        ({"nagari": "13.12.05.2001"}, "the same birth date"),
        ({"mother_name": ""}, "the same birth date"),
    ],
)
def test_a_slip_of_the_typist_is_noticed(register: Register, slip: dict[str, object], reason: str) -> None:
    register.entries.save(make_worker(1), None)
    register.entries.save(make_worker(3, name="Rosmiati", born_on=date(1985, 7, 1)), None)
    typed = make_worker(12, **({"nik": ""} | slip))
    found = register.workers.look_alikes(typed)
    assert [alike.line.name for alike in found] == ["Siti Aminah"]
    assert reason in found[0].reasons
    assert found[0].reason == found[0].reasons[0]


def test_a_nik_one_digit_off_is_noticed_under_another_date_and_a_mangled_name(register: Register) -> None:
    worker = register.entries.save(make_worker(1), None).worker
    typed = make_worker(1, nik=worker.nik[:-1] + "7", name="Sitti Amina", born_on=date(1970, 5, 5))
    assert [alike.line.id for alike in register.workers.look_alikes(typed)] == [worker.id]


def test_a_worker_is_no_look_alike_of_itself_and_nobody_without_a_name_has_one(register: Register) -> None:
    worker = register.entries.save(make_worker(1), None).worker
    assert register.workers.look_alikes(worker) == ()
    assert register.workers.look_alikes(make_worker(2, name="")) == ()
    assert register.workers.look_alikes(make_worker(2, name="'")) == ()


def test_the_next_serial_of_the_same_day_is_another_person(register: Register) -> None:
    register.entries.save(make_worker(1, name="Rosmiati"), None)
    assert register.workers.look_alikes(make_worker(2, name="Zulkifli")) == ()


@pytest.mark.parametrize(("one", "another", "alike"), [("Siti", "Sati", True), ("Doni", "Dono", True),
                                                       ("Ali", "Budi", False), ("Siti", "Rita", False)])  # fmt: skip
def test_short_names_have_a_rule_of_their_own(register: Register, one: str, another: str, alike: bool) -> None:
    register.entries.save(make_worker(1, name=one), None)
    assert bool(register.workers.look_alikes(make_worker(2, name=another))) is alike


def test_one_family_card_leads_to_a_person_whose_birth_date_is_quite_another(register: Register) -> None:
    worker = register.entries.save(make_worker(1, family_card=CARD), None).worker
    typed = make_worker(2, family_card=CARD, born_on=date(1979, 12, 31))
    assert [alike.line.id for alike in register.workers.look_alikes(typed)] == [worker.id]


def test_the_most_probable_comes_first(register: Register) -> None:
    register.entries.save(make_worker(1, nagari="13.12.05.2001", mother_name=""), None)
    sure = register.entries.save(make_worker(2, family_card=CARD), None).worker
    found = register.workers.look_alikes(make_worker(30, family_card=CARD, nik=""))
    assert found[0].line.id == sure.id
    assert found[0].score >= CERTAIN
    assert found[0].score > found[1].score


def test_two_who_were_found_to_be_two_are_never_offered_to_each_other_again(register: Register) -> None:
    one = register.entries.save(make_worker(1), None).worker
    other = register.entries.save(make_worker(2), None).worker
    third = register.entries.save(make_worker(3), None).worker
    assert one.id is not None
    assert other.id is not None
    assert {alike.line.id for alike in register.workers.look_alikes(one)} == {other.id, third.id}
    register.pairs.not_same(other.id, one.id, "twins")
    assert {alike.line.id for alike in register.workers.look_alikes(one)} == {third.id}
    assert {alike.line.id for alike in register.workers.look_alikes(other)} == {third.id}
    assert {alike.line.id for alike in register.workers.look_alikes(third)} == {one.id, other.id}


def test_who_was_taken_back_is_nobodys_look_alike(register: Register) -> None:
    register.entries.save(make_worker(1), None)
    register.entries.undo_last()
    assert register.workers.look_alikes(make_worker(2)) == ()


def test_a_list_is_held_against_the_register_and_against_itself(register: Register) -> None:
    aminah = register.entries.save(make_worker(1, family_card=CARD), None).worker
    rows = [
        make_worker(20, name="Siti Aminsh", nik=""),
        make_worker(21, name="Zulkifli", sex=Sex.MALE, born_on=date(1990, 3, 4), mother_name="Upik"),
        make_worker(22, name="Zulkilfi", sex=Sex.MALE, born_on=date(1990, 4, 3), mother_name="Upik"),
        make_worker(23, name="Zulkifli", sex=Sex.MALE, born_on=date(1990, 3, 4), mother_name="Upik"),
        replace(make_worker(24, nik="1312042401700024", family_card=CARD), born_on=None),
        make_worker(25, name="", nik=""),
        aminah,
    ]
    steps: list[tuple[int, int]] = []
    found = register.workers.look_alikes_of_many(rows, lambda done, of: steps.append((done, of)))
    assert {(one.row, one.worker, one.other_row) for one in found} == {
        (0, aminah.id, None),
        (3, None, 1),
        (3, None, 2),
        (2, None, 1),
        (4, aminah.id, None),
        (6, None, 0),
        (6, None, 4),
    }
    assert [one.row for one in found] == sorted(one.row for one in found)
    assert all(one.reasons for one in found)
    assert steps[-1] == (len(rows), len(rows))
    assert register.workers.look_alikes_of_many([]) == ()


def test_many_of_one_nagari_are_answered_as_each_alone_would_be(register: Register) -> None:
    for serial in range(1, 16):
        register.entries.save(
            make_worker(serial, name=f"Yus{'aeiou'[serial % 5]}dar", born_on=date(1980, 1, serial)), None
        )
    rows = [make_worker(50 + day, name="Yusadar", nik="", born_on=date(1980, 1, day)) for day in range(1, 16)]
    many = register.workers.look_alikes_of_many(rows)
    for place, row in enumerate(rows):
        alone = {alike.line.id for alike in register.workers.look_alikes(row)}
        assert alone <= {one.worker for one in many if one.row == place and one.worker is not None}


def test_a_row_without_a_birth_date_is_found_by_its_nik_one_digit_off(register: Register) -> None:
    worker = register.entries.save(make_worker(1), None).worker
    row = replace(make_worker(1, nik=worker.nik[:-1] + "7", nagari="13.12.05.2001"), born_on=None)
    found = register.workers.look_alikes_of_many([row])
    assert [one.worker for one in found] == [worker.id]
    assert "NIK differs in one digit" in found[0].reasons
