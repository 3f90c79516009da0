"""What stands on the funds, counted from the enrolments."""

from __future__ import annotations

from datetime import date

from models.funds.uses import Commitment, FreePlaces, Unpaid, UnpaidLine
from models.storage.enrolment_rows import prices_of
from models.storage.opening import OpenFile
from models.values.months import Month, Period

LINES_AT_MOST = 300
"""Of what no longer fits, so many are named; all are counted."""


class FundUses:
    """Answers from the index of the funds; nothing is written here."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def left(self, fund: int) -> int:
        """Whole rupiah that can still be committed, without counting heads: what each save asks for."""
        row = self._file.row(
            "SELECT (SELECT coalesce(sum(amount), 0) FROM receipt WHERE fund = ?1 AND living = 1) - "
            "(SELECT coalesce(sum(contribution), 0) FROM enrolment WHERE fund = ?1 AND counts = 1)",
            (fund,),
        )
        assert row is not None
        return int(row[0])

    def commitments(self, fund: int) -> tuple[Commitment, ...]:
        """How the committed sum comes about, by months and price, the earliest first."""
        rows = self._file.rows(
            "SELECT first_month, last_month, count(*), min(id) FROM enrolment WHERE fund = ? AND counts = 1 "
            "GROUP BY last_month, first_month, contribution ORDER BY first_month, last_month, contribution",
            (fund,),
        )
        return tuple(
            Commitment(Period(Month.from_index(first), Month.from_index(last)), heads, self._prices(example))
            for first, last, heads, example in rows
        )

    def unpaid(self, fund: int) -> Unpaid | None:
        """What no longer fits into the money received, the last registered first; None while everything fits."""
        missing = -self.left(fund)
        if missing <= 0:
            return None
        heads: set[int] = set()
        ids: list[int] = []
        months = rupiah = 0
        for id, worker, first, last, contribution in self._file.rows(
            "SELECT id, worker, first_month, last_month, contribution FROM enrolment "
            "WHERE fund = ? AND counts = 1 ORDER BY id DESC",
            (fund,),
        ):
            if rupiah >= missing:
                break
            ids.append(id)
            heads.add(worker)
            months += last - first + 1
            rupiah += contribution
        return Unpaid(missing, len(ids), len(heads), months, rupiah, self._lines(ids[:LINES_AT_MOST]), tuple(ids))

    def free_places(self) -> tuple[FreePlaces, ...]:
        """Rejected places that nobody has taken, by scheme and fund."""
        rows = self._file.rows(
            "SELECT scheme, fund, count(*) FROM enrolment WHERE counts = 0 AND state = 'rejected' AND id NOT IN "
            "(SELECT replaces FROM enrolment WHERE replaces IS NOT NULL AND counts = 1) "
            "GROUP BY scheme, fund ORDER BY scheme, fund"
        )
        return tuple(FreePlaces(*row) for row in rows)

    def _prices(self, enrolment: int) -> tuple[int, ...]:
        row = self._file.row("SELECT prices FROM enrolment WHERE id = ?", (enrolment,))
        assert row is not None
        return prices_of(row[0])

    def _lines(self, ids: list[int]) -> tuple[UnpaidLine, ...]:
        found: list[UnpaidLine] = []
        for id in ids:
            row = self._file.row(
                "SELECT enrolment.id, worker, worker.name, worker.nagari, first_month, last_month, contribution, "
                "registered_on FROM enrolment JOIN worker ON worker.id = enrolment.worker WHERE enrolment.id = ?",
                (id,),
            )
            assert row is not None
            period = Period(Month.from_index(row[4]), Month.from_index(row[5]))
            found.append(UnpaidLine(row[0], row[1], row[2], row[3], period, row[6], date.fromisoformat(row[7])))
        return tuple(found)
