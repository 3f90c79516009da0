"""The calendar of ends: who drops out, who goes on, and going on in one action."""

from __future__ import annotations

from dataclasses import replace

from models.register import Register
from models.schemes.continuity import Continuity
from models.storage.periods import Ending
from models.values.months import Month, Period
from tests.factories import DECEMBER, make_plan, make_worker

FEBRUARY = Month(2027, 2)


def test_who_ends_and_who_goes_on(register: Register) -> None:
    ids = [register.entries.save(make_worker(n), make_plan(register)).worker.id or 0 for n in range(1, 5)]
    register.enrolments.add(ids[0], make_plan(register, "MANDIRI", first=FEBRUARY + 1))
    register.enrolments.add(ids[1], make_plan(register, "MANDIRI", first=FEBRUARY + 2))
    register.enrolments.cancel(register.enrolments.of_worker(ids[3])[0].id or 0, "salah")
    sawit = register.schemes.by_code("SAWIT")
    assert sawit is not None
    rows = register.periods.ending(Period(DECEMBER, FEBRUARY))
    assert rows == (Ending(FEBRUARY, sawit.id or 0, None, 3, 1),)
    assert rows[0].dropping == 2
    assert set(register.periods.who_ends(rows[0])) == set(ids[:3])
    assert set(register.periods.who_ends(rows[0], only_dropping=True)) == {ids[1], ids[2]}
    assert register.periods.ending(Period(DECEMBER, DECEMBER)) == ()


def test_those_who_drop_are_continued_with_another_payer_in_one_action(register: Register) -> None:
    ids = [register.entries.save(make_worker(n), make_plan(register)).worker.id or 0 for n in range(1, 4)]
    ending = register.periods.ending(Period(FEBRUARY, FEBRUARY))[0]
    plan = replace(make_plan(register, "CSR", first=ending.last_month + 1, months=6), payer_name="PT Kebun",
                   payer_office="CSR")  # fmt: skip
    made = register.enrol_many.enrol(register.periods.who_ends(ending, only_dropping=True), plan)
    assert len(made.enrolments) == 3
    assert register.periods.ending(Period(FEBRUARY, FEBRUARY))[0].dropping == 0
    assert register.periods.continuity(ids[0], FEBRUARY) == Continuity(DECEMBER, Month(2027, 8))
    assert register.periods.continuity(ids[0], Month(2026, 11)) is None


def test_who_stays_inside_the_waiting_months_is_counted(register: Register) -> None:
    ids = [register.entries.save(make_worker(n), make_plan(register)).worker.id or 0 for n in (1, 2)]
    ids.append(register.entries.save(make_worker(3), None).worker.id or 0)
    further = Period.starting(FEBRUARY + 1, 3)
    assert register.periods.still_waiting(ids, further) == 1
    assert register.periods.still_waiting(ids, Period.starting(FEBRUARY + 1, 4)) == 0
    assert register.periods.still_waiting(ids, Period.starting(FEBRUARY + 2, 3)) == 3
