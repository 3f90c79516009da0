"""A register of a million workers and three million enrolments, made once and used by every measure that needs size.

The rows are those the program itself would have written, derived columns, name index and coverage changes included;
only the audit rows are left out. Whoever changes records works on a copy.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from models.people.worker import Segment, Sex
from models.register import Register, open_register
from models.schemes.pricing import Price
from models.schemes.scheme import Scheme
from models.storage import coverage_changes, enrolment_rows, worker_rows
from models.storage.driver import Connection, connect
from models.values.months import Month, Period
from tests.benchmarks.names import Names

FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"
WORKERS, ENROLMENTS = 1_000_000, 3_000_000
FIRST_MONTH, LAST_MONTH = Month(2023, 1), Month(2026, 12)
NOW = datetime(2026, 11, 22, 9, 0)
_FORM = 4
"""Raised whenever the content changes, so that an old file is not taken for a new one."""
_CHUNK = 20_000

Row = tuple[Any, ...]


def million(path: Path | None = None) -> Path:
    """The file with a million workers, made on the first call (some minutes) and kept under build/benchmarks."""
    return big_file(WORKERS, path)


def big_file(workers: int, path: Path | None = None) -> Path:
    """The same with fewer workers, three enrolments for each on average."""
    name = "million" if workers == WORKERS else f"workers-{workers}"
    path = path or FOLDER / f"{name}-{_FORM}.db"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        unfinished = Path(folder) / path.name
        open_register(unfinished, user="bench", clock=lambda: NOW).close()
        _fill(unfinished, workers)
        unfinished.rename(path)
    return path


def copy_of(path: Path, folder: Path) -> Path:
    """A copy to write in."""
    return Path(shutil.copyfile(path, folder / path.name))


def read_only(path: Path) -> Register:
    """The register opened for reading, so that measures can share it."""
    return open_register(path, user="bench", clock=lambda: NOW, read_only=True)


def _fill(path: Path, workers: int) -> None:
    """Writes everything in one transaction without a journal: a half-made file is thrown away."""
    register = open_register(path, user="bench", clock=lambda: NOW)
    connection = connect(path)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN")
        later = _set_aside(connection)
        for worker_chunk, enrolment_chunk in _Population(register, workers).chunks():
            connection.executemany(_INSERT_WORKER, worker_chunk)
            connection.executemany(_INSERT_ENROLMENT, enrolment_chunk)
        for statement in later:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO worker_text (rowid, name_key, nik, family_card) "
            "SELECT id, name_key, nik, family_card FROM worker"
        )
        coverage_changes.rebuild(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
    finally:
        connection.close()
        register.close()


def _set_aside(connection: Connection) -> list[str]:
    """Takes indexes and triggers of the two long tables away and gives the statements that make them again."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE tbl_name IN ('worker', 'enrolment') AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _sql in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _kind, _name, sql in found]


_DERIVED = ("schemes", "covered_from", "covered_until")
_INSERT_WORKER = (
    f"INSERT INTO worker (id, uid, office, revision, name_key, {', '.join((*worker_rows.FIELDS, *_DERIVED))}) "
    f"VALUES ({', '.join('?' * (5 + len(worker_rows.FIELDS) + len(_DERIVED)))})"
)
_INSERT_ENROLMENT = (
    f"INSERT INTO enrolment (uid, office, revision, {', '.join(enrolment_rows.FIELDS)}) "
    f"VALUES ({', '.join('?' * (3 + len(enrolment_rows.FIELDS)))})"
)


