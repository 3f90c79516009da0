"""The way back: what BPJS and Disdukcapil sent, found in the register, written as one, taken back as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.exchange.answers import AnswerOutcome, Verdict
from models.exchange.checked import CheckedList
from models.exchange.mapping import ColumnMapping, Purpose
from models.offices.users import Role, User
from models.people.worker import Segment
from models.problems import Rejected
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.storage.answers import Asked
from tests.factories import make_plan, make_worker
from tests.models.exchange.checked_lists import make_finding, make_list

O, S = AnswerOutcome, EnrolmentState  # noqa: E741
PAID = Asked(paid_on=date(2026, 11, 22))


def answer(*rows: dict[str, Any], purpose: Purpose = Purpose.BPJS_RETURN, **given: Any) -> CheckedList:
    return make_list(*rows, file="balasan.xlsx", mapping=ColumnMapping(name="Balasan", purpose=purpose), **given)


@pytest.fixture
def niks(register: Register) -> list[str]:
    """Of four enrolled workers."""
    return [register.entries.save(make_worker(serial), make_plan(register)).worker.nik for serial in range(1, 5)]


def enrolment_of(register: Register, nik: str) -> Any:
    line = register.workers.find_nik(nik)
    assert line is not None
    return register.enrolments.of_worker(line.id)[-1]


def test_cards_rejections_and_payments_are_written_in_one_step(register: Register, niks: list[str]) -> None:
    given = answer(
        {"nik": niks[0], "outcome": "accepted", "kpj": "26000000011", "paid_on": "2026-11-22"},
        {"nik": niks[1], "outcome": "rejected", "reason": "Usia lebih dari 65 tahun"},
        {"nik": niks[2], "kpj": "26000000037"},
        {"nik": niks[3], "outcome": "pending"},
        {"nik": "1312051205809999", "outcome": "accepted", "kpj": "26000000045"},
    )
    preview = register.answers.preview(given)
    assert [row.outcome for row in preview.rows] == [O.ACTIVATED, O.REJECTED, O.CARD, O.UNCHANGED, O.UNKNOWN]
    assert preview.rejections == {Rejection.OVER_AGE: 1}
    before = register.audit.count()
    made = register.answers.take_in(given, seen=preview)
    one, two, three, four = (enrolment_of(register, nik) for nik in niks)
    assert (one.state, one.kpj, one.paid_on) == (S.ACTIVE, "26000000011", date(2026, 11, 22))
    assert (two.state, two.rejection, two.state_reason) == (S.REJECTED, "over_age", "Usia lebih dari 65 tahun")
    assert (three.state, three.kpj) == (S.PROPOSED, "26000000037")
    assert four.state is S.PROPOSED
    assert register.workers.get(one.worker).kpj == "26000000011"
    assert register.audit.count() > before
    assert {entry.save for entry in register.audit.of("list_import", made.id)} == {made.save}
    assert register.lists.imports()[0].purpose is Purpose.BPJS_RETURN


def test_the_whole_answer_is_taken_back_as_one(register: Register, niks: list[str]) -> None:
    before = [enrolment_of(register, nik) for nik in niks]
    given = answer(
        {"nik": niks[0], "kpj": "26000000011"}, {"nik": niks[1], "outcome": "rejected", "reason": "Pindah"},
    )  # fmt: skip
    made = register.answers.take_in(given, PAID)
    assert enrolment_of(register, niks[0]).state is S.ACTIVE
    register.lists.undo(made.id)
    after = [enrolment_of(register, nik) for nik in niks]
    assert [replace(one, revision=0) for one in after] == [replace(one, revision=0) for one in before]
    assert register.lists.imports()[0].is_undone


def test_a_second_answer_changes_nothing(register: Register, niks: list[str]) -> None:
    given = answer(
        {"nik": niks[0], "kpj": "26000000011"}, {"nik": niks[1], "outcome": "rejected", "reason": "Pindah"}
    )
    register.answers.take_in(given, PAID)
    preview = register.answers.preview(given, PAID)
    assert [row.outcome for row in preview.rows] == [O.UNCHANGED, O.UNCHANGED]
    assert preview.taken_in_before == (date(2026, 11, 22),)
    with pytest.raises(Rejected, match="nothing_to_write"):
        register.answers.take_in(given, PAID)


@pytest.mark.parametrize(
    ("row", "outcome", "code"),
    [
        ({"kpj": "26000000011", "paid_on": "2027-01-05"}, O.REFUSED, "paid_on_future"),
        ({"outcome": "accepted", "paid_on": "2026-11-22"}, O.REFUSED, "kpj_missing"),
        ({"outcome": "rejected"}, O.REFUSED, "reason_missing"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    register: Register, niks: list[str], row: dict[str, Any], outcome: AnswerOutcome, code: str
) -> None:
    (found,) = register.answers.preview(answer({"nik": niks[0], **row})).rows
    assert found.outcome is outcome
    assert found.problem is not None
    assert found.problem.code == code
    assert found.problem.text


def test_another_card_than_the_one_that_is_active_is_refused(register: Register, niks: list[str]) -> None:
    register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}), PAID)
    (found,) = register.answers.preview(answer({"nik": niks[0], "kpj": "26000000029"}), PAID).rows
    assert found.outcome is O.REFUSED
    assert found.problem is not None
    assert found.problem.code == "kpj_other"


def test_one_person_stands_in_an_answer_once(register: Register, niks: list[str]) -> None:
    given = answer({"nik": niks[0], "kpj": "26000000011"}, {"nik": niks[0], "kpj": "26000000029"})
    assert [row.outcome for row in register.answers.preview(given, PAID).rows] == [O.ACTIVATED, O.REFUSED]


def test_a_name_is_enough_where_only_one_is_called_so(register: Register, niks: list[str]) -> None:
    register.entries.save(make_worker(7, name="Rosmaini"), make_plan(register))
    for serial in (8, 9):
        register.entries.save(make_worker(serial, name="Yusnidar"), make_plan(register))
    given = answer({"name": "ROSMAINI", "kpj": "26000000011"}, {"name": "Yusnidar", "kpj": "26000000029"},
                   {"name": "Halimah", "kpj": "26000000037"})  # fmt: skip
    assert [row.outcome for row in register.answers.preview(given, PAID).rows] == [O.ACTIVATED, O.UNCLEAR, O.UNKNOWN]


def test_the_nik_of_a_merged_record_leads_to_the_one_that_was_kept(register: Register, niks: list[str]) -> None:
    kept, merged = (register.workers.find_nik(nik) for nik in niks[:2])
    assert kept is not None
    assert merged is not None
    enrolments = [one.id for one in register.enrolments.of_worker(merged.id) if one.id is not None]
    register.enrolment_life.cancel(enrolments, "salah orang")
    register.pairs.merge(kept.id, merged.id, {}, {}, "orang yang sama")
    (found,) = register.answers.preview(answer({"nik": niks[1], "kpj": "26000000011"}), PAID).rows
    assert (found.outcome, found.worker) == (O.ACTIVATED, kept.id)


def test_any_nik_that_ever_led_to_somebody_leads_there_through_a_chain_of_mergings(
    register: Register, niks: list[str]
) -> None:
    for id in (2, 3):
        register.enrolment_life.cancel([one.id or 0 for one in register.enrolments.of_worker(id)], "salah orang")
    register.pairs.merge(2, 3, {"nik": "merged"}, {}, "KTP yang benar dilihat")
    register.pairs.merge(1, 2, {}, {}, "satu orang")
    for nik in niks[1:3]:
        (found,) = register.answers.preview(answer({"nik": nik, "kpj": "26000000011"}), PAID).rows
        assert (found.outcome, found.worker) == (O.ACTIVATED, 1)


@pytest.mark.parametrize("other", [{"outcome": "accepted"}, {"outcome": "pending"}])
def test_one_card_belongs_to_one_person_of_an_answer(
    register: Register, niks: list[str], other: dict[str, Any]
) -> None:
    given = answer({"nik": niks[0], "kpj": "26000000011"}, {"nik": niks[1], "kpj": "26000000011", **other})
    first, second = register.answers.preview(given, PAID).rows
    assert first.problem is not None
    assert (first.outcome, first.problem.code) == (O.REFUSED, "kpj_twice")
    assert second.outcome is (O.REFUSED if other["outcome"] == "accepted" else O.UNCHANGED)


def test_a_card_of_somebody_else_in_the_register_is_refused_by_name(register: Register, niks: list[str]) -> None:
    register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}), PAID)
    (found,) = register.answers.preview(answer({"nik": niks[1], "kpj": "26000000011"})).rows
    assert found.problem is not None
    assert (found.outcome, found.problem.code) == (O.REFUSED, "kpj_of_other")
    assert register.workers.get(1).name in found.problem.text


def test_a_card_that_came_before_is_not_replaced_by_another_one(register: Register, niks: list[str]) -> None:
    register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}))
    for asked in (Asked(), PAID):
        (found,) = register.answers.preview(answer({"nik": niks[0], "kpj": "26000000029"}), asked).rows
        assert found.problem is not None
        assert (found.outcome, found.problem.code) == (O.REFUSED, "kpj_other")


def test_rows_with_findings_stay_out(register: Register, niks: list[str]) -> None:
    given = answer({"nik": niks[0], "kpj": "26000000011"}, {"nik": niks[1], "kpj": "2600"},
                   findings=[make_finding(1, "kpj_length", field="kpj")])  # fmt: skip
    assert [row.outcome for row in register.answers.preview(given, PAID).rows] == [O.ACTIVATED, O.LEFT_OUT]


def test_disdukcapil_is_kept_beside_the_worker(register: Register, niks: list[str]) -> None:
    name = register.workers.lines([1])[0].name
    given = answer(
        {"nik": niks[0], "outcome": "match"}, {"nik": niks[1], "outcome": "dead", "reason": "2026-01-04"},
        {"nik": niks[2], "name": "SOMEBODY ELSE"}, {"nik": niks[3]}, purpose=Purpose.NIK_MATCH,
    )  # fmt: skip
    preview = register.answers.preview(given)
    assert [row.verdict for row in preview.rows] == [Verdict.MATCH, Verdict.DEAD, Verdict.DIFFERS, None]
    assert [row.is_running for row in preview.rows] == [False, True, True, False]
    assert name
    register.answers.take_in(given, Asked(verified_on=date(2026, 11, 1)))
    line = register.workers.find_nik(niks[1])
    assert line is not None
    (kept,) = register.verifications.of_worker(line.id)
    assert (kept.kind, kept.verdict, kept.details) == (Purpose.NIK_MATCH, Verdict.DEAD, "2026-01-04")
    assert (kept.verified_on, kept.source) == (date(2026, 11, 1), "balasan.xlsx")
    assert enrolment_of(register, niks[1]).state is S.PROPOSED, "nobody is struck off without a person's decision"


def test_a_membership_elsewhere_is_kept(register: Register, niks: list[str]) -> None:
    given = answer(
        {"nik": niks[0], "active": "yes", "segment": "PU", "employer": "PT Sawit Jaya", "kpj": "26000000011"},
        {"nik": niks[1], "active": "no"}, purpose=Purpose.MEMBERSHIP,
    )  # fmt: skip
    register.answers.take_in(given)
    one, two = (register.workers.find_nik(nik) for nik in niks[:2])
    assert one is not None
    assert two is not None
    (kept,) = register.verifications.of_worker(one.id)
    assert kept.verdict is Verdict.MEMBER
    assert kept.details == "PU, PT Sawit Jaya, 26000000011"
    register.undo.undo()
    assert register.verifications.of_worker(one.id) == ()
    register.undo.redo()
    assert register.verifications.of_worker(one.id) == (kept,)
    assert register.verifications.of_worker(two.id)[0].verdict is Verdict.NO_MEMBER


def test_a_clerk_does_not_decide_what_bpjs_said(register: Register, niks: list[str]) -> None:
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("dedi", Role.CLERK), "empat lima kata panjang")
    register.users.log_in("dedi", "empat lima kata panjang")
    with pytest.raises(Rejected, match="no_right"):
        register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}), PAID)


def test_a_register_that_changed_meanwhile_is_looked_at_again(register: Register, niks: list[str]) -> None:
    given = answer({"nik": niks[0], "kpj": "26000000011"})
    seen = register.answers.preview(given, PAID)
    register.enrolment_life.cancel([enrolment_of(register, niks[0]).id], "pindah")
    with pytest.raises(Rejected, match="changed_meanwhile"):
        register.answers.take_in(given, PAID, seen=seen)


def test_a_cancel_half_way_writes_nothing(register: Register, niks: list[str]) -> None:
    class Stop(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stop

    before = register.audit.count()
    with pytest.raises(Stop):
        register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}), PAID, stop)
    assert enrolment_of(register, niks[0]).state is S.PROPOSED
    assert register.audit.count() == before


def test_the_members_of_a_list_become_the_bpjs_count_of_an_area(register: Register, niks: list[str]) -> None:
    given = answer(
        {"nik": niks[0], "active": "yes", "segment": "BPU"},
        {"nik": "1312051205800001", "active": "yes", "segment": "BPU"},
        {"nik": niks[1], "active": "yes", "segment": "PU"}, {"nik": niks[2], "active": "no", "segment": "PU"},
        {"nik": niks[1], "active": "yes", "segment": "PU"}, purpose=Purpose.MEMBERSHIP,
    )  # fmt: skip
    assert register.answers.preview(given).members == {Segment.BPU: 2, Segment.PU: 1}
    register.answers.take_in(given, Asked(verified_on=date(2026, 10, 31), counts_for="13.12"))
    counts = {(area, segment): (count.number, count.counted_on) for _, area, segment, count in
              register.coverage.bpjs_counts.all()}  # fmt: skip
    assert counts == {
        ("13.12", Segment.BPU): (2, date(2026, 10, 31)), ("13.12", Segment.PU): (1, date(2026, 10, 31))
    }  # fmt: skip
    register.undo.undo()
    assert register.coverage.bpjs_counts.all() == ()


def test_who_is_recorded_as_dead_is_enrolled_no_more_until_that_is_put_right(
    register: Register, niks: list[str]
) -> None:
    fresh = register.entries.save(make_worker(30), None).worker
    assert fresh.id is not None
    plan = make_plan(register)
    dead = answer({"nik": fresh.nik, "outcome": "dead"}, purpose=Purpose.NIK_MATCH)
    register.answers.take_in(dead, Asked(verified_on=date(2026, 11, 1)))
    (refusal,) = register.enrol_many.preview([fresh.id], plan).refused
    assert [problem.code for problem in refusal.problems] == ["verified_dead"]
    with pytest.raises(Rejected, match="verified_dead"):
        register.enrolments.add(fresh.id, plan)
    alive = answer({"nik": fresh.nik, "outcome": "match"}, purpose=Purpose.NIK_MATCH)
    register.answers.take_in(alive, Asked(verified_on=date(2026, 11, 20)))
    assert register.enrol_many.preview([fresh.id], plan).able == (fresh.id,)


def test_the_membership_that_this_register_keeps_is_not_elsewhere(register: Register, niks: list[str]) -> None:
    register.answers.take_in(answer({"nik": niks[0], "kpj": "26000000011"}), PAID)
    rows = (
        {"nik": niks[0], "active": "yes", "kpj": "26000000011"},
        {"nik": niks[1], "active": "yes", "kpj": "26000000029"},
    )
    preview = register.answers.preview(answer(*rows, purpose=Purpose.MEMBERSHIP))
    assert [row.outcome for row in preview.rows] == [O.UNCHANGED, O.VERIFIED]
