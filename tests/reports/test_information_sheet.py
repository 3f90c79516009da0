"""The information sheet read back: dated rates, sources beside each line, and no promise."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from models.papers.information_sheet import Benefit, benefit_of
from models.values.months import Month
from reports.information_sheet import information_sheet
from tests.factories import DECEMBER, TODAY, make_register


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_it_says_what_a_month_costs_and_where_that_stands(tmp_path: Path) -> None:
    register = make_register(tmp_path / "a.db")
    text = text_of(information_sheet(register.papers.information(DECEMBER, TODAY)))
    assert "Pekerja sawit (DBH Sawit) Rp16.800 JKK 10.000 + JKM 6.800" in text
    assert "Peserta mandiri Rp8.400" in text
    assert "PP 50/2025 Pasal 4 ayat (1)" in text
    later = text_of(information_sheet(register.papers.information(Month(2027, 1), TODAY)))
    assert "Peserta mandiri Rp16.800" in later
    assert "PP 50/2025" not in later
    register.close()


def test_benefits_are_the_offices_own_words_and_promise_nothing(tmp_path: Path) -> None:
    register = make_register(tmp_path / "a.db")
    register.change_office(replace(register.office, benefits=("JKM | Rp42 juta | PP 99/2027, 1 Mei 2027",)))
    text = text_of(information_sheet(register.papers.information(DECEMBER, TODAY)))
    assert "JKM Rp42 juta PP 99/2027, 1 Mei 2027" in text
    assert "tidak menjanjikan apa pun" in text
    assert "Dicetak oleh rina pada 22/11/2026 09.00, 11 baris" in text
    register.close()


def test_the_same_sheet_is_the_same_bytes(tmp_path: Path) -> None:
    register = make_register(tmp_path / "a.db")
    sheet = register.papers.information(DECEMBER, TODAY)
    assert information_sheet(sheet) == information_sheet(sheet)
    register.close()


def test_a_line_without_its_bars_is_all_benefit() -> None:
    assert benefit_of("Beasiswa") == Benefit("", "Beasiswa", "")
    assert benefit_of("JKK | Perawatan") == Benefit("JKK", "Perawatan", "")
    assert benefit_of(" JKK |a|b | c") == Benefit("JKK", "a", "b | c")
