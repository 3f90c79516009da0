"""Believable records for tests, each with sensible values unless a test says otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from models.offices.users import Role, User
from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.register import Register, open_register
from models.schemes.enrolment import EnrolmentPlan
from models.values.months import Month

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
DECEMBER = Month(2026, 12)
PASSWORD = "pohon sawit di talu"
"""Of the one who keeps the register; the others have their names behind it."""


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)


def make_worker(serial: int = 1, **values: object) -> Worker:
    """A woman of 41 from Talu who may be registered as she is; `serial` makes her another person."""
    born_on = values.get("born_on", date(1985, 7, 1))
    sex = values.get("sex", Sex.FEMALE)
    assert isinstance(born_on, date)
    assert isinstance(sex, Sex)
    worker = Worker(
        nik=compose_nik("13.12.04", born_on, sex, serial),
        name="Siti Aminah",
        birth_place="Talu",
        born_on=born_on,
        sex=sex,
        mother_name="Rohana",
        address="Jl. Raya Talu",
        jorong="Tombang",
        nagari="13.12.04.2002",
        occupation="1",
        work_place="Kebun Talu",
        income=1_000_000,
    )
    return replace(worker, **values)  # type: ignore[arg-type]


def make_plan(register: Register, code: str = "SAWIT", first: Month = DECEMBER, months: int = 3) -> EnrolmentPlan:
    """Three months of palm-oil revenue share from December 2026, unless told otherwise."""
    scheme = register.schemes.by_code(code)
    assert scheme is not None
    assert scheme.id is not None
    payer = "PT Perkebunan Talu" if "payer_name" in scheme.asks else ""
    return EnrolmentPlan(scheme=scheme.id, first=first, month_count=months, payer_name=payer)


def make_register(path: Path, user: str = "rina", at: datetime = NOW) -> Register:
    """A register whose clock stands still."""
    if BLANKS.is_open and (user, at) == ("rina", NOW) and not path.exists() and path.parent.is_dir():
        BLANKS.lay(path)
    return open_register(path, user=user, clock=lambda: at)


def make_office(path: Path) -> Register:
    """A register that Reni keeps, with Siti as its clerk and Doni as its supervisor."""
    register = make_register(path)
    register.users.add(User("reni", Role.ADMINISTRATOR, "Reni Marlina"), PASSWORD)
    register.users.add(User("siti", Role.CLERK, "Siti Rahma"), f"{PASSWORD} siti")
    register.users.add(User("doni", Role.SUPERVISOR, "Doni Saputra"), f"{PASSWORD} doni")
    return register


def become(register: Register, name: str) -> None:
    """Another user works with it from now on, without waiting for a password to be compared."""
    register._file.person = next(user for user in register.users.all() if user.name == name)


class Blanks:
    """New registers to copy: making one takes fifteen times as long as opening it.

    Within a test each has an identity of its own, as offices have; what is made for several tests is made anew.
    """

    def __init__(self) -> None:
        self.is_open = False
        self._laid = 0

    @contextmanager
    def for_one_test(self) -> Iterator[None]:
        self.is_open, self._laid = True, 0
        try:
            yield
        finally:
            self.is_open = False

    def lay(self, path: Path) -> None:
        """Puts one where a register is to be; where that cannot be, whoever opens it says so."""
        try:
            path.write_bytes(_blank(self._laid))
            self._laid += 1
        except OSError:
            with suppress(OSError):
                path.unlink(missing_ok=True)


BLANKS = Blanks()


@cache
def _blank(_number: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="cakupan-blank-") as folder:
        path = Path(folder) / "cakupan.db"
        open_register(path, user="rina", clock=lambda: NOW).close()
        return path.read_bytes()
