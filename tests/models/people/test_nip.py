"""The NIP of a civil servant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.nip import group_nip, parse_nip
from models.people.worker import Sex

TODAY = date(2026, 3, 22)


def code_of(text):
    nip, (problem,) = parse_nip(text, TODAY)
    assert nip is None
    assert problem.text
    assert problem.field == "payer_number"
    return problem.code


@pytest.mark.parametrize(
    "text", ["198609262015051001", "19860926 201505 1 001", "NIP. 19860926 201505 1 001", "'198609262015051001"]
)
def test_a_nip_of_a_civil_servant(text):
    nip, problems = parse_nip(text, TODAY)
    assert not problems
    assert nip
    assert (nip.born_on, nip.appointed_in, nip.sex, nip.serial) == (date(1986, 9, 26), 2015, Sex.MALE, 1)
    assert not nip.is_contract
    assert group_nip(nip.digits) == "19860926 201505 1 001"


def test_a_nip_of_a_contract_employee_has_a_code_for_the_month():
    nip, problems = parse_nip("199001012024212034", TODAY)
    assert not problems
    assert nip
    assert nip.is_contract
    assert nip.sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("19860926201505100", "nip_length"),
        ("1986092620150510011", "nip_length"),
        ("19860926201505100l", "nip_letters"),
        ("1,98609E+17", "nip_scientific"),
        ("198613262015051001", "nip_date"),
        ("198602302015051001", "nip_date"),
        ("218609262015051001", "nip_date"),
        ("260919862015051001", "nip_date"),
        ("198609262015131001", "nip_appointment"),
        ("198609262015001001", "nip_appointment"),
        ("198609262015301001", "nip_appointment"),
        ("198609261990051001", "nip_appointment"),
        ("198609262027051001", "nip_appointment"),
        ("198609262015053001", "nip_sex"),
        ("198609262015050001", "nip_sex"),
        ("198609262015051000", "nip_serial"),
    ],
)
def test_what_is_wrong_is_named(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("month", [*range(1, 13), *range(21, 30)])
def test_months_and_contract_codes_are_accepted(month):
    assert parse_nip(f"198609262015{month:02d}1001", TODAY)[0]


def test_december_is_a_month_and_21_a_code():
    assert [parse_nip(f"1986092620151{m}1001", TODAY)[0].is_contract for m in "12"] == [False, False]
    assert parse_nip("198609262015211001", TODAY)[0].is_contract


def test_who_was_appointed_this_year_or_at_14_may_have_a_nip_but_not_sooner():
    assert parse_nip("198609262026031001", TODAY)[0]
    assert parse_nip("198609262000031001", TODAY)[0]
    assert code_of("198609261999031001") == "nip_appointment"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("198613262015051001", "19861326 bukan"),
        ("198609262015131001", "201513 tidak"),
        ("198609262015053001", "bukan 3"),
    ],
)
def test_the_sentence_shows_the_digits_that_cannot_be(text, shown):
    _, (problem,) = parse_nip(text, TODAY)
    assert shown in problem.text


@given(
    st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    st.integers(20, 21),
    st.sampled_from([*range(1, 13), *range(21, 30)]),
    st.sampled_from("12"),
    st.integers(1, 999),
)
def test_every_generated_nip_is_read_back(born_on, age, month, sex, serial):
    digits = f"{born_on:%Y%m%d}{born_on.year + age}{month:02d}{sex}{serial:03d}"
    nip, problems = parse_nip(group_nip(digits), TODAY)
    assert not problems
    assert nip
    assert (nip.digits, nip.born_on, nip.serial, str(nip)) == (digits, born_on, serial, digits)


@given(st.text() | st.text(alphabet="0123456789 ", max_size=22))
def test_any_text_gives_a_nip_or_a_sentence(text):
    nip, problems = parse_nip(text, TODAY)
    assert nip is None or not problems
    assert all(problem.text for problem in problems)


@pytest.mark.parametrize("text", ["", "12", "19860926201505100x"])
def test_only_a_nip_is_grouped(text):
    assert group_nip(text) == text
