"""A letter of reminder from the board: looked at, copied, saved as one page, left again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from models.obligations.records import Promise, Roster
from models.register import Register
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.coverage.page import CoveragePage
from ui.obligations.panel import ObligationsPanel


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Four workers whom teachers protect of the forty there are; a company that promised ten."""
    opened = make_register(tmp_path / "cakupan.db")
    plan = make_plan(opened, "ASN", first=Month(2026, 11))
    for serial in range(1, 5):
        number = f"19850101201001{serial:04d}"
        named = replace(plan, payer_name="Guru", payer_number=number, payer_office="Dinas Pendidikan")
        opened.entries.save(make_worker(serial), named)
    asn, csr = opened.schemes.by_code("ASN"), opened.schemes.by_code("CSR")
    assert asn is not None
    assert csr is not None
    opened.obligations.count(
        Roster(
            scheme=asn.id or 0, unit="Dinas Pendidikan", number=40, counted_on=date(2026, 1, 2), source="BKPSDM 12"
        )
    )
    opened.obligations.promise(Promise(scheme=csr.id or 0, company="PT Kebun Talu", year=2026, heads=10))
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[CoveragePage]]:
    with person_at(qtbot, register, tmp_path, CoveragePage) as person:
        person.press(Key.Key_B, CTRL)
        person.rest()
        yield person


def panel(person: Person[CoveragePage]) -> ObligationsPanel:
    assert person.page.obligations is not None
    return person.page.obligations


def test_the_letter_of_a_row_is_read_copied_and_left(supervisor: Person[CoveragePage]) -> None:
    assert panel(supervisor).board.table.hasFocus()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    letter = panel(supervisor).letter
    assert letter.isVisible()
    assert letter.title.text() == "Surat pengingat kepada: Kepala Dinas Pendidikan"
    shown = letter.text.toPlainText()
    for part in ("Kepala Dinas Pendidikan", "40 (dihitung pada 02/01/2026, sumber: BKPSDM 12)", "36", "4 nama"):
        assert part in shown
    assert shown.count("1312********") == 4
    supervisor.press(Key.Key_C, CTRL)
    assert "Masih kurang: 36" in QGuiApplication.clipboard().text()
    assert letter.message.text == "Tersalin."
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).board.table.hasFocus()
    supervisor.press(Key.Key_Escape)
    assert supervisor.page.panels.currentWidget() is supervisor.page.overview


def test_it_is_saved_as_one_page_and_the_printing_recorded(supervisor: Person[CoveragePage], tmp_path: Path) -> None:
    path = tmp_path / "surat"
    asked: list[str] = []

    def answer(name: str) -> str:
        asked.append(name)
        return str(path)

    panel(supervisor).letter.choose_file = answer
    before = supervisor.register.audit.count()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    pages = PdfReader(path.with_suffix(".pdf")).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "Kepala Dinas Pendidikan" in text
    assert make_worker(1).nik not in text
    assert asked == ["Surat-Pengingat-Dinas-Pendidikan.pdf"]
    assert str(path) in panel(supervisor).letter.message.text
    assert supervisor.register.audit.count() == before + 1


def test_a_company_is_reminded_too(supervisor: Person[CoveragePage]) -> None:
    panel(supervisor).tabs.setCurrentIndex(1)
    supervisor.rest()
    panel(supervisor).promises.table.setFocus()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    assert "Pimpinan PT Kebun Talu" in panel(supervisor).letter.text.toPlainText()
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).promises.table.hasFocus()


def test_without_a_row_or_an_obligation_it_is_said(supervisor: Person[CoveragePage]) -> None:
    heard: list[str] = []
    supervisor.session.said.connect(heard.append)
    panel(supervisor).tabs.setCurrentIndex(2)
    supervisor.rest()
    supervisor.press(Key.Key_P, CTRL)
    assert "dua tabel yang lain" in heard[-1]
    panel(supervisor).tabs.setCurrentIndex(0)
    panel(supervisor).board.table.set_rows([])
    panel(supervisor).board.buttons.findChildren(type(panel(supervisor).letter.print_button))[1].click()
    assert heard[-1] == "Pilih dulu satu baris dalam tabel."


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(
    supervisor: Person[CoveragePage], tmp_path: Path
) -> None:
    folder = tmp_path / "tidak ada"
    panel(supervisor).letter.choose_file = lambda _name: str(folder / "surat.pdf")
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    assert panel(supervisor).letter.message.level == "error"
    assert not folder.exists()


def test_people_are_left_by_esc_before_the_board_is(supervisor: Person[CoveragePage]) -> None:
    board = panel(supervisor).board
    supervisor.press(Key.Key_Return)
    assert board.people.hasFocus()
    assert [item.row() for item in board.people.selectedItems()] == [0, 0, 0]
    supervisor.press(Key.Key_Escape)
    assert board.people.isHidden()
    assert board.table.hasFocus()
    assert supervisor.page.panels.currentWidget() is supervisor.page.obligations
