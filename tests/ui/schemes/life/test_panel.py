"""The life of enrolments on the screen: chosen by keys, moved on, refused in words, taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.legal.legal_basis import LegalBasis, LegalKind
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.schemes.lines import EnrolmentFilter
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.schemes.life.panel import LifePanel
from ui.schemes.life.table import Column
from ui.schemes.life.wanted import EnrolmentsWanted, WaitingWanted
from ui.schemes.page import SchemesPage
from ui.table import WholeWords

NAMES = ("Upik", "Rina", "Nur", "Siti", "Murni")
State = EnrolmentState
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Five palm-oil workers for three months, two others who are not enrolled."""
    opened = make_register(tmp_path / "cakupan.db")
    for serial, name in enumerate(NAMES, 1):
        opened.entries.save(make_worker(serial, name=name), make_plan(opened))
    for serial, name in ((6, "Yeni"), (7, "Desi")):
        opened.entries.save(make_worker(serial, name=name), None)
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        person.page.areas.setCurrentWidget(person.page.life)
        person.rest()
        yield person


def add_decree(register: Register, number: str = "500.15/1") -> int:
    basis = LegalBasis(kind=LegalKind.DECREE, number=number, dated_on=TODAY, title="Penetapan peserta")
    return register.legal_bases.save(basis).id or 0


def life(person: Person[SchemesPage]) -> LifePanel:
    return person.page.life


def states(person: Person[SchemesPage]) -> list[str]:
    return [str(person.register.enrolments.get(id).state) for id in range(1, 6)]


def choose_all(person: Person[SchemesPage]) -> None:
    life(person).view.setFocus()
    person.press(Key.Key_A, CTRL)


def test_the_list_shows_who_where_how_long_and_masks_the_nik(supervisor: Person[SchemesPage]) -> None:
    model = life(supervisor).model
    cells = [model.index(0, column).data() for column in Column]
    assert cells[:4] == ["Murni", "1312********0005", "Talu", "SAWIT"]
    assert cells[5:7] == ["Rp50.400", "Terdaftar"]
    assert life(supervisor).list.count.text() == "5 kepesertaan"
    assert life(supervisor).view.hasFocus()


def test_many_are_approved_in_a_new_decree_and_taken_back_as_one(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F2)
    supervisor.press(Key.Key_S, CTRL)
    assert life(supervisor).form is not None
    assert "SK" in life(supervisor).form.form.message_bar.text
    supervisor.type("500.15/1")
    supervisor.press(Key.Key_Return)
    supervisor.answer("22/11/2026")
    supervisor.answer("Penetapan peserta")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert states(supervisor) == ["approved"] * 5
    assert life(supervisor).form is None
    assert "Disetujui: 5 kepesertaan" in life(supervisor).message.text
    assert supervisor.register.undo.undo() is not None
    supervisor.session.tell("workers")
    supervisor.rest()
    assert states(supervisor) == ["proposed"] * 5
    assert supervisor.register.legal_bases.all() == ()
    assert life(supervisor).message.text == ""


