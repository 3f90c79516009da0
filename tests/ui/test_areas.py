"""Two places with the same name are never taken for each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.register import Register
from tests.factories import make_register
from ui.areas import choices_of_areas
from ui.fields.choice import Choice, ChoiceField
from ui.people.worker_fields import choices_of_nagari

KINALI, NAGARI_KINALI = "13.12.05", "13.12.05.2001"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "a.db")
    yield made
    made.close()


def read_again(qtbot: QtBot, choices: tuple[Choice, ...], value: str) -> str | None:
    """What a field that shows the value makes of its own text."""
    field = ChoiceField("area", "Wilayah", choices)
    qtbot.addWidget(field)
    field.set_value(value)
    return field.value()


def test_every_area_is_read_again_as_itself(qtbot: QtBot, register: Register) -> None:
    choices = choices_of_areas(register)
    assert {choice.value: read_again(qtbot, choices, choice.value) for choice in choices} == {
        choice.value: choice.value for choice in choices
    }
    assert {KINALI, NAGARI_KINALI} <= {choice.value for choice in choices}


def test_a_name_alone_means_the_kecamatan_and_says_so(qtbot: QtBot, register: Register) -> None:
    field = ChoiceField("area", "Wilayah", choices_of_areas(register))
    qtbot.addWidget(field)
    field.set_text_as_typed("kinali")
    assert (field.value(), field.text()) == (KINALI, "Kinali (kecamatan)")
    field.set_text_as_typed("kinali di")
    assert (field.value(), field.text()) == (NAGARI_KINALI, "Kinali (di Kecamatan Kinali)")


def test_nagari_of_one_name_say_in_which_kecamatan_they_lie(qtbot: QtBot, register: Register) -> None:
    register.regions.add_villages([("13.12.01.2999", "Suka Maju"), ("13.12.02.2999", "Suka Maju")])
    choices = choices_of_nagari(register)
    for code, kecamatan in (("13.12.01.2999", "Sungai Beremas"), ("13.12.02.2999", "Lembah Melintang")):
        assert read_again(qtbot, choices, code) == code
        assert next(one.text for one in choices if one.value == code) == f"Suka Maju (di Kecamatan {kecamatan})"
    assert next(one.text for one in choices if one.value == NAGARI_KINALI) == "Kinali"
    in_one = choices_of_nagari(register, "13.12.01")
    assert set(in_one) < set(choices)
