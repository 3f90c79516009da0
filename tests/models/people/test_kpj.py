"""The card number that BPJS gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.kpj import parse_kpj


@pytest.mark.parametrize("text", ["12A34567890", "12a34567890", " 12A-3456 7890 ", "KPJ: 12A34567890"])
def test_eleven_digits_or_letters_in_any_spacing(text):
    assert parse_kpj(text) == ("12A34567890", ())


@pytest.mark.parametrize("text", ["", " ", "-"])
def test_an_empty_field_is_no_card_and_no_problem(text):
    assert parse_kpj(text) == (None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [("1234567890", "kpj_length"), ("123456789012", "kpj_length"), ("1234567890?", "kpj_characters"),
     ("1234567890é", "kpj_characters"), ("1234567890ß", "kpj_characters"), ("1234567890١", "kpj_characters")],
)  # fmt: skip
def test_what_is_no_card_number_is_named(text, code):
    kpj, (problem,) = parse_kpj(text)
    assert kpj is None
    assert (problem.field, problem.code) == ("kpj", code)
    assert problem.text


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=11))
def test_every_card_number_is_accepted_as_it_is(kpj):
    assert parse_kpj(kpj) == (kpj, ())
    assert parse_kpj(kpj.lower()) == (kpj, ())


@given(st.text())
def test_any_text_gives_a_card_number_or_a_sentence(text):
    kpj, problems = parse_kpj(text)
    assert kpj is None or (len(kpj) == 11 and not problems)
    assert all(problem.text for problem in problems)
