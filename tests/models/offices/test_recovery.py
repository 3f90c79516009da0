"""The recovery code: what is printed is read again, and a slip is found in its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.offices.recovery import (
    LETTERS,
    grouped,
    plain,
    problem_of_line,
    read_recovery,
    recovery_lines,
    split_lines,
)

KEYS = st.binary(min_size=32, max_size=32)
RAW = bytes(range(7, 39))


@given(KEYS)
def test_every_key_comes_back_from_its_four_lines(raw: bytes) -> None:
    lines = recovery_lines(raw)
    assert [len(line) for line in lines] == [14] * 4
    assert set("".join(lines)) <= set(LETTERS)
    assert read_recovery(lines) == (raw, ())


@given(KEYS)
def test_reading_forgives_case_blanks_and_letters_that_look_alike(raw: bytes) -> None:
    typed = [
        "  " + "-".join(grouped(line).lower().replace("0", "o").replace("1", "l").split()) + " "
        for line in recovery_lines(raw)
    ]
    assert read_recovery(typed) == (raw, ())


@given(KEYS, st.integers(0, 3), st.integers(0, 13), st.sampled_from(LETTERS))
def test_any_one_wrong_letter_is_found_in_its_line(raw: bytes, line: int, place: int, letter: str) -> None:
    lines = list(recovery_lines(raw))
    if lines[line][place] == letter:
        return
    lines[line] = lines[line][:place] + letter + lines[line][place + 1 :]
    assert [problem.field for problem in read_recovery(lines)[1]] == [f"line_{line + 1}"]


@given(KEYS, st.integers(0, 3), st.integers(0, 13), st.integers(0, 13))
def test_two_letters_that_changed_places_are_found(raw: bytes, line: int, first: int, second: int) -> None:
    lines = list(recovery_lines(raw))
    letters = list(lines[line])
    if letters[first] == letters[second]:
        return
    letters[first], letters[second] = letters[second], letters[first]
    lines[line] = "".join(letters)
    assert problem_of_line(lines[line], line) is not None


def test_a_line_in_the_place_of_another_is_found() -> None:
    one, two, three, four = recovery_lines(RAW)
    assert [problem.field for problem in read_recovery([two, one, three, four])[1]] == ["line_1", "line_2"]


def test_lines_of_two_sheets_are_mostly_found() -> None:
    mixed = 0
    for other in range(64):
        lines = (*recovery_lines(RAW)[:2], *recovery_lines(bytes([other] * 32))[2:])
        mixed += read_recovery(lines)[0] is not None
    assert mixed < 12  # the key itself is tried on the file afterwards


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("7KQ2", "Pada lembar baris ini memuat 14 huruf; yang diketik 4."),
        ("7KQ2 7KQ2 7KQ2 7U", "Huruf U tidak ada"),
        ("7KQ2 7KQ2 7KQ2 7é", "Huruf É tidak ada"),
        ("7KQ2 7KQ2 7KQ2 70", "Baris ini berbeda dari lembar"),
    ],
)
def test_the_line_with_the_slip_is_named(typed: str, words: str) -> None:
    problem = problem_of_line(typed, 1)
    assert problem is not None
    assert problem.field == "line_2"
    assert words in problem.text


def test_a_code_in_one_piece_is_taken_apart() -> None:
    lines = recovery_lines(RAW)
    assert split_lines("\n".join(grouped(line) for line in lines)) == lines
    assert split_lines(lines[0]) == ()
    assert plain("o-i l\t7") == "0117"


def test_a_key_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="32"):
        recovery_lines(b"short")
