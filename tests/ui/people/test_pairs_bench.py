"""The bench of doubtful pairs, by keys alone: compare, merge field by field, part for good, later, take back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.language import translate
from models.offices.users import Role, User
from models.people.pairs import DoubtfulPair, PairState
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.people.pairs.bench import PairsBench
from ui.people.pairs.wanted import PairsWanted
from ui.people.workers_page import WorkersPage
from ui.taking_back import TakingBack

SITI, SITTI, YUSUF, JUSUF = 1, 2, 3, 4
PAIRS = (
    DoubtfulPair(SITI, SITTI, 97.0, ("NIK differs in one digit",)),
    DoubtfulPair(YUSUF, JUSUF, 88.0, ("same birth date, similar name",)),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = make_register(tmp_path / "cakupan.db")
    register.entries.save(make_worker(1, phone="+6281266778899"), make_plan(register))
    second = make_worker(2, name="Sitti Aminah", family_card="1312040509120004", mother_name="Rohanah")
    register.entries.save(second, make_plan(register))
    for serial, name in ((3, "Yusuf"), (4, "Jusuf")):
        register.entries.save(make_worker(serial, name=name, born_on=date(1980, 3, 4)), None)
    yield register
    register.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        someone.page.show_target(PairsWanted(PAIRS))
        yield someone
        someone.page.closing()


def bench(person: Person[WorkersPage]) -> PairsBench:
    shown = person.page.pairs
    assert shown is not None
    return shown


def rows(person: Person[WorkersPage]) -> list[tuple[str, ...]]:
    return [row.cells for row in bench(person).list.rows]


def sides(person: Person[WorkersPage]) -> dict[str, tuple[str, ...]]:
    table = bench(person).merging.table if bench(person).is_merging else bench(person).sides
    return {row.cells[0]: row.cells[1:] for row in table.rows}


def said(person: Person[WorkersPage]) -> str:
    return bench(person).message.text


def go_to(person: Person[WorkersPage], word: str) -> None:
    """With the arrows to the line of a word."""
    words = list(sides(person))
    person.press(Key.Key_Home, CTRL)
    for _ in range(words.index(word)):
        person.press(Key.Key_Down)


def test_the_best_pair_stands_first_beside_its_differences(person: Person[WorkersPage]) -> None:
    assert rows(person) == [("97 %", "Siti Aminah", "Sitti Aminah", ""), ("88 %", "Yusuf", "Jusuf", "")]
    assert bench(person).count.text() == "2 pasangan belum diputuskan"
    why = translate(PAIRS[0].reasons[0])
    assert bench(person).why.text() == f"Mengapa ditanyakan: {why}. 3 isian berbeda."
    assert sides(person)["NIK"] == ("1312********0001", "1312********0002", "berbeda di angka ke-16")
    assert sides(person)["Nama lengkap"] == ("Siti Aminah", "Sitti Aminah", "berbeda")
    assert sides(person)["No. KK"] == ("–", "1312********0004", "satu sisi saja")
    assert sides(person)["Nama ibu kandung"] == ("R*****", "R*****", "berbeda (tampak dengan Ctrl+T)")
    assert sides(person)["Jorong"] == ("Tombang", "Tombang", "sama")
    assert sides(person)["Kepesertaan"][0] == "SAWIT, Des 2026 – Feb 2027, Terdaftar"


def test_ctrl_t_shows_both_in_full_and_the_next_pair_masked_again(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_T, CTRL)
    assert sides(person)["Nama ibu kandung"][:2] == ("Rohana", "Rohanah")
    assert [entry.action for entry in person.register.audit.of("worker", SITTI)][-1] == "show"
    person.press(Key.Key_Down)
    person.press(Key.Key_Up)
    assert sides(person)["Nama ibu kandung"][:2] == ("R*****", "R*****")


def test_who_leaves_the_page_or_locks_it_leaves_masks(person: Person[WorkersPage]) -> None:
    for leave in (person.page.leaving, person.page.keep):
        person.press(Key.Key_T, CTRL)
        assert sides(person)["Nama ibu kandung"][0] == "Rohana"
        leave()
        assert sides(person)["Nama ibu kandung"][0] == "R*****"


def test_the_keys_of_the_list_behind_it_do_nothing(person: Person[WorkersPage]) -> None:
    person.page.list.table.selectAll()
    person.press(Key.Key_C, CTRL)
    person.press(Key.Key_P, CTRL)
    assert person.wanted == []
    assert [entry.action for entry in person.register.audit.of("list", 0)] == []


def test_a_pair_is_merged_field_by_field(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_S)
    assert sides(person)["No. KK"][2] == "dari kanan", "what one side lacks comes from the other"
    assert "Ikut pindah: 1 kepesertaan. " in bench(person).merging._carried.text()
    go_to(person, "Nama lengkap")
    person.press(Key.Key_Right)
    assert sides(person)["Nama lengkap"][2] == "dari kanan"
    person.press(Key.Key_Space)
    assert sides(person)["Nama lengkap"][2] == "dari kiri"
    person.press(Key.Key_Space)
    go_to(person, "Bulan sama: mana yang berlaku?")
    person.press(Key.Key_Right)
    assert sides(person)["Bulan sama: mana yang berlaku?"][2] == "kanan berlaku, kiri dibatalkan"
    person.press(Key.Key_Return)
    person.answer("1")
    worker = person.register.workers.get(SITI)
    assert (worker.name, worker.family_card) == ("Sitti Aminah", "1312040509120004")
    assert person.register.enrolments.get(1).state is EnrolmentState.CANCELLED
    assert person.register.pairs.merges_of(SITI)[0].reason == "KTP yang sama ditunjukkan"
    assert said(person) == "Digabung: Siti Aminah dan Sitti Aminah sekarang satu data. Ctrl+Z membatalkannya."
    assert rows(person)[1][3] == "digabung"
    assert bench(person).current == PAIRS[1], "goes on with the next one"
    assert bench(person).list.hasFocus()


def test_the_other_record_may_be_the_one_that_stays(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_S)
    person.press(Key.Key_Right)
    assert bench(person).merging.kept == SITTI
    assert sides(person)["No. HP"][2] == "dari kiri", "still what the other one lacks"
    person.press(Key.Key_Return)
    person.answer("KTP dibawa")
    assert person.register.pairs.kept_of(SITI) == SITTI
    assert person.register.workers.get(SITTI).phone == "+6281266778899"


def test_without_a_reason_nothing_is_merged(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_S)
    person.press(Key.Key_Return)
    person.press(Key.Key_Return)
    assert "Tuliskan dari mana" in said(person)
    assert person.register.workers.count() == 4
    person.press(Key.Key_Escape)
    assert bench(person).is_merging
    person.press(Key.Key_Escape)
    assert not bench(person).is_merging
    assert bench(person).list.hasFocus()
    person.press(Key.Key_Escape)
    assert person.page.pairs is None


def test_two_who_are_two_are_parted_with_a_usual_reason(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_B)
    assert "1 kembar" in bench(person).reason.usual.text()
    person.answer("1")
    decided = person.register.pairs.decided(SITI, SITTI)
    assert decided is not None
    assert decided.reason == "kembar"
    assert rows(person)[1][3] == "dua orang"
    assert bench(person).count.text() == "1 pasangan belum diputuskan"


def test_ctrl_z_takes_the_last_decision_back(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_B)
    person.answer("kakak adik")
    person.press(Key.Key_S)
    person.press(Key.Key_Return)
    person.answer("4")
    assert bench(person).undecided == 0
    person.press(Key.Key_Z, CTRL)
    assert person.register.workers.count() == 4
    assert bench(person).current == PAIRS[1]
    assert said(person) == "Dibatalkan: Yusuf dan Jusuf kembali belum diputuskan."
    person.press(Key.Key_Z, CTRL)
    assert person.register.pairs.all_not_same() == frozenset()
    assert bench(person).undecided == 2
    person.press(Key.Key_Z, CTRL)
    assert said(person) == "Belum ada yang diputuskan di sini."


def test_ctrl_z_in_the_reason_belongs_to_the_text(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_B)
    person.answer("kembar")
    person.press(Key.Key_B)
    person.type("ayah")
    person.press(Key.Key_Z, CTRL)
    assert person.register.pairs.decided(SITI, SITTI) is not None


def test_later_comes_last_and_can_be_taken_back(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_L)
    assert rows(person)[1] == ("97 %", "Siti Aminah", "Sitti Aminah", "lain kali")
    assert bench(person).current == PAIRS[1]
    assert bench(person).undecided == 2
    person.press(Key.Key_Z, CTRL)
    assert rows(person)[0] == ("97 %", "Siti Aminah", "Sitti Aminah", "")


def test_what_was_decided_elsewhere_is_seen(person: Person[WorkersPage]) -> None:
    person.register.pairs.not_same(SITI, SITTI, "kembar")
    person.session.tell("taken_back")
    assert bench(person).undecided == 1
    assert bench(person)._hand.state(PAIRS[0]) is PairState.NOT_SAME


def test_a_clerk_parts_but_does_not_merge(person: Person[WorkersPage]) -> None:
    person.register._file.person = User("siti", Role.CLERK)
    person.press(Key.Key_S)
    assert not bench(person).is_merging
    assert "tidak mencakup" in said(person)
    person.press(Key.Key_B)
    person.answer("2")
    assert person.register.pairs.decided(SITI, SITTI) is not None


def test_the_register_is_looked_through_in_the_background(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Escape)
    person.page.list.focus_table()
    person.press(Key.Key_D, CTRL)
    person.press(Key.Key_F5)
    person.sees(lambda: not bench(person)._search.is_running)
    found = bench(person)._hand.listed
    assert {(pair.one, pair.other) for pair in found} >= {(SITI, SITTI)}
    assert bench(person).undecided == len(found)


def test_a_third_record_of_the_person_is_asked_about_next(person: Person[WorkersPage]) -> None:
    third = DoubtfulPair(SITTI, YUSUF, 60.0, ("same nagari, similar name and birth date",))
    person.page.show_target(PairsWanted((PAIRS[0], third)))
    person.press(Key.Key_S)
    person.press(Key.Key_Return)
    person.answer("1")
    assert rows(person)[0] == ("60 %", "Siti Aminah", "Yusuf", "")
    assert bench(person).undecided == 1
    person.press(Key.Key_Z, CTRL)
    assert [row[1:3] for row in rows(person)] == [("Siti Aminah", "Sitti Aminah"), ("Sitti Aminah", "Yusuf")]


def test_an_earlier_decision_is_taken_back(person: Person[WorkersPage]) -> None:
    person.register.pairs.not_same(YUSUF, JUSUF, "kembar")
    merge = person.register.pairs.merge(SITI, SITTI, {}, {1: "kept"}, "KTP sama")
    person.press(Key.Key_F3)
    table = bench(person).decisions.table
    assert [row.cells[1:] for row in table.rows] == [
        ("rina", "digabung", "Siti Aminah", "Sitti Aminah", "KTP sama"),
        ("rina", "dua orang", "Yusuf", "Jusuf", "kembar"),
    ]
    person.press(Key.Key_S)
    assert not bench(person).is_merging, "letters decide only where the pairs stand"
    person.press(Key.Key_Delete)
    assert person.register.pairs.get(merge.id).is_taken_apart
    assert said(person) == "Dipisahkan: Siti Aminah dan Sitti Aminah punya data sendiri lagi."
    person.press(Key.Key_Delete)
    assert person.register.pairs.all_not_same() == frozenset()
    assert not table.rows
    person.press(Key.Key_Escape)
    assert bench(person).undecided == 2
    assert bench(person).list.hasFocus()


def test_what_cannot_be_taken_apart_is_said(person: Person[WorkersPage]) -> None:
    person.register.pairs.merge(SITI, SITTI, {}, {1: "kept"}, "KTP sama")
    person.register.workers.correct(replace(person.register.workers.get(SITI), jorong="Padang"))
    person.press(Key.Key_F3)
    person.press(Key.Key_Delete)
    assert "data pekerja diubah oleh rina pada 22/11/2026" in said(person)
    assert len(bench(person).decisions.table.rows) == 1


def test_ctrl_alt_z_names_a_merging_and_a_decision(person: Person[WorkersPage]) -> None:
    register = person.register
    heard: list[str] = []
    person.session.said.connect(heard.append)
    taking_back = TakingBack(person.session)
    register.pairs.not_same(YUSUF, JUSUF, "kembar")
    register.pairs.merge(SITI, SITTI, {}, {1: "kept"}, "KTP sama")
    taking_back.undo()
    assert "penggabungan dua data Siti Aminah" in heard[-1]
    assert bench(person).undecided == 1
    taking_back.redo()
    assert register.pairs.kept_of(SITTI) == SITI
    taking_back.undo()
    taking_back.undo()
    assert "keputusan tentang dua orang yang mirip" in heard[-1]
    assert bench(person).undecided == 2


def test_a_stopped_look_says_how_to_begin_again(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_F5)
    bench(person).stop_looking()
    assert "F5" in said(person)
    assert tuple(bench(person)._hand.listed) == PAIRS, "what was there before stays"


def test_looking_again_drops_the_answer_of_before(person: Person[WorkersPage]) -> None:
    for _ in range(3):
        person.press(Key.Key_F5)
    person.sees(lambda: not bench(person)._search.is_running)
    assert "F5" not in said(person)
    assert bench(person)._looking.isHidden()
    person.press(Key.Key_F5)
    person.page.show_target(PairsWanted(PAIRS[1:]))
    person.sees(lambda: not bench(person)._search._background.is_busy)
    assert [row[1] for row in rows(person)] == ["Yusuf"], "who asked for certain pairs keeps them"


def test_enter_opens_the_record_and_escape_leads_back_to_the_pair(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    assert person.page.record is not None
    assert person.page.record.worker_id == YUSUF
    person.press(Key.Key_Escape)
    assert bench(person).current == PAIRS[1]
    assert bench(person).list.hasFocus()


def test_everything_has_a_name_for_a_screen_reader(person: Person[WorkersPage]) -> None:
    for key in (None, Key.Key_S, Key.Key_Return):
        if key is not None:
            person.press(key)
        for widget in bench(person).findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy().value and not widget.parent().inherits("QTableWidget"):
                assert widget.accessibleName(), widget
    letters = [button.text() for button in bench(person).findChildren(QPushButton) if button.isVisible()]
    marked = [text[text.index("&") + 1].casefold() for text in letters if "&" in text]
    assert len(marked) == len(set(marked))


@pytest.mark.parametrize("size", [(1258, 660), (800, 400), (560, 330)])
def test_it_fits_every_window(person: Person[WorkersPage], size: tuple[int, int]) -> None:
    person.page.resize(*size)
    QApplication.processEvents()
    person.press(Key.Key_S)
    QApplication.processEvents()
    assert bench(person).width() <= person.page.width()
    assert bench(person).merging.table.viewport().height() > bench(person).fontMetrics().height()
