"""A day at the entry page, by keys alone: new workers, known ones, families, warnings, mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker
from tests.ui.people.clerk import CARD, CTRL, SITI, WHOLE, Clerk, Key, leave_pages, open_page


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "a.db")
    yield made
    leave_pages()
    made.close()


@pytest.fixture
def clerk(qtbot: QtBot, register: Register, tmp_path: Path) -> Clerk:
    return open_page(qtbot, register, tmp_path)


def saved(register: Register, nik: str = SITI) -> Worker:
    line = register.workers.find_nik(nik)
    assert line is not None
    return register.workers.get(line.id)


def test_a_record_typed_from_the_first_field_to_the_last_arrives_whole(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    assert clerk.field == "first_month"
    clerk.save()
    worker = saved(register)
    assert worker == Worker(
        id=worker.id, uid=worker.uid, office=worker.office, revision=1,
        nik=SITI, family_card=CARD, name="Siti Aminah", birth_place="Talu", born_on=date(1985, 8, 17), sex=Sex.FEMALE,
        marital_status=MaritalStatus.MARRIED, mother_name="Rohana", address="Jl. Raya Talu 12", jorong="Tombang",
        nagari="13.12.04.2002", phone="+6281266778899", occupation="1", work_place="Kebun Talu", income=850_000,
        source_list="DTSEN lembar 3", source_decile=1,
    )  # fmt: skip
    enrolment = register.enrolments.of_worker(worker.id or 0)[0]
    assert (enrolment.period.first, enrolment.period.month_count) == (Month(2026, 12), 3)
    assert enrolment.contribution == 50_400
    assert "Tersimpan: Siti Aminah, SAWIT" in clerk.said
    assert register.drafts.all() == ()


def test_enter_never_saves(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.enter(5)
    assert register.workers.count() == 0
    assert "Ctrl+S" in clerk.said


def test_a_repeat_worker_costs_at_most_60_keys_and_no_mouse(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(first_month="92026")
    clerk.save_and_next()
    clerk.fill(nik=compose_nik("13.12.04", date(1990, 1, 2), Sex.MALE, 4))
    clerk.fill(
        name="Zulkifli", birth_place="Talu", marital_status="2", mother_name="Ana", address="x", jorong="Tombang"
    )
    clerk.fill(occupation="2", work_place="Kebun Talu", income="900000")
    clerk.go_to("first_month")
    clerk.type("122026")
    clerk.save_and_next()
    assert register.workers.count() == 2
    clerk.presses = 0

    clerk.type(SITI)
    clerk.save_and_next()

    assert clerk.presses <= 60
    enrolments = register.enrolments.of_worker(saved(register).id or 0)
    assert [e.period.first for e in enrolments] == [Month(2026, 12), Month(2026, 9)]
    assert register.workers.count() == 2
    assert clerk.field == "nik"
    assert clerk.text("nik") == ""


def test_a_repeat_worker_gone_through_with_enter_costs_no_more_than_60_keys(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(first_month="92026")
    clerk.save_and_next()
    clerk.presses = 0
    clerk.type(SITI)
    while "Ctrl+Enter" not in clerk.said:
        clerk.enter()
        assert clerk.presses <= 60
        if clerk.field in clerk.marked:  # the months of before are taken
            clerk.type("122026")
    clerk.save_and_next()
    assert clerk.presses <= 60
    assert len(register.enrolments.of_worker(saved(register).id or 0)) == 2


def test_the_nik_gives_birth_date_and_sex_and_enter_goes_past_them(clerk: Clerk) -> None:
    clerk.go_to("nik")
    clerk.type(SITI)
    assert clerk.text("born_on") == "17/08/1985"
    assert clerk.text("sex") == "P Perempuan"
    assert clerk.form["born_on"].note() == "dari NIK"
    clerk.fill(birth_place="Talu")
    assert clerk.field == "marital_status"
    clerk.back()
    assert clerk.field == "born_on"


def test_another_nik_gives_another_birth_date(clerk: Clerk) -> None:
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.press(Key.Key_A, CTRL)
    clerk.type(compose_nik("13.12.04", date(1990, 1, 2), Sex.MALE, 4))
    assert (clerk.text("born_on"), clerk.text("sex")) == ("02/01/1990", "L Laki-laki")


def test_a_registered_nik_brings_its_record_back(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), make_plan(register))
    clerk.go_to("nik")
    clerk.type(SITI)
    assert clerk.text("name") == "Siti Aminah"
    assert clerk.text("mother_name") == "R*****"
    assert clerk.page.panel.known.title == "Sudah terdaftar"
    assert any("SAWIT" in line and "Des 2026" in line for line in clerk.page.panel.known.lines)
    clerk.go_to("jorong")
    clerk.press(Key.Key_A, CTRL)
    clerk.type("Koto Panjang")
    clerk.save()
    assert saved(register).jorong == "Koto Panjang"
    assert saved(register).revision == 2
    assert len(register.enrolments.of_worker(saved(register).id or 0)) == 1


def test_another_nik_lets_go_of_the_record_that_came_with_the_first(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), None)
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.press(Key.Key_Backspace)
    assert clerk.text("name") == ""
    clerk.type("9")
    clerk.fill(**{name: text for name, text in WHOLE.items() if name == "family_card"})
    assert clerk.page.record.base.id is None
    assert clerk.text("born_on") == "17/08/1985"


def test_a_known_worker_with_nothing_new_is_not_saved_again(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), None)
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.save()
    assert "Belum ada yang baru" in clerk.said
    assert len(register.entries.of_day(date(2026, 11, 22))) == 1


def test_a_registered_nik_typed_last_is_said_and_f6_goes_on_with_the_record(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), None)
    clerk.fill(name="Siti Amina")
    clerk.go_to("nik")
    clerk.type(SITI)
    assert clerk.marked["nik"] == "nik_registered"
    assert "F6" in clerk.said
    assert clerk.text("name") == "Siti Amina"
    clerk.save()
    assert clerk.field == "nik"
    clerk.press(Key.Key_F6)
    assert clerk.page.compare.isVisible()
    assert ("Nama lengkap", "Siti Amina", "Siti Aminah", False) in clerk.page.compare.shown.rows
    clerk.enter()
    assert clerk.text("name") == "Siti Aminah"
    assert clerk.marked == {}
    assert [draft.fields["name"] for draft in clerk.page.desk.keeper.waiting()] == ["Siti Amina"]


def test_the_family_card_fills_the_home_and_enter_goes_past_it(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(family_card=CARD), None)
    clerk.fill(nik=SITI, family_card=CARD)
    assert clerk.page.panel.family.lines == ("Siti Aminah (1985)",)
    home = {name: clerk.text(name) for name in ("address", "jorong", "nagari")}
    assert home == {"address": "Jl. Raya Talu", "jorong": "Tombang", "nagari": "Talu"}
    assert clerk.form["address"].note() == "dari KK"
    clerk.fill(mother_name="Ana")
    assert clerk.field == "occupation"


def test_a_typed_address_stays_when_the_family_is_known(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(family_card=CARD), None)
    clerk.fill(address="Rumah sendiri")
    clerk.go_to("family_card")
    clerk.type(CARD)
    assert clerk.text("address") == "Rumah sendiri"
    assert clerk.text("jorong") == "Tombang"


def test_a_typed_nagari_keeps_a_family_from_elsewhere_out(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(family_card=CARD), None)
    clerk.fill(nagari="kajai")
    clerk.go_to("family_card")
    clerk.type(CARD)
    assert (clerk.text("nagari"), clerk.text("address")) == ("Kajai", "")


def test_a_pinned_nagari_gives_way_to_the_family_and_comes_back_for_the_next(
    clerk: Clerk, register: Register
) -> None:
    register.entries.save(make_worker(family_card=CARD), None)
    clerk.fill(nagari="kajai")
    clerk.press(Key.Key_Escape)
    assert clerk.text("nagari") == "Kajai"
    clerk.go_to("family_card")
    clerk.type(CARD)
    assert clerk.text("nagari") == "Talu"
    clerk.press(Key.Key_Escape)
    assert clerk.text("nagari") == "Kajai"


def test_titles_move_out_of_the_name(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(name="hj. siti aminah, s.pd.")
    assert [clerk.text(name) for name in ("name", "title_before", "title_after")] == ["Siti Aminah", "Hj.", "S.Pd."]
    clerk.save()
    assert saved(register).full_name == "Hj. Siti Aminah, S.Pd."


def test_a_title_put_back_into_the_name_stays_there_and_asks_for_a_reason(clerk: Clerk) -> None:
    clerk.fill(name="Hj. Siti")
    assert clerk.text("name") == "Siti"
    clerk.go_to("name")
    clerk.type("Hj. Siti")
    clerk.enter()
    assert clerk.text("name") == "Hj. Siti"
    assert clerk.marked["name"] == "name_title"


def test_saving_goes_to_the_first_problem(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(birth_place="", mother_name="Roh4na")
    assert clerk.marked == {"birth_place": "birth_place_missing", "mother_name": "name_digits"}
    clerk.save()
    assert register.workers.count() == 0
    assert clerk.field == "birth_place"
    assert "Tempat lahir masih kosong" in clerk.said
    clerk.press(Key.Key_F8)
    assert clerk.field == "mother_name"


def test_a_text_that_cannot_be_read_is_never_left_out_silently(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(phone="0812")
    clerk.save()
    assert register.workers.count() == 0
    assert clerk.field == "phone"


def test_no_problem_is_shown_while_a_field_is_being_typed(clerk: Clerk) -> None:
    clerk.go_to("born_on")
    for letter in "31021985":
        clerk.type(letter)
        assert "born_on" not in clerk.marked
    clerk.enter()
    assert clerk.marked["born_on"] == "date_impossible"
    assert clerk.text("born_on") == "31021985"


def test_a_warning_is_saved_with_a_reason_typed_in_the_message_line(clerk: Clerk, register: Register) -> None:
    foreign = compose_nik("14.01.01", date(1985, 8, 17), Sex.FEMALE, 1)
    clerk.fill_all(nik=foreign)
    clerk.save()
    assert clerk.field == "nik"
    assert clerk.marked == {"nik": "nik_region_foreign"}
    clerk.press(Key.Key_F7)
    clerk.type("pindah dari Kampar 2019")
    clerk.enter()
    assert clerk.field == "nik"
    assert clerk.marked == {}
    assert clerk.page.panel.reasons.lines == ("NIK: pindah dari Kampar 2019",)
    clerk.save()
    assert saved(register, foreign).reasons == {"nik_region_foreign": "pindah dari Kampar 2019"}


def test_esc_in_the_reason_accepts_nothing_and_leads_back(clerk: Clerk) -> None:
    clerk.fill(nik=compose_nik("14.01.01", date(1985, 8, 17), Sex.FEMALE, 1), family_card="")
    clerk.press(Key.Key_F7)
    clerk.type("pin")
    clerk.press(Key.Key_Escape)
    assert clerk.field == "phone"
    assert clerk.marked == {"nik": "nik_region_foreign"}
    assert clerk.text("nik") != ""


def test_saving_from_the_reason_accepts_it(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(nik=compose_nik("14.01.01", date(1985, 8, 17), Sex.FEMALE, 1))
    clerk.go_to("nik")
    clerk.press(Key.Key_F7)
    clerk.type("pindah")
    clerk.save()
    assert register.workers.count() == 1


def test_a_reason_falls_with_the_text_it_was_given_for(clerk: Clerk) -> None:
    clerk.go_to("nik")
    clerk.type(compose_nik("14.01.01", date(1985, 8, 17), Sex.FEMALE, 1))
    clerk.press(Key.Key_F7)
    clerk.type("pindah")
    clerk.enter()
    assert clerk.marked == {}
    clerk.press(Key.Key_Backspace)
    clerk.type("2")
    clerk.enter()
    assert clerk.marked == {"nik": "nik_region_foreign"}
    clerk.go_to("nik")
    clerk.press(Key.Key_F7)
    clerk.enter()  # the reason given before stands ready
    assert clerk.marked == {}


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


def test_the_next_record_keeps_what_is_pinned_and_nothing_else(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    assert clerk.field == "nik"
    assert {f.name: f.text() for f in clerk.form.fields if f.text() and f.name != "segment"} == {
        "nagari": "Talu", "source_list": "DTSEN lembar 3", "scheme": "SAWIT Pekerja sawit (DBH Sawit)",
        "first_month": "Desember 2026", "month_count": "3",
    }  # fmt: skip
    assert "Tersimpan: Siti Aminah" in clerk.said
    clerk.fill(jorong="Tombang")
    assert clerk.field == "occupation"


def test_any_field_can_be_pinned_and_the_choice_is_remembered(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    clerk.fill(work_place="Kebun Talu")
    clerk.go_to("work_place")
    clerk.press(Key.Key_L, CTRL)
    clerk.press(Key.Key_Escape)
    assert clerk.text("work_place") == "Kebun Talu"
    clerk.page.session.preferences.write()
    assert "work_place" in open_page(qtbot, register, tmp_path).form.pinned


def test_a_saved_record_stays_and_changes_correct_it_without_enrolling_twice(
    clerk: Clerk, register: Register
) -> None:
    clerk.fill_all()
    clerk.save()
    clerk.save()
    assert "sudah tersimpan" in clerk.said
    clerk.go_to("nik")
    clerk.press(Key.Key_End)
    clerk.press(Key.Key_Backspace)
    clerk.type("7")
    clerk.save_and_next()
    assert register.workers.count() == 1
    worker = saved(register, SITI[:-1] + "7")
    assert len(register.enrolments.of_worker(worker.id or 0)) == 1


def test_the_seldom_fields_open_with_a_key_and_are_saved(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.press(Key.Key_F9)
    others = {"kpj": "12345678901", "postcode": "26566", "email": "siti@contoh.id", "heir_name": "Zulkifli",
              "heir_relation": "suami", "heir_nik": "1312040502800002", "notes": "diantar wali jorong"}  # fmt: skip
    clerk.fill(**others)
    clerk.save()
    worker = saved(register)
    assert {name: getattr(worker, name) for name in others} == others
    clerk.save_and_next()
    assert not clerk.form["notes"].isVisible()


def test_a_problem_in_a_folded_field_opens_it(clerk: Clerk) -> None:
    clerk.fill_all()
    clerk.press(Key.Key_F9)
    clerk.fill(postcode="1")
    clerk.press(Key.Key_F9)
    clerk.save()
    assert clerk.field == "postcode"


def test_a_cancelled_family_member_is_not_in_the_way(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), make_plan(register))
    register.entries.undo_last()
    clerk.go_to("nik")
    clerk.type(SITI)
    assert clerk.text("name") == ""
    clerk.fill_all()
    clerk.save()
    worker = saved(register)
    assert [e.state for e in register.enrolments.of_worker(worker.id or 0)] == [EnrolmentState.PROPOSED]


def test_somebody_who_looks_alike_is_shown_and_can_be_compared(
    qtbot: QtBot, clerk: Clerk, register: Register
) -> None:
    register.entries.save(make_worker(7, born_on=date(1985, 8, 17), name="Siti Aminah"), None)
    clerk.fill(nik=SITI, family_card="", phone="", name="Siti Aminnah")
    qtbot.waitUntil(lambda: clerk.page.panel.look_alikes.title != "")
    assert clerk.page.panel.look_alikes.title == "Mungkin orang yang sama (1)"
    clerk.press(Key.Key_F6)
    assert clerk.page.compare.shown.name == "Siti Aminah"
    clerk.press(Key.Key_Escape)
    assert clerk.field == "birth_place"
    assert clerk.text("name") == "Siti Aminnah"


def test_a_nik_one_digit_from_a_namesakes_is_saved_only_with_a_reason(clerk: Clerk, register: Register) -> None:
    register.entries.save(make_worker(2, born_on=date(1985, 8, 17), name="Siti Aminah"), None)
    clerk.fill_all()
    clerk.save()
    assert clerk.field == "nik"
    assert clerk.marked == {"nik": "looks_registered"}
    assert "F6" in clerk.said
    assert register.workers.find_nik(SITI) is None
    clerk.press(Key.Key_F7)
    clerk.type("saudara kembar")
    clerk.enter()
    clerk.save()
    assert saved(register).reasons == {"looks_registered": "saudara kembar"}
    clerk.save()
    assert clerk.said == "Ini sudah tersimpan. Ctrl+Enter memulai yang berikutnya."


def test_a_namesake_of_another_birth_date_and_family_needs_no_reason(clerk: Clerk, register: Register) -> None:
    namesake = make_worker(7, born_on=date(1985, 8, 18), name="Siti Aminah", mother_name="Upik")
    register.entries.save(namesake, None)
    clerk.fill_all()
    clerk.save()
    assert saved(register).reasons == {}


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


def test_the_days_entries_and_drafts_are_counted(clerk: Clerk) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    clerk.fill(name="Zulkifli")
    clerk.press(Key.Key_D, CTRL)
    assert clerk.page.panel.day.title == "Hari ini: 1 entri · 1 draf"
    assert clerk.page.panel.day.lines == ("09:00 Siti Aminah · SAWIT",)


def test_another_page_can_ask_for_a_worker(clerk: Clerk, register: Register) -> None:
    entry = register.entries.save(make_worker(), None)
    clerk.fill(name="Setengah jadi")
    clerk.page.show_target(entry.worker.id)
    assert clerk.text("name") == "Siti Aminah"
    assert [draft.fields["name"] for draft in clerk.page.desk.keeper.waiting()] == ["Setengah jadi"]


def test_a_letter_with_alt_leads_to_each_field_and_no_letter_twice(clerk: Clerk) -> None:
    labels = [label.text() for label in clerk.form._scroll.labels.values()]
    letters = [text[text.index("&") + 1].casefold() for text in labels if "&" in text]
    assert len(letters) == len(set(letters))
    assert clerk.form["nik"].accessibleName() == "NIK, wajib diisi"
    assert all(field.accessibleName() for field in clerk.form.fields)


def test_the_next_record_begins_without_a_problem_wherever_the_last_was_saved(clerk: Clerk) -> None:
    clerk.fill_all()
    clerk.form.go_to("income")
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.field == "nik"
    assert clerk.form.problems == ()
    clerk.type("1312")
    clerk.form.go_to("mother_name")
    clerk.type("R")
    clerk.press(Key.Key_Escape)
    assert clerk.field == "nik"
    assert clerk.form.problems == ()
