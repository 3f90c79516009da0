"""The ledger of a fund on paper: every line, its sums, who printed it, and the same bytes for the same data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from models import language
from models.papers.fund_ledger import FundLedger, LedgerRow
from reports.frame import PageSize
from reports.fund_ledger import fund_ledger
from tests.reports.samples import make_letterhead, texts

LEDGER = FundLedger(
    letterhead=make_letterhead(),
    fund="DBH Sawit 2026",
    scheme="Pekerja sawit (DBH Sawit)",
    standing="Rp10.760.800 dari uang yang masuk belum terikat.",
    rows=(
        LedgerRow("Pagu", "2026", "Rp1.434.787.200", "dijanjikan oleh APBD", is_sum=True),
        LedgerRow("Diterima", "02/11/2026", "Rp400.000.000", "SP2D 0812/2026 <tahap 1> & 2"),
        LedgerRow("Terikat", "November 2026 s.d. Januari 2027", "Rp389.239.200", "7.723 orang x 3 bulan x Rp16.800"),
        LedgerRow("Sisa", "", "Rp10.760.800", "Rp400.000.000 diterima - Rp389.239.200 terikat", is_sum=True),
    ),
    printed_by="Rina Marlina (Atasan)",
    printed_at=datetime(2026, 11, 22, 9, 5),
)


@pytest.mark.parametrize("page", list(PageSize))
def test_every_line_with_how_it_came_about(page: PageSize) -> None:
    (text,) = texts(fund_ledger(LEDGER, page))
    flat = " ".join(text.split())
    for words in (
        "BUKU DANA", "DBH Sawit 2026", "belum terikat", "7.723 orang x 3 bulan x Rp16.800", "Rp1.434.787.200",
        "SP2D 0812/2026 <tahap 1> & 2",
        "Dicetak oleh Rina Marlina (Atasan) pada 22 November 2026 pukul 09.05; 4 baris.",
    ):  # fmt: skip
        assert words in flat, words


def test_a_fund_with_hundreds_of_payments_goes_over_pages() -> None:
    long = replace(LEDGER, rows=LEDGER.rows + (LedgerRow("Dibayar", "22/11/2026", "Rp16.800", "kode 88"),) * 400)
    pages = texts(fund_ledger(long))
    assert len(pages) > 5
    assert sum(text.count("kode 88") for text in pages) == 400
    assert all("404 baris" in text for text in pages)


@pytest.mark.parametrize("speech", ["id", "en"])
def test_same_ledger_same_bytes(speech: str) -> None:
    language.use(speech)
    assert fund_ledger(LEDGER) == fund_ledger(LEDGER)
