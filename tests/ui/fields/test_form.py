"""Walking through a form with Enter, and being told what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.people.worker import Sex
from models.problems import Level, Problem
from ui.fields.choice import ChoiceField, choices_of
from ui.fields.dates import DateField
from ui.fields.field import Field, NameField, TextField
from ui.fields.form import FormGrid
from ui.fields.letters import letters_in
from ui.fields.numbers import NikField, RupiahField
from ui.page import button

ORDER = ("nik", "name", "born_on", "sex", "address", "income")
NIK = "1312035708850001"


def today() -> date:
    return date(2026, 11, 22)


@pytest.fixture
def form(qtbot: QtBot) -> FormGrid:
    made = FormGrid()
    qtbot.addWidget(made)
    made.add_section("Identitas")
    made.add(NikField("nik", "NIK", today=today, required=True))
    made.add(NameField("name", "Nama lengkap", required=True), 8)
    made.add(DateField("born_on", "Tanggal lahir", today=today))
    made.add(ChoiceField("sex", "Jenis kelamin", lambda: choices_of(Sex)))
    made.add_section("Alamat")
    made.add(TextField("address", "Alamat", pinnable=True), 8)
    made.add(RupiahField("income", "Penghasilan"))
    made.set_buttons(button("Batal", lambda: None), button("Simpan", lambda: None, primary=True))
    made.resize(900, 420)
    with qtbot.waitExposed(made):
        made.show()
    made.go_to("nik")
    return made


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def here(form: FormGrid) -> str:
    return form.focused.name if form.focused is not None else ""


def test_enter_visits_every_field_in_order_and_saves_nothing(qtbot: QtBot, form: FormGrid) -> None:
    pressed: list[str] = []
    for made in form.findChildren(type(form._buttons[0])):
        made.clicked.connect(lambda: pressed.append("button"))
    seen = [here(form)]
    with qtbot.waitSignal(form.reached_end):
        for _field in ORDER:
            press(qtbot, Qt.Key.Key_Return)
            seen.append(here(form))
    assert seen == [*ORDER, ORDER[-1]]
    assert pressed == []


def test_the_enter_of_the_number_pad_is_enter_too(qtbot: QtBot, form: FormGrid) -> None:
    press(qtbot, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert here(form) == "name"


def test_shift_enter_and_shift_tab_go_back(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("sex")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(form) == "born_on"
    press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert here(form) == "name"


def test_enter_leaves_a_field_that_only_shows_its_text(qtbot: QtBot, form: FormGrid) -> None:
    form["born_on"].setReadOnly(True)
    form.go_to("born_on")
    press(qtbot, Qt.Key.Key_Return)
    assert here(form) == "sex"
    form.go_to("born_on")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(form) == "name"


def test_enter_stays_in_a_form_that_only_shows_its_texts(qtbot: QtBot, form: FormGrid) -> None:
    for field in form.fields:
        field.setReadOnly(True)
    form.go_to("name")
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        press(qtbot, Qt.Key.Key_Return, modifier)
        assert here(form) == "name"


def test_a_form_is_walked_through_by_its_names(form: FormGrid) -> None:
    assert tuple(form) == ORDER


def test_enter_passes_by_what_was_filled_in_and_shift_enter_reaches_it(qtbot: QtBot, form: FormGrid) -> None:
    form["born_on"].fill(date(1985, 8, 17), "NIK")
    form["sex"].fill(Sex.FEMALE, "NIK")
    form.go_to("name")
    press(qtbot, Qt.Key.Key_Return)
    assert here(form) == "address"
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(form) == "sex"
    assert form["sex"].note() == "dari NIK"


def test_what_was_filled_in_with_a_problem_is_not_passed_by(qtbot: QtBot, form: FormGrid) -> None:
    form["born_on"].fill(date(1985, 8, 17), "NIK")
    form.show_problems([Problem("born_on", "odd", "This is odd.", level=Level.WARNING)], everywhere=True)
    form.go_to("name")
    press(qtbot, Qt.Key.Key_Return)
    assert here(form) == "born_on"


def test_filling_in_never_overwrites_what_was_typed(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("born_on")
    qtbot.keyClicks(form["born_on"], "1 mei 1990")
    assert not form["born_on"].fill(date(1985, 8, 17), "NIK")
    assert form["born_on"].value() == date(1990, 5, 1)


def test_a_problem_appears_on_leaving_and_not_at_a_key(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("born_on")
    qtbot.keyClicks(form["born_on"], "31021985")
    assert form["born_on"].problem is None
    assert form.message_bar.text == ""
    press(qtbot, Qt.Key.Key_Return)
    assert form["born_on"].problem is not None
    assert form["born_on"].text() == "31021985"
    assert form.message_bar.text.startswith("Tanggal lahir: ")
    assert form.message_bar.level == "error"


def test_the_sixteenth_digit_shows_at_once_that_a_nik_cannot_be(qtbot: QtBot, form: FormGrid) -> None:
    qtbot.keyClicks(form["nik"], "131203990885000")
    assert form["nik"].problem is None
    qtbot.keyClicks(form["nik"], "1")
    assert form["nik"].problem is not None
    assert here(form) == "nik"


def test_a_problem_is_said_in_words_for_eyes_and_ears(qtbot: QtBot, form: FormGrid) -> None:
    problem = Problem("name", "name_digits", "This is wrong.")
    form.show_problems([problem], everywhere=True)
    assert form["name"].accessibleDescription() == problem.text
    assert form["name"].property("level") == "error"
    assert ("error", "error") in form["name"]._marks(), "an icon, never colour alone"
    assert problem.text in form.message_bar.text
    assert QAccessible.queryAccessibleInterface(form["name"]).text(QAccessible.Text.Description) == problem.text


def test_a_mended_field_is_quiet_again(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("born_on")
    qtbot.keyClicks(form["born_on"], "31021985")
    press(qtbot, Qt.Key.Key_Return)
    form.go_to("born_on")
    qtbot.keyClicks(form["born_on"], "28021985")
    press(qtbot, Qt.Key.Key_Return)
    assert form["born_on"].problem is None
    assert form.message_bar.text == ""


def test_the_problems_of_the_record_are_shown_only_where_one_was(qtbot: QtBot, form: FormGrid) -> None:
    problems = [Problem(name, "empty", "Nothing here.") for name in ("nik", "income")]
    press(qtbot, Qt.Key.Key_Return)
    form.show_problems(problems)
    assert [problem.field for problem in form.problems] == ["nik"]
    form.show_problems(problems, everywhere=True)
    assert [problem.field for problem in form.problems] == ["nik", "income"]


def test_f8_goes_from_problem_to_problem(qtbot: QtBot, form: FormGrid) -> None:
    form.show_problems([Problem(name, "empty", "Nothing here.") for name in ("name", "income")], everywhere=True)
    assert form.go_to_first_problem()
    seen = [here(form)]
    for _turn in range(2):
        press(qtbot, Qt.Key.Key_F8)
        seen.append(here(form))
    assert seen == ["name", "income", "name"]


def test_a_problem_of_no_field_is_said_too(form: FormGrid) -> None:
    form.show_problems([Problem("enrolment", "overlap", "Two at once.")], everywhere=True)
    assert form.message_bar.text == "Two at once."
    assert not form.go_to_first_problem()


def test_a_pinned_field_keeps_its_text_for_the_next_record(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("address")
    qtbot.keyClicks(form["address"], "Jorong Balai Gurah")
    press(qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    form.go_to("name")
    qtbot.keyClicks(form["name"], "Siti Aminah")
    press(qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    form.clear()
    assert form["address"].text() == "Jorong Balai Gurah"
    assert form["address"].is_pinned
    assert form["address"].is_passed_by
    assert not form["name"].is_pinned, "only some fields can be pinned"
    assert form["name"].text() == ""
    form.clear(keep_pinned=False)
    assert form["address"].text() == ""


def test_a_draft_goes_out_and_comes_back(qtbot: QtBot, form: FormGrid) -> None:
    qtbot.keyClicks(form["nik"], NIK[:10])
    form.go_to("born_on")
    qtbot.keyClicks(form["born_on"], "31021985")
    form.go_to("sex")
    qtbot.keyClicks(form["sex"], "per")
    kept = form.texts()
    assert kept == {"nik": NIK[:10], "born_on": "31021985", "sex": "per"}
    form.clear()
    assert form.texts() == {}
    form.set_texts({**kept, "unknown": "left out"})
    assert form["nik"].text_as_typed() == NIK[:10]
    assert form["born_on"].text() == "31021985"
    assert form["sex"].value() is Sex.FEMALE
    assert not form.is_empty


def test_the_values_are_those_of_the_readers(qtbot: QtBot, form: FormGrid) -> None:
    qtbot.keyClicks(form["nik"], NIK)
    form.go_to("income")
    qtbot.keyClicks(form["income"], "1,5 jt")
    form.tidy()
    values = form.values()
    assert str(values["nik"]) == NIK
    assert values["income"] == 1_500_000
    assert values["sex"] is None
    assert form["income"].text() == "1.500.000"


def test_a_record_typed_without_looking_arrives_whole(qtbot: QtBot, form: FormGrid) -> None:
    typed = [NIK, "siti aminah", "17081985", "2", "Jl. Raya 5", "850000"]
    for text in typed:
        for letter in text:
            qtbot.keyClick(QApplication.focusWidget(), letter)
        press(qtbot, Qt.Key.Key_Return)
    assert [field.text() for field in form.fields] == [
        "1312 0357 0885 0001", "siti aminah", "17/08/1985", "2 Perempuan", "Jl. Raya 5", "850.000",
    ]  # fmt: skip


def test_every_label_and_button_has_its_own_alt_letter(qtbot: QtBot, form: FormGrid) -> None:
    words = [label.text() for label in form.findChildren(QLabel) if label.buddy() is not None]
    letters = letters_in([*words, *(made.text() for made in form._buttons)])
    assert len(letters) == len(ORDER) + 2
    assert len(set(letters)) == len(letters)


def test_an_alt_letter_leads_to_its_field(qtbot: QtBot, form: FormGrid) -> None:
    label = next(label for label in form.findChildren(QLabel) if label.buddy() is form["address"])
    letter = letters_in([label.text()])[0]
    qtbot.keyClick(form, letter, Qt.KeyboardModifier.AltModifier)
    assert here(form) == "address"


def test_every_field_has_a_name_for_a_screen_reader(form: FormGrid) -> None:
    for field in form.fields:
        assert field.accessibleName()
    assert form["nik"].accessibleName() == "NIK, wajib diisi"


def test_a_hidden_field_is_passed_and_leaves_no_gap(qtbot: QtBot, form: FormGrid) -> None:
    form.set_visible("sex", False)
    form.go_to("born_on")
    press(qtbot, Qt.Key.Key_Return)
    assert here(form) == "address"
    form.set_visible("sex", True)
    form.go_to("born_on")
    press(qtbot, Qt.Key.Key_Return)
    assert here(form) == "sex"


@pytest.mark.parametrize("name", ORDER)
def test_the_field_with_the_focus_is_in_sight_in_a_low_window(qtbot: QtBot, form: FormGrid, name: str) -> None:
    form.resize(500, 180)
    QApplication.processEvents()
    form.go_to(name)
    QApplication.processEvents()
    area = form._scroll.viewport()
    field: Field = form[name]
    top = field.mapTo(area, field.rect().topLeft()).y()
    assert top >= 0
    assert top + field.height() <= area.height() + 1


def test_a_narrow_form_has_two_fields_in_a_row_at_most(qtbot: QtBot, form: FormGrid) -> None:
    form.resize(500, 500)
    QApplication.processEvents()
    assert form["nik"].width() > 500 * 0.45
    form.resize(900, 500)
    QApplication.processEvents()
    assert form["nik"].width() < 900 * 0.4


def test_a_character_typed_with_alt_gr_arrives(qtbot: QtBot, form: FormGrid) -> None:
    form.go_to("address")
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_At, alt_gr, "@")
    QApplication.sendEvent(form["address"], key)
    assert form["address"].text() == "@"


def test_keys_of_the_window_are_not_eaten_by_a_field(qtbot: QtBot, form: FormGrid) -> None:
    heard: list[str] = []
    for keys in ("Ctrl+K", "Ctrl+E", "Ctrl+U", "Ctrl+D", "Ctrl+Return", "Ctrl+S"):
        QShortcut(QKeySequence(keys), form).activated.connect(lambda keys=keys: heard.append(keys))
    qtbot.keyClicks(form["nik"], "13")
    for key in (Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_U, Qt.Key.Key_D, Qt.Key.Key_Return, Qt.Key.Key_S):
        press(qtbot, key, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["Ctrl+K", "Ctrl+E", "Ctrl+U", "Ctrl+D", "Ctrl+Return", "Ctrl+S"]
    assert form["nik"].text() == "13"


def test_at_its_needed_height_nothing_is_scrolled_and_no_gap_is_left_whatever_it_says(form: FormGrid) -> None:
    needed = form.needed_height()
    for said in ("", "Nama masih kosong. Ketik nama seperti di KTP."):
        form.say(said, Level.ERROR)
        QApplication.processEvents()
        assert form.needed_height() == needed
        form.resize(900, needed)
        QApplication.processEvents()
        assert form._scroll.verticalScrollBar().maximum() == 0
        last = form["income"].mapTo(form, form["income"].rect().bottomLeft()).y()
        assert form.message_bar.y() - last < form["income"].height()
