"""Finding workers by any part of what is known of them."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.people.lines import Standing, WorkerFilter, WorkerOrder
from models.people.names import fold
from models.people.worker import Sex
from models.register import Register
from models.values.months import Month
from tests.factories import make_plan, make_worker

NAMES = ("Siti Aminah", "Nur'aini", "Muhammad Al Fajri", "Ali", "Sutan Marah Rusli", "Andi Nasution", "Siti Rohana")


@pytest.fixture
def crowd(register: Register) -> Register:
    for serial, name in enumerate(NAMES, 1):
        register.entries.save(
            make_worker(
                serial, name=name, mother_name="Zubaidah", born_on=date(1980 + serial, 3, serial), sex=Sex.MALE,
                family_card=f"131204120310{serial:04d}", nagari="13.12.05.2001" if serial % 2 else "13.12.04.2002",
            ),
            make_plan(register) if serial < 4 else None,
        )  # fmt: skip
    return register


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("s", {"Siti Aminah", "Sutan Marah Rusli", "Siti Rohana"}),
        ("siti", {"Siti Aminah", "Siti Rohana"}),
        ("SITI AM", {"Siti Aminah"}),
        ("aminah siti", {"Siti Aminah"}),
        ("mina", {"Siti Aminah"}),
        ("nuraini", {"Nur'aini"}),
        ("nur'aini", {"Nur'aini"}),
        ("marah", {"Sutan Marah Rusli"}),
        ("ali", {"Ali"}),
        ("nasution andi", {"Andi Nasution"}),
        ("1312040303", {"Muhammad Al Fajri"}),
        ("0303 83", {"Muhammad Al Fajri"}),
        ("1312 0412 0310 0004", {"Ali"}),
        ("3100004", {"Ali"}),
        ("siti kinali", {"Siti Aminah", "Siti Rohana"}),
        ("siti talu", set()),
        ("si kinali", {"Siti Aminah", "Siti Rohana"}),
        ("talu", {"Nur'aini", "Ali", "Andi Nasution"}),
        ("tidakada", set()),
        ('"; DROP TABLE worker; --', set()),
        ("*", set()),
        ("", set()),
        ("NEAR(a b)", set()),
    ],
)
def test_searching_finds_the_person_meant(crowd: Register, text: str, found: set[str]) -> None:
    assert {line.name for line in crowd.workers.search(text)} == found


def test_a_search_never_gives_more_than_asked_nor_anybody_twice(crowd: Register) -> None:
    assert len(crowd.workers.search("s", limit=2)) == 2
    ids = [line.id for line in crowd.workers.search("siti")]
    assert len(ids) == len(set(ids))


@given(text=st.text(alphabet=string.printable + "é'ñ漢", max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_searched_for(register: Register, text: str) -> None:
    register.workers.search(text)


@given(start=st.integers(0, 12), length=st.integers(3, 16))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_part_of_a_nik_finds_it(register: Register, start: int, length: int) -> None:
    worker = make_worker()
    if register.workers.find_nik(worker.nik) is None:
        register.entries.save(worker, None)
    part = worker.nik[start : start + length]
    assert worker.nik in {line.nik for line in register.workers.search(part)}


def test_lists_are_narrowed_and_ordered(crowd: Register) -> None:
    def names(**narrowed: object) -> list[str]:
        ids = crowd.workers.ids(WorkerFilter(**narrowed))  # type: ignore[arg-type]
        return [line.name for line in crowd.workers.lines(list(ids))]

    assert names() == sorted(NAMES, key=fold)
    assert names(descending=True) == sorted(NAMES, key=fold, reverse=True)
    assert names(order=WorkerOrder.NEWEST) == list(reversed(NAMES))
    assert set(names(kecamatan="13.12.04")) == {"Nur'aini", "Ali", "Andi Nasution"}
    assert set(names(nagari="13.12.05.2001", text="siti")) == {"Siti Aminah", "Siti Rohana"}
    scheme = crowd.schemes.by_code("SAWIT")
    assert scheme is not None
    assert set(names(scheme=scheme.id)) == set(NAMES[:3])
    assert set(names(standing=Standing.ENROLLED, month=Month(2027, 2))) == set(NAMES[:3])
    assert set(names(standing=Standing.ENDED, month=Month(2027, 3))) == set(NAMES[:3])
    assert set(names(standing=Standing.NOT_ENROLLED, month=Month(2027, 2))) == set(NAMES[3:])


def test_the_family_is_found_by_its_card_oldest_first(register: Register) -> None:
    card = "1312041203100007"
    register.entries.save(make_worker(1, family_card=card, name="Budi", born_on=date(1990, 1, 2)), None)
    register.entries.save(make_worker(2, family_card=card, name="Ani", born_on=date(1965, 1, 2)), None)
    register.entries.save(make_worker(3, name="Lain", born_on=date(1970, 1, 2)), None)
    assert [line.name for line in register.workers.family(card)] == ["Ani", "Budi"]
    assert register.workers.family("") == ()
