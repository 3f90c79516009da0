"""The scheme at the entry page: its months, payer, segment, price, and what it refuses."""

from __future__ import annotations

from datetime import date

from models.people.nik import compose_nik
from models.people.worker import Segment, Sex
from models.register import Register
from tests.factories import make_plan, make_worker
from tests.ui.people.clerk import SITI, Clerk, Key, saved


def test_the_age_at_the_first_month_is_said_as_soon_as_the_nik_is_whole(clerk: Clerk) -> None:
    clerk.fill(scheme="saw")
    clerk.go_to("nik")
    clerk.type(compose_nik("13.12.04", date(1950, 1, 2), Sex.MALE, 1))
    assert clerk.marked["born_on"] == "age_too_old"


def test_only_a_scheme_that_asks_for_its_payer_shows_the_fields(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(scheme="saw")
    assert not clerk.form["payer_name"].isVisible()
    clerk.go_to("scheme")
    clerk.type("asn")
    clerk.fill(first_month="12026")
    assert clerk.form["payer_name"].isVisible()
    clerk.go_to("month_count")
    clerk.type("1")
    clerk.enter()
    clerk.fill(payer_name="Mardi Yunus", payer_number="197605122003121004", payer_office="Dinas Pendidikan")
    clerk.save()
    enrolment = register.enrolments.of_worker(saved(register).id or 0)[0]
    assert enrolment.payer_number == "197605122003121004"
    assert enrolment.payer_office == "Dinas Pendidikan"


def test_enter_in_the_last_open_field_goes_on_to_those_that_its_scheme_opens(clerk: Clerk) -> None:
    clerk.fill(first_month="12026", month_count="3")
    clerk.press(Key.Key_Escape)
    clerk.fill(scheme="csr")
    assert clerk.field == "payer_name"


def test_a_scheme_brings_its_usual_months_and_its_segment(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(scheme="wali", first_month="12026")
    assert clerk.text("month_count") == "12"
    clerk.save()
    assert saved(register).segment is Segment.PU
    assert register.enrolments.of_worker(saved(register).id or 0)[0].period.month_count == 12


def test_another_scheme_brings_its_own_months_even_where_others_are_pinned(clerk: Clerk) -> None:
    clerk.fill(scheme="saw", first_month="12026")
    clerk.press(Key.Key_Escape)
    assert clerk.text("month_count") == "3"
    clerk.fill(scheme="csr")
    assert clerk.text("month_count") == "12"


def test_without_a_scheme_the_worker_is_only_listed(clerk: Clerk, register: Register) -> None:
    clerk.fill(nik=SITI, family_card="", phone="", name="Siti")
    clerk.fill(nagari="talu")
    clerk.save()
    assert register.enrolments.of_worker(saved(register).id or 0) == ()
    assert "tanpa kepesertaan" in clerk.said


def test_a_second_subsidy_is_refused_and_names_the_first(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), make_plan(register))
    clerk.fill(scheme="saw", first_month="122026")
    clerk.go_to("nik")
    clerk.type(SITI)
    assert clerk.marked == {"first_month": "second_subsidy"}
    assert "Pekerja sawit (DBH Sawit)" in clerk.said
    clerk.save()
    assert clerk.field == "first_month"
    assert len(register.enrolments.of_worker(saved(register).id or 0)) == 1


def test_the_price_says_how_it_came_about(clerk: Clerk) -> None:
    clerk.fill(income="850000")
    clerk.fill(scheme="csr", first_month="32026")
    clerk.go_to("month_count")
    clerk.type("3")
    clerk.enter()
    assert clerk.page.panel.price.title == "Iuran Rp33.600"
    assert clerk.page.panel.price.lines == (
        "Iuran berubah mulai April 2026: tiap bulan dihitung dengan tarif bulan itu.",
        "Mar 2026: Rp16.800 x 1 bulan",
        "Apr–Mei 2026: Rp8.400 x 2 bulan",
        "16.800 = JKK 10.000 + JKM 6.800",
        "8.400 = JKK 5.000 + JKM 3.400",
        "Dasar Rp1.000.000 sebulan",
    )
