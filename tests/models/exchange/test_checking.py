"""Every mistake of a list has its own finding and no other; nothing is passed over; mending asks what can change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.exchange.cells import Cell
from models.exchange.checking import (
    check_list,
)
from models.exchange.mapping import FROM_NIK
from models.exchange.mistakes import MISTAKES as NUMBERS
from models.exchange.mistakes import NAMES, by_mistake
from models.people.nik import parse_nik
from models.people.rules import REGISTRATION
from tests.factories import TODAY
from tests.models.exchange.nagari_lists import cut_every_nik, nagari_list, spoil, swap_columns
from tests.models.exchange.tables import (
    check,
    codes_at,
    findings_at,
    make_context,
    mapping_of,
    mapping_of_list,
    table_of,
    table_of_list,
)

PLACE = 20
"""Of the row that is spoilt, in a list of 60."""

EXPECTED = [
    (1, "text", "nik_scientific", "nik"),
    (1, "number", "nik_scientific", "nik"),
    (2, "number", "nik_cut", "nik"),
    (3, "short", "nik_length", "nik"),
    (3, "long", "nik_length", "nik"),
    (3, "letter", "nik_letters", "nik"),
    (3, "nothing", "nik_missing", "nik"),
    (3, "serial", "nik_serial", "nik"),
    (4, "", "family_card_is_nik", "nik"),
    (5, "sex", "nik_sex_differs", "sex"),
    (5, "date", "nik_birth_date_differs", "born_on"),
    (7, "american", "date_impossible", "born_on"),
    (7, "swapped", "nik_birth_date_differs", "born_on"),
    (7, "serial_text", "date_unreadable", "born_on"),
    (7, "default", "date_default", "born_on"),
    (7, "impossible", "date_impossible", "born_on"),
    (7, "nothing", "born_on_missing", "born_on"),
    (8, "future", "born_on_future", "born_on"),
    (11, "young", "age_too_young", "born_on"),
    (11, "old", "age_too_old", "born_on"),
    (12, "alias", "name_alias", "name"),
    (12, "digits", "name_digits", "name"),
    (12, "dead", "name_deceased", "name"),
    (12, "nothing", "name_missing", "name"),
    (13, "", "row_shifted", None),
    (14, "misspelt", "nagari_unknown", "nagari"),
    (14, "elsewhere", "nagari_elsewhere", "nagari"),
    (14, "old", "nagari_elsewhere", "nagari"),
    (14, "unknown", "nagari_unknown", "nagari"),
    (15, "commas", "rupiah_unclear", "income"),
    (15, "words", "rupiah_unreadable", "income"),
]
"""Mistake, variant, the one finding that it gives, the field of the cell that is marked."""

HARMLESS = [
    (3, "spaces"),
    (3, "dots"),
    (3, "apostrophe"),
    (6, "number"),
    (6, "text"),
    (7, "iso"),
    (7, "words"),
    (7, "date"),
    (7, "serial"),
    (8, "two_digits"),
    (11, "turns_65"),
    (12, "titles"),
    (12, "bin"),
    (12, "spaces"),
    (15, "rupiah"),
    (15, "number"),
]
"""Odd forms that mean one thing only."""


def test_a_sound_list_gives_no_finding_and_no_stop() -> None:
    checked = check(nagari_list(300, is_wide=True, nagari=None))

    assert checked.findings == []
    assert checked.stops == checked.doubts == ()
    assert checked.absent == frozenset()
    assert len(checked.values["nik"]) == 300


def test_sound_values_stand_as_they_are_stored() -> None:
    people = nagari_list(10, is_wide=True)
    checked = check(people)

    assert checked.values["nik"] == [row[1] for row in people.rows]
    assert checked.values["born_on"][0] == people.born_on(0).isoformat()
    assert checked.values["nagari"][0] == "13.12.04.2001"
    assert str(checked.values["phone"][0]).startswith("+628")
    assert checked.values["occupation"][0] in {str(code) for code in range(1, 11)}
    assert isinstance(checked.values["income"][0], int)
    assert checked.values["marital_status"][0] in ("single", "married", "divorced", "widowed")


@pytest.mark.parametrize(("number", "variant", "code", "field"), EXPECTED)
def test_each_mistake_gives_its_own_finding_and_no_other(
    number: int, variant: str, code: str, field: str | None
) -> None:
    people = nagari_list(60)
    spoil(people, number, PLACE, variant)

    checked = check(people)

    assert [(finding.place, finding.problem.code) for finding in checked.findings] == [(PLACE, code)]
    column = checked.findings[0].column
    assert (None if column is None else people.fields[column]) == field
    assert NUMBERS.get(code, number) in (number, 5, 2)
    assert checked.stops == ()
    assert checked.findings[0].problem.text
    assert "{" not in checked.findings[0].problem.text


@pytest.mark.parametrize(("number", "variant"), HARMLESS)
def test_odd_forms_that_mean_one_thing_are_read_without_a_question(number: int, variant: str) -> None:
    people = nagari_list(60)
    spoil(people, number, PLACE, variant)

    assert check(people).findings == []


@pytest.mark.parametrize(("variant", "code"), [("same_nik", "nik_twice"), ("typed_otherwise", "person_twice")])
def test_a_person_who_stands_there_twice_is_found_in_both_rows(variant: str, code: str) -> None:
    people = nagari_list(60)
    spoil(people, 9, PLACE, variant)

    checked = check(people)

    assert [(f.place, f.problem.code) for f in checked.findings] == [(PLACE - 1, code), (PLACE, code)]
    assert checked.findings[0].problem.params["row"] == checked.table.rows[PLACE]
    assert checked.findings[1].problem.params["row"] == checked.table.rows[PLACE - 1]


def test_every_number_of_the_fifteen_has_a_name_and_codes() -> None:
    assert sorted(NAMES) == list(range(1, 16))
    assert set(NUMBERS.values()) == set(range(1, 16))
    assert by_mistake({"nik_length": 2, "nik_twice": 4, "family_apart": 1}) == {3: 2, 9: 4, 0: 1}


def test_a_number_cell_whose_nik_may_be_whole_only_asks_for_a_look() -> None:
    people = nagari_list(30)
    people.put(3, "nik", int(people.get(3, "nik")[:15] + "7"))

    finding = findings_at(check(people), 3)[0]

    assert finding.problem.code == "nik_number"
    assert not finding.is_error


def test_a_date_of_another_century_offers_the_right_one() -> None:
    people = nagari_list(30)
    place = next(place for place in range(30) if people.born_on(place).year < 2000)
    right = people.get(place, "born_on").replace("/", "-")
    spoil(people, 8, place, "future")

    assert findings_at(check(people), place)[0].proposals == (right,)


def test_a_sex_or_date_that_the_nik_says_otherwise_is_offered_as_the_nik_has_it() -> None:
    people = nagari_list(30)
    sex, born = people.get(4, "sex"), f"{people.born_on(5):%d-%m-%Y}"
    spoil(people, 5, 4, "sex")
    spoil(people, 5, 5, "date")
    checked = check(people)

    assert findings_at(checked, 4)[0].proposals == (sex,)
    assert findings_at(checked, 5)[0].proposals == (born,)


# The whole list


def test_a_column_of_cut_nik_stops_the_list() -> None:
    people = nagari_list(40)
    cut_every_nik(people)
    checked = check(people)

    assert "column_misfits" in [stop.code for stop in checked.stops] or "nik_column_cut" in [
        stop.code for stop in checked.stops
    ]
    assert {codes_at(checked, place)[0] for place in range(40)} <= {"nik_cut", "nik_scientific"}


def test_too_many_nik_that_end_in_zero_are_asked_about_one_by_one() -> None:
    people = nagari_list(40)
    for place in range(8):
        nik = people.get(place, "nik")
        people.put(place, "nik", nik[:14] + "10")
    checked = check(people)

    assert {place for place in range(40) if codes_at(checked, place) == ["nik_ends_in_zero"]} >= set(range(8))
    assert checked.stops == ()


def test_a_tenth_of_zeros_is_as_nature_has_it() -> None:
    people = nagari_list(40)
    people.put(0, "nik", people.get(0, "nik")[:14] + "10")

    assert check(people).findings == []


def test_swapped_columns_stop_the_list() -> None:
    people = nagari_list(40)
    swap_columns(people, "birth_place", "born_on")
    checked = check(people)

    assert {stop.field for stop in checked.stops if stop.code == "column_misfits"} == {"birth_place", "born_on"}


def test_family_card_numbers_in_the_column_of_the_nik_stop_the_list() -> None:
    people = nagari_list(40)
    swap_columns(people, "nik", "family_card")

    assert "column_misfits" in [stop.code for stop in check(people).stops]


def test_a_list_without_a_nik_column_is_stopped() -> None:
    people = nagari_list(5)
    mapping = mapping_of_list(people)
    without = replace(mapping, columns={**mapping.columns, "NIK": ""})

    checked = check_list(table_of_list(people), without, make_context())

    assert [stop.code for stop in checked.stops] == ["column_absent"]


def test_an_empty_list_says_that_nobody_is_in_it() -> None:
    people = nagari_list(0)

    assert [stop.code for stop in check(people).stops] == ["no_people"]


def test_a_family_card_of_another_row_as_nik_is_found() -> None:
    people = nagari_list(40)
    card = people.get(3, "family_card")
    other = next(place for place in range(4, 40) if people.get(place, "family_card") != card)
    people.put(other, "nik", card)

    assert codes_at(check(people), other) == ["nik_is_family_card"]


def test_a_family_card_of_the_register_as_nik_is_found() -> None:
    people = nagari_list(40)
    people.put(7, "nik", "1312040101200003")
    context = make_context(cards={"1312040101200003"})

    assert codes_at(check(people, context), 7) == ["nik_is_family_card"]


def test_one_number_as_nik_of_several_people_is_a_family_card() -> None:
    people = nagari_list(40)
    for place in (5, 15, 25):
        people.put(place, "nik", "1312040101200003")
    checked = check(people)

    assert [codes_at(checked, place) for place in (5, 15, 25)] == [["nik_is_family_card"]] * 3


def test_a_family_in_two_nagari_is_asked_about() -> None:
    people = nagari_list(40, nagari=None)
    first = next(p for p in range(38) if people.get(p, "family_card") == people.get(p + 1, "family_card"))
    people.put(first, "nagari", "Ophir")
    people.put(first, "kecamatan", "Luhak Nan Duo")
    checked = check(people)

    assert {finding.problem.code for finding in checked.findings} == {"family_apart"}
    assert first in {finding.place for finding in checked.findings}


def test_a_sum_that_does_not_add_up_is_told() -> None:
    from models.exchange.table import LeftOut, RowKind

    headings = ["NIK", "Nama", "Iuran"]
    rows: list[list[Cell]] = [["1312040107850001", "Rina", "16.800"], ["1312040107850002", "Sari", "16.800"]]
    mapping = mapping_of(headings, ["nik", "name", "fee"])
    wrong = table_of(headings, rows, (LeftOut(4, RowKind.TOTAL, "JUMLAH 2 orang 50.400"),))
    right = table_of(headings, rows, (LeftOut(4, RowKind.TOTAL, "JUMLAH 2 orang Rp 33.600"),))

    context = make_context(required=frozenset({"nik"}))
    assert [doubt.code for doubt in check_list(wrong, mapping, context).doubts] == ["sum_differs"]
    assert check_list(right, mapping, context).doubts == ()


def test_a_required_field_without_a_column_is_told_once_and_can_hold_for_all() -> None:
    people = nagari_list(10)
    swap = mapping_of_list(people)
    columns = {key: "" if name in ("sex", "nagari", "kecamatan") else name for key, name in swap.columns.items()}
    mapping = replace(swap, columns=columns)
    context = make_context()
    lacking = check_list(table_of_list(people), mapping, context)

    assert lacking.findings == []
    assert lacking.absent == {"sex", "nagari"}
    assert [doubt.code for doubt in lacking.doubts] == ["column_absent", "column_absent"]

    constants = {"sex": FROM_NIK, "nagari": "13.12.04.2001"}
    filled = check_list(table_of_list(people), replace(mapping, constants=constants), context)
    assert filled.absent == frozenset()
    assert filled.values["nagari"] == ["13.12.04.2001"] * 10
    assert filled.values["sex"] == [row[people.column("sex")] for row in people.rows]


def test_a_heading_in_the_middle_is_no_person() -> None:
    people = nagari_list(30)
    people.rows[9] = list(people.headings)

    assert codes_at(check(people), 9) == ["heading_row"]


@pytest.mark.parametrize(
    ("remark", "code"), [("Meninggal dunia", "person_dead"), ("sudah pindah ke Padang", "person_moved")]
)
def test_a_remark_that_says_who_is_gone_is_heard(remark: str, code: str) -> None:
    people = nagari_list(30, is_wide=True)
    people.put(9, "note", remark)

    assert codes_at(check(people), 9) == [code]


def test_who_does_not_work_is_asked_about() -> None:
    people = nagari_list(30)
    people.put(9, "occupation", "Mengurus rumah tangga")

    assert codes_at(check(people), 9) == ["not_working"]


def test_a_plan_asks_for_all_that_a_registration_needs() -> None:
    people = nagari_list(30, is_wide=True)
    people.put(2, "mother_name", "")
    context = make_context(required=REGISTRATION)

    finding = findings_at(check(people, context), 2)[0]
    assert finding.problem.code == "mother_name_missing"
    assert finding.is_gap


def test_titles_go_into_their_own_fields() -> None:
    people = nagari_list(30)
    name = people.get(5, "name")
    spoil(people, 12, 5, "titles")
    checked = check(people)

    assert checked.values["name"][5] == name
    assert "S.Pd." in str(checked.values["title_after"][5])
    assert checked.values["title_after"][6] == ""
    assert checked.noted["titles_apart"] == 1


def test_place_and_date_of_birth_in_one_column_are_parted() -> None:
    headings = ["NIK", "Nama", "Tempat/Tgl Lahir", "RT", "RW", "Alamat"]
    rows: list[list[Cell]] = [["1312040107850001", "Rina", "Talu, 01-07-1985", 1, "2", "Jl. Raya"]]
    mapping = mapping_of(headings, ["nik", "name", "birth", "rt", "rw", "address"])

    checked = check_list(table_of(headings, rows), mapping, make_context(required=frozenset({"nik", "born_on"})))

    assert checked.findings == []
    assert checked.values["birth_place"] == ["Talu"]
    assert checked.values["born_on"] == ["1985-07-01"]
    assert checked.values["address"] == ["Jl. Raya RT 001/RW 002"]


def test_a_column_of_american_dates_is_read_month_first() -> None:
    people = nagari_list(60)
    for place in range(60):
        people.put(place, "born_on", f"{people.born_on(place):%m/%d/%Y}")
    checked = check(people)

    assert checked.findings == []
    assert checked.noted["month_first"] > 0


def test_american_dates_whose_days_all_are_months_are_known_by_the_nik() -> None:
    people = nagari_list(60)
    kept = [row for place, row in enumerate(people.rows) if people.born_on(place).day <= 12]
    people.rows[:] = kept
    for place in range(len(people)):
        people.put(place, "born_on", f"{people.born_on(place):%m/%d/%Y}")

    assert check(people).findings == []


def test_a_member_elsewhere_is_asked_about() -> None:
    headings = ["NIK", "Nama", "Kepesertaan Lain"]
    rows: list[list[Cell]] = [["1312040107850001", "Rina", "PU"], ["1312040107850002", "Sari", "Belum"]]
    mapping = mapping_of(headings, ["nik", "name", "other_membership"])

    checked = check_list(table_of(headings, rows), mapping, make_context(required=frozenset({"nik"})))

    assert [(f.place, f.problem.code) for f in checked.findings] == [(0, "member_elsewhere")]
    assert parse_nik("1312040107850001", TODAY)[0] is not None
