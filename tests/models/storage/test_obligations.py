"""The obligation board: civil servants, nagari officials, cooperatives, companies, Perisai agents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.obligations.records import Agent, Outreach, Promise, Roster
from models.problems import Rejected
from models.register import Register
from models.schemes.scheme import Scheme
from models.storage.check import check_file
from models.values.months import Month
from tests.factories import DECEMBER, TODAY, make_plan, make_worker

NOVEMBER = Month(2026, 11)
TALU, KINALI = "13.12.04.2002", "13.12.05.2001"


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def scheme(register: Register, code: str) -> Scheme:
    found = register.schemes.by_code(code)
    assert found is not None
    return found


def protect(register: Register, serial: int, nip: str, office: str) -> int:
    plan = replace(make_plan(register, "ASN"), payer_name=f"Guru {nip[-3:]}", payer_number=nip, payer_office=office)
    return register.entries.save(make_worker(serial), plan).worker.id or 0


def roster(register: Register, code: str, unit: str, number: int, **values: object) -> Roster:
    made = Roster(scheme=scheme(register, code).id or 0, unit=unit, number=number, counted_on=date(2026, 1, 2),
                  source="BKPSDM 1/2026")  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def test_a_civil_servant_counts_once_and_spellings_of_an_office_are_one(register: Register) -> None:
    register.obligations.count(roster(register, "ASN", "Dinas Pendidikan", 100, counted_on=date(2025, 1, 2)))
    register.obligations.count(roster(register, "ASN", "DINAS  PENDIDIKAN", 40))
    register.obligations.count(roster(register, "ASN", "Dinas Sosial", 3))
    first = protect(register, 1, "198501012010011001", "Dinas Pendidikan")
    second = protect(register, 2, "198501012010011001", "Dinas Pendidikan")
    third = protect(register, 3, "198501012010011002", "dinas pendidikan")
    protect(register, 4, "198501012010011003", "Kecamatan Talamau")
    rows = register.obligations.board(scheme(register, "ASN"), DECEMBER)
    assert [(row.name, row.obliged, row.done, row.to_do) for row in rows] == [
        ("Dinas Pendidikan", 40, 2, 38),
        ("Dinas Sosial", 3, 0, 3),
        ("Kecamatan Talamau", None, 1, None),
    ]
    workers = register.obligations.workers_of(scheme(register, "ASN"), "DINAS PENDIDIKAN", DECEMBER)
    assert set(workers) == {first, second, third}
    assert register.obligations.board(scheme(register, "ASN"), NOVEMBER)[0].done == 0


def test_officials_are_counted_by_their_nagari(register: Register) -> None:
    register.obligations.count(roster(register, "KADER", TALU, 3))
    for serial, nagari in ((1, TALU), (2, TALU), (3, TALU), (4, TALU), (5, KINALI)):
        register.entries.save(make_worker(serial, nagari=nagari), make_plan(register, "KADER"))
    rows = register.obligations.board(scheme(register, "KADER"), DECEMBER)
    assert [(row.name, row.obliged, row.done, row.to_do, row.surplus) for row in rows] == [
        ("Talu", 3, 4, 0, 1),
        ("Kinali", None, 1, None, 0),
    ]
    assert len(register.obligations.workers_of(scheme(register, "KADER"), TALU, DECEMBER)) == 4
    assert rows[1].unit == KINALI
    assert len(register.obligations.workers_of(scheme(register, "KADER"), rows[1].unit, DECEMBER)) == 1


def test_a_promise_is_held_against_what_stands_in_the_register(register: Register) -> None:
    csr = scheme(register, "CSR")
    register.obligations.promise(
        Promise(scheme=csr.id or 0, company="PT Kebun Talu", year=2026, heads=3, amount=200_000)
    )
    plan = replace(make_plan(register, "CSR", first=DECEMBER), payer_name="PT KEBUN TALU", payer_office="CSR")
    register.entries.save(make_worker(1), plan)
    register.entries.save(make_worker(2), replace(plan, first=Month(2027, 1)))
    row = register.obligations.promises(2026)[0]
    assert (row.heads, row.open_heads) == (1, 2)
    assert row.amount == register.enrolments.of_worker(1)[0].contribution
    assert row.open_amount == 200_000 - row.amount
    assert register.obligations.promises(2025) == ()
    register.obligations.withdraw_promise(row.promise.id or 0)
    assert register.obligations.promises(2026) == ()


def test_agents_bring_workers_and_hold_events(register: Register) -> None:
    agent = register.agents.save(Agent(code="P-07", name="Yusuf", areas=(TALU,), active_from=date(2025, 1, 1)))
    register.entries.save(make_worker(1, perisai_agent="P-07"), None)
    register.entries.save(make_worker(2, perisai_agent="P-99"), None)
    held = register.agents.hold(
        Outreach(agent=agent.id, held_on=TODAY, nagari=TALU, topic="Manfaat JKM", attendance=35)
    )
    months = {row.agent: (row.workers, row.events, row.attendance) for row in register.agents.month(NOVEMBER)}
    assert months == {"P-07": (1, 1, 35), "P-99": (1, 0, 0)}
    assert register.agents.events(TODAY, TODAY) == (held,)
    changed = register.agents.save(replace(agent, active_until=date(2026, 10, 31)))
    assert register.agents.get(agent.id or 0) == replace(changed, uid=register.agents.get(agent.id or 0).uid)
    assert code_of(lambda: register.agents.save(replace(agent, id=None, name="Lain"))) == "same_code"
    register.agents.withdraw_event(held.id or 0)
    assert register.undo.undo() is not None
    assert len(register.agents.events(TODAY, TODAY)) == 1
    register.close()
    assert check_file(register.path).findings == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"unit": " "}, "unit_missing"),
        ({"number": -1}, "number_range"),
        ({"counted_on": TODAY + timedelta(days=1)}, "day_future"),
        ({"counted_on": date(1900, 1, 1)}, "day_past"),
        ({"source": ""}, "source_missing"),
    ],
)
def test_a_count_that_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    wrong = replace(roster(register, "ASN", "Dinas Sosial", 3), **values)  # type: ignore[arg-type]
    assert code_of(lambda: register.obligations.count(wrong)) == code
    assert register.obligations.rosters(wrong.scheme) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"company": ""}, "company_missing"),
        ({"heads": None}, "promise_empty"),
        ({"heads": 0}, "number_range"),
        ({"heads": None, "amount": -1}, "amount_range"),
        ({"year": 26}, "promise_year"),
    ],
)
def test_a_promise_that_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    promise = Promise(scheme=scheme(register, "CSR").id or 0, company="PT Kebun", year=2026, heads=5)
    wrong = replace(promise, **values)  # type: ignore[arg-type]
    assert code_of(lambda: register.obligations.promise(wrong)) == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": ""}, "code_missing"),
        ({"name": ""}, "name_missing"),
        ({"areas": (TALU, "13.12.04.2999")}, "area_unknown"),
        ({"active_until": date(2024, 1, 1)}, "days_backwards"),
        ({"active_from": date(1025, 1, 1)}, "day_past"),
    ],
)
def test_an_agent_that_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    agent = Agent(code="P-07", name="Yusuf", active_from=date(2025, 1, 1))
    assert code_of(lambda: register.agents.save(replace(agent, **values))) == code  # type: ignore[arg-type]
    assert register.agents.all() == ()
