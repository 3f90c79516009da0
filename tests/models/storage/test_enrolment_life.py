"""The life of enrolments: every step, every impossible one in words, rejected places and who takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.language import translate
from models.legal.legal_basis import LegalBasis, LegalKind
from models.people.worker import Segment
from models.problems import Rejected
from models.register import Register, open_register
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.life import NEXT, Rejection, problem_of_change
from models.schemes.scheme import Programme
from models.storage.check import check_file
from models.storage.uids import new_uid
from models.values.months import Month, Period
from tests.factories import DECEMBER, NOW, TODAY, make_plan, make_worker

State = EnrolmentState


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def enrolled(path: Path, now: list[datetime]) -> Iterator[Register]:
    """Five workers in the palm-oil scheme for three months, and a decree."""
    register = open_register(path, user="rina", clock=lambda: now[0])
    for serial in range(1, 6):
        register.entries.save(make_worker(serial, name=f"Siti {chr(64 + serial)}"), make_plan(register))
    add_decree(register, TODAY)
    yield register
    register.close()


def add_decree(register: Register, dated_on: date) -> int:
    with register._file.change() as change:
        id = change.execute(
            "INSERT INTO legal_basis (uid, office, revision, kind, number, dated_on, title, parties, notes) "
            "VALUES (?, 'K01', 1, 'decree', '500.15/1', ?, 'Penetapan peserta', '', '')",
            (new_uid(), dated_on.isoformat()),
        )
        change.record("add", "legal_basis", id, [])
    return id


def new_decree() -> LegalBasis:
    return LegalBasis(kind=LegalKind.DECREE, number="500.15/2", dated_on=TODAY, title="Penetapan lain")


def states(register: Register) -> list[str]:
    return [str(register.enrolments.get(id).state) for id in range(1, 6)]


def test_a_whole_life_is_lived_by_many_at_once(enrolled: Register, now: list[datetime]) -> None:
    life = enrolled.enrolment_life
    approved = life.approve([1, 2, 3, 4, 4], 1)
    assert approved.done == (1, 2, 3, 4)
    assert approved.refused == ()
    assert enrolled.enrolments.get(1).decree == 1
    assert life.submit([1, 2, 3]).done == (1, 2, 3)
    active = life.activate({1: ("12345678901", TODAY), 2: ("12345678902", TODAY), 3: ("salah", TODAY)})
    assert active.done == (1, 2)
    assert [one.name for one in active.refused] == ["Siti C"]
    assert life.reject([3], Rejection.NIK_NOT_FOUND).done == (3,)
    assert life.cancel([4], "pindah").done == (4,)
    assert enrolled.coverage.district(DECEMBER).active == 3
    assert enrolled.coverage.district(DECEMBER).confirmed == 2
    too_early = life.end([1])
    assert (too_early.done, too_early.refused[0].problems[0].code) == ((), "not_over")
    now[0] = datetime(2027, 3, 1, 8, 0)
    assert life.end([1, 2, 3]).done == (1, 2)
    assert states(enrolled) == ["ended", "ended", "rejected", "cancelled", "proposed"]
    assert enrolled.enrolments.get(3).rejection == "nik_not_found"
    enrolled.close()
    assert check_file(enrolled.path).findings == ()


def test_public_money_is_submitted_with_a_decree_alone(enrolled: Register) -> None:
    life = enrolled.enrolment_life
    before = enrolled.audit.count()
    submitted = life.submit(range(1, 6))
    assert (submitted.save, submitted.done, len(submitted.refused)) == (0, (), 5)
    problem = submitted.refused[0].problems[0]
    assert problem.code == "decree_needed"
    assert "SAWIT dibayar dengan uang publik" in problem.text
    assert enrolled.audit.count() == before
    assert states(enrolled) == ["proposed"] * 5
    life.approve([1, 2], 1)
    assert life.submit(range(1, 6)).done == (1, 2)
    assert states(enrolled) == ["submitted", "submitted", "proposed", "proposed", "proposed"]


@pytest.mark.parametrize("code", ["CSR", "ASN", "KMP", "MANDIRI"])
def test_what_others_pay_is_submitted_straight_from_proposed(enrolled: Register, code: str) -> None:
    plan = replace(make_plan(enrolled, code), payer_name="PT Contoh", payer_number="198001012005011001")
    entry = enrolled.entries.save(make_worker(9, name="Nur"), plan)
    assert entry.enrolment is not None
    assert enrolled.enrolment_life.submit([entry.enrolment.id or 0]).done == (entry.enrolment.id,)


def test_a_replacement_is_submitted_only_once_a_decree_names_it(enrolled: Register) -> None:
    life, scheme = enrolled.enrolment_life, enrolled.enrolments.get(1).scheme
    waiting = [
        enrolled.entries.save(make_worker(serial, name=name), None) for serial, name in ((8, "Eka"), (9, "Nur"))
    ]
    enrolled.waiting.add([one.worker.id or 0 for one in waiting], scheme)
    life.approve([1, 2], 1)
    life.reject([1, 2], Rejection.MOVED)
    without, new = life.replace([1]).pairs[0][1], life.replace([2], add_decree(enrolled, TODAY)).pairs[0][1]
    assert [one.problems[0].code for one in life.submit([without, new]).refused] == ["decree_needed"]
    assert (enrolled.enrolments.get(without).state, enrolled.enrolments.get(new).state) == (
        State.PROPOSED, State.SUBMITTED
    )  # fmt: skip


def test_each_step_is_taken_back_as_one(enrolled: Register) -> None:
    life = enrolled.enrolment_life
    life.approve(range(1, 6), 1)
    life.reject([2, 3], Rejection.DEAD)
    assert enrolled.undo.undo() is not None
    assert states(enrolled) == ["approved"] * 5
    assert enrolled.undo.undo() is not None
    assert states(enrolled) == ["proposed"] * 5
    assert enrolled.undo.redo() is not None
    assert enrolled.undo.redo() is not None
    assert states(enrolled) == ["approved", "rejected", "rejected", "approved", "approved"]
    assert enrolled.coverage.district(DECEMBER).active == 3


def test_a_new_decree_and_the_approval_are_one_save_and_taken_back_as_one(enrolled: Register) -> None:
    made = enrolled.enrolment_life.approve(range(1, 6), new_decree())
    entered = enrolled.legal_bases.all()[0]
    assert entered.number == "500.15/2"
    assert {enrolled.enrolments.get(id).decree for id in range(1, 6)} == {entered.id}
    assert {entry.kind for entry in enrolled.audit.of_save(made.save)} == {"legal_basis", "enrolment"}
    assert enrolled.undo.undo() is not None
    assert states(enrolled) == ["proposed"] * 5
    assert len(enrolled.legal_bases.all()) == 1
    assert enrolled.undo.redo() is not None
    assert states(enrolled) == ["approved"] * 5
    assert enrolled.legal_bases.used_by(entered.id or 0) == {"enrolment": 5}
    enrolled.close()
    assert check_file(enrolled.path).findings == ()


def test_a_new_decree_that_would_name_nobody_is_not_kept(enrolled: Register) -> None:
    enrolled.enrolment_life.approve(range(1, 6), 1)
    before = enrolled.audit.count()
    made = enrolled.enrolment_life.approve(range(1, 6), new_decree())
    assert (made.save, made.done, len(made.refused)) == (0, (), 5)
    enrolled.enrolment_life.reject([1], Rejection.MOVED)
    assert enrolled.enrolment_life.replace([1], new_decree()).pairs == ()
    assert len(enrolled.legal_bases.all()) == 1
    assert enrolled.audit.count() == before + 1


def test_a_new_decree_that_is_not_right_leaves_everything_as_it_was(enrolled: Register) -> None:
    before = enrolled.audit.count()
    future = replace(new_decree(), dated_on=date(2027, 1, 1))
    assert code_of(lambda: enrolled.enrolment_life.approve(range(1, 6), future)) == "dated_future"
    assert (states(enrolled), enrolled.audit.count()) == (["proposed"] * 5, before)


def test_a_stop_takes_the_new_decree_with_it(enrolled: Register) -> None:
    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrolled.enrolment_life.approve(range(1, 6), new_decree(), stop)
    assert len(enrolled.legal_bases.all()) == 1
    assert states(enrolled) == ["proposed"] * 5


def test_a_replacement_and_its_new_decree_are_one_save(enrolled: Register) -> None:
    scheme = enrolled.enrolments.get(1).scheme
    enrolled.enrolment_life.approve(range(1, 6), 1)
    enrolled.enrolment_life.reject([2], Rejection.MOVED)
    waits = enrolled.entries.save(make_worker(8, name="Muda"), None)
    enrolled.waiting.add([waits.worker.id or 0], scheme)
    made = enrolled.enrolment_life.replace([2], replace(new_decree(), replaces=1))
    entered = enrolled.legal_bases.all()[0]
    assert enrolled.enrolment_life.names_in_and_out(entered.id or 0) == ((made.pairs[0][1],), (2,))
    assert enrolled.undo.undo() is not None
    assert len(enrolled.legal_bases.all()) == 1
    assert enrolled.enrolment_life.free_places(scheme) == (2,)
    assert len(enrolled.waiting.of_scheme(scheme)) == 1


def test_what_cannot_be_is_refused_in_words_and_changes_nothing(enrolled: Register) -> None:
    life = enrolled.enrolment_life
    before = enrolled.audit.count()
    assert code_of(lambda: life.approve([1], 99)) == "decree_missing"
    assert code_of(lambda: life.approve([1], add_decree(enrolled, date(2027, 1, 1)))) == "decree_future"
    assert code_of(lambda: life.reject([1], None)) == "reason_missing"
    assert code_of(lambda: life.reject([1], Rejection.OTHER, "  ")) == "reason_missing"
    assert code_of(lambda: life.cancel([1], " ")) == "reason_missing"
    assert enrolled.audit.count() == before + 1
    life.reject([1], Rejection.OVER_AGE)
    again = life.submit([1])
    assert (again.save, again.done, again.refused[0].problems[0].code) == (0, (), "state_final")


@given(st.sampled_from(list(State)), st.sampled_from(list(State)))
def test_every_pair_of_states_has_an_answer(now: EnrolmentState, wanted: EnrolmentState) -> None:
    enrolment = Enrolment(
        scheme=1, segment=Segment.BPU, programmes=(Programme.JKK,), period=Period(DECEMBER, DECEMBER), base=0,
        monthly=(10_000,), state=now, registered_on=TODAY,
    )  # fmt: skip
    problem = problem_of_change(enrolment, wanted)
    assert (problem is None) == (wanted in NEXT[now])
    if problem is not None:
        assert translate(now.label) in problem.text


def test_a_rejected_place_goes_to_the_next_who_can_take_it(enrolled: Register) -> None:
    scheme = enrolled.enrolments.get(1).scheme
    aged = make_worker(7, name="Tua", born_on=date(1960, 1, 1), reasons={"age_too_old": "ya"})
    old = enrolled.entries.save(aged, None)
    fit = enrolled.entries.save(make_worker(8, name="Muda"), None)
    later = enrolled.entries.save(make_worker(9, name="Nanti"), None)
    enrolled.waiting.add([old.worker.id or 0, fit.worker.id or 0, fit.worker.id or 0, later.worker.id or 0], scheme)
    enrolled.enrolment_life.approve(range(1, 6), 1)
    enrolled.enrolment_life.reject([2], Rejection.OVER_AGE)
    assert enrolled.enrolment_life.free_places(scheme) == (2,)
    assert code_of(lambda: enrolled.enrolment_life.replace([1])) == "place_taken"
    new_decree = add_decree(enrolled, TODAY)
    made = enrolled.enrolment_life.replace([2], new_decree)
    assert [one.name for one in made.refused] == ["Tua"]
    assert made.still_free == 0
    new = enrolled.enrolments.get(made.pairs[0][1])
    assert (new.worker, new.replaces, new.period) == (fit.worker.id, 2, enrolled.enrolments.get(2).period)
    assert [entry.worker for entry in enrolled.waiting.of_scheme(scheme)] == [old.worker.id, later.worker.id]
    assert enrolled.enrolment_life.names_in_and_out(new_decree) == ((new.id,), (2,))
    assert enrolled.enrolment_life.free_places(scheme) == ()
    assert enrolled.coverage.district(Month(2027, 2)).active == 5
    assert enrolled.undo.undo() is not None
    assert enrolled.enrolment_life.free_places(scheme) == (2,)
    assert len(enrolled.waiting.of_scheme(scheme)) == 3
    enrolled.close()
    assert check_file(enrolled.path).findings == ()


def test_places_for_which_nobody_waits_stay_free(enrolled: Register) -> None:
    enrolled.enrolment_life.reject([1, 2], Rejection.MOVED)
    made = enrolled.enrolment_life.replace([1, 2])
    assert (made.pairs, made.still_free, made.save) == ((), 2, 0)
