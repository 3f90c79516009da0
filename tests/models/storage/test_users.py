"""Letting people in, and what each of them may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.offices.users import NewUser, Right, Role, User
from models.problems import Rejected
from models.register import Register, open_register
from models.storage.drafts import Draft
from tests.factories import NOW, make_plan, make_worker

PASSWORD = "pohon sawit di talu"


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


@pytest.fixture
def staffed(register: Register) -> Register:
    """Reni keeps the register; Siti is a clerk, Doni a supervisor."""
    register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)
    register.users.add(User("siti", Role.CLERK), PASSWORD + " siti")
    register.users.add(User("doni", Role.SUPERVISOR), PASSWORD + " doni")
    return register


def test_the_first_user_keeps_the_register_and_works_with_it_at_once(register: Register) -> None:
    assert code_of(lambda: register.users.add(User("siti", Role.CLERK), PASSWORD)) == "first_user"
    added = register.users.add(User(" reni ", Role.ADMINISTRATOR, "Reni  Marlina"), PASSWORD)
    assert register.person == added == User("reni", Role.ADMINISTRATOR, "Reni Marlina", 1, True, True)
    assert register.user == "reni"


def test_a_file_with_users_waits_for_one_of_them(staffed: Register, path: Path) -> None:
    staffed.close()
    register = open_register(path, user="komputer", clock=lambda: NOW)
    assert register.person is None
    assert register.users.must_log_in
    assert code_of(lambda: register.entries.save(make_worker(), None)) == "not_logged_in"
    assert register.workers.count() == 0
    assert register.users.log_in("SITI", PASSWORD + " siti", "DISNAKER-3").name == "siti"
    register.entries.save(make_worker(), make_plan(register))
    assert {entry.user for entry in register.audit.of("worker", 1)} == {"siti"}
    assert register.audit.of("user", 2)[-1].changes == (("computer", None, "DISNAKER-3"),)
    register.users.log_out()
    assert code_of(lambda: register.entries.save(make_worker(2), None)) == "not_logged_in"
    register.close()


def test_each_role_does_what_it_may_and_no_more(staffed: Register) -> None:
    staffed.users.log_in("siti", PASSWORD + " siti")
    saved = staffed.entries.save(make_worker(), make_plan(staffed)).worker
    for refused in (
        lambda: staffed.workers.correct(saved),
        lambda: staffed.enrolments.cancel(1, "salah"),
        lambda: staffed.coverage.targets.withdraw(1),
        lambda: staffed.settings.save(replace(staffed.office, place="Talu")),
        lambda: staffed.users.add(User("eko", Role.CLERK), PASSWORD),
    ):
        before = staffed.audit.count()
        assert code_of(refused) == "no_right"
        assert staffed.audit.count() == before
    staffed.users.log_in("doni", PASSWORD + " doni")
    assert staffed.may(Right.APPROVE)
    staffed.enrolments.cancel(1, "salah")
    assert code_of(lambda: staffed.users.set_password(User("siti", Role.CLERK, id=2), PASSWORD)) == "no_right"


def test_wrong_passwords_slow_down_and_a_right_one_forgets_them(staffed: Register, path: Path) -> None:
    staffed.close()
    now = [NOW]
    register = open_register(path, user="komputer", clock=lambda: now[0])
    codes = []
    for _ in range(5):
        codes.append(code_of(lambda: register.users.log_in("siti", "bukan ini")))
    assert codes == ["wrong_password"] * 3 + ["wait"] * 2
    now[0] += timedelta(seconds=3)
    assert code_of(lambda: register.users.log_in("siti", PASSWORD + " siti")) == "wait"
    now[0] -= timedelta(days=400)
    assert code_of(lambda: register.users.log_in("siti", PASSWORD + " siti")) == "wait"
    now[0] = NOW + timedelta(seconds=4)
    register.users.log_in("siti", PASSWORD + " siti")
    assert code_of(lambda: register.users.log_in("siti", "bukan ini")) == "wrong_password"
    assert code_of(lambda: register.users.log_in("nobody", "bukan ini")) == "wrong_password"
    register.close()


def test_one_person_may_open_without_a_password_and_two_may_not(register: Register, path: Path) -> None:
    register.users.add(User("reni", Role.ADMINISTRATOR), "")
    assert code_of(lambda: register.users.add(User("siti", Role.CLERK), PASSWORD)) == "no_password"
    register.close()
    again = open_register(path, user="komputer", clock=lambda: NOW)
    assert again.user == "reni"
    again.users.set_password(again.users.all()[0], PASSWORD)
    again.users.add(User("siti", Role.CLERK), PASSWORD)
    assert code_of(lambda: again.users.set_password(again.users.all()[0], "", present=PASSWORD)) == "short_password"
    again.close()


@pytest.mark.usefixtures("costly_passwords")
def test_an_administrator_gives_a_new_password_and_nobody_reads_the_old_one(staffed: Register, path: Path) -> None:
    siti = staffed.users.all()[2]
    assert siti.name == "siti"
    staffed.users.set_password(siti, "kata sandi yang baru")
    with pytest.raises(Rejected):
        staffed.users.log_in("siti", PASSWORD + " siti")
    staffed.users.log_in("siti", "kata sandi yang baru")
    assert code_of(lambda: staffed.users.set_password(siti, "lain lagi sekali", present="salah")) == "wrong_password"
    staffed.users.set_password(siti, "lain lagi sekali", present="kata sandi yang baru")
    staffed.close()
    assert b"kata sandi yang baru" not in path.read_bytes()
    assert b"$argon2id$v=19$m=65536" in path.read_bytes()


def test_the_last_administrator_stays_one_and_who_left_cannot_log_in(staffed: Register) -> None:
    reni, siti = staffed.users.all()[1:]
    assert code_of(lambda: staffed.users.change(User("reni", Role.CLERK, id=reni.id))) == "last_administrator"
    staffed.users.change(User("siti", Role.CLERK, id=siti.id, is_active=False))
    assert code_of(lambda: staffed.users.log_in("siti", PASSWORD + " siti")) == "wrong_password"
    assert [user.is_active for user in staffed.users.all()] == [True, True, False]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("pendek", "short_password"),
        ("reni2026reni", ""),
        ("aaaaaaaaaa", "easy_password"),
        ("12345678", "easy_password"),
    ],
)
def test_a_password_that_everybody_guesses_is_refused(register: Register, password: str, code: str) -> None:
    if code:
        assert code_of(lambda: register.users.add(User("reni", Role.ADMINISTRATOR), password)) == code
    else:
        register.users.add(User("reni", Role.ADMINISTRATOR), password)


def draft(text: str) -> Draft:
    return Draft("entry", {"nik": text}, "nik")


def test_drafts_belong_to_their_person(register: Register) -> None:
    register.drafts.save(draft("sebelum"))
    register.users.add(User("reni", Role.ADMINISTRATOR), PASSWORD)
    assert [one.fields["nik"] for one in register.drafts.all()] == ["sebelum"]
    register.users.add(User("siti", Role.CLERK), PASSWORD + " siti")
    register.users.log_in("siti", PASSWORD + " siti")
    assert register.drafts.all() == ()
    register.drafts.save(draft("milik siti"))
    register.users.log_in("reni", PASSWORD)
    assert [one.fields["nik"] for one in register.drafts.all()] == ["sebelum"]
    register.users.change(replace(register.users.all()[1], is_active=False))
    assert {one.fields["nik"] for one in register.drafts.all()} == {"sebelum", "milik siti"}


def test_a_password_is_compared_on_another_connection_and_lets_in_here(staffed: Register) -> None:
    staffed.users.log_out()
    with staffed.twin() as twin:
        user = twin.users.check("siti", PASSWORD + " siti")
    assert staffed.person is None
    staffed.users.let_in(user)
    assert staffed.user == "siti"
    assert staffed.users.last_log_ins() == {user.id: NOW}


def test_a_register_knows_whether_it_knows_anybody(register: Register) -> None:
    assert register.users.is_empty
    register.users.add(User("reni", Role.ADMINISTRATOR), "")
    assert not register.users.is_empty


def test_a_new_user_is_shown_in_no_report_with_the_password() -> None:
    assert PASSWORD not in repr(NewUser(User("reni", Role.ADMINISTRATOR), PASSWORD))
