"""The whole story of a worker: one list, narrowed, read with the keys, copied, printed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.language import translate
from models.schemes.life import Rejection
from tests.factories import become, make_office, make_plan, make_register, make_worker
from tests.reports.samples import texts
from tests.ui.person import CTRL, Key, Person, person_at
from ui.people.history_page import HistoryPage
from ui.people.workers_page import WorkersPage


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Siti proposed a correction, Doni approved it, corrected, took back, printed and looked."""
    register = make_office(tmp_path_factory.mktemp("office") / "cakupan.db")
    become(register, "siti")
    register.entries.save(make_worker(1), make_plan(register))
    register.entries.save(make_worker(2, name="Zulkifli"), None)
    request = register.requests.propose(
        replace(register.workers.get(1), jorong="Simpang", phone="+6281266778899"), "KTP baru"
    )
    become(register, "doni")
    register.requests.approve(request.id)
    register.workers.correct(replace(register.workers.get(1), nik=make_worker(9).nik))
    register.workers.correct(replace(register.workers.get(1), work_place="Kebun Kinali"))
    register.undo.undo()
    list(register.papers.issue_letters([1], date(2026, 11, 22)))
    register.enrolments.confirm(1, "12345678901", date(2026, 11, 22))
    register.disclosures.show(1, ["nik", "phone"])
    register.close()
    return register.path


