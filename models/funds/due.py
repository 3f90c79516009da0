"""What is due for some months of a fund, what was paid for them, and what then remains, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.funds.fund import Payment
from models.language import translate as _
from models.language import translate_count
from models.values.formats import number, period_text
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah


@dataclass(frozen=True, slots=True)
class Due:
    """The enrolments of some months, and the other payments for these months."""

    period: Period
    heads: int
    rupiah: int
    """What the enrolments cost in these months, each at its own price."""
    paid: int = 0
    """Whole rupiah of the other payments that fall on these months."""
    payments: int = 0
    """How many other payments there are."""
    paid_heads: int | None = 0
    """Workers whom they paid for; None where one of them is for other months too."""

    def after(self, heads: int, amount: int) -> Balance:
        """How it stands once so much was paid for so many, too."""
        short = None if self.paid_heads is None else self.paid_heads + heads - self.heads
        if self.payments and short is not None and short > 0:
            short = None  # a second payment for the same workers is no slip
        return Balance(short, self.paid + amount - self.rupiah)

    @property
    def text(self) -> str:
        """What is due, and what was paid of it, in two sentences."""
        words = translate_count(
            "Due for {months}: {amount} for {count} worker.",
            "Due for {months}: {amount} for {count} workers.",
            self.heads,
        )
        due = words.format(
            months=period_text(self.period), amount=format_rupiah(self.rupiah), count=number(self.heads)
        )
        return f"{due} {self._paid_text()}"

    def _paid_text(self) -> str:
        if not self.payments:
            return _("Nothing was paid for it yet.")
        shown = {"amount": format_rupiah(self.paid), "count": number(self.payments)}
        if self.paid_heads is None:
            words = translate_count(
                "Already paid: {amount} by {count} other payment, which is for other months too and counts with its "
                "share.",
                "Already paid: {amount} by {count} other payments; what is for other months too counts with its share.",
                self.payments,
            )
            return words.format(**shown)
        words = translate_count(
            "Already paid: {amount} by {count} other payment, for {heads} workers.",
            "Already paid: {amount} by {count} other payments, for {heads} workers.",
            self.payments,
        )
        return words.format(**shown, heads=number(self.paid_heads))


@dataclass(frozen=True, slots=True)
class Balance:
    """What was paid for some months minus what is due for them; below zero: it remains to be paid."""

    heads: int | None
    """Workers more (or fewer) than are registered; None where that cannot be said."""
    rupiah: int

    @property
    def is_even(self) -> bool:
        return not self.heads and not self.rupiah

    @property
    def text(self) -> str:
        """For instance ``Masih harus dibayar Rp201.600 untuk 12 orang.``"""
        amount, people = format_rupiah(abs(self.rupiah)), _people(abs(self.heads or 0))
        fewer, more = (self.heads or 0) < 0, (self.heads or 0) > 0
        if self.rupiah < 0:
            if fewer:
                return _("{amount} remain to be paid, for {people}.").format(amount=amount, people=people)
            if more:
                text = _("{amount} remain to be paid, although it is for {people} more than are registered.")
                return text.format(amount=amount, people=people)
            return _("{amount} remain to be paid.").format(amount=amount)
        if self.rupiah > 0:
            if fewer:
                text = _("{amount} more than is due, although it is for {people} fewer than are registered.")
                return text.format(amount=amount, people=people)
            if more:
                text = _("{amount} more than is due, for {people} more than are registered.")
                return text.format(amount=amount, people=people)
            return _("{amount} more than is due.").format(amount=amount)
        if fewer:
            return _("Exactly what is due, but for {people} fewer than are registered.").format(people=people)
        if more:
            return _("Exactly what is due, but for {people} more than are registered.").format(people=people)
        return _("Exactly what is due; nothing remains to be paid.")


def paid_for(period: Period, payments: Iterable[Payment], dues: Mapping[Month, int]) -> tuple[int, int, int | None]:
    """Whole rupiah of the payments that fall on the months, how many payments touch them, and their workers (None
    where one of them is for other months too).

    A payment for more months than these counts with the part that is due in them: `dues` is what is due by month.
    """
    touching = [payment for payment in payments if payment.period.overlaps(period)]
    rupiah = sum(_share(payment, period, dues) for payment in touching)
    is_same = all(payment.period == period for payment in touching)
    return rupiah, len(touching), sum(payment.heads for payment in touching) if is_same else None


def _share(payment: Payment, period: Period, dues: Mapping[Month, int]) -> int:
    whole = sum(dues.get(month, 0) for month in payment.period)
    part = sum(dues.get(month, 0) for month in payment.period if month in period)
    if not whole:  # nobody is registered for its months: each counts alike
        whole = payment.period.month_count
        part = sum(month in period for month in payment.period)
    return (2 * payment.amount * part + whole) // (2 * whole)


def _people(count: int) -> str:
    return translate_count("{count} worker", "{count} workers", count).format(count=number(count))
