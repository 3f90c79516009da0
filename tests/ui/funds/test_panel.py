"""The funds by keys alone: entered, filled with money, over-committed, paid from, closed, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.funds.fund import Fund, Payment, Receipt
from models.offices.users import Role, User
from models.people.nik import compose_nik
from models.people.worker import Sex
from models.register import Register
from models.schemes.life import Rejection
from models.values.months import Period
from tests.factories import DECEMBER, TODAY, make_plan, make_register, make_worker
from tests.ui.at_window import AtWindow, at_window
from tests.ui.person import CTRL, Key, Person, person_at
from ui.fields.letters import letters_in
from ui.funds.forms import ReceiptForm
from ui.funds.panel import FundsPanel
from ui.places import Place
from ui.schemes.page import SchemesPage
from ui.taking_back import TakingBack

NAMES = ("Siti Aminah", "Rohana Lubis", "Yusniar", "Deswita")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Four palm-oil workers for three months on a fund that has their Rp201.600 exactly."""
    opened = make_register(tmp_path / "cakupan.db")
    scheme = opened.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = opened.funds.save(
        Fund(scheme=scheme.id or 0, name="DBH Sawit 2026", payer="APBD", year=2026, ceiling=500_000)
    )
    opened.funds.receive(
        Receipt(fund=fund.id or 0, amount=201_600, received_on=date(2026, 11, 2), source="SP2D 0812/2026")
    )
    plan = replace(make_plan(opened), fund=fund.id)
    for at, name in enumerate(NAMES):
        born_on = date(1980 + at, 3, 4)
        nik = compose_nik("13.12.04", born_on, Sex.FEMALE, 1)
        opened.entries.save(make_worker(name=name, nik=nik, born_on=born_on), plan)
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        go_to_funds(person)
        yield person


def go_to_funds(person: Person[SchemesPage]) -> None:
    person.page.areas.setCurrentWidget(person.page.funds)
    person.rest()
    person.rest()


def panel(person: Person[SchemesPage]) -> FundsPanel:
    return person.page.funds


def said(person: Person[SchemesPage]) -> str:
    funds = panel(person)
    return funds.form.form.message_bar.text if funds.form is not None else funds.message.text


def save(person: Person[SchemesPage]) -> None:
    person.press(Key.Key_S, CTRL)
    person.rest()
    person.rest()


def fund_row(person: Person[SchemesPage], name: str) -> tuple[str, ...]:
    return next(row.cells for row in panel(person).table.rows if row.cells[1] == name)


def ledger(person: Person[SchemesPage]) -> list[tuple[str, ...]]:
    return [row.cells for row in panel(person).tabs.ledger.rows]


def go_to_entry(person: Person[SchemesPage], item: str) -> None:
    funds = panel(person)
    funds.tabs.ledger.setFocus()
    at = next(at for at, row in enumerate(funds.tabs.ledger.rows) if row.cells[0] == item and row.key is not None)
    funds.tabs.ledger.setCurrentCell(at, 0)


def test_the_list_and_the_ledger_say_how_each_number_came_about(supervisor: Person[SchemesPage]) -> None:
    assert fund_row(supervisor, "DBH Sawit 2026") == (
        "2026", "DBH Sawit 2026", "SAWIT", "APBD", "Rp500.000", "Rp201.600", "Rp201.600", "Rp0", "Rp0"
    )  # fmt: skip
    assert ledger(supervisor) == [
        ("Pagu", "2026", "Rp500.000", "dijanjikan oleh APBD"),
        ("Diterima", "02/11/2026", "Rp201.600", "SP2D 0812/2026"),
        ("Diterima seluruhnya", "", "Rp201.600", "40,32\u00a0% dari pagu; Rp298.400 belum masuk"),
        ("Terikat", "Desember 2026 s.d. Februari 2027", "Rp201.600", "4 orang x 3 bulan x Rp16.800"),
        (
            "Terikat seluruhnya",
            "",
            "Rp201.600",
            "4 orang, 12 bulan semuanya bersama, tiap bulan dengan tarifnya sendiri",
        ),
        ("Dibayar seluruhnya", "", "Rp0", "Rp201.600 dari yang terikat masih harus dibayar"),
        ("Sisa", "", "Rp0", "Rp201.600 diterima - Rp201.600 terikat"),
    ]
    assert panel(supervisor).table.hasFocus()


