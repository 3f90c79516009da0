"""How probable it is that two records are one person, and the reasons given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.likeness import CERTAIN, OFFERED, Likeness, Traits, likeness
from models.people.worker import Sex, Worker
from tests.factories import make_worker

CARD = "1312040509120004"


class Town:
    """A register of a hundred thousand in which some names are usual."""

    def __init__(
        self, people: int = 100_000, named: int = 1, further: int = 1, born: int = 6, neighbours: int = 1_000
    ) -> None:
        self.people, self._named, self._further, self._born = people, named, further, born
        self._neighbours = neighbours

    def named(self, key: str) -> int:
        return self._named

    def named_further(self, key: str) -> int:
        return self._further

    def born_on(self, day: date) -> int:
        return self._born

    def living_in(self, nagari: str) -> int:
        return self._neighbours


PERSON = make_worker(1, name="Yusnidar Lubis", mother_name="Derhana", family_card=CARD)
UNKNOWN_NIK = replace(PERSON, nik="")


def compare(one: Worker, other: Worker, town: Town | None = None) -> Likeness:
    return likeness(Traits.of(one), Traits.of(other), town or Town())


def test_all_the_same_under_another_nik_is_nearly_certain() -> None:
    like = compare(PERSON, UNKNOWN_NIK)
    assert like.percent >= CERTAIN
    assert set(like.reasons) == {
        "the same name", "the same birth date", "the same mother's name", "the same family card", "the same nagari",
        "the same birth place",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": "Yusnidat Lubis"}, "one letter of the name differs"),
        ({"name": "Jusnidar Loebis"}, "a name that sounds the same"),
        ({"name": "Yusnidar"}, "one name has a word more"),
        ({"name": "Yusnidsr Lubia"}, "two letters of the name differ"),
        ({"born_on": date(1985, 1, 7)}, "day and month of birth swapped"),
        ({"born_on": date(1985, 7, 11)}, "one digit of the birth date differs"),
        ({"mother_name": "Derhanna"}, "a mother's name that sounds the same"),
        ({"mother_name": "Derhama"}, "a like mother's name"),
        ({"family_card": "1312040509120005"}, "family cards one digit apart"),
        ({"nik": PERSON.nik[:7] + "9" + PERSON.nik[8:]}, "NIK differs in one digit"),
        ({"nagari": "13.12.05.2001", "family_card": ""}, "the same birth date"),
    ],
)
def test_one_slip_is_offered_with_its_reason(changed: dict[str, object], reason: str) -> None:
    like = compare(PERSON, replace(UNKNOWN_NIK, **changed))  # type: ignore[arg-type]
    assert like.percent >= OFFERED
    assert reason in like.reasons


def test_an_unlike_name_is_nobody_whatever_else_is_the_same() -> None:
    assert compare(PERSON, replace(UNKNOWN_NIK, name="Hotnida Siregar")) == Likeness(0.0, ())


def test_a_rare_name_says_more_than_a_usual_one() -> None:
    moved = replace(UNKNOWN_NIK, nagari="13.12.05.2001", family_card="", mother_name="")
    rare, usual = compare(PERSON, moved), compare(PERSON, moved, Town(named=400, born=12))
    assert rare.percent > 90 > usual.percent
    assert usual.percent < OFFERED


def test_a_usual_birth_date_says_less() -> None:
    moved = replace(UNKNOWN_NIK, nagari="13.12.05.2001", family_card="", mother_name="")
    assert compare(PERSON, moved, Town(born=400)).percent < compare(PERSON, moved).percent


def test_a_namesake_of_the_same_day_with_another_mother_elsewhere_is_another_person() -> None:
    namesake = replace(
        UNKNOWN_NIK,
        mother_name="Rosmiati",
        nagari="13.12.05.2001",
        birth_place="Kinali",
        family_card="1312051010100001",
    )
    assert compare(PERSON, namesake, Town(named=40)).percent < OFFERED


def test_twins_of_like_names_are_offered_but_are_not_certain() -> None:
    one, other = replace(PERSON, name="Rina Lubis"), replace(UNKNOWN_NIK, name="Rini Lubis")
    like = compare(one, other)
    assert OFFERED <= like.percent < CERTAIN


def test_sisters_of_like_names_are_not_offered() -> None:
    sister = replace(UNKNOWN_NIK, name="Yusmidar Lubis", born_on=date(1983, 2, 14))
    assert compare(PERSON, sister).percent < OFFERED


def test_the_next_serial_of_the_day_does_not_make_two_people_alike() -> None:
    """Born on one day in one kecamatan, their NIK differ in the last digit alone."""
    moved = replace(PERSON, nagari="13.12.04.2003", family_card="", mother_name="", name="Siti")
    neighbour = replace(moved, nik=moved.nik[:-1] + "2", nagari="13.12.04.2002")
    unknown = replace(neighbour, nik="")
    common = Town(named=400, further=400)
    assert compare(moved, neighbour, common).percent < compare(moved, unknown, common).percent * 3


def test_a_slip_in_the_nik_that_the_birth_date_does_not_explain_says_much() -> None:
    poor = replace(
        PERSON, family_card="", mother_name="", birth_place="", nagari="", name="Siti", born_on=date(1970, 5, 5)
    )
    slip = replace(poor, nik=PERSON.nik[:-1] + "7", born_on=date(1985, 7, 1))
    common = Town(named=400, further=400)
    assert compare(slip, poor, common).percent > 20 * compare(slip, replace(poor, nik=""), common).percent


def test_the_nagari_says_little_where_all_live_in_it() -> None:
    other = replace(UNKNOWN_NIK, family_card="", mother_name="")
    of_one_nagari = compare(PERSON, other, Town(people=2_000, named=20, neighbours=2_000))
    assert of_one_nagari.percent < compare(PERSON, other, Town(people=2_000, named=20, neighbours=20)).percent


def test_an_office_with_few_people_yet_is_no_other_world() -> None:
    assert compare(PERSON, UNKNOWN_NIK, Town(people=1)).percent >= CERTAIN
    assert compare(PERSON, UNKNOWN_NIK, Town(people=0, named=0, born=0)).percent >= CERTAIN


workers = st.builds(
    Worker,
    name=st.sampled_from(["Siti Aminah", "Siti Aminsh", "Yusuf", "Jusuf", "M. Yusuf Lubis", "Rina", "Rini", "", "'"]),
    born_on=st.none() | st.sampled_from([date(1985, 7, 1), date(1985, 1, 7), date(1985, 7, 2), date(1990, 1, 1)]),
    sex=st.none() | st.sampled_from(list(Sex)),
    mother_name=st.sampled_from(["", "Rohana", "Rohama", "Upik"]),
    birth_place=st.sampled_from(["", "Talu", "Kinali"]),
    nagari=st.sampled_from(["", "13.12.04.2002", "13.12.04.2003", "13.12.05.2001"]),
    family_card=st.sampled_from(["", CARD, "1312040509120005", "1312051010100001"]),
    nik=st.sampled_from(["", "1312044107850001", "1312044107850002", "1312054107850001", "1312044107850101"]),
)
towns = st.builds(
    Town,
    people=st.integers(0, 10**6),
    named=st.integers(0, 400),
    further=st.integers(0, 400),
    born=st.integers(0, 999),
)


@given(workers, workers, towns)
def test_it_is_a_probability_with_reasons_whichever_record_comes_first(
    one: Worker, other: Worker, town: Town
) -> None:
    like = compare(one, other, town)
    assert 0 <= like.percent <= 100
    assert like.percent == pytest.approx(compare(other, one, town).percent)
    assert (like.percent == 0) is (like.reasons == ())
    assert len(set(like.reasons)) == len(like.reasons)


@given(workers, workers, towns)
def test_a_field_that_agrees_after_all_never_makes_two_records_less_alike(
    one: Worker, other: Worker, town: Town
) -> None:
    for field in ("mother_name", "nagari"):
        if getattr(one, field) and getattr(other, field) and one.name:
            agreeing = replace(other, **{field: getattr(one, field)})
            assert compare(one, agreeing, town).percent >= compare(one, other, town).percent - 1e-9
