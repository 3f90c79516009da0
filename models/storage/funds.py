"""Funds as stored: what was promised, what came in, what is committed, what was paid to BPJS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models.funds.due import Due, paid_for
from models.funds.fund import Fund, Ledger, Payment, Receipt
from models.funds.rules import (
    fund_of_another_scheme,
    over_commitment,
    problems_of_fund,
    problems_of_payment,
    problems_of_receipt,
)
from models.language import N_
from models.offices.users import Right
from models.problems import Problem, Rejected
from models.schemes.scheme import Scheme
from models.storage.audit import Change, differences
from models.storage.enrolment_rows import prices_of
from models.storage.fund_uses import FundUses
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.uids import new_uid, uid_text
from models.values.formats import Written, date_short
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah

_FUND = ("scheme", "name", "payer", "year", "ceiling", "legal_basis", "notes", "over_reason", "closed_on")
_SELECT = f"SELECT id, uid, office, revision, {', '.join(_FUND)} FROM fund"
_LEDGER = (
    "SELECT fund.ceiling, "
    "(SELECT coalesce(sum(amount), 0) FROM receipt WHERE fund = fund.id AND living = 1), "
    "coalesce(committed.rupiah, 0), "
    "(SELECT coalesce(sum(amount), 0) FROM payment WHERE fund = fund.id AND living = 1), "
    "coalesce(committed.heads, 0), coalesce(committed.months, 0), fund.id "
    "FROM fund LEFT JOIN (SELECT fund, sum(contribution) AS rupiah, count(DISTINCT worker) AS heads, "
    "sum(last_month - first_month + 1) AS months FROM enrolment WHERE fund IS NOT NULL AND counts = 1 {where} "
    "GROUP BY fund) AS committed ON committed.fund = fund.id WHERE fund.living = 1"
)


class Funds:
    """The funds of the office and their money."""

    def __init__(self, file: OpenFile, office: str) -> None:
        self._file = file
        self._office = office
        self.uses = FundUses(file)
        """What stands on the funds, counted from the enrolments."""

    def all(self) -> tuple[Fund, ...]:
        """Newest budget year first; closed ones are there too."""
        return tuple(
            _fund(row) for row in self._file.rows(f"{_SELECT} WHERE living = 1 ORDER BY year DESC, name, id")
        )

    def get(self, id: int) -> Fund:
        """The fund of an id; LookupError when there is none."""
        row = self._file.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no fund {id}")
        return _fund(row)

    def of_scheme(self, scheme: int) -> tuple[Fund, ...]:
        """The open funds that pay for a scheme, newest first."""
        return tuple(fund for fund in self.all() if fund.scheme == scheme and fund.is_open)

    def ledger(self, id: int) -> Ledger:
        """Where the money of one fund stands."""
        row = self._file.row(f"{_LEDGER.format(where='AND fund = ?')} AND fund.id = ?", (id, id))
        if row is None:
            raise LookupError(f"no fund {id}")
        return Ledger(*row[:6])

    def ledgers(self) -> dict[int, Ledger]:
        """The ledger of every fund, by its id."""
        return {row[6]: Ledger(*row[:6]) for row in self._file.rows(_LEDGER.format(where=""))}

    @from_rows
    def receipts(self, fund: int) -> tuple[Receipt, ...]:
        """What came in, oldest first."""
        return tuple(
            Receipt(id=row[0], fund=fund, amount=row[1], received_on=date.fromisoformat(row[2]), source=row[3])
            for row in self._file.rows(
                "SELECT id, amount, received_on, source FROM receipt WHERE fund = ? AND living = 1 "
                "ORDER BY received_on, id",
                (fund,),
            )
        )

    def payments(self, fund: int) -> tuple[Payment, ...]:
        """What was paid to BPJS, oldest first."""
        return tuple(
            _payment(row)
            for row in self._file.rows(f"{_PAYMENT} WHERE fund = ? AND living = 1 ORDER BY paid_on, id", (fund,))
        )

    def problems_of_use(self, id: int, scheme: Scheme, contribution: int) -> tuple[Problem, ...]:
        """What keeps so many whole rupiah for a scheme from being committed on a fund."""
        fund = self.get(id)
        if fund.scheme != scheme.id:
            return (fund_of_another_scheme(fund, scheme),)
        if not fund.is_open:
            message = N_("The fund {fund} is closed. Choose another, or let a supervisor open it again.")
            return (Problem("fund", "fund_closed", message, {"fund": fund.name}),)
        over = None if fund.over_reason else over_commitment(self.uses.left(id), contribution)
        return () if over is None else (over,)

    def save(self, fund: Fund) -> Fund:
        """Adds or corrects a fund; its scheme stays what it was once something is enrolled on it. Raises Rejected."""
        problems = list(problems_of_fund(fund))
        if fund.id is None:
            if problems:
                raise Rejected(problems)
            with self._file.change(Right.APPROVE) as change:
                row = _row(fund)
                uid = new_uid()
                places = ", ".join("?" * (3 + len(_FUND)))
                id = change.execute(
                    f"INSERT INTO fund (uid, office, revision, {', '.join(_FUND)}) VALUES ({places})",
                    (uid, self._office, 1, *row),
                )
                values = zip(_FUND, row, strict=True)
                change.record("add", "fund", id, [(n, None, value) for n, value in values if value not in ("", None)])
            return replace(fund, id=id, uid=uid_text(uid), office=self._office, revision=1)
        with self._file.change(Right.APPROVE) as change:
            old = self.get(fund.id)
            if old.scheme != fund.scheme and self._is_used(fund.id):
                message = N_("Workers are enrolled on this fund already, so its scheme stays. Make another fund.")
                problems.append(Problem("scheme", "fund_used", message))
            if old.revision != fund.revision:
                message = N_("Somebody else corrected this fund meanwhile. Open it again and correct it once more.")
                problems.append(Problem("name", "corrected_meanwhile", message))
            if problems:
                raise Rejected(problems)
            changed = replace(fund, uid=old.uid, office=old.office, over_reason=old.over_reason)
            return self._correct(change, old, changed)

    def allow_over(self, id: int, reason: str) -> Fund:
        """Lets more be committed than came in, for a reason that stays with the fund; empty takes it back."""
        with self._file.change(Right.APPROVE) as change:
            old = self.get(id)
            return self._correct(change, old, replace(old, over_reason=" ".join(reason.split())))

    def close(self, id: int, on: date | None) -> Fund:
        """Nothing is enrolled on it from now on; None opens it again."""
        with self._file.change(Right.APPROVE) as change:
            old = self.get(id)
            return self._correct(change, old, replace(old, closed_on=on))

    def receive(self, receipt: Receipt) -> Receipt:
        """Notes money that came in, or corrects what was noted (a receipt with an id). Raises Rejected."""
        fund = self.get(receipt.fund)
        problems = problems_of_receipt(receipt, fund, self._file.clock().date())
        if problems:
            raise Rejected(problems)
        with self._file.change(Right.APPROVE) as change:
            values = {
                "fund": receipt.fund,
                "amount": receipt.amount,
                "received_on": receipt.received_on.isoformat(),
                "source": receipt.source.strip(),
            }
            id = self._write(change, "receipt", receipt.id, values)
        return replace(receipt, id=id)

    def pay(self, payment: Payment) -> Payment:
        """Notes contributions that were paid, or corrects what was noted (a payment with an id); the same code twice
        is refused. Raises Rejected."""
        problems = list(problems_of_payment(payment, self._file.clock().date()))
        with self._file.change(Right.APPROVE) as change:
            self.get(payment.fund)
            same = self._file.row(
                "SELECT fund.name, paid_on, amount FROM payment JOIN fund ON fund.id = payment.fund "
                "WHERE code = ? AND payment.living = 1 AND payment.id <> ?",
                (payment.code.strip(), payment.id or 0),
            )
            if same is not None:
                problems.append(_paid_twice(payment.code.strip(), same))
            if problems:
                raise Rejected(problems)
            values = {
                "fund": payment.fund,
                "code": payment.code.strip(),
                "amount": payment.amount,
                "paid_on": payment.paid_on.isoformat(),
                "first_month": payment.period.first.index,
                "last_month": payment.period.last.index,
                "heads": payment.heads,
                "notes": payment.notes.strip(),
            }
            id = self._write(change, "payment", payment.id, values)
        return replace(payment, id=id)

    def withdraw_receipt(self, id: int) -> None:
        """Takes a receipt back that was entered by mistake; the row stays."""
        self._withdraw("receipt", id)

    def withdraw_payment(self, id: int) -> None:
        """Takes a payment back that was entered by mistake; the row stays and its code is free again."""
        self._withdraw("payment", id)

    def due(self, fund: int, period: Period, others: Iterable[Payment] = ()) -> Due:
        """What its enrolments cost in these months, for how many heads, and what `others` already paid for them."""
        row = self._file.row(
            "SELECT count(DISTINCT worker) FROM enrolment WHERE fund = ? AND counts = 1 AND first_month <= ? "
            "AND last_month >= ?",
            (fund, period.last.index, period.first.index),
        )
        dues = self._dues(fund)
        rupiah = sum(dues.get(month, 0) for month in period)
        return Due(period, row[0] if row else 0, rupiah, *paid_for(period, others, dues))

    def _dues(self, fund: int) -> dict[Month, int]:
        """Whole rupiah of its enrolments by month; thousands of them have the same months and prices."""
        dues: dict[Month, int] = {}
        for first, prices, count in self._file.rows(
            "SELECT first_month, prices, count(*) FROM enrolment WHERE fund = ? AND counts = 1 "
            "GROUP BY first_month, prices",
            (fund,),
        ):
            for at, amount in enumerate(prices_of(prices)):
                month = Month.from_index(first + at)
                dues[month] = dues.get(month, 0) + count * amount
        return dues

    def _withdraw(self, table: str, id: int) -> None:
        with self._file.change(Right.APPROVE) as change:
            change.execute(f"UPDATE {table} SET living = 0 WHERE id = ?", (id,))
            change.record("withdraw", table, id, [("living", 1, 0)])

    def _write(self, change: Change, table: str, id: int | None, values: dict[str, object]) -> int:
        """Adds a row, or corrects the one of an id; LookupError where that was withdrawn."""
        if id is None:
            return _insert(change, table, values)
        names = tuple(values)
        row = self._file.row(f"SELECT {', '.join(names)} FROM {table} WHERE id = ? AND living = 1", (id,))
        if row is None:
            raise LookupError(f"no {table} {id}")
        changes = differences(dict(zip(names, row, strict=True)), values)
        if changes:
            sets = ", ".join(f"{name} = ?" for name in names)
            change.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), id))
            change.record("correct", table, id, changes)
        return id

    def _is_used(self, id: int) -> bool:
        return self._file.row("SELECT 1 FROM enrolment WHERE fund = ? LIMIT 1", (id,)) is not None

    def _correct(self, change: Change, old: Fund, new: Fund) -> Fund:
        changes = differences(dict(zip(_FUND, _row(old), strict=True)), dict(zip(_FUND, _row(new), strict=True)))
        if not changes:
            return old
        assert old.id is not None
        change.execute(
            f"UPDATE fund SET revision = ?, {', '.join(f'{name} = ?' for name in _FUND)} WHERE id = ?",
            (old.revision + 1, *_row(new), old.id),
        )
        change.record("correct", "fund", old.id, changes)
        return replace(new, revision=old.revision + 1)


_PAYMENT = "SELECT id, uid, fund, code, amount, paid_on, first_month, last_month, heads, notes FROM payment"


def _insert(change: Change, table: str, values: dict[str, object]) -> int:
    names = ", ".join(values)
    id = change.execute(
        f"INSERT INTO {table} (uid, {names}) VALUES (?, {', '.join('?' * len(values))})",
        (new_uid(), *values.values()),
    )
    change.record(
        "add", table, id, [(name, None, value) for name, value in values.items() if value not in ("", None)]
    )
    return id


def _row(fund: Fund) -> tuple[Any, ...]:
    return (
        fund.scheme, " ".join(fund.name.split()), fund.payer.strip(), fund.year, fund.ceiling, fund.legal_basis,
        fund.notes.strip(), fund.over_reason, fund.closed_on.isoformat() if fund.closed_on else None,
    )  # fmt: skip


@from_rows
def _fund(row: tuple[Any, ...]) -> Fund:
    values: dict[str, Any] = dict(zip(_FUND, row[4:], strict=True))
    values["closed_on"] = date.fromisoformat(values["closed_on"]) if values["closed_on"] else None
    return Fund(id=row[0], uid=uid_text(row[1]), office=row[2], revision=row[3], **values)


@from_rows
def _payment(row: tuple[Any, ...]) -> Payment:
    return Payment(
        id=row[0],
        uid=uid_text(row[1]),
        fund=row[2],
        code=row[3],
        amount=row[4],
        paid_on=date.fromisoformat(row[5]),
        period=Period(Month.from_index(row[6]), Month.from_index(row[7])),
        heads=row[8],
        notes=row[9],
    )


def _paid_twice(code: str, same: tuple[Any, ...]) -> Problem:
    message = N_(
        "The payment code {code} was entered already: {amount} on {day} from {fund}. Compare the proofs; one payment "
        "has one code."
    )
    about = {
        "code": code,
        "amount": Written(same[2], format_rupiah),
        "day": Written(date.fromisoformat(same[1]), date_short),
        "fund": same[0],
    }
    return Problem("code", "paid_twice", message, about)
