"""Text made fit for the embedded family."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import fonts


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Siti Aminah", "Siti Aminah"),
        ("A\u0301minah", "Áminah"),
        ("baris\nbaru\tdan\u00a0tetap", "baris baru dan tetap"),
        ("arah\u202eterbalik\u200b", "arahterbalik"),
        ("ﬁ ①", "ﬁ 1"),
        ("nama 中", "nama □"),
    ],
)
def test_what_cannot_be_drawn_is_replaced_visibly(typed, printed):
    assert fonts.clean(typed) == printed


def test_a_missing_glyph_is_logged_by_its_number_alone(caplog):
    fonts.clean("Siti 龍 Aminah")
    assert "U+9F8D" in caplog.text
    assert "Siti" not in caplog.text


@given(st.text(max_size=200), st.floats(5, 400))
def test_wrapping_keeps_every_letter_and_the_room(text, room):
    text = fonts.clean(text)
    lines = fonts.wrap(text, fonts.REGULAR, 11, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert len(line) <= 1 or fonts.width(line, fonts.REGULAR, 11) <= room + 0.001


@given(st.text(st.sampled_from("abc "), max_size=80), st.floats(30, 200))
def test_balanced_lines_are_as_few_and_keep_every_word(text, room):
    wrapped = fonts.wrap(text, fonts.BOLD, 12, room)
    balanced = fonts.balanced(text, fonts.BOLD, 12, room)
    assert len(balanced) == len(wrapped)
    assert " ".join(balanced).split() == " ".join(wrapped).split()


def test_a_shortened_text_says_that_it_is_shortened():
    short = fonts.shortened("Sasak Ranah Pasisie", fonts.REGULAR, 9, 50)
    assert short.endswith("…")
    assert fonts.width(short, fonts.REGULAR, 9) <= 50
    assert fonts.shortened("Talu", fonts.REGULAR, 9, 50) == "Talu"
