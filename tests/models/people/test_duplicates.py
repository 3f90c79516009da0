"""Who is almost certainly registered already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.people.duplicates import is_one_slip, same_person_warning
from models.people.lines import LookAlike, WorkerLine
from models.people.worker import Sex
from models.problems import Level
from tests.factories import make_worker

CARD = "1312040509120004"


def look_alike(score: float = 100.0, **values: object) -> LookAlike:
    worker = make_worker(1)
    line = WorkerLine(
        7, worker.nik, worker.name, worker.born_on, Sex.FEMALE, worker.nagari, "Talu", CARD, (), None, None
    )
    return LookAlike(replace(line, **values), score, "same birth date, similar name")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1234", "1235", True),
        ("1234", "1324", True),
        ("1234", "1234", False),
        ("1234", "1325", False),
        ("1234", "2143", False),
        ("1234", "123", False),
        ("", "", False),
    ],
)
def test_one_wrong_digit_or_one_swapped_pair_is_a_slip(one: str, other: str, expected: bool) -> None:
    assert is_one_slip(one, other) is expected


def test_a_nik_one_slip_away_is_a_warning_at_the_nik() -> None:
    worker = make_worker(2)
    problem = same_person_warning(worker, [look_alike(score=72.0)])
    assert problem is not None
    assert (problem.field, problem.level) == ("nik", Level.WARNING)
    assert "Siti Aminah (Talu)" in problem.text


def test_name_birth_date_and_family_alike_are_a_warning_at_the_name() -> None:
    worker = make_worker(45, family_card=CARD)
    problem = same_person_warning(worker, [look_alike()])
    assert problem is not None
    assert problem.field == "name"


def test_a_namesake_of_another_family_birth_date_or_name_is_none() -> None:
    worker = make_worker(45, family_card=CARD)
    assert same_person_warning(replace(worker, family_card=""), [look_alike()]) is None
    assert same_person_warning(worker, [look_alike(born_on=date(1985, 7, 2))]) is None
    assert same_person_warning(worker, [look_alike(score=88.0)]) is None
    assert same_person_warning(worker, []) is None
