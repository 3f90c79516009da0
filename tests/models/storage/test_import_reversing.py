"""A whole list is taken back and made again in one step, while nothing later touched its people; otherwise it is said
what did, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.exchange.importing import Mode, Resolution
from models.offices.users import Role
from models.people.worker import Worker
from models.problems import Rejected
from models.register import Register
from models.values.months import Month
from tests.factories import DECEMBER, make_plan, make_register, make_worker
from tests.models.exchange.checked_lists import make_list, make_row
from tests.models.storage.test_importing import assert_sound

LATER = Month(2027, 3)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "kantor.db")
    yield opened
    assert_sound(opened)
    opened.close()


@pytest.fixture
def list_of_three(register: Register) -> int:
    """A list of three, one of whom was registered and enrolled before; all of them are enrolled."""
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=make_plan(register))
    people = make_list(make_row(1, jorong="Padang", nagari="13.12.03.2003"), make_row(2), make_row(3))
    made = register.lists.take_in(people, Mode.UPDATE, plan=make_plan(register, first=LATER))
    assert made.counts == {"new": 2, "changed": 1, "enrolled": 3, "cost": 3 * 50_400}
    return made.id


def state(register: Register) -> tuple[object, ...]:
    """All that a person may look at."""
    workers = [register.workers.get(row[0]) for row in register._file.rows("SELECT id FROM worker WHERE living = 1")]
    enrolments = register._file.rows(
        "SELECT worker, scheme, first_month, state, counts FROM enrolment WHERE counts = 1 ORDER BY id"
    )
    coverage = register._file.rows("SELECT * FROM coverage_change WHERE change <> 0 ORDER BY 1, 2, 3")
    summaries = register._file.rows("SELECT id, schemes, covered_from, covered_until FROM worker WHERE living = 1")
    found = {line.id for line in register.workers.search("siti")}
    return [replace(worker, revision=0) for worker in workers], enrolments, coverage, summaries, found


def test_undo_takes_all_of_it_back_and_redo_makes_it_again(register: Register) -> None:
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=make_plan(register))
    before = state(register)
    people = make_list(make_row(1, jorong="Padang", nagari="13.12.03.2003"), make_row(2), make_row(3))
    register.lists.take_in(people, Mode.UPDATE, plan=make_plan(register, first=LATER))
    after = state(register)
    step = register.undo.undo()
    assert step is not None
    assert step.is_import
    assert state(register) == before
    assert [one.is_undone for one in register.lists.imports()] == [True, False]
    assert register.undo.redo() is not None
    assert state(register) == after
    assert not register.lists.imports()[0].is_undone
    register.undo.undo()
    assert state(register) == before


def test_an_import_is_one_step_among_others(register: Register, list_of_three: int) -> None:
    register.entries.save(make_worker(7, name="Rosmaini Lubis"), None)
    assert register.undo.undo() is not None  # the entry
    step = register.undo.next_undo()
    assert step is not None
    assert (step.is_import, len(step.entries), step.worker) == (True, 1, None)
    assert register.undo.undo() is not None
    assert register.workers.count() == 1
    assert register.undo.undo() is not None  # the first list
    assert register.workers.count() == 0
    assert register.undo.next_undo() is None
    for _ in range(2):
        assert register.undo.redo() is not None
    assert register.workers.count() == 3


def test_an_older_import_is_taken_back_by_its_number(register: Register, list_of_three: int) -> None:
    register.entries.save(make_worker(7, name="Rosmaini Lubis"), None)
    assert register.lists.touched_since(list_of_three).count == 0
    register.lists.undo(list_of_three)
    assert register.workers.count() == 2
    with pytest.raises(Rejected, match="undone_already"):
        register.lists.undo(list_of_three)


def corrected(register: Register) -> None:
    register.workers.correct(replace(register.workers.get(2), jorong="Kampung Baru"))


def cancelled(register: Register) -> None:
    register.enrolments.cancel(register.enrolments.of_worker(2)[0].id or 0, "pindah")


def enrolled_again(register: Register) -> None:
    register.enrolments.add(2, make_plan(register, first=LATER + 3))


def letter_issued(register: Register) -> None:
    enrolment = register.enrolments.of_worker(2)[0].id or 0
    assert len(list(register.papers.issue_letters([enrolment], register.today()))) == 1


def put_on_waiting_list(register: Register) -> None:
    register.waiting.add([2], make_plan(register, "ASN").scheme)


def said_to_be_two(register: Register) -> None:
    register.pairs.not_same(1, 2, "kakak beradik")


def merged(register: Register) -> None:
    register.enrolments.cancel(register.enrolments.of_worker(3)[0].id or 0, "satu orang")
    register.pairs.merge(2, 3, {}, {}, "satu orang")


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        (corrected, "datanya diperbaiki"),
        (cancelled, "kepesertaannya dibatalkan"),
        (enrolled_again, "didaftarkan lagi"),
        (letter_issued, "suratnya sudah terbit"),
        (put_on_waiting_list, "masuk daftar tunggu"),
        (said_to_be_two, "sudah diputuskan terhadap orang lain"),
        (merged, "digabung"),
    ],
)
def test_what_touched_its_people_since_is_said_and_nothing_is_changed(
    register: Register, list_of_three: int, touch: Callable[[Register], None], words: str
) -> None:
    touch(register)
    before = state(register)
    touched = register.lists.touched_since(list_of_three)
    assert touched.count >= 1
    assert words in "; ".join(one.problem.text for one in touched.first)
    assert {one.user for one in touched.first} == {"rina"}
    with pytest.raises(Rejected) as refusal:
        register.lists.undo(list_of_three)
    assert refusal.value.problems[0].code == "import_touched"
    assert register.workers.get(2).name in refusal.value.text
    assert "rina, 22/11/2026 09:00" in refusal.value.text
    assert state(register) == before


def test_of_many_the_first_are_named_and_the_others_counted(register: Register) -> None:
    made = register.lists.take_in(make_list(*(make_row(serial) for serial in range(1, 31))), Mode.ADD_ONLY)
    for id in range(1, 11):
        register.workers.correct(replace(register.workers.get(id), jorong="Kampung Baru"))
    touched = register.lists.touched_since(made.id, most=5)
    assert (touched.count, len(touched.first)) == (10, 5)
    with pytest.raises(Rejected) as refusal:
        register.undo.undo(register.undo.step_of(made.save))
    assert "dan 7 lagi" in refusal.value.text


def test_changing_back_what_was_changed_opens_the_way_again(register: Register, list_of_three: int) -> None:
    corrected(register)
    register.undo.undo()
    register.lists.undo(list_of_three)
    assert register.workers.count() == 1


def test_looking_at_a_record_or_copying_it_touches_nothing(register: Register, list_of_three: int) -> None:
    register.disclosures.show(2, ["nik"])
    register.lists.undo(list_of_three)
    assert register.workers.count() == 1


def test_a_record_that_was_changed_behind_the_program_is_not_taken_back(
    register: Register, list_of_three: int
) -> None:
    register._file.connection.execute("UPDATE worker SET jorong = 'X' WHERE id = 3")
    with pytest.raises(Rejected, match="import_touched"):
        register.lists.undo(list_of_three)
    register._file.connection.execute(f"UPDATE worker SET jorong = '{make_row(3)['jorong']}' WHERE id = 3")


def test_redo_is_refused_where_somebody_else_has_the_nik_now(register: Register) -> None:
    row = make_row(2)
    register.lists.take_in(make_list(row), Mode.ADD_ONLY)
    register.undo.undo()
    step = register.undo.next_redo()
    assert step is not None
    with register.twin() as other:  # a colleague, whose saves are not ours
        other._file.person = replace(other._file.person, name="budi")  # type: ignore[type-var]
        other.entries.save(_worker_of(row), None)
    with pytest.raises(Rejected, match="nik_registered"):
        register.undo.redo()
    assert register.workers.count() == 1
    assert register.lists.imports()[0].is_undone


def test_redo_is_refused_where_the_months_are_paid_by_somebody_else_now(register: Register) -> None:
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=make_plan(register))
    register.undo.undo()
    with register.twin() as other:
        other._file.person = replace(other._file.person, name="budi")  # type: ignore[type-var]
        other.enrolments.add(1, make_plan(register))
    with pytest.raises(Rejected, match="second_subsidy"):
        register.undo.redo()
    assert register.coverage.district(DECEMBER).covered == 1


def test_the_list_of_a_colleague_needs_the_right_to_correct(register: Register, list_of_three: int) -> None:
    register._file.person = replace(register._file.person, name="budi", role=Role.CLERK)  # type: ignore[type-var]
    with pytest.raises(Rejected, match="no_right"):
        register.lists.undo(list_of_three)
    register._file.person = replace(register._file.person, role=Role.SUPERVISOR)  # type: ignore[type-var]
    register.lists.undo(list_of_three)


def test_whoever_stops_the_taking_back_finds_everything_as_it_was(register: Register, list_of_three: int) -> None:
    class Stop(Exception):
        pass

    def stop(_stage: str, done: int, every: int) -> None:
        if done == every:
            raise Stop

    before = state(register)
    with pytest.raises(Stop):
        register.lists.undo(list_of_three, stop)
    assert state(register) == before


def test_a_decision_that_two_are_two_goes_and_comes_with_its_list(register: Register) -> None:
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    twin = {**make_row(1), "nik": make_row(1)["nik"][:12] + "0010"}
    register.lists.take_in(make_list(twin), Mode.ADD_ONLY, {0: Resolution(None, "kembar")})
    register.undo.undo()
    assert register.pairs.decided(1, 2) is None
    register.undo.redo()
    decision = register.pairs.decided(1, 2)
    assert decision is not None
    assert decision.reason == "kembar"


def _worker_of(row: dict[str, object]) -> Worker:
    return make_worker(2, name=row["name"], born_on=date.fromisoformat(str(row["born_on"])), nik=row["nik"])
