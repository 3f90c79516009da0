"""Who saw, printed or took out what stands in the audit trail, and none of the values does."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.offices.users import Role, User
from models.people.masking import PROTECTED, masked
from models.problems import Rejected, StorageFailure
from models.register import Register, open_register
from models.storage.audit_trail import AuditEntry
from tests.factories import make_plan, make_register, make_worker


@pytest.fixture
def register(tmp_path: Path):
    with closing(make_register(tmp_path / "register.db")) as register:
        yield register


def enter(register: Register, **values: Any) -> int:
    entry = register.entries.save(make_worker(phone="+6281266775678", **values), make_plan(register))
    assert entry.worker.id is not None
    return entry.worker.id


def show_often(register: Register, worker: int) -> None:
    for _ in range(2_000):
        register.disclosures.show(worker, ["nik"])


def last(register: Register, kind: str, record: int = 0) -> AuditEntry:
    return register.audit.of(kind, record)[-1]


def test_a_showing_is_a_row_of_its_own_without_values(register: Register) -> None:
    worker = enter(register)
    register.disclosures.show(worker, ["phone", "nik"])
    row = last(register, "worker", worker)
    assert (row.action, row.user, row.changes) == ("show", "rina", (("fields", None, "nik phone"),))


def test_only_protected_fields_are_shown_on_purpose(register: Register) -> None:
    with pytest.raises(ValueError, match="protected"):
        register.disclosures.show(enter(register), ["name"])


def test_printing_and_exporting_say_what_and_how_many(register: Register) -> None:
    register.disclosures.print("coverage_summary", 24, way="save")
    assert {name: new for name, _, new in last(register, "paper").changes} == {
        "paper": "coverage_summary", "persons": 0, "way": "save", "rows": 24,
    }  # fmt: skip
    register.disclosures.export("workers", 3, purpose="spreadsheet")
    assert {name: new for name, _, new in last(register, "list").changes} == {
        "what": "workers", "rows": 3, "purpose": "spreadsheet",
    }  # fmt: skip


def test_no_row_names_a_person_or_a_number(register: Register) -> None:
    worker = enter(register)
    enrolment = register.enrolments.of_worker(worker)[0].id
    assert enrolment is not None
    register.disclosures.show(worker, list(PROTECTED))
    register.papers.issue([enrolment], register.today(), lambda letters: list(letters), way="print")
    register.disclosures.export("workers", 1, purpose="spreadsheet")
    rows = [entry for kind, record in (("worker", worker), ("paper", 0), ("list", 0))
            for entry in register.audit.of(kind, record) if entry.action in ("show", "print", "export")]  # fmt: skip
    assert len(rows) == 3
    text = json.dumps([entry.changes for entry in rows])
    for value in (make_worker().nik, "Siti", "Aminah", "Rohana", "81266775678"):
        assert value not in text


def test_letters_are_recorded_with_their_numbers_in_the_transaction_that_takes_them(register: Register) -> None:
    ids = [register.enrolments.of_worker(enter(register, serial=n))[0].id or 0 for n in (1, 2, 3)]
    register.papers.issue(ids, register.today(), lambda letters: list(letters), way="save")
    said: dict[str, Any] = {name: new for name, _, new in last(register, "paper").changes}
    assert said["persons"] == 3
    assert said["way"] == "save"
    assert "/001/" in said["first_number"]
    assert "/003/" in said["last_number"]

    def fails(letters: object) -> None:
        list(letters)  # type: ignore[call-overload]
        raise RuntimeError("no paper")

    before = register.audit.count()
    with pytest.raises(RuntimeError):
        register.papers.issue(ids, register.today(), fails, way="print")
    assert register.audit.count() == before


@pytest.mark.parametrize("role", [Role.CLERK, Role.VERIFIER])
def test_who_may_not_is_refused_and_nothing_is_recorded(register: Register, role: Role) -> None:
    worker = enter(register)
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("budi", role), "empat lima kata panjang")
    register.users.log_in("budi", "empat lima kata panjang")
    before = register.audit.count()
    if role is Role.CLERK:
        with pytest.raises(Rejected):
            register.disclosures.show(worker, ["nik"])
    with pytest.raises(Rejected):
        register.disclosures.export("workers", 1, purpose="spreadsheet")
    assert register.audit.count() == before


def test_a_file_that_can_only_be_read_discloses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with closing(make_register(path)) as register:
        worker = enter(register)
        clock = register._file.clock
    with closing(open_register(path, user="rina", clock=clock, read_only=True)) as register:
        with pytest.raises(StorageFailure) as caught:
            register.disclosures.show(worker, ["nik"])
        assert caught.value.code == "read_only"


@pytest.mark.skipif(os.name == "nt", reason="pages are limited through the connection everywhere, tried here once")
def test_a_full_disk_discloses_nothing(register: Register) -> None:
    worker = enter(register)
    connection = register._file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}").fetchall()
    with pytest.raises(StorageFailure) as caught:
        show_often(register, worker)
    assert caught.value.code == "disk_full"


def test_looking_is_no_save_that_could_be_taken_back(register: Register) -> None:
    worker = enter(register)
    saved = register.undo.next_undo()
    register.disclosures.show(worker, ["nik"])
    assert saved is not None
    assert register.undo.next_undo() == saved
    register.undo.undo()
    assert register.workers.find_nik(make_worker().nik) is None


@pytest.mark.parametrize("name", PROTECTED)
def test_a_masked_value_is_never_saved(register: Register, name: str) -> None:
    worker = make_worker(phone="+6281266775678", family_card="1312040107850001", heir_nik="1312040107850009")
    as_named: dict[str, Any] = {name: masked(name, getattr(worker, name))}
    with pytest.raises(Rejected) as caught:
        register.entries.save(replace(worker, **as_named), None)
    assert name in {problem.field for problem in caught.value.problems}
    saved = register.entries.save(worker, None).worker
    with pytest.raises(Rejected) as caught:
        register.workers.correct(replace(saved, **as_named))
    assert name in {problem.field for problem in caught.value.problems}
    assert saved.id is not None
    assert register.workers.get(saved.id) == saved
