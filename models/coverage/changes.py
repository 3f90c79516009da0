"""Coverage as a sum of changes: what begins (+) and what stops (-) with a worker's enrolments.

The number in any month is the sum of the changes up to it, so a question about any month reads some thousand rows
and not millions of periods. Months in which a worker has several enrolments count the worker once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

PERSON = "person"
"""Distinct workers."""
CONFIRMED = "confirmed"
"""Distinct workers with a KPJ and a payment date."""


class Span(NamedTuple):
    """An enrolment that counts, as far as coverage is concerned; months as indexes."""

    scheme: int
    segment: str
    first: int
    last: int
    is_confirmed: bool
    monthly: tuple[int, ...]


def changes_of(spans: Iterable[Span]) -> Counter[tuple[str, int]]:
    """The changes of one worker: (what is counted, month) -> by how much."""
    by_counted: dict[str, list[tuple[int, int]]] = {}
    changes: Counter[tuple[str, int]] = Counter()
    for span in spans:
        months = (span.first, span.last)
        scheme = f"scheme {span.scheme}"
        for counted in (PERSON, f"segment {span.segment}", scheme):
            by_counted.setdefault(counted, []).append(months)
        if span.is_confirmed:
            for counted in (CONFIRMED, f"{CONFIRMED} segment {span.segment}", f"{CONFIRMED} {scheme}"):
                by_counted.setdefault(counted, []).append(months)
        before = 0
        rupiah = f"rupiah {scheme}"
        for month, amount in enumerate(span.monthly, span.first):
            if amount != before:
                changes[rupiah, month] += amount - before
                before = amount
        changes[rupiah, span.last + 1] -= before
    for counted, periods in by_counted.items():
        for first, last in _united(periods):
            changes[counted, first] += 1
            changes[counted, last + 1] -= 1
    return changes


def _united(periods: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same months as periods that neither overlap nor touch."""
    if len(periods) == 1:
        return periods
    periods.sort()
    united = [periods[0]]
    for first, last in periods[1:]:
        if first <= united[-1][1] + 1:
            united[-1] = (united[-1][0], max(united[-1][1], last))
        else:
            united.append((first, last))
    return united
