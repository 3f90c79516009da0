"""The enrollment letter, read back as the worker, the office and a phone read it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from models import language
from models.papers.enrollment_letter import EnrollmentLetter
from models.schemes.scheme import Programme
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah, spell_rupiah
from reports.enrollment_letter import enrollment_letter, enrollment_letters
from reports.frame import PageSize
from tests.reports.samples import (
    coat_of_arms,
    embedded_fonts,
    make_letter,
    make_letterhead,
    make_signatory,
    picture,
    texts,
)

LONG_NAME = "Muhammad Nur Hidayatullah Siregar Rangkuti Batubara Nasution"
LONG_ADDRESS = (
    "Jalan Lintas Sumatera Kilometer Dua Puluh Tujuh Nomor Seratus Dua Puluh Tiga Blok C Gang Mawar Melati Dekat "
    "Masjid Raya Nurul Iman RT 012/RW 007, Jorong Bandarejo Simpang Empat Lingkuang Aua Bandarejo"
)


def text_of(letter: EnrollmentLetter, page: PageSize = PageSize.A4) -> str:
    pages = texts(enrollment_letter(letter, page))
    assert len(pages) == 1
    return pages[0]


def codes_on(pdf: bytes, dpi: int = 110) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture(pdf, dpi=dpi))]


def test_the_letter_says_everything_the_office_states():
    text = text_of(make_letter(legal_basis=("Keputusan Bupati Nomor 188.45/512/2025",), cc=("Wali Nagari",)))
    for words in (
        "PEMERINTAH KABUPATEN PASAMAN BARAT", "DINAS TENAGA KERJA DAN TRANSMIGRASI", "SURAT KETERANGAN PENDAFTARAN",
        "Nomor: 500.15.14.2/17/DTKT/VIII/2025", "Siti Aminah Nasution", "1312034408850002", "Talu, 4 Agustus 1985",
        "Perempuan", "Pemanen kelapa sawit", "Jalan Lintas Manggopoh No. 12, RT 02/RW 01", "Nagari Lingkuang Aua Timur",
        "Kecamatan Pasaman", "telah didaftarkan pada tanggal 1 Agustus 2025", "DBH Sawit", "BPU",
        "Jaminan Kecelakaan Kerja (JKK)", "Jaminan Kematian (JKM)", "Agustus s.d. Oktober 2025 (3 bulan)", "Rp50.400",
        "lima puluh ribu empat ratus rupiah", "3 bulan, masing-masing Rp16.800",
        "Keputusan Bupati Nomor 188.45/512/2025", "Simpang Empat, 4 Agustus 2025",
        "Drs. H. Armen Lubis, M.Si.", "NIP 19680927 199403 1 004", "Wali Nagari",
    ):  # fmt: skip
        assert words in text


def test_the_letter_reads_from_the_letterhead_to_the_copies():
    text = text_of(make_letter(legal_basis=("Keputusan Bupati",), cc=("Wali Nagari",)))
    order = ("PEMERINTAH", "SURAT KETERANGAN", "Yang bertanda tangan", "Nama lengkap", "telah didaftarkan", "Skema",
             "Dasar:", "Demikian", "Pembina Utama Muda", "Tembusan")  # fmt: skip
    image_height = {words: _height_on_page(make_letter(legal_basis=("Keputusan Bupati",), cc=("Wali Nagari",)), words)
                    for words in order}  # fmt: skip
    assert all(words in text for words in order)
    assert all(image_height[above] > image_height[below] for above, below in pairwise(order))


def _height_on_page(letter: EnrollmentLetter, words: str) -> float:
    document = pypdfium2.PdfDocument(enrollment_letter(letter))
    page = document[0].get_textpage()
    found = page.search(words).get_next()
    assert found is not None, words
    _, bottom, _, _ = page.get_charbox(found[0])
    return float(bottom)


def test_a_letter_of_one_page_has_no_page_number():
    assert "Halaman" not in text_of(make_letter())


def test_the_nik_can_be_searched_and_copied_whole():
    assert "1312034408850002" in PdfReader(BytesIO(enrollment_letter(make_letter()))).pages[0].extract_text()


def test_every_font_is_embedded():
    assert embedded_fonts(enrollment_letter(make_letter(full_name="Zoë Ümit"))) == {
        "LiberationSans",
        "LiberationSans-Bold",
    }


def test_the_same_letter_gives_the_same_bytes():
    assert enrollment_letter(make_letter()) == enrollment_letter(make_letter())
    batch = [make_letter(nik=f"13120344088500{index:02d}") for index in range(20)]
    first, second = BytesIO(), BytesIO()
    enrollment_letters(batch, first)
    enrollment_letters(iter(batch), second)
    assert first.getvalue() == second.getvalue()


def test_the_file_is_dated_and_named_like_the_letter():
    info = PdfReader(BytesIO(enrollment_letter(make_letter()))).metadata
    assert info is not None
    assert info.title == "SURAT KETERANGAN PENDAFTARAN"
    assert str(info.get("/CreationDate")).startswith("D:20250804")


class TestWording:
    """Who is a participant is for BPJS to say."""

    def test_without_confirmation_the_worker_has_been_registered(self):
        text = text_of(make_letter())
        assert "telah didaftarkan" in text
        assert "peserta aktif" not in text
        assert "Perlindungan mulai berlaku setelah BPJS Ketenagakerjaan menerbitkan nomor peserta (KPJ)" in text

    def test_with_kpj_and_payment_the_worker_is_an_active_participant(self):
        text = text_of(make_letter(kpj="12345678901", paid_on=date(2025, 8, 3)))
        assert "adalah peserta aktif" in text
        assert "12345678901" in text
        assert "3 Agustus 2025" in text
        assert "telah didaftarkan" not in text

    def test_a_period_that_is_over_makes_nobody_active(self):
        text = text_of(make_letter(kpj="12345678901", paid_on=date(2025, 8, 3), dated_on=date(2025, 11, 1)))
        assert "peserta aktif" not in text
        assert "pernah tercatat sebagai peserta" in text
        assert "telah berakhir" in text

    def test_a_period_still_to_come_makes_nobody_active(self):
        text = text_of(make_letter(kpj="12345678901", paid_on=date(2025, 7, 3), dated_on=date(2025, 7, 31)))
        assert "peserta aktif" not in text
        assert "telah didaftarkan" in text

    @settings(max_examples=25)
    @given(
        kpj=st.sampled_from(("", "12345678901", "99A99999999")),
        paid_on=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
        registered_on=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
        programmes=st.lists(st.sampled_from(Programme), min_size=1, unique=True),
        dated_on=st.dates(date(2025, 7, 1), date(2025, 11, 30)),
        code=st.sampled_from(tuple(language.LANGUAGES)),
    )
    def test_never_active_without_both_and_its_month(self, kpj, paid_on, registered_on, programmes, dated_on, code):
        language.use(code)
        letter = make_letter(
            kpj=kpj, paid_on=paid_on, registered_on=registered_on, programmes=tuple(programmes), dated_on=dated_on
        )
        text = text_of(letter)
        is_active = "peserta aktif" in text.lower() or "active participant" in text.lower()
        is_confirmed = bool(kpj) and paid_on is not None
        assert is_active == (is_confirmed and 8 <= dated_on.month <= 10)
        assert (kpj in text) == is_confirmed or not kpj

    def test_without_a_day_of_registration_none_is_claimed(self):
        assert "pada tanggal" not in text_of(make_letter(registered_on=None))


@settings(max_examples=25)
@given(monthly=st.integers(1, 5_000_000), months=st.integers(1, 24))
def test_the_sum_in_words_is_the_sum_in_figures(monthly, months):
    total = monthly * months
    letter = make_letter(contribution=total, monthly=monthly, period=Period.starting(Month(2025, 8), months))
    assert f"{format_rupiah(total)} ({spell_rupiah(total)})" in text_of(letter)


def test_uneven_months_show_no_monthly_amount():
    assert "masing-masing" not in text_of(make_letter(monthly=None))


class TestCode:
    """The QR code, read from the page as a phone reads it."""

    def test_it_holds_what_finds_the_letter_and_no_more_of_the_nik_than_its_end(self):
        (code,) = codes_on(enrollment_letter(make_letter()))
        assert code.splitlines() == [
            "500.15.14.2/17/DTKT/VIII/2025", "Siti Aminah Nasution", "NIK ...0002", "2025-08-04",
            "DINAS TENAGA KERJA DAN TRANSMIGRASI", "0198f3c4-6c1b-7c3a-9d2e-1a2b3c4d5e6f",
        ]  # fmt: skip
        assert "131203" not in code

    @pytest.mark.parametrize("dpi", [72, 100, 150, 300])
    def test_it_is_read_from_a_poor_and_from_a_good_picture(self, dpi):
        assert codes_on(enrollment_letter(make_letter()), dpi)

    def test_it_is_read_through_the_sample_mark(self):
        assert codes_on(enrollment_letter(make_letter(is_sample=True)))

    def test_each_letter_of_a_batch_has_its_own(self):
        out = BytesIO()
        enrollment_letters([make_letter(uid=f"uid-{index}") for index in range(3)], out)
        found = [zxingcpp.read_barcodes(picture(out.getvalue(), page))[0].text for page in range(3)]
        assert [code.splitlines()[-1] for code in found] == ["uid-0", "uid-1", "uid-2"]

    def test_a_very_long_name_still_gives_a_code(self):
        (code,) = codes_on(enrollment_letter(make_letter(full_name="Nama " * 60)), dpi=200)
        assert "NIK ...0002" in code


class TestTooMuch:
    """What is long wraps; nothing overlaps, nothing is lost."""

    def test_long_name_and_address_wrap_on_one_page(self):
        assert len(LONG_NAME) == 60
        assert len(LONG_ADDRESS) == 200
        text = text_of(make_letter(full_name=LONG_NAME, address=LONG_ADDRESS))
        assert LONG_NAME in text
        assert LONG_ADDRESS in text

    def test_five_programmes_are_all_named(self):
        text = text_of(make_letter(programmes=tuple(Programme)))
        for code in ("(JKK)", "(JKM)", "(JHT)", "(JP)", "(JKP)"):
            assert code in text

    def test_twelve_legal_lines_keep_the_letter_whole(self):
        basis = tuple(
            f"Peraturan Bupati Nomor {index} Tahun 2025 tentang perlindungan pekerja rentan" for index in range(12)
        )
        pages = texts(enrollment_letter(make_letter(legal_basis=basis)))
        text = " ".join(pages)
        assert all(line in text for line in basis)
        assert "NIP 19680927 199403 1 004" in pages[-1]

    def test_a_letter_that_needs_two_pages_numbers_them_and_keeps_the_signature_together(self):
        basis = tuple(f"Peraturan Nomor {index} tentang " + "perlindungan pekerja " * 8 for index in range(20))
        pages = texts(enrollment_letter(make_letter(legal_basis=basis)))
        assert len(pages) == 2
        assert "Halaman 1 dari 2" in pages[0]
        assert "Halaman 2 dari 2" in pages[1]
        assert "Demikian surat keterangan" in pages[1]
        assert "Simpang Empat, 4 Agustus 2025" in pages[1]
        assert "PEMERINTAH KABUPATEN" not in pages[1]

    @pytest.mark.parametrize("page", PageSize)
    @pytest.mark.parametrize(
        "letter",
        [
            make_letter(),
            make_letter(
                full_name=LONG_NAME, address=LONG_ADDRESS, programmes=tuple(Programme), payer="Perusahaan " * 9
            ),
            make_letter(full_name="W" * 120, address="x" * 300),
            make_letter(legal_basis=("Peraturan tentang perlindungan pekerja rentan " * 2,) * 12, cc=("Arsip",) * 6),
            make_letter(letterhead=make_letterhead(office="DINAS " * 25, logo=coat_of_arms())),
        ],
        ids=["plain", "long", "unbreakable", "legal", "letterhead"],
    )  # fmt: skip
    def test_no_two_lines_overlap_and_none_leaves_the_page(self, letter, page):
        for sheet in PdfReader(BytesIO(enrollment_letter(letter, page))).pages:
            boxes = _line_boxes(sheet)
            assert len(boxes) > 15
            width, height = (float(side) for side in sheet.mediabox[2:])
            assert all(left > 40 and right < width - 40 and 20 < bottom < height for left, bottom, right, _ in boxes)
            for index, one in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    assert not _overlap(one, other), (one, other)

    def test_an_empty_number_leaves_room_for_the_hand(self):
        assert "Nomor: ......................" in text_of(make_letter(number="  "))

    def test_an_unnamed_signatory_leaves_room_for_the_hand(self):
        text = text_of(make_letter(signatory=make_signatory(name="", nip="", rank="")))
        assert text.count("......................") >= 3

    def test_a_character_without_a_glyph_is_marked_and_the_rest_stays(self):
        text = text_of(make_letter(full_name="Siti 中 A\u0301minah"))
        assert "Siti \u25a1 Áminah" in text

    def test_signs_with_a_meaning_in_markup_are_printed_as_they_are(self):
        text = text_of(make_letter(full_name="A<b>&amp; (B) \\ C", address="No. 1 & 2 <i>"))
        assert "A<b>&amp; (B) \\ C" in text
        assert "No. 1 & 2 <i>" in text


def _line_boxes(sheet):
    """Left, bottom, right, top of each piece of text, from its operators and the font's widths."""
    from reports import fonts

    boxes = []

    def visit(text, cm, tm, font, size):
        text = text.strip()
        if text and font is not None:
            face = fonts.BOLD if "Bold" in str(font["/BaseFont"]) else fonts.REGULAR
            left, bottom = tm[4], tm[5]
            boxes.append((left, bottom - size * 0.1, left + fonts.width(text, face, size), bottom + size * 0.6))

    sheet.extract_text(visitor_text=visit)
    return boxes


