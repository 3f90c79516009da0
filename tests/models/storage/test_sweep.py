"""Looking through the whole register for people who stand in it twice."""

from __future__ import annotations

from datetime import date

import pytest

from models.register import Register
from models.storage.sweep import sweep
from tests.factories import make_worker


class Stopped(Exception):
    pass


def add(register: Register, serial: int, **values: object) -> int:
    worker = register.entries.save(make_worker(serial, **values), None).worker
    assert worker.id is not None
    return worker.id


def pairs(register: Register) -> set[tuple[int, int]]:
    return {(pair.one, pair.other) for pair in sweep(register._file)}


def test_an_empty_register_and_one_of_strangers_have_no_pairs(register: Register) -> None:
    assert sweep(register._file) == []
    add(register, 1, name="Siti Aminah")
    add(register, 2, name="Zulkifli", mother_name="Upik")
    add(register, 3, name="Rosmiati", born_on=date(1990, 2, 3), mother_name="Ani")
    assert sweep(register._file) == []


@pytest.mark.parametrize(
    "slip",
    [
        {},
        {"name": "Siti Aminsh"},
        {"name": "SitiAminah"},
        {"name": "Siti Aminah Lubis"},
        {"name": "Siti Aminah", "nagari": "13.12.05.2001"},
        {"born_on": date(1985, 1, 7)},
        {"born_on": date(1975, 7, 1)},
        {"born_on": date(1985, 7, 11), "nagari": "13.12.05.2001"},
        {"name": "Siti Aminaj", "born_on": date(1985, 7, 11)},
        {"born_on": date(1963, 12, 24)},
    ],
)
def test_one_person_in_two_records_is_a_pair(register: Register, slip: dict[str, object]) -> None:
    one = add(register, 1)
    add(register, 2, name="Zulkifli", mother_name="Upik")
    other = add(register, 33, **slip)
    found = sweep(register._file)
    assert [(pair.one, pair.other) for pair in found] == [(one, other)]
    assert found[0].reasons


def test_muhammad_before_a_name_hides_nobody(register: Register) -> None:
    one = add(register, 1, name="Rizki Saputra")
    other = add(register, 33, name="Muhammad Rizky Saputra")
    assert pairs(register) == {(one, other)}


def test_three_records_of_one_person_are_three_pairs(register: Register) -> None:
    first, second, third = (add(register, serial) for serial in (1, 33, 66))
    assert pairs(register) == {(first, second), (first, third), (second, third)}


def test_a_pair_that_was_found_to_be_two_is_never_shown_again_until_that_is_taken_back(register: Register) -> None:
    one, other = add(register, 1), add(register, 33)
    decision = register.pairs.not_same(one, other, "twins")
    assert pairs(register) == set()
    register.pairs.ask_again(decision.id)
    assert pairs(register) == {(one, other)}


def test_who_was_taken_back_stands_in_no_pair(register: Register) -> None:
    add(register, 1)
    add(register, 33)
    register.entries.undo_last()
    assert pairs(register) == set()


def test_a_worker_without_a_birth_date_is_a_pair_by_a_rare_name_and_nagari(register: Register) -> None:
    one, other = add(register, 1, name="Yusnidar Piliang"), add(register, 33, name="Yusnidar Piliang")
    with register._file.change() as change:
        change.execute("UPDATE worker SET born_on = NULL WHERE id = ?", (other,))
    assert pairs(register) == {(one, other)}


def test_it_tells_how_far_it_is_and_ends_when_told_to(register: Register) -> None:
    add(register, 1)
    add(register, 33)

    def stop(done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        sweep(register._file, stop)
    steps: list[tuple[int, int]] = []
    sweep(register._file, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (1000, 1000)
    assert {of for _, of in steps} == {1000}


def test_a_twin_connection_that_only_reads_finds_the_same(register: Register) -> None:
    add(register, 1)
    add(register, 33)
    with register.twin(read_only=True) as twin:
        assert pairs(twin) == pairs(register) != set()
