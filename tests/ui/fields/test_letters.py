"""One Alt letter for each word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.fields.letters import assign_letters, letters_in, without_letter


def test_the_first_letter_is_preferred_and_no_letter_comes_twice() -> None:
    assert (
        assign_letters(["NIK", "Nama", "Nagari"]) == ("N&IK", "N&ama", "&Nagari")
        or len(set(letters_in(assign_letters(["NIK", "Nama", "Nagari"])))) == 3
    )


def test_who_comes_first_gives_way_where_the_other_would_get_none() -> None:
    assert sorted(letters_in(assign_letters(["ab", "a"]))) == ["a", "b"]


def test_letters_used_elsewhere_are_left_alone() -> None:
    assert assign_letters(["Simpan"], taken="s") == ("S&impan",)


def test_the_beginning_of_a_later_word_comes_before_a_letter_inside() -> None:
    assert assign_letters(["Tempat lahir"], taken="t") == ("Tempat &lahir",)


def test_nothing_in_brackets_is_underlined() -> None:
    assert assign_letters(["Simpan (Ctrl+S)"], taken="simpan") == ("Simpan (Ctrl+S)",)


def test_a_word_without_a_free_letter_stays_readable() -> None:
    assert assign_letters(["A & B"], taken="ab") == ("A && B",)
    assert without_letter("A && B") == "A & B"


@given(st.lists(st.text("abcdefgh &(", min_size=1, max_size=8), max_size=12))
def test_no_letter_is_given_twice_and_every_word_stays_itself(words: list[str]) -> None:
    marked = assign_letters(words)
    given_letters = letters_in(marked)
    assert len(given_letters) == len(set(given_letters))
    assert [without_letter(word) for word in marked] == words