def _overlap(one, other) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5


def test_the_sample_mark_crosses_the_page_only_on_samples():
    assert "CONTOH" in text_of(make_letter(is_sample=True))
    assert "CONTOH" not in text_of(make_letter())


def test_the_coat_of_arms_stands_left_of_the_letterhead():
    image = picture(enrollment_letter(make_letter(letterhead=make_letterhead(logo=coat_of_arms()))))
    green = [
        (x, y) for x in range(0, image.width, 2) for y in range(0, image.height, 2)
        if image.getpixel((x, y)) == (20, 110, 60)
    ]  # fmt: skip
    assert green
    assert max(x for x, _ in green) < image.width * 0.25
    assert max(y for _, y in green) < image.height * 0.14


def test_a_broken_coat_of_arms_is_left_out():
    letter = make_letter(letterhead=make_letterhead(logo=b"\x89PNG\r\n\x1a\nnot really"))
    assert "DINAS TENAGA KERJA" in text_of(letter)


def test_the_letter_speaks_english_when_english_is_chosen():
    language.use("en")
    text = text_of(make_letter())
    for words in (
        "STATEMENT OF ENROLLMENT",
        "has been registered on 1 August 2025",
        "August to October 2025 (3 months)",
    ):
        assert words in text


def test_f4_paper_is_215_by_330_mm():
    page = PdfReader(BytesIO(enrollment_letter(make_letter(), PageSize.F4))).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [215, 330]


