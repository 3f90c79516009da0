"""What Disdukcapil and BPJS say against enrolling somebody."""

from __future__ import annotations

from datetime import date

import pytest

from models.people.verdict import Said, Verdict, problems_of_verdicts
from models.problems import Level

DAY = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("verdict", "code", "level"),
    [
        (Verdict.DEAD, "verified_dead", Level.ERROR),
        (Verdict.NOT_FOUND, "verified_not_found", Level.WARNING),
        (Verdict.DIFFERS, "verified_differs", Level.WARNING),
        (Verdict.DUPLICATE, "verified_differs", Level.WARNING),
        (Verdict.MOVED, "verified_moved", Level.WARNING),
        (Verdict.MEMBER, "verified_member", Level.WARNING),
    ],
)
def test_what_speaks_against_is_said_with_its_day(verdict: Verdict, code: str, level: Level) -> None:
    (problem,) = problems_of_verdicts([Said(verdict, DAY)], bars_members=True)
    assert (problem.code, problem.level) == (code, level)
    assert "31/10/2026" in problem.text


@pytest.mark.parametrize("verdict", [Verdict.MATCH, Verdict.NO_MEMBER])
def test_what_is_good_says_nothing(verdict: Verdict) -> None:
    assert problems_of_verdicts([Said(verdict, DAY)], bars_members=True) == ()
    assert verdict.is_good


def test_a_membership_matters_only_to_schemes_that_ask_for_it() -> None:
    assert problems_of_verdicts([Said(Verdict.MEMBER, DAY)], bars_members=False) == ()
