"""Keeps the table of coverage changes, and the worker's own summary of its enrolments, true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from models.coverage.changes import Span, changes_of
from models.storage.driver import Connection
from models.storage.enrolment_rows import prices_of

UPSERT = (
    "INSERT INTO coverage_change (counted, nagari, month, change) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (counted, nagari, month) DO UPDATE SET change = change + excluded.change"
)
_SPANS = (
    "SELECT scheme, segment, first_month, last_month, kpj <> '' AND paid_on IS NOT NULL, prices FROM enrolment "
    "WHERE worker = ? AND counts = 1"
)


def spans_of(connection: Connection, worker: int) -> list[Span]:
    """The worker's enrolments that count, as stored now."""
    return [
        Span(row[0], row[1], row[2], row[3], bool(row[4]), prices_of(row[5]))
        for row in connection.execute(_SPANS, (worker,)).fetchall()
    ]


def apply_difference(
    connection: Connection, worker: int, old: tuple[str, Iterable[Span]], new: tuple[str, Iterable[Span]]
) -> None:
    """Turns the changes of a worker from (nagari, spans) before into those after, and renews its summary."""
    difference: Counter[tuple[str, str, int]] = Counter()
    new_spans = list(new[1])
    for sign, nagari, spans in ((-1, old[0], old[1]), (1, new[0], new_spans)):
        for (counted, month), change in changes_of(spans).items():
            difference[counted, nagari, month] += sign * change
    connection.executemany(UPSERT, [(*key, change) for key, change in difference.items() if change])
    summarise(connection, worker, new_spans)


def summarise(connection: Connection, worker: int, spans: list[Span]) -> None:
    """Writes schemes and months of the worker's enrolments into its row."""
    if not spans:
        connection.execute(
            "UPDATE worker SET schemes = '', covered_from = NULL, covered_until = NULL WHERE id = ?", (worker,)
        )
        return
    connection.execute(
        "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?",
        (
            " ".join(str(scheme) for scheme in sorted({span.scheme for span in spans})),
            min(span.first for span in spans),
            max(span.last for span in spans),
            worker,
        ),
    )


def rebuilt(connection: Connection) -> Counter[tuple[str, str, int]]:
    """The changes as the enrolments themselves say: what the stored ones are checked against."""
    total: Counter[tuple[str, str, int]] = Counter()
    for _, nagari, spans in _by_worker(connection):
        for (counted, month), change in changes_of(spans).items():
            total[counted, nagari, month] += change
    return total


def rebuild(connection: Connection) -> None:
    """Writes all changes anew, inside the caller's transaction."""
    connection.execute("DELETE FROM coverage_change")
    connection.executemany(UPSERT, [(*key, change) for key, change in rebuilt(connection).items() if change])


def stored(connection: Connection) -> Counter[tuple[str, str, int]]:
    """The changes as they stand in the table."""
    return Counter(
        {
            (row[0], row[1], row[2]): row[3]
            for row in connection.execute(
                "SELECT counted, nagari, month, change FROM coverage_change WHERE change <> 0"
            )
        }
    )


def _by_worker(connection: Connection) -> Iterator[tuple[int, str, list[Span]]]:
    """Worker, its nagari and its spans, for every worker with an enrolment that counts, the anonymised among them."""
    rows: Iterator[tuple[Any, ...]] = iter(
        connection.execute(
            "SELECT enrolment.worker, worker.nagari, scheme, enrolment.segment, first_month, last_month, "
            "enrolment.kpj <> '' AND paid_on IS NOT NULL, prices "
            "FROM enrolment JOIN worker ON worker.id = enrolment.worker "
            "WHERE counts = 1 AND (living = 1 OR anonymised_on IS NOT NULL) ORDER BY enrolment.worker"
        )
    )
    for (worker, nagari), group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield worker, nagari, [Span(row[2], row[3], row[4], row[5], bool(row[6]), prices_of(row[7])) for row in group]
