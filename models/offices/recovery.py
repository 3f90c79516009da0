"""The recovery code: the key of an encrypted file as four lines that can be read from paper and typed."""

from __future__ import annotations

import hashlib

from models.language import N_
from models.problems import Problem

LINES = 4
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O and U, so that nothing is taken for another."""
_OF_KEY = 13
"""Letters of the key in a line; four lines hold 260 bits: 256 of the key, 4 that check all of it."""
_LINE = _OF_KEY + 1
_KEY = 32
_GROUP = 4
_READ_AS = str.maketrans("OIL", "011")


def recovery_lines(raw: bytes) -> tuple[str, ...]:
    """The 32 bytes of a key as four lines of fourteen letters, the last of each a check letter."""
    if len(raw) != _KEY:
        raise ValueError("a key has 32 bytes")
    whole = int.from_bytes(raw, "big") << 4 | _check_of_all(raw)
    values = [whole >> (5 * at) & 31 for at in reversed(range(LINES * _OF_KEY))]
    lines = []
    for number in range(LINES):
        line = values[number * _OF_KEY : (number + 1) * _OF_KEY]
        lines.append("".join(LETTERS[value] for value in (*line, _check(line, number))))
    return tuple(lines)


def grouped(line: str) -> str:
    """``7KQ2M4...`` -> ``7KQ2 M4...``, four letters together."""
    return " ".join(line[at : at + _GROUP] for at in range(0, len(line), _GROUP))


def split_lines(text: str) -> tuple[str, ...]:
    """The four lines of a code that came in one piece, as a scanner or the clipboard gives it; otherwise none."""
    letters = plain(text)
    if len(letters) != LINES * _LINE:
        return ()
    return tuple(letters[at : at + _LINE] for at in range(0, len(letters), _LINE))


def plain(text: str) -> str:
    """What was typed without blanks and hyphens, in capitals, O read as 0 and I and L as 1."""
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_READ_AS)


def problem_of_line(text: str, number: int) -> Problem | None:
    """Why a line (from 0) cannot be as it is printed, or None. The check letter finds any one wrong letter, any two
    that changed places, and a line typed into the place of another."""
    letters = plain(text)
    field = f"line_{number + 1}"
    strange = next((letter for letter in letters if letter not in LETTERS), None)
    if strange is not None:
        message = N_("The letter {letter} is in no recovery code. Look at this line of the sheet once more.")
        return Problem(field, "strange_letter", message, {"letter": strange})
    if len(letters) != _LINE:
        message = N_("On the sheet this line has {count} letters; {typed} are typed.")
        return Problem(field, "line_length", message, {"count": _LINE, "typed": len(letters)})
    values = [LETTERS.index(letter) for letter in letters]
    if _check(values[:-1], number) != values[-1]:
        message = N_(
            "This line differs from the sheet in at least one letter. Compare it group by group with the sheet."
        )
        return Problem(field, "line_slip", message)
    return None


def read_recovery(lines: tuple[str, ...] | list[str]) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The key of four typed lines, or what is wrong with each of them."""
    problems = tuple(
        problem for number, line in enumerate(lines) if (problem := problem_of_line(line, number)) is not None
    )
    if problems or len(lines) != LINES:
        return None, problems
    whole = 0
    for line in lines:
        for letter in plain(line)[:_OF_KEY]:
            whole = whole << 5 | LETTERS.index(letter)
    raw = (whole >> 4).to_bytes(_KEY, "big")
    if whole & 15 != _check_of_all(raw):
        message = N_(
            "Each line can be read, but together they are no recovery code. Are all four lines from the same sheet?"
        )
        return None, (Problem("line_1", "lines_differ", message),)
    return raw, ()


def _check_of_all(raw: bytes) -> int:
    return hashlib.sha256(b"cakupan recovery" + raw).digest()[0] & 15


def _check(values: list[int], number: int) -> int:
    """A sum over the field of 32 elements in which each place and each line has another weight."""
    check = _POWERS[_LINE + number]
    for place, value in enumerate(values):
        check ^= _times(value, _POWERS[place + 1])
    return check


def _times(a: int, b: int) -> int:
    """Product in the field of 32 elements (x^5 + x^2 + 1)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= 0b100101
        b >>= 1
    return product


_POWERS = [1]
"""Of x: 31 different elements before they come again."""
while len(_POWERS) < 31:
    _POWERS.append(_times(_POWERS[-1], 2))
