"""The users of the office as stored: who may log in, and logging in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from models.language import N_
from models.offices.passwords import fits, hashed, seconds_to_wait
from models.offices.user_rules import problem_without_password, problems_of_new_password, problems_of_new_user
from models.offices.users import Right, Role, User
from models.problems import Problem, Rejected
from models.storage.audit import Change, differences
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.uids import new_uid

_COLUMNS = "id, name, full_name, role, is_active, password, failures, failed_at"


class Users:
    """Keeping users and letting them in."""

    def __init__(self, file: OpenFile, came: Callable[[str], None] | None = None) -> None:
        self._file = file
        self._came = came
        """Told the name of whoever works with the register from now on."""

    def all(self) -> tuple[User, ...]:
        """In the order of their names; those who left are there too, inactive."""
        return tuple(_user(row) for row in self._file.rows(f"SELECT {_COLUMNS} FROM user ORDER BY name"))

    @property
    def must_log_in(self) -> bool:
        """Whether the register waits for a name and a password."""
        return self._file.person is None

    @property
    def is_empty(self) -> bool:
        """Whether the register knows nobody yet."""
        return self._file.row("SELECT 1 FROM user LIMIT 1") is None

    @from_rows
    def last_log_ins(self) -> Mapping[int, datetime]:
        """When each user logged in last, by id; who never did is missing."""
        rows = self._file.rows(
            "SELECT record, max(at) FROM audit WHERE kind = 'user' AND action = 'log_in' GROUP BY record"
        )
        return {row[0]: datetime.fromisoformat(row[1]) for row in rows}

    def add(self, user: User, password: str) -> User:
        """Adds a user; the first one must be an administrator, who then works with the register.

        An empty password is for an office of one person that knowingly opens without one. The first user also gets
        the drafts that were typed before there was one. Raises Rejected.
        """
        users = self.all()
        problems = problems_of_new_user(user, password, users)
        if problems:
            raise Rejected(problems)
        kept = hashed(password) if password else ""
        new = replace(
            user,
            name=" ".join(user.name.split()),
            full_name=" ".join(user.full_name.split()),
            has_password=bool(password),
        )
        with self._file.change(Right.SETTINGS) as change:
            if not users:
                change.execute("UPDATE draft SET user = ?", (new.name,))
            id = change.execute(
                "INSERT INTO user (uid, name, full_name, role, password) VALUES (?, ?, ?, ?, ?)",
                (new_uid(), new.name, new.full_name, new.role, kept),
            )
            change.record("add", "user", id, [
                ("name", None, new.name), ("full_name", None, new.full_name), ("role", None, new.role),
                ("has_password", None, int(bool(password))),
            ])  # fmt: skip
        new = replace(new, id=id)
        if not users:
            self._let_in(new)
        return new

    def change(self, user: User) -> User:
        """Saves another full name or role, or whether the person still works here. Raises Rejected.

        The drafts of somebody who leaves go to who says so.
        """
        with self._file.change(Right.SETTINGS) as change:
            old = self._get(user.id)
            others = [other for other in self.all() if other.id != user.id and other.is_active]
            new = replace(old, full_name=" ".join(user.full_name.split()), role=user.role, is_active=user.is_active)
            if not any(person.role is Role.ADMINISTRATOR for person in (*others, new) if person.is_active):
                message = N_("The register needs an administrator. Make somebody else administrator first.")
                raise Rejected([Problem("role", "last_administrator", message)])
            if new.is_active and not old.is_active:
                _require_passwords(new, others)
            changes = differences(_fields(old), _fields(new))
            if changes:
                change.execute(
                    "UPDATE user SET full_name = ?, role = ?, is_active = ? WHERE id = ?",
                    (new.full_name, new.role, int(new.is_active), new.id),
                )
                assert new.id is not None
                change.record("correct", "user", new.id, changes)
            if old.is_active and not new.is_active:
                change.execute("UPDATE draft SET user = ? WHERE user = ?", (self._file.user, new.name))
        if self._file.person is not None and self._file.person.id == new.id:
            self._file.person = new if new.is_active else None
        return new

    def set_password(self, user: User, password: str, *, present: str | None = None) -> None:
        """Gives a user another password: an administrator to anybody, each person to herself with the `present` one.

        An empty one lets the program open without asking; only where one user is active. Raises Rejected.
        """
        person = self._file.person
        is_own = person is not None and person.id is not None and person.id == user.id
        row = self._row(user.id)
        if is_own and row[5] and not fits(present or "", row[5]):
            raise Rejected([Problem("present", "wrong_password", N_("The present password is another one."))])
        others = [other for other in self.all() if other.id != user.id and other.is_active]
        problems = problems_of_new_password(password, user.name, others)
        if problems:
            raise Rejected(problems)
        kept = hashed(password) if password else ""
        with self._file.change(None if is_own else Right.SETTINGS) as change:
            change.execute(
                "UPDATE user SET password = ?, failures = 0, failed_at = NULL WHERE id = ?", (kept, user.id)
            )
            assert user.id is not None
            change.record("set_password", "user", user.id, [("has_password", int(bool(row[5])), int(bool(kept)))])
        if is_own and person is not None:
            self._file.person = replace(person, has_password=bool(kept))

    def log_in(self, name: str, password: str, computer: str = "") -> User:
        """Lets a person in; see `check`."""
        user = self.check(name, password, computer)
        self.let_in(user)
        return user

    def let_in(self, user: User) -> None:
        """Who works with the register from now on, found by `check`, mostly on a connection of its own."""
        self._file.person = user

    def check(self, name: str, password: str, computer: str = "") -> User:
        """The person whose name and password these are; takes about 0.2 seconds, and every try is recorded.

        After three wrong passwords each next one has to wait. Raises Rejected: the wrong name and the wrong password
        are the same to whoever guesses.
        """
        now = self._file.clock()
        row = self._file.row(f"SELECT {_COLUMNS} FROM user WHERE name = ? AND is_active = 1", (name.strip(),))
        if row is None:
            fits(password, _NOBODY)  # takes as long as for a name that exists
            raise Rejected([_wrong()])
        user = _user(row)
        waits = _seconds_left(row, now)
        if waits:
            message = N_("Too many wrong passwords. Wait {seconds} seconds, then try again.")
            raise Rejected([Problem("password", "wait", message, {"seconds": waits})])
        if not (fits(password, row[5]) if row[5] else not password):
            if not self._file.is_read_only:
                with self._file.change(before_login=True) as change:
                    change.user = user.name
                    change.execute(
                        "UPDATE user SET failures = failures + 1, failed_at = ? WHERE id = ?",
                        (now.isoformat(timespec="seconds"), user.id),
                    )
                    _note(change, "log_in_refused", user, computer)
            raise Rejected([_wrong()])
        if not self._file.is_read_only:
            with self._file.change(before_login=True) as change:
                change.user = user.name
                change.execute("UPDATE user SET failures = 0, failed_at = NULL WHERE id = ?", (user.id,))
                _note(change, "log_in", user, computer)
        self._let_in(user)
        return user

    def log_out(self) -> None:
        """From now on nothing can be changed until somebody logs in."""
        self._file.person = None

    def _let_in(self, person: User) -> None:
        self._file.person = person
        if self._came is not None:
            self._came(person.shown_name)

    def _get(self, id: int | None) -> User:
        return _user(self._row(id))

    def _row(self, id: int | None) -> tuple[Any, ...]:
        row = self._file.row(f"SELECT {_COLUMNS} FROM user WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no user {id}")
        return row


def first_person(file: OpenFile, computer_user: str) -> User | None:
    """Who works with a file that was just opened: the computer's user where the file knows no users, the only user
    where no password is asked for; otherwise nobody yet."""
    rows = file.rows(f"SELECT {_COLUMNS} FROM user WHERE is_active = 1")
    if not rows:
        return User(computer_user, Role.ADMINISTRATOR)
    return _user(rows[0]) if len(rows) == 1 and not rows[0][5] else None


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Zm9ybm9ib2R5Zm9ybm9ib2R5Zm9ybm9ib2R5Zm9ybm9ib2Q"


@from_rows
def _user(row: tuple[Any, ...]) -> User:
    return User(row[1], Role(row[3]), row[2], row[0], bool(row[4]), bool(row[5]))


def _fields(user: User) -> dict[str, object]:
    return {"full_name": user.full_name, "role": str(user.role), "is_active": int(user.is_active)}


def _note(change: Change, action: str, user: User, computer: str) -> None:
    assert user.id is not None
    change.record(action, "user", user.id, [("computer", None, computer)] if computer else [])


@from_rows
def _seconds_left(row: tuple[Any, ...], now: datetime) -> int:
    """How long the person still has to wait; a clock set back does not make it longer than it was."""
    wait = seconds_to_wait(row[6])
    if not wait or row[7] is None:
        return 0
    passed = max(timedelta(0), now - datetime.fromisoformat(row[7]))
    return max(0, wait - int(passed.total_seconds()))


def _wrong() -> Problem:
    return Problem("password", "wrong_password", N_("Name or password is wrong. Mind capitals, then try again."))


def _require_passwords(user: User, others: list[User]) -> None:
    bare = next((person for person in (user, *others) if not person.has_password), None)
    if bare is not None and others:
        raise Rejected([problem_without_password(bare)])
