"""Choosing a paper, looking at it, and issuing it: only then a number is used."""

from __future__ import annotations

import resource
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QTimer, QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.register import Register, open_register
from models.sample.making import make_sample
from models.values.months import Month
from tests.factories import NOW, make_plan
from tests.ui.person import CTRL, Key, Person, person_at
from ui.fields.letters import letters_in
from ui.papers import printing
from ui.papers.choosing import PaperKind
from ui.papers.page import PapersPage
from ui.papers.wanted import LettersWanted, SummaryWanted
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

Supervisor = Person[PapersPage]


def choose_letters(person: Supervisor, *answers: str) -> None:
    """Answers the questions at the left, from the first one on."""
    person.page.choice.form.go_to("paper")
    for text in ("2", *answers):
        person.answer(text)
    look(person)


def look(person: Supervisor) -> None:
    """Waits until the preview shows what is chosen: it is drawn after a pause in typing."""
    person.sees(lambda: not any(timer.isSingleShot() and timer.isActive() for timer in pauses(person)))
    person.rest()


def pauses(person: Supervisor) -> list[QTimer]:
    return person.page.findChildren(QTimer)


def saved(tmp_path: Path) -> PdfReader:
    (file,) = (tmp_path / "surat").iterdir()
    return PdfReader(file)


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def said(person: Supervisor) -> str:
    return person.page.messages.text


def issued(person: Supervisor) -> int:
    return person.register.papers.issued_count()


def test_the_summary_of_this_month_stands_there_at_once(supervisor: Supervisor) -> None:
    view = supervisor.page.view
    assert view.page_count >= 1
    assert "RINGKASAN CAKUPAN" in view.accessibleDescription()
    assert "November 2026" in view.accessibleDescription()


def test_typing_at_once_chooses_another_paper(
    qtbot: QtBot, register: Register, tmp_path: Path, qapp: QApplication
) -> None:
    session = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    session.use_register(register)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda _window: session.use_register(None))
    window.show()
    window.activateWindow()
    window.go_to("workers")
    window.go_to("papers")
    qapp.processEvents()
    assert isinstance(window.page, PapersPage)
    qtbot.keyClicks(qapp.focusWidget(), "2")
    assert window.page.choice.form["paper"].value() is PaperKind.LETTERS


def test_another_page_may_ask_for_the_summary_of_a_month(supervisor: Supervisor) -> None:
    supervisor.page.show_target(SummaryWanted(Month(2026, 12)))
    look(supervisor)
    assert "Desember 2026" in supervisor.page.view.accessibleDescription()


def test_one_workers_letter_is_found_by_typing_and_has_no_number_yet(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "zul")
    words = supervisor.page.view.accessibleDescription()
    assert "Zulkifli" in words
    assert "Nomor: ....." in words
    assert supervisor.page.bar.note.text() == "1 surat; nomor dan NIK lengkap baru muncul saat diterbitkan."
    assert issued(supervisor) == 0


def test_who_is_not_enrolled_has_no_letter(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "rahmi")
    assert "belum didaftarkan" in supervisor.page.choice.list.item(0).text()
    assert supervisor.page.view.page_count == 0
    supervisor.press(Key.Key_S, CTRL)
    assert supervisor.page.choice.form["search"].problem is not None


def test_nobody_found_is_said(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "xyzzy")
    assert "Tidak ada yang ditemukan" in supervisor.page.choice.list.item(0).text()


def test_saving_writes_a_readable_file_and_uses_one_number(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "1", "siti")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    text = text_of(saved(tmp_path))
    assert "Siti Aminah" in text
    assert "500.15.14.1/001/Disnaker/XI/2026" in text
    assert "telah didaftarkan" in text
    assert "peserta aktif" not in text
    assert said(supervisor).endswith("Surat-Keterangan-Siti-Aminah.pdf")
    assert issued(supervisor) == 1


def test_saving_again_is_a_copy_with_the_same_number(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "1", "siti")
    for _ in range(2):
        supervisor.press(Key.Key_S, CTRL)
        supervisor.rest()
    assert "500.15.14.1/001/" in text_of(saved(tmp_path))
    assert issued(supervisor) == 1


def test_what_was_said_of_one_paper_does_not_stand_below_another(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "siti")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert supervisor.page.messages.isVisible()
    choose_letters(supervisor, "1", "zulkifli")
    assert not supervisor.page.messages.isVisible()


