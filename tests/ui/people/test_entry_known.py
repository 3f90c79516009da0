"""People who are known already at the entry page: by NIK, by family card, or because they look alike."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from models.register import Register
from models.schemes.enrolment import EnrolmentState
from tests.factories import make_plan, make_worker
from tests.ui.people.clerk import CARD, CTRL, SITI, WHOLE, Clerk, Key, saved


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


def test_another_page_can_ask_for_a_worker(clerk: Clerk, register: Register) -> None:
    entry = register.entries.save(make_worker(), None)
    clerk.fill(name="Setengah jadi")
    clerk.page.show_target(entry.worker.id)
    assert clerk.text("name") == "Siti Aminah"
    assert [draft.fields["name"] for draft in clerk.page.desk.keeper.waiting()] == ["Setengah jadi"]
