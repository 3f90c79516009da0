"""Rates by keys: a share and a table from a month on, reliefs, what ends, who keeps the price, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.people.worker import Segment
from models.register import Register
from models.schemes.scheme import Programme
from models.values.months import Month, Period
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.schemes.bracket_form import BracketForm
from ui.schemes.page import SchemesPage
from ui.schemes.rates_panel import RatesPanel

TABLE = "Penghasilan\tDasar\tIuran\n0\t1.000.000\t8.000\n1.100.000\t1.200.000\t9.600\n"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A wali nagari until October 2027, a palm-oil worker until February 2027."""
    opened = make_register(tmp_path / "cakupan.db")
    opened.entries.save(make_worker(), make_plan(opened))
    opened.enrolments.add(1, make_plan(opened, "WALI", Month(2026, 11), 12))
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        person.page.areas.setCurrentWidget(person.page.tariffs)
        person.rest()
        yield person


def panel(person: Person[SchemesPage]) -> RatesPanel:
    return person.page.tariffs


def problems(person: Person[SchemesPage]) -> list[str]:
    form = panel(person).form
    assert form is not None
    return [problem.code for problem in form.form.problems]


def save(person: Person[SchemesPage]) -> None:
    person.press(Key.Key_S, CTRL)
    person.rest()
    person.rest()


def save_a_rate(person: Person[SchemesPage]) -> None:
    """Once to be told what it does, once to do it."""
    save(person)
    save(person)


def type_share(person: Person[SchemesPage], first: str = "1/2027", last: str = "") -> None:
    person.press(Key.Key_N, CTRL)
    for text in ("JKK", "1", "0,30", "", first, last, "PP 99/2026"):
        person.answer(text)
    person.rest()


def paste(person: Person[SchemesPage], text: str) -> BracketForm:
    """The lines as they come from a spreadsheet."""
    form = panel(person).form
    assert isinstance(form, BracketForm)
    form.lines.setFocus()
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    person.press(Key.Key_A, CTRL)
    person.press(Key.Key_V, CTRL)
    return form


def test_a_new_share_says_before_saving_what_ends_and_who_keeps_the_price(supervisor: Person[SchemesPage]) -> None:
    type_share(supervisor)
    form = panel(supervisor).form
    assert form is not None
    assert form.beside.text() == (
        "Tarif sejak Juli 2015 berakhir pada Desember 2026. 1 kepesertaan sudah mencakup Januari 2027 dan seterusnya "
        "dan tetap memakai iuran yang sudah ditetapkan; tarif baru berlaku untuk bulan mulai Januari 2027 bagi yang "
        "didaftarkan mulai sekarang."
    )
    save_a_rate(supervisor)
    assert panel(supervisor).message.text.startswith("Tersimpan: PU JKK, kelompok risiko 1 mulai Januari 2027.")
    rows = [row.cells for row in panel(supervisor).rates.rows]
    assert ("PU", "JKK", "kelompok risiko I", "–", "0,30 % dari upah", "sejak Jan 2027", "PP 99/2026") in rows
    scheme = supervisor.register.schemes.by_code("WALI")
    assert scheme is not None
    enrolment = supervisor.register.enrolments.of_worker(1)
    assert {sum(one.monthly) for one in enrolment if one.scheme == scheme.id} == {12 * 16_169}


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("1/2027", "12/2026", "months_backwards"), ("1/2015", "", "rate_overlap"), ("1/2015", "2/2015", "rate_gap")],
)
def test_months_that_overlap_gape_or_run_backwards_are_refused(
    supervisor: Person[SchemesPage], first: str, last: str, code: str
) -> None:
    before = supervisor.register.dated_rates.versions()
    type_share(supervisor, first, last)
    save(supervisor)
    assert problems(supervisor) == [code]
    assert supervisor.register.dated_rates.versions() == before


def test_a_rate_is_saved_only_after_it_was_said_what_that_does(supervisor: Person[SchemesPage]) -> None:
    before = supervisor.register.dated_rates.versions()
    supervisor.press(Key.Key_G, CTRL)
    for text in ("JKM", "1/2027", "12/2027", "PP 99/2026"):
        supervisor.answer(text)
    form = paste(supervisor, TABLE)
    save(supervisor)
    assert supervisor.register.dated_rates.versions() == before
    assert form.beside.text() == (
        "Tarif sejak Desember 2019 berakhir pada Desember 2026. 1 kepesertaan sudah mencakup Januari s.d. Desember "
        "2027 dan tetap memakai iuran yang sudah ditetapkan; tarif baru berlaku untuk bulan mulai Januari 2027 bagi "
        "yang didaftarkan mulai sekarang."
    )
    assert form.form.message_bar.text == (
        "1 kepesertaan tetap memakai iurannya, seperti disebut di atas. Tekan Ctrl+S sekali lagi untuk menyimpan "
        "tarifnya; Esc meninggalkannya."
    )
    paste(supervisor, TABLE.replace("9.600", "9.700"))
    save(supervisor)  # other lines: asked anew
    assert supervisor.register.dated_rates.versions() == before
    save(supervisor)
    assert len(supervisor.register.dated_rates.versions()) == len(before) + 1


