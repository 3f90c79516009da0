"""What other authorities said of a worker: Disdukcapil of the NIK, BPJS of a membership elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.exchange.mapping import Purpose
from models.people.verdict import Said, Verdict
from models.storage.opening import OpenFile
from models.storage.rows import from_rows


@dataclass(frozen=True, slots=True)
class Verification:
    """One answer about one worker."""

    id: int
    worker: int
    kind: Purpose
    """NIK_MATCH or MEMBERSHIP."""
    verdict: Verdict
    details: str
    """What the sender wrote besides."""
    verified_on: date
    source: str
    """Name of the file that said it."""


class Verifications:
    """Reading; they are written by the answers that are taken in."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def of_worker(self, worker: int) -> tuple[Verification, ...]:
        """All that was ever said, the newest first."""
        rows = self._file.rows(
            "SELECT id, worker, kind, outcome, details, verified_on, source FROM verification "
            "WHERE worker = ? AND living = 1 ORDER BY verified_on DESC, id DESC",
            (worker,),
        )
        return tuple(_verification(row) for row in rows)


def speaking_against(file: OpenFile, worker: int | None = None) -> Mapping[int, tuple[Said, ...]]:
    """Workers of whom the newest answer of a kind speaks against enrolling, each with what it says; all of them, or
    one alone."""
    newest: dict[tuple[int, str], Said] = {}
    for id, kind, outcome, day in file.rows(
        "SELECT worker, kind, outcome, verified_on FROM verification WHERE living = 1 AND (? IS NULL OR worker = ?) "
        "ORDER BY verified_on, id",
        (worker, worker),
    ):
        newest[id, kind] = Said(Verdict(outcome), date.fromisoformat(day))
    found: defaultdict[int, tuple[Said, ...]] = defaultdict(tuple)
    for (id, _kind), said in newest.items():
        if not said.verdict.is_good:
            found[id] += (said,)
    return dict(found)


@from_rows
def _verification(row: tuple[Any, ...]) -> Verification:
    id, worker, kind, outcome, details, verified_on, source = row
    return Verification(id, worker, Purpose(kind), Verdict(outcome), details, date.fromisoformat(verified_on), source)
