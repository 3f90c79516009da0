"""A clerk proposes a correction in the record; a supervisor decides on it by the keys; the clerk reads the answer."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from models.people.corrections import RequestState
from models.register import Register
from models.storage.driver import connect
from tests.factories import become, make_office, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.people.requests_page import RequestsPage
from ui.people.worker_record import WorkerRecord
from ui.people.workers_page import WorkersPage


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = make_office(tmp_path_factory.mktemp("office") / "cakupan.db")
    become(register, "siti")
    register.entries.save(make_worker(1), make_plan(register))
    register.entries.save(make_worker(2, name="Zulkifli"), None)
    register.close()
    return register.path


@pytest.fixture
def register(office: Path, tmp_path: Path) -> Iterator[Register]:
    path = tmp_path / "cakupan.db"
    shutil.copyfile(office, path)
    opened = make_register(path)
    become(opened, "siti")
    yield opened
    opened.close()


@pytest.fixture
def clerk(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        yield someone


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    """Doni; three proposals wait for him."""
    propose(register, 1, jorong="Simpang", phone="+6281266778899")
    propose(register, 2, address="Jl. Lintas Barat 12")
    propose(register, 1, work_place="Kebun Kinali")
    become(register, "doni")
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        yield someone


def propose(register: Register, worker: int, **values: object) -> int:
    changed = replace(register.workers.get(worker), **values)  # type: ignore[arg-type]
    return register.requests.propose(changed, "KTP sudah dilihat").id


def record(person: Person[WorkersPage]) -> WorkerRecord:
    assert person.page.record is not None
    return person.page.record


def requests(person: Person[WorkersPage]) -> RequestsPage:
    assert person.page.requests is not None
    return person.page.requests


def words_of(person: Person[WorkersPage]) -> list[str]:
    return [button.text().replace("&", "") for button in person.page.findChildren(QAbstractButton)]


# The clerk


def test_a_clerk_proposes_with_a_reason_instead_of_saving(clerk: Person[WorkersPage]) -> None:
    clerk.page.open(1)
    assert "Ajukan perbaikan (Ctrl+S)" in words_of(clerk)
    record(clerk).form.go_to("jorong")
    clerk.answer("Simpang")
    clerk.press(Key.Key_S, CTRL)
    assert clerk.register.requests.own() == ()
    assert record(clerk).reason.field.hasFocus()
    clerk.press(Key.Key_Return)  # without a reason nothing happens
    assert clerk.register.requests.own() == ()
    clerk.type("KTP menyebut Simpang")
    clerk.press(Key.Key_Return)
    (request,) = clerk.register.requests.own()
    assert (request.changes, request.reason) == ((("jorong", "Tombang", "Simpang"),), "KTP menyebut Simpang")
    assert clerk.register.workers.get(1).jorong == "Tombang"
    assert record(clerk).form["jorong"].text() == "Tombang"
    assert "Diajukan: Jorong." in record(clerk).form.message_bar.text
    assert "Usul perbaikan dari Siti Rahma" in record(clerk).requests.text
    assert "Jorong. Menunggu keputusan" in record(clerk).requests.text
    assert clerk.register.drafts.all("worker:1") == ()


def test_escape_goes_back_to_the_form_with_everything_still_typed(clerk: Person[WorkersPage]) -> None:
    clerk.page.open(1)
    record(clerk).form.go_to("jorong")
    clerk.answer("Simpang")
    clerk.press(Key.Key_S, CTRL)
    clerk.press(Key.Key_Escape)
    assert record(clerk).form["jorong"].text() == "Simpang"
    assert clerk.register.requests.own() == ()


def test_a_field_that_waits_already_is_refused_at_that_field(clerk: Person[WorkersPage]) -> None:
    propose(clerk.register, 1, jorong="Simpang")
    clerk.page.open(1)
    record(clerk).form.go_to("jorong")
    clerk.answer("Lain")
    clerk.press(Key.Key_S, CTRL)
    clerk.type("salah ketik")
    clerk.press(Key.Key_Return)
    assert record(clerk).form.focused is record(clerk).form["jorong"]
    assert "menunggu keputusan" in record(clerk).form.message_bar.text
    assert record(clerk).form["jorong"].text() == "Lain"


def test_the_clerk_reads_the_answer_above_the_list_in_her_list_and_in_the_record(
    clerk: Person[WorkersPage],
) -> None:
    id = propose(clerk.register, 1, jorong="Simpang")
    become(clerk.register, "doni")
    clerk.register.requests.reject(id, "KTP menyebut Tombang")
    become(clerk.register, "siti")
    clerk.page.shown()
    assert clerk.page.bar.text == "Usul perbaikan Anda: 0 menunggu; belakangan ini 0 disetujui dan 1 ditolak."
    clerk.press(Key.Key_R, CTRL)
    assert [row.cells[4] for row in requests(clerk).list.rows] == ["Ditolak"]
    assert requests(clerk).state.text().endswith(": KTP menyebut Tombang")
    clerk.press(Key.Key_Return)
    assert record(clerk).requests.text.endswith(
        "Ditolak oleh Doni Saputra, Atasan, 22/11/2026 09:00: KTP menyebut Tombang."
    )


def test_the_clerk_takes_her_proposal_back(clerk: Person[WorkersPage]) -> None:
    id = propose(clerk.register, 1, jorong="Simpang")
    clerk.press(Key.Key_R, CTRL)
    clerk.press(Key.Key_Return, CTRL)  # she cannot approve
    clerk.press(Key.Key_Delete, CTRL)
    assert clerk.register.requests.get(id).is_open
    clerk.press(Key.Key_U, CTRL)
    assert clerk.register.requests.get(id).state is RequestState.WITHDRAWN
    assert requests(clerk).message.text == "Ditarik kembali: Jorong untuk Siti Aminah."


def test_who_may_correct_saves_as_before(clerk: Person[WorkersPage]) -> None:
    become(clerk.register, "doni")
    clerk.page.open(2)
    assert "Simpan koreksi (Ctrl+S)" in words_of(clerk)
    record(clerk).form.go_to("jorong")
    clerk.answer("Simpang")
    clerk.press(Key.Key_S, CTRL)
    assert clerk.register.workers.get(2).jorong == "Simpang"


# The supervisor


def test_what_waits_is_counted_above_the_list_and_one_key_away(supervisor: Person[WorkersPage]) -> None:
    assert supervisor.page.bar.isVisible()
    assert supervisor.page.bar.text == "3 usul perbaikan menunggu keputusan Anda."
    supervisor.press(Key.Key_R, CTRL)
    assert [row.cells[1] for row in requests(supervisor).list.rows] == ["Siti Aminah", "Zulkifli", "Siti Aminah"]
    assert not supervisor.page.bar.isVisible()
    supervisor.press(Key.Key_Escape)
    assert supervisor.page.requests is None
    assert supervisor.page.bar.isVisible()


def test_old_and_new_stand_side_by_side_with_the_reason(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    page = requests(supervisor)
    assert [row.cells for row in page.values.rows] == [
        ("Jorong", "Tombang", "Simpang"),
        ("No. HP", "–", "0812****8899"),
    ]
    assert page.why.text() == "Alasan: KTP sudah dilihat (Siti Rahma, Petugas, 22/11/2026 09:00)"
    supervisor.press(Key.Key_T, CTRL)
    assert page.values.rows[1].cells[2] == "0812-6677-8899"
    assert supervisor.register.audit.of("worker", 1)[-1].action == "show"
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Up)
    assert page.values.rows[1].cells[2] == "0812****8899"


def test_one_key_approves_and_goes_on_to_the_next(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Return, CTRL)
    assert supervisor.register.workers.get(1).jorong == "Simpang"
    page = requests(supervisor)
    assert page.message.text == "Disetujui: Jorong, No. HP untuk Siti Aminah. Data sudah diperbaiki."
    assert page.name.text() == "Zulkifli"
    supervisor.press(Key.Key_Return, CTRL)
    supervisor.press(Key.Key_Return, CTRL)
    assert supervisor.register.requests.open_count() == 0
    assert page.list.rows == ()
    supervisor.press(Key.Key_Escape)
    assert not supervisor.page.bar.isVisible()


def test_rejecting_asks_for_the_reason(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Delete, CTRL)
    page = requests(supervisor)
    supervisor.press(Key.Key_Return)
    assert "Tulis alasannya" in page.message.text
    supervisor.type("KK belum dilampirkan")
    supervisor.press(Key.Key_Return)
    (rejected,) = supervisor.register.requests.of_worker(2)
    assert (rejected.state, rejected.decided_by, rejected.decision) == (
        RequestState.REJECTED, "doni", "KK belum dilampirkan",
    )  # fmt: skip
    assert page.message.text.startswith("Ditolak: Alamat (jalan, RT/RW) untuk Zulkifli. Siti Rahma membaca")
    assert page.list.hasFocus()


def test_escape_gives_up_rejecting_first(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Delete, CTRL)
    supervisor.type("bel")
    supervisor.press(Key.Key_Escape)
    assert requests(supervisor).list.hasFocus()
    supervisor.press(Key.Key_Escape)
    assert supervisor.page.requests is None
    assert supervisor.register.requests.open_count() == 3


def test_what_was_corrected_meanwhile_is_said_and_refused(supervisor: Person[WorkersPage]) -> None:
    register = supervisor.register
    register.workers.correct(replace(register.workers.get(1), jorong="Lubuk"))
    supervisor.press(Key.Key_R, CTRL)
    page = requests(supervisor)
    assert page.state.text() == "Sudah diperbaiki orang lain setelah diajukan: Jorong. Usul ini hanya bisa ditolak."
    supervisor.press(Key.Key_Return, CTRL)
    assert page.message.text.startswith("Jorong: Isian ini sudah diperbaiki setelah usul diajukan")
    assert register.workers.get(1).jorong == "Lubuk"


def test_what_the_rules_say_against_it_is_shown_before_anybody_decides(supervisor: Person[WorkersPage]) -> None:
    become(supervisor.register, "siti")
    propose(supervisor.register, 2, nik=make_worker(7).nik)
    become(supervisor.register, "doni")
    supervisor.register.entries.save(make_worker(7, name="Orang Lain"), None)
    supervisor.press(Key.Key_R, CTRL)
    for _row in range(3):
        supervisor.press(Key.Key_Down)
    assert requests(supervisor).state.text().startswith("NIK: ")
    supervisor.press(Key.Key_Return, CTRL)
    assert supervisor.register.requests.open_count() == 4


def test_enter_opens_the_record_and_the_list_stays_where_it_was(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Return)
    assert record(supervisor).worker_id == 2
    assert "Menunggu keputusan" in record(supervisor).requests.text


def test_a_file_that_does_not_answer_is_said_and_the_next_key_tries_again(supervisor: Person[WorkersPage]) -> None:
    said: list[str] = []
    supervisor.session.said.connect(said.append)
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Escape)
    supervisor.register._file.connection.execute("PRAGMA busy_timeout=0")
    with contextlib.closing(connect(supervisor.register.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        supervisor.press(Key.Key_R, CTRL)
        assert "dipakai program lain" in requests(supervisor).message.text
        supervisor.press(Key.Key_Return, CTRL)
        assert "dipakai program lain" in requests(supervisor).message.text
        supervisor.page.open(1)
        assert "dipakai program lain" in said[-1]
        other.execute("ROLLBACK")
    supervisor.press(Key.Key_R, CTRL)
    supervisor.press(Key.Key_Return, CTRL)
    assert supervisor.register.requests.open_count() == 2


def test_buttons_and_keys_have_names_and_their_own_letters(supervisor: Person[WorkersPage]) -> None:
    supervisor.press(Key.Key_R, CTRL)
    QApplication.processEvents()
    page = requests(supervisor)
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert all(one.accessibleName() for one in buttons)
    letters = [one.text()[one.text().index("&") + 1].lower() for one in buttons if "&" in one.text()]
    assert len(letters) == len(set(letters)) > 3
    assert page.list.accessibleName() == "Usul perbaikan yang menunggu"
    assert page.values.accessibleName() == "Nilai lama dan baru"
