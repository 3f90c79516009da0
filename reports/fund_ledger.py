"""The ledger of a fund (Buku Dana): promised, received, committed, paid, left, and how each sum came about."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from models.language import N_
from models.language import translate as _
from models.papers.fund_ledger import FundLedger, LedgerRow
from models.values import formats
from reports.frame import PageFrame, PageSize
from reports.story import Cover, story_paper
from reports.styles import BODY, SUBTITLE, TITLE, paragraph, table

NAME = N_("Ledger of a fund")
_PARTS = (0.2, 0.2, 0.44, 0.16)
_ROWS_OF_A_TABLE = 30
"""A long table takes the longer the longer it is, so it is cut into short ones."""


def fund_ledger(ledger: FundLedger, page: PageSize = PageSize.A4) -> bytes:
    """The ledger as a PDF file; the foot of each page says who printed it, when, and how many rows it has."""
    frame = PageFrame(page, left=18 * mm, right=18 * mm, bottom=16 * mm)
    foot = _("Printed by {who} on {day} at {time}; {rows} rows.")
    cover = Cover(
        title=f"{_(NAME)} {ledger.fund}",
        letterhead=ledger.letterhead,
        source=foot.format(
            who=ledger.printed_by,
            day=formats.date_long(ledger.printed_at.date()),
            time=f"{ledger.printed_at:%H.%M}",
            rows=formats.number(len(ledger.rows)),
        ),
        dated_on=ledger.printed_at.date(),
        is_sample=ledger.is_sample,
    )
    story: list[Flowable] = [
        paragraph(_(NAME).upper(), TITLE),
        paragraph(f"{ledger.fund} · {ledger.scheme}", SUBTITLE),
        paragraph(ledger.standing, BODY),
    ]
    for first in range(0, len(ledger.rows), _ROWS_OF_A_TABLE):
        story += [Spacer(1, 5), _table(ledger.rows[first : first + _ROWS_OF_A_TABLE], frame.room)]
    return story_paper(cover, story, frame)


def _table(rows: tuple[LedgerRow, ...], room: float) -> Flowable:
    head = (_("Item"), _("Day or months"), _("How it came about"), _("Amount"))
    cells = [(row.item, row.when, row.why, row.amount) for row in rows]
    sums = [at for at, row in enumerate(rows) if row.is_sum]
    return table(head, cells, [room * part for part in _PARTS], words=3, sums=sums)
