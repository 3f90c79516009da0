"""Mending cells, answering words, accepting warnings."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from models.exchange.checking import accept, accept_all, check_list, choices, recheck, translate_word
from models.exchange.context import CheckContext
from tests.models.exchange.nagari_lists import nagari_list, spoil
from tests.models.exchange.tables import check, codes_at, make_context, mapping_of_list, table_of_list


def test_mending_a_double_nik_frees_the_other_row_too() -> None:
    people = nagari_list(30)
    right = people.get(9, "nik")
    people.put(9, "nik", people.get(3, "nik"))
    checked = check(people)
    assert "nik_twice" in codes_at(checked, 3)

    recheck(checked, 9, people.column("nik"), right)

    assert checked.findings == []
    assert checked.values["nik"][9] == right


def test_one_answer_translates_every_row_that_says_the_same_and_is_remembered() -> None:
    people = nagari_list(60)
    for place in (3, 30, 50):
        people.put(place, "nagari", "Kajay Lama")
    people.put(3, "nik", "")
    checked = check(people)
    assert checked.counts() == {"nagari_unknown": 3, "nik_missing": 1}

    column = people.column("nagari")
    translate_word(checked, column, "KAJAY  LAMA", "Kajai")

    assert checked.counts() == {"nik_missing": 1}
    assert checked.values["nagari"][30] == "13.12.04.2001"
    assert checked.mapping.translations == {"nagari": {"KAJAY LAMA": "13.12.04.2001"}}
    again = check_list(table_of_list(people), checked.mapping, make_context())
    assert again.counts() == {"nik_missing": 1}


def test_a_word_may_mean_nothing() -> None:
    people = nagari_list(30, is_wide=True)
    people.put(3, "marital_status", "rahasia")
    checked = check(people)
    assert codes_at(checked, 3) == ["marital_status_unknown"]

    translate_word(checked, people.column("marital_status"), "rahasia", "")

    assert checked.findings == []
    assert checked.values["marital_status"][3] is None


def test_words_of_a_column_can_be_chosen_from_what_they_may_mean() -> None:
    people = nagari_list(5)
    checked = check(people)

    assert dict(choices(checked, people.column("nagari")))["13.12.04.2001"] == "Kajai"
    assert dict(choices(checked, people.column("sex"))) == {"L": "L", "P": "P"}
    assert dict(choices(checked, people.column("occupation")))["1"] == "Pemanen sawit"


def test_a_warning_is_accepted_with_a_reason_and_an_error_never_is() -> None:
    people = nagari_list(30)
    spoil(people, 5, 4, "sex")
    spoil(people, 5, 6, "sex")
    spoil(people, 3, 8, "short")
    checked = check(people)
    assert checked.blocked() == {4, 6, 8}

    accept(checked, 4, "nik_sex_differs", "Sesuai KTP")
    assert checked.blocked() == {6, 8}
    assert accept_all(checked, "nik_sex_differs", "Sesuai KTP") == 2
    accept(checked, 8, "nik_length", "biar saja")
    assert checked.blocked() == {8}
    accept(checked, 4, "nik_sex_differs", "")
    assert checked.blocked() == {4, 8}


def test_a_cancel_stops_the_check() -> None:
    class Cancelled(Exception):
        pass

    def cancel(at: int, of: int) -> None:
        assert 0 < at <= of
        if at == 3:
            raise Cancelled

    people = nagari_list(5)
    with pytest.raises(Cancelled):
        check_list(table_of_list(people), mapping_of_list(people), make_context(), cancel)


def test_the_context_of_another_thread_can_be_given_for_mending() -> None:
    people = nagari_list(10)
    checked = check(people)
    asked: list[str] = []

    def cards(numbers: Collection[str]) -> frozenset[str]:
        asked.extend(numbers)
        return frozenset()

    context: CheckContext = make_context(family_cards=cards)
    recheck(checked, 2, people.column("nik"), "1312040101200003", context)

    assert "1312040101200003" in asked
    assert checked.context is context
