"""What a passphrase costs: the same work on the same data in a plain file and in an encrypted one, by turns."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from models.offices.users import Role, User
from models.people.worker import Worker
from models.register import Register, open_register
from models.sample.district import District, SampleWorkers
from models.schemes.enrolment import Enrolment
from models.storage.keys import Key, derive
from models.storage.rekeying import rekey
from models.values.months import Month
from tests.benchmarks.big_file import FOLDER, NOW
from tests.benchmarks.rows import Row
from tests.benchmarks.saving import _save, _worker

NAMES = ("encrypted-open", "encrypted-import", "encrypted-save", "encrypted-start", "encrypted-part", "encrypted-add")
_PASSPHRASE, _SALT = "pohon sawit tua di Talu", bytes(range(16))
_WORKERS = 20_000
_LARGE = 100_000
"""So many that their file is several times what SQLite keeps of it in memory."""
_ROUNDS = 3
_OPENINGS = 9
_SAVES = 300
_TYPED = 80
_PATIENCE = 0.150
"""Seconds that opening may take longer, the typed passphrase turned into the key included."""
_BENCH = User("bench", Role.ADMINISTRATOR)

Records = Sequence[tuple[Worker, tuple[Enrolment, ...]]]


def measure() -> list[Row]:
    """Ratios to the plain file; of opening, the seconds more to those that are allowed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    key = derive(_PASSPHRASE, _SALT)
    plain = "the same without a passphrase"
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        files = (folder / "plain.db", None), (folder / "secret.db", key)
        imported = _importing(folder, key)
        for path, one in files:
            _opened(path, one).close()
        with closing(_opened(*files[0])) as open_plain, closing(_opened(*files[1])) as open_secret:
            saved = _saving(open_plain, open_secret)
        opened = _opening(files[0][0], files[1][0])
        big = _large(folder)
        secret = Path(shutil.copyfile(big, folder / "large-secret.db"))
        begin = time.perf_counter()
        rekey(secret, NOW, _BENCH, key=None, new=key)
        added = time.perf_counter() - begin
        copied = _copied(big, folder)
        shutil.copyfile(secret, big)
        rekey(big, NOW, _BENCH, key=key, new=None)  # written anew like the other, so its pages lie as close together
        started, parts = _searching(big, secret, key)
    return [
        Row("encrypted-open", "opening with the passphrase: seconds more than without", "150 milliseconds",
            opened / _PATIENCE, 1.0),
        Row("encrypted-import", f"import of {_WORKERS:,} workers into an encrypted file", plain, imported, 1.5),
        Row("encrypted-save", f"save of worker + enrolment + audit, encrypted, p50 of {_SAVES}", plain, saved, 1.6),
        Row("encrypted-start", f"a key in the search, {_LARGE:,} workers: first letters, p99", plain, started, 2.0),
        Row("encrypted-part", f"a key in the search, {_LARGE:,} workers: any part, p99", plain, parts, 2.0),
        Row("encrypted-add", f"adding a passphrase to {_LARGE:,} workers, proven", "cp + fsync", added / copied,
            float("inf")),
    ]  # fmt: skip


def _opened(path: Path, key: Key | None, *, read_only: bool = False) -> Register:
    return open_register(path, user="bench", clock=lambda: NOW, key=key, read_only=read_only)


def _importing(folder: Path, key: Key) -> float:
    """The same records into a new file each time; the better of the rounds on each side."""
    records = _records(folder)
    best = [float("inf")] * 2
    for turn in range(_ROUNDS):
        for side, one in enumerate((None, key)):
            path = folder / f"import-{turn}-{side}.db"
            with closing(_opened(path, one)) as register:
                best[side] = min(best[side], _seconds(partial(register.load, records)))
            path.unlink()
    return best[1] / best[0]


def _records(folder: Path) -> Records:
    """Workers of the sample district with their enrolments, made outside the clock."""
    with closing(_opened(folder / "records.db", None)) as register:
        return list(_sample(register).records(_WORKERS))


def _large(folder: Path) -> Path:
    """A closed file with many workers."""
    path = folder / "large.db"
    with closing(_opened(path, None)) as register:
        register.load(_sample(register).records(_LARGE))
    return path


def _sample(register: Register) -> SampleWorkers:
    district = District(
        nagari=register.regions.nagari(),
        population=register.regions.population(),
        schemes=register.schemes.all(),
        rates=register.rates,
        occupations=register.occupations.all(),
    )
    return SampleWorkers(district, 1, Month.of(NOW.date()), NOW.date())


def _saving(plain: Register, secret: Register) -> float:
    """p50 of a save, durable; the two take turns, save by save."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(_SAVES):
        worker = _worker(number)
        for side, register in enumerate((plain, secret)):
            times[side].append(_seconds(partial(_save, register, worker)))
    return statistics.median(times[1][50:]) / statistics.median(times[0][50:])


def _opening(plain: Path, secret: Path) -> float:
    """Seconds that opening takes longer, from the typed passphrase to the open register; the best of each."""
    best = [float("inf")] * 2
    for _ in range(_OPENINGS):
        for side, (path, passphrase) in enumerate(((plain, None), (secret, _PASSPHRASE))):
            begin = time.perf_counter()
            register = _opened(path, None if passphrase is None else derive(passphrase, _SALT))
            best[side] = min(best[side], time.perf_counter() - begin)
            register.close()
    return best[1] - best[0]


def _searching(plain: Path, secret: Path, key: Key) -> tuple[float, float]:
    """p99 of a key in the search at the start of a word and inside of it."""
    with (
        closing(_opened(plain, None, read_only=True)) as open_plain,
        closing(_opened(secret, key, read_only=True)) as open_secret,
    ):
        chance = random.Random(5)
        names = open_plain._file.rows("SELECT name_key, nik FROM worker WHERE living = 1 AND id % 97 = 0")
        sample = chance.sample(names, _TYPED)
        starts = [word[:length] for row in sample for word in row for length in range(1, 11) if word[:length].strip()]
        parts = [name[2 : 2 + length] for name, _ in sample for length in range(3, 9) if name[2 : 2 + length].strip()]
        sides = (open_plain, open_secret)
        return (
            _p99(starts, [register.workers.starting_with for register in sides]),
            _p99(parts, [register.workers.search for register in sides]),
        )


def _p99(words: Sequence[str], tasks: Sequence[Callable[[str], object]]) -> float:
    """The second's slowest hundredth to the first's; each key the better of two tries, the two by turns."""
    times: list[list[float]] = [[], []]
    for word in words:
        best = [float("inf")] * 2
        for _ in range(2):
            for side, task in enumerate(tasks):
                best[side] = min(best[side], _seconds(partial(task, word)))
        for side in range(2):
            times[side].append(best[side])
    slow = [sorted(side)[int(len(side) * 0.99) - 1] for side in times]
    return slow[1] / slow[0]


def _copied(path: Path, folder: Path) -> float:
    begin = time.perf_counter()
    copy = Path(shutil.copyfile(path, folder / "copy.db"))
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    seconds = time.perf_counter() - begin
    copy.unlink()
    return seconds


def _seconds(task: Callable[[], object]) -> float:
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin
