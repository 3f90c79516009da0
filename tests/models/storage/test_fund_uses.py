"""What stands on a fund: how the committed sum comes about, what no longer fits, which places are free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.funds.calculator import heads_for, months_for, prices_of_scheme, steps_of
from models.funds.fund import Fund, Payment, Receipt
from models.funds.uses import Commitment, FreePlaces
from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.problems import Rejected
from models.register import Register, new_register, open_register
from models.schemes.life import Rejection
from models.values.months import Month, Period
from tests.factories import DECEMBER, NOW, TODAY, make_plan, make_worker


def some_worker(number: int) -> Worker:
    """Another person for each number, none of them like another."""
    born_on = date(1975, 1, 1) + timedelta(days=number % 9_000)
    name = f"Siti {chr(65 + number % 26)}{'aeiou'[number % 5]}{chr(97 + number // 26 % 26)}minah"
    nik = compose_nik("13.12.04", born_on, Sex.FEMALE, number // 9_000 + 1)
    return make_worker(nik=nik, born_on=born_on, name=name)


def fund_of(register: Register, received: int, code: str = "SAWIT", year: int = 2026) -> Fund:
    """A fund into which that much came in."""
    scheme = register.schemes.by_code(code)
    assert scheme is not None
    assert scheme.id is not None
    fund = register.funds.save(Fund(scheme=scheme.id, name=f"{code} {year}", year=year, ceiling=2_000_000_000))
    assert fund.id is not None
    if received:
        day = min(TODAY, date(year, 8, 1))
        register.funds.receive(Receipt(fund=fund.id, amount=received, received_on=day, source="SP2D 0812"))
    return fund


def enrol(register: Register, fund: Fund, heads: int, first: Month = DECEMBER, months: int = 3) -> list[int]:
    """Ids of the enrolments of so many new workers."""
    scheme = register.schemes.get(fund.scheme)
    plan = replace(make_plan(register, scheme.code, first, months), fund=fund.id)
    begin = register.workers.count()
    made = [register.entries.save(some_worker(begin + at), plan).enrolment for at in range(heads)]
    return [one.id or 0 for one in made if one is not None]


def test_the_committed_sum_is_heads_times_months_times_rate(register: Register) -> None:
    fund = fund_of(register, 1_000_000)
    enrol(register, fund, 3)
    enrol(register, fund, 2, months=1)
    assert fund.id is not None
    found = register.funds.uses.commitments(fund.id)
    assert found == (
        Commitment(Period(DECEMBER, DECEMBER), 2, (16_800,)),
        Commitment(Period(DECEMBER, DECEMBER + 2), 3, (16_800,) * 3),
    )
    assert sum(one.rupiah for one in found) == register.funds.ledger(fund.id).committed == 184_800
    assert register.funds.uses.left(fund.id) == register.funds.ledger(fund.id).left == 815_200


def test_months_of_different_rates_are_no_even_price(register: Register) -> None:
    fund = fund_of(register, 1_000_000, "CSR")
    enrol(register, fund, 1)
    assert fund.id is not None
    (one,) = register.funds.uses.commitments(fund.id)
    assert (one.monthly, one.even_monthly, one.each) == ((8_400, 16_800, 16_800), None, 42_000)


def test_a_corrected_receipt_names_those_who_no_longer_fit_from_the_last_on(register: Register) -> None:
    fund = fund_of(register, 5 * 50_400)
    ids = enrol(register, fund, 5)
    assert fund.id is not None
    assert register.funds.uses.unpaid(fund.id) is None
    (receipt,) = register.funds.receipts(fund.id)
    register.funds.receive(replace(receipt, amount=5 * 50_400 - 60_000))
    unpaid = register.funds.uses.unpaid(fund.id)
    assert unpaid is not None
    assert [line.enrolment for line in unpaid.lines] == [ids[4], ids[3]]
    assert (unpaid.missing, unpaid.enrolments, unpaid.heads, unpaid.months) == (60_000, 2, 2, 6)
    assert unpaid.rupiah == 100_800
    assert unpaid.lines[0].name == register.workers.get(unpaid.lines[0].worker).name
    assert register.undo.undo() is not None
    assert register.funds.uses.unpaid(fund.id) is None
    assert register.funds.receipts(fund.id) == (receipt,)


def test_a_payment_is_corrected_and_keeps_its_code(register: Register) -> None:
    fund = fund_of(register, 1_000_000)
    assert fund.id is not None
    paid = register.funds.pay(
        Payment(fund=fund.id, code="88", amount=50_400, paid_on=TODAY, period=Period(DECEMBER, DECEMBER), heads=3)
    )
    register.funds.pay(replace(paid, amount=33_600, heads=2))
    (found,) = register.funds.payments(fund.id)
    assert (found.amount, found.heads, found.code) == (33_600, 2, "88")
    with pytest.raises(Rejected):
        register.funds.pay(replace(paid, id=None))
    assert register.undo.undo() is not None
    assert register.funds.payments(fund.id)[0].amount == 50_400


def test_rejected_places_are_free_until_somebody_takes_them(register: Register) -> None:
    fund = fund_of(register, 1_000_000)
    ids = enrol(register, fund, 3)
    assert register.funds.uses.free_places() == ()
    register.enrolment_life.reject(ids[:2], Rejection.OVER_AGE)
    assert register.funds.uses.free_places() == (FreePlaces(fund.scheme, fund.id, 2),)
    register.waiting.add([register.entries.save(some_worker(900), None).worker.id or 0], fund.scheme)
    register.enrolment_life.replace(ids[:1])
    assert register.funds.uses.free_places() == (FreePlaces(fund.scheme, fund.id, 1),)
    assert register.enrolment_life.free_places(fund.scheme, fund.id) == (ids[1],)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Register]]:
    """A register with that many workers, closed at the end."""
    opened: list[Register] = []

    def make(heads: int) -> Register:
        path: Path = tmp_path_factory.mktemp("district") / "cakupan.db"
        from models.offices.office import OfficeSettings

        with new_register(path, user="rina", clock=lambda: NOW, settings=OfficeSettings()) as register:
            register.load((some_worker(number), ()) for number in range(heads))
        opened.append(open_register(path, user="rina", clock=lambda: NOW))
        return opened[-1]

    yield make
    for register in opened:
        register.close()


@pytest.mark.parametrize(
    ("heads", "first", "months", "rupiah"),
    [
        (7_764, Month(2026, 6), 11, 1_434_787_200),
        (7_723, Month(2026, 9), 3, 389_239_200),
        (1_850, Month(2026, 8), 5, 155_400_000),
    ],
)
def test_the_sums_that_districts_published_come_out_of_the_register(
    district: Callable[[int], Register], heads: int, first: Month, months: int, rupiah: int
) -> None:
    """From enrolments really written, and from the calculator both ways at the rates of the register."""
    register = district(heads)
    fund = fund_of(register, rupiah)
    assert fund.id is not None
    plan = replace(make_plan(register, "SAWIT", first, months), fund=fund.id)
    made = register.enrol_many.enrol(range(1, heads + 1), plan)
    assert len(made.enrolments) == heads
    ledger = register.funds.ledger(fund.id)
    assert (ledger.committed, ledger.left, ledger.heads, ledger.months) == (rupiah, 0, heads, heads * months)
    (one,) = register.funds.uses.commitments(fund.id)
    assert (one.heads, one.period.month_count, one.even_monthly) == (heads, months, 16_800)
    due = register.funds.due(fund.id, one.period)
    assert (due.heads, due.rupiah) == (heads, rupiah)
    price = prices_of_scheme(register.rates, register.schemes.get(fund.scheme))
    assert months_for(rupiah, heads, first, price).period == one.period
    assert heads_for(rupiah, one.period, price).heads == heads
    assert [step.left for step in steps_of(rupiah, heads, one.period, price)][-1] == 0


def test_a_month_that_the_money_does_not_pay_ends_the_steps(register: Register) -> None:
    scheme = register.schemes.by_code("CSR")
    assert scheme is not None
    price = prices_of_scheme(register.rates, scheme)
    steps = steps_of(100_000, 4, Period(DECEMBER - 1, DECEMBER + 5), price)
    assert [(step.each, step.left) for step in steps] == [(8_400, 66_400), (8_400, 32_800), (16_800, -34_400)]
