"""Enrolling a list from the workers page, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.funds.fund import Fund, Receipt
from tests.factories import DECEMBER, make_plan, make_register, make_worker
from tests.ui.at_window import CTRL, SHIFT, AtWindow, Key, at_window
from ui.places import Place
from ui.schemes.enrolling.page import EnrolManyPage
from ui.schemes.enrolling.wanted import EnrolWanted


class Supervisor(AtWindow):
    """In front of the window, with a list of 40 workers of whom 3 are too old."""

    @property
    def page(self) -> EnrolManyPage:
        assert self.window.page.enrolling is not None
        return self.window.page.enrolling

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.is_running and not self.window.session.background.is_busy)

    def open_list(self) -> None:
        self.qtbot.waitUntil(lambda: len(self.window.page.list.model.ids) == 40)
        self.window.page.list.focus_table()
        self.press(Key.Key_A, CTRL)
        self.press(Key.Key_E, CTRL | SHIFT)


@pytest.fixture
def supervisor(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    register = make_register(tmp_path / "kantor.db")
    register.load((make_worker(serial), ()) for serial in range(1, 38))
    register.load(
        (make_worker(serial, name="Tua", born_on=date(1955, 1, serial - 30)), ()) for serial in range(41, 44)
    )
    with at_window(qtbot, tmp_path, monkeypatch, register, Place.WORKERS, Supervisor) as person:
        yield person


def test_a_list_is_checked_then_enrolled_then_taken_back(supervisor: Supervisor) -> None:
    supervisor.open_list()
    supervisor.type("sawit")
    supervisor.type("12/2026")
    assert supervisor.page.form.problems == ()
    supervisor.wait()
    assert supervisor.page.result.summary.text().splitlines() == [
        "37 dari 40 pekerja dapat didaftarkan untuk Desember 2026 s.d. Februari 2027.",
        "Rp1.864.800 = 37 orang x 3 bulan x Rp16.800 (PP 44/2015 jo. PP 82/2019 Lampiran II, baris 1)",
        "37 di antaranya masih dalam 3 bulan pertama, saat kematian hanya dibayar Rp10 juta (perkiraan).",
        "Tidak ikut: terlalu tua pada bulan pertama 3.",
    ]
    assert [row.cells[0] for row in supervisor.page.result.table.rows] == ["Tua"] * 3
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert supervisor.register.coverage.district(DECEMBER).active == 37
    assert "37 pekerja" in supervisor.page.message.text
    supervisor.press(Key.Key_Escape)
    assert supervisor.window.page.enrolling is None
    supervisor.press(Key.Key_Z, CTRL)
    assert supervisor.register.coverage.district(DECEMBER).active == 0


def test_where_no_fund_was_chosen_it_is_said_which_one_is_not_counted(supervisor: Supervisor) -> None:
    scheme = supervisor.register.schemes.by_code("SAWIT")
    assert scheme is not None
    supervisor.register.funds.save(Fund(scheme=scheme.id or 0, name="DBH Sawit", year=2026, ceiling=10**9))
    check_list(supervisor)
    supervisor.press(Key.Key_Return)
    supervisor.wait()
    assert supervisor.page.message.text.startswith("Dananya belum dipilih, jadi ini tidak dihitung pada DBH Sawit.")
    assert supervisor.page.enrol_button.hasFocus()


def check_list(supervisor: Supervisor) -> None:
    supervisor.open_list()
    supervisor.type("sawit")
    supervisor.type("12/2026")
    supervisor.wait()


@pytest.mark.parametrize("size", [(1366, 740), (911, 493)])
def test_after_the_check_form_and_result_fit_and_nothing_is_cut(
    supervisor: Supervisor, size: tuple[int, int]
) -> None:
    supervisor.window.resize(*size)
    check_list(supervisor)
    page, table = supervisor.page, supervisor.page.result.table
    QApplication.processEvents()
    assert page.form.isHidden()
    assert page.asked.text() == ("SAWIT Pekerja sawit (DBH Sawit) · 3 bulan: Desember 2026 s.d. Februari 2027")
    assert supervisor.window.width() == size[0]
    item = table.item(2, 0)
    assert item is not None
    assert table.visualItemRect(item).bottom() < table.viewport().height()
    assert all(page.rect().contains(part.geometry()) for part in (page.result, page.asked))
    assert page.result._whole.text() == table.rows[0].cells[2]
    assert page.result._whole.height() >= page.result._whole.heightForWidth(page.result._whole.width())


def test_f2_opens_what_was_asked_for_and_esc_goes_back_to_the_result(supervisor: Supervisor) -> None:
    check_list(supervisor)
    supervisor.press(Key.Key_F2)
    page = supervisor.page
    assert page.form["scheme"].hasFocus()
    assert page.result.isHidden()
    supervisor.press(Key.Key_Escape)
    assert not page.result.isHidden()
    assert page.enrol_button.hasFocus()
    supervisor.press(Key.Key_F2)
    supervisor.press(Key.Key_Return)
    supervisor.type("1/2027")
    supervisor.wait()
    assert "Januari s.d. Maret 2027" in page.asked.text()


def test_the_form_is_shown_whole_before_the_check(supervisor: Supervisor) -> None:
    supervisor.open_list()
    supervisor.type("asn")
    supervisor.type("12/2026")
    page = supervisor.page
    QApplication.processEvents()
    assert not page.form["payer_name"].isHidden()
    assert page.form.height() >= page.form.needed_height()


def test_what_was_taken_back_is_in_the_list_again_and_nothing_says_otherwise(supervisor: Supervisor) -> None:
    check_list(supervisor)
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert supervisor.page._title.text() == "Daftarkan 3 pekerja"
    supervisor.press(Key.Key_Z, CTRL | Qt.KeyboardModifier.AltModifier)
    page = supervisor.page
    assert page._title.text() == "Daftarkan 40 pekerja"
    assert page.message.text == ""
    supervisor.press(Key.Key_F5)
    supervisor.wait()
    assert page.result.summary.text().startswith("37 dari 40")


def test_after_a_stop_the_focus_is_where_it_can_be_done_again(supervisor: Supervisor) -> None:
    check_list(supervisor)
    supervisor.press(Key.Key_S, CTRL)
    supervisor.press(Key.Key_Escape)
    supervisor.wait()
    page = supervisor.page
    if "Dihentikan" in page.message.text:
        assert page.enrol_button.hasFocus()
        assert supervisor.register.coverage.district(DECEMBER).active == 0
        supervisor.press(Key.Key_S, CTRL)
        supervisor.wait()
    else:  # it was quicker than the key
        assert page.back_button.hasFocus()
    assert supervisor.register.coverage.district(DECEMBER).active == 37


def test_ctrl_s_alone_looks_first_and_writes_nothing(supervisor: Supervisor) -> None:
    supervisor.open_list()
    supervisor.press(Key.Key_S, CTRL)
    assert supervisor.page.form.problems[0].code == "scheme_missing"
    supervisor.type("csr")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert supervisor.register.coverage.district(DECEMBER).active == 0


def test_the_fund_pays_for_the_first_of_the_list(supervisor: Supervisor) -> None:
    register = supervisor.register
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = register.funds.save(Fund(scheme=scheme.id or 0, name="DBH 2026", year=2026, ceiling=10**9))
    register.funds.receive(Receipt(fund=fund.id or 0, amount=1_000_000, received_on=date(2026, 11, 1), source="SP2D"))
    ids = list(range(1, 38))
    plan = replace(make_plan(register), fund=fund.id)
    preview = register.enrol_many.preview(ids, plan)
    assert preview.fits == 19
    from ui.schemes.enrolling.words import summary_words

    assert "19" in summary_words(preview)


def test_a_name_of_the_refused_leads_to_the_record(supervisor: Supervisor) -> None:
    supervisor.window.session.go_to("workers", EnrolWanted([40], make_plan(supervisor.register)))
    supervisor.press(Key.Key_F5)
    supervisor.wait()
    supervisor.page.result.table.setFocus()
    supervisor.press(Key.Key_Return)
    assert supervisor.window.page.record is not None
    assert supervisor.window.page.record.worker_id == 40


def test_without_a_list_it_says_how_to_choose_one(supervisor: Supervisor) -> None:
    heard: list[str] = []
    supervisor.window.session.said.connect(heard.append)
    supervisor.window.page.list.table.clearSelection()
    supervisor.window.page.open_enrolling(EnrolWanted([]))
    assert heard == ["Pilih dulu pekerjanya dalam daftar: Shift dan panah, atau Ctrl+A untuk semua."]


def test_the_check_says_when_the_contribution_changes_and_who_turns_65(supervisor: Supervisor) -> None:
    register = supervisor.register
    register.load((make_worker(serial, name="Hampir", born_on=date(1962, 1, serial)), ()) for serial in (2, 3))
    supervisor.window.session.tell("workers")
    supervisor.qtbot.waitUntil(lambda: len(supervisor.window.page.list.model.ids) == 42)
    supervisor.window.page.list.focus_table()
    supervisor.press(Key.Key_A, CTRL)
    supervisor.press(Key.Key_E, CTRL | SHIFT)
    supervisor.type("mandiri")
    supervisor.type("12/2026")
    supervisor.wait()
    said = supervisor.page.result.summary.text().splitlines()
    assert "Iuran berubah mulai Januari 2027: tiap bulan dihitung dengan tarif bulan itu." in said
    assert "2 di antaranya genap 65 tahun di tengah bulan-bulan ini; ini pendaftaran terakhirnya." in said
