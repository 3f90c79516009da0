"""Taking in 100,000 rows of 20 columns from xlsx, against python-calamine reading them and a bare `executemany`.

Each way runs in a process of its own, both write durably to the same disk. Times are processor time of the process and
of those that it started (the reading, the backup), so that a busy neighbour does not decide.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.exchange.importing import Mode
from models.people.nik import compose_nik
from models.people.worker import Sex
from models.register import open_register
from models.values.months import Month
from tests.benchmarks.big_file import FOLDER, NOW
from tests.benchmarks.names import Names
from tests.benchmarks.rows import Row
from tests.factories import make_plan

NAMES = ("import_workers", "import_all", "import_same_rows", "import_openpyxl", "import_memory", "import_undo")
ROWS = 100_000
_ROUNDS = 3
_FORM = 2
_HEADINGS = (
    "NIK", "No KK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Status Kawin", "Nama Ibu Kandung",
    "Alamat", "Jorong", "Nagari", "Kecamatan", "No HP", "Pekerjaan", "Tempat Bekerja", "Penghasilan", "Sumber Data",
    "Desil",
    "Nama Ahli Waris", "Hubungan Ahli Waris",
)  # fmt: skip
_MOST_MEGABYTES = 180


def measure() -> list[Row]:
    """Medians of some rounds; each round does all ways one after the other."""
    book = workbook()
    found: dict[str, list[dict[str, float]]] = {way.__name__: [] for way in _WAYS}
    for _ in range(_ROUNDS):
        for way in _WAYS:
            with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
                found[way.__name__].append(_apart(way, book, Path(folder)))

    def median(way: Callable[..., Any], what: str) -> float:
        return statistics.median(one[what] for one in found[way.__name__])

    bare = median(bare_calamine, "seconds")
    return [
        Row("import_workers", "read, every check, workers' rows made and written bare",
            "calamine and executemany, UNIQUE(nik)", median(with_checks, "seconds") / bare, 1.4),
        Row("import_all", "the same with enrolment, audit, all indexes, full text",
            "calamine and executemany, UNIQUE(nik)", median(everything, "seconds") / bare, 2.5),
        Row("import_same_rows", "the same",
            "calamine and executemany of all the same rows", median(everything, "seconds")
            / (median(bare_calamine, "reading") + median(everything, "same_rows")), float("inf")),
        Row("import_openpyxl", "the same with workers alone",
            "openpyxl and insert_all", median(with_checks, "seconds") / median(openpyxl_insert_all, "seconds"), 1 / 7),
        Row("import_memory", f"its memory in {_MOST_MEGABYTES} MB, beside the reading process",
            f"{_MOST_MEGABYTES} MB", median(everything, "megabytes") / _MOST_MEGABYTES, 1),
        Row("import_undo", "taking all of it back", "taking it in",
            median(everything, "undo") / median(everything, "seconds"), float("inf")),
    ]  # fmt: skip


def workbook() -> Path:
    """The list, made once: people of the whole district, twenty columns of text as a nagari office keeps them."""
    path = FOLDER / f"list-{ROWS}-{_FORM}.xlsx"
    if path.exists():
        return path
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with xlsxwriter.Workbook(part, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, _HEADINGS)
        for number, row in enumerate(_people(), 1):
            sheet.write_row(number, 0, row)
    part.rename(path)
    return path


def _people() -> Any:
    chance = random.Random(20261122)
    names, serials = Names(chance), Counter[tuple[str, date, Sex]]()
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder) / "a.db", user="bench", clock=lambda: NOW)
        nagari = [(one.code, one.name) for one in register.regions.nagari()]
        kecamatan = {one.code: one.name for one in register.regions.kecamatan()}
        work = [one.name for one in register.occupations.all() if one.kind == "palm"]
        register.close()
    for number in range(ROWS):
        code, name = nagari[number * 7 % len(nagari)]
        is_woman = chance.random() < 0.45
        born_on = date(1965, 1, 1) + timedelta(days=int(chance.random() * 14_000))
        sex = Sex.FEMALE if is_woman else Sex.MALE
        serials[code[:8], born_on, sex] += 1
        issued = date(2008, 1, 1) + timedelta(days=number % 6_000)
        yield (
            compose_nik(code[:8], born_on, sex, serials[code[:8], born_on, sex]),
            f"{code[:8].replace('.', '')}{issued:%d%m%y}{number % 8_000 + 1:04d}",
            (names.woman() if is_woman else names.man()).upper(), "SIMPANG EMPAT", f"{born_on:%d/%m/%Y}", sex.value,
            "Kawin" if chance.random() < 0.7 else "Belum Kawin", names.woman().upper(),
            f"Jl. Raya {number % 200} RT {number % 9 + 1:02d} RW {number % 5 + 1:02d}", f"Jorong {number % 12 + 1}",
            name, kecamatan[code[:8]], f"0812{number * 7 % 10**8:08d}", work[number % len(work)], "Kebun Plasma",
            f"{1_000_000 + number % 5 * 100_000}", "DTSEN 2026", str(number % 5 + 1), names.man().upper(), "Anak",
        )  # fmt: skip


# The ways


def bare_calamine(book: Path, folder: Path) -> dict[str, float]:
    """What cannot be done with less."""
    from python_calamine import CalamineWorkbook

    begun = _used()
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()[1:]
    reading = _used() - begun
    _executemany(folder / "bare.db", rows)
    return {"seconds": _used() - begun, "reading": reading}


def with_checks(book: Path, folder: Path) -> dict[str, float]:
    """The program's own reading and checking, and its rows of workers written as above."""
    from models.storage.import_matching import column_of, listed_fields

    register = open_register(folder / "kantor.db", user="bench", clock=lambda: NOW)
    begun = _used()
    checked = _checked(register, book)
    columns = [column_of(checked, name) for name in listed_fields(checked)]
    _executemany(folder / "bare.db", zip(*columns, strict=True), len(columns))
    seconds = _used() - begun
    assert len(checked.blocked()) < 0.01 * ROWS, checked.counts()
    register.close()
    return {"seconds": seconds}


