"""Typing days and months."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.values.months import Month
from ui.fields.dates import DateField, MonthField
from ui.fields.field import Field


def today() -> date:
    return date(2026, 11, 22)


def type_and_leave(qtbot: QtBot, field: Field, text: str) -> None:
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    qtbot.keyClicks(field, text)
    other = QLineEdit(field)
    other.show()
    other.setFocus()


@pytest.mark.parametrize("typed", ["17081985", "17-8-1985", "17/8/85", "17 agu 1985", "17.08.1985"])
def test_a_date_is_read_in_any_form_and_shown_in_one(qtbot: QtBot, typed: str) -> None:
    field = DateField("born_on", "Tanggal lahir", today=today)
    type_and_leave(qtbot, field, typed)
    assert field.value() == date(1985, 8, 17)
    assert field.text() == "17/08/1985"


@pytest.mark.parametrize("typed", ["31021985", "99/99/9999", "kemarin"])
def test_an_impossible_date_stays_as_typed(qtbot: QtBot, typed: str) -> None:
    field = DateField("born_on", "Tanggal lahir", today=today)
    type_and_leave(qtbot, field, typed)
    assert field.text() == typed
    assert field.value() is None
    assert field.reading_problem() is not None


def test_a_year_ahead_is_read_where_the_field_looks_ahead(qtbot: QtBot) -> None:
    field = DateField("due_on", "Sampai", today=today, years_ahead=50)
    type_and_leave(qtbot, field, "31/12/29")
    assert field.value() == date(2029, 12, 31)


@pytest.mark.parametrize("typed", ["3/2026", "032026", "mar 2026", "Maret 2026", "2026-03"])
def test_a_month_is_read_in_any_form_and_shown_in_words(qtbot: QtBot, typed: str) -> None:
    field = MonthField("first", "Bulan pertama", today=today)
    type_and_leave(qtbot, field, typed)
    assert field.value() == Month(2026, 3)
    assert field.text() == "Maret 2026"
    assert field.value() == Month(2026, 3), "what is shown can be read again"


def test_what_a_draft_kept_is_read_again(qtbot: QtBot) -> None:
    field = DateField("born_on", "Tanggal lahir", today=today)
    qtbot.addWidget(field)
    field.set_text_as_typed("31021985")
    assert field.text_as_typed() == "31021985"
    field.set_value(date(1985, 8, 17))
    assert field.text_as_typed() == "17/08/1985"
    field.set_value(None)
    assert field.text_as_typed() == ""
