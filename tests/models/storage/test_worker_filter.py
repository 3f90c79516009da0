"""The list of workers: nobody whom a text means is missing from it, and its order is the one asked for."""

from __future__ import annotations

from datetime import date

import pytest

from models.people.lines import WorkerFilter, WorkerOrder
from models.register import Register
from tests.factories import make_worker

PEOPLE = (  # name, nagari, family card
    ("Siti Rahmi Sari", "13.12.04.2002", ""),
    ("Rahmi", "13.12.05.2001", ""),
    ("Budi Rahmi", "13.12.04.2002", "1312041203100007"),
    ("Ali", "13.12.05.2001", ""),
    ("Salim", "13.12.04.2002", ""),
    ("Kinali Jaya", "13.12.04.2002", ""),
)


@pytest.fixture
def people(register: Register) -> Register:
    for serial, (name, nagari, card) in enumerate(PEOPLE, 1):
        register.entries.save(make_worker(serial, name=name, nagari=nagari, family_card=card), None)
    return register


def names(register: Register, text: str, **further: object) -> list[str]:
    ids = register.workers.ids(WorkerFilter(text=text, **further))  # type: ignore[arg-type]
    return [line.name for line in register.workers.lines(list(ids))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rahmi", ["Rahmi", "Budi Rahmi", "Siti Rahmi Sari"]),
        ("ali", ["Ali", "Kinali Jaya", "Salim"]),
        ("kinali", ["Kinali Jaya", "Ali", "Rahmi"]),
        ("rahmi s", ["Siti Rahmi Sari"]),
        ("rahmi talu", ["Budi Rahmi", "Siti Rahmi Sari"]),
        ("ra talu", []),
        ("r kinali", ["Rahmi"]),
        ("xyz", []),
        ("  ", ["Ali", "Budi Rahmi", "Kinali Jaya", "Rahmi", "Salim", "Siti Rahmi Sari"]),
        ("!!!", []),
    ],
)
def test_whoever_begins_with_the_text_comes_before_whoever_holds_it(
    people: Register, text: str, found: list[str]
) -> None:
    assert names(people, text) == found


def test_a_number_finds_the_beginning_of_a_nik_first_then_cards_then_any_part(people: Register) -> None:
    nik = make_worker(4).nik
    assert names(people, nik) == ["Ali"]
    assert names(people, nik[-4:]) == ["Ali"]
    assert names(people, "1312 0412 0310 0007") == ["Budi Rahmi"]
    assert len(names(people, "1312")) == len(PEOPLE)
    assert names(people, "13") == sorted(names(people, "13"))


def test_text_area_and_order_go_together(people: Register) -> None:
    assert names(people, "rahmi", kecamatan="13.12.05") == ["Rahmi"]
    assert names(people, "rahmi", descending=True) == ["Siti Rahmi Sari", "Rahmi", "Budi Rahmi"]
    assert names(people, "rahmi", order=WorkerOrder.NEWEST) == ["Budi Rahmi", "Rahmi", "Siti Rahmi Sari"]


def test_the_beginning_of_a_list_is_its_beginning(people: Register) -> None:
    whole = people.workers.ids(WorkerFilter())
    assert people.workers.ids(WorkerFilter(), limit=2) == whole[:2]


def test_more_people_than_any_page_holds_are_all_found(register: Register) -> None:
    for serial in range(1, 121):
        register.entries.save(make_worker(serial, born_on=date(1985, 7, 1 + serial % 20), name="Siti"), None)
    assert len(register.workers.ids(WorkerFilter(text="siti"))) == 120
