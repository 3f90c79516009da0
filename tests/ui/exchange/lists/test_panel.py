"""A list in front of a clerk: opened, its columns looked at, mended by keys, taken in, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.exchange.importing import Outcome
from models.exchange.xlsx_out import Column, SheetOut, write_rows
from models.offices.users import Role, User
from models.schemes.enrolment import EnrolmentState
from tests.factories import NOW, make_plan, make_worker
from tests.models.exchange.nagari_lists import NagariList, nagari_list, spoil
from tests.models.exchange.workbooks import write_xlsx
from ui.exchange.lists.panel import ListsPanel, Step
from ui.exchange.page import ExchangePage
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "kantor" / "cakupan.db", user="rina")
    yield made
    made.close()


class Clerk:
    """In front of the area of lists."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = ExchangePage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1180, 690)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.show_area(self.page.lists)
        self.page.shown()

    @property
    def panel(self) -> ListsPanel:
        return self.page.lists

    def step(self) -> Step:
        return self.panel.step

    def open(self, path: Path) -> None:
        self.panel.choose_file = lambda: str(path)
        self.page.open_other()
        self.rest()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)
        QApplication.processEvents()  # a cell is written after its key

    def type(self, text: str) -> None:
        """The first letter opens a cell, the others go into it."""
        for letter in text:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClicks(focus, letter)

    def go_on(self) -> None:
        self.press(Key.Key_Return, CTRL)
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.background.is_busy, timeout=30_000)
        QApplication.processEvents()
        QApplication.processEvents()


@pytest.fixture
def clerk(qtbot: QtBot, session: Session) -> Clerk:
    return Clerk(qtbot, session)


def written(tmp_path: Path, people: NagariList, name: str = "kajai.xlsx") -> Path:
    return write_xlsx(tmp_path / name, people, has_total=True, is_signed=True)


def test_a_sound_list_goes_in_by_four_keys_and_comes_out_again(clerk: Clerk, tmp_path: Path) -> None:
    panel, register = clerk.panel, clerk.session.opened_register
    clerk.open(written(tmp_path, nagari_list(30)))
    assert clerk.step() is Step.COLUMNS
    clerk.go_on()
    assert clerk.step() is Step.CHECK
    assert "30 orang, tidak ada temuan" in panel.checking.summary.text()
    clerk.go_on()
    assert clerk.step() is Step.TAKE
    assert "30 baru" in panel.taking.summary.text()
    assert register.workers.count() == 0, "nothing is written before Ctrl+S"
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert clerk.step() is Step.START
    assert register.workers.count() == 30
    (row,) = panel.start.table.rows
    assert row.cells[1].startswith("kajai.xlsx")
    panel.start.table.setFocus()
    clerk.press(Key.Key_Return)
    assert "sekali lagi" in panel.message.text
    assert register.workers.count() == 30, "a stray Enter takes nothing back"
    clerk.press(Key.Key_Return)
    clerk.rest()
    assert register.workers.count() == 0
    assert panel.start.table.rows[0].is_dim


def test_who_is_nobody_is_named(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(8)))
    text = clerk.panel.columns._title.text()
    assert "8 orang" in text
    assert "JUMLAH" in text
    assert "Wali Nagari" in text


