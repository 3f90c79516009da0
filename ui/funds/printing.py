"""Putting the ledger of a fund on paper: a PDF file that says who made it, when, and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from models.language import translate as _
from models.papers.fund_ledger import FundLedger, LedgerRow
from models.problems import Level, Rejected, StorageFailure
from ui.fields.messages import MessageBar
from ui.funds.reading import Book
from ui.funds.words import ledger_rows, standing_words
from ui.session import Session
from ui.table import Row

PAPER = "fund_ledger"
"""Its name in the audit row of the printing."""


def paper_of(session: Session, book: Book) -> FundLedger:
    """The ledger as it stands on the screen, with who prints it and when."""
    from models.papers.letterhead import letterhead_of

    register = session.opened_register
    person, who = register.person, register.user
    if person is not None and person.id is not None:
        who = f"{person.shown_name} ({_(person.role.label)})"
    return FundLedger(
        letterhead=letterhead_of(register.office),
        fund=book.line.fund.name,
        scheme=book.line.scheme.name,
        standing=standing_words(book, on_paper=True)[0],
        rows=tuple(_row(row) for row in ledger_rows(book)),
        printed_by=who,
        printed_at=session.now(),
        is_sample=register.is_sample,
    )


def _row(row: Row) -> LedgerRow:
    item, when, amount, why = row.cells
    return LedgerRow(item, when, amount, why, row.is_sum)


def print_ledger(
    owner: QWidget, ask: Callable[[str], str], session: Session, book: Book, message: MessageBar
) -> None:
    """Asks where to (`ask` gets the usual name), records the printing, and writes the file in the background."""
    name = "-".join(book.line.fund.name.replace("/", " ").split())
    chosen = ask(f"Buku-Dana-{name}.pdf")
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix else path.with_name(path.name + ".pdf")
    paper = paper_of(session, book)
    try:
        session.opened_register.disclosures.print(PAPER, len(paper.rows), way="file")
    except (Rejected, StorageFailure) as refused:
        message.say(refused.text, Level.WARNING)
        return
    session.background.run(
        owner,
        partial(_write, paper, session.opened_register.office.page_size, path),
        done=lambda _none: message.say(_("Saved: {file}").format(file=path), "good"),
        failed=lambda failure: message.say(failure.text, Level.ERROR),
    )


def ask_file(owner: QWidget, name: str) -> str:
    """The usual question for a file to write."""
    return QFileDialog.getSaveFileName(owner, _("Save as PDF"), name, _("PDF files (*.pdf)"))[0]


def _write(paper: FundLedger, size: str, path: Path) -> None:
    """In the background."""
    from models.storage.whole_file import whole_file
    from reports.frame import PageSize
    from reports.fund_ledger import fund_ledger

    with whole_file(path) as stream:
        stream.write(fund_ledger(paper, PageSize(size)))
