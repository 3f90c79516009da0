"""The clerk's save against the same rows by the bare driver, both on the disk when the call returns."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.register import Register, open_register
from models.storage.driver import Connection, connect
from tests.benchmarks.big_file import FOLDER, NOW
from tests.benchmarks.rows import Row
from tests.factories import make_plan, make_worker

NAMES = ("save",)
_SAVES = 400


def measure() -> list[Row]:
    """p50 of worker + enrolment + audit, durable; the two take turns, save by save."""
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        register = open_register(Path(folder) / "program.db", user="bench", clock=lambda: NOW)
        bare_path = Path(folder) / "bare.db"
        open_register(bare_path, user="bench", clock=lambda: NOW).close()
        bare = connect(bare_path)
        program, reference = [], []
        for number in range(_SAVES):
            worker = _worker(number)
            program.append(_seconds(partial(_save, register, worker)))
            rows = _rows_of_last_save(register)
            reference.append(_seconds(partial(_write, bare, rows)))
        bare.close()
        register.close()
    ratio = statistics.median(program[50:]) / statistics.median(reference[50:])
    return [
        Row(
            "save",
            f"save of worker + enrolment + audit, durable, p50 of {_SAVES}",
            "the same rows by the bare driver, same journal mode",
            ratio,
            1.5,
        )
    ]


def _disk() -> Path:
    """A folder on the disk that the program would write to; /tmp may be memory."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def _worker(number: int) -> Worker:
    born_on = date(1965, 1, 1) + timedelta(days=number * 17)
    return replace(
        make_worker(),
        nik=compose_nik("13.12.04", born_on, Sex.FEMALE, number % 9 + 1),
        born_on=born_on,
        name=f"Siti Aminah {chr(65 + number % 26)}{'aeiou'[number % 5]}{chr(97 + number % 26)}",
        mother_name="Rohana Lubis",
        family_card=f"13120412031{number:05d}",
    )


def _save(register: Register, worker: Worker) -> None:
    register.entries.save(worker, make_plan(register))


def _rows_of_last_save(register: Register) -> list[tuple[str, tuple[Any, ...]]]:
    """Every row that the save wrote, as plain statements; prepared outside the clock."""
    file = register._file
    statements: list[tuple[str, tuple[Any, ...]]] = []
    for table, where in (
        ("worker", "id = (SELECT max(id) FROM worker)"),
        ("enrolment", "id = (SELECT max(id) FROM enrolment)"),
        ("audit", "save = (SELECT max(save) FROM audit)"),
    ):
        for row in file.rows(f"SELECT * FROM {table} WHERE {where}"):
            statements.append((f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row))
    id, key, nik, card = file.rows("SELECT id, name_key, nik, family_card FROM worker ORDER BY id DESC LIMIT 1")[0]
    statements.append(
        ("INSERT INTO worker_text (rowid, name_key, nik, family_card) VALUES (?, ?, ?, ?)", (id, key, nik, card))
    )
    for counted in ("person", "segment BPU", "scheme 1", "rupiah scheme 1"):
        for month, sign in ((24323, 1), (24326, -1)):
            amount = sign * (16_800 if counted.startswith("rupiah") else 1)
            statements.append(
                (
                    "INSERT INTO coverage_change (counted, nagari, month, change) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (counted, nagari, month) DO UPDATE SET change = change + excluded.change",
                    (counted, "13.12.04.2002", month, amount),
                )
            )
    return statements


def _write(bare: Connection, statements: list[tuple[str, tuple[Any, ...]]]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for sql, parameters in statements:
        bare.execute(sql, parameters)
    bare.execute("COMMIT")


def _seconds(task: Callable[[], None]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start