def test_what_was_said_of_a_step_goes_with_the_next_action(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.enrolment_life.approve([1, 2, 3, 4, 5], add_decree(supervisor.register))

    def submit(row: int) -> None:
        life(supervisor).view.setFocus()
        life(supervisor).view.go_to_row(row)
        supervisor.press(Key.Key_F3)
        supervisor.rest()
        assert life(supervisor).message.text

    submit(0)
    life(supervisor).filter.scheme.setFocus()
    supervisor.type("sawit")
    assert life(supervisor).message.text == ""
    supervisor.rest()
    submit(1)
    supervisor.press(Key.Key_F12)
    assert life(supervisor).message.text == ""
    supervisor.press(Key.Key_Escape)
    submit(2)
    supervisor.page.areas.setCurrentWidget(supervisor.page.periods)
    supervisor.page.areas.setCurrentWidget(life(supervisor))
    supervisor.rest()
    assert life(supervisor).message.text == ""


def test_a_question_goes_when_other_rows_are_chosen(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F3)
    assert "F3" in life(supervisor).message.text
    supervisor.press(Key.Key_Up, SHIFT)
    assert life(supervisor).message.text == ""
    supervisor.press(Key.Key_F3)
    assert states(supervisor) == ["proposed"] * 5


def test_rows_are_chosen_to_the_end_of_the_list(supervisor: Person[SchemesPage]) -> None:
    life(supervisor).view.setFocus()
    life(supervisor).view.go_to_row(2)
    supervisor.press(Key.Key_End, CTRL | SHIFT)
    assert life(supervisor).list.count.text() == "5 kepesertaan, 3 dipilih"


def test_the_whole_reason_stands_below_those_who_could_not_be(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F7)
    supervisor.press(Key.Key_F7)
    supervisor.rest()
    outcome = life(supervisor).outcome
    whole = outcome.findChild(WholeWords)
    assert whole is not None
    assert whole.isVisible()
    assert whole.text() == outcome.table.rows[0].cells[2]


def test_public_money_is_submitted_only_once_a_decree_names_the_workers(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F3)
    supervisor.press(Key.Key_F3)
    supervisor.rest()
    assert states(supervisor) == ["proposed"] * 5
    rows = life(supervisor).outcome.table.rows
    assert len(rows) == 5
    assert {row.cells[2] for row in rows} == {
        "SAWIT dibayar dengan uang publik, dan belum ada SK yang menyebut pekerja ini. Setujui dulu kepesertaannya "
        "dalam SK, lalu ajukan."
    }


def test_many_are_submitted_only_when_asked_twice(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.enrolment_life.approve(range(1, 6), add_decree(supervisor.register))
    choose_all(supervisor)
    supervisor.press(Key.Key_F3)
    supervisor.rest()
    assert states(supervisor) == ["approved"] * 5
    supervisor.press(Key.Key_F3)
    supervisor.rest()
    assert states(supervisor) == ["submitted"] * 5


def test_who_cannot_is_named_with_the_reason(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F7)
    supervisor.press(Key.Key_F7)
    supervisor.rest()
    rows = life(supervisor).outcome.table.rows
    assert len(rows) == 5
    assert all("28-2-2027" in row.cells[2] or "2027" in row.cells[2] for row in rows)
    life(supervisor).outcome.table.setFocus()
    supervisor.press(Key.Key_Return)
    assert supervisor.wanted[-1][0] == "workers"
    supervisor.press(Key.Key_Escape)
    assert life(supervisor).outcome.isHidden()


def test_one_is_rejected_with_a_named_reason_and_replaced_from_the_waiting_list(
    supervisor: Person[SchemesPage],
) -> None:
    supervisor.register.enrolment_life.approve([1, 2, 3, 4, 5], add_decree(supervisor.register))
    life(supervisor).view.go_to_row(0)
    supervisor.press(Key.Key_F9)
    supervisor.press(Key.Key_S, CTRL)
    assert life(supervisor).form is not None
    supervisor.answer("4")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert supervisor.register.enrolments.get(5).rejection == "dead"
    life(supervisor).filter.scheme.setFocus()
    supervisor.type("sawit")
    supervisor.press(Key.Key_Return)
    supervisor.rest()
    life(supervisor).view.setFocus()
    supervisor.press(Key.Key_F11)
    assert "Ctrl+Shift+W" in life(supervisor).message.text
    supervisor.page.show_target(WaitingWanted([6, 7]))
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert [one.worker for one in supervisor.register.waiting.of_scheme(1)] == [6, 7]
    supervisor.press(Key.Key_F11)
    assert life(supervisor).form is not None
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "1 masuk menggantikan" in life(supervisor).message.text
    assert "0 tempat" not in life(supervisor).message.text
    assert [row.cells[0] for row in life(supervisor).outcome.table.rows] == ["Yeni"]
    assert supervisor.register.enrolment_life.free_places(1) == ()
    supervisor.press(Key.Key_Escape)
    supervisor.press(Key.Key_F12)
    assert [row.cells[1] for row in life(supervisor).waiting.table.rows] == ["Desi"]
    supervisor.press(Key.Key_Delete)
    assert supervisor.register.waiting.of_scheme(1) == ()
    supervisor.press(Key.Key_Escape)
    assert life(supervisor).view.isVisible()


def test_one_is_activated_by_card_and_payment(supervisor: Person[SchemesPage]) -> None:
    life(supervisor).view.go_to_row(4)
    supervisor.press(Key.Key_F6)
    supervisor.answer("123")
    supervisor.press(Key.Key_S, CTRL)
    assert life(supervisor).form is not None
    life(supervisor).form.form.go_to("kpj")
    supervisor.answer("12345678901")
    supervisor.answer("22/11/2026")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert supervisor.register.enrolments.get(1).is_confirmed


def test_many_are_activated_from_pasted_columns_row_by_row(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F6)
    QApplication.clipboard().setText(
        f"NIK\tKPJ\n{make_worker(1).nik}\t12345678901\nRina\t12345678902\t22/11/2026\nEntah\t12345678903\nNur\t12"
    )
    supervisor.press(Key.Key_V, CTRL)
    supervisor.press(Key.Key_Tab)
    supervisor.answer("22/11/2026")
    form = life(supervisor).form
    assert form is not None
    rows = form.table.rows  # type: ignore[attr-defined]
    assert [row.cells[0] for row in rows] == ["2", "3", "4", "5"]
    assert rows[0].cells[1] == "1312********0001"
    assert [row.cells[4].startswith("Cocok") for row in rows] == [True, True, False, False]
    form.table.setCurrentCell(2, 0)  # type: ignore[attr-defined]
    assert form.whole.text() == rows[2].cells[4]  # type: ignore[attr-defined]
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert states(supervisor) == ["active", "active", "proposed", "proposed", "proposed"]
    assert "Aktif: 2 kepesertaan" in life(supervisor).message.text


def test_where_no_pasted_line_fits_nobody_is_sent_on_to_save(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F6)
    form = life(supervisor).form
    assert form is not None
    QApplication.clipboard().setText("Entah\t12345678903\t22/11/2026\nNur\t12\t22/11/2026")
    supervisor.press(Key.Key_V, CTRL)
    supervisor.press(Key.Key_F5)
    said = form.form.message_bar.text
    assert "Tidak satu pun dari 2 baris cocok" in said
    assert "F5" in said
    assert "Ctrl+S" not in said


def test_the_fields_of_pasting_stand_together_at_the_top(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F6)
    form = life(supervisor).form
    assert form is not None
    supervisor.rest()
    label, pasted = form.label, form.pasted  # type: ignore[attr-defined]
    assert pasted.geometry().top() - label.geometry().bottom() < 2 * label.fontMetrics().height()


def test_nothing_pasted_says_what_to_do(supervisor: Person[SchemesPage]) -> None:
    choose_all(supervisor)
    supervisor.press(Key.Key_F6)
    supervisor.press(Key.Key_F5)
    form = life(supervisor).form
    assert form is not None
    assert "Ctrl+V" in form.form.message_bar.text
    supervisor.press(Key.Key_Escape)
    assert life(supervisor).form is None


def test_a_cancelled_one_keeps_its_reason(supervisor: Person[SchemesPage]) -> None:
    life(supervisor).view.go_to_row(0)
    life(supervisor).view.setFocus()
    supervisor.press(Key.Key_Delete)
    supervisor.press(Key.Key_S, CTRL)
    assert life(supervisor).form is not None
    supervisor.answer("salah entri")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert supervisor.register.enrolments.get(5).state_reason == "salah entri"


def test_another_page_narrows_the_list(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.enrolment_life.reject([2], Rejection.MOVED)
    supervisor.page.show_target(EnrolmentsWanted(EnrolmentFilter(state=State.REJECTED)))
    supervisor.rest()
    assert life(supervisor).model.index(0, 0).data() == "Rina"
    assert len(life(supervisor).model.ids) == 1
    supervisor.page.show_target(EnrolmentsWanted(EnrolmentFilter(state=State.ENDED)))
    supervisor.rest()
    assert life(supervisor).list.empty.isVisible()


def test_who_may_not_is_told_so(supervisor: Person[SchemesPage], monkeypatch: pytest.MonkeyPatch) -> None:
    from models.offices.users import Role, User

    monkeypatch.setattr(supervisor.register._file, "person", User("ani", Role.CLERK))
    choose_all(supervisor)
    supervisor.press(Key.Key_F2)
    assert life(supervisor).form is None
    assert life(supervisor).message.text


def test_the_annex_is_printed_with_whole_nik_and_recorded(supervisor: Person[SchemesPage], tmp_path: Path) -> None:
    path = tmp_path / "lampiran"
    life(supervisor).choose_file = lambda _name: str(path)
    life(supervisor).view.setFocus()
    supervisor.press(Key.Key_P, CTRL)
    assert "F2" in life(supervisor).message.text
    supervisor.register.enrolment_life.approve([1, 2], add_decree(supervisor.register))
    supervisor.page.session.tell("workers")
    supervisor.rest()
    life(supervisor).view.go_to_row(4)
    before = supervisor.register.audit.count()
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    text = PdfReader(path.with_suffix(".pdf")).pages[0].extract_text()
    assert make_worker(1).nik in text
    assert "Halaman" not in text or "1" in text
    assert supervisor.register.audit.count() == before + 1


def test_a_step_stays_quick_with_thousands_in_the_list(supervisor: Person[SchemesPage]) -> None:
    born = date(1980, 1, 1)
    workers = (make_worker(serial, born_on=born, name=f"Ani {serial:04d}") for serial in range(1, 2001))
    supervisor.register.load((worker, ()) for worker in workers)
    supervisor.register.enrol_many.enrol(range(8, 2008), make_plan(supervisor.register))
    supervisor.register.enrolment_life.approve(range(1, 2006), add_decree(supervisor.register))
    supervisor.page.session.tell("workers")
    supervisor.rest()
    assert len(life(supervisor).model.ids) == 2005
    choose_all(supervisor)
    supervisor.press(Key.Key_F3)
    supervisor.press(Key.Key_F3)
    supervisor.rest()
    assert "2.005 kepesertaan" in life(supervisor).message.text


def test_esc_stops_what_runs_and_nothing_is_changed(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.enrolment_life.approve(range(1, 6), add_decree(supervisor.register))
    choose_all(supervisor)
    supervisor.press(Key.Key_F3)
    supervisor.press(Key.Key_F3)
    assert life(supervisor).is_running
    supervisor.press(Key.Key_Escape)
    supervisor.rest()
    assert not life(supervisor).is_running
    if "Dihentikan" in life(supervisor).message.text:
        assert states(supervisor) == ["approved"] * 5
    else:  # it was quicker than the key
        assert states(supervisor) == ["submitted"] * 5
