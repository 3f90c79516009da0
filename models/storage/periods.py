"""Periods that run out: who ends when, by scheme and fund, and who goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from models.people.worker import Segment
from models.schemes.continuity import Continuity, run_in
from models.storage.opening import OpenFile
from models.values.months import Month, Period


@dataclass(frozen=True, slots=True)
class Ending:
    """The workers of one scheme and fund whose last month is the same."""

    last_month: Month
    scheme: int
    fund: int | None
    heads: int
    continued: int
    """How many of them are covered in the month after by anything else."""

    @property
    def dropping(self) -> int:
        """How many are without protection in the month after, as it stands."""
        return self.heads - self.continued


_AT_ONCE = 1_000
_GOES_ON = (
    "EXISTS (SELECT 1 FROM enrolment AS next WHERE next.worker = one.worker AND next.counts = 1 "
    "AND next.first_month <= one.last_month + 1 AND next.last_month > one.last_month)"
)


class Periods:
    """The calendar of ends."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def ending(self, months: Period) -> tuple[Ending, ...]:
        """Who ends in these months, the earliest first."""
        rows = self._file.rows(
            f"SELECT last_month, scheme, fund, count(DISTINCT worker), count(DISTINCT CASE WHEN {_GOES_ON} "
            f"THEN worker END) FROM enrolment AS one WHERE counts = 1 AND last_month BETWEEN ? AND ? "
            "GROUP BY last_month, scheme, fund ORDER BY last_month, scheme, fund",
            (months.first.index, months.last.index),
        )
        return tuple(Ending(Month.from_index(row[0]), *row[1:]) for row in rows)

    def who_ends(self, ending: Ending, *, only_dropping: bool = False) -> tuple[int, ...]:
        """Ids of the workers behind a row of the calendar, in the order of nagari and name."""
        narrowed = f"AND NOT {_GOES_ON}" if only_dropping else ""
        rows = self._file.rows(
            "SELECT DISTINCT worker.id FROM enrolment AS one JOIN worker ON worker.id = one.worker WHERE counts = 1 "
            f"AND last_month = ? AND scheme = ? AND fund IS ? AND living = 1 {narrowed} "
            "ORDER BY nagari, name_key, worker.id",
            (ending.last_month.index, ending.scheme, ending.fund),
        )
        return tuple(row[0] for row in rows)

    def still_waiting(self, workers: Iterable[int], period: Period) -> int:
        """How many of the workers, covered as BPU members for a further period, would stay inside the waiting months
        until its end (see `Continuity.reaches_full`): an estimate."""
        wanted = list(dict.fromkeys(workers))
        covered: dict[int, list[Period]] = {worker: [period] for worker in wanted}
        for start in range(0, len(wanted), _AT_ONCE):
            for worker, first, last in self._file.rows(
                "SELECT worker, first_month, last_month FROM enrolment WHERE counts = 1 AND segment = ? "
                "AND worker IN (SELECT value FROM json_each(?))",
                (Segment.BPU, json.dumps(wanted[start : start + _AT_ONCE])),
            ):
                covered[worker].append(Period(Month.from_index(first), Month.from_index(last)))
        runs = (run_in(periods, period.last) for periods in covered.values())
        return sum(1 for run in runs if run is not None and not run.is_full_in(period.last))

    def continuity(self, worker: int, month: Month) -> Continuity | None:
        """The worker's unbroken months as a BPU member around a month, or last before it; None where there are none."""
        rows = self._file.rows(
            "SELECT first_month, last_month FROM enrolment WHERE worker = ? AND counts = 1 AND segment = ?",
            (worker, Segment.BPU),
        )
        periods = [Period(Month.from_index(first), Month.from_index(last)) for first, last in rows]
        return run_in(periods, month)
