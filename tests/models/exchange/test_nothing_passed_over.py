"""Whatever stands in a list: the quick way finds what the slow way finds, and mending what checking anew would."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from models.exchange.cells import Cell
from models.exchange.checked import CheckedList
from models.exchange.checking import check_every_row, check_list, recheck
from models.people.rules import REGISTRATION
from tests.models.exchange.nagari_lists import NagariList, nagari_list
from tests.models.exchange.strange_cells import FIELDS, STRANGE
from tests.models.exchange.tables import make_context, mapping_of_list, table_of_list

CHANGES = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(FIELDS), st.sampled_from(STRANGE)), min_size=1, max_size=8
)


def spoilt(changes: list[tuple[int, str, Cell]]) -> NagariList:
    people = copy.deepcopy(_twelve())
    for place, field, cell in changes:
        people.put(place, field, cell)
    return people


def _twelve() -> NagariList:
    return nagari_list(12, is_wide=True)


@settings(max_examples=200)
@given(CHANGES, st.booleans())
def test_nothing_is_passed_over_that_the_rules_would_refuse(
    changes: list[tuple[int, str, Cell]], for_a_plan: bool
) -> None:
    people = spoilt(changes)
    context = make_context(required=REGISTRATION) if for_a_plan else make_context(cards={"1312040101200003"})

    quick = check_list(table_of_list(people), mapping_of_list(people), context)
    slow = check_every_row(table_of_list(people), mapping_of_list(people), context)

    assert said(quick) == said(slow)
    assert repr(quick.values) == repr(slow.values)


def said(checked: CheckedList) -> list[tuple[object, ...]]:
    """The findings and stops as they can be compared."""
    findings: list[tuple[object, ...]] = [
        (f.place, f.column, f.problem.code, f.problem.text, f.proposals) for f in checked.findings
    ]
    return findings + [("stop", stop.code, stop.field, stop.text) for stop in checked.stops]


@settings(max_examples=100)
@given(CHANGES, CHANGES)
def test_mending_a_cell_gives_what_checking_anew_would(
    before: list[tuple[int, str, Cell]], mending: list[tuple[int, str, Cell]]
) -> None:
    people = spoilt(before)
    context = make_context(cards={"1312040101200003"})
    checked = check_list(table_of_list(people), mapping_of_list(people), context)

    for place, field, cell in mending:
        people.put(place, field, cell)
        recheck(checked, place, people.column(field), cell)

    anew = check_list(table_of_list(people), mapping_of_list(people), context)
    assert said(checked) == said(anew)
    assert without_empty(checked) == without_empty(anew)


def without_empty(checked: CheckedList) -> dict[str, list[object]]:
    """Stored values; titles that nobody has are as good as none."""
    return {name: [value or "" for value in column] for name, column in checked.values.items() if any(column)}