def test_after_the_first_fund_was_saved_the_keys_of_the_page_work_at_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_window(qtbot, tmp_path, monkeypatch, make_register(tmp_path / "a.db"), Place.SCHEMES, AtWindow) as person:
        page = person.window.page
        assert isinstance(page, SchemesPage)
        page.areas.setCurrentWidget(page.funds)
        person.wait()
        person.press(Key.Key_N, CTRL)
        person.type("sawit", "2026", "DBH Sawit", "APBD", "500 jt")
        person.press(Key.Key_S, CTRL)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert page.isAncestorOf(focused)
        person.wait()
        assert page.funds.table.hasFocus()


def test_keys_right_after_saving_mean_the_fund_that_was_saved(supervisor: Person[SchemesPage]) -> None:
    """The list is still being counted: its row is not there yet, and the one that is on show is another fund's."""
    supervisor.press(Key.Key_N, CTRL)
    for text in ("csr", "2026", "CSR PT Gersindo", "PT Gersindo Minang", "120 jt"):
        supervisor.answer(text)
    supervisor.press(Key.Key_S, CTRL)
    assert panel(supervisor).table.current.cells[1] == "DBH Sawit 2026"
    supervisor.press(Key.Key_U, CTRL)
    for text in ("84.000.000", "12112026", "TRF 77/XI"):
        supervisor.answer(text)
    save(supervisor)
    assert fund_row(supervisor, "CSR PT Gersindo")[5] == "Rp84.000.000"
    assert fund_row(supervisor, "DBH Sawit 2026")[5] == "Rp201.600"


