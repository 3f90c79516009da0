"""Long lists written at once are the same records as those saved one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.office import OfficeSettings
from models.people.lines import WorkerFilter
from models.problems import StorageFailure
from models.register import Register, new_register
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.storage.check import check_file
from models.values.months import Month
from tests.factories import DECEMBER, NOW, make_plan, make_register, make_worker


def planned(register: Register, serial: int = 1, code: str = "SAWIT", first: Month = DECEMBER) -> Enrolment:
    enrolment, problems = register.enrolments.planned(
        make_worker(serial), make_plan(register, code, first), register.today()
    )
    assert enrolment is not None
    assert problems == ()
    return enrolment


def test_loaded_workers_stand_in_the_register_as_if_each_had_been_saved(tmp_path: Path) -> None:
    one_by_one, at_once = make_register(tmp_path / "one.db"), make_register(tmp_path / "all.db")
    for serial in range(1, 6):
        one_by_one.entries.save(make_worker(serial), make_plan(one_by_one, first=DECEMBER + serial))
    at_once.load((make_worker(serial), [planned(at_once, first=DECEMBER + serial)]) for serial in range(1, 6))
    for month in (DECEMBER, DECEMBER + 3, DECEMBER + 6):
        assert at_once.coverage.schemes(month) == one_by_one.coverage.schemes(month)
        assert at_once.coverage.active_by_nagari(month) == one_by_one.coverage.active_by_nagari(month)
    ids = one_by_one.workers.ids(WorkerFilter())
    assert at_once.workers.ids(WorkerFilter()) == ids
    assert at_once.workers.lines(list(ids)) == one_by_one.workers.lines(list(ids))
    assert [line.nik for line in at_once.workers.search("siti")] == [
        line.nik for line in one_by_one.workers.search("siti")
    ]
    for register in (one_by_one, at_once):
        register.close()
    assert check_file(tmp_path / "all.db").is_clean


def test_a_second_load_goes_on_after_the_first(register: Register, path: Path) -> None:
    register.entries.save(make_worker(1), make_plan(register))
    assert register.load((make_worker(serial), [planned(register)]) for serial in range(2, 5)) == (3, 3)
    assert register.load([(make_worker(9), [])]) == (1, 0)
    assert (register.workers.count(), register.enrolments.total(1)[0]) == (5, 4)
    assert register.audit.of("worker", 5)[0].changes[0] == ("name", None, "Siti Aminah")
    register.close()
    assert check_file(path).is_clean


def test_what_interrupts_a_load_undoes_all_of_it(register: Register) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.load([(make_worker(1), [planned(register)])], stop)
    assert (register.workers.count(), register.enrolments.total(1)) == (0, (0, 0))
    assert register.workers.search("siti") == ()


def test_enrolments_that_do_not_count_are_kept_but_cover_nobody(register: Register) -> None:
    refused = replace(planned(register), state=EnrolmentState.REJECTED, state_reason="Tidak padan")
    register.load([(make_worker(1), [refused])])
    assert register.coverage.active_by_nagari(DECEMBER) == {}
    (kept,) = register.enrolments.of_worker(1)
    assert (kept.state, kept.state_reason) == (EnrolmentState.REJECTED, "Tidak padan")


def test_a_new_register_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "100% baru #1?.db"
    with new_register(path, user="rina", clock=lambda: NOW, settings=OfficeSettings(is_sample=True)) as register:
        register.load([(make_worker(1), [])])
        assert not path.exists()
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(".lock")] == [path.name]
    again = make_register(path)
    assert (again.workers.count(), again.is_sample) == (1, True)
    again.entries.save(make_worker(2), None)
    again.close()
    assert check_file(path).is_clean


def test_a_new_register_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(done: int) -> None:
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        new_register(tmp_path / "baru.db", user="rina", clock=lambda: NOW, settings=OfficeSettings()) as register,
    ):
        register.load([(make_worker(1), [])], fail)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "ada.db"
    path.write_bytes(b"catatan lain")
    with (
        pytest.raises(StorageFailure) as failure,
        new_register(path, user="rina", clock=lambda: datetime(2026, 1, 1), settings=OfficeSettings()),
    ):
        pass
    assert failure.value.code == "exists"
    assert "sudah ada" in failure.value.text
    assert path.read_bytes() == b"catatan lain"
    assert [file.name for file in tmp_path.iterdir()] == ["ada.db"]
