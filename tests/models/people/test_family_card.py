"""The number of a family card."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.family_card import parse_family_card
from models.problems import Level

TODAY = date(2026, 3, 22)


def test_a_card_tells_region_day_of_issue_and_serial():
    card, problems = parse_family_card("1312 0317 0809 0012", TODAY)
    assert not problems
    assert card
    assert (card.digits, card.kecamatan, card.issued_on, card.serial) == (
        "1312031708090012",
        "13.12.03",
        date(2009, 8, 17),
        12,
    )
    assert str(card) == "1312031708090012"


@given(st.dates(date(1990, 1, 1), TODAY), st.integers(0, 9999))
def test_the_day_of_issue_is_never_in_the_future(issued_on, serial):
    card, problems = parse_family_card(f"131203{issued_on:%d%m%y}{serial:04d}", TODAY)
    assert card
    assert card.issued_on == issued_on
    assert not problems


def test_a_date_that_is_none_is_only_a_warning_because_old_numbers_have_it():
    card, (problem,) = parse_family_card("1312030000000012", TODAY)
    assert card
    assert card.issued_on is None
    assert (problem.field, problem.code, problem.level) == ("family_card", "family_card_date", Level.WARNING)
    assert "00-00-00 bukan tanggal" in problem.text


def test_a_womans_nik_in_the_field_is_recognised():
    _, (problem,) = parse_family_card("1312034407850001", TODAY)
    assert problem.code == "family_card_date"
    assert "NIK seorang perempuan" in problem.text


@pytest.mark.parametrize(("day", "is_woman"), [("40", False), ("41", True), ("71", True), ("72", False)])
def test_only_days_41_to_71_are_those_of_a_woman(day, is_woman):
    _, (problem,) = parse_family_card(f"131203{day}07850001", TODAY)
    assert ("perempuan" in problem.text) == is_woman
    assert is_woman or f"{day}-07-85 bukan tanggal" in problem.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("131203170809001", "family_card_length"),
        ("13120317080900122", "family_card_length"),
        ("131203170809001O", "family_card_letters"),
        ("1,31203E+15", "family_card_scientific"),
        ("ada", "family_card_characters"),
    ],
)
def test_what_is_not_16_digits_is_an_error(text, code):
    card, (problem,) = parse_family_card(text, TODAY)
    assert card is None
    assert (problem.code, problem.is_error) == (code, True)
    assert "Nomor KK" in problem.text


@pytest.mark.parametrize("text", ["", " ", "-"])
def test_an_empty_field_is_no_card_and_no_problem(text):
    assert parse_family_card(text, TODAY) == (None, ())


@given(st.text() | st.text(alphabet="0123456789 .-'", max_size=20))
def test_any_text_gives_a_card_or_a_sentence(text):
    card, problems = parse_family_card(text, TODAY)
    assert all(problem.text for problem in problems)
    assert card is None or not any(problem.is_error for problem in problems)
    if card:
        assert parse_family_card(card.digits, TODAY) == (card, problems)
