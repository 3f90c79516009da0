"""Legal bases by keys: entered with a scan, corrected, replaced, opened, running out, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.legal.legal_basis import Attachment, LegalBasis, LegalKind
from models.offices.users import Role, User
from models.register import Register
from models.schemes.life import Rejection
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.person import CTRL, PLAIN, Key, Person, person_at
from ui.fields.letters import letters_in
from ui.legal.form import LegalForm
from ui.legal.panel import LegalPanel
from ui.schemes.page import SchemesPage

PDF = b"%PDF-1.4 " + bytes(3_000)
DECREE = LegalBasis(
    kind=LegalKind.DECREE, number="500.15.14.1/172/2025", dated_on=date(2025, 8, 4), title="Penetapan peserta",
    parties="Bupati Pasaman Barat", valid_until=TODAY + timedelta(days=38),
)  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """One decree that ends in 38 days, with a scan."""
    opened = make_register(tmp_path / "cakupan.db")
    opened.legal_bases.save(DECREE, Attachment("SK 172.pdf", PDF))
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        go_in(person)
        yield person
        person.page.closing()


def go_in(person: Person[SchemesPage]) -> None:
    person.page.areas.setCurrentWidget(person.page.legal)
    person.rest()
    person.rest()


def panel(person: Person[SchemesPage]) -> LegalPanel:
    return person.page.legal


def form_of(person: Person[SchemesPage]) -> LegalForm:
    form = panel(person).form
    assert isinstance(form, LegalForm)
    return form


def save(person: Person[SchemesPage]) -> None:
    person.press(Key.Key_S, CTRL)
    person.rest()
    person.rest()


def type_paper(person: Person[SchemesPage], *texts: str) -> None:
    person.press(Key.Key_N, CTRL)
    for text in texts:
        person.answer(text)


def drop(form: LegalForm, *paths: Path) -> None:
    """As the file manager does it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(form, enter)
    event = QDropEvent(place, Qt.DropAction.CopyAction, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(form, event)


def test_the_list_says_what_it_is_until_when_and_what_points_at_it(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.entries.save(make_worker(), replace(make_plan(supervisor.register), decree=1))
    supervisor.session.tell("workers")
    supervisor.rest()
    supervisor.rest()
    (row,) = panel(supervisor).table.rows
    assert row.cells == (
        "Surat keputusan (SK)", "500.15.14.1/172/2025", "04/08/2025", "Penetapan peserta", "04/08/2025 s.d. 30/12/2026",
        "Ya",
        "1 kepesertaan",
    )  # fmt: skip
    assert panel(supervisor).about_names.text() == "1 kepesertaan ada dalam SK ini; tidak ada yang digantikan."
    assert "Bupati Pasaman Barat" in panel(supervisor).detail.text()


def test_what_runs_out_within_sixty_days_stands_above_the_list(supervisor: Person[SchemesPage]) -> None:
    banner = panel(supervisor).banner
    assert banner.isVisible()
    assert banner.level == "warning"
    assert "500.15.14.1/172/2025 berakhir 30/12/2026, 38 hari lagi" in banner.text
    type_paper(
        supervisor, "3", "500.15.14.1/9/2026", "20112026", "Penggantian peserta", "", "", "", "500.15.14.1/172"
    )
    save(supervisor)
    assert not banner.isVisible()
    assert panel(supervisor).table.rows[-1].cells[4] == "diganti oleh 500.15.14.1/9/2026"
    assert panel(supervisor).table.rows[-1].is_dim


def test_a_paper_typed_by_keys_with_its_scan_from_the_dialog(supervisor: Person[SchemesPage], tmp_path: Path) -> None:
    scan = tmp_path / "Edaran Bupati.pdf"
    scan.write_bytes(PDF + b"other")
    type_paper(
        supervisor, "2", "100.3.4/55/2026", "1 11 2026", "Perlindungan pekerja rentan", "Bupati", "1/12/2026", "",
        "", "asli di Bagian Hukum",
    )  # fmt: skip
    form = form_of(supervisor)
    form.choose_file = lambda _parent: str(scan)
    supervisor.press(Key.Key_O, CTRL)
    assert "Edaran Bupati.pdf, 0,0 MB" in form.attached.text()
    save(supervisor)
    assert panel(supervisor).form is None
    saved = next(one for one in supervisor.register.legal_bases.all() if one.kind is LegalKind.CIRCULAR)
    assert (saved.number, saved.title, saved.parties, saved.notes) == (
        "100.3.4/55/2026", "Perlindungan pekerja rentan", "Bupati", "asli di Bagian Hukum"
    )  # fmt: skip
    assert (saved.dated_on, saved.valid_from) == (date(2026, 11, 1), date(2026, 12, 1))
    assert supervisor.register.legal_bases.attachment(saved) == Attachment("Edaran Bupati.pdf", PDF + b"other")
    assert panel(supervisor).message.text == "Tersimpan: Surat edaran 100.3.4/55/2026."
    current = panel(supervisor).table.current
    assert current is not None
    assert current.cells[1] == "100.3.4/55/2026"


def test_a_scan_dropped_onto_the_form_takes_the_place_of_the_old_one(
    supervisor: Person[SchemesPage], tmp_path: Path
) -> None:
    scan = tmp_path / "foto.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    supervisor.press(Key.Key_Return)
    form = form_of(supervisor)
    drop(form, scan)
    save(supervisor)
    saved = supervisor.register.legal_bases.get(1)
    attachment = supervisor.register.legal_bases.attachment(saved)
    assert attachment is not None
    assert attachment.name == "foto.png"
    supervisor.press(Key.Key_Return)
    form_of(supervisor).without_button.click()
    assert not form_of(supervisor).is_untouched
    save(supervisor)
    assert supervisor.register.legal_bases.get(1).attachment == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "kosong"), (b"MZ\x90 program", "bukan berkas PDF dan bukan gambar"), (None, "tidak dapat dibaca")],
)
def test_what_is_no_scan_is_refused_in_words(
    supervisor: Person[SchemesPage], tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "aneh.pdf"
    if content is not None:
        path.write_bytes(content)
    supervisor.press(Key.Key_Return)
    form = form_of(supervisor)
    drop(form, path)
    assert words in form.form.message_bar.text
    assert form.is_untouched


def test_two_files_at_once_are_not_taken(supervisor: Person[SchemesPage], tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for path in paths:
        path.write_bytes(PDF)
    supervisor.press(Key.Key_Return)
    drop(form_of(supervisor), *paths)
    assert form_of(supervisor).is_untouched


def test_the_scan_is_opened_as_a_copy_that_goes_with_the_page(supervisor: Person[SchemesPage]) -> None:
    opened: list[Path] = []

    def open_outside(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    panel(supervisor).open_outside = open_outside
    supervisor.press(Key.Key_O, CTRL)
    (path,) = opened
    assert path.read_bytes() == PDF
    assert path.suffix == ".pdf"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert supervisor.page.closing()
    assert not path.parent.exists()


def test_no_viewer_and_no_scan_are_said(supervisor: Person[SchemesPage]) -> None:
    panel(supervisor).open_outside = lambda _url: False
    supervisor.press(Key.Key_O, CTRL)
    assert "tidak punya program untuk membuka SK 172.pdf" in panel(supervisor).message.text
    supervisor.register.legal_bases.save(replace(supervisor.register.legal_bases.get(1), attachment=""))
    supervisor.session.tell("funds")
    supervisor.rest()
    supervisor.press(Key.Key_O, CTRL)
    assert "belum punya pindaian" in panel(supervisor).message.text


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("3", "1/2026", "1 12 2026", "Penetapan"), "dated_future"),
        (("3", "", "1 11 2026", "Penetapan"), "number_missing"),
        (("3", "1/2026", "1 11 2026", ""), "title_missing"),
        (("3", "1/2026", "1 11 2026", "Penetapan", "", "1 12 2026", "1 11 2026"), "validity_backwards"),
        (("3", "500.15.14.1/172/2025", "4 8 2025", "Penetapan"), "same_basis"),
        (("3", "1/2026", "", "Penetapan"), "dated_on_missing"),
    ],
)
def test_each_mistake_has_its_own_sentence(
    supervisor: Person[SchemesPage], texts: tuple[str, ...], code: str
) -> None:
    type_paper(supervisor, *texts)
    save(supervisor)
    assert [problem.code for problem in form_of(supervisor).form.problems] == [code]
    assert len(supervisor.register.legal_bases.all()) == 1


