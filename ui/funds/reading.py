"""What the funds' screens show, read from the register in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.funds.due import Difference
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
    """A payment with what is registered for its months."""

    payment: Payment
    heads: int
    rupiah: int

    @property
    def difference(self) -> Difference:
        return Difference(self.payment.heads - self.heads, self.payment.amount - self.rupiah)


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


@dataclass(frozen=True, slots=True)
class Due:
    """What is registered for some months of a fund, and what was paid for them before."""

    fund: int
    period: Period
    heads: int
    rupiah: int
    paid_before: int
    """Whole rupiah of other payments that touch these months."""


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
            paid.append(PaidLine(payment, *twin.funds.due_in(id, payment.period)))
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
    """What is registered on a fund for some months; `but` is the payment that is being corrected."""
    with register.twin(read_only=True) as twin:
        before = sum(one.amount for one in twin.funds.payments(fund) if one.id != but and one.period.overlaps(period))
        return Due(fund, period, *twin.funds.due_in(fund, period), before)


def read_left(register: Register, fund: int) -> int:
    """Whole rupiah that can still be committed."""
    with register.twin(read_only=True) as twin:
        return twin.funds.uses.left(fund)
