"""The record of a worker: opened from the list, corrected, enrolled, confirmed, cancelled; its history; two at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.people.worker import Worker
from models.register import Register, open_register
from models.schemes.enrolment import EnrolmentState
from models.values.months import Month
from tests.factories import NOW, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.fields.letters import letters_in
from ui.papers.wanted import LettersWanted
from ui.people.draft_keeper import WAIT
from ui.people.enrolment_forms import CancelForm, ConfirmForm, EnrolForm
from ui.people.history_words import history_of
from ui.people.worker_record import WorkerRecord
from ui.people.workers_page import WorkersPage
from ui.places import Place


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "kecil.db")
    opened.entries.save(make_worker(1), make_plan(opened, "SAWIT"))
    opened.entries.save(make_worker(2, name="Zulkifli"), None)
    yield opened
    opened.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    """In front of the record of Siti Aminah."""
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        someone.type("siti")
        someone.press(Key.Key_Return)
        someone.sees(lambda: someone.page.record is not None)
        yield someone


def record(person: Person[WorkersPage]) -> WorkerRecord:
    shown = person.page.record
    assert shown is not None
    return shown


def correct(person: Person[WorkersPage], name: str, text: str) -> None:
    """Types over a field, shown first where it is masked, and goes on to the next one."""
    if record(person).form[name].is_concealed:
        person.press(Key.Key_T, CTRL)
    record(person).form.go_to(name)
    person.answer(text)


def siti(register: Register) -> Worker:
    return register.workers.get(1)


# Reading


def test_the_record_shows_every_field_and_begins_with_the_nik(person: Person[WorkersPage]) -> None:
    form = record(person).form
    assert form.focused is form["nik"]
    assert form["name"].text() == "Siti Aminah"
    assert form["nagari"].text() == "Talu"
    assert form["income"].text() == "1.000.000"
    assert form["notes"].isVisible()
    assert record(person).correction.changed_fields() == ()


def test_escape_leads_back_to_the_same_row(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Escape)
    assert person.page.record is None
    table = person.page.list.table
    assert table.hasFocus()
    assert table.current_id == 1


def test_a_worker_asked_for_by_another_page_is_shown(person: Person[WorkersPage]) -> None:
    person.page.show_target(2)
    assert record(person).form["name"].text() == "Zulkifli"


def test_somebody_who_is_not_in_the_register_is_said_to_be_gone(person: Person[WorkersPage]) -> None:
    said: list[str] = []
    person.session.said.connect(said.append)
    person.page.show_target(99)
    assert person.page.record is None
    assert "tidak ada lagi" in said[-1]


def test_the_next_record_comes_without_going_back_to_the_list(person: Person[WorkersPage]) -> None:
    person.page.list.filter.clear()
    person.press(Key.Key_PageDown, CTRL)
    assert record(person).form["name"].text() == "Zulkifli"
    person.press(Key.Key_PageDown, CTRL)
    assert record(person).form["name"].text() == "Zulkifli"
    person.press(Key.Key_PageUp, CTRL)
    assert record(person).form["name"].text() == "Siti Aminah"


def test_the_letter_of_the_worker_is_one_key_away(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_P, CTRL)
    assert person.wanted == [(Place.PAPERS, LettersWanted([1], ()))]


# Correcting


def test_a_correction_is_saved_and_its_history_shows_old_and_new_by_whom(person: Person[WorkersPage]) -> None:
    correct(person, "jorong", "Sungai Janiah")
    correct(person, "income", "1500000")
    person.press(Key.Key_S, CTRL)
    saved = siti(person.register)
    assert (saved.jorong, saved.income, saved.revision) == ("Sungai Janiah", 1_500_000, 2)
    assert record(person).form.message_bar.text == "Dikoreksi: Jorong, Penghasilan sebulan (Rp)."
    told = record(person).history.toPlainText()
    assert "Jorong: Tombang → Sungai Janiah" in told
    assert "Rp1.000.000 → Rp1.500.000" in told
    assert f"22/11/2026 09:00 · {person.register.user}" in told


def test_choices_dates_and_numbers_are_told_in_words(person: Person[WorkersPage]) -> None:
    for name, text in {
        "nagari": "sinuruik",
        "marital_status": "2",
        "phone": "081266778899",
        "occupation": "21",
    }.items():
        correct(person, name, text)
    person.press(Key.Key_S, CTRL)
    newest = history_of(person.register, 1, in_full=True)[0]
    assert {word: (old, new) for word, old, new in newest.changes} == {
        "Nagari": ("Talu", "Sinuruik"),
        "Status perkawinan": ("–", "Kawin"),
        "No. HP": ("–", "0812-6677-8899"),
        "Pekerjaan": ("Pemanen sawit", "Buruh tani"),
    }
    assert newest.user == person.register.user


def test_what_was_only_written_otherwise_is_no_correction(person: Person[WorkersPage]) -> None:
    correct(person, "income", "1000000")
    correct(person, "born_on", "1-7-1985")
    assert record(person).correction.changed_fields() == ()
    person.press(Key.Key_S, CTRL)
    assert siti(person.register).revision == 1
    assert "Tidak ada yang dikoreksi" in record(person).form.message_bar.text


def test_an_error_keeps_it_from_being_saved_and_leads_to_the_field(person: Person[WorkersPage]) -> None:
    correct(person, "nik", "123")
    person.press(Key.Key_S, CTRL)
    form = record(person).form
    assert form.focused is form["nik"]
    assert form.message_bar.level == "error"
    assert siti(person.register).revision == 1


def test_the_nik_of_somebody_else_is_refused_by_name(person: Person[WorkersPage]) -> None:
    correct(person, "nik", make_worker(2).nik)
    person.press(Key.Key_S, CTRL)
    assert "Zulkifli" in record(person).form.message_bar.text
    assert siti(person.register).nik == make_worker(1).nik


def test_a_warning_is_saved_with_its_reason(person: Person[WorkersPage]) -> None:
    correct(person, "income", "0")
    person.press(Key.Key_S, CTRL)
    assert siti(person.register).income == 1_000_000
    person.press(Key.Key_F7)
    person.type("panen gagal")
    person.press(Key.Key_Return)
    person.press(Key.Key_S, CTRL)
    saved = siti(person.register)
    assert saved.income == 0
    assert saved.reasons == {"income_zero": "panen gagal"}
    assert "panen gagal" in record(person).history.toPlainText()


def test_titles_typed_into_the_name_go_where_they_belong(person: Person[WorkersPage]) -> None:
    correct(person, "name", "Hj. Siti Aminah, S.Pd.")
    person.press(Key.Key_S, CTRL)
    saved = siti(person.register)
    assert (saved.name, saved.title_before, saved.title_after) == ("Siti Aminah", "Hj.", "S.Pd.")


def test_everything_can_be_as_registered_again(person: Person[WorkersPage]) -> None:
    correct(person, "jorong", "Sungai Janiah")
    assert record(person)._revert.isVisible()
    person.press(Key.Key_U, CTRL)
    assert record(person).form["jorong"].text() == "Tombang"
    assert not record(person)._revert.isVisible()
    assert person.register.drafts.all("worker:1") == ()


# Drafts


def test_what_is_typed_is_in_the_file_within_a_second_and_comes_back(
    person: Person[WorkersPage], qtbot: QtBot, tmp_path: Path
) -> None:
    record(person).form.go_to("jorong")
    person.press(Key.Key_A, CTRL)
    person.type("Sungai J")
    qtbot.waitUntil(lambda: len(person.register.drafts.all("worker:1")) == 1, timeout=WAIT + 300)
    with person_at(qtbot, person.register, tmp_path, WorkersPage) as again:  # as after a crash
        again.page.show_target(1)
        assert record(again).form["jorong"].text() == "Sungai J"
        assert record(again).form.focused is record(again).form["jorong"]
        assert "belum disimpan" in record(again).form.message_bar.text
        again.press(Key.Key_S, CTRL)
        assert siti(again.register).jorong == "Sungai J"
        assert again.register.drafts.all("worker:1") == ()


def test_leaving_without_a_change_leaves_no_draft(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Return)
    person.press(Key.Key_Escape)
    assert person.page.record is None
    assert person.register.drafts.all("worker:1") == ()


def test_leaving_with_a_change_asks_nothing_and_keeps_it(person: Person[WorkersPage]) -> None:
    correct(person, "jorong", "Sungai Janiah")
    person.press(Key.Key_Escape)
    assert person.page.record is None
    assert siti(person.register).jorong == "Tombang"
    person.page.show_target(1)
    assert record(person).form["jorong"].text() == "Sungai Janiah"


# Two at once


def test_a_correction_made_meanwhile_elsewhere_is_shown_and_ones_own_stays(person: Person[WorkersPage]) -> None:
    correct(person, "jorong", "Sungai Janiah")
    with person.register.twin() as other:
        theirs = other.workers.get(1)
        other.workers.correct(make_worker(1, id=1, uid=theirs.uid, revision=1, address="Jl. Baru 9"))
    person.press(Key.Key_S, CTRL)
    form = record(person).form
    assert siti(person.register).jorong == "Tombang"
    assert form["jorong"].text() == "Sungai Janiah"
    assert form["address"].text() == "Jl. Baru 9"
    assert "telah mengoreksi" in form.message_bar.text
    assert "Alamat" in form.message_bar.text
    person.press(Key.Key_S, CTRL)
    saved = siti(person.register)
    assert (saved.jorong, saved.address, saved.revision) == ("Sungai Janiah", "Jl. Baru 9", 3)


def test_a_record_in_which_nothing_is_typed_follows_what_others_save(person: Person[WorkersPage]) -> None:
    with person.register.twin() as other:
        other.workers.correct(make_worker(1, id=1, revision=1, address="Jl. Baru 9"))
    person.press(Key.Key_F5)
    assert record(person).form["address"].text() == "Jl. Baru 9"


# Enrolments


def test_an_enrolment_is_confirmed_with_card_number_and_day_of_payment(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F6)
    person.press(Key.Key_Return)
    assert isinstance(record(person).enrolments.form, ConfirmForm)
    person.answer("2012-3456-789")
    person.answer("22112026")
    person.press(Key.Key_S, CTRL)
    enrolment = person.register.enrolments.of_worker(1)[0]
    assert (enrolment.state, enrolment.kpj) == (EnrolmentState.ACTIVE, "20123456789")
    assert enrolment.paid_on == date(2026, 11, 22)
    assert record(person).enrolments.form is None
    assert record(person).enrolments.table.hasFocus()
    assert "dikonfirmasi" in record(person).history.toPlainText()


def test_a_confirmation_without_a_card_number_is_refused(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F6)
    person.press(Key.Key_Return)
    person.press(Key.Key_S, CTRL)
    form = record(person).enrolments.form
    assert form is not None
    assert form.focused is form["kpj"]
    assert person.register.enrolments.of_worker(1)[0].state is EnrolmentState.PROPOSED


def test_an_enrolment_is_cancelled_with_a_reason(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F6)
    person.press(Key.Key_Delete)
    assert isinstance(record(person).enrolments.form, CancelForm)
    person.press(Key.Key_S, CTRL)
    assert person.register.enrolments.of_worker(1)[0].state is EnrolmentState.PROPOSED
    person.type("pindah ke Padang")
    person.press(Key.Key_S, CTRL)
    enrolment = person.register.enrolments.of_worker(1)[0]
    assert (enrolment.state, enrolment.state_reason) == (EnrolmentState.CANCELLED, "pindah ke Padang")
    assert "pindah ke Padang" in record(person).enrolments.details.text()
    assert person.register.coverage.district(Month(2026, 12)).covered == 0
    said: list[str] = []
    person.session.said.connect(said.append)
    person.press(Key.Key_Delete)
    assert record(person).enrolments.form is None
    assert said


def test_another_enrolment_is_added_with_the_months_of_its_scheme(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F6)
    person.press(Key.Key_Insert)
    form = record(person).enrolments.form
    assert isinstance(form, EnrolForm)
    person.type("csr")
    person.press(Key.Key_Return)
    person.answer("3/2027")
    assert form.focused is form["payer_name"]
    assert "Rp201.600" in form._price.text()
    person.type("PT Kebun Talu")
    person.press(Key.Key_S, CTRL)
    newest = person.register.enrolments.of_worker(1)[0]
    assert (newest.period.first, newest.period.month_count, newest.payer_name) == (
        Month(2027, 3),
        12,
        "PT Kebun Talu",
    )
    assert record(person).enrolments.table.rowCount() == 2


def test_a_month_paid_for_already_is_refused_and_names_the_other_scheme(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_E, CTRL)
    person.type("csr")
    person.press(Key.Key_Return)
    person.answer("1/2027")
    person.type("PT Kebun Talu")
    person.press(Key.Key_S, CTRL)
    form = record(person).enrolments.form
    assert form is not None
    assert "DBH Sawit" in form.message_bar.text
    assert len(person.register.enrolments.of_worker(1)) == 1


def test_escape_closes_the_small_form_first_then_the_record(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F6)
    person.press(Key.Key_Insert)
    person.press(Key.Key_Escape)
    assert record(person).enrolments.form is None
    assert record(person).enrolments.table.hasFocus()
    person.press(Key.Key_Escape)
    assert person.page.record is None


def test_a_warning_of_the_new_enrolment_is_saved_with_a_reason(person: Person[WorkersPage]) -> None:
    person.register.workers.correct(
        make_worker(1, id=1, revision=1, income=0, reasons={"income_zero": "panen gagal"})
    )
    with person.register._file.change() as change:  # a warning that nobody has explained yet
        change.execute("UPDATE worker SET reasons = '' WHERE id = 1")
    person.press(Key.Key_F5)
    person.press(Key.Key_E, CTRL)
    person.type("mandiri")
    person.press(Key.Key_Return)
    person.answer("3/2027")
    person.press(Key.Key_S, CTRL)
    assert len(person.register.enrolments.of_worker(1)) == 1
    person.press(Key.Key_F7)
    person.type("belum bekerja lagi")
    person.press(Key.Key_Return)
    person.press(Key.Key_S, CTRL)
    assert len(person.register.enrolments.of_worker(1)) == 2
    assert siti(person.register).reasons == {"income_zero": "belum bekerja lagi"}


# The screen


def test_keys_lead_through_form_enrolments_and_history(person: Person[WorkersPage]) -> None:
    shown = record(person)
    shown.form.go_to("jorong")
    assert person.page.help_topic() == "record"
    person.press(Key.Key_F6)
    assert shown.enrolments.table.hasFocus()
    assert person.page.help_topic() == "enrolments"
    person.press(Key.Key_F6)
    assert shown.history.hasFocus()
    assert person.page.help_topic() == "history"
    person.press(Key.Key_F6)
    assert shown.form.focused is shown.form["jorong"]


def test_on_a_narrow_window_the_form_is_a_panel_of_its_own(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    with person_at(qtbot, register, tmp_path, WorkersPage, size=(800, 420)) as someone:
        someone.page.show_target(1)
        QApplication.processEvents()
        shown = record(someone)
        assert shown._tabs.count() == 3
        assert shown.form.isVisible()
        someone.press(Key.Key_F6)
        assert not shown.form.isVisible()
        correct_after_resize(someone, shown)


def correct_after_resize(someone: Person[WorkersPage], shown: WorkerRecord) -> None:
    someone.page.resize(1300, 660)
    QApplication.processEvents()
    assert shown._tabs.count() == 2
    assert shown.form.isVisible()
    correct(someone, "jorong", "Sungai Janiah")
    someone.page.resize(800, 420)
    QApplication.processEvents()
    assert shown.form["jorong"].text() == "Sungai Janiah"


def test_every_widget_that_takes_the_focus_has_a_name_and_no_letter_is_given_twice(
    person: Person[WorkersPage],
) -> None:
    shown = record(person)
    person.press(Key.Key_E, CTRL)
    widgets = [widget for widget in shown.findChildren(QWidget) if widget.isVisible()]
    for widget in widgets:
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
            assert widget.accessibleName(), widget
    words = [w.text() for w in widgets if isinstance(w, QLabel | QAbstractButton)]
    letters = letters_in(words)
    assert len(letters) == len(set(letters))


def test_in_a_register_for_reading_nothing_can_be_typed(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    reading = open_register(register.path, user="Rina", clock=lambda: NOW, read_only=True)
    with person_at(qtbot, reading, tmp_path, WorkersPage) as someone:
        someone.page.show_target(1)
        shown = record(someone)
        shown.form.go_to("jorong")
        someone.type("x")
        assert shown.form["jorong"].text() == "Tombang"
        someone.press(Key.Key_F6)
        someone.press(Key.Key_Insert)
        assert shown.enrolments.form is None
        someone.press(Key.Key_Escape)
        assert someone.page.record is None
    reading.close()
