"""The workers page as somebody uses it who has only a keyboard: searching, narrowing, ordering, choosing, copying."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.people.lines import WorkerFilter, WorkerOrder
from models.register import Register
from tests.benchmarks.big_file import big_file
from tests.factories import NOW, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.papers.wanted import LettersWanted
from ui.people.workers_page import WorkersPage
from ui.people.workers_table import PAGE, Column
from ui.places import Place
from ui.preferences import Preferences
from ui.schemes.life.wanted import WaitingWanted

SHIFT = Qt.KeyboardModifier.ShiftModifier
MANY = 5_000
PEOPLE = (  # name, nagari, scheme
    ("Siti Rahmi", "13.12.04.2002", "SAWIT"),
    ("Ali Nasution", "13.12.05.2001", ""),
    ("Budi Rahmi", "13.12.04.2002", ""),
    ("Zulkifli", "13.12.05.2001", "CSR"),
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return big_file(MANY, tmp_path_factory.mktemp("many") / "many.db")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "kecil.db")
    for serial, (name, nagari, scheme) in enumerate(PEOPLE, 1):
        plan = make_plan(opened, scheme) if scheme else None
        opened.entries.save(make_worker(serial, name=name, nagari=nagari), plan)
    yield opened
    opened.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        yield someone


@pytest.fixture
def many_register(many: Path, tmp_path: Path) -> Iterator[Register]:
    opened = make_register(Path(shutil.copyfile(many, tmp_path / "many.db")))
    yield opened
    opened.close()


@pytest.fixture
def reader(qtbot: QtBot, many_register: Register, tmp_path: Path) -> Iterator[Person[WorkersPage]]:
    """In front of a long list."""
    with person_at(qtbot, many_register, tmp_path, WorkersPage) as someone:
        someone.sees(lambda: someone.page.list.is_complete)
        yield someone


def names(person: Person[WorkersPage]) -> list[str]:
    """As they stand in the table, once all of them stand there."""
    person.sees(lambda: person.page.list.is_complete)
    model = person.page.list.model
    return [model.cells(row)[Column.NAME] for row in range(model.rowCount())]


def search(person: Person[WorkersPage], text: str) -> None:
    person.press(Key.Key_F, CTRL)
    person.press(Key.Key_A, CTRL)
    person.type(text)


# Searching and narrowing


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rahmi", ["Budi Rahmi", "Siti Rahmi"]),
        ("ali", ["Ali Nasution"]),
        ("sit", ["Siti Rahmi"]),
        ("1312044107850003", ["Budi Rahmi"]),
        ("talu", ["Budi Rahmi", "Siti Rahmi"]),
    ],
)
def test_each_key_narrows_the_list(person: Person[WorkersPage], typed: str, found: list[str]) -> None:
    for place, letter in enumerate(typed, 1):
        if place == 1:
            person.press(Key.Key_F, CTRL)
        person.type(letter)
    assert names(person) == found
    assert person.page.list.count.text() == f"{len(found)} pekerja ditemukan"


def test_the_page_begins_in_the_search_field_with_everybody_in_the_list(person: Person[WorkersPage]) -> None:
    assert person.page.list.filter.search.hasFocus()
    assert names(person) == sorted(name for name, _nagari, _scheme in PEOPLE)
    assert person.page.list.count.text() == "4 pekerja"


def test_down_leads_into_the_table_and_escape_back_to_the_search(person: Person[WorkersPage]) -> None:
    search(person, "rahmi")
    person.press(Key.Key_Down)
    names(person)
    table = person.page.list.table
    assert table.hasFocus()
    assert table.currentIndex().row() == 0
    assert table.chosen_count() == 1
    person.press(Key.Key_Escape)
    assert person.page.list.filter.search.hasFocus()
    person.press(Key.Key_Escape)
    assert person.page.list.filter.search.text() == ""
    assert len(names(person)) == len(PEOPLE)


def test_enter_opens_the_only_one_found_even_when_it_comes_before_the_answer(person: Person[WorkersPage]) -> None:
    search(person, "zulkifli")
    person.press(Key.Key_Return)
    person.sees(lambda: person.page.record is not None)
    assert person.page.record is not None
    assert person.page.record.correction.base.name == "Zulkifli"


def test_letters_typed_over_the_table_begin_a_search(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Down)
    person.type("z")
    assert person.page.list.filter.search.text() == "z"
    person.type("u")
    assert names(person) == ["Zulkifli"]


def test_kecamatan_nagari_scheme_and_standing_narrow_the_list(person: Person[WorkersPage]) -> None:
    page = person.page
    for field, typed, found in (
        ("kecamatan", "kin", ["Ali Nasution", "Zulkifli"]),
        ("nagari", "talu", ["Budi Rahmi", "Siti Rahmi"]),
        ("scheme", "csr", ["Zulkifli"]),
        ("standing", "terd", ["Siti Rahmi", "Zulkifli"]),
        ("standing", "belum", ["Ali Nasution", "Budi Rahmi"]),
    ):
        page.list.filter.clear()
        getattr(page.list.filter, field).setFocus()
        person.type(typed)
        assert names(person) == found, (field, typed)


def test_a_kecamatan_leaves_only_its_nagari_to_choose_from(person: Person[WorkersPage]) -> None:
    filters = person.page.list.filter
    filters.nagari.setFocus()
    person.type("talu")
    filters.kecamatan.setFocus()
    person.type("kinali")
    assert filters.nagari.text() == ""
    assert {choice.note for choice in filters.nagari.choices()} == {"Kinali"}
    assert names(person) == ["Ali Nasution", "Zulkifli"]


def test_nobody_found_says_what_to_do_and_one_button_brings_all_back(person: Person[WorkersPage]) -> None:
    search(person, "xqz")
    assert names(person) == []
    page = person.page.list
    assert page._nobody.isVisible()
    assert "saringan" in page._nobody.sentence.text()
    QTest.mouseClick(page._clear_here, Qt.MouseButton.LeftButton)
    assert len(names(person)) == len(PEOPLE)
    assert page.filter.search.hasFocus()


def test_an_empty_register_says_where_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    register = make_register(tmp_path / "kosong.db")
    with person_at(qtbot, register, tmp_path, WorkersPage) as someone:
        page = someone.page.list
        assert page._nobody.isVisible()
        assert "Entri" in page._nobody.sentence.text()
        assert not page._clear_here.isVisible()
    register.close()


def test_an_answer_that_comes_late_is_dropped(reader: Person[WorkersPage]) -> None:
    search(reader, "siti")
    reader.press(Key.Key_A, CTRL)
    reader.type("zulkifli")
    reader.sees(lambda: reader.page.list.is_complete)
    QApplication.processEvents()
    expected = reader.register.workers.ids(WorkerFilter(text="zulkifli"))
    assert reader.page.list.model.ids == expected
    assert len(expected) > 0


# Order


def test_headers_order_the_list_and_turn_it_round(person: Person[WorkersPage]) -> None:
    page = person.page.list
    page.table.horizontalHeader().sectionClicked.emit(Column.NIK)
    assert names(person) == [name for name, _nagari, _scheme in PEOPLE]
    page.table.horizontalHeader().sectionClicked.emit(Column.NIK)
    assert names(person) == [name for name, _nagari, _scheme in reversed(PEOPLE)]
    assert page.table.horizontalHeader().sortIndicatorSection() == Column.NIK
    page.table.horizontalHeader().sectionClicked.emit(Column.BORN_ON)
    assert page.table.horizontalHeader().sortIndicatorSection() == Column.NIK


@pytest.mark.parametrize(("key", "order"), [(Key.Key_2, WorkerOrder.NIK), (Key.Key_5, WorkerOrder.NEWEST)])
def test_a_key_orders_the_list_too(person: Person[WorkersPage], key: Key, order: WorkerOrder) -> None:
    person.press(key, CTRL | SHIFT)
    assert person.page.list.order is order
    expected = person.register.workers.ids(WorkerFilter(order=order))
    names(person)
    assert person.page.list.model.ids == expected


# A long list


def test_only_the_pages_looked_at_are_fetched(reader: Person[WorkersPage]) -> None:
    page = reader.page.list
    assert page.model.rowCount() == MANY
    QApplication.processEvents()
    assert page.model.pages_read == 1
    page.table.scrollTo(page.model.index(MANY - 1, 0))
    QApplication.processEvents()
    page.table.viewport().repaint()
    assert page.model.pages_read <= 3
    assert page.model.cells(MANY - 1)[Column.NAME]


def test_the_list_in_the_table_is_the_list_of_the_register(reader: Person[WorkersPage]) -> None:
    ids = reader.register.workers.ids(WorkerFilter())
    assert reader.page.list.model.ids == ids
    for row in (0, PAGE - 1, PAGE, 3 * PAGE + 7, MANY - 1):
        assert reader.page.list.model.cells(row)[Column.NAME] == reader.register.workers.get(ids[row]).name


def test_ctrl_a_chooses_the_whole_narrowed_list_without_fetching_it(reader: Person[WorkersPage]) -> None:
    search(reader, "siti")
    reader.press(Key.Key_Down)
    reader.sees(lambda: reader.page.list.is_complete)
    read = reader.page.list.model.pages_read
    reader.press(Key.Key_A, CTRL)
    expected = reader.register.workers.ids(WorkerFilter(text="siti"))
    assert len(expected) > PAGE // 2
    assert reader.page.list.table.chosen_ids() == expected
    assert reader.page.list.model.pages_read == read
    assert f"{len(expected)} dipilih" in reader.page.list.count.text()
    table = reader.page.list.table
    assert table.horizontalHeader().selectionModel() is not table.selectionModel()  # it would look at every row


def test_all_chosen_while_the_list_is_still_being_read_is_all_of_it(
    qtbot: QtBot, many_register: Register, tmp_path: Path
) -> None:
    with person_at(qtbot, many_register, tmp_path, WorkersPage) as someone:
        someone.page.list.load()
        someone.page.list.table.setFocus()
        assert not someone.page.list.is_complete
        someone.press(Key.Key_A, CTRL)
        someone.sees(lambda: someone.page.list.is_complete)
        assert someone.page.list.table.chosen_count() == MANY


def test_ctrl_shift_end_and_home_choose_to_the_end_and_the_beginning(reader: Person[WorkersPage]) -> None:
    page = reader.page.list
    page.focus_table()
    page.table.go_to_row(100)
    reader.press(Key.Key_End, CTRL | SHIFT)
    assert page.count.text() == "5.000 pekerja, 4.900 dipilih"
    assert list(page.table.chosen_ids()) == list(page.model.ids[100:])
    reader.press(Key.Key_Home, CTRL | SHIFT)
    assert page.count.text() == "5.000 pekerja, 101 dipilih"
    reader.press(Key.Key_PageDown, SHIFT)
    reader.press(Key.Key_End)
    assert page.table.chosen_count() == 1


def test_buttons_enrol_the_chosen_and_put_them_on_a_waiting_list(person: Person[WorkersPage]) -> None:
    names(person)
    by_words = {one.accessibleName(): one for one in person.page.list.buttons}
    person.page.list.focus_table()
    person.press(Key.Key_A, CTRL)
    by_words["Daftar tunggu (Ctrl+Shift+W)"].click()
    place, wanted = person.wanted[-1]
    assert place == Place.SCHEMES
    assert isinstance(wanted, WaitingWanted)
    assert len(wanted.workers) == len(PEOPLE)
    by_words["Daftarkan (Ctrl+Shift+E)"].click()
    assert person.page.enrolling is not None
    assert person.page.enrolling._title.text() == "Daftarkan 4 pekerja"


@pytest.mark.parametrize("width", [1258, 760, 560])
def test_the_buttons_below_the_list_are_whole_at_any_width(person: Person[WorkersPage], width: int) -> None:
    names(person)
    person.page.resize(width, 480)
    QApplication.processEvents()
    assert person.page.width() == width
    for one in person.page.list.buttons:
        assert one.width() >= one.sizeHint().width()
        right = one.mapTo(person.page, one.rect().topRight()).x()
        assert 0 < right < width


def test_home_and_end_go_to_the_first_and_the_last(reader: Person[WorkersPage]) -> None:
    reader.press(Key.Key_Down)
    reader.press(Key.Key_End)
    assert reader.page.list.table.currentIndex().row() == MANY - 1
    reader.press(Key.Key_Home)
    assert reader.page.list.table.currentIndex().row() == 0


# What is done with the chosen ones


def test_the_chosen_workers_go_to_the_papers_page(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_Down, SHIFT)
    person.press(Key.Key_P, CTRL)
    place, wanted = person.wanted[-1]
    assert place == Place.PAPERS
    assert isinstance(wanted, LettersWanted)
    assert list(wanted.workers) == list(person.page.list.model.ids[:2])


def test_nothing_chosen_asks_to_choose(person: Person[WorkersPage]) -> None:
    said: list[str] = []
    person.session.said.connect(said.append)
    person.press(Key.Key_P, CTRL)
    assert person.wanted == []
    assert "Pilih" in said[-1]


def test_copied_rows_are_tabs_and_the_nik_is_masked(person: Person[WorkersPage]) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_A, CTRL)
    person.press(Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines.pop() == f"Disalin oleh rina pada 22/11/2026 09.00, {len(PEOPLE)} baris"
    assert len(lines) == len(PEOPLE) + 1
    assert lines[0].split("\t")[:2] == ["NIK", "Nama"]
    assert lines[1].split("\t")[:3] == ["1312********0002", "Ali Nasution", "01/07/1985"]
    assert all(len(line.split("\t")) == len(Column) for line in lines)
    assert not re.search(r"\d{16}", "".join(lines))


def test_very_many_rows_are_copied_in_the_background(reader: Person[WorkersPage]) -> None:
    QGuiApplication.clipboard().clear()
    reader.press(Key.Key_Down)
    reader.press(Key.Key_A, CTRL)
    reader.press(Key.Key_C, CTRL)
    reader.sees(lambda: QGuiApplication.clipboard().text().count("\n") == MANY + 1)
    assert not re.search(r"\d{16}", QGuiApplication.clipboard().text())


def test_the_table_never_shows_a_whole_nik(person: Person[WorkersPage]) -> None:
    search(person, make_worker(1).nik)
    names(person)
    model = person.page.list.model
    roles = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
             Qt.ItemDataRole.EditRole]  # fmt: skip
    shown = [str(model.data(model.index(0, column), int(role))) for column in Column for role in roles]
    assert shown[0] == "1312********0001"
    assert not any("1312044107850001" in text.replace(" ", "") for text in shown)


def test_a_standing_has_an_icon_and_a_word(person: Person[WorkersPage]) -> None:
    names(person)
    model = person.page.list.model
    words = {model.cells(row)[Column.STANDING] for row in range(model.rowCount())}
    assert words == {"Terdaftar", "Belum terdaftar"}
    for row in range(model.rowCount()):
        icon = model.data(model.index(row, Column.STANDING), int(Qt.ItemDataRole.DecorationRole))
        assert icon is not None
    assert model.data(model.index(0, Column.NAME), int(Qt.ItemDataRole.DecorationRole)) is None


def test_widths_are_kept_for_the_next_time_and_grow_with_the_text(
    qtbot: QtBot, register: Register, tmp_path: Path, person: Person[WorkersPage]
) -> None:
    person.page.list.table.setColumnWidth(Column.NAME, 333)
    assert Preferences(tmp_path / "window.ini").column_widths("workers")
    with person_at(qtbot, register, tmp_path, WorkersPage) as again:
        width = again.page.list.table.columnWidth(Column.NAME)
        assert abs(width - 333) <= 2
        font = again.page.list.table.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        again.page.list.table.setFont(font)
        assert again.page.list.table.columnWidth(Column.NAME) > 1.3 * width


def test_a_change_elsewhere_is_read_when_the_page_comes_back(person: Person[WorkersPage]) -> None:
    person.page.hide()
    person.register.entries.save(make_worker(9, name="Baru Sekali"), None)
    person.session.tell("workers")
    person.page.show()
    person.page.shown()
    assert "Baru Sekali" in names(person)


def test_the_clock_of_the_session_says_which_month_a_standing_is_asked_about(person: Person[WorkersPage]) -> None:
    assert (person.page.list.month.year, person.page.list.month.month) == (NOW.year, NOW.month)
