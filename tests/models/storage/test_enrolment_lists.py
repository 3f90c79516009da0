"""Lists of enrolments: narrowed, in the order of nagari and name, and people found by pasted NIK or name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.problems import Problem
from models.register import Register
from models.schemes.cards import parse_cards
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.schemes.lines import EnrolmentFilter
from models.values.months import Month
from tests.factories import TODAY, make_plan, make_worker


@pytest.fixture
def enrolled(register: Register) -> Register:
    """Three for the palm-oil scheme, one of them rejected; one for herself in another kecamatan."""
    for serial, name in ((1, "Upik"), (2, "Rina"), (3, "Siti")):
        register.entries.save(make_worker(serial, name=name), make_plan(register))
    other = make_worker(4, name="Nur", nagari=register.regions.nagari("13.12.03")[0].code)
    register.entries.save(other, make_plan(register, "MANDIRI"))
    register.enrolment_life.reject([3], Rejection.MOVED, "ke Agam")
    return register


def names(register: Register, narrowed: EnrolmentFilter) -> list[str]:
    lists = register.enrolment_lists
    return [line.name for line in lists.lines(lists.ids(narrowed).tolist())]


def test_lists_are_narrowed_by_each_choice(enrolled: Register) -> None:
    sawit = enrolled.schemes.by_code("SAWIT")
    assert sawit is not None
    assert names(enrolled, EnrolmentFilter()) == ["Nur", "Rina", "Siti", "Upik"]
    assert names(enrolled, EnrolmentFilter(scheme=sawit.id)) == ["Rina", "Siti", "Upik"]
    assert names(enrolled, EnrolmentFilter(scheme=sawit.id, state=EnrolmentState.PROPOSED)) == ["Rina", "Upik"]
    assert names(enrolled, EnrolmentFilter(area="13.12.03")) == ["Nur"]
    assert names(enrolled, EnrolmentFilter(fund=9)) == []
    assert names(enrolled, EnrolmentFilter(decree=9)) == []
    assert len(enrolled.enrolment_lists.ids(EnrolmentFilter(), 2)) == 2


@pytest.mark.parametrize("area", ["", "13.12.03", "13.12.04", "13.12.04.2002", "99"])
def test_the_whole_list_has_the_order_of_a_narrowed_one(register: Register, area: str) -> None:
    nagari = [one.code for one in register.regions.nagari()]
    for serial in range(1, 61):
        worker = make_worker(serial, name=f"Siti {'ABCDEFG'[serial % 7]}", nagari=nagari[serial * 37 % len(nagari)])
        register.entries.save(worker, make_plan(register))
    register.enrolments.add(7, make_plan(register, "MANDIRI", Month(2027, 6), 2))
    lists = register.enrolment_lists
    whole = lists.ids(EnrolmentFilter(area=area))
    assert whole == lists.ids(EnrolmentFilter(area=area), 1_000)
    assert len(whole) == (61 if not area else len(set(whole)))


def test_a_line_says_why_somebody_was_rejected(enrolled: Register) -> None:
    line = enrolled.enrolment_lists.lines([3, 99])[0]
    assert (line.name, line.state, line.rejection, line.reason) == (
        "Siti", EnrolmentState.REJECTED, "moved", "ke Agam",
    )  # fmt: skip
    assert enrolled.enrolment_lists.owners([3, 1, 3]) == (3, 1)


def test_pasted_people_are_found_by_nik_or_name(enrolled: Register) -> None:
    enrolled.entries.save(make_worker(5, name="Upik"), make_plan(enrolled))
    enrolled.enrolments.add(2, replace(make_plan(enrolled, "MANDIRI"), month_count=1))
    ids = enrolled.enrolment_lists.ids(EnrolmentFilter(scheme=1))
    nik = make_worker(1).nik
    text = f"{nik}\t12345678901\nrina\t12345678902\nUpik\t12345678903\nNur\t12345678904\nX\t1"
    found = [meant for _row, meant in enrolled.enrolment_lists.with_cards(ids, parse_cards(text, TODAY, TODAY))]
    assert found[:2] == [1, 2]
    codes = [meant.code for meant in found[2:] if isinstance(meant, Problem)]
    assert codes == ["person_unclear", "person_unknown", "kpj_length"]
