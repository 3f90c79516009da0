"""The difference between a payment and what is registered, in words."""

from __future__ import annotations

import pytest

from models.funds.due import Difference


@pytest.mark.parametrize(
    ("heads", "rupiah", "text"),
    [
        (0, 0, "Tepat sama dengan yang terdaftar untuk bulan-bulan ini."),
        (-12, -201_600, "12 orang lebih sedikit dan Rp201.600 kurang dari yang terdaftar."),
        (3, 50_400, "3 orang lebih banyak dan Rp50.400 lebih dari yang terdaftar."),
        (-1, 16_800, "1 orang lebih sedikit dan Rp16.800 lebih dari yang terdaftar."),
        (0, -16_800, "Jumlah orangnya sama, tetapi Rp16.800 kurang dari yang terdaftar."),
        (2, 0, "2 orang lebih banyak dari yang terdaftar, dengan jumlah uang yang sama."),
    ],
)
def test_the_difference_is_said_in_one_sentence(heads: int, rupiah: int, text: str) -> None:
    assert Difference(heads, rupiah).text == text
