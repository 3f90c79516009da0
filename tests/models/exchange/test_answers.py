"""The reasons that BPJS writes, as the named reasons of a rejection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.answers import AnswerOutcome, Verdict, rejection_of
from models.schemes.life import Rejection


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Usia lebih dari 65 tahun", Rejection.OVER_AGE),
        ("USIA DIATAS KETENTUAN", Rejection.OVER_AGE),
        ("NIK tidak ditemukan di Dukcapil", Rejection.NIK_NOT_FOUND),
        ("nik tidak terdaftar", Rejection.NIK_NOT_FOUND),
        ("Sudah terdaftar sebagai peserta BPU", Rejection.MEMBER_ALREADY),
        ("Peserta aktif PU PT Sawit", Rejection.MEMBER_ALREADY),
        ("Meninggal dunia 12-3-2026", Rejection.DEAD),
        ("pindah domisili ke Riau", Rejection.MOVED),
        ("Bukan pekerja sawit (PNS)", Rejection.NOT_PALM_WORKER),
        ("foto buram", Rejection.OTHER),
        ("", Rejection.OTHER),
    ],
)
def test_a_written_reason_is_one_of_the_named_ones(words: str, meant: Rejection) -> None:
    assert rejection_of(words) is meant


@given(st.text())
def test_any_text_has_a_reason(text: str) -> None:
    assert rejection_of(text) in Rejection


def test_every_outcome_and_verdict_has_a_word() -> None:
    assert all(one.label for one in (*AnswerOutcome, *Verdict))
