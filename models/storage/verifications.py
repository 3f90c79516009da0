"""What other authorities said of a worker: Disdukcapil of the NIK, BPJS of a membership elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.exchange.answers import Verdict
from models.exchange.mapping import Purpose
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

    def against(self, kind: Purpose) -> tuple[int, ...]:
        """Workers of whom the newest answer of a kind speaks against enrolling, in the order of their ids."""
        good = [str(one) for one in Verdict if one.is_good]
        rows = self._file.rows(
            "SELECT worker, outcome FROM verification WHERE kind = ? AND living = 1 ORDER BY worker, verified_on, id",
            (str(kind),),
        )
        newest: dict[int, str] = dict(rows)
        return tuple(worker for worker, outcome in newest.items() if outcome not in good)


@from_rows
def _verification(row: tuple[Any, ...]) -> Verification:
    id, worker, kind, outcome, details, verified_on, source = row
    return Verification(id, worker, Purpose(kind), Verdict(outcome), details, date.fromisoformat(verified_on), source)
