"""Enrolments after they were saved: confirming, cancelling, and what is refused in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.problems import Rejected
from models.register import Register
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.values.months import Month
from tests.factories import TODAY, make_plan, make_worker

CARD = "12345678901"


@pytest.fixture
def enrolment(register: Register) -> Enrolment:
    saved = register.entries.save(make_worker(), make_plan(register)).enrolment
    assert saved is not None
    return saved


def refused(caught: pytest.ExceptionInfo[Rejected]) -> set[tuple[str, str]]:
    assert all(problem.text for problem in caught.value.problems)
    return {(problem.field, problem.code) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("kpj", "paid_on", "problem"),
    [
        ("", TODAY, ("kpj", "kpj_missing")),
        ("1234", TODAY, ("kpj", "kpj_length")),
        (CARD, TODAY + timedelta(days=1), ("paid_on", "paid_on_future")),
        (CARD, TODAY - timedelta(days=1), ("paid_on", "paid_on_early")),
    ],
)
def test_a_confirmation_that_cannot_be_right_is_refused(
    register: Register, enrolment: Enrolment, kpj: str, paid_on: date, problem: tuple[str, str]
) -> None:
    with pytest.raises(Rejected) as caught:
        register.enrolments.confirm(enrolment.id or 0, kpj, paid_on)
    assert refused(caught) == {problem}
    assert register.enrolments.get(enrolment.id or 0) == enrolment


def test_a_card_number_is_kept_as_it_is_written_everywhere(register: Register, enrolment: Enrolment) -> None:
    assert register.enrolments.confirm(enrolment.id or 0, "1234-567 8901", TODAY).kpj == CARD


def test_what_was_entered_late_may_have_been_paid_before(register: Register) -> None:
    late = register.entries.save(make_worker(), make_plan(register, first=Month(2026, 7))).enrolment
    assert late is not None
    assert register.enrolments.confirm(late.id or 0, CARD, date(2026, 7, 3)).is_confirmed


def test_a_cancelled_enrolment_does_not_come_back_by_a_confirmation(register: Register, enrolment: Enrolment) -> None:
    register.enrolments.cancel(enrolment.id or 0, "pindah")
    register.enrolments.add(enrolment.worker or 0, make_plan(register, "CSR"))
    with pytest.raises(Rejected) as caught:
        register.enrolments.confirm(enrolment.id or 0, CARD, TODAY)
    assert refused(caught) == {("kpj", "cancelled_already")}


def test_a_cancellation_needs_a_reason(register: Register, enrolment: Enrolment) -> None:
    with pytest.raises(Rejected) as caught:
        register.enrolments.cancel(enrolment.id or 0, "  ")
    assert refused(caught) == {("reason", "reason_missing")}
    assert register.enrolments.get(enrolment.id or 0).state is EnrolmentState.PROPOSED


def test_what_was_cancelled_is_not_cancelled_again(register: Register, enrolment: Enrolment) -> None:
    register.enrolments.cancel(enrolment.id or 0, "pindah")
    with pytest.raises(Rejected) as caught:
        register.enrolments.cancel(enrolment.id or 0, "meninggal")
    assert refused(caught) == {("reason", "cancelled_already")}
    assert register.enrolments.get(enrolment.id or 0).state_reason == "pindah"


@pytest.mark.parametrize("code", ["SAWIT", "WALI", "MANDIRI"])
def test_one_scheme_does_not_pay_the_same_month_of_a_worker_twice(register: Register, code: str) -> None:
    plan = make_plan(register, code)
    worker = register.entries.save(make_worker(), plan).worker.id or 0
    for attempt in (
        lambda: register.enrolments.add(worker, plan),
        lambda: register.enrolments.add_all([worker], plan),
    ):
        with pytest.raises(Rejected) as caught:
            attempt()
        assert {problem.field for problem in caught.value.problems} == {"first_month"}
    assert len(register.enrolments.of_worker(worker)) == 1
    assert register.enrolments.add(worker, make_plan(register, code, Month(2027, 3))).period.first == Month(2027, 3)


@pytest.mark.parametrize("code", ["SAWIT", "WALI"])
def test_who_stands_in_a_list_twice_is_enrolled_once(register: Register, code: str) -> None:
    worker = register.entries.save(make_worker(), None).worker.id or 0
    assert len(register.enrolments.add_all([worker, worker], make_plan(register, code))) == 1


@pytest.mark.parametrize("first", [Month(2031, 12), Month(2400, 1), Month(2999, 11)])
def test_a_first_month_far_ahead_is_taken_for_a_slip(register: Register, first: Month) -> None:
    with pytest.raises(Rejected) as caught:
        register.entries.save(make_worker(), make_plan(register, first=first))
    assert ("first_month", "first_month_far") in refused(caught)


@pytest.mark.parametrize("first", [Month(2019, 11), Month(1900, 1)])
def test_a_month_without_a_rate_is_refused_in_words(register: Register, first: Month) -> None:
    with pytest.raises(Rejected) as caught:
        register.entries.save(make_worker(), make_plan(register, first=first))
    assert ("first_month", "no_rate") in refused(caught)
    assert "2019-11" not in "".join(problem.text for problem in caught.value.problems)