def test_a_share_needs_its_source(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("JP", "3", "11.500.000", "3/2027"):
        supervisor.answer(text)
    save(supervisor)
    assert problems(supervisor) == ["source_missing"]


def test_a_table_pasted_from_a_spreadsheet_is_understood_and_saved(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_G, CTRL)
    for text in ("JKM", "1/2027", "", "PP 99/2026"):
        supervisor.answer(text)
    form = paste(supervisor, TABLE)
    assert [row.cells for row in form.understood.rows] == [
        ("2", "Rp0", "Rp1.000.000", "Rp8.000", ""), ("3", "Rp1.100.000", "Rp1.200.000", "Rp9.600", "")
    ]  # fmt: skip
    save_a_rate(supervisor)
    version = next(
        one for one in supervisor.register.dated_rates.versions() if one.key == (Segment.BPU, Programme.JKM, None)
    )
    assert [(rate.income_from, rate.base, rate.amount) for rate in version.brackets] == [
        (0, 1_000_000, 8_000), (1_100_000, 1_200_000, 9_600)
    ]  # fmt: skip
    assert "Tarif sejak Desember 2019 berakhir pada Desember 2026." in panel(supervisor).message.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0\t1.000.000\t-5", "bracket_amount"),
        ("0\t1.000.000\tdelapan", "bracket_amount"),
        ("0\t1.000.000", "bracket_columns"),
        ("0\t1000000\t8000\n0\t1200000\t9000", "bracket_overlap"),
        ("500.000\t1.000.000\t8.000", "bracket_gap"),
        ("0\t1000000\t8000\n2000000\t1500000\t9000", "bracket_base"),
        ("0\t1000000\t8000\n2000000\t2000000\t7999", "bracket_falls"),
        ("0\t12000000\t8000\n2000000\t2000000\t9000", "base_falls"),
        ("", "brackets_missing"),
    ],
)
def test_each_bad_line_is_named_and_nothing_is_saved(supervisor: Person[SchemesPage], text: str, code: str) -> None:
    before = supervisor.register.dated_rates.versions()
    supervisor.press(Key.Key_G, CTRL)
    for word in ("JKM", "1/2027", "", "PP 99/2026"):
        supervisor.answer(word)
    if text:
        paste(supervisor, text)
    save(supervisor)
    assert code in problems(supervisor)
    assert supervisor.register.dated_rates.versions() == before
    form = panel(supervisor).form
    assert isinstance(form, BracketForm)
    assert form.lines.hasFocus()


def test_enter_on_a_bracket_begins_with_the_present_table(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_Return)
    form = panel(supervisor).form
    assert isinstance(form, BracketForm)
    assert len(form.understood.rows) == 33
    assert form.is_untouched
    assert form.form["first"].hasFocus()
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).form is None


def test_a_rate_is_taken_back_after_a_question_and_the_old_one_runs_on(supervisor: Person[SchemesPage]) -> None:
    before = supervisor.register.dated_rates.versions()
    type_share(supervisor)
    save_a_rate(supervisor)
    rates = panel(supervisor).rates
    at = next(at for at, row in enumerate(rates.rows) if row.cells[6] == "PP 99/2026")
    rates.setCurrentCell(at, 0)
    supervisor.press(Key.Key_Delete)
    assert "Tekan Delete sekali lagi" in panel(supervisor).message.text
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Up)
    supervisor.press(Key.Key_Delete)
    assert supervisor.register.dated_rates.versions() != before
    supervisor.press(Key.Key_Delete)
    assert supervisor.register.dated_rates.versions() == before
    assert "Tarif sejak Juli 2015 berlaku terus." in panel(supervisor).message.text


def test_a_relief_comes_and_goes_and_overlaps_are_refused(supervisor: Person[SchemesPage]) -> None:
    for first, code in (("10/2026", "relief_overlap"), ("1/2027", "")):
        supervisor.press(Key.Key_M, CTRL)
        for text in ("BPU", "JKM", "25", "2", first, "6/2027", "PP 88/2026"):
            supervisor.answer(text)
        save(supervisor)
        if code:
            assert problems(supervisor) == [code]
            for _time in range(2):
                supervisor.press(Key.Key_Escape)
    reliefs = panel(supervisor).reliefs
    assert [row.cells[2] for row in reliefs.rows] == ["50 %", "50 %", "25 %"]
    scheme = supervisor.register.schemes.by_code("CSR")
    assert scheme is not None
    price = supervisor.register.rates.price(scheme, Period(Month(2027, 1), Month(2027, 1)), None)
    assert getattr(price, "total", 0) == 10_000 + 5_100
    reliefs.setFocus()
    reliefs.setCurrentCell(2, 0)
    supervisor.press(Key.Key_Delete)
    supervisor.press(Key.Key_Delete)
    assert len(supervisor.register.rates.reliefs) == 2


def test_who_may_not_is_told_why(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register._file.person = User("ana", Role.CLERK)
    with person_at(qtbot, register, tmp_path, SchemesPage) as clerk:
        clerk.page.areas.setCurrentWidget(clerk.page.tariffs)
        clerk.rest()
        for key, modifier in ((Key.Key_N, CTRL), (Key.Key_G, CTRL), (Key.Key_M, CTRL), (Key.Key_Delete, None)):
            clerk.press(key, *([modifier] if modifier else []))
            assert panel(clerk).form is None
            assert panel(clerk).message.level == "error"
