"""The coverage page says what the model says, and where each number comes from."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from models.people.worker import Segment
from models.values.formats import number, percent
from models.values.months import Month
from tests.ui.person import ALT, CTRL, Key, Person
from ui.coverage import words
from ui.coverage.page import CoveragePage
from ui.fields.letters import letters_in
from ui.look.palette import DARK
from ui.look.style import Theme, apply_look
from ui.papers.wanted import SummaryWanted

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


def figure(person: Person[CoveragePage]) -> str:
    return person.page.overview.number.figure.text()


def test_the_number_stands_there_with_whom_and_how(supervisor: Person[CoveragePage]) -> None:
    card = supervisor.page.overview.number
    point = supervisor.register.coverage.district(NOVEMBER)
    assert figure(supervisor) == percent(point.share) == "33,51\u00a0%"
    assert card.people.text() == "53.616 dari 160.000 potensi pekerja"
    assert card.reckoning.text().startswith("(53.611 + 5 − 0) : 160.000 = 33,51\u00a0%")
    assert "30 Juni 2026, BPS, Sakernas 2025" in card.origins.text()
    assert "53.611 orang, 31 Oktober 2026, BPJS Bukittinggi" in card.origins.text()


def test_the_gap_is_told_in_points_and_people_with_day_and_source(supervisor: Person[CoveragePage]) -> None:
    lines = [line.text() for line in supervisor.page.overview.targets.lines]
    assert lines == [
        "51,40\u00a0% paling lambat 31 Desember 2026: kurang 17,89 poin persen atau 28.624 orang",
        "Bupati",
        "65,00\u00a0% paling lambat 31 Desember 2029: kurang 31,49 poin persen atau 50.384 orang",
        "RPJMD",
    ]


def test_the_months_ahead_tell_who_drops_out(supervisor: Person[CoveragePage]) -> None:
    lines = [line.text() for line in supervisor.page.overview.ahead.lines]
    covered = [supervisor.register.coverage.district(NOVEMBER + ahead).covered for ahead in range(4)]
    assert covered == [53_616, 53_614, 53_614, 53_612]
    assert lines[0] == "Des 2026: 33,51\u00a0%, berkurang 2 orang"
    assert lines[2].endswith("berkurang 4 orang")
    assert lines[3] == "Dari 5 di register ini, 1 terkonfirmasi (KPJ dan pembayaran pertama)"


def test_each_kecamatan_has_its_row_and_estimates_are_marked(supervisor: Person[CoveragePage]) -> None:
    points = supervisor.register.coverage.kecamatan(NOVEMBER)
    rows = supervisor.page.overview.areas.rows
    assert [row.cells[0] for row in rows] == [*(point.area_name for point in points), "Kabupaten"]
    for row, point in zip(rows, points, strict=False):
        assert point.eligible is not None
        assert row.cells[1] == number(point.eligible.number) + ("" if point.area == "13.12.04" else "*")
        assert row.cells[2] == number(point.covered)
        assert row.cells[5:] == (number(point.active), number(point.confirmed))
    assert rows[3].cells[1] == "9.800"
    assert "perkiraan" in supervisor.page.overview.notes.text()
    assert rows[-1].cells[3:5] == ("33,51\u00a0%", "28.624")


def test_enter_opens_the_nagari_and_backspace_leads_back_to_the_same_row(supervisor: Person[CoveragePage]) -> None:
    table = supervisor.page.overview.areas
    table.setFocus()
    for _ in range(3):
        supervisor.press(Key.Key_Down)
    supervisor.press(Key.Key_Return)
    supervisor.rest()
    active = {row.cells[0]: row.cells[5] for row in table.rows}
    assert (active["Talu"], active["Kajai"], active["Talamau"]) == ("2", "1", "3")
    supervisor.press(Key.Key_Backspace)
    assert table.current is not None
    assert table.current.cells[0] == "Talamau"
    assert table.hasFocus()


def test_schemes_and_segments_are_those_of_the_model(supervisor: Person[CoveragePage]) -> None:
    overview = supervisor.page.overview
    schemes = {row.cells[0]: row.cells for row in overview.schemes.rows}
    for line in supervisor.register.coverage.schemes(NOVEMBER):
        assert schemes[line.code][3:5] == (number(line.active), number(line.confirmed))
    assert schemes["SAWIT"][5] == "Rp67.200"
    active = [row.cells[5] for row in overview.segments.rows]
    assert active == ["1", "4", "0", "0", "5"]
    assert len(overview.segments.rows) == len(Segment) + 1


def test_another_month_is_typed_or_stepped_to(supervisor: Person[CoveragePage]) -> None:
    supervisor.answer("12/2026")
    supervisor.rest()
    assert supervisor.page.shown_month == DECEMBER
    assert supervisor.page.overview.number.people.text().startswith("53.614 ")
    supervisor.press(Key.Key_Left, ALT)
    supervisor.rest()
    assert supervisor.page.month.text() == "November 2026"
    assert supervisor.page.overview.number.people.text().startswith("53.616 ")


def test_a_month_that_cannot_be_read_is_said_and_changes_nothing(supervisor: Person[CoveragePage]) -> None:
    supervisor.answer("13/2026")
    assert supervisor.page.month.problem is not None
    assert supervisor.page.shown_month == NOVEMBER
    assert figure(supervisor) == "33,51\u00a0%"


def test_the_summary_of_the_month_in_view_is_printed(supervisor: Person[CoveragePage]) -> None:
    supervisor.press(Key.Key_Right, ALT)
    supervisor.press(Key.Key_P, CTRL)
    assert supervisor.wanted == [("papers", SummaryWanted(DECEMBER))]


def test_a_worker_entered_elsewhere_changes_the_number(supervisor: Person[CoveragePage]) -> None:
    supervisor.register.coverage.bpjs_counts.withdraw(1)
    supervisor.session.tell("coverage")
    supervisor.rest()
    assert supervisor.page.overview.number.people.text() == "5 dari 160.000 potensi pekerja"
    assert "belum diisi" in supervisor.page.overview.number.origins.text()


def test_before_anything_is_entered_the_page_says_what_and_why(newcomer: Person[CoveragePage]) -> None:
    overview = newcomer.page.overview
    assert figure(newcomer) == "–"
    assert "Isi jumlah potensi pekerja" in overview.number.reckoning.text()
    assert overview.targets.lines[0].text().startswith("Target belum diisi")
    assert overview.nothing.isVisible()
    assert not overview.chart.isVisible()


def test_the_chart_says_in_words_what_it_draws(supervisor: Person[CoveragePage]) -> None:
    chart = supervisor.page.overview.chart
    point = supervisor.register.coverage.kecamatan(NOVEMBER)[3]
    assert f"Talamau: {percent(point.share)}, {words.people_line(point)}" in chart.accessibleDescription()


def test_the_chart_wears_the_colours_of_the_window(supervisor: Person[CoveragePage]) -> None:
    card = supervisor.page.overview.chart.parentWidget()
    light = card.grab().toImage()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_look(app, Theme.DARK, 10.5)
    dark = card.grab().toImage()
    colours = {dark.pixelColor(x, y).name() for x in range(0, dark.width(), 3) for y in range(0, dark.height(), 3)}
    assert dark.pixelColor(20, 40) == QColor(DARK.surface) != light.pixelColor(20, 40)
    assert "#000000" not in colours
    assert len(colours) > 20


def test_on_a_narrow_window_the_chart_stands_on_its_own_tab(supervisor: Person[CoveragePage]) -> None:
    tabs = supervisor.page.overview.tabs
    assert tabs.count() == 3
    supervisor.page.resize(800, 430)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["Kecamatan", "Skema", "Segmen", "Grafik"]
    supervisor.page.resize(1258, 660)
    assert tabs.count() == 3


@pytest.mark.parametrize("figures", [False, True])
def test_everything_that_takes_the_focus_has_a_name_and_no_letter_is_used_twice(
    supervisor: Person[CoveragePage], figures: bool
) -> None:
    page = supervisor.page
    if figures:
        page.show_figures()
    parts = [part for part in page.findChildren(QWidget) if part.isVisible()]
    unnamed = [part for part in parts if part.focusPolicy().value & 1 and not part.accessibleName()]
    assert unnamed == []
    texts = [
        part.text() for part in parts if isinstance(part, QPushButton) or (isinstance(part, QLabel) and part.buddy())
    ]
    letters = letters_in(texts)
    assert len(letters) == len(set(letters)) > 0