def test_the_workers_found_stand_below_the_search_without_a_gap(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "siti")
    choice = supervisor.page.choice
    search = choice.form["search"]
    below = choice.list.mapTo(choice, QPoint(0, 0)).y() - search.mapTo(choice, search.rect().bottomLeft()).y()
    assert 0 < below < 3 * search.height()  # the message line is between them


def test_a_scheme_narrowed_to_a_kecamatan_or_nagari(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "2", "sawit", "")
    assert supervisor.page.view.page_count == 3
    choose_letters(supervisor, "2", "sawit", "kajai")
    assert supervisor.page.view.page_count == 1
    assert "Zulkifli" in supervisor.page.view.accessibleDescription()
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert [file.name for file in (tmp_path / "surat").iterdir()] == ["Surat-Keterangan-SAWIT-Kajai-2026-11.pdf"]


def test_a_scheme_means_those_whom_it_covers_in_the_month(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "2", "sawit", "", "2/2027")
    assert supervisor.page.view.page_count == 0
    choose_letters(supervisor, "2", "sawit", "", " ")
    assert supervisor.page.view.page_count == 3


def test_a_scheme_without_anybody_says_so(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "2", "wali", "")
    assert "Belum ada yang didaftarkan" in supervisor.page.view.message


def test_saving_nothing_writes_nothing(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "2", "wali", "")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "Belum ada yang didaftarkan" in said(supervisor)
    assert list((tmp_path / "surat").iterdir()) == []


def test_who_saves_while_still_typing_gets_the_worker_just_typed(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "1", "siti")
    supervisor.page.choice.form.go_to("search")
    supervisor.type("zulk")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "Zulkifli" in text_of(saved(tmp_path))


def test_escape_closes_an_open_list_first(supervisor: Supervisor) -> None:
    field = supervisor.page.choice.form["paper"]
    field.setFocus()
    supervisor.press(Key.Key_Down)
    assert field.is_list_open  # type: ignore[attr-defined]
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Escape)
    assert not field.is_list_open  # type: ignore[attr-defined]
    assert field.text() == "1 Ringkasan cakupan"


def test_letters_of_workers_chosen_elsewhere(supervisor: Supervisor, tmp_path: Path) -> None:
    register = supervisor.register
    workers = [register.workers.search(name)[0].id for name in ("Yusniar", "Rahmi", "Siti")]
    register.enrolments.add(workers[0], make_plan(register, "WALI", Month(2027, 3)))
    supervisor.page.show_target(LettersWanted(workers=workers))
    look(supervisor)
    assert supervisor.page.bar.note.text().startswith("2 surat")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    reader = saved(tmp_path)
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Yusniar" in first
    assert "Wali nagari" in first
    assert "Siti Aminah" in second
    assert issued(supervisor) == 2


def test_the_session_hands_workers_over(supervisor: Supervisor) -> None:
    supervisor.session.print_letters(workers=[3, 1])
    ((place, target),) = supervisor.wanted
    assert (place, target) == ("papers", LettersWanted(workers=[3, 1]))


def test_giving_up_the_choice_of_a_file_issues_nothing(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "1", "siti")
    supervisor.page.choose_file = lambda _name: ""
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert issued(supervisor) == 0


def test_a_full_disk_is_told_and_uses_no_number(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "2", "sawit", "")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, limits[1]))
    try:
        supervisor.press(Key.Key_S, CTRL)
        supervisor.rest()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "penuh" in said(supervisor)
    assert supervisor.page.messages.level == "error"
    assert list((tmp_path / "surat").iterdir()) == []
    assert issued(supervisor) == 0


def test_a_folder_that_is_gone_is_told(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "1", "siti")
    supervisor.page.choose_file = lambda name: str(tmp_path / "hilang" / name)
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    assert "tidak dapat dibuka" in said(supervisor)
    assert issued(supervisor) == 0


