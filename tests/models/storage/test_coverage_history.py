"""Whatever is done to the workers, the table of changes says what a scan of their enrolments says."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.coverage.changes import CONFIRMED, PERSON
from models.problems import Rejected, StorageFailure
from models.register import Register
from models.storage.coverage_changes import rebuilt, stored
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker

NAGARI = ("13.12.04.2001", "13.12.04.2002", "13.12.03.2003")
FIRST = Month(2026, 10)
SCHEMES = ("SAWIT", "CSR", "WALI", "MANDIRI")

whom = st.integers(0, 5)
plan = st.tuples(st.sampled_from(SCHEMES), st.integers(0, 6), st.integers(1, 4))
step = st.one_of(
    st.tuples(st.just("enter"), st.sampled_from(NAGARI), plan),
    st.tuples(st.just("enrol"), whom, plan),
    st.tuples(st.just("confirm"), whom, st.integers(0, 3)),
    st.tuples(st.just("cancel"), whom, st.integers(0, 3)),
    st.tuples(st.just("move"), whom, st.sampled_from(NAGARI)),
    st.tuples(st.just("undo")),
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with nobody in it, to start each history from."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    make_register(path).close()
    return path


@pytest.fixture(scope="module")
def copies(blank: Path) -> Iterator[Path]:
    return (blank.with_name(f"{number}.db") for number in count())


@settings(max_examples=40)
@given(steps=st.lists(step, max_size=14))
def test_the_changes_are_a_scan_of_the_enrolments(blank: Path, copies: Iterator[Path], steps: list[tuple]) -> None:
    path = next(copies)
    shutil.copy(blank, path)
    register = make_register(path)
    try:
        workers: list[int] = []
        for serial, one in enumerate(steps, 1):
            with suppress(Rejected, StorageFailure):  # a second subsidy, a save that can no longer be taken back
                act(register, workers, serial, one)
        connection = register.coverage._file.connection
        assert stored(connection) == {key: change for key, change in rebuilt(connection).items() if change}
        compare(register, workers)
    finally:
        register.close()
        path.unlink()


def act(register: Register, workers: list[int], serial: int, step: tuple) -> None:
    """What a person does."""
    if step[0] == "undo":
        register.entries.undo_last()
        return
    if step[0] == "enter":
        entry = register.entries.save(make_worker(serial, nagari=step[1]), planned(register, step[2]))
        assert entry.worker.id is not None
        workers.append(entry.worker.id)
        return
    if not workers:
        return
    worker = workers[step[1] % len(workers)]
    if register.workers.find_nik(register.workers.get(worker).nik) is None:
        return  # taken back
    enrolments = [one for one in register.enrolments.of_worker(worker) if one.state.counts]
    match step[0]:
        case "enrol":
            register.enrolments.add(worker, planned(register, step[2]))
        case "move":
            register.workers.correct(replace(register.workers.get(worker), nagari=step[2]))
        case "confirm" | "cancel" if enrolments:
            id = enrolments[step[2] % len(enrolments)].id
            assert id is not None
            if step[0] == "confirm":
                register.enrolments.confirm(id, "12345678901", date(2026, 11, 20))
            else:
                register.enrolments.cancel(id, "pindah")


def planned(register: Register, wanted: tuple[str, int, int]):
    code, ahead, months = wanted
    return make_plan(register, code, FIRST + ahead, months)


def compare(register: Register, workers: list[int]) -> None:
    """Month by month against a plain count over every living worker's enrolments."""
    for ahead in range(-1, 12):
        month = FIRST + ahead
        people: Counter[str] = Counter()
        sure: Counter[str] = Counter()
        rupiah: Counter[int] = Counter()
        schemes: Counter[int] = Counter()
        for id in workers:
            worker = register.workers.get(id)
            if register.workers.find_nik(worker.nik) is None:
                continue
            here = [one for one in register.enrolments.of_worker(id) if one.state.counts and month in one.period]
            people[worker.nagari] += bool(here)
            sure[worker.nagari] += any(one.is_confirmed for one in here)
            schemes.update({one.scheme for one in here})
            for one in here:
                rupiah[one.scheme] += one.monthly[month - one.period.first]
        assert +Counter(register.coverage.active_by_nagari(month, PERSON)) == +people
        assert +Counter(register.coverage.active_by_nagari(month, CONFIRMED)) == +sure
        point = register.coverage.district(month)
        assert (point.active, point.confirmed) == (people.total(), sure.total())
        for line in register.coverage.schemes(month):
            scheme = register.schemes.by_code(line.code)
            assert scheme is not None
            assert scheme.id is not None
            assert (line.active, line.contribution) == (schemes[scheme.id], rupiah[scheme.id])


def test_a_save_is_not_taken_back_under_an_enrolment_that_came_later(register: Register) -> None:
    entry = register.entries.save(make_worker(1), make_plan(register, "SAWIT"))
    assert entry.worker.id is not None
    register.enrolments.add(entry.worker.id, make_plan(register, "WALI"))
    with pytest.raises(Rejected) as refused:
        register.entries.undo_last()
    assert refused.value.problems[0].code == "enrolled_since"
    assert register.coverage.district(Month(2026, 12)).active == register.workers.count() == 1
