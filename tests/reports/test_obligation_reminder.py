"""The letter of reminder on paper: one page whatever it holds, masked NIK, room for the hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from models.papers.obligation_reminder import ObligationReminder, Reminded
from models.papers.printed import Printed
from models.schemes.scheme import PayerKind
from models.values.formats import number
from models.values.months import Month
from reports.frame import PageSize
from reports.obligation_reminder import names_shown, obligation_reminder
from tests.reports.samples import make_letterhead, make_signatory

PERSON = Reminded("Siti Aminah Nasution", "1312********0001", "Lingkuang Aua Timur")
LETTER = ObligationReminder(
    letterhead=make_letterhead(),
    signatory=make_signatory(),
    number="500.15.14.1/........../DTKT/XI/2026",
    dated_on=date(2026, 11, 22),
    payer_kind=PayerKind.NAGARI,
    unit="Talu",
    scheme="Perangkat nagari",
    month=Month(2026, 11),
    obliged=120,
    done=40,
    counted_on=date(2026, 1, 2),
    source="Surat wali nagari nomor 12",
    people=(PERSON,) * 20,
    people_count=20,
    printed=Printed("Reni", datetime(2026, 11, 22, 9, 0)),
)


def text_of(letter: ObligationReminder, page: PageSize = PageSize.A4) -> str:
    """Its one page, with every run of blanks as one."""
    pages = PdfReader(BytesIO(obligation_reminder(letter, page))).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_it_says_to_whom_about_what_and_how_much_is_missing() -> None:
    text = text_of(LETTER)
    for part in (
        "Wali Nagari Talu",
        "Pengingat pendaftaran Perangkat nagari",
        "120 (dihitung pada 02/01/2026, sumber: Surat wali nagari nomor 12)",
        "40 (33,3 %)",
        "agar 80 orang yang belum terdaftar segera didaftarkan",
        "500.15.14.1/........../DTKT/XI/2026",
        "Simpang Empat, 22 November 2026",
        "Drs. H. Armen Lubis, M.Si.",
        "Dicetak oleh Reni",
    ):
        assert part in text
    assert text.count("1312********0001") == 20
    assert text.count("22 November 2026") == 1


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("count", [0, 1, 15, 60, 200])
def test_it_is_one_page_and_says_how_many_names_it_leaves_out(page: PageSize, count: int) -> None:
    letter = replace(LETTER, people=(PERSON,) * count, people_count=count * 10)
    text = text_of(letter, page)
    shown = text.count("1312********0001")
    assert (shown > 0) == (count > 0)
    if count:
        assert f"{shown} nama pertama dari {number(count * 10)}" in text
        assert f"{shown} baris" in text
        assert shown == names_shown(letter, page)
    if count == 200:
        assert shown >= 30


def test_long_words_leave_it_one_page() -> None:
    long = "Sekretariat Dinas Pendidikan, Kebudayaan, Pemuda, Olahraga dan Pariwisata"
    letterhead = make_letterhead(office=long.upper(), address=f"{long} {long}")
    text_of(replace(LETTER, unit=long, source=f"{long} {long}", scheme=long, letterhead=letterhead))


def test_civil_servants_are_named_beside_whom_they_protect() -> None:
    people = tuple(replace(PERSON, payer=f"Guru {letter}") for letter in "ABC")
    text = text_of(
        replace(LETTER, payer_kind=PayerKind.CIVIL_SERVANT, unit="Dinas Pendidikan", people=people, people_count=3)
    )
    assert "Kepala Dinas Pendidikan" in text
    assert "80 ASN yang belum melindungi" in text
    assert all(f"Guru {letter}" in text for letter in "ABC")


def test_a_company_is_told_what_is_open_of_its_promise() -> None:
    company = replace(
        LETTER, payer_kind=PayerKind.COMPANY, unit="PT Sawit Jaya", scheme="CSR", month=Month(2026, 12),
        obliged=100, done=40, counted_on=None, source="", promised_rupiah=10_000_000, paid_rupiah=4_000_000,
    )  # fmt: skip
    text = text_of(company)
    assert "Pimpinan PT Sawit Jaya" in text
    assert "(60 pekerja, Rp6.000.000)" in text
    only_rupiah = text_of(replace(company, obliged=None))
    assert "Pekerja yang dijanjikan" not in only_rupiah
    assert "Rp10.000.000" in only_rupiah


def test_who_has_done_all_is_thanked_and_who_never_counted_is_asked() -> None:
    assert "terima kasih" in text_of(replace(LETTER, done=130))
    assert "beserta tanggal keadaannya" in text_of(replace(LETTER, obliged=None, counted_on=None, source=""))


def test_the_same_letter_is_the_same_bytes() -> None:
    assert obligation_reminder(LETTER) == obligation_reminder(LETTER)