def test_a_fund_is_entered_by_keys_and_money_comes_in(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("csr", "2026", "CSR PT Gersindo", "PT Gersindo Minang", "120 jt"):
        supervisor.answer(text)
    save(supervisor)
    assert "Tersimpan: CSR PT Gersindo, pagu Rp120.000.000." in said(supervisor)
    assert panel(supervisor).table.hasFocus()
    current = panel(supervisor).table.current
    assert current is not None
    assert current.cells[1] == "CSR PT Gersindo"
    supervisor.press(Key.Key_U, CTRL)
    for text in ("84.000.000", "12112026", "TRF 77/XI"):
        supervisor.answer(text)
    save(supervisor)
    assert fund_row(supervisor, "CSR PT Gersindo")[4:] == (
        "Rp120.000.000",
        "Rp84.000.000",
        "Rp0",
        "Rp0",
        "Rp84.000.000",
    )
    assert panel(supervisor).table.rows[-1].cells[4:6] == ("Rp120.500.000", "Rp84.201.600")


def test_what_is_missing_or_wrong_is_said_at_its_field(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    save(supervisor)
    form = panel(supervisor).form
    assert form is not None
    assert {one.name for one in form.form.fields if one.problem} == {"scheme", "ceiling"}
    assert "Skema masih kosong" in said(supervisor)
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).form is None
    supervisor.press(Key.Key_U, CTRL)
    for text in ("0", "1-12-2026", "x"):
        supervisor.answer(text)
    save(supervisor)
    form = panel(supervisor).form
    assert form is not None
    problems = {one.name: one.problem.code for one in form.form.fields if one.problem}
    assert problems == {"amount": "amount_range", "received_on": "day_future"}


def test_a_corrected_receipt_shows_what_no_longer_fits_and_leads_there(supervisor: Person[SchemesPage]) -> None:
    go_to_entry(supervisor, "Diterima")
    supervisor.press(Key.Key_Return)
    supervisor.answer("150.000")
    save(supervisor)
    assert "terikat Rp51.600 lebih dari uang yang masuk; 2 orang (6 bulan) tidak muat lagi" in said(supervisor)
    funds = panel(supervisor)
    assert funds.message.level == "error"
    funds.tabs.setCurrentIndex(1)
    assert [row.cells[0] for row in funds.tabs.unpaid.rows] == ["Deswita", "Yusniar", "2 orang (6 bulan)"]
    funds.tabs.unpaid.setFocus()
    supervisor.press(Key.Key_Home, CTRL)
    supervisor.press(Key.Key_Return)
    assert supervisor.wanted == [(Place.WORKERS, 4)]


def test_more_is_allowed_with_a_reason_and_no_longer_without(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_I, CTRL)
    save(supervisor)
    assert "Alasannya masih kosong" in said(supervisor)
    supervisor.answer("transfer tahap dua 1 Desember")
    save(supervisor)
    fund = supervisor.register.funds.all()[0]
    assert fund.over_reason == "transfer tahap dua 1 Desember"
    supervisor.press(Key.Key_I, CTRL)
    supervisor.press(Key.Key_A, CTRL)
    supervisor.press(Key.Key_Delete)
    save(supervisor)
    assert supervisor.register.funds.all()[0].over_reason == ""


def test_a_payment_is_held_against_what_is_registered(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_B, CTRL)
    for text in ("88012611", "33.600", "20112026", "12/2026", "12/2026", "2"):
        supervisor.answer(text)
    supervisor.rest()
    form = panel(supervisor).form
    assert form is not None
    assert form.beside.text() == (
        "Harus dibayar untuk Desember 2026: Rp67.200 untuk 4 orang. Belum ada yang dibayar.\n"
        "Pembayaran ini: Rp33.600 untuk 2 orang. Masih harus dibayar Rp33.600, untuk 2 pekerja."
    )
    save(supervisor)
    assert "Tersimpan: Rp33.600 dibayar 20/11/2026 dengan kode 88012611." in said(supervisor)
    assert fund_row(supervisor, "DBH Sawit 2026")[7] == "Rp33.600"
    assert ("Dibayar", "20/11/2026", "Rp33.600") in [row[:3] for row in ledger(supervisor)]


def test_a_payment_counts_what_other_payments_paid_of_the_same_months(supervisor: Person[SchemesPage]) -> None:
    period = Period(DECEMBER, DECEMBER)
    supervisor.register.funds.pay(Payment(fund=1, code="88", amount=33_600, paid_on=TODAY, period=period, heads=2))
    supervisor.press(Key.Key_B, CTRL)
    for text in ("89", "50.400", "20112026", "12/2026", "12/2026", "2"):
        supervisor.answer(text)
    supervisor.rest()
    form = panel(supervisor).form
    assert form is not None
    assert form.beside.text() == (
        "Harus dibayar untuk Desember 2026: Rp67.200 untuk 4 orang. Sudah dibayar: Rp33.600 dalam 1 pembayaran lain, "
        "untuk 2 orang.\n"
        "Pembayaran ini: Rp50.400 untuk 2 orang. Lebih Rp16.800 dari yang harus dibayar."
    )
    form.form.go_to("amount")
    supervisor.answer("33.600")
    save(supervisor)
    assert said(supervisor).startswith(
        "Tersimpan: Rp33.600 dibayar 20/11/2026 dengan kode 89. Tepat yang harus dibayar"
    )
    why = [row[3] for row in ledger(supervisor) if row[0] == "Dibayar"]
    assert why == [
        "kode 89, Desember 2026, 2 orang. Masih harus dibayar Rp33.600, untuk 2 pekerja.",
        "kode 88, Desember 2026, 2 orang; sebelumnya sudah dibayar Rp33.600. Tepat yang harus dibayar; tidak ada sisa.",
    ]


def test_the_same_code_twice_is_refused(supervisor: Person[SchemesPage]) -> None:
    period = Period(DECEMBER, DECEMBER)
    supervisor.register.funds.pay(Payment(fund=1, code="88", amount=67_200, paid_on=TODAY, period=period, heads=4))
    supervisor.press(Key.Key_B, CTRL)
    for text in ("88", "67.200", "20112026", "12/2026", "12/2026", "4"):
        supervisor.answer(text)
    save(supervisor)
    assert "Kode iuran 88 sudah pernah dicatat" in said(supervisor)
    assert len(supervisor.register.funds.payments(1)) == 1


def test_months_in_the_wrong_order_are_said(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_B, CTRL)
    for text in ("88", "67.200", "20112026", "12/2026", "11/2026", "4"):
        supervisor.answer(text)
    save(supervisor)
    form = panel(supervisor).form
    assert form is not None
    problem = form.form["last_month"].problem
    assert problem is not None
    assert problem.code == "months_backwards"


def test_delete_asks_and_delete_again_takes_a_receipt_back(supervisor: Person[SchemesPage]) -> None:
    go_to_entry(supervisor, "Diterima")
    supervisor.press(Key.Key_Delete)
    assert said(supervisor).startswith("Tarik kembali Rp201.600, 02/11/2026, SP2D 0812/2026?")
    supervisor.press(Key.Key_Down)
    assert len(supervisor.register.funds.receipts(1)) == 1
    go_to_entry(supervisor, "Diterima")
    supervisor.press(Key.Key_Delete)
    supervisor.press(Key.Key_Delete)
    supervisor.rest()
    supervisor.rest()
    assert supervisor.register.funds.receipts(1) == ()
    assert "4 orang (12 bulan) tidak muat lagi" in said(supervisor)


def test_a_closed_fund_is_dim_says_so_and_takes_no_money(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_T, CTRL)
    supervisor.rest()
    supervisor.rest()
    row = panel(supervisor).table.rows[0]
    assert row.is_dim
    assert row.cells[1] == "DBH Sawit 2026 (ditutup)"
    supervisor.press(Key.Key_U, CTRL)
    assert "Buka lagi dahulu dengan Ctrl+T" in said(supervisor)
    supervisor.press(Key.Key_T, CTRL)
    supervisor.rest()
    assert supervisor.register.funds.all()[0].is_open


def test_what_is_left_and_which_places_are_free(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.enrolment_life.reject([2], Rejection.OVER_AGE)
    supervisor.session.tell("workers")
    panel(supervisor).tabs.setCurrentIndex(2)
    supervisor.rest()
    supervisor.rest()
    rows = [row.cells for row in panel(supervisor).tabs.remainders.rows]
    assert rows[0] == ("DBH Sawit 2026", "SAWIT", "Rp50.400", "Rp298.400", "1", "0")
    assert rows[-1] == ("Semua", "", "Rp50.400", "Rp298.400", "1", "0")


def test_the_ledger_is_printed_with_who_when_and_how_many_rows(
    supervisor: Person[SchemesPage], tmp_path: Path
) -> None:
    path = tmp_path / "buku.pdf"
    panel(supervisor).choose_file = lambda name: str(path) if name == "Buku-Dana-DBH-Sawit-2026.pdf" else ""
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert "4 orang x 3 bulan x Rp16.800" in text
    assert "Dicetak oleh rina pada 22 November 2026 pukul 09.00; 7 baris." in text
    (entry,) = supervisor.register.audit.of("paper", 0)
    assert entry.action == "print"


def test_who_may_not_change_funds_is_told_why(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register._file.person = User("ana", Role.CLERK)
    with person_at(qtbot, register, tmp_path, SchemesPage) as clerk:
        go_to_funds(clerk)
        for key in (Key.Key_N, Key.Key_U, Key.Key_B, Key.Key_I, Key.Key_T):
            clerk.press(key, CTRL)
            assert panel(clerk).form is None
            assert panel(clerk).message.level == "error"
        assert len(ledger(clerk)) == 7


def test_half_typed_keeps_the_program_from_closing(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    supervisor.type("sawit")
    assert not supervisor.page.closing()
    assert "belum disimpan" in said(supervisor)
    supervisor.press(Key.Key_Escape)
    assert supervisor.page.closing()


def test_what_was_typed_is_left_by_the_second_escape_only(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    supervisor.type("sawit")
    supervisor.press(Key.Key_Escape)
    assert "belum disimpan" in said(supervisor)
    form = panel(supervisor).form
    assert form is not None
    form.form.go_to("name")
    supervisor.type("DBH")
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).form is form
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).form is None
    assert panel(supervisor).table.hasFocus()


def test_the_letter_of_a_tab_leads_into_it_also_of_the_one_in_front(supervisor: Person[SchemesPage]) -> None:
    tabs = panel(supervisor).tabs
    (letter,) = letters_in([tabs.tabText(0)])
    panel(supervisor).table.setFocus()
    supervisor.press(getattr(Key, f"Key_{letter.upper()}"), Qt.KeyboardModifier.AltModifier)
    assert tabs.ledger.hasFocus()
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Return)
    assert isinstance(panel(supervisor).form, ReceiptForm)
    supervisor.press(Key.Key_Escape)
    (other,) = letters_in([tabs.tabText(1)])
    supervisor.press(getattr(Key, f"Key_{other.upper()}"), Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() == 1
    assert not tabs.ledger.hasFocus()


def test_all_who_no_longer_fit_are_chosen_and_cancelled_as_one(supervisor: Person[SchemesPage]) -> None:
    register = supervisor.register
    (receipt,) = register.funds.receipts(1)
    register.funds.receive(replace(receipt, amount=100_800))
    supervisor.session.tell("funds")
    supervisor.rest()
    supervisor.rest()
    supervisor.session.place_wanted.connect(lambda _place, target: supervisor.page.show_target(target))
    tabs = panel(supervisor).tabs
    tabs.setCurrentIndex(1)
    tabs.go_in()
    supervisor.press(Key.Key_F2)
    supervisor.rest()
    life = supervisor.page.life
    assert supervisor.page.areas.currentWidget() is life
    assert set(life.view.chosen_ids()) == {3, 4}
    assert life.view.hasFocus()
    assert life.message.text.startswith("2 kepesertaan dipilih. Delete membatalkannya")
    supervisor.press(Key.Key_Delete)
    supervisor.answer("uang kurang")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert [str(register.enrolments.get(id).state) for id in range(1, 5)] == ["proposed"] * 2 + ["cancelled"] * 2
    assert register.funds.ledger(1).left == 0


def test_an_office_without_funds_is_told_what_one_is(qtbot: QtBot, tmp_path: Path) -> None:
    register = make_register(tmp_path / "kosong.db")
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        go_to_funds(person)
        assert panel(person).empty.isVisible()
        assert panel(person).new_button.hasFocus()
        person.press(Key.Key_Return)
        assert panel(person).form is not None
    register.close()


@pytest.mark.parametrize("typing", [False, True])
def test_everything_has_a_name_and_no_letter_is_used_twice(supervisor: Person[SchemesPage], typing: bool) -> None:
    if typing:
        supervisor.press(Key.Key_B, CTRL)
    parts = [part for part in supervisor.page.findChildren(QWidget) if part.isVisible()]
    assert [part for part in parts if part.focusPolicy().value & 1 and not part.accessibleName()] == []
    buttons = [part for part in parts if isinstance(part, QPushButton)]
    texts = [part.text() for part in buttons]
    texts += [part.text() for part in parts if isinstance(part, QLabel) and part.buddy()]
    tabs = [supervisor.page.areas] if typing else [supervisor.page.areas, panel(supervisor).tabs]
    texts += [tab.tabText(at) for tab in tabs for at in range(tab.count())]
    letters = letters_in(texts)
    assert len(letters) == len(set(letters)) == len(texts)


def test_more_paid_than_came_in_is_said(supervisor: Person[SchemesPage]) -> None:
    period = Period(DECEMBER, DECEMBER)
    supervisor.register.funds.pay(Payment(fund=1, code="9", amount=300_000, paid_on=TODAY, period=period, heads=4))
    supervisor.session.tell("funds")
    supervisor.rest()
    supervisor.rest()
    assert "dibayar Rp98.400 lebih dari uang yang masuk" in said(supervisor)
    assert panel(supervisor).message.level == "warning"


def test_a_save_about_money_is_taken_back_by_name(supervisor: Person[SchemesPage]) -> None:
    taking_back, told = TakingBack(supervisor.session), list[str]()
    supervisor.session.said.connect(told.append)
    supervisor.press(Key.Key_U, CTRL)
    for text in ("16.800", "20112026", "TRF 1"):
        supervisor.answer(text)
    save(supervisor)
    taking_back.undo()
    supervisor.rest()
    supervisor.rest()
    assert "uang masuk untuk dana" in told[-1]
    assert fund_row(supervisor, "DBH Sawit 2026")[5] == "Rp201.600"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026202620", "Tahun anggaran terdiri atas empat angka. Tulis misalnya 2026."),
        ("26", "Tahun anggaran terdiri atas empat angka. Tulis misalnya 2026."),
        ("dua ribu", "Tahun anggaran terdiri atas empat angka. Tulis misalnya 2026."),
        ("1026", "1026 tidak mungkin tahun anggarannya: antara 1992 dan 2099. Perbaiki tahunnya."),
    ],
)
def test_a_budget_year_that_cannot_be_is_told_what_one_looks_like(
    supervisor: Person[SchemesPage], typed: str, sentence: str
) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("csr", typed, "CSR PT Contoh", "PT Contoh", "1000000"):
        supervisor.answer(text)
    save(supervisor)
    form = panel(supervisor).form
    assert form is not None
    problem = form.form["year"].problem
    assert problem is not None
    assert problem.text == sentence
    assert len(supervisor.register.funds.all()) == 1


def test_the_ledger_of_a_fund_on_which_nothing_stands_says_so(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("csr", "2027", "CSR PT Contoh", "PT Contoh", "1000000"):
        supervisor.answer(text)
    save(supervisor)
    supervisor.sees(lambda: ledger(supervisor)[0][1] == "2027")
    assert [(row[0], row[3]) for row in ledger(supervisor)] == [
        ("Pagu", "dijanjikan oleh PT Contoh"),
        ("Diterima seluruhnya", "belum ada yang masuk; Rp1.000.000 ditunggu"),
        ("Terikat seluruhnya", "belum ada yang didaftarkan dengan dana ini"),
        ("Dibayar seluruhnya", "belum ada yang terikat, jadi belum ada yang harus dibayar"),
        ("Sisa", "Rp0 diterima - Rp0 terikat"),
    ]


@pytest.mark.parametrize(
    ("key", "texts", "field", "sentence"),
    [
        (Key.Key_N, ("csr", "2026", "CSR", "PT", "-5"), "ceiling", "Jumlah tidak boleh di bawah nol."),
        (Key.Key_U, ("-5", "02112026", "SP2D"), "amount", "Jumlah tidak boleh di bawah nol."),
        (Key.Key_B, ("88", "-5", "20112026", "12/2026", "12/2026", "4"), "amount", "Jumlah tidak boleh"),
        (Key.Key_B, ("88", "5", "20112026", "12/2026", "12/2026", "-4"), "heads", "-4 tidak mungkin di sini"),
        (
            Key.Key_B,
            ("88", "5", "20112026", "12/2026", "12/2035", "4"),
            "last_month",
            "Satu pembayaran paling banyak",
        ),
    ],
)
def test_what_is_below_zero_or_too_long_is_said_and_nothing_is_saved(
    supervisor: Person[SchemesPage], key: Key, texts: tuple[str, ...], field: str, sentence: str
) -> None:
    before = supervisor.register.audit.count()
    supervisor.press(key, CTRL)
    for text in texts:
        supervisor.answer(text)
    save(supervisor)
    form = panel(supervisor).form
    assert form is not None
    problem = form.form[field].problem
    assert problem is not None
    assert sentence in problem.text
    assert supervisor.register.audit.count() == before
