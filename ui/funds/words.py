"""Funds, ledgers and what is left as rows of tables; each figure says how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.funds.fund import Fund, Ledger
from models.funds.uses import Commitment, Unpaid
from models.language import translate as _
from models.language import translate_count
from models.values.formats import NOTHING, date_short, number, percent, period_text
from models.values.rupiah import format_rupiah
from ui.funds.reading import Book, FundLine, PaidLine, Remainder
from ui.table import Column, Row


class EntryKind(StrEnum):
    """What of a ledger can be corrected and withdrawn."""

    RECEIPT = "receipt"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class EntryKey:
    """A receipt or a payment in the ledger."""

    kind: EntryKind
    id: int
    words: str


def fund_columns() -> list[Column]:
    """Heads for `fund_row`."""
    return [
        Column(_("Year"), is_number=True),
        Column(_("Fund"), takes_room=True),
        Column(_("Scheme")),
        Column(_("Payer")),
        Column(_("Ceiling"), is_number=True),
        Column(_("Received"), is_number=True),
        Column(_("Tied up"), is_number=True),
        Column(_("Paid"), is_number=True),
        Column(_("Left"), is_number=True),
    ]


def fund_row(line: FundLine) -> Row:
    """A fund; what each figure consists of stands in its tip."""
    fund, ledger = line.fund, line.ledger
    return Row(
        (
            str(fund.year), shown_name(fund), line.scheme.code, fund.payer or NOTHING, *_money(ledger),
        ),
        key=fund.id,
        tips=("", "", line.scheme.name, "", "", received_words(ledger), committed_words(ledger), paid_words(ledger),
              left_words(ledger)),
        is_dim=not fund.is_open,
    )  # fmt: skip


def shown_name(fund: Fund) -> str:
    """Its name, and that it is closed."""
    return fund.name if fund.is_open else _("{name} (closed)").format(name=fund.name)


def fund_sum(lines: Sequence[FundLine]) -> Row:
    """All funds together."""
    total = Ledger(
        sum(line.ledger.ceiling for line in lines), sum(line.ledger.received for line in lines),
        sum(line.ledger.committed for line in lines), sum(line.ledger.paid for line in lines), 0, 0,
    )  # fmt: skip
    words = translate_count("{count} fund", "{count} funds", len(lines)).format(count=number(len(lines)))
    return Row(("", words, "", "", *_money(total)), is_sum=True)


def _money(ledger: Ledger) -> tuple[str, ...]:
    figures = (ledger.ceiling, ledger.received, ledger.committed, ledger.paid, ledger.left)
    return tuple(map(format_rupiah, figures))


def received_words(ledger: Ledger) -> str:
    """How much of what was promised came in."""
    if not ledger.received:
        return _("nothing has come in yet; {amount} are awaited").format(amount=format_rupiah(ledger.ceiling))
    share = percent(Fraction(ledger.received, ledger.ceiling)) if ledger.ceiling else NOTHING
    if ledger.outstanding > 0:
        text = _("{share} of the ceiling; {amount} have not come yet")
    elif ledger.outstanding < 0:
        text = _("{share} of the ceiling; {amount} more than promised")
    else:
        text = _("all that was promised")
    return text.format(share=share, amount=format_rupiah(abs(ledger.outstanding)))


def committed_words(ledger: Ledger) -> str:
    """Heads and months behind the committed sum."""
    if not ledger.heads:
        return _("nobody is enrolled on it yet")
    text = _("{heads} workers, {months} months of all of them together, each month at its own rate")
    return text.format(heads=number(ledger.heads), months=number(ledger.months))


def paid_words(ledger: Ledger) -> str:
    """What of the committed is not paid yet."""
    if not ledger.committed and not ledger.paid:
        return _("nothing is committed, so nothing is to be paid")
    if ledger.due > 0:
        return _("{amount} of the committed are still to be paid").format(amount=format_rupiah(ledger.due))
    if ledger.due < 0:
        return _("{amount} more than committed").format(amount=format_rupiah(-ledger.due))
    return _("all that is committed")


def left_words(ledger: Ledger) -> str:
    """Received minus committed."""
    text = _("{received} received - {committed} committed")
    return text.format(received=format_rupiah(ledger.received), committed=format_rupiah(ledger.committed))


def product_words(one: Commitment) -> str:
    """``7.723 orang x 3 bulan x Rp16.800``."""
    shown = {"heads": number(one.heads), "months": number(one.period.month_count)}
    if one.even_monthly is None:
        return _("{heads} workers x {each} for {months} months").format(**shown, each=format_rupiah(one.each))
    return _("{heads} workers x {months} months x {each}").format(**shown, each=format_rupiah(one.even_monthly))


def ledger_columns() -> list[Column]:
    """Heads for `ledger_rows`."""
    return [
        Column(_("Item")),
        Column(_("Day or months")),
        Column(_("Amount"), is_number=True),
        Column(_("How it came about"), takes_room=True),
    ]


def ledger_rows(book: Book) -> list[Row]:
    """The money from what was promised to what is left; receipts and payments can be corrected and withdrawn."""
    ledger, fund = book.line.ledger, book.line.fund
    by = [_("by {payer}").format(payer=fund.payer)] if fund.payer else []
    by += (
        [_("on {paper}").format(paper=f"{book.basis.number} ({date_short(book.basis.dated_on)})")]
        if book.basis
        else []
    )
    rows = [_sum(_("Ceiling"), str(fund.year), ledger.ceiling, " ".join([_("promised"), *by]))]
    for receipt in book.receipts:
        words = f"{format_rupiah(receipt.amount)}, {date_short(receipt.received_on)}, {receipt.source}"
        assert receipt.id is not None
        key = EntryKey(EntryKind.RECEIPT, receipt.id, words)
        rows.append(_row(_("Received"), date_short(receipt.received_on), receipt.amount, receipt.source, key))
    rows.append(_sum(_("Received in all"), "", ledger.received, received_words(ledger)))
    rows += [_row(_("Tied up"), period_text(one.period), one.rupiah, product_words(one)) for one in book.commitments]
    rows.append(_sum(_("Committed in all"), "", ledger.committed, committed_words(ledger)))
    rows += [_paid_row(one) for one in book.payments]
    rows.append(_sum(_("Paid in all"), "", ledger.paid, paid_words(ledger)))
    rows.append(_sum(_("Left"), "", ledger.left, left_words(ledger)))
    return rows


def _paid_row(one: PaidLine) -> Row:
    payment = one.payment
    text = _("code {code}, {months}, {heads} workers. {balance}")
    if one.due.payments:
        text = _("code {code}, {months}, {heads} workers; {paid} was paid before. {balance}")
    about = text.format(
        code=payment.code,
        months=period_text(payment.period),
        heads=number(payment.heads),
        paid=format_rupiah(one.due.paid),
        balance=one.balance.text,
    )
    assert payment.id is not None
    words = f"{payment.code}, {format_rupiah(payment.amount)}, {date_short(payment.paid_on)}"
    key = EntryKey(EntryKind.PAYMENT, payment.id, words)
    return _row(_("Paid"), date_short(payment.paid_on), payment.amount, about, key)


def _row(item: str, when: str, amount: int, why: str, key: EntryKey | None = None) -> Row:
    return Row((item, when, format_rupiah(amount), why), key, tips=("", "", why))


def _sum(item: str, when: str, amount: int, why: str) -> Row:
    return Row((item, when, format_rupiah(amount), why), is_sum=True, tips=("", "", why))


def standing_words(book: Book, *, on_paper: bool = False) -> tuple[str, str]:
    """How the fund stands in a sentence, what to do (not `on_paper`), and how much that weighs, as the message line
    has it."""
    ledger, fund, unpaid = book.line.ledger, book.line.fund, book.unpaid
    shown = {
        "fund": fund.name,
        "missing": format_rupiah(-ledger.left),
        "left": format_rupiah(ledger.left),
        "reason": fund.over_reason,
    }
    if on_paper:
        return _on_paper(book).format(**shown, what="" if unpaid is None else unpaid_words(unpaid)), ""
    if unpaid is not None and fund.over_reason:
        text = _("{fund}: {missing} more is committed than came in, allowed because: {reason}. Next: enter the money "
                 "when it comes (Ctrl+U).")  # fmt: skip
        return text.format(**shown), "warning"
    if unpaid is not None:
        text = _("{fund}: {missing} more is committed than came in; {what} no longer fit. Enter money that came in "
                 "(Ctrl+U), cancel the last enrolments, or allow it with a reason (Ctrl+I).")  # fmt: skip
        return text.format(**shown, what=unpaid_words(unpaid)), "error"
    if ledger.paid > ledger.received:
        text = _(
            "{fund}: {amount} more was paid than came in. Compare the receipts and the payments with their proofs."
        )
        return text.format(**shown, amount=format_rupiah(ledger.paid - ledger.received)), "warning"
    if not ledger.received:
        return _("{fund}: no money has come in yet, so nobody can be enrolled. Enter it with Ctrl+U.").format(
            **shown
        ), ""
    if not fund.is_open:
        text = _("{fund} is closed: nobody is enrolled on it any more. {left} of it were not used.")
        return text.format(**shown), ""
    return _("{fund}: {left} can still be committed.").format(**shown), ""


def _on_paper(book: Book) -> str:
    if book.unpaid is not None and book.line.fund.over_reason:
        return _("{missing} more is committed than came in, allowed because: {reason}.")
    if book.unpaid is not None:
        return _("{missing} more is committed than came in; {what} no longer fit.")
    return _("{left} of the money received is not committed.")


def unpaid_words(unpaid: Unpaid) -> str:
    """``12 orang (36 bulan)``."""
    words = translate_count("{count} worker ({months} months)", "{count} workers ({months} months)", unpaid.heads)
    return words.format(count=number(unpaid.heads), months=number(unpaid.months))


def unpaid_columns() -> list[Column]:
    """Heads for `unpaid_rows`."""
    return [
        Column(_("Name"), takes_room=True),
        Column(_("Nagari")),
        Column(_("Months")),
        Column(_("Registered on")),
        Column(_("Contribution"), is_number=True),
    ]


def unpaid_rows(unpaid: Unpaid, nagari: Sequence[str]) -> list[Row]:
    """The last registered first, with the names of their nagari; Enter leads to the worker."""
    rows = [
        Row(
            (
                line.name,
                name,
                period_text(line.period),
                date_short(line.registered_on),
                format_rupiah(line.contribution),
            ),
            key=line.worker,
        )
        for line, name in zip(unpaid.lines, nagari, strict=True)
    ]
    rows.append(Row((unpaid_words(unpaid), "", "", "", format_rupiah(unpaid.rupiah)), is_sum=True))
    return rows


def remainder_columns() -> list[Column]:
    """Heads for `remainder_row`."""
    return [
        Column(_("Fund"), takes_room=True),
        Column(_("Scheme")),
        Column(_("Left"), is_number=True),
        Column(_("Not come yet"), is_number=True),
        Column(_("Free places"), is_number=True),
        Column(_("Waiting"), is_number=True),
    ]


def remainder_row(one: Remainder) -> Row:
    """Money and places that nobody uses; Enter chooses the fund."""
    left = outstanding = NOTHING
    name, key, why = _("(without a fund)"), None, ""
    if one.line is not None:
        ledger = one.line.ledger
        left, outstanding = format_rupiah(max(0, ledger.left)), format_rupiah(max(0, ledger.outstanding))
        name, key, why = shown_name(one.line.fund), one.line.fund.id, left_words(ledger)
    free = _("rejected, and nobody has taken the place yet")
    cells = (name, one.scheme.code, left, outstanding, number(one.places), number(one.waiting))
    return Row(cells, key, tips=("", one.scheme.name, why, "", free))


def remainder_sum(found: Sequence[Remainder]) -> Row:
    """All of them together; what is over-committed elsewhere does not lessen it."""
    ledgers = [one.line.ledger for one in found if one.line is not None]
    left = sum(max(0, ledger.left) for ledger in ledgers)
    outstanding = sum(max(0, ledger.outstanding) for ledger in ledgers)
    waiting = sum({one.scheme.id: one.waiting for one in found}.values())
    cells = (_("All"), "", format_rupiah(left), format_rupiah(outstanding), number(sum(one.places for one in found)),
             number(waiting))  # fmt: skip
    return Row(cells, is_sum=True)
