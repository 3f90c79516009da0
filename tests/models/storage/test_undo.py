"""Taking saves back and making them again: any number, after a restart, and never over another hand."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.coverage.point import Target
from models.offices.users import Role, User
from models.people.lines import WorkerFilter
from models.problems import Rejected
from models.register import Register
from models.storage.audit_chain import breaks_in, strays_in
from models.storage.check import check_file
from models.storage.driver import connect
from models.values.months import Month
from tests.factories import DECEMBER, NOW, TODAY, make_plan, make_register, make_worker


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def state_of(register: Register) -> object:
    """All that a person can see of the register."""
    lines = register.workers.lines(list(register.workers.ids(WorkerFilter())))
    enrolments = [
        [
            replace(enrolment, revision=0)
            for enrolment in register.enrolments.of_worker(line.id)
            if enrolment.state.counts
        ]
        for line in lines
    ]
    return (
        [replace(register.workers.get(line.id), revision=0) for line in lines],
        enrolments,
        register.office,
        register.coverage.targets.all(),
        [(code, number) for _, code, _, number in register.coverage.eligible.all()],
        [register.coverage.district(Month(2026, month)).active for month in (11, 12)],
    )


def test_step_by_step_back_and_forth_again(register: Register) -> None:
    states = [state_of(register)]
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    states.append(state_of(register))
    worker = register.workers.correct(replace(worker, phone="+6281234567890", nagari="13.12.05.2001"))
    states.append(state_of(register))
    register.enrolments.confirm(1, "12345678901", TODAY)
    states.append(state_of(register))
    register.enrolments.cancel(1, "pindah")
    states.append(state_of(register))
    register.change_office(replace(register.office, place="Talu"))
    states.append(state_of(register))
    register.coverage.targets.add(Target(5140, date(2026, 12, 31), "SK Bupati"))
    states.append(state_of(register))
    register.coverage.eligible.add("13.12", 153_000, date(2026, 1, 1), "BPS")
    states.append(state_of(register))
    assert len({repr(state) for state in states}) == len(states)
    for state in reversed(states[:-1]):
        assert register.undo.undo() is not None
        assert state_of(register) == state
    assert register.undo.undo() is None
    for state in states[1:]:
        assert register.undo.redo() is not None
        assert state_of(register) == state
    assert register.undo.redo() is None
    register.undo.undo()
    register.undo.undo()
    assert state_of(register) == states[-3]
    register.close()
    assert check_file(register.path).is_clean


def test_a_restart_changes_nothing(register: Register) -> None:
    register.entries.save(make_worker(1), make_plan(register))
    register.entries.save(make_worker(2), make_plan(register))
    register.undo.undo()
    register.close()
    again = make_register(register.path)
    assert again.workers.count() == 1
    assert again.undo.redo() is not None
    assert again.workers.count() == 2
    again.close()
    third = make_register(register.path)
    assert third.undo.undo() is not None
    assert third.undo.undo() is not None
    assert third.workers.count() == 0
    third.close()


def test_a_new_save_ends_what_could_be_made_again(register: Register) -> None:
    register.entries.save(make_worker(1), None)
    register.undo.undo()
    register.entries.save(make_worker(2), None)
    assert register.undo.next_redo() is None
    assert register.undo.undo() is not None
    assert register.undo.undo() is None


def test_a_printed_letter_and_a_new_user_end_nothing(register: Register) -> None:
    register.entries.save(make_worker(1), make_plan(register))
    worker = register.entries.save(make_worker(2), None).worker
    register.undo.undo()
    register.papers.issue_letters([1], TODAY)
    register.users.add(User("rina", Role.ADMINISTRATOR), "")
    assert register.undo.redo() is not None
    assert register.workers.get(worker.id or 0).name == "Siti Aminah"


def test_not_over_a_later_change_by_another_hand(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    register.close()
    other = make_register(register.path, user="doni")
    other.workers.correct(replace(worker, jorong="Merdeka"))
    other.close()
    again = make_register(register.path)
    before = again.audit.count()
    with pytest.raises(Rejected) as caught:
        again.undo.undo()
    assert "doni" in caught.value.text
    assert f"{NOW:%d/%m/%Y}" in caught.value.text
    assert again.audit.count() == before
    again.close()
    back = make_register(register.path, user="doni")
    back.undo.undo()
    back.close()
    mine = make_register(register.path)
    assert mine.undo.undo() is not None  # doni took his change back, so it is as I left it
    assert mine.workers.count() == 0
    mine.close()


def test_a_nik_that_somebody_else_has_now_is_named(register: Register) -> None:
    register.entries.save(make_worker(), None)
    register.undo.undo()
    register.close()
    other = make_register(register.path, user="doni")
    other.entries.save(make_worker(name="Ali Umar"), None)
    other.close()
    again = make_register(register.path)
    with pytest.raises(Rejected) as caught:
        again.undo.redo()
    assert "Ali Umar" in caught.value.text
    assert again.workers.count() == 1
    again.close()


def test_an_enrolment_does_not_come_back_beside_another_subsidy(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    register.enrolments.add(worker.id or 0, make_plan(register))
    register.undo.undo()
    register.close()
    other = make_register(register.path, user="doni")
    other.enrolments.add(worker.id or 0, make_plan(register))
    other.close()
    again = make_register(register.path)
    assert code_of(again.undo.redo) == "second_subsidy"
    assert len([one for one in again.enrolments.of_worker(worker.id or 0) if one.state.counts]) == 1
    again.close()


def test_a_worker_who_was_enrolled_since_stays(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    register.close()
    other = make_register(register.path, user="doni")
    other.enrolments.add(worker.id or 0, make_plan(other))
    other.close()
    again = make_register(register.path)
    assert code_of(again.undo.undo) == "enrolled_since"
    again.close()


def test_many_enrolled_at_once_are_taken_back_at_once(register: Register) -> None:
    ids = [register.entries.save(make_worker(serial), None).worker.id or 0 for serial in range(1, 30)]
    register.enrolments.add_all(ids, make_plan(register))
    step = register.undo.undo()
    assert step is not None
    assert len(step.entries) == 29
    assert register.coverage.district(DECEMBER).active == 0
    register.undo.redo()
    assert register.coverage.district(DECEMBER).active == 29


@settings(max_examples=15)
@given(moves=st.lists(st.sampled_from(["add", "correct", "enrol", "cancel", "undo", "redo"]), max_size=25))
def test_any_order_of_saves_and_steps_ends_where_a_list_of_states_says(
    moves: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A model of two stacks beside the real register."""
    path: Path = tmp_path_factory.mktemp("undo") / "a.db"
    register = make_register(path)
    done, undone = [state_of(register)], []
    serial = 0
    for move in moves:
        workers = register.workers.ids(WorkerFilter())
        if move == "undo":
            assert (register.undo.undo() is not None) == (len(done) > 1)
            if len(done) > 1:
                undone.append(done.pop())
        elif move == "redo":
            assert (register.undo.redo() is not None) == bool(undone)
            if undone:
                done.append(undone.pop())
        else:
            serial += 1
            if move == "add" or not workers:
                register.entries.save(make_worker(serial), make_plan(register) if serial % 2 else None)
            elif move == "correct":
                worker = register.workers.get(workers[serial % len(workers)])
                register.workers.correct(replace(worker, notes=f"catatan {serial}", nagari="13.12.05.2001"))
            else:
                worker_id = workers[serial % len(workers)]
                standing = [one for one in register.enrolments.of_worker(worker_id) if one.state.counts]
                if move == "cancel" and standing:
                    register.enrolments.cancel(standing[0].id or 0, f"alasan {serial}")
                elif not standing:
                    register.enrolments.add(worker_id, make_plan(register))
                else:
                    continue
            done.append(state_of(register))
            undone.clear()
        assert state_of(register) == done[-1]
    register.close()
    with contextlib.closing(connect(path, read_only=True)) as connection:
        assert list(breaks_in(connection)) == []
        assert list(strays_in(connection)) == []
    assert check_file(path).is_clean
