"""The obligation board in the window: counting, reading, the people behind a number, promises, agents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from models.obligations.records import Agent, Roster
from models.offices.users import Role, User
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker
from tests.ui.at_window import CTRL, AtWindow, Key, at_window
from ui.obligations.panel import ObligationsPanel
from ui.places import Place


class Supervisor(AtWindow):
    """In front of the coverage page of a register with six workers whom civil servants protect."""

    @property
    def panel(self) -> ObligationsPanel:
        assert self.window.page.obligations is not None
        return self.window.page.obligations

    def open_board(self) -> None:
        self.press(Key.Key_B, CTRL)
        self.wait()


@pytest.fixture
def supervisor(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    register = make_register(tmp_path / "kantor.db")
    plan = replace(make_plan(register, "ASN", first=Month(2026, 11)), payer_name="Guru")
    for serial in range(1, 7):
        office = "Dinas Pendidikan" if serial < 5 else "Dinas Sosial"
        named = replace(plan, payer_number=f"19850101201001{serial:04d}", payer_office=office)
        register.entries.save(make_worker(serial, perisai_agent="P-07"), named)
    with at_window(qtbot, tmp_path, monkeypatch, register, Place.COVERAGE, Supervisor) as person:
        yield person


def test_a_count_is_entered_by_keys_and_the_board_follows(supervisor: Supervisor) -> None:
    supervisor.open_board()
    board = supervisor.panel.board
    board.form.go_to("unit")
    supervisor.type("Dinas Pendidikan", "40", "2/1/2026", "BKPSDM 12")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert [row.cells[:5] for row in board.table.rows] == [
        ("Dinas Pendidikan", "40", "4", "10,0 %", "36"),
        ("Dinas Sosial", "–", "2", "–", "–"),
    ]
    assert board.summary.text() == (
        "Satu ASN lindungi satu pekerja rentan, November 2026: 4 dari 40 = 10,0 %, masih kurang 36. "
        "2 lagi terdaftar di unit yang belum dihitung, atau melebihi hitungan."
    )


def test_what_cannot_be_right_is_said_at_its_field(supervisor: Supervisor) -> None:
    supervisor.open_board()
    board = supervisor.panel.board
    board.form.go_to("unit")
    supervisor.type("Dinas Sosial", "5", "2/1/2027", "surat")
    supervisor.press(Key.Key_S, CTRL)
    assert {problem.field for problem in board.form.problems} == {"counted_on"}
    board.form.clear()
    supervisor.press(Key.Key_S, CTRL)
    assert {problem.field for problem in board.form.problems} >= {"number", "counted_on"}
    assert supervisor.register.obligations.rosters(board.scheme.id or 0) == ()


def test_a_unit_leads_to_its_people_and_to_a_reminder(supervisor: Supervisor) -> None:
    scheme = supervisor.register.schemes.by_code("ASN")
    assert scheme is not None
    roster = Roster(
        scheme=scheme.id or 0, unit="Dinas Pendidikan", number=40, counted_on=date(2026, 1, 2), source="SK"
    )
    supervisor.register.obligations.count(roster)
    supervisor.open_board()
    board = supervisor.panel.board
    board.table.setFocus()
    supervisor.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Kantor (OPD): Dinas Pendidikan",
        "Skema: Satu ASN lindungi satu pekerja rentan",
        "Keadaan: November 2026",
        "4 dari 40 = 10,0 %; masih kurang 36.",
        "Dihitung 02/01/2026, sumber: SK",
    ]
    supervisor.press(Key.Key_Return)
    assert board.people_title.text() == "Dinas Pendidikan: 4 pekerja"
    assert all("********" in row.cells[1] for row in board.people.rows)
    wanted: list[tuple[str, object]] = []
    supervisor.window.session.place_wanted.connect(lambda place, target: wanted.append((place, target)))
    supervisor.press(Key.Key_Return)
    assert [place for place, _ in wanted] == ["workers"]


def test_another_month_and_another_scheme_are_another_board(supervisor: Supervisor) -> None:
    supervisor.open_board()
    board = supervisor.panel.board
    supervisor.window.page.go_to_month(Month(2026, 10))
    supervisor.wait()
    assert not board.table.rows
    kader = supervisor.register.schemes.by_code("KADER")
    assert kader is not None
    board.choice.set_value(kader.id)
    board._take_scheme()
    supervisor.wait()
    board.form.go_to("nagari")
    supervisor.type("Talu", "12", "2/1/2026", "Wali nagari")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert [row.cells[:3] for row in board.table.rows] == [("Talu", "12", "0")]
    supervisor.press(Key.Key_Escape)
    assert supervisor.window.page.panels.currentWidget() is supervisor.window.page.overview


def test_a_promise_is_entered_and_taken_back(supervisor: Supervisor) -> None:
    supervisor.open_board()
    supervisor.panel.tabs.setCurrentIndex(1)
    panel = supervisor.panel.promises
    panel.form.go_to("company")
    supervisor.type("PT Kebun Talu")
    panel.form.go_to("heads")
    supervisor.type("50", "10jt", "")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert [row.cells[:5] for row in panel.table.rows] == [("PT Kebun Talu", "50", "0", "50", "Rp10.000.000")]
    assert panel.summary.text() == "2026: 50 pekerja dan Rp10.000.000 dijanjikan dan belum didaftarkan."
    panel.table.setFocus()
    supervisor.press(Key.Key_Delete)
    assert len(supervisor.register.obligations.promises(2026)) == 1
    supervisor.press(Key.Key_Delete)
    supervisor.wait()
    assert supervisor.register.obligations.promises(2026) == ()


def test_each_table_has_a_letter_and_a_promise_of_another_year_is_seen_at_once(supervisor: Supervisor) -> None:
    supervisor.open_board()
    supervisor.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    panel = supervisor.panel.promises
    assert supervisor.panel.tabs.currentWidget() is panel
    assert panel.table.hasFocus()
    panel.form.go_to("company")
    supervisor.type("PT Kebun Talu", "2027", "50")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert panel.form.message_bar.text == "Tersimpan: PT Kebun Talu, 2027"
    assert panel.summary.text().startswith("2027: 50 pekerja")
    supervisor.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert panel.table.currentRow() == 0
    assert panel.table.hasFocus()


def test_an_agent_and_an_event_are_entered(supervisor: Supervisor) -> None:
    supervisor.open_board()
    supervisor.panel.tabs.setCurrentIndex(2)
    supervisor.wait()
    panel = supervisor.panel.agents
    assert panel.table.rows[0].cells[:3] == ("P-07", "kode tidak dikenal: catat agennya, atau perbaiki datanya", "6")
    panel.form.go_to("code")
    supervisor.type("P-07", "Yusuf", "", "", "Talu, Kinali", "1/1/2025")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert panel.table.rows[0].cells == ("P-07", "Yusuf", "6", "0", "0", "Talu, Kinali", "ya")
    panel.forms.setCurrentIndex(1)
    panel.event_form.go_to("agent")
    supervisor.type("P-07", "20/11/2026", "35", "Talu", "Manfaat JKM")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert panel.table.rows[0].cells[3:5] == ("1", "35")
    panel.table.setFocus()
    supervisor.press(Key.Key_Return)
    assert panel.form["name"].text() == "Yusuf"


def test_an_area_that_is_no_longer_there_is_said_to_be_gone(supervisor: Supervisor) -> None:
    register = supervisor.register
    register.agents.save(Agent(code="P-08", name="Nur", areas=("13.12.04.2001",), active_from=date(2025, 1, 1)))
    with register._file.change() as change:  # the office's list of nagari was replaced
        change.execute("UPDATE agent SET areas = '13.12.04.2999' WHERE id = 1")
        change.record("correct", "agent", 1, [("areas", "13.12.04.2001", "13.12.04.2999")])
    supervisor.open_board()
    supervisor.panel.tabs.setCurrentIndex(2)
    supervisor.wait()
    panel = supervisor.panel.agents
    panel.form.go_to("code")
    panel._edit("P-08")
    supervisor.press(Key.Key_S, CTRL)
    problem = panel.form["areas"].problem
    assert problem is not None
    assert problem.text == "Nagari 13.12.04.2999 tidak ada (lagi). Pilih wilayah agen dari daftar."
    assert register.agents.all()[0].revision == 1
    for typed, code in (("Taluk", "area_unknown"), ("Kinali, Ta", "area_unclear")):
        panel.form.go_to("areas")
        supervisor.press(Key.Key_A, CTRL)
        supervisor.type(typed)
        supervisor.press(Key.Key_S, CTRL)
        problem = panel.form["areas"].problem
        assert problem is not None
        assert problem.code == code
    panel.form.go_to("areas")
    supervisor.press(Key.Key_A, CTRL)
    supervisor.type("13.12.04.2001")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.wait()
    assert register.agents.all()[0].areas == ("13.12.04.2001",)


def test_who_may_not_publish_is_told_so(supervisor: Supervisor) -> None:
    register = supervisor.register
    register.users.add(User("reni", Role.ADMINISTRATOR), "pohon sawit di talu")
    register.users.add(User("siti", Role.CLERK), "pohon sawit di kinali")
    register.users.log_in("siti", "pohon sawit di kinali")
    supervisor.open_board()
    board = supervisor.panel.board
    board.form.go_to("unit")
    supervisor.type("Dinas Sosial", "5", "2/1/2026", "surat")
    supervisor.press(Key.Key_S, CTRL)
    assert "Peran Anda (Petugas)" in board.form.message_bar.text
    assert register.agents.all() == ()
