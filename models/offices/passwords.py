"""Passwords of the office's users: argon2id with 64 MiB, so that a stolen file gives none of them away quickly."""

from __future__ import annotations

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from models.language import N_
from models.problems import Problem

MEMORY = 64 * 1024
"""KiB."""
SHORTEST = 8
"""Letters; NIST SP 800-63B: length counts, rules about signs do not."""
_HASHER = PasswordHasher(time_cost=3, memory_cost=MEMORY, parallelism=4, type=Type.ID)
_FREE_TRIES = 3
_LONGEST_WAIT = 300


def hashed(password: str) -> str:
    """What is kept of a password; takes about 0.2 seconds."""
    return _HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Whether the password is the one of which `kept` is what `hashed` made; takes as long."""
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def seconds_to_wait(failures: int) -> int:
    """How long the next try must wait after so many wrong ones in a row: 0, 0, 0, 4, 8, 16 … at most 300."""
    return 0 if failures < _FREE_TRIES else min(4 << (failures - _FREE_TRIES), _LONGEST_WAIT)


def problem_of_password(password: str, name: str) -> Problem | None:
    """Why a new password is too easy to guess, or None."""
    if len(password) < SHORTEST:
        message = N_(
            "A password needs at least {count} letters. Three or four words in a row are easy to remember and hard to "
            "guess."
        )
        return Problem("password", "short_password", message, {"count": SHORTEST})
    plain = password.casefold()
    if plain == name.casefold() or len(set(plain)) < 4 or plain in _FIRST_GUESSES:
        message = N_("This password is among the first that anybody would try. Take three or four words in a row.")
        return Problem("password", "easy_password", message)
    return None


_FIRST_GUESSES = {
    "password", "password1", "12345678", "123456789", "1234567890", "qwertyui", "qwerty123", "11223344", "admin123",
    "administrator", "rahasia123", "indonesia", "bismillah", "cakupan123", "jamsostek", "pasamanbarat", "disnaker123",
}  # fmt: skip
