"""Corrections by request: a clerk proposes, a supervisor decides."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.people.corrections import RequestState
from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from tests.factories import NOW, PASSWORD, become, make_plan, make_register, make_worker


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reni keeps the register, Siti and Budi are clerks, Doni and Eva supervisors; two workers are registered."""
    register = make_register(tmp_path_factory.mktemp("office") / "cakupan.db")
    register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)
    for name, role in (
        ("siti", Role.CLERK),
        ("budi", Role.CLERK),
        ("doni", Role.SUPERVISOR),
        ("eva", Role.SUPERVISOR),
    ):
        register.users.add(User(name, role), f"{PASSWORD} {name}")
    register.entries.save(make_worker(1), make_plan(register))
    register.entries.save(make_worker(2, name="Rahmat"), None)
    register.close()
    return register.path


@pytest.fixture
def staffed(office: Path, path: Path) -> Iterator[Register]:
    """Siti works with it."""
    shutil.copyfile(office, path)
    register = make_register(path)
    become(register, "siti")
    yield register
    register.close()


def propose(register: Register, reason: str = "KTP sudah dicocokkan", **values: object) -> int:
    worker = replace(register.workers.get(1), **values)  # type: ignore[arg-type]
    return register.requests.propose(worker, reason).id


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].field, caught.value.problems[0].code


