"""What eyes may see: masked everywhere, shown in full by a key that is recorded, masked again on leaving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.people.masking import PROTECTED
from models.people.worker import Worker
from models.register import Register
from tests.factories import make_plan, make_register, make_worker
from tests.ui.people.clerk import CARD, Clerk, leave_pages, open_page
from tests.ui.person import CTRL, Key, Person, person_at
from ui.finder import Finder
from ui.people.worker_record import WorkerRecord
from ui.people.workers_page import WorkersPage

PASSWORD = "empat kata yang panjang"
SITI = make_worker(
    1, phone="+6281266775678", family_card=CARD, heir_nik="1312040107850009", mother_name="Rohana Aminah"
)
SECRETS = (SITI.nik, CARD, "81266775678", "0812-6677-5678", "Rohana", SITI.heir_nik)
MASKED = {
    "nik": f"1312********{SITI.nik[-4:]}",
    "family_card": f"{CARD[:4]}********{CARD[-4:]}",
    "phone": "0812****5678",
    "mother_name": "R***** A*****",
    "heir_nik": "1312********0009",
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "kecil.db")
    opened.entries.save(SITI, make_plan(opened, "SAWIT"))
    opened.entries.save(make_worker(2, name="Zulkifli", phone="+6281299990000"), None)
    opened.users.add(User("wati", Role.ADMINISTRATOR), PASSWORD)
    opened.users.add(User("budi", Role.CLERK), PASSWORD)
    opened.users.add(User("vera", Role.VERIFIER), PASSWORD)
    opened.users.log_in("vera", PASSWORD)
    yield opened
    leave_pages()
    opened.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        yield someone


def open_siti(person: Person[WorkersPage]) -> WorkerRecord:
    person.page.open(1)
    shown = person.page.record
    assert shown is not None
    return shown


def bare(text: str) -> str:
    return "".join(text.split())


def all_texts(widget: QWidget) -> str:
    """Everything that a person or a screen reader could read below a widget."""
    parts: list[str] = []
    for one in (widget, *widget.findChildren(QWidget)):
        for name in ("text", "toPlainText", "placeholderText", "title"):
            read = getattr(one, name, None)
            if callable(read):
                parts.append(str(read()))
        parts += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QListWidget):
            parts += [one.item(row).text() for row in range(one.count())]
    return bare("\n".join(parts))


def assert_hidden(widget: QWidget) -> None:
    text = all_texts(widget)
    for secret in SECRETS:
        assert bare(secret) not in text, secret


def shows(register: Register, worker: int = 1) -> list[str]:
    return [str(entry.changes[0][2]) for entry in register.audit.of("worker", worker) if entry.action == "show"]


# The record of a worker


def test_a_record_is_masked_until_a_key_shows_it_which_is_recorded_once(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    assert {name: record.form[name].text() for name in PROTECTED} == MASKED
    assert_hidden(record)
    person.press(Key.Key_T, CTRL)
    assert record.form["phone"].text() == "0812-6677-5678"
    assert record.form["mother_name"].text() == "Rohana Aminah"
    assert shows(person.register) == ["nik family_card phone mother_name heir_nik"]
    record.repaint()
    record.read_again()
    assert record.form["phone"].text() == "0812-6677-5678"
    assert len(shows(person.register)) == 1


def test_leaving_masks_it_again_and_another_visit_is_another_showing(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    person.press(Key.Key_T, CTRL)
    person.press(Key.Key_Escape)
    assert_hidden(person.page)
    record = open_siti(person)
    assert_hidden(record)
    person.press(Key.Key_T, CTRL)
    assert len(shows(person.register)) == 2
    assert person.page.leaving()
    assert_hidden(person.page)


def test_the_key_masks_again(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    person.press(Key.Key_T, CTRL)
    person.press(Key.Key_T, CTRL)
    assert_hidden(record)
    assert record.correction.changed_fields() == ()


def test_stepping_to_the_next_record_masks_both(person: Person[WorkersPage]) -> None:
    open_siti(person)
    person.press(Key.Key_T, CTRL)
    person.press(Key.Key_PageDown, CTRL)
    assert person.page.record is not None
    assert person.page.record.worker_id == 2
    assert_hidden(person.page)
    assert person.page.record.form["phone"].text() == "0812****0000"


def test_a_masked_value_must_be_shown_before_it_is_corrected(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    record.form.go_to("mother_name")
    person.type("x")
    assert record.form["mother_name"].text() == MASKED["mother_name"]
    assert "Ctrl+T" in record.form.message_bar.text
    person.press(Key.Key_T, CTRL)
    record.form.go_to("mother_name")
    person.answer("Rohani")
    person.press(Key.Key_S, CTRL)
    assert person.register.workers.get(1).mother_name == "Rohani"
    assert person.register.workers.get(1).phone == SITI.phone


def test_correcting_something_else_leaves_what_is_masked_untouched(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    record.form.go_to("jorong")
    person.answer("Koto")
    person.press(Key.Key_S, CTRL)
    saved = person.register.workers.get(1)
    assert saved.jorong == "Koto"
    assert [getattr(saved, name) for name in PROTECTED] == [getattr(SITI, name) for name in PROTECTED]
    assert_hidden(record)


def test_a_clerk_sees_why_it_stays_masked_and_types_the_whole_new_value(
    qtbot: QtBot, register: Register, tmp_path: Path
) -> None:
    register.users.log_in("budi", PASSWORD)
    with person_at(qtbot, register, tmp_path, WorkersPage) as budi:
        record = open_siti(budi)
        budi.press(Key.Key_T, CTRL)
        assert "Petugas" in record.form.message_bar.text
        assert_hidden(record)
        assert shows(register) == []
        field = record.form["phone"]
        record.form.go_to(field)
        budi.press(Key.Key_Backspace)
        assert field.text() == MASKED["phone"]
        budi.type("081266770000")
        budi.press(Key.Key_Return)
        assert record.correction.worker().phone == "+6281266770000"
        assert record.correction.changed_fields() == ("phone",)
        record.form.go_to(field)
        budi.press(Key.Key_A, CTRL)
        budi.press(Key.Key_Delete)
        budi.press(Key.Key_Return)
        assert field.text() == MASKED["phone"]
        assert record.correction.changed_fields() == ()


def test_typing_the_same_value_again_is_no_correction(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register.users.log_in("budi", PASSWORD)
    with person_at(qtbot, register, tmp_path, WorkersPage) as budi:
        record = open_siti(budi)
        record.form.go_to("family_card")
        budi.type(CARD)
        assert record.correction.changed_fields() == ()


def test_nothing_is_shown_where_the_showing_cannot_be_recorded(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    connection = person.register._file.connection
    connection.execute("PRAGMA query_only=ON").fetchall()
    person.press(Key.Key_T, CTRL)
    assert "dicatat" in record.form.message_bar.text
    assert_hidden(record)
    connection.execute("PRAGMA query_only=OFF").fetchall()


def test_the_history_masks_old_and_new_values_until_they_are_shown(person: Person[WorkersPage]) -> None:
    record = open_siti(person)
    person.press(Key.Key_T, CTRL)
    record.form.go_to("phone")
    person.answer("081211112222")
    person.press(Key.Key_S, CTRL)
    assert "0812-1111-2222" in record.history.toPlainText()
    person.press(Key.Key_T, CTRL)
    text = record.history.toPlainText()
    assert "0812****5678" in text
    assert "0812****2222" in text
    assert "1111" not in text
    assert "Ditampilkan lengkap: NIK" in text


# Lists


def test_lists_and_finding_show_no_full_number_but_find_by_it(person: Person[WorkersPage]) -> None:
    person.type(SITI.nik)
    person.sees(lambda: person.page.list.is_complete and len(person.page.list.model.ids) == 1)
    cells = person.page.list.model.cells(0)
    assert cells[0] == MASKED["nik"]
    assert not any(bare(secret) in bare("".join(cells)) for secret in SECRETS)
    finder = Finder(person.session, lambda: (), person.page)
    finder.open()
    finder.box.setText(SITI.nik)
    finder.box.edited.emit()
    assert finder.list.item(0).text().startswith("Siti Aminah")
    assert MASKED["nik"] in finder.list.item(0).text()
    assert SITI.nik not in bare(finder.list.item(0).text())


# The entry form


@pytest.fixture
def clerk(qtbot: QtBot, register: Register, tmp_path: Path) -> Clerk:
    register.users.log_in("budi", PASSWORD)
    return open_page(qtbot, register, tmp_path)


def registered(register: Register) -> Worker:
    return register.workers.get(1)


def test_a_registered_nik_brings_its_record_back_with_the_rest_masked(clerk: Clerk, register: Register) -> None:
    clerk.go_to("nik")
    clerk.type(SITI.nik)
    assert bare(clerk.text("nik")) == SITI.nik
    assert {name: clerk.text(name) for name in MASKED if name != "nik"} == {
        name: mask for name, mask in MASKED.items() if name != "nik"
    }
    clerk.press(Key.Key_T, CTRL)
    assert "Petugas" in clerk.said
    assert clerk.text("phone") == MASKED["phone"]
    assert shows(register) == []


def test_enrolling_a_known_worker_again_saves_nothing_masked(clerk: Clerk, register: Register) -> None:
    clerk.go_to("nik")
    clerk.type(SITI.nik)
    clerk.fill(scheme="SAWIT")
    clerk.fill(first_month="6/2027")
    clerk.save()
    saved = registered(register)
    assert [getattr(saved, name) for name in PROTECTED] == [getattr(SITI, name) for name in PROTECTED]


def test_a_draft_of_a_known_worker_holds_nothing_that_was_masked(clerk: Clerk, register: Register) -> None:
    clerk.go_to("nik")
    clerk.type(SITI.nik)
    clerk.fill(jorong="Koto")
    clerk.page.put_aside()
    draft = register.drafts.all()[0]
    for secret in (CARD, "Rohana", "*", SITI.heir_nik, "5678"):
        assert secret not in " ".join(draft.fields.values()), secret
    clerk.page.desk.take_up(draft)
    assert clerk.text("jorong") == "Koto"
    assert clerk.text("phone") == MASKED["phone"]
    assert clerk.page.record.worker().phone == SITI.phone


def test_another_nik_takes_the_masks_away(clerk: Clerk) -> None:
    clerk.go_to("nik")
    clerk.type(SITI.nik)
    clerk.press(Key.Key_Backspace)
    assert clerk.text("phone") == ""
    assert not clerk.form.concealed
    assert clerk.page.record.worker().mother_name == ""


def test_the_same_person_is_compared_by_true_values_behind_masks(clerk: Clerk, register: Register) -> None:
    clerk.fill(phone="081266775678", name="Siti Amina")
    clerk.fill(mother_name="Rohana Aminan")
    clerk.go_to("nik")
    clerk.type(SITI.nik)
    clerk.press(Key.Key_F6)
    shown = clerk.page.compare.shown
    assert shown is not None
    by_word = {line.word: line for line in shown.rows}
    assert by_word["No. HP"].registered == MASKED["phone"]
    assert by_word["No. HP"].is_same is True
    assert by_word["Nama ibu kandung"].registered == MASKED["mother_name"]
    assert by_word["Nama ibu kandung"].is_same is False
    clerk.enter()
    assert clerk.text("nik") == MASKED["nik"] or bare(clerk.text("nik")) == SITI.nik
    assert clerk.text("phone") == MASKED["phone"]


def test_who_may_shows_a_known_record_in_the_form_and_that_is_recorded(
    qtbot: QtBot, register: Register, tmp_path: Path
) -> None:
    vera = open_page(qtbot, register, tmp_path)
    vera.go_to("nik")
    vera.type(SITI.nik)
    assert vera.text("mother_name") == MASKED["mother_name"]
    vera.press(Key.Key_T, CTRL)
    assert vera.text("mother_name") == "Rohana Aminah"
    assert shows(register) == ["family_card phone mother_name heir_nik"]
    vera.fill(jorong="Koto")
    vera.save()
    saved = registered(register)
    assert saved.jorong == "Koto"
    assert saved.mother_name == "Rohana Aminah"


def test_the_drafts_list_masks_the_nik(clerk: Clerk) -> None:
    clerk.fill(nik=make_worker(3).nik)
    clerk.fill(name="Rosna")
    clerk.page.put_aside()
    clerk.press(Key.Key_F3)
    text = clerk.page.drafts.list.item(0).text()
    assert "Rosna" in text
    assert make_worker(3).nik not in bare(text)
    assert "1312********" in text


def test_a_correction_taken_back_comes_again_with_the_rest_masked(
    qtbot: QtBot, register: Register, tmp_path: Path
) -> None:
    vera = open_page(qtbot, register, tmp_path)
    vera.go_to("nik")
    vera.type(SITI.nik)
    vera.go_to("jorong")
    vera.press(Key.Key_A, CTRL)
    vera.type("Koto")
    vera.save()
    assert registered(register).jorong == "Koto"
    vera.press(Key.Key_U, CTRL)
    assert registered(register).jorong == "Tombang"
    assert vera.text("jorong") == "Koto"
    assert {name: vera.text(name) for name in MASKED} == MASKED
    vera.save()
    saved = registered(register)
    assert saved.jorong == "Koto"
    assert [getattr(saved, name) for name in PROTECTED] == [getattr(SITI, name) for name in PROTECTED]


def test_ones_own_new_registration_taken_back_is_what_was_typed(clerk: Clerk, register: Register) -> None:
    clerk.fill_all(family_card=CARD[:-1] + "9")
    clerk.save()
    typed = {name: bare(clerk.text(name)) for name in ("nik", "family_card", "phone", "mother_name")}
    clerk.press(Key.Key_U, CTRL)
    assert {name: bare(clerk.text(name)) for name in typed} == typed
    assert not clerk.form.concealed
