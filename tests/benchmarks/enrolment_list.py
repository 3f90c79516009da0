"""The list of all enrolments, by nagari and name, over three million of them, against the bare order of its index."""

from __future__ import annotations

from models.schemes.lines import EnrolmentFilter
from models.storage.driver import connect
from tests.benchmarks.big_file import ENROLMENTS, million, read_only
from tests.benchmarks.rows import Row, best_of

NAMES = ("enrolment-list",)
_ROUNDS = 2
_BARE = (
    "SELECT enrolment.id FROM worker INDEXED BY worker_name CROSS JOIN enrolment ON enrolment.worker = worker.id "
    "WHERE living = 1 ORDER BY name_key, worker.id, enrolment.id"
)
"""By name alone: what the index gives by itself."""


def measure() -> list[Row]:
    """Best of some rounds on the same file."""
    path = million()
    register, connection = read_only(path), connect(path)
    try:
        found = len(register.enrolment_lists.ids(EnrolmentFilter()))
        program, bare = best_of(
            _ROUNDS,
            lambda: register.enrolment_lists.ids(EnrolmentFilter()),
            lambda: connection.execute(_BARE).fetchall(),
        )
    finally:
        register.close()
        connection.close()
    assert found >= ENROLMENTS * 9 // 10
    what = f"ids of {found:,} enrolments by nagari and name ({program:.1f} s)"
    return [Row("enrolment-list", what, "the same by name alone, fetched in bare SQL", program / bare, 2)]