def everything(book: Path, folder: Path) -> dict[str, float]:
    """The whole way, as the window and the command go it."""
    register = open_register(folder / "kantor.db", user="bench", clock=lambda: NOW)
    plan = make_plan(register, first=Month(2026, 12))
    begun = _used()
    checked = _checked(register, book, plan)
    made = register.lists.take_in(checked, Mode.ADD_ONLY, plan=plan)
    seconds, megabytes = _used() - begun, _megabytes()
    assert made.counts["enrolled"] > 0.99 * ROWS, made.counts
    del checked
    begun = _used()
    same_rows = _rewritten(register, folder / "same.db")
    register.lists.undo(made.id)
    undo = _used() - begun - same_rows
    register.close()
    return {"seconds": seconds, "megabytes": megabytes, "same_rows": same_rows, "undo": undo}


def openpyxl_insert_all(book: Path, folder: Path) -> dict[str, float]:
    """What one finds first."""
    from openpyxl import load_workbook

    from models.storage.driver import Database, connect

    begun = _used()
    sheet = load_workbook(book, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    names = [str(name) for name in next(rows)]
    database = Database(connect(folder / "insert.db"), execute_plugins=False)
    database.table("list").insert_all(dict(zip(names, row, strict=True)) for row in rows)
    return {"seconds": _used() - begun}


_WAYS = (bare_calamine, with_checks, everything, openpyxl_insert_all)


def _checked(register: Any, book: Path, plan: Any = None) -> Any:
    from models.exchange.checking import check_list
    from models.exchange.guessing import guess
    from models.exchange.list_file import open_list, read_table

    context = register.lists.context(plan)
    table = read_table(open_list(book))
    return check_list(table, guess(table, context=context).mapping, context)


def _executemany(path: Path, rows: Any, width: int = len(_HEADINGS)) -> None:
    from models.storage.driver import connect

    connection = connect(path)
    names = [f"c{at}" for at in range(width)]
    connection.execute(f"CREATE TABLE list (id INTEGER PRIMARY KEY, {' ANY, '.join(names)} ANY, UNIQUE (c0)) STRICT")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO list ({', '.join(names)}) VALUES ({', '.join('?' * width)})", rows)
    connection.execute("COMMIT")
    connection.close()


def _rewritten(register: Any, path: Path) -> float:
    """Seconds of writing all that the import wrote into a register of the same form, by the bare driver."""
    from models.storage.driver import connect

    tables = ("worker", "enrolment", "audit", "coverage_change")
    rows = {name: register._file.rows(f"SELECT * FROM {name}") for name in tables}
    other = open_register(path, user="bench", clock=lambda: NOW)
    (last,) = other._file.row("SELECT max(id) FROM audit") or (0,)
    other.close()
    connection = connect(path)
    connection.execute("PRAGMA cache_spill=ON").fetchall()
    begun = _used()
    connection.execute("BEGIN IMMEDIATE")
    for name in tables:
        its = [row for row in rows[name] if name != "audit" or row[0] > last]
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(its[0]))})", its)
    connection.execute(
        "INSERT INTO worker_text (rowid, name_key, nik, family_card) SELECT id, name_key, nik, family_card FROM worker"
    )
    connection.execute("COMMIT")
    seconds = _used() - begun
    connection.close()
    return seconds


# Measuring


def _apart(way: Callable[[Path, Path], dict[str, float]], book: Path, folder: Path) -> dict[str, float]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(theirs, way, book, folder))
    process.start()
    theirs.close()
    found: dict[str, float] = ours.recv()
    process.join()
    return found


def _tell(pipe: Any, way: Callable[[Path, Path], dict[str, float]], book: Path, folder: Path) -> None:
    from models import language

    language.use("id")
    pipe.send(way(book, folder))


def _used() -> float:
    """Seconds of processor time, of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    clock = time.perf_counter()
    for row in measure():
        print(f"{row.name:18} {row.ratio:6.2f}  at most {row.at_most:.2f}  {row.what} / {row.reference}")
    print(f"{time.perf_counter() - clock:.0f} s")
