"""Who is almost certainly registered already."""

from __future__ import annotations

from dataclasses import replace

from models.people.duplicates import same_person_warning
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
    return LookAlike(replace(line, **values), score, ("the same birth date",))  # type: ignore[arg-type]


def test_a_nik_one_slip_away_is_a_warning_at_the_nik() -> None:
    worker = make_worker(2)
    problem = same_person_warning(worker, [look_alike(score=72.0)])
    assert problem is not None
    assert (problem.field, problem.level) == ("nik", Level.WARNING)
    assert "Siti Aminah (Talu)" in problem.text


def test_somebody_who_is_almost_certainly_the_same_is_a_warning_at_the_name() -> None:
    problem = same_person_warning(make_worker(45), [look_alike(score=50.0), look_alike(score=97.0)])
    assert problem is not None
    assert (problem.field, problem.level) == ("name", Level.WARNING)


def test_somebody_who_only_may_be_the_same_is_none() -> None:
    assert same_person_warning(make_worker(45), [look_alike(score=60.0)]) is None
    assert same_person_warning(make_worker(45), []) is None