def test_what_a_clerk_proposes_changes_nothing_yet(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang", phone="+6281266778899")
    request = staffed.requests.get(id)
    assert request.changes == (("jorong", "Tombang", "Simpang"), ("phone", "", "+6281266778899"))
    assert (request.state, request.proposed_by, request.proposed_at) == (RequestState.OPEN, "siti", NOW)
    assert staffed.workers.get(1).jorong == "Tombang"
    assert staffed.requests.open() == staffed.requests.own() == staffed.requests.of_worker(1) == (request,)
    assert staffed.requests.open_count() == 1


def test_an_approved_proposal_is_made_and_carries_both_names(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang")
    become(staffed, "doni")
    worker = staffed.requests.approve(id)
    assert (worker.jorong, staffed.workers.get(1).jorong) == ("Simpang", "Simpang")
    request = staffed.requests.get(id)
    assert (request.state, request.decided_by, request.decided_at) == (RequestState.APPROVED, "doni", NOW)
    corrected = staffed.audit.of("worker", 1)[-1]
    assert (corrected.user, corrected.action, corrected.changes) == (
        "doni", "correct", (("jorong", "Tombang", "Simpang"),),
    )  # fmt: skip
    assert corrected.origin == f"request:{id}:siti"
    proposed, approved = staffed.audit.of("correction_request", id)
    assert (proposed.user, proposed.action) == ("siti", "propose")
    assert (approved.user, approved.action, approved.save) == ("doni", "approve", corrected.save)
    assert ("proposed_by", None, "siti") in approved.changes
    assert staffed.requests.open_count() == 0


def test_a_rejected_proposal_tells_the_clerk_why(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang")
    become(staffed, "doni")
    assert refusal(lambda: staffed.requests.reject(id, "  ")) == ("reason", "reason_missing")
    staffed.requests.reject(id, "KTP menyebut  Tombang")
    become(staffed, "siti")
    (own,) = staffed.requests.own()
    assert (own.state, own.decided_by, own.decision) == (RequestState.REJECTED, "doni", "KTP menyebut Tombang")
    assert staffed.workers.get(1).jorong == "Tombang"


def test_a_proposal_needs_a_reason_and_a_change(staffed: Register) -> None:
    assert refusal(lambda: propose(staffed, reason=" ", jorong="Simpang")) == ("reason", "reason_missing")
    assert refusal(lambda: propose(staffed)) == ("name", "nothing_changed")


def test_a_proposal_keeps_to_the_usual_rules(staffed: Register) -> None:
    assert refusal(lambda: propose(staffed, nik="123"))[0] == "nik"
    other = staffed.workers.get(2).nik
    assert refusal(lambda: propose(staffed, nik=other))[0] == "nik"


def test_a_field_waits_for_one_decision_at_a_time(staffed: Register) -> None:
    first = propose(staffed, jorong="Simpang")
    become(staffed, "budi")
    assert refusal(lambda: propose(staffed, jorong="Lain")) == ("jorong", "request_open")
    propose(staffed, address="Jl. Baru")
    become(staffed, "siti")
    staffed.requests.withdraw(first)
    propose(staffed, jorong="Lain")


def test_only_who_may_approve_decides(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang")
    become(staffed, "budi")
    assert refusal(lambda: staffed.requests.approve(id)) == ("right", "no_right")
    assert refusal(lambda: staffed.requests.reject(id, "tidak")) == ("right", "no_right")
    assert refusal(lambda: staffed.requests.withdraw(id)) == ("state", "not_own")
    assert staffed.requests.get(id).is_open


def test_nobody_decides_on_her_own_proposal(staffed: Register) -> None:
    become(staffed, "doni")
    id = propose(staffed, jorong="Simpang")
    assert not staffed.requests.may_decide(staffed.requests.get(id))
    assert refusal(lambda: staffed.requests.approve(id)) == ("state", "own_request")
    assert refusal(lambda: staffed.requests.reject(id, "tidak")) == ("state", "own_request")
    become(staffed, "eva")
    staffed.requests.approve(id)


def test_who_is_alone_decides_on_her_own(register: Register) -> None:
    register.users.add(User("reni", Role.ADMINISTRATOR), "")
    register.entries.save(make_worker(1), None)
    id = propose(register, jorong="Simpang")
    register.requests.approve(id)
    assert register.workers.get(1).jorong == "Simpang"


def test_a_field_that_was_corrected_meanwhile_is_not_written_over(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang", address="Jl. Baru")
    become(staffed, "eva")
    staffed.workers.correct(replace(staffed.workers.get(1), jorong="Lubuk"))
    request = staffed.requests.get(id)
    assert staffed.requests.changed_meanwhile(request) == ("jorong",)
    assert refusal(lambda: staffed.requests.approve(id)) == ("jorong", "changed_meanwhile")
    assert staffed.workers.get(1).address == "Jl. Raya Talu"
    assert staffed.requests.get(id).is_open


def test_another_field_that_was_corrected_meanwhile_stays(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang")
    become(staffed, "eva")
    staffed.workers.correct(replace(staffed.workers.get(1), address="Jl. Baru"))
    worker = staffed.requests.approve(id)
    assert (worker.jorong, worker.address) == ("Simpang", "Jl. Baru")


def test_what_has_become_wrong_meanwhile_is_not_approved(staffed: Register) -> None:
    wanted = make_worker(3).nik
    id = propose(staffed, nik=wanted)
    become(staffed, "eva")
    staffed.entries.save(make_worker(3, name="Orang Ketiga"), None)
    assert [problem.field for problem in staffed.requests.problems_of(staffed.requests.get(id))] == ["nik"]
    assert refusal(lambda: staffed.requests.approve(id))[0] == "nik"


def test_reasons_for_warnings_come_along(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang", reasons={"nik_birth_date": "KTP lama"})
    become(staffed, "eva")
    staffed.workers.correct(replace(staffed.workers.get(1), reasons={"age": "surat dokter"}))
    assert staffed.requests.get(id).fields == ("jorong",)
    worker = staffed.requests.approve(id)
    assert dict(worker.reasons) == {"nik_birth_date": "KTP lama", "age": "surat dokter"}


def test_a_decision_is_made_once(staffed: Register) -> None:
    id = propose(staffed, jorong="Simpang")
    staffed.requests.withdraw(id)
    become(staffed, "doni")
    assert refusal(lambda: staffed.requests.approve(id)) == ("state", "not_open")


def test_nothing_is_proposed_for_a_record_that_was_taken_back(staffed: Register) -> None:
    become(staffed, "reni")
    staffed.entries.save(make_worker(9, name="Keliru"), None)
    gone = staffed.workers.get(3)
    staffed.undo.undo()
    become(staffed, "siti")
    with pytest.raises(Rejected):
        staffed.requests.propose(replace(gone, jorong="Simpang", revision=gone.revision + 1), "salah ketik")


def test_the_trail_of_proposals_is_whole(staffed: Register) -> None:
    first, second, third = (
        propose(staffed, jorong="Simpang"),
        propose(staffed, address="Jl. Baru"),
        propose(staffed, work_place="Kebun"),
    )
    staffed.requests.withdraw(third)
    become(staffed, "doni")
    staffed.requests.approve(first)
    staffed.requests.reject(second, "tidak ada jalan itu")
    assert check_file(staffed.path).is_clean
