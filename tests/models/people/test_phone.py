"""Phone numbers as people say them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.phone import format_phone, parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "081266778899", "6281266778899", "+6281266778899", "81266778899", "+62 812-6677-8899", "0812 6677 8899",
        "0812.6677.8899", "(0812) 66778899", "006281266778899", "+62 0812 6677 8899", "62 0812-6677-8899",
        "'081266778899", "\u202a+62 812\u20116677\u20118899\u202c", " 0812-6677-8899 ",
    ],
)  # fmt: skip
def test_every_usual_form_of_a_mobile_number(text):
    assert parse_phone(text) == ("+6281266778899", ())


def test_62812_without_a_plus_is_not_taken_for_an_area():
    assert parse_phone("62812667788") == ("+62812667788", ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0753-65123", "+6275365123"),
        ("(0753) 65123", "+6275365123"),
        ("6275365123", "+6275365123"),
        ("021-5551234", "+62215551234"),
        ("+60 12-345 6789", "+60123456789"),
        ("+966 50 123 4567", "+966501234567"),
    ],
)
def test_landlines_and_numbers_abroad(text, number):
    assert parse_phone(text) == (number, ())


@pytest.mark.parametrize("text", ["", "  ", "-", "'"])
def test_an_empty_field_is_no_number_and_no_problem(text):
    assert parse_phone(text) == (None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("081266778", "phone_length"),
        ("0812667788990011", "phone_length"),
        ("08126677889900", "phone_length"),
        ("8", "phone_length"),
        ("0812667788OO", "phone_characters"),
        ("tidak ada", "phone_characters"),
        ("+", "phone_characters"),
        ("08+1266778899", "phone_characters"),
        ("٠٨١٢٦٦٧٧٨٨٩٩", "phone_characters"),
        ("65123", "phone_area"),
        ("112", "phone_area"),
        ("0753", "phone_impossible"),
        ("0", "phone_impossible"),
        ("+999123", "phone_impossible"),
        ("075365123075365123", "phone_impossible"),
        ("081266778899/081366778899", "phone_several"),
        ("081266778899, 081366778899", "phone_several"),
        ("0812 6677 8899; +62 813 6677 8899", "phone_several"),
        ("9" * 5000, "phone_area"),
        ("+" + "6" * 5000, "phone_impossible"),
    ],
)
def test_what_reaches_nobody_is_named(text, code):
    number, (problem,) = parse_phone(text)
    assert number is None
    assert (problem.field, problem.code) == ("phone", code)
    assert problem.text


def test_the_length_is_counted_with_the_leading_0():
    _, (problem,) = parse_phone("+6281266778")
    assert problem.text.startswith("Hanya 9 angka; nomor HP terdiri dari 10 sampai 13 angka.")
    _, (problem,) = parse_phone("08126677889900")
    assert problem.text.startswith("Ada 14 angka; nomor HP terdiri dari 10 sampai 13 angka.")


@given(st.from_regex(r"8[0-9]{8,11}", fullmatch=True))
def test_every_mobile_number_is_kept_and_printed_so_that_it_can_be_read_again(number):
    expected = ("+62" + number, ())
    assert parse_phone(number) == parse_phone("0" + number) == parse_phone("62" + number) == expected
    printed = format_phone("+62" + number)
    assert printed.startswith("08")
    assert printed.replace("-", "") == "0" + number
    assert [len(part) >= 3 for part in printed.split("-")] == [True] * 3
    assert parse_phone(printed) == expected


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("+62812667788", "0812-667-788"),
        ("+6281266778899", "0812-6677-8899"),
        ("+62812667788990", "0812-6677-88990"),
        ("+6281266778", "+6281266778"),
        ("+6275365123", "(0753) 65123"),
        ("+60123456789", "+60 12-345 6789"),
        ("", ""),
        ("abc", "abc"),
        ("+", "+"),
        ("+999123", "+999123"),
    ],
)
def test_printed_as_people_read_it_out(number, printed):
    assert format_phone(number) == printed


@given(st.text() | st.text(alphabet="+0123456789 -().", max_size=20))
def test_any_text_gives_a_number_or_a_sentence(text):
    number, problems = parse_phone(text)
    assert all(problem.text for problem in problems)
    assert isinstance(format_phone(text), str)
    if number is not None:
        assert not problems
        assert parse_phone(number) == (number, ())
        assert parse_phone(format_phone(number)) == (number, ())


def test_a_mobile_number_is_read_without_the_tables_of_the_world():
    program = (
        "import sys; from models.people.phone import parse_phone, format_phone; "
        "format_phone(parse_phone('081266778899')[0]); sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
