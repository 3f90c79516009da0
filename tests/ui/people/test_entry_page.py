"""A day at the entry page, by keys alone: whole records, warnings, mistakes, what is pinned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Sex, Worker
from models.register import Register
from models.values.months import Month
from tests.ui.people.clerk import CARD, CTRL, SITI, Clerk, Key, open_page, saved


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


def test_the_days_entries_and_drafts_are_counted(clerk: Clerk) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    clerk.fill(name="Zulkifli")
    clerk.press(Key.Key_D, CTRL)
    assert clerk.page.panel.day.title == "Hari ini: 1 entri · 1 draf"
    assert clerk.page.panel.day.lines == ("09:00 Siti Aminah · SAWIT",)


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