def test_a_cell_is_mended_taken_back_and_mended_again(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(12)
    nik = people.get(3, "nik")
    spoil(people, 3, 3, "short")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    check = clerk.panel.checking
    assert check.model.rowCount() == 1, "only those with findings are in sight at first"
    assert "Hanya 15 digit" in check.message.text
    clerk.type(nik)
    clerk.press(Key.Key_Return)
    assert "tidak ada temuan" in check.summary.text()
    assert check.model.rowCount() == 1, "who was mended stays in sight"
    clerk.press(Key.Key_Z, CTRL)
    assert "1 temuan" in check.summary.text()
    clerk.type(nik)
    clerk.press(Key.Key_Return)
    clerk.go_on()
    assert "12 baru" in clerk.panel.taking.summary.text()


def test_one_of_two_rows_of_a_person_is_left_out_with_a_key(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    spoil(people, 9, 4, "same_nik")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    check = clerk.panel.checking
    assert "2 belum dapat diambil" in check.summary.text()
    assert "Del pada nomor baris" in check.message.text
    check.table.go_to(check.table.currentIndex().row(), 0)
    clerk.press(Key.Key_Delete)
    assert "1 belum dapat diambil" in check.summary.text()
    clerk.press(Key.Key_Z, CTRL)
    assert "2 belum dapat diambil" in check.summary.text()
    clerk.press(Key.Key_Delete)
    clerk.go_on()
    assert "9 baru" in clerk.panel.taking.summary.text()


def test_in_the_window_the_key_takes_back_a_cell_and_never_a_saved_record(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.window.OFFER_BACKUP", "ui.nowhere.closing:offer_backup")
    register = session.opened_register
    register.entries.save(make_worker(), None)
    people = nagari_list(8)
    spoil(people, 3, 3, "short")
    path = written(tmp_path, people)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda it: it._drop_pages())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go_to("exchange")
    page = window.page
    assert isinstance(page, ExchangePage)
    page.show_area(page.lists)
    page.lists.open(path)
    qtbot.waitUntil(lambda: page.lists.step is Step.COLUMNS, timeout=20_000)
    page.lists.go_on()
    qtbot.waitUntil(lambda: page.lists.step is Step.CHECK, timeout=20_000)
    check = page.lists.checking
    check.mended.emit(3, people.column("nik"), nagari_list(8).get(3, "nik"))
    assert "tidak ada temuan" in check.summary.text()
    for focus in (check.table, check.kinds):
        focus.setFocus()
        QTest.keyClick(focus, Key.Key_Z, CTRL)
    assert "1 temuan" in check.summary.text()
    assert register.workers.count() == 1


def test_the_key_for_the_next_problem_goes_round(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(20)
    for place, variant in ((2, "short"), (9, "letter"), (15, "long")):
        spoil(people, 3, place, variant)
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    check = clerk.panel.checking
    seen = []
    for _time in range(4):
        seen.append(check.model.places[check.table.currentIndex().row()])
        clerk.press(Key.Key_F8)
    assert seen == [2, 9, 15, 2]


def test_a_warning_is_taken_with_its_reason(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    spoil(people, 5, 4, "sex")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    assert "1 belum dapat diambil" in clerk.panel.checking.summary.text()
    clerk.press(Key.Key_F7)
    clerk.type("tertulis begitu di KTP")
    clerk.press(Key.Key_Return)
    assert "0 belum dapat diambil" in clerk.panel.checking.summary.text()
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    register = clerk.session.opened_register
    line = register.workers.find_nik(people.get(4, "nik"))
    assert line is not None
    assert "tertulis begitu di KTP" in register.workers.get(line.id).reasons.values()


def test_one_reason_counts_for_all_of_its_kind(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(12)
    for place in (2, 5, 8):
        spoil(people, 5, place, "sex")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.press(Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert "F7" in clerk.panel.checking.message.text
    clerk.press(Key.Key_F7)
    clerk.type("tertulis begitu di KTP")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert "0 belum dapat diambil" in clerk.panel.checking.summary.text()
    assert "2 baris" in clerk.panel.message.text


def test_what_was_put_right_without_a_question_is_told(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    for place in (1, 3):
        spoil(people, 6, place, "text")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    assert "2 nomor" in clerk.panel.checking.notes.text()


def test_a_misspelt_word_is_offered_as_it_may_be_meant(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    people.put(4, "nagari", "Kajaai Selataan")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    assert "Mungkin: Kajai Selatan" in clerk.panel.checking.message.text
    clerk.press(Key.Key_F4)
    assert clerk.panel.checking.word.field.value() == "13.12.04.2005"


def test_a_proposal_for_one_cell_goes_in_by_one_key(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    right = people.get(4, "sex")
    spoil(people, 5, 4, "sex")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    assert f"F4 mengisikan {right}." in clerk.panel.checking.message.text
    clerk.press(Key.Key_F4)
    assert "tidak ada temuan" in clerk.panel.checking.summary.text(), "and nobody else's sex is another"


def test_a_kind_of_finding_is_named_once_with_all_of_it(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(12)
    spoil(people, 7, 2, "default")
    spoil(people, 7, 5, "impossible")
    spoil(people, 7, 8, "serial_text")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    kinds = clerk.panel.checking.kinds
    assert [kinds.item(row).text() for row in range(kinds.count())][2:] == ["3   Tanggal tidak terbaca"]
    kinds.setCurrentRow(2)
    assert clerk.panel.checking.model.rowCount() == 3
    clerk.panel.checking.table.setFocus()
    for place in (2, 5, 8):
        clerk.type(nagari_list(12).get(place, "born_on"))
        clerk.press(Key.Key_Return)
        clerk.press(Key.Key_F8)
    assert kinds.currentItem().text() == "0   Tanggal tidak terbaca"


def test_whose_cell_it_is_stands_above_the_list(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    spoil(people, 15, 6, "words")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    assert clerk.panel.checking.who.text() == f"baris 12 · {people.get(6, 'name')}"


def test_enter_never_takes_a_list_in(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(6)))
    clerk.go_on()
    clerk.go_on()
    assert "6 baru" in clerk.panel.taking.summary.text()
    for _time in range(3):
        clerk.press(Key.Key_Return)
        clerk.rest()
    assert clerk.session.opened_register.workers.count() == 0
    assert clerk.step() is Step.TAKE


def test_another_choice_says_that_it_has_to_be_looked_at_again(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(6)))
    clerk.go_on()
    clerk.go_on()
    clerk.panel.taking.form["mode"].setFocus()
    clerk.press(Key.Key_A, CTRL)
    clerk.type("3")
    clerk.press(Key.Key_Tab)
    assert "Pilihan Anda berubah" in clerk.panel.taking.summary.text()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert "6 baru" in clerk.panel.taking.summary.text()
    assert clerk.session.opened_register.workers.count() == 0


def test_who_is_not_enrolled_in_the_chosen_scheme_is_counted_with_the_reason(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(6)))
    clerk.go_on()
    clerk.go_on()
    taking = clerk.panel.taking
    taking.form["scheme"].setFocus()
    clerk.type("sawit")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert "Tidak didaftarkan: 6" in taking.summary.text()
    words = taking.pane.model.index(0, 3).data()
    assert words.startswith("tidak didaftarkan: Lokasi bekerja masih kosong"), words


def test_one_answer_translates_a_word_everywhere(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    for place in (1, 4, 7):
        people.put(place, "nagari", "Kampuang Lamo Bana")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    check = clerk.panel.checking
    assert check.model.rowCount() == 3
    check.table.go_to(0, 1 + people.column("nagari"))
    clerk.press(Key.Key_F4)
    assert "3 sel" in check.word._label.text()
    clerk.type("kajai")
    clerk.press(Key.Key_Return)
    assert "tidak ada temuan" in check.summary.text()
    clerk.panel.columns.form["name"].set_value("Daftar Kajai")
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert clerk.session.opened_register.workers.count() == 10


def test_the_sender_gets_the_list_back_with_the_reasons(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(10)
    spoil(people, 3, 4, "short")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.panel.choose_new = lambda name: str(tmp_path / name)
    clerk.press(Key.Key_E, CTRL)
    clerk.rest()
    back = next(tmp_path.glob("*perlu diperbaiki*.xlsx"))
    texts = [str(cell.value) for row in openpyxl.load_workbook(back).worksheets[0].iter_rows() for cell in row]
    assert any("Hanya 15 digit" in text for text in texts)
    assert people.get(0, "nik") in texts
    assert "perlu diperbaiki" in clerk.panel.message.text


def test_what_was_mended_is_there_after_the_program_was_closed(
    qtbot: QtBot, clerk: Clerk, session: Session, tmp_path: Path
) -> None:
    people = nagari_list(12)
    nik = people.get(3, "nik")
    spoil(people, 3, 3, "short")
    spoil(people, 3, 8, "letter")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.type(nik)
    clerk.press(Key.Key_Return)
    clerk.page.close()
    again = Clerk(qtbot, session)
    assert "1 sel" in again.panel.start.draft_words.text()
    assert QApplication.focusWidget() is again.panel.start.draft_button
    again.press(Key.Key_Return)
    again.rest()
    assert again.step() is Step.CHECK
    assert again.panel.checking.model.places == [8]


def test_what_was_mended_stays_for_those_who_were_left_out(clerk: Clerk, tmp_path: Path) -> None:
    people = nagari_list(12)
    niks = {place: people.get(place, "nik") for place in (3, 8)}
    for place in niks:
        spoil(people, 3, place, "short")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.type(niks[3])
    clerk.press(Key.Key_Return)
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    register = clerk.session.opened_register
    assert register.workers.count() == 11
    assert "Lanjutkan" in clerk.panel.message.text
    assert "1 sel" in clerk.panel.start.draft_words.text()
    clerk.panel.start.draft_button.setFocus()
    clerk.press(Key.Key_Return)
    clerk.rest()
    assert clerk.panel.checking.model.places == [8], "who was mended before is not asked for again"
    clerk.type(niks[8])
    clerk.press(Key.Key_Return)
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert register.workers.count() == 12
    assert not register.drafts.all("list")


def test_a_list_that_changed_since_is_checked_anew(
    qtbot: QtBot, clerk: Clerk, session: Session, tmp_path: Path
) -> None:
    people = nagari_list(6)
    spoil(people, 3, 3, "short")
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.type(people.get(3, "nik") + "1")
    clerk.press(Key.Key_Return)
    clerk.page.close()
    written(tmp_path, nagari_list(7))
    again = Clerk(qtbot, session)
    again.press(Key.Key_Return)
    again.rest()
    assert "sudah berubah" in again.panel.message.text
    assert again.step() is Step.COLUMNS


def test_a_doubtful_person_is_decided_by_keys(clerk: Clerk, tmp_path: Path) -> None:
    register = clerk.session.opened_register
    people = nagari_list(6)
    clerk.open(written(tmp_path, people))
    clerk.go_on()
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    later = nagari_list(6)
    nik = later.get(2, "nik")
    later.put(2, "nik", nik[:15] + str((int(nik[15]) + 3) % 10))
    later.put(2, "phone", "081299990000")
    clerk.open(written(tmp_path, later, "perbaikan.xlsx"))
    clerk.go_on()
    clerk.go_on()
    panel = clerk.panel
    assert panel._preview is not None
    assert panel._preview.counts[Outcome.DOUBTFUL] == 1
    assert QApplication.focusWidget() is panel.taking.table
    clerk.press(Key.Key_Return)
    assert clerk.step() is Step.DECIDE
    assert "Orang yang sama?" in panel.deciding._title.text()
    clerk.press(Key.Key_F7)
    clerk.type("kembar")
    clerk.press(Key.Key_Return)
    clerk.rest()
    assert clerk.step() is Step.TAKE
    assert "1 baru" in panel.taking.summary.text()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert register.workers.count() == 7
    found = register.workers.find_nik(later.get(2, "nik"))
    assert found is not None
    assert register.workers.look_alikes(register.workers.get(found.id)) == (), "two who are two are never asked again"


def test_the_same_person_is_one_and_the_next_doubtful_one_follows(clerk: Clerk, tmp_path: Path) -> None:
    register, panel = clerk.session.opened_register, clerk.panel
    clerk.open(written(tmp_path, nagari_list(8)))
    clerk.go_on()
    clerk.go_on()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    later = nagari_list(8)
    for place in (1, 4, 6):
        nik = later.get(place, "nik")
        later.put(place, "nik", nik[:15] + str((int(nik[15]) + 4) % 10))
    clerk.open(written(tmp_path, later, "perbaikan.xlsx"))
    clerk.go_on()
    clerk.go_on()
    clerk.press(Key.Key_Return)
    assert "3 masih diragukan" in panel.deciding._title.text()
    clerk.press(Key.Key_Return)
    assert "2 masih diragukan" in panel.deciding._title.text()
    clerk.press(Key.Key_F9)
    clerk.press(Key.Key_Return)
    clerk.rest()
    assert clerk.step() is Step.TAKE
    assert "0 diragukan" in panel.taking.summary.text()
    assert register.workers.count() == 8


def test_a_list_is_enrolled_in_the_same_step(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(5, is_wide=True)))
    clerk.go_on()
    clerk.go_on()
    form = clerk.panel.taking.form
    form.go_to("scheme")
    clerk.type("mandiri")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    assert "Didaftarkan ke skema: 5" in clerk.panel.taking.summary.text()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    register = clerk.session.opened_register
    assert clerk.step() is Step.START
    lines = register.workers.search("", 1) or register.workers.lines([1])
    assert register.enrolments.of_worker(lines[0].id)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\x00\x01\x02" * 50])
def test_a_file_that_is_no_list_is_told_in_words(clerk: Clerk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(content)
    clerk.open(path)
    assert clerk.step() is Step.START
    assert clerk.panel.message.level == "error"
    assert clerk.panel.message.text.endswith(".")


def test_an_answer_of_bpjs_activates_and_rejects(clerk: Clerk, tmp_path: Path) -> None:
    register = clerk.session.opened_register
    niks = [register.entries.save(make_worker(serial), make_plan(register)).worker.nik for serial in (1, 2, 3)]
    path = tmp_path / "balasan.xlsx"
    rows = [
        (niks[0], "SITI A", "26000000011", "22/11/2026", "DITERIMA", ""),
        (niks[1], "SITI B", "", "", "DITOLAK", "Usia lebih dari 65 tahun"),
        ("1312051205809999", "SITI C", "26000000029", "22/11/2026", "DITERIMA", ""),
    ]
    columns = [Column(name) for name in ("NIK", "NAMA", "KPJ", "TANGGAL BAYAR", "STATUS PENDAFTARAN", "ALASAN")]
    write_rows(path, [SheetOut("Balasan", columns, rows)])
    clerk.open(path)
    panel = clerk.panel
    assert "jawaban BPJS" in panel.message.text, "by what its columns say"
    clerk.go_on()
    assert clerk.step() is Step.CHECK, panel.columns.message.text
    clerk.go_on()
    assert clerk.step() is Step.ANSWER
    assert "1 aktif" in panel.answering.summary.text()
    assert "1 ditolak" in panel.answering.summary.text()
    assert "1 tidak ada di register" in panel.answering.summary.text()
    clerk.press(Key.Key_S, CTRL)
    clerk.rest()
    states = []
    for nik in niks:
        line = register.workers.find_nik(nik)
        assert line is not None
        states.append(register.enrolments.of_worker(line.id)[-1].state)
    assert states == [EnrolmentState.ACTIVE, EnrolmentState.REJECTED, EnrolmentState.PROPOSED]
    clerk.session.opened_register.undo.undo()
    line = register.workers.find_nik(niks[0])
    assert line is not None
    assert register.enrolments.of_worker(line.id)[-1].state is EnrolmentState.PROPOSED


def test_every_control_of_each_step_has_a_name(clerk: Clerk, tmp_path: Path) -> None:
    clerk.open(written(tmp_path, nagari_list(5)))
    panel = clerk.panel
    lists = (panel.checking.kinds, panel.taking.pane.kinds)
    tables = (panel.columns, panel.checking, panel.taking, panel.answering.pane, panel.deciding, panel.start)
    for one in (*lists, *(view.table for view in tables)):
        assert one.accessibleName()


def test_who_may_not_export_is_told_when_sending_back(clerk: Clerk, tmp_path: Path) -> None:
    register = clerk.session.opened_register
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("dedi", Role.CLERK), "empat lima kata panjang")
    register.users.log_in("dedi", "empat lima kata panjang")
    clerk.open(written(tmp_path, nagari_list(5)))
    clerk.go_on()
    clerk.press(Key.Key_E, CTRL)
    assert clerk.panel.message.level == "error"
