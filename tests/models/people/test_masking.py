"""Masks: what is hidden stays hidden, whatever was typed into the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.masking import PROTECTED, STAR, is_masked, mask_name, mask_number, mask_phone, masked

DIGITS = st.text("0123456789", min_size=0, max_size=24)
ANYTHING = st.text(max_size=40)


def open_part(text: str) -> str:
    return text.replace(STAR, "").replace(" ", "")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("1312034107850002", "1312********0002"),
        ("1312 0341 0785 0002", "1312********0002"),
        ("131203410785000", "*" * 15),
        ("13120341078500021", "*" * 17),
        ("SITI AMINAH TALU", "*" * 16),
        ("١٣١٢٠٣٤١٠٧٨٥٠٠٠٢", "*" * 16),
        ("1312", "****"),
        ("", ""),
    ],
)
def test_of_a_nik_or_family_card_the_ends_are_left(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+6281266775678", "0812****5678"),
        ("0812-6677-5678", "0812****5678"),
        ("+62812667756789", "0812*****6789"),
        ("+628126677567", "0812****567"),
        ("+62812667756", "0812****56"),
        ("+6275365123", "0753****3"),
        ("+60123456789", "+601****6789"),
        ("12345678", "*" * 8),
        ("tanya Rina 0812", "*" * 15),
        ("", ""),
    ],
)
def test_of_a_phone_number_the_ends_are_left(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rohana Aminah", "R***** A*****"),
        ("Al", "A*****"),
        ("S", "*****"),
        ("Siti binti H. M. Yusuf", "S***** b***** H***** M***** Y*****"),
        ("1312034107850002", "*****"),
        ("(almh) Nur", "***** N*****"),
        ("   ", ""),
        ("", ""),
    ],
)
def test_of_a_name_the_first_letters_are_left(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(DIGITS)
def test_a_number_never_shows_more_than_eight_digits_and_hides_as_many(digits: str) -> None:
    shown = mask_number(digits)
    assert len(shown) == len(digits)
    assert len(open_part(shown)) == (8 if len(digits) == 16 else 0)


@given(ANYTHING)
def test_what_is_no_number_is_hidden_whole(text: str) -> None:
    bare = "".join(c for c in text if c in "0123456789")
    if len(bare) != 16:
        assert open_part(mask_number(text)) == ""


@given(DIGITS.map("+62".__add__) | DIGITS | ANYTHING)
def test_of_a_phone_number_at_least_four_digits_are_hidden(text: str) -> None:
    shown = mask_phone(text)
    assert len(open_part(shown)) <= 8
    if open_part(shown):
        assert shown.count(STAR) >= 4


@given(ANYTHING)
def test_a_name_shows_one_letter_a_word_and_not_how_long_it_is(text: str) -> None:
    words = mask_name(text).split(" ") if text.split() else []
    assert len(words) == len(text.split())
    for word, original in zip(words, text.split(), strict=True):
        assert word in (STAR * 5, original[0] + STAR * 5)
        assert word[0] == STAR or len(original) > 1


@given(st.sampled_from(sorted(PROTECTED)), ANYTHING.filter(lambda text: bool(text.strip())))
def test_whatever_is_masked_is_known_as_masked(name: str, text: str) -> None:
    assert is_masked(masked(name, text))


def test_other_attributes_are_shown_as_they_are() -> None:
    assert masked("name", "Siti Aminah") == "Siti Aminah"
    assert not is_masked("1312034107850002")
