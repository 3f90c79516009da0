"""Numbers and dates are Indonesian whatever the computer says."""

from __future__ import annotations

import locale
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from models import language
from models.problems import Problem
from models.values.formats import (
    Written,
    date_long,
    date_short,
    decimal,
    month_long,
    month_short,
    number,
    percent,
    period_text,
    roman_month,
)
from models.values.months import Month, Period

days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(st.integers(-(10**18), 10**18))
def test_number_agrees_with_babel(value):
    assert number(value) == format_decimal(value, locale="id")


@given(st.fractions(-(10**9), 10**9), st.integers(0, 6))
def test_decimal_rounds_halves_away_from_zero(value, digits):
    written = decimal(value, digits)
    read_back = Fraction(written.replace(".", "").replace(",", "."))
    assert abs(read_back - value) * 2 <= Fraction(1, 10**digits)
    if abs(read_back - value) * 2 == Fraction(1, 10**digits):
        assert abs(read_back) > abs(value)
    assert len(written.partition(",")[2]) == digits


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 1000), 2, "0,01"),
        (Fraction(-5, 1000), 2, "-0,01"),
        (Fraction(-4, 1000), 2, "0,00"),
        (Fraction(24691, 20), 1, "1.234,6"),
        (7, 0, "7"),
        (1234567, 2, "1.234.567,00"),
    ],
)
def test_decimal_in_the_indonesian_way(value, digits, written):
    assert decimal(value, digits) == written


def test_percent_of_the_district_today_and_its_target():
    assert percent(Fraction(3351, 10_000)) == "33,51\u00a0%"
    assert percent(Fraction(5140, 10_000)) == "51,40\u00a0%"
    assert percent(Fraction(1, 3), digits=1) == "33,3\u00a0%"
    assert percent(Fraction(1), digits=0) == "100\u00a0%"


def test_half_of_a_hundredth_is_rounded_up():
    assert percent(Fraction(33515, 100_000)) == "33,52\u00a0%"
    assert percent(Fraction(33525, 100_000)) == "33,53\u00a0%"


def test_no_share_is_a_dash_and_not_zero():
    assert percent(None) == "–"


@given(days)
def test_long_dates_agree_with_babel(day):
    assert date_long(day) == format_date(day, "d MMMM y", locale="id")
    assert month_long(Month.of(day)) == format_date(day, "MMMM y", locale="id")


@given(days)
def test_short_dates_stand_day_first_with_two_digits(day):
    assert date_short(day) == format_date(day, "dd/MM/yyyy", locale="id")


def test_dates_of_the_dossier():
    assert date_long(date(2025, 8, 4)) == "4 Agustus 2025"
    assert date_short(date(2025, 8, 4)) == "04/08/2025"
    assert month_long(Month(2025, 8)) == "Agustus 2025"
    assert month_short(Month(2025, 8)) == "Agu 2025"


def test_period_says_each_thing_once():
    assert period_text(Period(Month(2025, 8), Month(2025, 8))) == "Agustus 2025"
    assert period_text(Period(Month(2025, 8), Month(2025, 10))) == "Agustus s.d. Oktober 2025"
    assert period_text(Period(Month(2025, 11), Month(2026, 1))) == "November 2025 s.d. Januari 2026"


def test_roman_months_of_letter_numbers():
    assert [roman_month(m) for m in (1, 4, 8, 9, 12)] == ["I", "IV", "VIII", "IX", "XII"]


def test_the_computers_locale_changes_nothing(monkeypatch):
    for name in ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert number(1234567) == "1.234.567"
            assert date_long(date(2025, 8, 4)) == "4 Agustus 2025"
        finally:
            locale.setlocale(locale.LC_ALL, "C")


def test_only_the_names_of_months_follow_the_language_of_the_screen():
    language.use("en")
    assert date_long(date(2025, 8, 4)) == "4 August 2025"
    assert period_text(Period(Month(2025, 8), Month(2025, 10))) == "August to October 2025"
    assert number(1234) == "1.234"
    assert percent(Fraction(3351, 10_000)) == "33,51\u00a0%"


def test_a_written_value_follows_the_language_in_which_its_sentence_is_read():
    problem = Problem("born_on", "x", "{day}", {"day": Written(date(2025, 8, 4), date_long)})
    assert problem.text == "4 Agustus 2025"
    language.use("en")
    assert problem.text == "4 August 2025"


def test_written_values_compare_by_what_they_hold():
    assert Written(1, number) == Written(1, number) != Written(2, number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_decimal_of_exact_hundredths_is_exact(value):
    assert decimal(Fraction(value), 2) == format_decimal(Decimal(value), "#,##0.00", locale="id")
