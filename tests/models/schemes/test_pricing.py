"""What an enrolment costs, month by month, from the program's own rates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.people.worker import Segment
from models.problems import Problem
from models.register import Register
from models.schemes.pricing import Price, Rate, RateTable, WhyFull
from models.schemes.scheme import Programme, Scheme
from models.values.months import Month, Period


def price(register: Register, code: str, first: str, months: int, income: int | None = 1_000_000) -> Price:
    scheme = register.schemes.by_code(code)
    assert scheme is not None
    found = register.rates.price(scheme, Period.starting(Month.parse(first), months), income)
    assert isinstance(found, Price), found
    return found


@pytest.mark.parametrize(
    ("code", "first", "months", "total"),
    [
        ("SAWIT", "2025-08", 3, 50_400),
        ("SAWIT", "2024-06", 11, 184_800),
        ("SAWIT", "2026-05", 1, 16_800),
        ("CSR", "2026-05", 1, 8_400),
        ("ASN", "2026-03", 2, 25_200),
        ("MANDIRI", "2026-12", 2, 25_200),
        ("CSR", "2025-05", 12, 11 * 16_800 + 8_400),
        ("KADER", "2025-08", 1, 7_186 + 8_983),
    ],
)
def test_prices_of_the_district(register: Register, code: str, first: str, months: int, total: int) -> None:
    """Rp16.800 is the lowest BPU bracket; half of it April to December 2026 unless public money pays (PP 50/2025);
    a nagari official costs 0,24 % + 0,30 % of 2.994.193, each rounded half up by itself."""
    assert price(register, code, first, months).total == total


def test_a_nagari_official_with_old_age_savings_costs_6_24_percent(register: Register) -> None:
    scheme = register.schemes.by_code("WALI")
    assert scheme is not None
    with_savings = replace(scheme, id=None, programmes=(Programme.JKK, Programme.JKM, Programme.JHT))
    found = register.rates.price(with_savings, Period.starting(Month(2025, 8), 1), None)
    assert isinstance(found, Price)
    assert found.monthly == (7_186 + 8_983 + 170_669,)


def test_a_period_over_the_end_of_the_relief_has_two_prices_and_says_why(register: Register) -> None:
    found = price(register, "CSR", "2026-11", 4)
    assert found.monthly == (8_400, 8_400, 16_800, 16_800)
    assert found.even_monthly is None
    assert [(line.programme, line.period.month_count, line.amount) for line in found.lines] == [
        (Programme.JKK, 2, 5_000),
        (Programme.JKM, 2, 3_400),
        (Programme.JKK, 2, 10_000),
        (Programme.JKM, 2, 6_800),
    ]
    assert "PP 50/2025" in found.lines[0].source
    assert "PP 50/2025" not in found.lines[2].source


@pytest.mark.parametrize(
    ("income", "jkk"),
    [
        (None, 10_000),
        (0, 10_000),
        (1_099_000, 10_000),
        (1_099_500, 10_000),
        (1_100_000, 12_000),
        (2_700_000, 29_500),
        (20_199_999, 197_000),
        (20_200_000, 207_000),
        (999_000_000, 207_000),
    ],
)
def test_the_bracket_is_found_by_its_lower_bound(register: Register, income: int | None, jkk: int) -> None:
    assert price(register, "SAWIT", "2025-08", 1, income).monthly == (jkk + 6_800,)


@given(income=st.integers(0, 30_000_000), months=st.integers(1, 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_longer_period_costs_the_sum_of_its_months_and_a_higher_income_never_less(
    register: Register, income: int, months: int
) -> None:
    whole = price(register, "MANDIRI", "2024-01", months, income)
    assert len(whole.monthly) == months
    assert whole.total == sum(whole.monthly) == sum(line.amount * line.period.month_count for line in whole.lines)
    assert price(register, "MANDIRI", "2024-01", months, income + 500_000).total >= whole.total


def test_months_before_the_first_rate_are_refused_in_words(register: Register) -> None:
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    found = register.rates.price(scheme, Period.starting(Month(2019, 10), 3), None)
    assert isinstance(found, Problem)
    assert found.code == "no_rate"
    assert "JKK" in found.text


def test_wage_earners_without_a_wage_base_are_refused_in_words(register: Register) -> None:
    scheme = register.schemes.by_code("STAF")
    assert scheme is not None
    found = register.rates.price(replace(scheme, wage_base=None), Period.starting(Month(2025, 10), 3), None)
    assert isinstance(found, Problem)
    assert found.code == "no_wage_base"


def test_a_newer_table_takes_over_in_its_month() -> None:
    def rate(first: str, amount: int) -> Rate:
        return Rate(segment=Segment.BPU, programme=Programme.JKM, first=Month.parse(first), last=None, source="x",
                    income_from=0, base=1_000_000, amount=amount)  # fmt: skip

    scheme = Scheme(code="X", name="X", segment=Segment.BPU, programmes=(Programme.JKM,), payer_kind="self",  # type: ignore[arg-type]
                    is_public_money=False, is_subsidised=False, usual_months=3)  # fmt: skip
    table = RateTable([rate("2020-01", 6_800), rate("2021-02", 7_000)])
    found = table.price(scheme, Period(Month(2021, 1), Month(2021, 2)), None)
    assert isinstance(found, Price)
    assert found.monthly == (6_800, 7_000)


@pytest.mark.parametrize(
    ("code", "first", "months", "why"),
    [
        ("CSR", "2026-05", 3, set()),
        ("CSR", "2027-01", 3, {WhyFull.ENDED}),
        ("CSR", "2026-11", 4, {WhyFull.ENDED}),
        ("CSR", "2026-02", 4, {WhyFull.BEGINS}),
        ("CSR", "2026-02", 12, {WhyFull.BEGINS, WhyFull.ENDED}),
        ("CSR", "2025-06", 3, set()),
        ("SAWIT", "2026-05", 3, {WhyFull.PUBLIC}),
        ("SAWIT", "2027-01", 3, set()),
        ("WALI", "2026-05", 3, set()),
    ],
)
def test_a_price_says_which_relief_takes_nothing_off_and_why(
    register: Register, code: str, first: str, months: int, why: set[WhyFull]
) -> None:
    found = price(register, code, first, months)
    assert {one.why for one in found.full} == why
    assert all("PP 50/2025" in one.relief.source for one in found.full)
