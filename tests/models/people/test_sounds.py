"""How a name sounds, whichever way it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.names import fold
from models.people.sounds import sound, sounding_words

keys = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ ", max_size=30).map(fold)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JUSUF", "YUSUF"),
        ("OEMAR", "UMAR"),
        ("DJOKO TJAHJONO", "JOKO CAHYONO"),
        ("SJAHRIAL", "SYAHRIAL"),
        ("SYAHRIAL", "SAHRIAL"),
        ("MUHAMMAD RIZKI", "M RISKY"),
        ("MHD RIZKI", "MOHAMAD RIZKI"),
        ("MOH RIZKI", "RIZKI"),
        ("NUR HAYATI", "NURHAYATI"),
        ("NUR RAHMI", "NURAHMI"),
        ("AMINAH", "AMINA"),
        ("SAIFUL", "SAIPUL"),
        ("ZULFAN", "SULPAN"),
        ("ANISSA", "ANNISA"),
        ("KHADIJAH", "KADIDJAH"),
        ("AHMAD BIN ALI", "AHMAD ALI"),
        ("ABD RAHMAN", "ABDUL RAHMAN"),
        ("CHAIRUL", "KHAIRUL"),
        ("TAUFIQ", "TAUFIK"),
        ("SRI YANTI", "SRIYANTI"),
    ],
)
def test_spellings_of_one_name_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("SITI", "SATI"), ("RINA", "RINI"), ("HASAN", "HUSEIN"), ("BUDI", "RUDI"), ("YUSNIAR", "YUSNIDAR")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_nothing_is_left_of_a_mere_muhammad() -> None:
    assert sound("MUHAMMAD") == ""
    assert sounding_words("M YUSUF BIN ALI") == ["YUSUP", "ALI"]


@given(keys)
def test_a_sound_has_no_blanks_and_is_no_longer_than_the_name_with_its_x_spelled_out(key: str) -> None:
    heard = sound(key)
    assert " " not in heard
    assert len(heard) <= len(key) + key.count("X") + 2 * key.count("ABD")


@given(
    st.lists(st.sampled_from(["SITI", "AMINAH", "YUSUF", "DJOKO", "NUR", "HAYATI", "RIZKY"]), min_size=1, max_size=4)
)
def test_words_sound_as_they_do_in_the_whole_name(words: list[str]) -> None:
    key = " ".join(words)
    assert sound("".join(sounding_words(key))) == sound(sound(key))
