"""Enrolling a list: the same as one by one, all in one transaction, and everybody left out is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.funds.fund import Fund, Receipt
from models.people.worker import Segment, Worker
from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from models.values.months import Month
from tests.factories import DECEMBER, make_plan, make_register, make_worker


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def add(register: Register, count: int) -> list[int]:
    return [register.entries.save(make_worker(serial), None).worker.id or 0 for serial in range(1, count + 1)]


def open_fund(register: Register, received: int) -> Fund:
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = register.funds.save(Fund(scheme=scheme.id or 0, name="DBH Sawit 2026", year=2026, ceiling=10**9))
    register.funds.receive(Receipt(fund=fund.id or 0, amount=received, received_on=date(2026, 11, 2), source="SP2D"))
    return fund


MISFITS: dict[str, dict[str, object]] = {
    "age_too_old": {"born_on": date(1955, 1, 1)},
    "age_too_young": {"born_on": date(2010, 1, 1)},
    "wage_earner": {"segment": Segment.PU},
    "mother_name_missing": {"mother_name": ""},
    "nik_birth_date_differs": {"nik": make_worker(40).nik, "born_on": date(1985, 7, 2)},
    "other_work": {"occupation": "24"},
}


@pytest.mark.parametrize("code", MISFITS)
def test_who_cannot_be_enrolled_is_named_with_the_reason(register: Register, code: str) -> None:
    fine = add(register, 3)
    misfit = make_worker(50, name="Upik", **MISFITS[code])
    register.load([(misfit, ())])
    preview = register.enrol_many.preview([*fine, 4], make_plan(register))
    assert preview.able == tuple(fine)
    assert [(one.worker, one.name, one.problems[0].code) for one in preview.refused] == [(4, "Upik", code)]
    assert preview.reasons == ((code, 1),)
    assert preview.refused[0].problems[0].text
    made = register.enrol_many.enrol([*fine, 4], make_plan(register))
    assert len(made.enrolments) == 3
    assert made.cost == preview.cost == 3 * 50_400
    assert register.enrolments.of_worker(4) == ()


def test_a_warning_with_its_reason_lets_a_worker_through(register: Register) -> None:
    register.load([(make_worker(occupation="24", reasons={"other_work": "SK wali nagari 3/2026"}), ())])
    assert register.enrol_many.preview([1], make_plan(register)).able == (1,)


def test_who_is_paid_for_already_or_was_taken_back_is_named(register: Register) -> None:
    ids = add(register, 3)
    register.enrolments.add(ids[0], make_plan(register))
    register.entries.undo_last()
    preview = register.enrol_many.preview(ids, make_plan(register))
    assert {one.worker: one.problems[0].code for one in preview.refused} == {
        ids[0]: "second_subsidy",
        ids[2]: "withdrawn",
    }


def test_many_are_written_as_one_by_one_would_be(tmp_path: Path) -> None:
    several, single = make_register(tmp_path / "a.db"), make_register(tmp_path / "b.db")
    for register in (several, single):
        for serial in range(1, 12):
            income = 1_000_000 if serial % 3 else 2_000_000
            nagari = "13.12.04.2002" if serial % 2 else "13.12.05.2001"
            worker = make_worker(serial, income=income, nagari=nagari)
            register.entries.save(worker, make_plan(register, "MANDIRI") if serial % 4 == 0 else None)
    ids = range(1, 12)
    csr = replace(
        make_plan(several, "CSR", months=5, first=Month(2026, 11)), payer_name="PT Kebun", payer_office="CSR"
    )
    several.enrol_many.enrol(ids, csr)
    for id in ids:
        single.enrolments.add(id, csr)
    for id in ids:
        mine, other = (register.enrolments.of_worker(id) for register in (several, single))
        assert [replace(one, uid="", id=0) for one in mine] == [replace(one, uid="", id=0) for one in other]
        assert several.workers.lines([id])[0] == single.workers.lines([id])[0]
        its_audit, others_audit = (
            [(entry.action, entry.changes) for one in register.enrolments.of_worker(id)
             for entry in register.audit.of("enrolment", one.id or 0)]
            for register in (several, single)
        )  # fmt: skip
        assert its_audit == others_audit
    for ahead in range(-1, 7):
        month = Month(2026, 11) + ahead
        assert several.coverage.district(month) == single.coverage.district(month)
        assert several.coverage.schemes(month) == single.coverage.schemes(month)
    for register in (several, single):
        register.close()
        assert check_file(register.path).findings == ()


def test_the_fund_pays_for_all_or_for_the_first_or_for_nobody(register: Register) -> None:
    ids = add(register, 5)
    fund = open_fund(register, 3 * 50_400 + 50_399)
    plan = replace(make_plan(register), fund=fund.id)
    preview = register.enrol_many.preview(ids, plan)
    assert preview.fund_problem is not None
    assert (preview.fund_problem.code, preview.fits, len(preview.able)) == ("over_commitment", 3, 5)
    assert code_of(lambda: register.enrol_many.enrol(ids, plan)) == "over_commitment"
    assert register.coverage.district(DECEMBER).active == 0
    made = register.enrol_many.enrol(ids, plan, only_fitting=True)
    assert [register.enrolments.get(id).worker for id in made.enrolments] == ids[:3]
    assert register.funds.ledger(fund.id or 0).left == 50_399
    assert code_of(lambda: register.enrol_many.enrol(ids[3:], plan, only_fitting=True)) == "nobody"
    register.funds.allow_over(fund.id or 0, "sisa dijanjikan Desember")
    assert len(register.enrol_many.enrol(ids, plan).enrolments) == 2
    wrong = replace(make_plan(register, "MANDIRI"), fund=fund.id)
    assert code_of(lambda: register.enrol_many.enrol(ids, wrong, only_fitting=True)) == "fund_of_another_scheme"


def test_a_cancel_leaves_nothing(register: Register) -> None:
    ids = add(register, 3)
    before = register.audit.count()

    def cancel(done: int, of: int) -> None:
        assert (done, of) == (0, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.enrol_many.enrol(ids, make_plan(register), cancel)
    assert register.audit.count() == before
    assert register.coverage.district(DECEMBER).active == 0


@pytest.mark.parametrize("months", [0, -1, 200])
def test_a_month_count_that_cannot_be_is_refused_before_anybody_is_looked_at(register: Register, months: int) -> None:
    assert code_of(lambda: register.enrol_many.preview([1], make_plan(register, months=months))) == "month_count"


@settings(max_examples=25)
@given(
    people=st.lists(
        st.tuples(st.integers(0, 5), st.booleans(), st.sampled_from(["", *MISFITS])), min_size=1, max_size=12
    )
)
def test_able_and_refused_are_the_whole_list_and_undo_brings_all_back(
    people: list[tuple[int, bool, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    register = make_register(tmp_path_factory.mktemp("many") / "a.db")
    workers: list[tuple[Worker, tuple[()]]] = []
    for serial, (_, _, misfit) in enumerate(people, 1):
        values = {name: value for name, value in MISFITS.get(misfit, {}).items() if name != "nik"}
        workers.append((make_worker(serial, **values), ()))
    register.load(workers)
    ids = [1 + at % len(people) for at, _, _ in people] + list(range(1, len(people) + 1))
    preview = register.enrol_many.preview(ids, make_plan(register))
    assert preview.asked == len(set(ids))
    assert {*preview.able, *(one.worker for one in preview.refused)} == set(ids)
    assert sum(price * heads for price, heads in preview.prices) == preview.cost
    if preview.able:
        made = register.enrol_many.enrol(ids, make_plan(register))
        assert len(made.enrolments) == len(preview.able) == register.coverage.district(DECEMBER).active
        assert register.undo.undo() is not None
    assert register.coverage.district(DECEMBER).active == 0
    register.close()
    assert check_file(register.path).findings == ()
