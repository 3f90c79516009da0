"""The bar chart: one drawing, the same figures on paper and screen, nothing said by colour alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String

from models import language
from models.coverage.point import Count, Target
from reports.charts import DARK, HIGH_CONTRAST, LIGHT, PAPER, Palette, coverage_bars, to_svg
from tests.reports.samples import KECAMATAN, TARGET, make_kecamatan, make_point, texts

PALETTES = pytest.mark.parametrize("palette", [PAPER, LIGHT, DARK, HIGH_CONTRAST])


def words_on(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def bars_on(drawing: Drawing) -> list[Rect]:
    return [shape for shape in drawing.contents if isinstance(shape, Rect) and shape.strokeColor is not None]


@PALETTES
def test_the_svg_is_well_formed_and_shows_what_the_paper_shows(palette):
    drawing = coverage_bars(make_kecamatan(), TARGET, palette)
    root = ElementTree.fromstring(to_svg(drawing).partition("?>")[2].partition(".dtd'>")[2])
    on_screen = [node.text for node in root.iter() if node.tag.endswith("text")]
    (on_paper,) = texts(renderPDF.drawToString(drawing))
    assert on_screen == words_on(drawing)
    assert all(words in on_paper for words in on_screen if words)


def test_every_area_has_its_name_its_percentage_and_its_people():
    words = words_on(coverage_bars(make_kecamatan(), TARGET))
    assert all(name in words for name in KECAMATAN)
    assert "5,00 %" in words
    assert "500 dari 10.001" in words
    assert "Target 51,40 % paling lambat 31 Desember 2025" in words


def test_bars_are_as_long_as_their_shares():
    drawing = coverage_bars(make_kecamatan(), TARGET)
    shares = [float(point.share or 0) for point in make_kecamatan()]
    widths = [bar.width for bar in bars_on(drawing)]
    assert len(widths) == len(shares)
    assert [width / widths[-1] for width in widths] == pytest.approx([share / shares[-1] for share in shares])


def test_an_estimate_is_hatched_and_starred_a_published_number_is_not():
    point = make_kecamatan()[0]
    assert point.eligible is not None
    published = coverage_bars([replace(point, eligible=replace(point.eligible, is_estimate=False))], None)
    estimated = coverage_bars([replace(point, eligible=replace(point.eligible, is_estimate=True))], None)
    assert "*" not in words_on(published)
    assert "*" in words_on(estimated)
    assert not [shape for shape in published.contents if isinstance(shape, Group)]
    (hatch,) = [shape for shape in estimated.contents if isinstance(shape, Group)]
    (bar,) = bars_on(estimated)
    for stroke in hatch.contents:
        assert bar.x <= stroke.x1 <= stroke.x2 <= bar.x + bar.width
        assert bar.y <= stroke.y1 <= stroke.y2 <= bar.y + bar.height


def test_an_area_without_eligible_workers_says_so_instead_of_a_bar():
    drawing = coverage_bars([make_point(eligible=None, bpjs=None, active_at_count=0)], TARGET)
    assert not bars_on(drawing)
    assert "jumlah potensi pekerja belum diisi" in words_on(drawing)
    assert "11.528 orang" in words_on(drawing)


def test_the_target_is_a_dashed_line_at_its_share():
    points = [replace(make_kecamatan()[0], active=5140, eligible=Count(10_000, date(2025, 1, 1), "BPS"))]
    drawing = coverage_bars(points, TARGET)
    (bar,) = bars_on(drawing)
    (line,) = [shape for shape in drawing.contents if isinstance(shape, Line) and shape.strokeDashArray]
    assert line.x1 == pytest.approx(bar.x + bar.width)


def test_without_target_there_is_no_line():
    drawing = coverage_bars(make_kecamatan(), None)
    assert not [shape for shape in drawing.contents if isinstance(shape, Line) and shape.strokeDashArray]
    assert not any("Target" in words for words in words_on(drawing))


def test_a_chart_of_a_part_keeps_the_scale_of_the_whole():
    points = make_kecamatan()
    whole = bars_on(coverage_bars(points, TARGET))
    part = bars_on(coverage_bars(points[:3], TARGET, scaled_like=points))
    assert [bar.width for bar in part] == [bar.width for bar in whole[:3]]


def test_a_screen_chart_has_a_ground_the_paper_has_none():
    assert coverage_bars(make_kecamatan(), TARGET, DARK).contents[0].fillColor.hexval() == "0x1e2227"
    assert all(
        bar.height < 20 for bar in coverage_bars(make_kecamatan(), TARGET, PAPER).contents if isinstance(bar, Rect)
    )


def test_the_screen_is_asked_for_the_family_and_its_weight():
    svg = to_svg(coverage_bars(make_kecamatan(), TARGET))
    assert "font-family: Liberation Sans; font-weight: bold" in svg or re.search(
        r"font-weight: bold[^\"]*font-family: Liberation Sans;|font-family: Liberation Sans;[^\"]*font-weight: bold",
        svg,
    )
    assert "Liberation Sans Bold" not in svg


def test_the_same_points_give_the_same_picture():
    assert to_svg(coverage_bars(make_kecamatan(), TARGET)) == to_svg(coverage_bars(make_kecamatan(), TARGET))


def test_the_chart_speaks_english_when_english_is_chosen():
    language.use("en")
    assert "Target 51,40 % by 31 December 2025" in words_on(coverage_bars(make_kecamatan(), TARGET))


def test_no_areas_is_an_empty_chart():
    assert to_svg(coverage_bars([], TARGET))


@given(
    active=st.integers(0, 500_000),
    eligible=st.one_of(st.none(), st.integers(0, 300_000)),
    permyriad=st.one_of(st.none(), st.integers(1, 10_000)),
    name=st.text(max_size=80),
    width=st.integers(300, 1200),
)
def test_nothing_leaves_the_drawing(active, eligible, permyriad, name, width):
    count = None if eligible is None else Count(eligible, date(2025, 1, 1), "BPS")
    target = None if permyriad is None else Target(permyriad, date(2025, 12, 31), "RPJMD")
    point = make_point(area_name=name, active=active, bpjs=None, active_at_count=0, eligible=count)
    drawing = coverage_bars([point], target, LIGHT, width)
    left, bottom, right, top = drawing.getBounds()
    assert left >= -1
    assert bottom >= -1
    assert right <= width + 1
    assert top <= drawing.height + 1


@PALETTES
def test_words_and_shapes_stand_out_from_the_ground(palette: Palette):
    ground = palette.ground or "#ffffff"
    for words in (palette.text, palette.muted, palette.target):
        assert contrast(words, ground) >= 4.5
    assert contrast(palette.bar, ground) >= 3


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
