"""Funds, what comes in, what is committed, what is paid: the arithmetic and the refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.funds.fund import Fund, Ledger, Payment, Receipt
from models.funds.rules import over_commitment
from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from models.values.months import Month, Period
from tests.factories import DECEMBER, TODAY, make_plan, make_worker


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def make_fund(register: Register, **values: object) -> Fund:
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    assert scheme.id is not None
    fund = Fund(scheme=scheme.id, name="DBH Sawit 2026", payer="APBD", year=2026, ceiling=500_000_000)
    return replace(fund, **values)  # type: ignore[arg-type]


@pytest.fixture
def fund(register: Register) -> Fund:
    return register.funds.save(make_fund(register))


def receipt(fund: Fund, amount: int = 100_000, **values: object) -> Receipt:
    assert fund.id is not None
    made = Receipt(fund=fund.id, amount=amount, received_on=date(2026, 11, 2), source="SP2D 0812/2026")
    return replace(made, **values)  # type: ignore[arg-type]


def payment(fund: Fund, **values: object) -> Payment:
    assert fund.id is not None
    made = Payment(fund=fund.id, code="88888123", amount=50_400, paid_on=TODAY, period=Period(DECEMBER, DECEMBER + 2),
                   heads=1)  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def test_the_ledger_follows_the_money_and_the_enrolments(register: Register, fund: Fund) -> None:
    assert fund.id is not None
    assert register.funds.ledger(fund.id) == Ledger(500_000_000, 0, 0, 0, 0, 0)
    register.funds.receive(receipt(fund, 60_000))
    register.funds.receive(receipt(fund, 40_000))
    plan = replace(make_plan(register), fund=fund.id)
    first = register.entries.save(make_worker(1), plan)
    assert code_of(lambda: register.entries.save(make_worker(2), plan)) == "over_commitment"
    register.funds.allow_over(fund.id, "sisa transfer dijanjikan 1 Desember")
    register.entries.save(make_worker(2), plan)
    register.funds.pay(payment(fund))
    ledger = register.funds.ledger(fund.id)
    assert ledger == Ledger(500_000_000, 100_000, 100_800, 50_400, 2, 6)
    assert (ledger.left, ledger.outstanding, ledger.due, ledger.is_over) == (-800, 499_900_000, 50_400, True)
    assert register.funds.ledgers() == {fund.id: ledger}
    in_december = register.funds.due(fund.id, Period(DECEMBER, DECEMBER))
    assert (in_december.heads, in_december.rupiah) == (2, 33_600)
    before = register.funds.due(fund.id, Period(DECEMBER - 5, DECEMBER - 1))
    assert (before.heads, before.rupiah) == (0, 0)
    assert first.enrolment is not None
    register.enrolments.cancel(first.enrolment.id or 0, "salah")
    assert register.funds.ledger(fund.id).committed == 50_400
    register.close()
    assert check_file(register.path).is_clean


def test_what_was_entered_is_listed_corrected_and_withdrawn(register: Register, fund: Fund) -> None:
    assert fund.id is not None
    came = register.funds.receive(receipt(fund))
    paid = register.funds.pay(payment(fund))
    assert register.funds.receipts(fund.id) == (came,)
    assert [replace(one, uid="") for one in register.funds.payments(fund.id)] == [paid]
    register.funds.withdraw_receipt(came.id or 0)
    register.funds.withdraw_payment(paid.id or 0)
    assert register.funds.ledger(fund.id) == Ledger(500_000_000, 0, 0, 0, 0, 0)
    register.funds.pay(payment(fund))
    again = register.funds.save(replace(fund, ceiling=389_239_200))
    assert register.funds.get(fund.id) == again
    assert code_of(lambda: register.funds.save(replace(fund, ceiling=1))) == "corrected_meanwhile"
    register.funds.close(fund.id, TODAY)
    assert register.funds.of_scheme(fund.scheme) == ()


def test_each_step_is_taken_back_and_made_again(register: Register, fund: Fund) -> None:
    assert fund.id is not None
    register.funds.receive(receipt(fund))
    register.funds.save(replace(register.funds.get(fund.id), ceiling=1_000))
    assert register.undo.undo() is not None
    assert register.funds.get(fund.id).ceiling == 500_000_000
    assert register.undo.undo() is not None
    assert register.funds.receipts(fund.id) == ()
    assert register.undo.undo() is not None
    assert register.funds.all() == ()
    for _ in range(3):
        assert register.undo.redo() is not None
    assert register.funds.get(fund.id).ceiling == 1_000
    assert register.funds.ledger(fund.id).received == 100_000


def test_a_fund_that_something_rests_on_stays(register: Register, fund: Fund) -> None:
    """The receipt is another hand's, so it is not taken back first."""
    register.funds.receive(receipt(fund))
    step = next(step for save in register.undo._own_saves() if (step := register.undo.step_of(save)) is not None
                and step.entries[0].kind == "fund")  # fmt: skip
    assert code_of(lambda: register.undo.undo(step)) == "in_use"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ceiling": 0}, "amount_range"),
        ({"ceiling": -5}, "amount_range"),
        ({"ceiling": 10**17}, "amount_range"),
        ({"name": "  "}, "fund_name"),
        ({"year": 26}, "fund_year"),
    ],
)
def test_a_fund_that_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    assert code_of(lambda: register.funds.save(make_fund(register, **values))) == code
    assert register.funds.all() == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"amount": 0}, "amount_range"),
        ({"received_on": date(2026, 11, 23)}, "day_future"),
        ({"received_on": date(2024, 11, 23)}, "received_early"),
        ({"received_on": date(1026, 11, 23)}, "day_past"),
        ({"source": ""}, "source_missing"),
    ],
)
def test_a_receipt_that_cannot_be_right_is_refused(
    register: Register, fund: Fund, values: dict[str, object], code: str
) -> None:
    before = register.audit.count()
    assert code_of(lambda: register.funds.receive(receipt(fund, **values))) == code  # type: ignore[arg-type]
    assert register.audit.count() == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": ""}, "code_missing"),
        ({"amount": -1}, "amount_range"),
        ({"heads": 0}, "heads_missing"),
        ({"paid_on": date(2027, 1, 1)}, "day_future"),
        ({"period": Period(Month(2020, 1), Month(2026, 1))}, "months_many"),
    ],
)
def test_a_payment_that_cannot_be_right_is_refused(
    register: Register, fund: Fund, values: dict[str, object], code: str
) -> None:
    assert code_of(lambda: register.funds.pay(payment(fund, **values))) == code


