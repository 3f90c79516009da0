"""A key in the search at a million workers against scanning all their names in memory."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from models.people.names import fold
from models.register import Register
from tests.benchmarks.big_file import million, read_only
from tests.benchmarks.rows import Row

NAMES = ("search-start", "search-part")
_TYPED = 120
"""Words typed letter by letter for each measure."""


def measure() -> list[Row]:
    """p99 of a key press, from the text to the lines ready to be shown, over every prefix of the words typed."""
    register = read_only(million())
    chance = random.Random(5)
    rows = register._file.rows("SELECT name_key, nik FROM worker WHERE living = 1")
    blob = "\n".join(row[0] for row in rows).encode()
    sample = chance.sample(rows, _TYPED)
    starts = [typed for key, nik in sample for word in (key, nik) for typed in _keys(word[:10])]
    parts = [typed for key, _ in sample for typed in _keys(_inner(key, chance)) if len(typed) >= 3]
    parts += [word + "q" for word in parts[::20]]  # a slip: nobody is found, and everything is looked through
    for words in (starts[:50], parts[:50]):
        _p99(words, lambda text: register.workers.search(text))
    scan = _p99(parts, lambda text: _scan(blob, fold(text).encode()))
    start = _p99(starts, lambda text: register.workers.starting_with(text))
    part = _p99(parts, lambda text: register.workers.search(text))
    reference = "scanning all names in memory with bytes.find, p99"
    by_start = _named_start(register, starts)
    assert by_start > 0.9, "the words typed must find somebody"
    register.close()
    return [
        Row("search-start", "a key in the search, 1,000,000 workers: NIK or first letters, p99", reference,
            start / scan, 0.05),
        Row("search-part", "a key in the search, 1,000,000 workers: any part of the name, p99", reference,
            part / scan, 0.5),
    ]  # fmt: skip


def _keys(word: str) -> list[str]:
    """What stands in the search field after each key."""
    return [word[:length] for length in range(1, len(word) + 1) if word[:length].strip()]


def _inner(key: str, chance: random.Random) -> str:
    """Some letters from the middle of a name."""
    begin = chance.randrange(1, max(2, len(key) - 4))
    return key[begin : begin + 8].strip()


def _scan(blob: bytes, wanted: bytes, limit: int = 50) -> int:
    """Finds up to fifty names that hold the letters, as a program without an index would."""
    found = 0
    place = blob.find(wanted)
    while place >= 0 and found < limit:
        found += 1
        place = blob.find(wanted, place + 1)
    return found


def _named_start(register: Register, words: list[str]) -> float:
    return statistics.mean(bool(register.workers.starting_with(word)) for word in words[::7])


def _p99(words: list[str], task: Callable[[str], object]) -> float:
    """The second-slowest hundredth, each key the better of two tries, so that a busy neighbour does not count."""
    times = []
    for word in words:
        tries = []
        for _ in range(2):
            begin = time.perf_counter()
            task(word)
            tries.append(time.perf_counter() - begin)
        times.append(min(tries))
    return sorted(times)[int(len(times) * 0.99) - 1]
