"""The fund on the entry page and in the form "enrol again": offered where there is one, pinned, never over-spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.funds.fund import Fund, Receipt
from models.register import Register
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.people.clerk import leave_pages
from tests.ui.person import CTRL, Key, Person, person_at
from ui.people.enrolment_forms import EnrolForm
from ui.people.entry_page import EntryPage


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A palm-oil fund with the money for one worker and three months; another scheme has none."""
    opened = make_register(tmp_path / "cakupan.db")
    scheme = opened.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = opened.funds.save(Fund(scheme=scheme.id or 0, name="DBH Sawit 2026", year=2026, ceiling=500_000))
    opened.funds.receive(
        Receipt(fund=fund.id or 0, amount=60_000, received_on=date(2026, 11, 2), source="SP2D 0812/2026")
    )
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


def test_the_fund_is_asked_for_where_the_scheme_has_an_open_one(clerk: Person[EntryPage]) -> None:
    form = clerk.page.form
    assert not form["fund"].isVisible()
    choose(clerk, "scheme", "csr")
    assert not form["fund"].isVisible()
    choose(clerk, "scheme", "sawit")
    assert form["fund"].isVisible()
    choose(clerk, "fund", "dbh")
    assert form["fund"].text() == "DBH Sawit 2026"
    plan = form.plan()
    assert plan is not None
    assert plan.fund == 1
    choose(clerk, "scheme", "csr")
    assert form["fund"].text() == ""
    plan = form.plan()
    assert plan is None or plan.fund is None


def test_it_stays_for_the_next_record_like_scheme_and_months(clerk: Person[EntryPage]) -> None:
    choose(clerk, "scheme", "sawit")
    choose(clerk, "fund", "dbh")
    clerk.page.form.start_next()
    assert clerk.page.form["fund"].is_pinned
    assert clerk.page.form["fund"].value() == 1
    clerk.register.funds.close(1, TODAY)
    clerk.page.form.start_next()
    assert not clerk.page.form["fund"].isVisible()
    assert clerk.page.form["fund"].value() is None


def test_more_than_the_fund_has_is_said_at_its_field(clerk: Person[EntryPage]) -> None:
    choose(clerk, "scheme", "sawit")
    choose(clerk, "month_count", "4")
    choose(clerk, "fund", "dbh")
    problem = clerk.page.form["fund"].problem
    assert problem is not None
    assert problem.code == "over_commitment"
    assert "Rp67.200" in problem.text
    choose(clerk, "month_count", "3")
    choose(clerk, "fund", "dbh")
    assert clerk.page.form["fund"].problem is None


def test_enrolling_again_takes_the_fund_and_says_when_it_is_empty(
    qtbot: QtBot, clerk: Person[EntryPage], register: Register
) -> None:
    worker = register.entries.save(make_worker(1), None).worker
    form = EnrolForm(clerk.session, worker)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    assert QTest.qWaitForWindowActive(form)
    form.go_to("scheme")
    for text in ("sawit", "12/2026", "dbh"):
        clerk.answer(text)
    form.go_to("month_count")
    clerk.answer("4")
    problem = form["fund"].problem
    assert problem is not None
    assert problem.code == "over_commitment"
    form.go_to("month_count")
    clerk.answer("3")
    clerk.press(Key.Key_A, CTRL)
    assert form.save()
    assert register.funds.ledger(1).committed == 50_400


def test_a_fund_opened_meanwhile_is_offered_at_once(clerk: Person[EntryPage], register: Register) -> None:
    choose(clerk, "scheme", "csr")
    scheme = register.schemes.by_code("CSR")
    assert scheme is not None
    register.funds.save(Fund(scheme=scheme.id or 0, name="CSR 2026", year=2026, ceiling=1_000_000))
    assert not clerk.page.form["fund"].isVisible()
    clerk.session.tell("funds")
    assert clerk.page.form["fund"].isVisible()


def test_an_enrolment_shown_again_has_its_fund(clerk: Person[EntryPage], register: Register) -> None:
    plan = replace(make_plan(register), fund=1)
    made = register.entries.save(make_worker(1), plan).enrolment
    assert made is not None
    clerk.page.form.show_plan(made)
    assert clerk.page.form["fund"].text() == "DBH Sawit 2026"
    assert clerk.page.form.plan() == plan