class _Population:
    """People of one district, the same for the same number of workers."""

    def __init__(self, register: Register, workers: int) -> None:
        self._random = random.Random(20261122)
        self._workers = workers
        self._names = Names(self._random)
        self._nagari = [region.code for region in register.regions.nagari()]
        population = register.regions.population()
        per_kecamatan = {code: sum(n.startswith(code) for n in self._nagari) for code in population}
        self._nagari_weights = list(
            accumulate(population.get(code[:8], 30_000) / per_kecamatan.get(code[:8], 1) for code in self._nagari)
        )
        self._occupations = [one.code for one in register.occupations.all()]
        self._schemes = register.schemes.all()
        self._usual = list(accumulate(_WEIGHTS.get(scheme.code, 1) for scheme in self._schemes))
        self._rates = register.rates
        self._serials: dict[str, int] = {}
        self._prices: dict[tuple[int, int, int], tuple[int, str, int]] = {}
        self._uid = int(NOW.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62

    def chunks(self) -> Iterator[tuple[list[Row], list[Row]]]:
        """Rows of workers and of their enrolments, some thousand workers at a time."""
        workers: list[Row] = []
        enrolments: list[Row] = []
        for id in range(1, self._workers + 1):
            nagari = self._one_of(self._nagari, self._nagari_weights)
            of_worker = self._enrolments(id)
            enrolments += of_worker
            workers.append(self._worker(id, nagari, of_worker))
            if len(workers) == _CHUNK:
                yield workers, enrolments
                workers, enrolments = [], []
        yield workers, enrolments

    def _worker(self, id: int, nagari: str, enrolments: list[Row]) -> Row:
        pick = self._random.random
        is_woman = pick() < 0.45
        name = self._names.woman() if is_woman else self._names.man()
        born_on = _OLDEST + timedelta(days=int(_BIRTH_DAYS * (pick() + pick()) / 2))
        home = nagari[:8].replace(".", "") if pick() < 0.92 else f"1308{1 + int(pick() * 12):02d}"
        nik = self._serial(f"{home}{born_on.day + 40 * is_woman:02d}{born_on:%m%y}")
        card = (
            self._serial(f"{nagari[:8].replace('.', '')}{_ISSUED[int(pick() * len(_ISSUED))]}", 3)
            if pick() < 0.9
            else ""
        )
        kpj = next((row[_KPJ] for row in reversed(enrolments) if row[_KPJ]), "")
        return (
            id, self._next_uid(), "K01", 1, name.upper(),
            nik, card, name, "", "", "Pasaman Barat", born_on.isoformat(), Sex.FEMALE if is_woman else Sex.MALE,
            "married" if pick() < 0.7 else "single", self._names.woman(), f"RT {1 + int(pick() * 9):02d}",
            _JORONG[int(pick() * len(_JORONG))], nagari, "",
            f"+6281{int(pick() * 1e9):09d}" if pick() < 0.6 else "", "",
            self._occupations[int(pick() * len(self._occupations))], "Kebun " + _JORONG[int(pick() * len(_JORONG))],
            1_000_000, Segment.BPU, "DTSEN 2026", 1 + int(pick() * 5), "", "", "", "", "", "", kpj, "", "",
            " ".join(map(str, sorted({row[_SCHEME] for row in enrolments}))),
            enrolments[0][_FIRST] if enrolments else None, enrolments[-1][_LAST] if enrolments else None,
        )  # fmt: skip

    def _enrolments(self, worker: int) -> list[Row]:
        """None to six periods after each other, so that no month is paid for twice; three on average."""
        pick = self._random.random
        count = _COUNTS[worker % len(_COUNTS)]
        rows: list[Row] = []
        at = FIRST_MONTH.index + int(pick() * 12)
        for left in range(count, 0, -1):
            scheme = self._one_of(self._schemes, self._usual)
            at = min(at + int(pick() * 3), LAST_MONTH.index - left + 1)
            months = min(3 if pick() < 0.5 else 6 if pick() < 0.7 else 12, (LAST_MONTH.index - at + 1) // left)
            rows.append(self._enrolment(worker, scheme, at, at + months - 1))
            at += months
        return rows

    def _enrolment(self, worker: int, scheme: Scheme, first: int, last: int) -> Row:
        assert scheme.id is not None
        base, prices, total = self._price(scheme, first, last)
        is_confirmed = self._random.random() < 0.6
        begins = Month.from_index(first)
        return (
            self._next_uid(), "K01", 1,
            worker, scheme.id, scheme.segment, " ".join(scheme.programmes), first, last, base, prices, total,
            int(scheme.is_subsidised), "active" if is_confirmed else "proposed", 1,
            "PT Gersindo Minang" if "payer_name" in scheme.asks else "", "", "",
            f"{20_000_000_000 + worker}" if is_confirmed else "", f"{begins}-15" if is_confirmed else None,
            f"{begins - 1}-20", "", None, None, None, "",
        )  # fmt: skip

    def _price(self, scheme: Scheme, first: int, last: int) -> tuple[int, str, int]:
        assert scheme.id is not None
        key = (scheme.id, first, last)
        if key not in self._prices:
            price = self._rates.price(scheme, Period(Month.from_index(first), Month.from_index(last)), 1_000_000)
            assert isinstance(price, Price), price
            self._prices[key] = (price.base, enrolment_rows.prices_text(price.monthly), price.total)
        return self._prices[key]

    def _serial(self, start: str, sharing: int = 1) -> str:
        """The next number of a day and place; so many people `sharing` one (a family card)."""
        number = self._serials.get(start, 0)
        self._serials[start] = number + 1
        return f"{start}{number // sharing + 1:04d}"

    def _next_uid(self) -> bytes:
        self._uid += 1
        return self._uid.to_bytes(16, "big")

    def _one_of(self, things: Sequence[Any], weights: Sequence[float]) -> Any:
        return self._random.choices(things, cum_weights=weights)[0]


_WEIGHTS = {"SAWIT": 40, "CSR": 12, "ASN": 10, "MANDIRI": 24}
_COUNTS = (0, 1, 2, 2, 3, 3, 4, 4, 5, 6)
"""Enrolments of ten workers after each other: thirty."""
_FIELDS_AT = {name: place for place, name in enumerate(enrolment_rows.FIELDS, 3)}
_SCHEME, _FIRST, _LAST = _FIELDS_AT["scheme"], _FIELDS_AT["first_month"], _FIELDS_AT["last_month"]
_KPJ = _FIELDS_AT["kpj"]
_OLDEST = date(1962, 1, 1)
_BIRTH_DAYS = (date(2008, 1, 1) - _OLDEST).days
_ISSUED = [
    f"{day:02d}{month:02d}{year:02d}" for year in range(6, 27) for month in range(1, 10) for day in range(1, 28)
]
_JORONG = (
    "Padang Tujuh", "Simpang Empat", "Pasaman Baru", "Bandarejo", "Batang Lingkin", "Rimbo Binuang", "Tombang",
    "Silambau", "Lubuk Landur", "Sungai Talang", "Koto Gadang", "Alamanda", "Wonosari", "Bangun Rejo",
    "Ranah Penantian", "Muaro",
)  # fmt: skip


def _main() -> None:
    start = time.perf_counter()
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS
    path = big_file(workers)
    print(f"{path} {path.stat().st_size / 1e6:.0f} MB, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    _main()
