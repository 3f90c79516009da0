"""What a restore would lose and bring back is said before anything happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.register import Register, open_register
from models.storage.backup import make_backup
from models.storage.comparing import Comparison, Relation, compare
from models.storage.driver import connect
from models.storage.inspecting import inspect_backup
from models.storage.keys import Key, new_key
from models.storage.restore import restore_backup
from tests.factories import NOW, make_plan, make_register, make_worker


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


def back_up(path: Path, key: Key | None = None, at: datetime = NOW) -> Path:
    return make_backup(path, path.parent / "cadangan", at, key=key).path


def compared(backup: Path, path: Path, key: Key | None = None) -> Comparison:
    return compare(backup, inspect_backup(backup, key), path, key=key, present_key=key)


def fill(register: Register, *serials: int) -> None:
    for serial in serials:
        register.entries.save(make_worker(serial), make_plan(register))


@pytest.mark.parametrize("key", [None, new_key("lima kata yang mudah diingat")], ids=["plain", "encrypted"])
def test_what_was_saved_since_the_backup_would_be_lost(path: Path, key: Key | None) -> None:
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    fill(register, 1, 2)
    backup = back_up(path, key)
    fill(register, 3)
    known = register.workers.get(1)
    register.workers.correct(replace(known, jorong="Simpang Tiga"))
    found = compared(backup, path, key)  # while it is open
    register.close()
    assert found.relation is Relation.BEGINNING
    assert found.lost.saves == 2
    assert found.lost.counts == {("worker", "add"): 1, ("enrolment", "add"): 1, ("worker", "correct"): 1}
    newest = found.lost.lines[0]
    assert (newest.kind, newest.action, newest.name, newest.nik) == ("worker", "correct", known.name, known.nik)
    assert (newest.user, newest.at, newest.fields) == ("rina", NOW, ("jorong",))
    assert {line.scheme for line in found.lost.lines if line.kind == "enrolment"} == {"SAWIT"}
    assert found.regained.total == 0


def test_a_backup_of_this_very_state_loses_nothing(path: Path) -> None:
    register = make_register(path)
    fill(register, 1)
    backup = back_up(path)
    found = compared(backup, path)
    register.close()
    assert found.relation is Relation.SAME
    assert (found.lost.total, found.regained.total) == (0, 0)


def test_logging_in_and_printing_are_no_loss(path: Path) -> None:
    register = make_register(path)
    register.users.add(User("Rina", Role.ADMINISTRATOR), "kata sandi yang panjang")
    fill(register, 1)
    backup = back_up(path)
    register.users.log_in("Rina", "kata sandi yang panjang")
    register.disclosures.print("summary", 3, way="printer")
    found = compared(backup, path)
    register.close()
    assert found.relation is Relation.BEGINNING
    assert (found.lost.saves, found.lost.total) == (0, 0)


def test_after_a_restore_the_later_backup_goes_another_way(path: Path) -> None:
    register = make_register(path)
    fill(register, 1)
    first = back_up(path)
    fill(register, 2)
    second = back_up(path, at=NOW + timedelta(minutes=1))
    register.close()
    restore_backup(first, path, NOW + timedelta(minutes=2), by="rina")
    register = make_register(path)
    fill(register, 3)
    found = compared(second, path)
    register.close()
    assert found.relation is Relation.BRANCH
    assert [line.nik for line in found.lost.lines if line.kind == "worker"] == [make_worker(3).nik]
    assert [line.nik for line in found.regained.lines if line.kind == "worker"] == [make_worker(2).nik]


def test_an_older_file_gets_back_what_the_backup_has_since(path: Path, tmp_path: Path) -> None:
    register = make_register(path)
    fill(register, 1)
    older = back_up(path)
    fill(register, 2)
    newer = back_up(path, at=NOW + timedelta(minutes=1))
    register.close()
    found = compared(newer, older)
    assert found.relation is Relation.AHEAD
    assert (found.lost.total, found.regained.saves) == (0, 1)


def test_another_register_is_called_another_one(path: Path, tmp_path: Path) -> None:
    make_register(path).close()
    other = tmp_path / "lain.db"
    register = make_register(other)
    fill(register, 1, 2, 3)
    register.close()
    found = compared(back_up(other), path)
    assert found.relation is Relation.FOREIGN
    assert found.common == 0
    assert found.regained.counts["worker", "add"] == 3


def test_a_record_changed_behind_the_programs_back_would_come_back(path: Path) -> None:
    register = make_register(path)
    fill(register, 1, 2)
    backup = back_up(path)
    register.workers.correct(replace(register.workers.get(2), jorong="Lain"))
    register.close()
    meddling = connect(path)
    meddling.execute("UPDATE worker SET name = 'Orang Lain' WHERE id = 1")
    meddling.close()
    found = compared(backup, path)
    assert [(line.action, line.record, line.name) for line in found.regained.lines] == [
        ("otherwise", 1, make_worker(1).name)
    ]
    assert [line.record for line in found.lost.lines] == [2]


def test_half_typed_forms_are_counted(path: Path) -> None:
    from models.storage.drafts import Draft

    register = make_register(path)
    backup = back_up(path)
    register.drafts.save(Draft("entry", {"name": "Siti"}, "name"))
    found = compared(backup, path)
    register.close()
    assert found.drafts == 1
