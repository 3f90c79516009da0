"""What makes a passphrase good enough, and the words that chance draws."""

from __future__ import annotations

import pytest

from models.offices.passphrases import (
    draw_words,
    drawn_bits,
    problem_of_passphrase,
    strength_of,
    tidy_passphrase,
    words,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "short"),
        ("sawit 2026", "short"),
        ("a b c d e", "short"),
        ("aaaaaaaaaaaa", "easy"),
        ("Cakupan 2026", "short"),
        ("cakupan jamsostek pasaman barat", "easy"),
        ("rahasia123456", "easy"),
        ("kopi anak laut", "enough"),
        ("sebelaspohon", "enough"),
        ("kopi anak laut ayam", "good"),
        ("nagari tua yang penuh embun", "good"),
    ],
)
def test_a_sentence_says_what_a_passphrase_is_worth(text: str, code: str) -> None:
    assert strength_of(text).code == code
    assert (problem_of_passphrase(text) is None) is (code in ("enough", "good"))
    assert strength_of(text).text


def test_drawn_words_are_everyday_words_and_never_the_same() -> None:
    drawn = {draw_words() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(set(one.split())) == 5 and set(one.split()) <= set(words()) for one in drawn)
    assert strength_of(drawn.pop(), is_drawn=True).code == "drawn"


def test_the_list_is_long_enough_for_what_is_said_of_it() -> None:
    assert len(words()) == len(set(words())) >= 1296
    assert all(word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 8 for word in words())
    tries = 2 ** (drawn_bits() - 1)
    by_ten_fast_cards = 10 * 6_000  # a second: PBKDF2-HMAC-SHA512 with 256,000 rounds
    assert tries / by_ten_fast_cards / (365 * 86_400) > 2_000  # "thousands of years"


def test_blanks_and_accents_make_no_other_passphrase() -> None:
    assert tidy_passphrase("  kopi   anak\tlaut ") == "kopi anak laut"
    assert tidy_passphrase("cafe\u0301") == "caf\u00e9"
