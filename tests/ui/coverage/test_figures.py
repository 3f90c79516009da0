"""Entering what others published, and taking it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.people.worker import Segment
from models.register import Register, open_register
from tests.factories import NOW
from tests.ui.person import CTRL, Key, Person, person_at
from ui.coverage.page import CoveragePage


def said(person: Person[CoveragePage]) -> str:
    return person.page.figures.form.message_bar.text


def field(person: Person[CoveragePage]) -> str:
    focused = person.page.figures.form.focused
    return "" if focused is None else focused.name


def save(person: Person[CoveragePage]) -> None:
    person.press(Key.Key_S, CTRL)
    person.rest()


def test_eligible_workers_are_entered_by_keys_and_the_number_appears(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    assert field(newcomer) == "kind"
    for text in ("1", "13.12", "0", "160000", "30-6-2026", "BPS, Sakernas 2025"):
        newcomer.answer(text)
    save(newcomer)
    ((_, area, segment, count),) = newcomer.register.coverage.eligible.all()
    assert (area, segment, count.number, count.counted_on, count.source) == (
        "13.12", None, 160_000, date(2026, 6, 30), "BPS, Sakernas 2025"
    )  # fmt: skip
    assert said(newcomer) == "Tersimpan: 160.000 orang"
    newcomer.press(Key.Key_Escape)
    assert newcomer.page.overview.number.figure.text() == "0,00\u00a0%"
    assert newcomer.page.month.hasFocus()


def test_a_bpjs_count_of_a_kecamatan_and_a_segment(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    for text in ("2", "talamau", "bpu", "3.533", "30 sep 2026", "BPJS Bukittinggi"):
        newcomer.answer(text)
    save(newcomer)
    ((_, area, segment, count),) = newcomer.register.coverage.bpjs_counts.all()
    assert (area, segment, count.number) == ("13.12.04", Segment.BPU, 3_533)


@pytest.mark.parametrize("typed", ["51,4", "51,40 %", "51.4"])
def test_a_target_is_a_percentage_with_day_and_source(newcomer: Person[CoveragePage], typed: str) -> None:
    newcomer.press(Key.Key_E, CTRL)
    for text in ("3", typed, "31-12-45", "Bupati"):
        newcomer.answer(text)
    save(newcomer)
    (target,) = newcomer.register.coverage.targets.all()
    assert (target.permyriad, target.due_on, target.source) == (5140, date(2045, 12, 31), "Bupati")


def test_what_is_missing_is_said_and_led_to(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    save(newcomer)
    form = newcomer.page.figures.form
    assert {one.name for one in form.fields if one.problem} == {"number", "counted_on", "source"}
    assert field(newcomer) == "number"
    assert "Jumlahnya masih kosong" in said(newcomer)
    assert newcomer.register.coverage.eligible.all() == ()


def test_a_day_that_has_not_come_is_refused_on_leaving_the_field(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    for text in ("1", "13.12", "0", "160000", "1-12-2026"):
        newcomer.answer(text)
    problem = newcomer.page.figures.form["counted_on"].problem
    assert problem is not None
    assert problem.code == "counted_on_future"


def test_the_next_figure_keeps_day_and_source(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    for text in ("2", "talamau", "0", "3533", "30-9-2026", "BPJS Bukittinggi"):
        newcomer.answer(text)
    save(newcomer)
    assert field(newcomer) == "area"
    newcomer.answer("kinali")
    newcomer.press(Key.Key_Return)
    newcomer.answer("9818")
    save(newcomer)
    areas = {area: count.number for _, area, _, count in newcomer.register.coverage.bpjs_counts.all()}
    assert areas == {"13.12.04": 3_533, "13.12.05": 9_818}


def test_delete_asks_and_delete_again_takes_back(supervisor: Person[CoveragePage]) -> None:
    supervisor.press(Key.Key_E, CTRL)
    figures = supervisor.page.figures
    figures.table.setFocus()
    supervisor.press(Key.Key_Home, CTRL)
    supervisor.press(Key.Key_Delete)
    assert "Tekan Delete sekali lagi" in said(supervisor)
    assert len(supervisor.register.coverage.eligible.all()) == 2
    supervisor.press(Key.Key_Delete)
    supervisor.rest()
    assert len(supervisor.register.coverage.eligible.all()) == 1
    assert said(supervisor).startswith("Ditarik kembali: Potensi pekerja, Talamau, 9.800")


def test_another_row_forgets_the_question(supervisor: Person[CoveragePage]) -> None:
    supervisor.press(Key.Key_E, CTRL)
    supervisor.page.figures.table.setFocus()
    supervisor.press(Key.Key_Delete)
    supervisor.press(Key.Key_Down)
    assert said(supervisor) == ""
    supervisor.press(Key.Key_Delete)
    assert len(supervisor.register.coverage.eligible.all()) == 2


def test_a_register_that_can_only_be_read_says_so(qtbot: QtBot, district: Register, tmp_path: Path) -> None:
    reading = open_register(district.path, user="rina", clock=lambda: NOW, read_only=True)
    with person_at(qtbot, reading, tmp_path, CoveragePage) as person:
        assert person.page.overview.number.figure.text() == "33,51\u00a0%"
        person.press(Key.Key_E, CTRL)
        for text in ("1", "13.12", "0", "160000", "30-6-2026", "BPS"):
            person.answer(text)
        save(person)
        assert "hanya" in said(person)
    reading.close()


def test_escape_closes_an_open_list_and_only_then_the_figures(newcomer: Person[CoveragePage]) -> None:
    newcomer.press(Key.Key_E, CTRL)
    newcomer.press(Key.Key_F4)
    newcomer.press(Key.Key_Escape)
    assert newcomer.page.figures.isVisible()
    newcomer.press(Key.Key_Escape)
    assert newcomer.page.overview.isVisible()
