"""Taking one of several with the keyboard, slowly, fast, and from the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.people.worker import MaritalStatus, Sex
from models.problems import Problem
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.field import TextField
from ui.fields.form import FormGrid

NAGARI = (
    Choice("a", "Lingkuang Aua", note="Pasaman"),
    Choice("b", "Koto Baru", note="Luhak Nan Duo"),
    Choice("c", "Aia Gadang", note="Pasaman", aliases=("Air Gadang",)),
    Choice("d", "Koto Gadang Jaya", note="Kinali"),
    Choice("e", "Aua Kuniang", note="Pasaman"),
)


class Case(QWidget):
    """A choice between two plain fields."""

    def __init__(self, *choices: Choice) -> None:
        super().__init__()
        self.field = ChoiceField("choice", "Pilihan", choices)
        self.after = TextField("after", "Sesudah")
        self.form = FormGrid()
        self.form.add(self.field)
        self.form.add(self.after)
        QVBoxLayout(self).addWidget(self.form)
        self.resize(700, 400)


@pytest.fixture
def marital(qtbot: QtBot) -> Case:
    return show(qtbot, Case(*choices_of(MaritalStatus)))


@pytest.fixture
def nagari(qtbot: QtBot) -> Case:
    return show(qtbot, Case(*NAGARI))


def show(qtbot: QtBot, case: Case) -> Case:
    qtbot.addWidget(case)
    with qtbot.waitExposed(case):
        case.show()
    case.form.go_to("choice")
    return case


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2", MaritalStatus.MARRIED),
        ("kaw", MaritalStatus.MARRIED),
        ("2 kawin", MaritalStatus.MARRIED),
        ("cerai m", MaritalStatus.WIDOWED),
        ("mati", MaritalStatus.WIDOWED),
        ("BELUM", MaritalStatus.SINGLE),
    ],
)
def test_code_name_and_later_words_all_lead_there(
    qtbot: QtBot, marital: Case, typed: str, value: MaritalStatus
) -> None:
    qtbot.keyClicks(marital.field, typed)
    qtbot.keyClick(marital.field, Qt.Key.Key_Return)
    assert marital.field.value() is value
    assert marital.after.hasFocus()
    assert marital.field.text() == marital.field.chosen().shown


@pytest.mark.parametrize(
    ("typed", "value"),
    [("lin", "a"), ("aua", "e"), ("baru", "b"), ("kot", "b"), ("koto g", "d"), ("gadang", "c"), ("air", "c")],
)
def test_the_best_match_is_taken(qtbot: QtBot, nagari: Case, typed: str, value: str) -> None:
    qtbot.keyClicks(nagari.field, typed)
    qtbot.keyClick(nagari.field, Qt.Key.Key_Return)
    assert nagari.field.value() == value


def test_a_fast_code_and_enter_is_never_swallowed(qtbot: QtBot, marital: Case) -> None:
    for _turn in range(50):
        marital.form.clear()
        marital.form.go_to("choice")
        for key in (Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_J, Qt.Key.Key_L):
            qtbot.keyClick(QApplication.focusWidget(), key)
        assert (marital.field.text(), marital.after.text()) == ("2 Kawin", "jl")


def test_what_enter_will_take_can_be_seen_before(qtbot: QtBot, marital: Case) -> None:
    qtbot.keyClicks(marital.field, "kaw")
    assert marital.field.text() == "kawin"
    assert marital.field.selectedText() == "in"
    assert marital.field.text_as_typed() == "kaw"


def test_a_match_by_a_later_word_is_named_beside_the_text(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "baru")
    assert nagari.field.text() == "baru"
    assert nagari.field.note() == "→ Koto Baru"


def test_typing_on_replaces_the_completion(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "Koto")
    assert nagari.field.text() == "Koto Baru"
    qtbot.keyClicks(nagari.field, " G")
    assert nagari.field.text() == "Koto Gadang Jaya"


def test_backspace_takes_the_completion_away_and_does_not_bring_it_back(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "lin")
    qtbot.keyClick(nagari.field, Qt.Key.Key_Backspace)
    assert nagari.field.text() == "lin"
    qtbot.keyClick(nagari.field, Qt.Key.Key_Backspace)
    assert nagari.field.text() == "li"


def test_what_is_not_in_the_list_stays_and_is_told_on_leaving(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "Surabaya")
    assert nagari.field.problem is None
    qtbot.keyClick(nagari.field, Qt.Key.Key_Return)
    assert nagari.field.text() == "Surabaya"
    assert nagari.field.value() is None
    problem: Problem | None = nagari.field.problem
    assert problem is not None
    assert "tidak ada dalam daftar" in problem.text


def test_down_opens_the_list_and_what_is_marked_is_in_the_field(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClick(nagari.field, Qt.Key.Key_Down)
    assert nagari.field.is_list_open
    assert nagari.field.value() == "a"
    qtbot.keyClick(nagari.field, Qt.Key.Key_Down)
    assert nagari.field.text() == "Koto Baru"
    qtbot.keyClick(nagari.field, Qt.Key.Key_Return)
    assert not nagari.field.is_list_open
    assert nagari.field.value() == "b"
    assert nagari.after.hasFocus()


def test_f4_opens_and_closes_the_list(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClick(nagari.field, Qt.Key.Key_F4)
    assert nagari.field.is_list_open
    qtbot.keyClick(nagari.field, Qt.Key.Key_F4)
    assert not nagari.field.is_list_open


def test_escape_closes_the_list_and_brings_the_text_back(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "aua")
    qtbot.keyClick(nagari.field, Qt.Key.Key_F4)
    before = nagari.field.text()
    qtbot.keyClick(nagari.field, Qt.Key.Key_Up)
    qtbot.keyClick(nagari.field, Qt.Key.Key_Escape)
    assert not nagari.field.is_list_open
    assert nagari.field.text() == before


def test_escape_after_down_in_an_empty_field_empties_it_and_says_so(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClick(nagari.field, Qt.Key.Key_Down)
    assert nagari.field.text() != ""
    with qtbot.waitSignal(nagari.field.edited):
        qtbot.keyClick(nagari.field, Qt.Key.Key_Escape)
    assert nagari.field.text() == ""
    assert nagari.field.value() is None


def test_typing_narrows_the_open_list(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClick(nagari.field, Qt.Key.Key_F4)
    qtbot.keyClicks(nagari.field, "koto")
    assert nagari.field.is_list_open
    assert shown_lines(nagari.field) == [
        "Koto Baru  ·  Luhak Nan Duo",
        "Koto Gadang Jaya  ·  Kinali",
    ]
    qtbot.keyClick(nagari.field, Qt.Key.Key_Return)
    assert nagari.field.value() == "b"


def test_the_list_goes_when_the_field_is_left(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClick(nagari.field, Qt.Key.Key_F4)
    nagari.after.setFocus()
    assert not nagari.field.is_list_open


def test_the_wheel_never_changes_the_choice(qtbot: QtBot, marital: Case) -> None:
    marital.field.set_value(MaritalStatus.MARRIED)
    wheel = QWheelEvent(
        QPointF(5, 5), marital.field.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(marital.field, wheel)
    assert marital.field.value() is MaritalStatus.MARRIED


def test_a_click_on_the_arrow_opens_the_list_and_a_click_takes_a_line(qtbot: QtBot, nagari: Case) -> None:
    field = nagari.field
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() - 12, field.height() // 2))
    assert field.is_list_open
    view = field._list
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualItemRect(view.item(2)).center())
    assert field.value() == "c"
    assert field.hasFocus()


def test_a_draft_brings_the_choice_back(qtbot: QtBot, nagari: Case) -> None:
    qtbot.keyClicks(nagari.field, "baru")
    kept = nagari.field.text_as_typed()
    nagari.form.clear()
    nagari.after.setFocus()
    nagari.field.set_text_as_typed(kept)
    assert nagari.field.value() == "b"
    assert nagari.field.text() == "Koto Baru"


def test_choices_may_come_late_and_change(qtbot: QtBot) -> None:
    asked: list[str] = []

    def choices() -> tuple[Choice, ...]:
        asked.append("asked")
        return choices_of(Sex)

    field = ChoiceField("sex", "Jenis kelamin", choices)
    qtbot.addWidget(field)
    assert asked == []
    field.set_value(Sex.FEMALE)
    assert (field.text(), asked) == ("2 Perempuan", ["asked"])
    field.set_choices(NAGARI)
    assert field.value() is None


def test_a_screen_reader_is_told_how_to_choose(qtbot: QtBot, nagari: Case) -> None:
    assert nagari.field.accessibleName() == "Pilihan"
    assert "F4" in nagari.field.accessibleDescription()


def test_no_key_is_lost_between_plain_fields_and_choices(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    names = [f"f{number}" for number in range(12)]
    for number, name in enumerate(names):
        form.add(ChoiceField(name, name, choices_of(MaritalStatus)) if number % 2 else TextField(name, name))
    with qtbot.waitExposed(form):
        form.show()
    form.go_to("f0")
    for number in range(12):
        for key in "2" if number % 2 else "Jl. Raya 5":
            qtbot.keyClick(QApplication.focusWidget(), key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [form[name].text() for name in names] == ["Jl. Raya 5", "2 Kawin"] * 6


def shown_lines(field: ChoiceField) -> list[str]:
    view = field._list
    return [view.item(row).text() for row in range(view.count())]


def test_a_completion_is_no_selection_that_a_left_field_keeps(qtbot: QtBot, marital: Case) -> None:
    other = QLineEdit(marital)
    other.show()
    qtbot.keyClicks(marital.field, "kaw")
    other.setFocus()
    assert marital.field.text() == "2 Kawin"
    assert marital.field.text_as_typed() == "2 Kawin"