@pytest.fixture
def person(qtbot: QtBot, office: Path, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    """Doni in front of the record of Siti Aminah."""
    path = tmp_path / "cakupan.db"
    shutil.copyfile(office, path)
    register = make_register(path)
    become(register, "doni")
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        someone.page.open(1)
        yield someone
    register.close()


def history(person: Person[WorkersPage]) -> HistoryPage:
    if person.page.history is None:
        person.press(Key.Key_H, CTRL)
    shown = person.page.history
    assert shown is not None
    return shown


def lines(person: Person[WorkersPage]) -> list[tuple[str, ...]]:
    return [row.cells for row in history(person).table.rows]


def test_one_key_tells_everything_that_happened_newest_first(person: Person[WorkersPage]) -> None:
    told = [(row[1], row[2]) for row in lines(person)]
    assert told[0] == ("Doni Saputra, Atasan", "Ditampilkan lengkap: NIK, No. HP")
    assert told[-1] == ("Siti Rahma, Petugas", "Didaftarkan sebagai pekerja")
    everything = " ".join(what for _who, what in told)
    for words in (
        "Kepesertaan dicatat: SAWIT mulai Des 2026", "Kepesertaan dikonfirmasi: SAWIT mulai Des 2026",
        "Surat diterbitkan: ", "Perbaikan diajukan (nomor 1)", "Usul perbaikan 1 disetujui", "Dikoreksi",
    ):  # fmt: skip
        assert words in everything


def test_old_and_new_values_stand_in_the_words_of_the_form(person: Person[WorkersPage]) -> None:
    values = [row[3:6] for row in lines(person)]
    assert ("Jorong", "Tombang", "Simpang") in values
    assert ("Status", "Terdaftar", "Aktif") in values
    assert ("Pembayaran pertama", "–", "22/11/2026") in values


def test_protected_values_are_masked(person: Person[WorkersPage]) -> None:
    values = [row[3:6] for row in lines(person)]
    assert ("NIK", "1312********0001", "1312********0009") in values
    assert ("No. HP", "–", "0812****8899") in values


def test_a_correction_on_request_names_both(person: Person[WorkersPage]) -> None:
    row = next(row for row in lines(person) if row[2] == "Dikoreksi" and row[3] == "Jorong")
    assert (row[1], row[6]) == ("Doni Saputra, Atasan", "Usul 1 dari Siti Rahma")
    approved = next(row for row in lines(person) if row[3] == "Diajukan oleh")
    assert approved[5] == "Siti Rahma"


def test_what_was_taken_back_says_so_and_so_does_the_taking_back(person: Person[WorkersPage]) -> None:
    work_place = [row for row in lines(person) if row[3] == "Tempat bekerja"]
    (undoing, undone) = work_place
    assert undone[2] == "Dikoreksi · sudah ditarik"
    assert undoing[2] == f"Dikoreksi (simpanan {undone[7]} ditarik)"


def test_the_story_is_narrowed_by_kind_and_by_field(person: Person[WorkersPage]) -> None:
    page = history(person)
    page.kind.setFocus()
    person.answer("Kepesertaan")
    assert {row[2].split(":")[0] for row in lines(person)} == {"Kepesertaan dicatat", "Kepesertaan dikonfirmasi"}
    page.kind.setFocus()
    person.press(Key.Key_A, CTRL)
    person.press(Key.Key_Delete)
    page.field.setFocus()
    person.answer("Jorong")
    assert {row[3] for row in lines(person)} == {"Jorong"}
    assert page.count.text() == f"{len(lines(person))} baris"


def test_copying_takes_the_rows_masked(person: Person[WorkersPage]) -> None:
    count = len(lines(person))
    person.press(Key.Key_C, CTRL)
    copied = QApplication.clipboard().text().splitlines()
    assert len(copied) == count + 1
    assert copied[0].split("\t")[:3] == ["Kapan", "Siapa", "Kejadian"]
    assert make_worker(1).nik not in "".join(copied)
    assert "tetap disamarkan" in history(person).message.text


def test_the_pdf_says_who_when_and_how_many_rows_and_is_recorded(person: Person[WorkersPage], tmp_path: Path) -> None:
    page = history(person)
    count = len(page.table.rows)
    page.choose_file = lambda name: str(tmp_path / name)
    person.press(Key.Key_P, CTRL)
    person.rest()
    pages = texts((tmp_path / "Riwayat-Siti-Aminah.pdf").read_bytes())
    assert "Siti Aminah, NIK 1312********0009" in pages[0]
    assert f"Dicetak oleh Doni Saputra (Atasan) pada 22 November 2026 pukul 09.00; {count} baris." in pages[0]
    assert "Usul 1 dari Siti Rahma" in " ".join(pages)
    assert make_worker(1).nik not in " ".join(pages)
    assert page.message.text.startswith("Tersimpan")
    person.press(Key.Key_Escape)
    assert lines(person)[0][2] == "Riwayat disimpan sebagai berkas"


def test_no_file_is_made_when_the_person_gives_up(person: Person[WorkersPage]) -> None:
    page = history(person)
    rows = person.register.audit.count()
    page.choose_file = lambda name: ""
    person.press(Key.Key_P, CTRL)
    assert person.register.audit.count() == rows


def test_escape_leads_back_to_the_record(person: Person[WorkersPage]) -> None:
    history(person)
    person.press(Key.Key_Escape)
    assert person.page.history is None
    assert person.page.record is not None
    assert person.page.record.worker_id == 1


def test_it_is_read_with_the_keys_and_by_a_screen_reader(person: Person[WorkersPage]) -> None:
    page = history(person)
    assert page.table.hasFocus()
    person.press(Key.Key_Down)
    assert page.table.currentRow() == 1
    person.press(Key.Key_Tab)
    assert not page.table.hasFocus()
    assert page.table.accessibleName() == "Riwayat"
    assert page.table.model().headerData(3, Qt.Orientation.Horizontal) == "Isian"


def test_the_life_of_an_enrolment_is_told_step_by_step(person: Person[WorkersPage]) -> None:
    register = person.register
    second = register.enrolments.add(2, make_plan(register, "MANDIRI"))
    assert second.id is not None
    register.enrolment_life.submit([second.id])
    register.enrolment_life.reject([second.id], Rejection.OVER_AGE)
    person.page.open(2)
    told = [(row[2], row[3], row[5]) for row in lines(person)]
    assert ("Kepesertaan diajukan ke BPJS: MANDIRI mulai Des 2026", "Status", "Diajukan") in told
    assert ("Kepesertaan dikembalikan BPJS: MANDIRI mulai Des 2026", "Status", "Ditolak") in told
    assert [new for _what, field, new in told if field == "Sebab dikembalikan"] == [
        translate(Rejection.OVER_AGE.label)
    ]


def test_an_anonymised_record_tells_so_for_each_part(person: Person[WorkersPage]) -> None:
    with person.register._file.change() as change:
        for kind in ("enrolment", "paper", "correction_request", "entry", "worker"):
            change.record("anonymise", kind, 1, [])
    assert [row[2] for row in lines(person)][:4] == ["Dianonimkan"] * 4


def test_a_record_of_which_the_values_were_erased_is_still_told(person: Person[WorkersPage]) -> None:
    connection = person.register._file.connection
    connection.execute(
        "UPDATE audit SET fields = '', fields_digest = zeroblob(32), salt = x'' WHERE kind = 'worker' AND record = 1"
    )
    assert any(row[2] == "Dikoreksi; isinya sudah dihapus" for row in lines(person))


def test_a_merging_and_its_taking_apart_are_told_in_words(person: Person[WorkersPage]) -> None:
    register = person.register
    register.pairs.not_same(1, 2, "kembar")
    register.requests.propose(replace(register.workers.get(2), jorong="Padang"), "tetangga")
    register.enrolments.add(2, make_plan(register, "ASN"))
    merge = register.pairs.merge(1, 2, {"name": "merged"}, {1: "merged"}, "KTP sama")
    told = [line[2] for line in lines(person)]
    assert (
        "Bukan orang yang sama dengan Zulkifli (1312********0002). Alasan: kembar · dibatalkan kemudian" not in told
    )
    assert "Bukan orang yang sama dengan Zulkifli (1312********0002). Alasan: kembar" in told
    assert "Digabung: data Zulkifli (1312********0002) masuk ke data ini. Alasan: KTP sama" in told
    assert "Isian diambil saat penggabungan" in told
    assert "Dibawa dari data yang digabungkan: ASN mulai Des 2026" in told
    assert "Usulan perbaikan 2 dibawa dari data yang digabungkan" in told
    assert any(line.endswith("(di data yang digabungkan)") for line in told)
    assert any("Digabung: orangnya terdaftar dua kali" in cell for line in lines(person) for cell in line)
    register.pairs.take_apart(merge.id)
    person.press(Key.Key_Escape)
    apart = "Dipisahkan lagi: Zulkifli (1312********0002) punya data sendiri (simpanan "
    assert any(line[2].startswith(apart) for line in lines(person))
    person.press(Key.Key_Escape)
    person.page.open(2)
    assert any(line[2].startswith("Dipisahkan lagi dari data Siti Aminah") for line in lines(person))