def test_a_payment_with_the_same_code_is_refused_in_words(register: Register, fund: Fund) -> None:
    register.funds.pay(payment(fund))
    with pytest.raises(Rejected) as caught:
        register.funds.pay(payment(fund, code=" 88888123 ", amount=1))
    assert caught.value.problems[0].code == "paid_twice"
    assert "Rp50.400" in caught.value.text
    assert "DBH Sawit 2026" in caught.value.text


def test_the_scheme_of_a_used_fund_stays(register: Register, fund: Fund) -> None:
    other = register.schemes.by_code("CSR")
    assert other is not None
    register.funds.receive(receipt(fund))
    wrong = replace(make_plan(register, "CSR"), fund=fund.id)
    assert code_of(lambda: register.entries.save(make_worker(), wrong)) == "fund_of_another_scheme"
    register.entries.save(make_worker(), replace(make_plan(register), fund=fund.id))
    assert code_of(lambda: register.funds.save(replace(fund, scheme=other.id or 0))) == "fund_used"
    register.funds.close(fund.id or 0, TODAY)
    closed = replace(make_plan(register), fund=fund.id)
    assert code_of(lambda: register.entries.save(make_worker(2), closed)) == "fund_closed"


def test_more_than_came_in_is_named_with_what_is_missing() -> None:
    problem = over_commitment(50, 60)
    assert problem is not None
    assert problem.text.startswith("Sisa dana Rp50, sedangkan ini membutuhkan Rp60: kurang Rp10.")
    assert over_commitment(50, 50) is None
