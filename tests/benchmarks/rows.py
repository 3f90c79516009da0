"""One line of the table that `make bench` prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: what was timed against which reference of the same run."""

    name: str
    """Short, without blanks; chosen by `ONLY=name`."""
    what: str
    reference: str
    ratio: float
    at_most: float

    @property
    def is_ok(self) -> bool:
        return self.ratio <= self.at_most


def best_of(rounds: int, *tasks: Callable[[], object]) -> Sequence[float]:
    """Seconds of processor time of each task's best round; the rounds are interleaved, so that all meet the same hour.

    Processor time, because a busy neighbour must not decide; none of the tasks waits for anything.
    """
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for index, task in enumerate(tasks):
            start = time.process_time()
            task()
            best[index] = min(best[index], time.process_time() - start)
    return best
