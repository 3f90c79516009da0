"""The worker's fields: every attribute has its word and reader, and a worker comes back from them as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.register import Register, open_register
from ui.people.worker_fields import LABELS, choices_of_nagari, make_field, values_of, worker_from

TODAY = date(2026, 3, 2)

FULL = Worker(
    nik="1312034107850001", family_card="1312030509120004", name="Siti Aminah", title_before="Hj.", title_after="S.Pd.",
    birth_place="Simpang Empat", born_on=date(1985, 7, 1), sex=Sex.FEMALE, marital_status=MaritalStatus.MARRIED,
    mother_name="Nurlela", address="Jl. Raya 5, RT 2", jorong="Padang Tujuh", nagari="13.12.03.2003", postcode="26566",
    phone="+6281266778899", email="siti@contoh.id", occupation="1", work_place="Kebun plasma II", income=850_000,
    segment=Segment.BPU, source_list="DTSEN 2026", source_decile=3, proof_kind="STDB", proof_number="12/2025",
    perisai_agent="Yusniar", heir_name="Zulkifli", heir_relation="suami", heir_nik="1312030502800002",
    kpj="12345678901", notes="diantar wali jorong",
)  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = open_register(tmp_path / "a.db", user="Rina", clock=lambda: datetime(2026, 3, 2, 9, 0))
    yield opened
    opened.close()


def test_every_attribute_that_a_person_types_has_a_field() -> None:
    kept_by_the_program = {"id", "uid", "office", "revision", "reasons", "title_before", "title_after"}
    assert set(LABELS) == {field.name for field in fields(Worker)} - kept_by_the_program


def test_a_worker_comes_back_from_its_fields_as_it_went_in(qtbot: QtBot, register: Register) -> None:
    made = {name: make_field(name, register, lambda: TODAY) for name in LABELS}
    for name, value in values_of(FULL).items():
        qtbot.addWidget(made[name])
        made[name].set_value(value)
        assert made[name].reading_problem() is None, name
    assert worker_from({name: field.value() for name, field in made.items()}) == FULL


def test_an_empty_field_is_an_empty_attribute(qtbot: QtBot, register: Register) -> None:
    made = {name: make_field(name, register, lambda: TODAY) for name in LABELS}
    for field in made.values():
        qtbot.addWidget(field)
    assert worker_from({name: field.value() for name, field in made.items()}) == Worker()


def test_what_a_form_does_not_hold_stays_as_it_was() -> None:
    assert worker_from({"jorong": "Ophir"}, FULL).jorong == "Ophir"
    assert worker_from({"jorong": "Ophir"}, FULL).name == FULL.name


@pytest.mark.parametrize("typed", ["lingkuang aua", "Simpang Ampek", "13.12.03.2003", "lingkuang a"])
def test_a_nagari_is_found_by_name_old_name_and_code(qtbot: QtBot, register: Register, typed: str) -> None:
    field = make_field("nagari", register, lambda: TODAY)
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() == "13.12.03.2003"


def test_each_nagari_says_its_kecamatan(register: Register) -> None:
    assert {choice.note for choice in choices_of_nagari(register, "13.12.05")} == {"Kinali"}


@pytest.mark.parametrize(
    ("typed", "sex"), [("l", Sex.MALE), ("P", Sex.FEMALE), ("2", Sex.FEMALE), ("laki", Sex.MALE)]
)
def test_the_sex_is_a_letter_a_number_or_a_word(qtbot: QtBot, register: Register, typed: str, sex: Sex) -> None:
    field = make_field("sex", register, lambda: TODAY)
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() is sex
