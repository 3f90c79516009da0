"""Ctrl+Z and Ctrl+Y over what was saved, from any page, with the real pages in the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.exchange.importing import Mode
from models.people.lines import WorkerFilter
from models.register import open_register
from tests.factories import make_plan, make_worker
from tests.models.exchange.checked_lists import make_list, make_row
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

NOW = datetime(2026, 11, 22, 10, 0)
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_ALT = CTRL | Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Open, with a register of one worker that Rina registered and corrected."""
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    now = [NOW]
    session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: now[0])
    session.now_list = now  # type: ignore[attr-defined]
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda it: it._drop_pages())
    with qtbot.waitSignal(made.first_painted):
        made.show()
    register = open_register(tmp_path / "kantor.db", user="Rina", clock=session.clock)
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    register.workers.correct(replace(worker, jorong="Merdeka"))
    session.use_register(register)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    session.close()


def test_the_last_save_is_taken_back_and_made_again(qtbot: QtBot, window: MainWindow) -> None:
    register = window.session.opened_register
    window.go_to("coverage")
    heard: list[str] = []
    window.session.said.connect(heard.append)
    for key, jorong, count in (
        (Key.Key_Z, "Tombang", 1),
        (Key.Key_Z, "Tombang", 0),
        (Key.Key_Z, "Tombang", 0),
        (Key.Key_Y, "Tombang", 1),
        (Key.Key_Y, "Merdeka", 1),
        (Key.Key_Y, "Merdeka", 1),
    ):
        qtbot.keyClick(QApplication.focusWidget() or window, key, CTRL_ALT)
        assert register.workers.get(1).jorong == jorong
        assert register.workers.count() == count
    assert heard == [
        "Diurungkan: perbaikan Siti Aminah (Jorong). Ctrl+Alt+Y mengulangnya.",
        "Diurungkan: pendaftaran Siti Aminah. Ctrl+Alt+Y mengulangnya.",
        "Tidak ada simpanan yang dapat diurungkan.",
        "Diulang: pendaftaran Siti Aminah. Ctrl+Alt+Z mengurungkannya.",
        "Diulang: perbaikan Siti Aminah (Jorong). Ctrl+Alt+Z mengurungkannya.",
        "Tidak ada yang dapat diulang.",
    ]