def test_a_register_that_can_only_be_read_issues_no_letter(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    reading = open_register(register.path, user="rina", clock=lambda: NOW, read_only=True)
    with person_at(qtbot, reading, tmp_path, PapersPage) as person:
        person.page.choose_file = lambda name: str(tmp_path / name)
        choose_letters(person, "1", "siti")
        assert person.page.view.page_count == 1
        person.press(Key.Key_S, CTRL)
        person.rest()
        assert "hanya" in said(person)
        assert not list(tmp_path.glob("*.pdf*"))
    reading.close()


def test_opening_issues_and_shows_the_file_outside(supervisor: Supervisor) -> None:
    shown: list[QUrl] = []
    supervisor.page.open_outside = lambda url: shown.append(url) or True  # type: ignore[func-returns-value]
    choose_letters(supervisor, "1", "yus")
    supervisor.press(Key.Key_O, CTRL)
    supervisor.rest()
    file = Path(shown[0].toLocalFile())
    assert "Yusniar" in text_of(PdfReader(file))
    assert file.parent.stat().st_mode & 0o077 == 0
    assert issued(supervisor) == 1


def test_without_a_program_for_pdf_files_the_person_is_told(supervisor: Supervisor) -> None:
    supervisor.page.open_outside = lambda _url: False
    supervisor.press(Key.Key_O, CTRL)
    supervisor.rest()
    assert "tidak punya program" in said(supervisor)


def printer_into(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printing.prepare(printer, (595, 842), "surat")
    return printer


def test_printing_sends_every_page(supervisor: Supervisor, tmp_path: Path) -> None:
    choose_letters(supervisor, "2", "sawit", "")
    supervisor.page.choose_printer = lambda: printer_into(tmp_path / "kertas.pdf")
    supervisor.press(Key.Key_P, CTRL)
    supervisor.sees(lambda: said(supervisor) != "")
    assert said(supervisor) == "Terkirim ke pencetak: 3 halaman."
    pages = PdfReader(tmp_path / "kertas.pdf").pages
    assert len(pages) == 3
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert issued(supervisor) == 3


def test_without_a_printer_the_person_is_told_and_no_number_is_used(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", list)
    choose_letters(supervisor, "1", "siti")
    supervisor.press(Key.Key_P, CTRL)
    supervisor.rest()
    assert said(supervisor).startswith("Belum ada pencetak")
    assert issued(supervisor) == 0


def test_stopping_leaves_no_file_and_no_number(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "contoh.db"
    make_sample(path, now=datetime(2026, 11, 22, 9), workers=2_000)
    register = open_register(path, user="rina", clock=lambda: NOW)
    (tmp_path / "surat").mkdir()
    with person_at(qtbot, register, tmp_path, PapersPage) as person:
        person.page.choose_file = lambda name: str(tmp_path / "surat" / name)
        choose_letters(person, "2", "sawit", "")
        assert person.page.view.page_count == 50
        assert person.page.bar.note.text().startswith("50 pertama dari ")
        person.press(Key.Key_S, CTRL)
        person.sees(lambda: " dari " in person.page.progress.text)
        assert person.page.is_busy
        assert not person.page.closing()
        person.press(Key.Key_Escape)
        person.rest()
        assert said(person) == "Dihentikan. Tidak ada berkas yang ditulis dan tidak ada nomor yang terpakai."
        assert list((tmp_path / "surat").iterdir()) == []
        assert issued(person) == 0
        assert person.page.closing()
    register.close()


def test_page_keys_turn_pages_and_zoom(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "2", "sawit", "")
    view = supervisor.page.view
    view.setFocus()
    supervisor.press(Key.Key_End)
    assert view.page == 3
    assert view.accessibleName() == "Pratinjau, halaman 3 dari 3"
    supervisor.press(Key.Key_Home)
    for _ in range(6):
        supervisor.press(Key.Key_PageDown)
    assert view.page > 1
    before = view.zoom
    supervisor.press(Key.Key_Plus)
    assert view.zoom > before
    supervisor.press(Key.Key_Minus)
    supervisor.press(Key.Key_Minus)
    assert view.zoom < before


def test_a_changed_register_is_looked_at_anew(supervisor: Supervisor) -> None:
    choose_letters(supervisor, "2", "sawit", "")
    assert supervisor.page.view.page_count == 3
    supervisor.register.enrolments.cancel(1, "pindah")
    supervisor.session.tell("workers")
    look(supervisor)
    assert supervisor.page.view.page_count == 2


@pytest.mark.parametrize("answers", [("1", "siti"), ("2", "sawit", "")])
def test_everything_that_takes_the_focus_has_a_name_and_no_letter_is_used_twice(
    supervisor: Supervisor, answers: tuple[str, ...]
) -> None:
    choose_letters(supervisor, *answers)
    parts = [part for part in supervisor.page.findChildren(QWidget) if part.isVisible()]
    assert [part for part in parts if part.focusPolicy().value & 1 and not part.accessibleName()] == []
    texts = [
        part.text() for part in parts if isinstance(part, QPushButton) or (isinstance(part, QLabel) and part.buddy())
    ]
    letters = letters_in(texts)
    assert len(letters) == len(set(letters)) > 3
