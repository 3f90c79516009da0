"""A family and who moves out of it, by keys alone, from the list of workers and from a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import Register
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.people.family_view import FamilyView
from ui.people.workers_page import WorkersPage

OLD, NEW = "1312040107120001", "1312050203150002"
FATIMAH, SITI, AMIR, YUSUF, ZUL = 1, 2, 3, 4, 5


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = make_register(tmp_path / "cakupan.db")
    people = (
        ("Fatimah", date(1965, 1, 1), OLD), ("Siti", date(1990, 1, 1), OLD), ("Amir", date(1995, 1, 1), OLD),
        ("Yusuf", date(1988, 1, 1), NEW), ("Zul", date(1988, 1, 1), ""),
    )  # fmt: skip
    for serial, (name, born_on, card) in enumerate(people, 1):
        worker = make_worker(serial, name=name, born_on=born_on, family_card=card,
                             jorong="Simpang" if card == NEW else "Tombang")  # fmt: skip
        register.entries.save(worker, make_plan(register) if name == "Siti" else None)
    yield register
    register.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        yield someone
        someone.page.closing()


def family(person: Person[WorkersPage], worker: int = SITI) -> FamilyView:
    if person.page.family is None:
        person.sees(lambda: person.page.list.is_complete)
        person.page.list.show_worker(worker)
        person.page.list.focus_table()
        person.press(Key.Key_G, CTRL)
    shown = person.page.family
    assert shown is not None
    return shown


def rows(person: Person[WorkersPage]) -> list[tuple[str, ...]]:
    table = family(person).table
    return [tuple(table.item(row, column).text() for column in (0, 5, 6)) for row in range(table.rowCount())]


def test_the_family_of_the_worker_at_the_cursor(person: Person[WorkersPage]) -> None:
    assert family(person)._count.text() == "KK 1312********0001, 3 anggota"
    assert rows(person) == [("Fatimah", "–", ""), ("Siti", "SAWIT s.d. Feb 2027", ""), ("Amir", "–", "")]
    assert family(person).current is not None
    assert family(person).current.id == SITI
    person.press(Key.Key_Escape)
    assert person.page.family is None
    assert person.page.list.table.hasFocus()


def test_from_a_record_and_back_to_it(person: Person[WorkersPage]) -> None:
    person.page.open(AMIR)
    person.press(Key.Key_G, CTRL)
    assert person.page.family is not None
    person.press(Key.Key_Up)
    person.press(Key.Key_Escape)
    assert person.page.record is not None
    assert person.page.record.worker_id == AMIR
    person.press(Key.Key_G, CTRL)
    person.press(Key.Key_Return)
    assert person.page.record is not None
    person.press(Key.Key_Escape)
    assert person.page.family is not None
    assert family(person).table.hasFocus()


def test_a_member_is_moved_from_its_record(person: Person[WorkersPage]) -> None:
    person.page.open(AMIR)
    person.press(Key.Key_M, CTRL)
    assert family(person)._who.text() == "Pindah: Amir. Tetap: Fatimah, Siti."
    person.type(NEW)
    person.press(Key.Key_Return)
    assert person.register.workers.get(AMIR).family_card == NEW
    entry = person.register.audit.of("worker", AMIR)[-1]
    assert entry.changes == (("family_card", OLD, NEW),)


def test_ctrl_t_shows_the_card_in_full_and_records_it(person: Person[WorkersPage]) -> None:
    family(person)
    person.press(Key.Key_T, CTRL)
    assert "1312 0401 0712 0001" in family(person)._count.text()
    assert person.register.audit.of("worker", FATIMAH)[-1].action == "show"


def test_two_move_to_another_card(person: Person[WorkersPage]) -> None:
    family(person)
    person.press(Key.Key_Space)
    person.press(Key.Key_Down)
    person.press(Key.Key_Space)
    assert [row[2] for row in rows(person)] == ["", "pindah", "pindah"]
    person.press(Key.Key_M, CTRL)
    person.type(NEW)
    assert family(person)._who.text() == ("Pindah: Siti, Amir. Tetap: Fatimah. Sudah ada di KK itu: Yusuf (Talu).")
    person.press(Key.Key_Tab)
    person.press(Key.Key_Space)
    person.press(Key.Key_Backtab)
    person.press(Key.Key_Return)
    assert "2 anggota pindah ke KK ini: Siti, Amir." in family(person).message.text
    assert [row[0] for row in rows(person)] == ["Yusuf", "Siti", "Amir"]
    assert person.register.workers.get(SITI).jorong == "Simpang"
    assert person.register.workers.get(FATIMAH).family_card == OLD
    person.register.undo.undo()
    person.session.tell("taken_back")
    assert [row[0] for row in rows(person)] == ["Fatimah", "Siti", "Amir"]


def test_the_nik_of_somebody_needs_a_reason(person: Person[WorkersPage]) -> None:
    family(person)
    person.press(Key.Key_M, CTRL)
    person.type(person.register.workers.get(YUSUF).nik)
    person.press(Key.Key_Return)
    assert "Ini NIK Yusuf (Talu)" in family(person).message.text
    assert family(person).reason.hasFocus()
    person.type("begitu di KK")
    person.press(Key.Key_Return)
    assert person.register.workers.get(SITI).reasons["family_card_of_nik"] == "begitu di KK"


def test_what_is_no_card_is_said_and_escape_leaves(person: Person[WorkersPage]) -> None:
    family(person)
    person.press(Key.Key_M, CTRL)
    person.type("13120")
    person.press(Key.Key_Return)
    assert "16" in family(person).message.text
    assert family(person).card.hasFocus()
    person.press(Key.Key_Escape)
    assert not family(person).is_moving
    assert family(person).table.hasFocus()


def test_who_has_no_card_gets_one(person: Person[WorkersPage]) -> None:
    assert "No. KK belum diketahui" in family(person, ZUL).message.text
    person.press(Key.Key_M, CTRL)
    person.type(OLD)
    person.press(Key.Key_Return)
    assert [row[0] for row in rows(person)] == ["Fatimah", "Zul", "Siti", "Amir"]


def test_a_clerk_moves_nobody(person: Person[WorkersPage]) -> None:
    family(person)
    person.register._file.person = User("siti", Role.CLERK)
    person.press(Key.Key_M, CTRL)
    assert "tidak mencakup" in family(person).message.text
    assert not family(person).is_moving


def test_a_merged_record_leads_to_the_one_it_went_over_into(person: Person[WorkersPage]) -> None:
    person.register.pairs.merge(SITI, ZUL, {}, {}, "KTP sama")
    person.page.open(ZUL)
    assert person.page.record is not None
    assert person.page.record.worker_id == SITI


def test_everything_has_a_name_for_a_screen_reader(person: Person[WorkersPage]) -> None:
    family(person)
    person.press(Key.Key_M, CTRL)
    for widget in family(person).findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy().value and not widget.parent().inherits("QTableWidget"):
            assert widget.accessibleName(), widget


@pytest.mark.parametrize("size", [(1258, 660), (800, 400)])
def test_it_fits_every_window(person: Person[WorkersPage], size: tuple[int, int]) -> None:
    family(person)
    person.page.resize(*size)
    person.press(Key.Key_M, CTRL)
    QApplication.processEvents()
    assert family(person).width() <= person.page.width()
    assert family(person).table.viewport().height() > family(person).fontMetrics().height()
