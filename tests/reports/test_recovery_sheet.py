"""The recovery sheet, read back as a person reads it and as a scanner does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import zxingcpp

from models import language
from models.offices.recovery import grouped, read_recovery, recovery_lines, split_lines
from models.papers.recovery_sheet import RecoverySheet
from reports.frame import PageSize
from reports.recovery_sheet import recovery_sheet
from tests.reports.samples import coat_of_arms, make_letterhead, picture, texts

RAW = bytes(range(100, 132))
SHEET = RecoverySheet(
    make_letterhead(), "cakupan.db", "8F3A-91C2", recovery_lines(RAW), date(2026, 11, 22), "Rina Marlina"
)


@pytest.mark.parametrize("page", list(PageSize))
def test_a_person_reads_the_code_and_what_it_is_for(page: PageSize) -> None:
    (text,) = texts(recovery_sheet(SHEET, page))
    flat = " ".join(text.split())
    for line in SHEET.lines:
        assert grouped(line) in flat
    for words in (
        "LEMBAR PEMULIHAN", "cakupan.db", "8F3A-91C2", "22 November 2026", "Rina Marlina", "brankas",
        "Pakai lembar pemulihan", "DINAS TENAGA KERJA",
    ):  # fmt: skip
        assert words in flat, words


def test_a_scanner_reads_four_lines_that_open_the_file() -> None:
    (code,) = zxingcpp.read_barcodes(picture(recovery_sheet(SHEET), dpi=110))
    assert read_recovery(code.text.split("\n")) == (RAW, ())
    assert split_lines(code.text) == SHEET.lines


@pytest.mark.parametrize("speech", ["id", "en"])
def test_it_is_one_page_also_with_a_long_letterhead_and_a_coat_of_arms(speech: str) -> None:
    language.use(speech)
    long = make_letterhead(office="DINAS TENAGA KERJA, TRANSMIGRASI, PERINDUSTRIAN DAN KOPERASI USAHA KECIL MENENGAH",
                           logo=coat_of_arms())  # fmt: skip
    sheet = replace(SHEET, letterhead=long, file="register pekerja kabupaten tahun 2026 (baru).db", is_sample=True)
    (text,) = texts(recovery_sheet(sheet))
    assert grouped(SHEET.lines[3]) in " ".join(text.split())


def test_the_code_is_not_in_what_a_crash_would_print() -> None:
    assert SHEET.lines[0] not in repr(SHEET)


def test_same_sheet_same_bytes() -> None:
    assert recovery_sheet(SHEET) == recovery_sheet(SHEET)
