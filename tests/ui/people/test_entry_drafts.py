"""Nothing that was typed is lost: drafts, clearing, taking back, a disk that refuses."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.people.nik import compose_nik
from models.people.worker import Sex
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from tests.factories import NOW, make_plan, make_worker
from tests.ui.people.clerk import CTRL, SITI, Clerk, Key, open_page

FOREIGN = compose_nik("14.01.01", date(1985, 8, 17), Sex.FEMALE, 1)
TODAY = NOW.date()


def names_of_drafts(clerk: Clerk) -> list[str]:
    return [draft.fields.get("name", "") for draft in clerk.page.desk.keeper.waiting()]


def test_what_is_typed_is_in_the_file_within_a_second(clerk: Clerk, register: Register) -> None:
    clerk.go_to("name")
    clerk.type("Siti Amin")
    clerk.wait_for_draft()
    draft = register.drafts.all()[0]
    assert (draft.fields["name"], draft.focus) == ("Siti Amin", "name")


def test_keys_in_between_do_not_put_the_draft_off(clerk: Clerk, register: Register) -> None:
    clerk.go_to("address")
    letters = iter("Jl. Raya Talu 12, RT 02/RW 01, di belakang pasar, dekat surau " * 10)

    def one_more_key() -> bool:
        clerk.type(next(letters))
        return bool(register.drafts.all())

    clerk.qtbot.waitUntil(one_more_key, timeout=2000)


def test_after_a_crash_the_typing_is_back_with_the_same_field_in_focus(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    clerk.fill(nik=FOREIGN, family_card="", phone="0812", name="hj. siti")
    clerk.go_to("nik")
    clerk.press(Key.Key_F7)
    clerk.type("pindah")
    clerk.enter()
    clerk.go_to("mother_name")
    clerk.type("Roh")
    clerk.wait_for_draft()
    clerk.page.desk.keeper.forget()  # the program ends here without a word
    clerk.page.hide()

    after = open_page(qtbot, register, tmp_path)
    assert after.field == "mother_name"
    assert not after.form["mother_name"].hasSelectedText()
    after.type("ana")
    assert after.text("mother_name") == "Rohana"
    texts = {"nik": FOREIGN, "phone": "0812", "name": "Siti", "title_before": "Hj.", "born_on": "17/08/1985"}
    assert {name: after.form[name].text_as_typed() for name in texts} == texts
    assert after.form["born_on"].note() == "dari NIK"
    assert "sudah kembali" in after.said or "No. HP" in after.said
    assert after.page.record.reasons == {"nik_region_foreign": ("nik", "pindah")}
    assert len(register.drafts.all()) == 1


def test_a_reason_that_was_being_typed_is_kept_as_well(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    clerk.fill(nik=FOREIGN, family_card="")
    clerk.press(Key.Key_F7)
    clerk.type("pindah dari")
    clerk.wait_for_draft()
    clerk.page.desk.keeper.forget()
    clerk.page.hide()
    after = open_page(qtbot, register, tmp_path)
    after.press(Key.Key_F7)
    after.type(" Kampar")
    after.enter()
    assert after.page.record.reasons == {"nik_region_foreign": ("nik", "pindah dari Kampar")}


def test_a_draft_of_a_known_worker_corrects_that_worker(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), None)
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.go_to("jorong")
    clerk.press(Key.Key_A, CTRL)
    clerk.type("Koto Panjang")
    clerk.wait_for_draft()
    clerk.page.desk.keeper.forget()
    clerk.page.hide()

    after = open_page(qtbot, register, tmp_path)
    after.save()
    line = register.workers.find_nik(SITI)
    assert line is not None
    assert register.workers.get(line.id).jorong == "Koto Panjang"
    assert register.workers.count() == 1
    assert register.drafts.all() == ()


def test_saving_drops_the_draft_with_the_save(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.page.desk.keeper.write()
    assert len(register.drafts.all()) == 1
    clerk.save_and_next()
    assert register.drafts.all() == ()
    clerk.page.leaving()
    assert register.drafts.all() == ()


def test_a_form_emptied_by_hand_leaves_no_draft(clerk: Clerk, register: Register) -> None:
    clerk.go_to("name")
    clerk.type("S")
    clerk.wait_for_draft()
    clerk.press(Key.Key_Backspace)
    clerk.qtbot.waitUntil(lambda: register.drafts.all() == ())


def test_leaving_the_page_writes_the_draft_at_once(clerk: Clerk, register: Register) -> None:
    clerk.go_to("name")
    clerk.type("Siti")
    assert clerk.page.leaving()
    assert register.drafts.all()[0].fields["name"] == "Siti"


def test_esc_clears_and_ctrl_u_brings_it_back(clerk: Clerk) -> None:
    clerk.fill(name="Siti")
    clerk.press(Key.Key_Escape)
    assert (clerk.text("name"), clerk.field) == ("", "nik")
    assert "Ctrl+U" in clerk.said
    clerk.undo()
    assert (clerk.text("name"), clerk.field) == ("Siti", "sex")


def test_ctrl_u_after_more_typing_keeps_that_as_well(clerk: Clerk) -> None:
    clerk.fill(name="Siti")
    clerk.press(Key.Key_Escape)
    clerk.fill(name="Zulkifli")
    clerk.undo()
    assert clerk.text("name") == "Siti"
    assert names_of_drafts(clerk) == ["Zulkifli"]


def test_an_unfinished_record_is_put_aside_and_taken_up_again(clerk: Clerk) -> None:
    clerk.fill(name="Siti", sex="p", birth_place="Talu", born_on="17081985")
    clerk.press(Key.Key_D, CTRL)
    assert clerk.text("name") == ""
    clerk.fill(name="Zulkifli")
    clerk.press(Key.Key_F3)
    assert clerk.page.drafts.isVisible()
    assert "Siti" in clerk.page.drafts.list.item(0).text()
    assert "disisihkan" in clerk.page.drafts.list.item(0).text()
    clerk.enter()
    assert (clerk.text("name"), clerk.field) == ("Siti", "marital_status")
    assert names_of_drafts(clerk) == ["Zulkifli"]


def test_enter_on_the_button_back_leads_back(clerk: Clerk) -> None:
    clerk.fill(name="Siti")
    clerk.press(Key.Key_D, CTRL)
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_Tab)
    clerk.enter()
    assert (clerk.text("name"), clerk.field) == ("", "nik")
    assert names_of_drafts(clerk) == ["Siti"]


def test_a_draft_is_thrown_away_with_del_and_brought_back_with_ctrl_u(clerk: Clerk) -> None:
    clerk.fill(name="Siti")
    clerk.press(Key.Key_D, CTRL)
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_Delete)
    assert names_of_drafts(clerk) == []
    clerk.undo()
    assert names_of_drafts(clerk) == ["Siti"]
    clerk.press(Key.Key_Escape)
    assert clerk.field == "nik"


def test_the_list_says_so_when_there_is_no_draft(clerk: Clerk) -> None:
    clerk.press(Key.Key_F3)
    assert clerk.page.drafts.isVisible()
    assert not clerk.page.drafts.list.isVisible()
    clerk.press(Key.Key_F3)
    assert clerk.field == "nik"


def test_what_was_cleared_goes_away_after_some_days(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    clerk.fill(name="Siti")
    clerk.press(Key.Key_Escape)
    clerk.page.hide()
    assert names_of_drafts(clerk) == ["Siti"]
    later = open_page(qtbot, register, tmp_path, at=datetime(2026, 12, 1, 8, 0))
    assert later.text("name") == ""
    assert names_of_drafts(later) == []


def test_taking_back_a_save_puts_its_text_into_the_form(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(name="Hj. Siti")
    typed = {f.name: f.text() for f in clerk.form.fields}
    clerk.save_and_next()
    clerk.undo()
    assert {f.name: f.text() for f in clerk.form.fields} == typed
    assert register.workers.count() == 0
    assert "diurungkan" in clerk.said
    clerk.save()
    line = register.workers.find_nik(SITI)
    assert line is not None
    states = {e.state for e in register.enrolments.of_worker(line.id)}
    assert states == {EnrolmentState.PROPOSED}
    assert register.entries.count_of_day(TODAY) == 1


def test_taking_back_a_save_survives_a_crash(qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    clerk.undo()
    clerk.page.hide()
    assert open_page(qtbot, register, tmp_path).text("mother_name") == "Rohana"


def test_taking_back_a_correction_gives_the_old_values_back(clerk: Clerk, register: Register) -> None:
    id = register.entries.save(make_worker(nik=SITI, born_on=date(1985, 8, 17)), None).worker.id
    assert id is not None
    clerk.go_to("nik")
    clerk.type(SITI)
    clerk.go_to("jorong")
    clerk.press(Key.Key_A, CTRL)
    clerk.type("Salah ketik")
    clerk.go_to("scheme")
    clerk.type("saw")
    clerk.save_and_next()
    assert register.workers.get(id).jorong == "Salah ketik"
    clerk.undo()
    assert register.workers.get(id).jorong == "Tombang"
    assert clerk.text("jorong") == "Salah ketik"
    assert clerk.text("scheme").startswith("SAWIT")
    clerk.go_to("jorong")
    clerk.press(Key.Key_A, CTRL)
    clerk.type("Benar")
    clerk.save()
    assert register.workers.get(id).jorong == "Benar"
    assert register.workers.count() == 1


def test_what_is_typed_meanwhile_is_put_aside_when_a_save_is_taken_back(clerk: Clerk) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    clerk.fill(name="Zulkifli")
    clerk.undo()
    assert clerk.text("name") == "Siti Aminah"
    assert names_of_drafts(clerk) == ["Zulkifli"]


def test_a_save_of_another_day_is_asked_about_first(
    qtbot: QtBot, clerk: Clerk, register: Register, tmp_path: Path
) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    clerk.page.hide()
    next_day = open_page(qtbot, register, tmp_path, at=datetime(2026, 11, 23, 8, 0))
    next_day.undo()
    assert "22/11/2026: Siti Aminah" in next_day.said
    assert register.workers.count() == 1
    next_day.undo()
    assert register.workers.count() == 0


def test_nothing_to_take_back_is_said(clerk: Clerk) -> None:
    clerk.undo()
    assert clerk.said == "Tidak ada simpanan yang dapat diurungkan."


def test_a_record_changed_since_cannot_be_taken_back_and_the_form_stays(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.save_and_next()
    line = register.workers.find_nik(SITI)
    assert line is not None
    worker = register.workers.get(line.id)
    register.workers.correct(type(worker)(**{f: getattr(worker, f) for f in worker.__slots__} | {"jorong": "Lain"}))
    clerk.fill(name="Zulkifli")
    clerk.undo()
    assert "mengubah" in clerk.said
    assert clerk.text("name") == "Zulkifli"
    assert names_of_drafts(clerk) == []


def test_a_full_disk_keeps_the_text_and_saving_again_works(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    clerk.press(Key.Key_F9)
    clerk.go_to("notes")
    QApplication.clipboard().setText("catatan panjang " * 2000)
    clerk.press(Key.Key_V, CTRL)
    connection = register._file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    clerk.save()
    assert "penuh" in clerk.said
    assert "Ctrl+S" in clerk.said
    assert register.workers.count() == 0
    assert clerk.text("name") == "Siti Aminah"
    clerk.enter()
    assert "penuh" in clerk.said  # it stays until the disk obeys
    assert not clerk.page.closing()
    assert clerk.page.closing()
    connection.execute("PRAGMA max_page_count=1000000")
    clerk.save()
    assert register.workers.count() == 1
    assert "Tersimpan" in clerk.said


def test_a_file_that_may_only_be_read_says_so_on_saving(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(), make_plan(register))
    with register.twin() as twin:
        twin._file.is_read_only = True
        clerk = open_page(qtbot, twin, tmp_path)
        clerk.fill_all()
        clerk.save()
        assert "hanya" in clerk.said
        assert clerk.text("name") == "Siti Aminah"
        clerk.page.closing()


def test_a_file_that_does_not_answer_is_said_and_typing_goes_on(clerk: Clerk, register: Register) -> None:
    register._file.connection.execute("PRAGMA busy_timeout=1")
    with register.twin() as other:
        other._file.connection.execute("BEGIN EXCLUSIVE")
        clerk.fill(nik=SITI, family_card="")
        assert "dipakai" in clerk.said
        clerk.type("0812")
        clerk.save()
        assert "dipakai" in clerk.said
        assert (clerk.text("nik"), clerk.text("phone")) == ("1312 0457 0885 0001", "0812")
        other._file.connection.execute("ROLLBACK")
    clerk.enter()
    assert clerk.marked["phone"] == "phone_length"


def test_where_nothing_can_be_kept_nothing_is_cleared_or_put_aside(
    qtbot: QtBot, register: Register, tmp_path: Path
) -> None:
    with register.twin() as twin:
        twin._file.is_read_only = True
        clerk = open_page(qtbot, twin, tmp_path)
        clerk.go_to("name")
        clerk.type("Siti Amin")
        for key, modifier in ((Key.Key_Escape, None), (Key.Key_D, CTRL)):
            clerk.press(key, *([modifier] if modifier else []))
            assert clerk.text("name").casefold() == "siti amin"
            assert "hanya" in clerk.said
        assert clerk.page.closing()


def test_a_file_moved_away_is_called_so_and_saving_works_once_it_is_back(clerk: Clerk, register: Register) -> None:
    clerk.fill_all()
    away = register.path.with_name("lain.db")
    register.path.rename(away)
    clerk.save()
    assert "tidak ada lagi di tempatnya" in clerk.said
    assert clerk.text("name") == "Siti Aminah"
    away.rename(register.path)
    clerk.save()
    assert "Tersimpan" in clerk.said
    assert register.workers.count() == 1
