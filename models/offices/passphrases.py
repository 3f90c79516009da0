"""The office's passphrase: what makes one good, and five words drawn by chance for whoever wants them."""

from __future__ import annotations

import math
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from models.language import N_
from models.problems import Level, Problem

SHORTEST = 12
"""Letters, blanks not counted."""
FEWEST_WORDS = 4
DRAWN = 5
"""Words that are offered."""
_WORDS = Path(__file__).parents[2] / "resources" / "words" / "everyday.txt"
_FEWEST_DIFFERENT = 6
_FIRST_GUESSES = (
    "passphrase", "password", "katasandi", "kata sandi", "rahasia", "123456", "qwerty", "cakupan", "jamsostek", "bpjs",
    "pasaman barat", "pasamanbarat", "disnaker", "bismillah", "indonesia", "dinas tenaga kerja", "simpang empat",
)  # fmt: skip
"""What is left of a passphrase that holds one of these must be long enough by itself."""


def tidy_passphrase(text: str) -> str:
    """As it is turned into a key: blanks at the ends left out, several blanks one, accents in one piece."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def problem_of_passphrase(text: str) -> Problem | None:
    """Why a new passphrase is too weak, or None."""
    passphrase = tidy_passphrase(text)
    if not _is_long(passphrase):
        message = N_("A passphrase has at least {letters} letters or {words} words. Words in a row are easy to keep.")
        return Problem("passphrase", "short", message, {"letters": SHORTEST, "words": FEWEST_WORDS})
    rest = passphrase.casefold()
    for guess in _FIRST_GUESSES:
        rest = rest.replace(guess, "")
    if not _is_long(tidy_passphrase(rest)) or len(set(rest)) < _FEWEST_DIFFERENT:
        message = N_(
            "This is among the first that anybody would try. Take words that have nothing to do with the office."
        )
        return Problem("passphrase", "easy", message)
    return None


def strength_of(text: str, *, is_drawn: bool = False) -> Problem:
    """One honest sentence about a passphrase as typed so far; its level and code say whether it may be used.

    `is_drawn`: it is as `draw_words` made it; only then anything can be counted.
    """
    problem = problem_of_passphrase(text)
    if problem is not None:
        return problem
    if is_drawn:
        message = N_(
            "Very good: {drawn} words that chance drew from {count}. Ten fast computers would try for thousands of "
            "years. Change none of them, for what a person picks is easier to guess."
        )
        return Problem("passphrase", "drawn", message, {"drawn": DRAWN, "count": len(words())}, Level.WARNING)
    if len(tidy_passphrase(text).split()) < FEWEST_WORDS:
        message = N_("Long enough. Four or more words that have nothing to do with one another are safer.")
        return Problem("passphrase", "enough", message, level=Level.WARNING)
    message = N_(
        "Good, if it is no saying, song or verse and nobody who knows you would guess it. How hard it is to guess "
        "cannot be counted for words that a person chose."
    )
    return Problem("passphrase", "good", message, level=Level.WARNING)


def draw_words() -> str:
    """Five different everyday words by chance, `drawn_bits` bits worth."""
    return " ".join(secrets.SystemRandom().sample(words(), DRAWN))


def drawn_bits() -> float:
    """How many bits five drawn words are worth."""
    return sum(math.log2(len(words()) - used) for used in range(DRAWN))


@cache
def words() -> tuple[str, ...]:
    """The everyday words, each of three to eight letters."""
    return tuple(_WORDS.read_text("utf-8").split())


def _is_long(passphrase: str) -> bool:
    parts = [word for word in passphrase.split() if len(word) > 2]
    return len(passphrase.replace(" ", "")) >= SHORTEST or len(set(parts)) >= FEWEST_WORDS
