"""How alike two names are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.name_likeness import ComparedName, NameLikeness, name_likeness
from models.people.sounds import sound
from tests.benchmarks.slips import mistyped

names = st.lists(
    st.sampled_from(
        [
            "Siti",
            "Aminah",
            "Nur",
            "Hayati",
            "Muhammad",
            "Yusuf",
            "Jusuf",
            "Rizky",
            "Lubis",
            "Nasution",
            "Slamet",
            "Ali",
            "M.",
            "Yusnidar",
            "bin",
            "Doni",
            "Sri",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
wild = names | st.text(max_size=20)


def likeness(one: str, other: str) -> NameLikeness:
    return name_likeness(ComparedName.of(one), ComparedName.of(other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Siti Aminah", "SITI AMINAH", NameLikeness.SAME),
        ("Siti Aminah", "Aminah Siti", NameLikeness.SAME),
        ("Nur Hayati", "Nurhayati", NameLikeness.SAME),
        ("Nurh Ayati", "Nur Hayati", NameLikeness.SAME),
        ("Nur'aini", "Nuraini", NameLikeness.SAME),
        ("Muhammad Yusuf", "M. Jusuf", NameLikeness.SOUND),
        ("Rizky Saputra", "Riski Saputra", NameLikeness.SOUND),
        ("Oemar Saleh", "Saleh Umar", NameLikeness.SOUND),
        ("Siti Aminah", "Siti Aminsh", NameLikeness.SLIP),
        ("Siti Aminah", "Siit Aminah", NameLikeness.SLIP),
        ("Siti", "Sati", NameLikeness.SLIP),
        ("Doni", "Dono", NameLikeness.SLIP),
        ("Yusnidar", "Yusnodra", NameLikeness.PART),
        ("Yusnidar Lubis", "Yusnodra Lubis", NameLikeness.SLIPS),
        ("Siti Aminah", "Siti Aminah Nasution", NameLikeness.LONGER),
        ("Nur Hayati", "Nurhayati Lubis", NameLikeness.LONGER),
        ("Siti Aminah", "Siti A", NameLikeness.LONGER),
        ("Rahma", "Rahmat Ramadhan", NameLikeness.LONGER),
        ("Siti Aminah Lubis", "Siti Aminah Hasan", NameLikeness.PART),
        ("Siti", "Rita", NameLikeness.UNLIKE),
        ("Siti", "Titi", NameLikeness.UNLIKE),
        ("Ali", "Budi", NameLikeness.UNLIKE),
        ("Hasan Nasution", "Rudi Nasution", NameLikeness.PART),
        ("Muhammad Ali", "Muhammad Budi Santoso", NameLikeness.UNLIKE),
        ("", "", NameLikeness.UNLIKE),
        ("Siti", "", NameLikeness.UNLIKE),
    ],
)
def test_each_class_has_its_names(one: str, other: str, expected: NameLikeness) -> None:
    assert likeness(one, other) is expected


@given(wild, wild)
def test_it_does_not_matter_which_name_comes_first(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)


@given(wild)
def test_a_name_is_the_same_as_itself_in_other_capitals_order_and_spacing(name: str) -> None:
    compared = ComparedName.of(name)
    if compared.joined:
        assert likeness(name, compared.key) is NameLikeness.SAME
        assert likeness(name, " ".join(reversed(compared.words))) is NameLikeness.SAME
        assert likeness(name, compared.joined) is NameLikeness.SAME


@given(names.filter(lambda name: len(name.replace(" ", "").replace(".", "")) > 6), st.randoms(use_true_random=False))
def test_one_slip_of_the_typist_leaves_a_name_alike(name: str, chance: random.Random) -> None:
    assert likeness(name, mistyped(name, chance)) in (
        NameLikeness.SAME, NameLikeness.SOUND, NameLikeness.SLIP, NameLikeness.SLIPS, NameLikeness.LONGER,
    )  # fmt: skip


@given(names, st.sampled_from(["Lubis", "Hasan", "Piliang"]))
def test_a_word_more_leaves_a_name_alike(name: str, further: str) -> None:
    if len(sound(ComparedName.of(name).key)) >= 4 and further not in name:
        assert likeness(name, f"{name} {further}") in (NameLikeness.LONGER, NameLikeness.SOUND, NameLikeness.SLIPS)