def test_an_open_record_shows_what_was_taken_back_and_made_again(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to("workers")
    page = window.page
    page.open(1)
    for key, jorong in ((Key.Key_Z, "Tombang"), (Key.Key_Y, "Merdeka")):
        qtbot.keyClick(QApplication.focusWidget() or window, key, CTRL_ALT)
        assert page.record.form["jorong"].text_as_typed() == jorong
    assert not page.record.correction.is_changed


def test_in_a_text_field_the_key_takes_back_the_text(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to("entry")
    page = window.page
    field = page.form["name"]
    page.form.go_to("name")
    focused = QApplication.focusWidget()
    qtbot.keyClicks(focused, "Budi")
    qtbot.keyClick(focused, Key.Key_Z, CTRL)
    assert field.text_as_typed() == ""
    assert window.session.opened_register.workers.get(1).jorong == "Merdeka"


def test_a_save_of_another_day_is_named_first(qtbot: QtBot, window: MainWindow) -> None:
    register = window.session.opened_register
    window.go_to("coverage")
    heard: list[str] = []
    window.session.said.connect(heard.append)
    window.session.now_list[0] = NOW + timedelta(days=2)  # type: ignore[attr-defined]
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert register.workers.get(1).jorong == "Merdeka"
    assert heard == [
        "Simpanan terakhir Anda dari 22/11/2026: perbaikan Siti Aminah (Jorong). Tekan tombol yang sama sekali lagi "
        "untuk mengurungkannya."
    ]
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert register.workers.get(1).jorong == "Tombang"


def test_what_somebody_else_changed_since_is_said(qtbot: QtBot, window: MainWindow) -> None:
    register = window.session.opened_register
    window.go_to("coverage")
    path = register.path
    window.session.use_register(None)
    other = open_register(path, user="Doni", clock=window.session.clock)
    other.workers.correct(replace(other.workers.get(1), jorong="Kampung Baru"))
    other.close()
    window.session.use_register(open_register(path, user="Rina", clock=window.session.clock))
    heard: list[str] = []
    window.session.said.connect(heard.append)
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert heard[0].startswith("Doni mengubah data ini lagi pada 22/11/2026 pukul 10:00")
    assert window.session.opened_register.workers.get(1).jorong == "Kampung Baru"


def test_a_scheme_or_a_rate_that_was_saved_last_is_said_to_stay(qtbot: QtBot, window: MainWindow) -> None:
    register = window.session.opened_register
    scheme = register.schemes.by_code("CSR")
    assert scheme is not None
    register.schemes.save(replace(scheme, usual_months=6))
    window.go_to("coverage")
    heard: list[str] = []
    window.session.said.connect(heard.append)

    def take_back() -> None:
        qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)

    take_back()
    assert register.workers.get(1).jorong == "Merdeka"
    assert heard.pop() == (
        "Skema tidak diurungkan: perbaiki (Ctrl+E) atau tutup (Ctrl+T) di Skema & Dana. Tekan tombol yang sama sekali "
        "lagi untuk mengurungkan simpanan sebelumnya: perbaikan Siti Aminah (Jorong)."
    )
    take_back()
    assert register.workers.get(1).jorong == "Tombang"
    relief = register.rates.reliefs[0]
    register.dated_rates.withdraw_relief(relief)
    take_back()
    assert register.workers.count() == 1
    assert heard.pop().startswith("Keringanan yang ditarik tidak kembali dengan tombol ini: masukkan lagi di Tarif.")
    take_back()
    assert register.workers.count() == 0
    register.dated_rates.add_relief(relief)
    take_back()
    assert heard[-1] == "Keringanan tidak diurungkan dengan tombol ini: buka barisnya di Tarif, lalu tekan Delete."
    take_back()
    assert heard[-1] == "Tidak ada simpanan yang dapat diurungkan."


def test_nothing_is_taken_back_while_something_runs_that_was_begun_on_a_page(
    qtbot: QtBot, window: MainWindow
) -> None:
    register = window.session.opened_register
    window.go_to("coverage")
    heard: list[str] = []
    window.session.said.connect(heard.append)
    hold = threading.Event()
    stopped: list[str] = []
    window.session.background.run(window, hold.wait, cancelled=lambda: stopped.append("stopped"))
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert register.workers.get(1).jorong == "Merdeka"
    assert heard == [
        "Masih ada yang berjalan. Tunggu sampai selesai, atau hentikan dengan Esc, lalu tekan tombol itu lagi."
    ]
    hold.set()
    qtbot.waitUntil(lambda: not window.session.background.is_busy)
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert register.workers.get(1).jorong == "Tombang"


def has_said(heard: list[str], words: str) -> bool:
    """Whether the last sentence begins so."""
    return heard[-1].startswith(words)


@pytest.mark.parametrize("count", [3, 2_100])
def test_a_whole_list_is_one_step_back_and_one_forth(qtbot: QtBot, window: MainWindow, count: int) -> None:
    register = window.session.opened_register
    rows = (make_row(serial, nagari="13.12.03.2003") for serial in range(1, count + 1))
    people = make_list(*rows, file="kinali.xlsx")
    with register.twin() as twin:  # as a page does it, in the background
        made = twin.lists.take_in(people, Mode.ADD_ONLY)
    brought = made.counts["new"]
    window.go_to("coverage")
    heard: list[str] = []
    window.session.said.connect(heard.append)
    for key, left, words in ((Key.Key_Z, 1, "Diurungkan"), (Key.Key_Y, 1 + brought, "Diulang")):
        qtbot.keyClick(QApplication.focusWidget() or window, key, CTRL_ALT)
        qtbot.waitUntil(partial(has_said, heard, words), timeout=20_000)
        assert register.workers.count() == left
    shown = f"{count:,}".replace(",", ".")
    assert f"Diurungkan: daftar kinali.xlsx ({shown} baris). Ctrl+Alt+Y mengulangnya." in heard


def test_many_enrolments_are_taken_back_without_holding_up_the_window(qtbot: QtBot, window: MainWindow) -> None:
    register = window.session.opened_register
    with register.twin() as twin:
        twin.load((make_worker(serial), ()) for serial in range(2, 320))
        made = twin.enrol_many.enrol(twin.workers.ids(WorkerFilter()), make_plan(twin))
    assert len(made.enrolments) > 300
    heard: list[str] = []
    window.session.said.connect(heard.append)
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_Z, CTRL_ALT)
    assert "sebentar" in heard[-1], "the window answers before the work is done"
    qtbot.waitUntil(lambda: heard[-1].startswith("Diurungkan"), timeout=20_000)
    assert not register.enrolments.get(made.enrolments[0]).state.counts
