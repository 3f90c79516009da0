"""What is due, what was paid of it, and what then remains, in words."""

from __future__ import annotations

from datetime import date

import pytest

from models.funds.due import Balance, Due, paid_for
from models.funds.fund import Payment
from models.values.months import Month, Period

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def paid(first: Month, last: Month, amount: int, heads: int = 4) -> Payment:
    return Payment(
        fund=1, code="88", amount=amount, paid_on=date(2026, 11, 20), period=Period(first, last), heads=heads
    )


@pytest.mark.parametrize(
    ("heads", "rupiah", "text"),
    [
        (0, 0, "Tepat yang harus dibayar; tidak ada sisa."),
        (None, 0, "Tepat yang harus dibayar; tidak ada sisa."),
        (-12, -201_600, "Masih harus dibayar Rp201.600, untuk 12 pekerja."),
        (None, -201_600, "Masih harus dibayar Rp201.600."),
        (3, -16_800, "Masih harus dibayar Rp16.800, padahal untuk 3 pekerja lebih banyak dari yang terdaftar."),
        (3, 50_400, "Lebih Rp50.400 dari yang harus dibayar, untuk 3 pekerja lebih banyak dari yang terdaftar."),
        (-1, 840, "Lebih Rp840 dari yang harus dibayar, padahal untuk 1 pekerja lebih sedikit dari yang terdaftar."),
        (0, 16_800, "Lebih Rp16.800 dari yang harus dibayar."),
        (2, 0, "Jumlahnya tepat, tetapi untuk 2 pekerja lebih banyak dari yang terdaftar."),
        (-2, 0, "Jumlahnya tepat, tetapi untuk 2 pekerja lebih sedikit dari yang terdaftar."),
    ],
)  # fmt: skip
def test_what_remains_is_said_in_one_sentence(heads: int | None, rupiah: int, text: str) -> None:
    assert Balance(heads, rupiah).text == text


def test_another_payment_for_the_same_months_counts() -> None:
    period = Period(DECEMBER, DECEMBER)
    due = Due(period, 4, 67_200, *paid_for(period, [paid(DECEMBER, DECEMBER, 33_600, 2)], {DECEMBER: 67_200}))
    assert due.text == (
        "Harus dibayar untuk Desember 2026: Rp67.200 untuk 4 orang. Sudah dibayar: Rp33.600 dalam 1 pembayaran lain, "
        "untuk 2 orang."
    )
    assert due.after(2, 33_600) == Balance(0, 0)
    assert due.after(1, 16_800) == Balance(-1, -16_800)
    assert due.after(4, 33_600) == Balance(None, 0)  # what was lacking, for the same workers


def test_a_payment_for_more_months_counts_with_its_share() -> None:
    dues = {OCTOBER: 60_000, NOVEMBER: 20_000, DECEMBER: 20_000}
    others = [paid(OCTOBER, DECEMBER, 100_000)]
    assert paid_for(Period(OCTOBER, OCTOBER), others, dues) == (60_000, 1, None)
    assert paid_for(Period(NOVEMBER, DECEMBER), others, dues) == (40_000, 1, None)
    assert paid_for(Period(OCTOBER, DECEMBER), others, dues) == (100_000, 1, 4)
    assert paid_for(Period(DECEMBER + 1, DECEMBER + 2), others, dues) == (0, 0, 0)
    assert paid_for(Period(OCTOBER, OCTOBER), others, {}) == (33_333, 1, None)  # nobody is registered: by months
    due = Due(Period(OCTOBER, OCTOBER), 4, 60_000, 60_000, 1, None)
    assert "yang juga untuk bulan lain dihitung bagiannya saja" in due.text
    assert due.after(4, 60_000).text == "Lebih Rp60.000 dari yang harus dibayar."


def test_where_nothing_was_paid_that_is_said() -> None:
    assert Due(Period(OCTOBER, OCTOBER), 1, 16_800).text == (
        "Harus dibayar untuk Oktober 2026: Rp16.800 untuk 1 orang. Belum ada yang dibayar."
    )
