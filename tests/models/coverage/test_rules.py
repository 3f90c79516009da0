"""A published number is taken only with everything that makes it checkable."""

from __future__ import annotations

from datetime import date

import pytest

from models.coverage.rules import problems_of_count, problems_of_target

TODAY = date(2025, 8, 5)


def codes_of_count(
    area: str = "13.12", number: int | None = 1, counted_on: date | None = TODAY, source: str = "BPS", least: int = 1
) -> list[str]:
    return [problem.code for problem in problems_of_count(area, number, counted_on, source, TODAY, least=least)]


def codes_of_target(permyriad: int | None = 5140, due_on: date | None = TODAY, source: str = "Bupati") -> list[str]:
    return [problem.code for problem in problems_of_target(permyriad, due_on, source)]


def test_a_complete_number_has_no_problem() -> None:
    assert codes_of_count() == []
    assert codes_of_target() == []


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert codes_of_count("", None, None, "  ") == [
        "area_missing", "number_missing", "counted_on_missing", "source_missing"
    ]  # fmt: skip
    assert codes_of_target(None, None, "") == ["percent_missing", "due_on_missing", "source_missing"]


def test_nobody_can_be_eligible_nowhere_but_bpjs_may_count_nobody() -> None:
    assert codes_of_count(number=0) == ["number_range"]
    assert codes_of_count(number=0, least=0) == []


def test_a_number_that_no_district_has_is_a_slip() -> None:
    assert codes_of_count(number=400_000_000) == ["number_range"]


def test_a_count_does_not_lie_ahead() -> None:
    assert codes_of_count(counted_on=date(2025, 8, 6)) == ["counted_on_future"]


def test_nobody_counted_before_there_was_social_security() -> None:
    assert codes_of_count(counted_on=date(1825, 8, 5)) == ["counted_on_early"]


@pytest.mark.parametrize("permyriad", [0, 10_001])
def test_a_target_lies_between_nothing_and_everything(permyriad: int) -> None:
    assert codes_of_target(permyriad) == ["percent_range"]


def test_each_problem_is_a_sentence() -> None:
    problems = [*problems_of_count("", None, None, "", TODAY, least=1), *problems_of_target(0, None, "")]
    assert all(problem.text.endswith(".") and "{" not in problem.text for problem in problems)
