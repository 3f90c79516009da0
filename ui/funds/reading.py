"""What the funds' screens show, read from the register in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.funds.due import Balance, Due
from models.funds.fund import Fund, Ledger, Payment, Receipt
from models.funds.uses import Commitment, Unpaid
from models.legal.legal_basis import LegalBasis
from models.schemes.scheme import Scheme
from models.values.months import Period

if TYPE_CHECKING:
    from models.register import Register


@dataclass(frozen=True, slots=True)
class FundLine:
    """A fund with its scheme and where its money stands."""

    fund: Fund
    scheme: Scheme
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A payment with what was due for its months, and paid of that, before it."""

    payment: Payment
    due: Due

    @property
    def balance(self) -> Balance:
        """How its months stood once it was paid."""
        return self.due.after(self.payment.heads, self.payment.amount)


@dataclass(frozen=True, slots=True)
class Book:
    """Everything about one fund."""

    line: FundLine
    basis: LegalBasis | None
    receipts: tuple[Receipt, ...]
    commitments: tuple[Commitment, ...]
    payments: tuple[PaidLine, ...]
    unpaid: Unpaid | None


@dataclass(frozen=True, slots=True)
class Remainder:
    """Money and places of a fund that are not used; `line` is None for places without a fund."""

    line: FundLine | None
    scheme: Scheme
    places: int
    waiting: int
    """Workers on the scheme's waiting list."""


def read_funds(register: Register, *, progress: Callable[[int, int], None]) -> tuple[FundLine, ...]:
    """Every fund with its ledger, one after another."""
    with register.twin(read_only=True) as twin:
        funds = twin.funds.all()
        lines = []
        for at, fund in enumerate(funds):
            progress(at, len(funds))
            assert fund.id is not None
            lines.append(FundLine(fund, twin.schemes.get(fund.scheme), twin.funds.ledger(fund.id)))
        return tuple(lines)


def read_book(register: Register, id: int, *, progress: Callable[[int, int], None]) -> Book:
    """The ledger of one fund with all that it consists of."""
    with register.twin(read_only=True) as twin:
        fund = twin.funds.get(id)
        payments = twin.funds.payments(id)
        parts = 3 + len(payments)
        progress(0, parts)
        line = FundLine(fund, twin.schemes.get(fund.scheme), twin.funds.ledger(id))
        progress(1, parts)
        commitments = twin.funds.uses.commitments(id)
        progress(2, parts)
        unpaid = twin.funds.uses.unpaid(id)
        paid = []
        for at, payment in enumerate(payments):
            progress(3 + at, parts)
            paid.append(PaidLine(payment, twin.funds.due(id, payment.period, payments[:at])))
        basis = None if fund.legal_basis is None else twin.legal_bases.get(fund.legal_basis)
        return Book(line, basis, twin.funds.receipts(id), commitments, tuple(paid), unpaid)


def read_remainders(register: Register, *, progress: Callable[[int, int], None]) -> tuple[Remainder, ...]:
    """Funds with money or places that nobody uses, then places that were free without a fund."""
    with register.twin(read_only=True) as twin:
        places = {(one.scheme, one.fund): one.number for one in twin.funds.uses.free_places()}
        schemes = {scheme.id or 0: scheme for scheme in twin.schemes.all()}
        waiting = {id: len(twin.waiting.of_scheme(id)) for id in schemes}
        funds = twin.funds.all()
        found = []
        for at, fund in enumerate(funds):
            progress(at, len(funds))
            assert fund.id is not None
            line = FundLine(fund, schemes[fund.scheme], twin.funds.ledger(fund.id))
            free = places.get((fund.scheme, fund.id), 0)
            if free or line.ledger.left > 0 or (fund.is_open and line.ledger.outstanding > 0):
                found.append(Remainder(line, line.scheme, free, waiting[fund.scheme]))
        found += [
            Remainder(None, schemes[scheme], number, waiting[scheme])
            for (scheme, fund_id), number in places.items()
            if fund_id is None
        ]
        return tuple(found)


def read_due(register: Register, fund: int, period: Period, but: int | None) -> Due:
    """What is due and paid on a fund for some months; `but` is the payment that is being corrected."""
    with register.twin(read_only=True) as twin:
        return twin.funds.due(fund, period, (one for one in twin.funds.payments(fund) if one.id != but))


def read_left(register: Register, fund: int) -> int:
    """Whole rupiah that can still be committed."""
    with register.twin(read_only=True) as twin:
        return twin.funds.uses.left(fund)
