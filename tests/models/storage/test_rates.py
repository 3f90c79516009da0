"""Rates by date: new versions, withdrawn ones, gaps and overlaps; what was decreed keeps its price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.people.worker import Segment
from models.problems import Problem, Rejected
from models.register import Register
from models.schemes.pricing import Rate, Relief
from models.schemes.rate_tables import RateVersion, closed_by, problems_of_version
from models.schemes.scheme import Programme
from models.storage.check import check_file
from models.values.months import Month, Period
from tests.factories import DECEMBER, make_plan, make_worker


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def jkm(first: Month, last: Month | None = None, amount: int = 8_000) -> RateVersion:
    """A new death insurance for BPU workers: one amount for every income."""
    return RateVersion((
        Rate(segment=Segment.BPU, programme=Programme.JKM, first=first, last=last, source="PP 99/2027", income_from=0,
             base=1_000_000, amount=amount),
    ))  # fmt: skip


def test_a_new_rate_ends_the_old_one_and_keeps_what_was_decreed(register: Register) -> None:
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    change = register.dated_rates.add(jkm(DECEMBER + 1))
    assert change.closed is not None
    assert change.closed.last == DECEMBER
    assert change.kept == 1
    assert register.enrolments.of_worker(worker.id or 0)[0].monthly == (16_800,) * 3
    other = register.entries.save(make_worker(2), make_plan(register)).enrolment
    assert other is not None
    assert other.monthly == (16_800, 18_000, 18_000)
    price = register.rates.price(register.schemes.get(other.scheme), other.period, None)
    assert not isinstance(price, Problem)
    assert [(line.period.month_count, line.amount, line.source[:10]) for line in price.lines
            if line.programme is Programme.JKM] == [(1, 6_800, "PP 44/2015"), (2, 8_000, "PP 99/2027")]  # fmt: skip
    register.close()
    assert check_file(register.path).findings == ()


def test_a_withdrawn_rate_leaves_the_one_before_it_running_on(register: Register) -> None:
    before = register.dated_rates.versions()
    version = jkm(DECEMBER + 1)
    register.dated_rates.add(version)
    again = register.dated_rates.withdraw(version)
    assert again is not None
    assert again.last is None
    assert register.dated_rates.versions() == before
    assert register._file.rows("SELECT count(*) FROM rate WHERE withdrawn_on IS NOT NULL") == [(1,)]
    assert code_of(lambda: register.dated_rates.withdraw(version)) == "rate_withdrawn"
    register.close()
    assert check_file(register.path).findings == ()


@pytest.mark.parametrize(
    ("version", "code"),
    [
        (jkm(Month(2019, 12)), "rate_overlap"),
        (jkm(Month(2019, 1), Month(2020, 1)), "rate_overlap"),
        (jkm(Month(2018, 1), Month(2018, 12)), "rate_gap"),
        (jkm(DECEMBER, DECEMBER - 1), "months_backwards"),
        (jkm(DECEMBER, amount=-1), "amount_negative"),
        (RateVersion((replace(jkm(DECEMBER).brackets[0], source=" "),)), "source_missing"),
        (RateVersion((replace(jkm(DECEMBER).brackets[0], income_from=500_000),)), "bracket_gap"),
        (RateVersion(jkm(DECEMBER).brackets * 2), "bracket_overlap"),
        (RateVersion((replace(jkm(DECEMBER).brackets[0], amount=None, share=100_001),)), "share_range"),
        (RateVersion((replace(jkm(DECEMBER).brackets[0], wage_cap=0),)), "wage_cap"),
    ],
)
def test_a_rate_that_cannot_be_right_is_refused_in_words(register: Register, version: RateVersion, code: str) -> None:
    before = register.audit.count()
    assert code_of(lambda: register.dated_rates.add(version)) == code
    assert register.audit.count() == before


def test_the_pension_counts_a_high_wage_only_up_to_its_cap(register: Register) -> None:
    kader = register.schemes.by_code("KADER")
    assert kader is not None
    pension = replace(kader, programmes=(*kader.programmes, Programme.JHT, Programme.JP), wage_base=20_000_000)
    price = register.rates.price(pension, Period(Month(2026, 2), Month(2026, 3)), None)
    assert not isinstance(price, Problem)
    by_month = [line.amount for line in price.lines if line.programme is Programme.JP]
    assert by_month == [316_422, 332_589]  # 3 % of 10.547.400 and of 11.086.300


def test_what_a_nagari_official_costs_is_as_published(register: Register) -> None:
    """0,24 % + 0,30 % of 2.994.193, and 6,24 % with old-age savings."""
    kader = register.schemes.by_code("KADER")
    assert kader is not None
    month = Period(DECEMBER, DECEMBER)
    two = register.rates.price(kader, month, None)
    three = register.rates.price(replace(kader, programmes=(*kader.programmes, Programme.JHT)), month, None)
    assert not isinstance(two, Problem)
    assert not isinstance(three, Problem)
    assert [line.amount for line in two.lines] == [7_186, 8_983]
    assert three.total == 7_186 + 8_983 + 170_669


def test_the_relief_is_for_private_money_alone(register: Register) -> None:
    may = Period(Month(2026, 5), Month(2026, 5))
    prices = {}
    for code in ("CSR", "SAWIT"):
        scheme = register.schemes.by_code(code)
        assert scheme is not None
        price = register.rates.price(scheme, may, 1_000_000)
        assert not isinstance(price, Problem)
        prices[code] = price.total
    assert prices == {"CSR": 8_400, "SAWIT": 16_800}


months = st.integers(0, 60).map(lambda ahead: Month(2020, 1) + ahead)


@settings(max_examples=200)
@given(st.lists(st.tuples(months, st.none() | months), max_size=8))
def test_whatever_is_accepted_leaves_no_month_with_two_rates_and_none_in_between(
    asked: list[tuple[Month, Month | None]],
) -> None:
    versions: list[RateVersion] = []
    for first, last in asked:
        new = jkm(first, last)
        if problems_of_version(new, versions):
            continue
        closed = closed_by(new, versions)
        versions = [one.until(first - 1) if one == closed else one for one in versions] + [new]
    if not versions:
        return
    begin = min(one.first for one in versions)
    end = max((one.last or begin + 100) for one in versions)
    for month in Period(begin, end):
        holding = [one for one in versions if one.first <= month and (one.last is None or month <= one.last)]
        assert len(holding) == 1


def test_what_a_version_would_do_is_said_before_it_is_written(register: Register) -> None:
    register.entries.save(make_worker(), make_plan(register))
    before = register.dated_rates.versions()
    change = register.dated_rates.effect(jkm(DECEMBER + 1))
    assert change.closed is not None
    assert (change.closed.last, change.kept) == (DECEMBER, 1)
    assert register.dated_rates.effect(jkm(DECEMBER - 5, DECEMBER - 1)).kept == 0
    assert register.dated_rates.versions() == before


def test_only_those_of_the_risk_class_keep_the_price_of_it(register: Register) -> None:
    register.entries.save(make_worker(), make_plan(register, "WALI", DECEMBER, 3))
    rate = Rate(
        segment=Segment.PU, programme=Programme.JKK, first=DECEMBER + 1, last=None, source="PP 99/2027", share=300
    )  # fmt: skip
    kept = {one: register.dated_rates.effect(RateVersion((replace(rate, risk_class=one),))).kept for one in (1, 2)}
    assert kept == {1: 1, 2: 0}


RELIEF = Relief(
    segment=Segment.BPU, programme=Programme.JKM, percent_off=25, applies_to_public_money=True, first=DECEMBER + 1,
    last=DECEMBER + 6, source="PP 88/2026",
)  # fmt: skip


def test_a_relief_is_reckoned_with_and_taken_back(register: Register) -> None:
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    register.dated_rates.add_relief(RELIEF)
    price = register.rates.price(scheme, Period(DECEMBER, DECEMBER + 1), None)
    assert not isinstance(price, Problem)
    assert price.monthly == (16_800, 10_000 + 5_100)
    register.dated_rates.withdraw_relief(RELIEF)
    assert RELIEF not in register.rates.reliefs
    assert code_of(lambda: register.dated_rates.withdraw_relief(RELIEF)) == "relief_withdrawn"
    assert register._file.rows("SELECT count(*) FROM relief WHERE withdrawn_on IS NOT NULL") == [(1,)]
    register.close()
    assert check_file(register.path).findings == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"percent_off": 0}, "relief_range"),
        ({"percent_off": 101}, "relief_range"),
        ({"source": " "}, "source_missing"),
        ({"last": DECEMBER}, "months_backwards"),
        ({"first": DECEMBER}, "relief_overlap"),
        ({"first": DECEMBER - 20, "last": None}, "relief_overlap"),
    ],
)
def test_a_relief_that_cannot_be_is_refused(register: Register, wrong: dict[str, Any], code: str) -> None:
    before = register.rates.reliefs
    assert code_of(lambda: register.dated_rates.add_relief(replace(RELIEF, **wrong))) == code
    assert register.rates.reliefs == before