def test_a_replacing_decree_shows_names_in_and_out_with_the_nik_masked(supervisor: Person[SchemesPage]) -> None:
    register = supervisor.register
    first = register.entries.save(make_worker(1, name="Siti Aminah"), make_plan(register)).enrolment
    other = register.entries.save(make_worker(2, name="Rohana Lubis"), None).worker
    assert first is not None
    register.enrolment_life.reject([first.id or 0], Rejection.OVER_AGE)
    register.waiting.add([other.id or 0], first.scheme)
    second = register.legal_bases.save(replace(DECREE, number="9/2026", dated_on=TODAY, replaces=1))
    register.enrolment_life.replace([first.id or 0], decree=second.id)
    supervisor.session.tell("workers")
    supervisor.rest()
    supervisor.rest()
    panel(supervisor).table.setCurrentCell(0, 0)
    supervisor.rest()
    (came,), (left,) = panel(supervisor).names_in.rows, panel(supervisor).names_out.rows
    assert (came.cells[1], left.cells[1]) == ("Rohana Lubis", "Siti Aminah")
    assert "********" in came.cells[0]
    assert panel(supervisor).about_names.text() == "Nama masuk: 1, nama keluar: 1; NIK disamarkan."


def test_taking_back_asks_and_refuses_what_is_pointed_at(supervisor: Person[SchemesPage]) -> None:
    register = supervisor.register
    register.entries.save(make_worker(), replace(make_plan(register), decree=1))
    supervisor.press(Key.Key_Delete)
    assert "Tekan Delete sekali lagi" in panel(supervisor).message.text
    supervisor.press(Key.Key_Delete)
    assert panel(supervisor).message.level == "error"
    assert len(register.legal_bases.all()) == 1
    register.legal_bases.save(replace(DECREE, number="9/2026"))
    supervisor.session.tell("funds")
    supervisor.rest()
    panel(supervisor).table.setCurrentCell(0, 0)
    supervisor.press(Key.Key_Delete)
    supervisor.press(Key.Key_Delete)
    supervisor.rest()
    assert [one.number for one in register.legal_bases.all()] == [DECREE.number]


