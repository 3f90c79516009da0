"""The coverage summary, read back as the Bupati reads it: figures, sources, and what is missing said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from models import language
from models.coverage.point import Count, SchemeCoverage, Target
from models.papers.coverage_summary import CoverageSummary
from models.people.worker import Segment
from models.values import formats
from reports.coverage_summary import coverage_summary
from reports.frame import PageSize
from tests.reports.samples import (
    KECAMATAN,
    embedded_fonts,
    make_kecamatan,
    make_letterhead,
    make_point,
    make_signatory,
    make_summary,
    picture,
    texts,
)


def text_of(summary: CoverageSummary) -> str:
    return " ".join(texts(coverage_summary(summary)))


def test_the_summary_says_what_was_counted_of_which_day_and_from_whom():
    text = text_of(make_summary())
    for words in (
        "RINGKASAN CAKUPAN KEPESERTAAN JAMINAN SOSIAL KETENAGAKERJAAN",
        "Kabupaten Pasaman Barat, bulan Agustus 2025, data register per 4 Agustus 2025",
        "33,51 %", "53.616 dari 160.000 potensi pekerja", "51,40 %", "31 Desember 2025", "17,89", "28.624",
        "50.123", "30 Juni 2025, BPJS Ketenagakerjaan", "28 Februari 2025, Sakernas Agustus 2024", "Target UCJ",
        "Cakupan = (50.123 + 11.528 − 8.035) : 160.000 = 33,51 %.",
        "ditambah: pekerja register yang terdaftar untuk Agustus 2025",
        "terdaftar untuk Juni 2025, karena sudah dihitung BPJS",
        "Simpang Empat, 4 Agustus 2025", "Drs. H. Armen Lubis, M.Si.", "NIP 19680927 199403 1 004",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("size", list(PageSize))
def test_the_trail_code_stands_at_the_foot_of_each_page_with_why(size: PageSize):
    code = "12345-8F3A-91C2-77AB-04DE"
    pages = texts(coverage_summary(make_summary(trail=code), size))
    assert len(pages) > 1
    for text in pages:
        assert f"Kode jejak {code}. Simpan kertas ini" in text
        assert "jejak perubahan." in text  # nothing is cut off at the margin
    assert "Kode jejak" not in text_of(make_summary())


def test_the_same_data_with_another_trail_is_another_paper():
    first, again, other = (coverage_summary(make_summary(trail=code)) for code in ("1-AA", "1-AA", "2-BB"))
    assert first == again != other


def test_the_figures_agree_with_the_data():
    summary = make_summary()
    text = text_of(summary)
    for point in summary.kecamatan:
        row = f"{formats.number(point.active)} {formats.number(point.covered)}"
        assert point.area_name in text
        assert row in text
        assert formats.percent(point.share).replace("\u00a0", " ") in text
    for scheme in summary.schemes:
        assert scheme.name in text
    assert "Rp191.268.084" in text


def test_eleven_kecamatan_take_two_pages_that_are_numbered():
    pages = texts(coverage_summary(make_summary()))
    assert len(pages) == 2
    assert [f"Halaman {number} dari 2" in page for number, page in enumerate(pages, 1)] == [True, True]
    assert "PEMERINTAH KABUPATEN PASAMAN BARAT" in pages[0]
    assert "NIP" in pages[1]
    assert all("Data register per 4 Agustus 2025" in page for page in pages)


def test_the_signature_never_stands_alone_on_a_page():
    schemes = make_summary().schemes[:1]
    for count in range(1, 40):
        pages = texts(coverage_summary(make_summary(schemes=schemes * count, targets=())))
        assert "Angka register termasuk" in pages[-1]
        assert "NIP 19680927 199403 1 004" in pages[-1]


def test_table_and_chart_name_every_kecamatan():
    text = text_of(make_summary())
    assert all(text.count(name) >= 2 for name in KECAMATAN)


def test_estimates_are_starred_and_explained():
    text = text_of(make_summary())
    assert "10.002 *" in text
    assert "* Perkiraan program, bukan angka resmi: bagian jumlah penduduk BPS 2024." in text
    published = tuple(
        replace(p, eligible=replace(p.eligible, is_estimate=False)) for p in make_kecamatan() if p.eligible
    )
    assert "Perkiraan program" not in text_of(make_summary(kecamatan=published))


def test_people_without_a_kpj_are_counted_aloud():
    assert "termasuk 3.805 orang yang belum ber-KPJ" in text_of(make_summary())
    everyone = make_summary(district=make_point(confirmed=11_528))
    assert "belum ber-KPJ" not in text_of(everyone)


def test_kecamatan_that_do_not_add_up_to_the_district_are_explained():
    assert "Jumlah semua kecamatan 33.000" in text_of(make_summary())
    alike = make_point(bpjs=None, active=33_000, active_at_count=0, confirmed=33_000)
    assert "Jumlah semua kecamatan" not in text_of(make_summary(district=alike))


class TestMissing:
    """What nobody has entered is said; no percentage is made up and nothing crashes."""

    def test_no_eligible_workers(self):
        bare = tuple(replace(point, eligible=None) for point in make_kecamatan())
        text = text_of(make_summary(district=make_point(eligible=None), kecamatan=bare))
        assert "Cakupan belum dapat dihitung karena jumlah potensi pekerja" in text
        assert "53.616 orang terlindungi" in text
        assert "Grafik belum dapat digambar" in text
        assert "33,51" not in text

    def test_eligible_workers_of_zero(self):
        text = text_of(make_summary(district=make_point(eligible=Count(0, date(2025, 1, 1), "salah ketik"))))
        assert "Cakupan belum dapat dihitung" in text

    def test_no_bpjs_count(self):
        text = text_of(make_summary(district=make_point(bpjs=None, active_at_count=0)))
        assert "Cakupan = 11.528 : 160.000 = 7,21 %. Hitungan peserta dari BPJS belum diisi" in text

    def test_no_target(self):
        text = text_of(make_summary(targets=()))
        assert "Target belum diisi, sehingga selisihnya belum dapat ditunjukkan." in text
        assert "51,40" not in text

    def test_nothing_at_all(self):
        empty = make_summary(
            district=make_point(bpjs=None, active=0, active_at_count=0, confirmed=0, eligible=None),
            kecamatan=(), segments=(), schemes=(), targets=(),
            letterhead=make_letterhead(address="", contact="", place=""),
            signatory=make_signatory(name="", nip="", rank=""),
        )  # fmt: skip
        assert "0 orang terlindungi" in text_of(empty)

    def test_a_reckoning_below_zero_is_pointed_out(self):
        text = text_of(make_summary(district=make_point(active_at_count=99_999)))
        assert "Hasil hitungan di bawah nol" in text


def test_several_targets_stand_side_by_side():
    far = Target(9950, date(2045, 12, 31), "RPJPN 2025-2045")
    text = text_of(make_summary(targets=(*make_summary().targets, far)))
    assert "RPJPN 2025-2045" in text
    assert "65,99" in text
    assert "105.584" in text


def test_a_reached_target_has_no_gap():
    text = text_of(make_summary(targets=(Target(3000, date(2025, 12, 31), "Target lama"),)))
    assert "31 Desember 2025 30,00 % 0,00 0" in text


@pytest.mark.parametrize("page", PageSize)
@pytest.mark.parametrize("count", [1, 51, 120])
def test_any_number_of_kecamatan_fits(count, page):
    many = tuple(replace(make_kecamatan()[0], area_name=f"Kecamatan yang namanya panjang {i}") for i in range(count))
    text = " ".join(texts(coverage_summary(make_summary(kecamatan=many), page)))
    assert f"Kecamatan yang namanya panjang {count - 1}" in text


def test_long_words_and_markup_are_printed_whole():
    scheme = SchemeCoverage("X", "Skema <b>& " + "panjang " * 20, Segment.BPU, 1, 0, 16_800)
    source = "Sumber & <i>keterangan</i> " * 6
    text = text_of(make_summary(schemes=(scheme,), district=make_point(eligible=Count(9, date(2025, 1, 1), source))))
    assert "Skema <b>& panjang" in text
    assert "Sumber & <i>keterangan</i>" in text


def test_the_same_data_give_the_same_bytes():
    assert coverage_summary(make_summary()) == coverage_summary(make_summary())


def test_every_font_is_embedded():
    names = embedded_fonts(coverage_summary(make_summary(is_sample=True)))
    assert names >= {"LiberationSans", "LiberationSans-Bold"}
    assert all(name.startswith("LiberationSans") for name in names)


def test_every_page_of_a_sample_is_marked():
    assert all("CONTOH" in page for page in texts(coverage_summary(make_summary(is_sample=True))))
    assert not any("CONTOH" in page for page in texts(coverage_summary(make_summary())))


def test_the_mark_is_seen_through_the_chart():
    marked = picture(coverage_summary(make_summary(is_sample=True)), dpi=50)
    chart_height = range(int(marked.height * 0.57), int(marked.height * 0.75))
    assert any(marked.getpixel((x, y)) == (229, 229, 229) for x in range(0, marked.width, 3) for y in chart_height)


def test_the_summary_speaks_english_when_english_is_chosen():
    language.use("en")
    text = text_of(make_summary())
    assert "SUMMARY OF MEMBERSHIP COVERAGE" in text
    assert "Coverage = (50.123 + 11.528 − 8.035) / 160.000 = 33,51 %." in text


def test_the_file_is_named_and_dated_like_the_paper():
    info = PdfReader(BytesIO(coverage_summary(make_summary()))).metadata
    assert info is not None
    assert info.title == "Ringkasan cakupan kepesertaan jaminan sosial ketenagakerjaan"
    assert str(info.get("/CreationDate")).startswith("D:20250804")


@settings(max_examples=15)
@given(
    active=st.integers(0, 200_000),
    bpjs=st.one_of(st.none(), st.integers(0, 300_000)),
    eligible=st.one_of(st.none(), st.integers(0, 400_000)),
    permyriad=st.one_of(st.none(), st.integers(1, 10_000)),
)
def test_whatever_is_known_the_paper_says_it_and_no_more(active, bpjs, eligible, permyriad):
    day = date(2025, 6, 30)
    district = make_point(
        active=active,
        active_at_count=0,
        confirmed=0,
        bpjs=None if bpjs is None else Count(bpjs, day, "BPJS"),
        eligible=None if eligible is None else Count(eligible, day, "BPS"),
    )
    targets = () if permyriad is None else (Target(permyriad, day, "RPJMD"),)
    text = text_of(make_summary(district=district, kecamatan=(), segments=(), schemes=(), targets=targets))
    assert formats.number(district.covered) in text
    if district.share is None:
        assert "Cakupan belum dapat dihitung" in text
    else:
        assert formats.percent(district.share).replace("\u00a0", " ") in text
