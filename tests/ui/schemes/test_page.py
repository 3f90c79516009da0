"""The schemes page: prices as the model has them, the rates behind them, and the reckoner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.register import Register
from models.values.formats import number
from models.values.months import Month
from models.values.rupiah import format_rupiah
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.fields.letters import letters_in
from ui.schemes.page import SchemesPage


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Two palm-oil workers for three months, one of them a wali nagari too."""
    opened = make_register(tmp_path / "cakupan.db")
    for serial in (1, 2):
        opened.entries.save(make_worker(serial), make_plan(opened, "SAWIT", Month(2026, 11), 3))
    opened.enrolments.add(1, make_plan(opened, "WALI", Month(2026, 11), 12))
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        yield person


def row(person: Person[SchemesPage], code: str) -> tuple[str, ...]:
    return next(row.cells for row in person.page.table.rows if row.cells[0] == code)


def figure(person: Person[SchemesPage]) -> str:
    return person.page.calculator.figure.text()


def test_every_scheme_has_its_price_of_this_month(supervisor: Person[SchemesPage]) -> None:
    assert row(supervisor, "SAWIT")[2:8] == ("BPU", "JKK + JKM", "Anggaran pemerintah", "Ya", "3", "Rp16.800")
    assert row(supervisor, "CSR")[5:8] == ("Tidak", "12", "Rp8.400")  # half of it is relieved until December 2026
    assert row(supervisor, "WALI")[7] == "Rp16.169"
    assert len(supervisor.page.table.rows) == len(supervisor.register.schemes.all())


def test_heads_and_rupiah_are_those_of_the_register(supervisor: Person[SchemesPage]) -> None:
    for scheme in supervisor.register.schemes.all():
        heads, rupiah = supervisor.register.enrolments.total(scheme.id or 0)
        assert row(supervisor, scheme.code)[8:] == (number(heads), format_rupiah(rupiah))
    assert row(supervisor, "SAWIT")[8:] == ("2", "Rp100.800")
    assert supervisor.page.schemes.total.text() == "Semua 10 skema: 3 kepesertaan, terikat Rp294.828."


def test_the_published_figure_comes_out_of_the_reckoner(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_H, CTRL)
    for text in ("sawit", "7723", "3"):
        supervisor.answer(text)
    assert figure(supervisor) == "Rp389.239.200"
    assert supervisor.page.calculator.product.text() == "7.723 pekerja x 3 bulan x Rp16.800 = Rp389.239.200"
    assert "dua ratus rupiah" in supervisor.page.calculator.spelled.text()
    assert "PP 44/2015" in supervisor.page.calculator.sources.text()


def test_so_does_the_one_of_the_year_before(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_H, CTRL)
    for text in ("sawit", "7764", "11", "6/2024"):
        supervisor.answer(text)
    assert figure(supervisor) == "Rp1.434.787.200"


def test_enter_on_a_scheme_reckons_with_it(supervisor: Person[SchemesPage]) -> None:
    supervisor.page.table.setFocus()
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Return)
    form = supervisor.page.calculator.form
    assert (form["scheme"].text(), form["months"].text()) == ("CSR Pekerja rentan dibiayai perusahaan (CSR)", "12")
    assert form["heads"].hasFocus()
    supervisor.answer("10")
    cost = 2 * 8_400 + 10 * 16_800  # November and December 2026 are relieved, ten months of 2027 are not
    assert figure(supervisor) == format_rupiah(10 * cost)


def test_a_wage_scheme_asks_for_no_income(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_H, CTRL)
    supervisor.answer("wali")
    assert not supervisor.page.calculator.form["income"].isVisible()
    supervisor.answer("1")
    supervisor.answer("1")
    assert figure(supervisor) == "Rp16.169"


def test_a_higher_income_costs_more(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_H, CTRL)
    for text in ("sawit", "1", "1", "11/2026", "1200000"):
        supervisor.answer(text)
    assert figure(supervisor) == "Rp18.800"


def test_months_without_a_rate_are_said(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_H, CTRL)
    for text in ("sawit", "1", "1", "1/2010"):
        supervisor.answer(text)
    assert figure(supervisor) == ""
    assert "2010" in supervisor.page.calculator.detail.text()


def test_until_something_is_typed_the_reckoner_asks(supervisor: Person[SchemesPage]) -> None:
    assert supervisor.page.calculator.detail.text() == "Ketik berapa pekerja dan berapa bulan."


def test_rates_and_reliefs_stand_there_with_validity_and_source(supervisor: Person[SchemesPage]) -> None:
    rates = [row.cells for row in supervisor.page.rates.rows]
    assert len(rates) == len(supervisor.register.rates.rates)
    assert all(cells[5] and cells[6] for cells in rates)
    assert any(cells[:5] == ("BPU", "JKK", "penghasilan mulai Rp0", "Rp1.000.000", "Rp10.000") for cells in rates)
    assert any(cells[:3] + cells[4:5] == ("PU", "JKK", "kelompok risiko I", "0,24 % dari upah") for cells in rates)
    relief = supervisor.page.reliefs.rows[0].cells
    assert relief[2:5] == ("50 %", "Tidak", "Apr–Des 2026")
    assert "PP 50/2025" in relief[5]


def test_everything_that_takes_the_focus_has_a_name_and_no_letter_is_used_twice(
    supervisor: Person[SchemesPage],
) -> None:
    parts = [part for part in supervisor.page.findChildren(QWidget) if part.isVisible()]
    assert [part for part in parts if part.focusPolicy().value & 1 and not part.accessibleName()] == []
    texts = [
        part.text() for part in parts if isinstance(part, QPushButton) or (isinstance(part, QLabel) and part.buddy())
    ]
    letters = letters_in(texts)
    assert len(letters) == len(set(letters)) >= 5
