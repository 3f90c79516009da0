"""A messy list goes the whole way: a workbook as offices make it, opened, its columns guessed, every row checked."""

from __future__ import annotations

from pathlib import Path

from models.exchange.checking import check_list
from models.exchange.guessing import guess
from models.exchange.list_file import open_list
from models.exchange.mistakes import by_mistake
from tests.models.exchange.nagari_lists import nagari_list, spoil
from tests.models.exchange.tables import FIELD, make_context
from tests.models.exchange.workbooks import write_xlsx

PLAN = [
    (1, 5, "number", "nik_scientific"),
    (2, 12, "number", "nik_cut"),
    (3, 20, "letter", "nik_letters"),
    (4, 33, "", "family_card_is_nik"),
    (5, 41, "sex", "nik_sex_differs"),
    (7, 55, "default", "date_default"),
    (8, 62, "future", "born_on_future"),
    (11, 75, "old", "age_too_old"),
    (12, 81, "digits", "name_digits"),
    (13, 90, "", "row_shifted"),
    (14, 99, "misspelt", "nagari_unknown"),
    (15, 108, "commas", "rupiah_unclear"),
]
"""Mistake, place, variant, the finding that is expected; rows between them are sound."""


def test_every_mistake_of_a_messy_workbook_is_found_at_its_row(tmp_path: Path) -> None:
    people = nagari_list(120)
    for number, place, variant, _code in PLAN:
        spoil(people, number, place, variant)
    spoil(people, 7, 50, "date")
    spoil(people, 6, 51, "number")
    path = write_xlsx(
        tmp_path / "daftar.xlsx", people, has_two_headings=True, has_column_numbers=True, has_total=True,
        is_signed=True, repeat_headings_every=40,
    )  # fmt: skip

    table = open_list(path).table
    assert table is not None
    context = make_context()
    guessed = guess(table, context=context)
    checked = check_list(table, guessed.mapping, context)

    assert [column.field for column in guessed.columns] == [FIELD.get(name, name) for name in people.fields]
    assert guessed.problems == ()
    assert len(table) == 120
    found = [(finding.place, finding.problem.code) for finding in checked.findings]
    assert found == [(place, code) for _number, place, _variant, code in PLAN]
    assert by_mistake(checked.counts()) == {number: 1 for number, *_rest in PLAN}
    assert checked.stops == checked.doubts == ()
    assert checked.values["born_on"][50] == people.get(50, "born_on").isoformat()
    assert checked.noted["phone_zero"] == 1
