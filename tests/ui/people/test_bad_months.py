"""Months, funds and ages that cannot be: each is said in its own sentence while it is typed, and nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.funds.fund import Fund, Receipt
from models.people.nik import compose_nik
from models.people.worker import Sex
from models.register import Register
from tests.factories import make_register, make_worker
from tests.ui.people.clerk import leave_pages
from tests.ui.person import Person, person_at
from ui.people.enrolment_forms import EnrolForm
from ui.people.entry_page import EntryPage


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A palm-oil fund and one of a company, both with money; a worker born in January 1962."""
    opened = make_register(tmp_path / "cakupan.db")
    for code, name in (("SAWIT", "DBH Sawit 2026"), ("CSR", "CSR Talu 2026")):
        scheme = opened.schemes.by_code(code)
        assert scheme is not None
        fund = opened.funds.save(Fund(scheme=scheme.id or 0, name=name, year=2026, ceiling=500_000))
        receipt = Receipt(fund=fund.id or 0, amount=500_000, received_on=date(2026, 11, 2), source="SP2D 1/2026")
        opened.funds.receive(receipt)
    born_on = date(1962, 1, 17)
    nik = compose_nik("13.12.04", born_on, Sex.FEMALE, 1)
    opened.entries.save(make_worker(1, nik=nik, born_on=born_on), None)
    yield opened
    leave_pages()
    opened.close()


@pytest.fixture
def clerk(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[EntryPage]]:
    with person_at(qtbot, register, tmp_path, EntryPage) as person:
        yield person


def choose(person: Person[EntryPage], name: str, text: str) -> None:
    person.page.form.go_to(name)
    person.answer(text)


BOUNDS = "bulan tidak mungkin: paling sedikit 1, paling banyak 60 bulan sekali daftar. Perbaiki bilangannya."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", f"0 {BOUNDS}"),
        ("200", f"200 {BOUNDS}"),
        ("-3", f"-3 {BOUNDS}"),
        ("2026202620", "Bilangan ini terlalu panjang untuk benar. Di sini hanya mungkin 1 sampai 60."),
        ("tiga", "Ini bukan bilangan bulat. Ketik angka saja, misalnya 1."),
    ],
)
def test_a_count_of_months_that_cannot_be(clerk: Person[EntryPage], typed: str, sentence: str) -> None:
    choose(clerk, "scheme", "sawit")
    choose(clerk, "month_count", typed)
    problem = clerk.page.form["month_count"].problem
    assert problem is not None
    assert problem.text == sentence
    assert clerk.page.form.plan() is None


def test_a_fund_of_another_scheme_is_said_to_be_one(clerk: Person[EntryPage]) -> None:
    choose(clerk, "scheme", "sawit")
    choose(clerk, "fund", "csr talu")
    problem = clerk.page.form["fund"].problem
    assert problem is not None
    assert problem.text == (
        "Dana CSR Talu 2026 membiayai skema lain, bukan Pekerja sawit (DBH Sawit). Pilih dana untuk skema ini."
    )
    choose(clerk, "fund", "entah")
    problem = clerk.page.form["fund"].problem
    assert problem is not None
    assert problem.code == "choice_unknown"


def test_a_contribution_that_changes_inside_the_months_is_said_to(clerk: Person[EntryPage]) -> None:
    choose(clerk, "scheme", "mandiri")
    choose(clerk, "first_month", "11/2026")
    choose(clerk, "month_count", "4")
    assert clerk.page.panel.price.lines[:3] == (
        "Iuran berubah mulai Januari 2027: tiap bulan dihitung dengan tarif bulan itu.",
        "Nov–Des 2026: Rp8.400 x 2 bulan",
        "Jan–Feb 2027: Rp16.800 x 2 bulan",
    )


@pytest.mark.parametrize(
    ("first", "count", "is_said"), [("12/2026", "3", True), ("1/2027", "1", True), ("11/2026", "2", False)]
)
def test_who_turns_65_inside_the_months_is_said_to(
    qtbot: QtBot, clerk: Person[EntryPage], register: Register, first: str, count: str, is_said: bool
) -> None:
    form = EnrolForm(clerk.session, register.workers.get(1))
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    assert QTest.qWaitForWindowActive(form)
    for name, text in (("scheme", "mandiri"), ("first_month", first), ("month_count", count)):
        form.go_to(name)
        clerk.answer(text)
    said = "Pekerja ini genap 65 tahun pada Januari 2027, di tengah bulan-bulan ini."
    assert (said in form._price.text()) is is_said
    assert form.save(), form.problems


def test_who_is_65_already_is_refused_instead(qtbot: QtBot, clerk: Person[EntryPage], register: Register) -> None:
    form = EnrolForm(clerk.session, register.workers.get(1))
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    assert QTest.qWaitForWindowActive(form)
    for name, text in (("scheme", "mandiri"), ("first_month", "2/2027"), ("month_count", "3")):
        form.go_to(name)
        clerk.answer(text)
    assert "genap 65 tahun" not in form._price.text()
    assert not form.save()
    assert "age_too_old" in {problem.code for problem in form.problems}
    assert register.enrolments.of_worker(1) == ()


def test_the_entry_page_says_who_turns_65(clerk: Person[EntryPage]) -> None:
    choose(clerk, "born_on", "17/1/1962")
    choose(clerk, "scheme", "mandiri")
    choose(clerk, "first_month", "12/2026")
    choose(clerk, "month_count", "3")
    assert clerk.page.panel.price.lines[-1].startswith("Pekerja ini genap 65 tahun pada Januari 2027")