class TestBatch:
    """Many letters in one file."""

    def test_one_page_a_letter_in_the_order_given(self):
        out = BytesIO()
        counts: list[int] = []
        total = enrollment_letters(
            (make_letter(full_name=f"Orang {index}") for index in range(5)), out, counts.append
        )
        pages = texts(out.getvalue())
        assert total == len(pages) == 5
        assert counts == [1, 2, 3, 4, 5]
        assert all(f"Orang {index}" in page for index, page in enumerate(pages))

    def test_letters_of_several_offices_and_states_share_a_file(self):
        out = BytesIO()
        other = make_letterhead(office="KANTOR WALI NAGARI TALU", logo=coat_of_arms())
        letters = [
            make_letter(),
            make_letter(letterhead=other),
            make_letter(kpj="12345678901", paid_on=date(2025, 9, 1)),
        ]
        enrollment_letters(letters, out)
        pages = texts(out.getvalue())
        assert "KANTOR WALI NAGARI TALU" not in pages[0] + pages[2]
        assert "KANTOR WALI NAGARI TALU" in pages[1]
        assert ["peserta aktif" in page for page in pages] == [False, False, True]

    def test_a_letter_looks_the_same_alone_and_in_a_batch(self):
        out = BytesIO()
        enrollment_letters([make_letter(full_name="Budi", address=LONG_ADDRESS), make_letter()], out)
        assert picture(out.getvalue(), 1).tobytes() == picture(enrollment_letter(make_letter())).tobytes()

    def test_pages_are_written_while_letters_are_still_being_asked_for(self):
        out = BytesIO()
        sizes = []

        def letters() -> Iterator[EnrollmentLetter]:
            for index in range(30):
                sizes.append(out.tell())
                yield make_letter(number=str(index))

        enrollment_letters(letters(), out)
        assert sizes[-1] > sizes[1] > 0
        assert sizes[-1] > 25 * 1000

    def test_memory_does_not_grow_with_the_letters(self):
        def peak(count: int) -> int:
            tracemalloc.start()
            enrollment_letters((make_letter(number=str(index)) for index in range(count)), _Nowhere())
            try:
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        peak(100)
        assert peak(600) < peak(100) * 1.25 + 200_000

    def test_the_one_who_waits_can_stop_it(self):
        class Stopped(Exception):
            pass

        def stop(count: int) -> None:
            if count == 2:
                raise Stopped

        with pytest.raises(Stopped):
            enrollment_letters((make_letter() for _ in range(10)), BytesIO(), stop)

    def test_no_letter_is_no_file(self):
        out = BytesIO()
        with pytest.raises(ValueError, match="no letter"):
            enrollment_letters([], out)
        assert out.getvalue() == b""


class _Nowhere(BytesIO):
    """A file that keeps nothing."""

    def write(self, text) -> int:
        return len(text)


def test_every_fact_of_the_letter_changes_the_paper():
    """A field that is added to the record and forgotten on the paper is found here."""
    other = {
        "letterhead": make_letterhead(office="KANTOR LAIN"), "signatory": make_signatory(name="Orang Lain"),
        "dated_on": date(2025, 8, 5), "born_on": date(1985, 8, 5), "sex": "L", "segment": "PU",
        "programmes": (Programme.JHT,), "period": Period.starting(Month(2025, 9), 3), "contribution": 1, "monthly": 2,
        "registered_on": None, "legal_basis": ("Dasar lain",), "cc": ("Arsip",), "is_sample": True,
    }  # fmt: skip
    plain = enrollment_letter(make_letter())
    for field in fields(EnrollmentLetter):
        if field.name in ("kpj", "paid_on"):
            continue
        value = other.get(field.name, "Lain 99")
        if field.name in ("sex", "segment"):
            value = type(getattr(make_letter(), field.name))(value)
        assert enrollment_letter(make_letter(**{field.name: value})) != plain, field.name
    assert enrollment_letter(make_letter(kpj="1", paid_on=date(2025, 8, 5))) != plain
