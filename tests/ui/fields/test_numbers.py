"""Typing and pasting NIK, family card, phone, rupiah and counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.people.worker import Sex
from ui.fields.field import Field, TextField
from ui.fields.numbers import CountField, FamilyCardField, NikField, PhoneField, RupiahField

NIK = "1312035708850001"
"""A woman, 17 August 1985."""


def today() -> date:
    return date(2026, 11, 22)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Field], Field]:
    """Puts a field on the screen, with the focus in it."""

    def show(field: Field) -> Field:
        qtbot.addWidget(field)
        with qtbot.waitExposed(field):
            field.show()
        field.setFocus()
        return field

    return show


def leave(field: Field) -> None:
    other = QLineEdit(field.window())
    other.show()
    other.setFocus()


def paste(qtbot: QtBot, field: Field, text: str) -> None:
    QApplication.clipboard().setText(text)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def type_into(qtbot: QtBot, field: Field, text: str) -> None:
    qtbot.keyClicks(field, text)


def test_a_nik_is_grouped_only_when_the_field_is_left(qtbot: QtBot, shown: Callable[[Field], Field]) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    type_into(qtbot, field, NIK)
    assert field.text() == NIK
    leave(field)
    assert field.text() == "1312 0357 0885 0001"
    assert field.text_as_typed() == NIK
    field.setFocus()
    assert field.text() == NIK


def test_a_nik_tells_birth_date_and_sex(qtbot: QtBot, shown: Callable[[Field], Field]) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    type_into(qtbot, field, NIK)
    assert (field.value().born_on, field.value().sex, str(field.value())) == (date(1985, 8, 17), Sex.FEMALE, NIK)


@pytest.mark.parametrize(
    "pasted",
    ["NIK: 1312-0357-0885-0001", " 1312 0357 0885 0001\n", "'1312035708850001", "NIK = 1312.0357.0885.0001.", NIK],
)
def test_a_pasted_nik_is_freed_from_everything_around_it(
    qtbot: QtBot, shown: Callable[[Field], Field], pasted: str
) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    paste(qtbot, field, pasted)
    assert field.text() == NIK
    assert str(field.value()) == NIK


def test_a_pasted_number_that_a_spreadsheet_spoilt_is_not_made_to_look_right(
    qtbot: QtBot, shown: Callable[[Field], Field]
) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    paste(qtbot, field, "1,31203E+15")
    assert field.text() == "1,31203E+15"
    assert field.reading_problem() is not None
    assert field.reading_problem().code == "nik_scientific"


def test_no_typed_key_is_dropped_and_a_letter_is_named(qtbot: QtBot, shown: Callable[[Field], Field]) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    type_into(qtbot, field, "13120357O8850001")
    leave(field)
    assert field.text() == "13120357O8850001"
    assert field.reading_problem().code == "nik_letters"


@pytest.mark.parametrize(("typed", "note"), [("131203570885", "12 dari 16"), (NIK, ""), (NIK + "2", "17 dari 16")])
def test_the_digits_are_counted_while_they_are_typed(
    qtbot: QtBot, shown: Callable[[Field], Field], typed: str, note: str
) -> None:
    field = shown(NikField("nik", "NIK", today=today))
    type_into(qtbot, field, typed)
    assert field.note() == note


def test_the_last_digit_is_announced_once(qtbot: QtBot, shown: Callable[[Field], Field]) -> None:
    field = NikField("nik", "NIK", today=today)
    shown(field)
    said: list[str] = []
    field.completed.connect(lambda: said.append(field.text()))
    type_into(qtbot, field, NIK[:15])
    assert said == []
    type_into(qtbot, field, NIK[15])
    assert said == [NIK]
    qtbot.keyClick(field, Qt.Key.Key_Left)
    leave(field)
    assert said == [NIK]


def test_a_family_card_reads_like_a_nik(qtbot: QtBot, shown: Callable[[Field], Field]) -> None:
    field = shown(FamilyCardField("family_card", "No. KK", today=today))
    paste(qtbot, field, "KK 1312031203100007")
    assert str(field.value()) == "1312031203100007"
    leave(field)
    assert field.text() == "1312 0312 0310 0007"


@pytest.mark.parametrize("typed", ["081266778899", "6281266778899", "+62 812-6677-8899", "81266778899"])
def test_a_phone_number_is_read_in_any_form(qtbot: QtBot, shown: Callable[[Field], Field], typed: str) -> None:
    field = shown(PhoneField("phone", "No. HP"))
    type_into(qtbot, field, typed)
    assert field.value() == "+6281266778899"
    leave(field)
    assert field.text() == "0812-6677-8899"
    assert field.value() == "+6281266778899"


@pytest.mark.parametrize("typed", ["850000", "850.000", "Rp 850.000,-", "850rb"])
def test_rupiah_are_read_in_any_form(qtbot: QtBot, shown: Callable[[Field], Field], typed: str) -> None:
    field = shown(RupiahField("income", "Penghasilan"))
    type_into(qtbot, field, typed)
    assert field.value() == 850_000
    leave(field)
    assert field.text() == "850.000"
    field.setFocus()
    assert field.text() == "850000"


def test_a_count_outside_its_bounds_stays_as_typed_with_a_sentence(
    qtbot: QtBot, shown: Callable[[Field], Field]
) -> None:
    field = shown(CountField("months", "Jumlah bulan", least=1, most=24))
    type_into(qtbot, field, "30")
    leave(field)
    assert field.text() == "30"
    assert field.value() is None
    assert field.reading_problem().text == "30 tidak mungkin di sini, hanya 1 sampai 24."


@pytest.mark.parametrize("typed", ["-1", "10.000.000", "12345678901234567890"])
def test_a_count_that_is_too_small_or_too_large_is_told_the_bounds(
    qtbot: QtBot, shown: Callable[[Field], Field], typed: str
) -> None:
    field = shown(CountField("months", "Jumlah bulan"))
    type_into(qtbot, field, typed)
    assert field.value() is None
    assert field.reading_problem().code == "count_range"
    assert "0 sampai 9.999.999" in field.reading_problem().text


@pytest.mark.parametrize("typed", ["tiga", "3,5", "-"])
def test_a_count_says_when_it_is_none(qtbot: QtBot, shown: Callable[[Field], Field], typed: str) -> None:
    field = shown(CountField("months", "Jumlah bulan"))
    type_into(qtbot, field, typed)
    assert field.value() is None
    assert field.reading_problem().code == "count_unreadable"
    assert field.text() == typed


def test_a_text_too_long_for_its_field_shows_its_beginning(qtbot: QtBot) -> None:
    field = TextField("source_list", "Source list")
    qtbot.addWidget(field)
    field.resize(80, 28)
    field.show()
    field.set_text_as_typed("Daftar usulan Nagari Pinaga Aua Kuniang")
    assert field.cursorPosition() == 0