def test_who_may_not_is_told_why(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register._file.person = User("ana", Role.CLERK)
    with person_at(qtbot, register, tmp_path, SchemesPage) as clerk:
        go_in(clerk)
        for key, modifier in ((Key.Key_N, CTRL), (Key.Key_Return, PLAIN), (Key.Key_Delete, PLAIN)):
            clerk.press(key, modifier)
            assert panel(clerk).form is None
            assert panel(clerk).message.level == "error"


@pytest.mark.parametrize("typing", [False, True])
def test_everything_has_a_name_and_no_letter_is_used_twice(supervisor: Person[SchemesPage], typing: bool) -> None:
    if typing:
        supervisor.press(Key.Key_Return)
    parts = [part for part in supervisor.page.findChildren(QWidget) if part.isVisible()]
    assert [part for part in parts if part.focusPolicy().value & 1 and not part.accessibleName()] == []
    texts = [part.text() for part in parts if isinstance(part, QPushButton)]
    texts += [part.text() for part in parts if isinstance(part, QLabel) and part.buddy()]
    texts += [supervisor.page.areas.tabText(at) for at in range(supervisor.page.areas.count())]
    letters = letters_in(texts)
    assert len(letters) == len(set(letters))
    assert [text for text in texts if not letters_in([text])] == []
