"""The coverage of one area in one month explains itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from models.coverage.point import Count, CoveragePoint, Target
from models.values.formats import percent
from models.values.months import Month

TARGET = Target(5140, date(2025, 12, 31), "Bupati")


def count(number: int) -> Count:
    return Count(number, date(2025, 6, 30), "BPJS")


def point(
    *, bpjs: int | None = None, active: int = 0, at_count: int = 0, eligible: int | None = 160_000
) -> CoveragePoint:
    return CoveragePoint(
        area="13.12",
        area_name="Pasaman Barat",
        month=Month(2025, 8),
        segment=None,
        bpjs=None if bpjs is None else count(bpjs),
        active=active,
        active_at_count=at_count,
        confirmed=0,
        eligible=None if eligible is None else count(eligible),
    )


def test_without_a_bpjs_count_the_registers_own_workers_are_covered() -> None:
    assert point(active=7_723).covered == 7_723


def test_with_a_bpjs_count_only_what_came_since_is_added() -> None:
    assert point(bpjs=53_616, active=7_723, at_count=7_700).covered == 53_639


def test_workers_who_dropped_out_since_the_count_are_taken_off() -> None:
    assert point(bpjs=53_616, active=0, at_count=7_700).covered == 45_916


def test_nobody_is_covered_less_than_not_at_all() -> None:
    assert point(bpjs=10, active=0, at_count=700).covered == 0


def test_the_share_is_covered_by_eligible() -> None:
    assert point(bpjs=53_616).share == Fraction(53_616, 160_000)
    assert percent(point(bpjs=53_616).share) == "33,51\u00a0%"


@pytest.mark.parametrize("eligible", [None, 0])
def test_there_is_no_share_without_eligible_workers(eligible: int | None) -> None:
    assert point(bpjs=53_616, eligible=eligible).share is None


def test_the_target_needs_whole_people() -> None:
    assert point(bpjs=53_616).people_to(TARGET) == 82_240 - 53_616
    assert point(bpjs=0, eligible=1_001).people_to(Target(1, date(2025, 12, 31), "x")) == 1


def test_a_reached_target_needs_nobody() -> None:
    assert point(bpjs=82_240).people_to(TARGET) == 0
    assert point(bpjs=90_000).people_to(TARGET) == 0


def test_without_eligible_workers_nobody_can_say_how_many_are_missing() -> None:
    assert point(bpjs=53_616, eligible=None).people_to(TARGET) is None


def test_the_gap_is_what_is_missing_and_never_less_than_nothing() -> None:
    assert point(bpjs=53_616).gap_to(TARGET) == Fraction(5140, 10_000) - Fraction(53_616, 160_000)
    assert point(bpjs=90_000).gap_to(TARGET) == 0
    assert point(bpjs=53_616, eligible=None).gap_to(TARGET) is None
