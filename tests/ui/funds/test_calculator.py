"""The calculator of a fund by keys: months for heads, heads for months, from typed money and from a fund."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.funds.fund import Fund, Receipt
from models.register import Register
from tests.factories import make_register
from tests.ui.person import CTRL, Key, Person, person_at
from ui.funds.calculator import FundCalculator
from ui.schemes.page import SchemesPage


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A palm-oil fund with Rp400,000,000."""
    opened = make_register(tmp_path / "cakupan.db")
    scheme = opened.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = opened.funds.save(Fund(scheme=scheme.id or 0, name="DBH Sawit 2026", year=2026, ceiling=1_434_787_200))
    opened.funds.receive(
        Receipt(fund=fund.id or 0, amount=400_000_000, received_on=date(2026, 11, 2), source="SP2D 0812/2026")
    )
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        person.page.areas.setCurrentWidget(person.page.fund_calculator)
        person.rest()
        yield person


def calculator(person: Person[SchemesPage]) -> FundCalculator:
    return person.page.fund_calculator


def months(person: Person[SchemesPage]) -> list[tuple[str, ...]]:
    return [row.cells for row in calculator(person).months.rows]


def test_why_palm_oil_money_pays_three_months(supervisor: Person[SchemesPage]) -> None:
    for text in ("1", "", "sawit", "400 jt", "7723", "9/2025"):
        supervisor.answer(text)
    shown = calculator(supervisor)
    assert shown.figure.text() == "3 bulan"
    assert shown.product.text() == "7.723 orang, September s.d. November 2025: Rp389.239.200 dari Rp400.000.000"
    assert shown.rest.text() == "Sisa Rp10.760.800. Satu bulan lagi perlu Rp129.746.400: kurang Rp118.985.600."
    assert "dipakai iuran terendah" in shown.further.text()
    assert "Ctrl+2" in shown.further.text()
    assert "3 bulan x Rp16.800 = Rp389.239.200" in shown.why.text()
    assert months(supervisor) == [
        ("September 2025", "Rp16.800", "Rp129.746.400", "Rp270.253.600"),
        ("Oktober 2025", "Rp16.800", "Rp129.746.400", "Rp140.507.200"),
        ("November 2025", "Rp16.800", "Rp129.746.400", "Rp10.760.800"),
        ("Desember 2025", "Rp16.800", "Rp129.746.400", "kurang Rp118.985.600"),
    ]


@pytest.mark.parametrize(
    ("money", "first", "length", "heads"),
    [("1.434.787.200", "6/2024", "11", "7.764"), ("155.400.000", "8/2025", "5", "1.850")],
)
def test_how_many_workers_for_these_months(
    supervisor: Person[SchemesPage], money: str, first: str, length: str, heads: str
) -> None:
    for text in ("2", "", "sawit", money, length, first):
        supervisor.answer(text)
    assert calculator(supervisor).figure.text() == f"{heads} orang"
    assert months(supervisor)[-1][-1] == "Rp0"


def test_months_cost_what_the_rates_of_each_say(supervisor: Person[SchemesPage]) -> None:
    for text in ("1", "", "csr", "100.000", "4", "11/2026"):
        supervisor.answer(text)
    assert [row[1] for row in months(supervisor)] == ["Rp8.400", "Rp8.400", "Rp16.800"]
    assert calculator(supervisor).figure.text() == "2 bulan"


def test_it_is_fed_from_the_money_left_in_a_fund(supervisor: Person[SchemesPage]) -> None:
    supervisor.answer("1")
    supervisor.answer("dbh")
    supervisor.rest()
    form = calculator(supervisor).form
    assert (form["money"].text(), form["scheme"].text()) == ("400.000.000", "SAWIT Pekerja sawit (DBH Sawit)")
    form.go_to("money")
    supervisor.answer("1 jt")
    assert form["fund"].text() == ""


def test_it_is_reached_from_the_fund(supervisor: Person[SchemesPage]) -> None:
    supervisor.page.areas.setCurrentWidget(supervisor.page.funds)
    supervisor.rest()
    supervisor.rest()
    supervisor.press(Key.Key_J, CTRL)
    supervisor.rest()
    assert calculator(supervisor).form["heads"].hasFocus()
    supervisor.answer("7723")
    assert calculator(supervisor).figure.text() == "3 bulan"


def test_money_for_nobody_and_months_without_a_rate_are_said(supervisor: Person[SchemesPage]) -> None:
    for text in ("1", "", "sawit", "16.799", "1", "11/2026"):
        supervisor.answer(text)
    assert calculator(supervisor).product.text() == "Rp16.799 tidak cukup untuk satu bulan."
    assert "Ctrl+2" not in calculator(supervisor).further.text()
    calculator(supervisor).form.go_to("first")
    supervisor.answer("1/2010")
    assert calculator(supervisor).figure.text() == ""
    assert "2010" in calculator(supervisor).why.text()


def test_until_something_is_typed_it_asks(supervisor: Person[SchemesPage]) -> None:
    assert calculator(supervisor).why.text() == "Ketik jumlah uang dan jumlah pekerja, atau jumlah bulan."
