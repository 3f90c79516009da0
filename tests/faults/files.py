"""The files that are maltreated: how they are made, what they hold, whether they are whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.problems import StorageFailure
from models.register import Register, open_register
from models.schemes.enrolment import Enrolment
from models.storage.check import check_file
from models.storage.driver import Connection, connect, roll_back_leftover
from models.storage.keys import Key
from tests.factories import NOW, make_plan, make_worker

UNLIKE_EACH_TIME = {"uid", "salt", "hash", "row_hash", "chain"}
"""Columns that chance fills."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a file is kept: plain, or under a key."""

    name: str = "plain"
    opening: tuple[tuple[str, Any], ...] = ()
    """What `open_register` and `connect` are told besides."""

    @property
    def named(self) -> dict[str, Any]:
        return dict(self.opening)


PLAIN = Kind()
ENCRYPTED = Kind("encrypted", (("key", Key(sha256(b"kunci").digest(), sha256(b"garam").digest()[:16])),))


class Desk:
    """A clerk at work: an open register whose clock stands where the work stands."""

    def __init__(self, path: Path, kind: Kind = PLAIN, at: datetime = NOW) -> None:
        self.at = at
        self.register: Register = open_register(path, user="rina", clock=lambda: self.at, **kind.named)

    def do(self, number: int, step: Callable[[Register, int], object]) -> None:
        """The step of this number, so many minutes after nine."""
        self.at = NOW + timedelta(minutes=number)
        step(self.register, number)

    def close(self) -> None:
        self.register.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *of_no_interest: object) -> None:
        self.close()


def picture_of(connection: Connection, *, without: tuple[str, ...] = ()) -> str:
    """A fingerprint of every row of every table, without what chance fills, and without some tables."""
    picture = sha256()
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'worker_text%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%migrations%' ORDER BY name"
    ).fetchall():
        columns = (
            []
            if table in without
            else [
                name
                for _, name, type_, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
                if type_ != "BLOB" and name not in UNLIKE_EACH_TIME
            ]
        )
        if not columns:
            continue
        picture.update(f"\n{table}\n".encode())
        every = ", ".join(f"quote({name})" for name in columns)
        for row in connection.execute(f'SELECT {every} FROM "{table}" ORDER BY {every}'):
            picture.update("|".join(row).encode("utf-8", "surrogateescape"))
    return picture.hexdigest()


def look(path: Path, kind: Kind = PLAIN, *, without: tuple[str, ...] = ()) -> str:
    """The picture of a closed file, after what a killed program left half written was taken back."""
    roll_back_leftover(path, **kind.named)
    with closing(connect(path, read_only=True, **kind.named)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        return picture_of(connection, without=without)


def what_is_not_whole(path: Path, kind: Kind = PLAIN) -> str:
    """What the program's own check finds; empty when all is well."""
    try:
        findings = check_file(path, **kind.named).findings
    except StorageFailure as failure:
        return str(failure)
    return "; ".join(str(finding.message.format(**finding.params)) for finding in findings)


def what_the_next_start_meets(path: Path, kind: Kind = PLAIN, *, must_exist: bool = True) -> str:
    """Opens the file for writing as the program does; empty when it opens like any other morning."""
    try:
        register = open_register(path, user="rina", clock=lambda: NOW, must_exist=must_exist, **kind.named)
    except StorageFailure as failure:
        return str(failure)
    try:
        return "opens for reading only" if register.is_read_only else ""
    finally:
        register.close()


def make_file(path: Path, workers: int = 0, kind: Kind = PLAIN) -> Path:
    """A register with so many workers, every other one enrolled."""
    with Desk(path, kind) as desk:
        if workers:
            desk.register.load(many(desk.register, range(9_999, 9_999 - workers, -1)))
    return path


def many(register: Register, serials: Iterable[int]) -> Iterable[tuple[Any, list[Enrolment]]]:
    """Workers for a load, every other one with its enrolment."""
    enrolment, _ = register.enrolments.planned(make_worker(1), make_plan(register), register.today())
    assert enrolment is not None
    return [(make_worker(serial), [enrolment] if serial % 2 else []) for serial in serials]


def fresh_copy(source: Path, folder: Path) -> Path:
    """The file alone in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(source, folder / source.name))
