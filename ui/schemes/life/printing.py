"""Putting the annex of a decree on paper: a PDF file with whole NIK, recorded before it leaves the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from models.language import translate as _
from models.language import translate_count
from models.problems import Level, Rejected, StorageFailure
from models.register import Register
from models.values.formats import number
from ui.fields.messages import MessageBar
from ui.session import Session


def ask_file(owner: QWidget, name: str) -> str:
    """The usual question for a file to write."""
    return QFileDialog.getSaveFileName(owner, _("Save as PDF"), name, _("PDF files (*.pdf)"))[0]


def print_annex(
    owner: QWidget, ask: Callable[[str], str], session: Session, decree: int, message: MessageBar
) -> None:
    """Asks where to (`ask` gets the usual name), then gathers, records and writes it in the background."""
    register = session.opened_register
    try:
        register.annexes.annex(decree)  # whether there is one, before a file is asked for
        short = register.legal_bases.get(decree).short
    except (Rejected, StorageFailure) as refused:
        message.say(refused.text, Level.WARNING)
        return
    safe = "".join(letter if letter.isalnum() else "-" for letter in short)
    chosen = ask(f"Lampiran-SK-{safe}.pdf")
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix else path.with_name(path.name + ".pdf")

    def done(rows: int) -> None:
        words = translate_count("Saved with {count} name: {file}", "Saved with {count} names: {file}", rows)
        message.say(words.format(count=number(rows), file=path), "good")

    message.say(_("Printing the annex …"))
    session.background.run(
        owner,
        partial(_write, register, decree, path),
        done=done,
        failed=lambda failure: message.say(failure.text, Level.ERROR),
    )


def _write(register: Register, decree: int, path: Path) -> int:
    """In the background; the file is whole before the printing is recorded, and not there where that fails."""
    from models.storage.whole_file import whole_file
    from reports.decree_annex import decree_annex
    from reports.frame import PageSize

    with register.twin() as twin:
        annex = twin.annexes.annex(decree)
        content = decree_annex(annex, PageSize(twin.office.page_size))
        twin.annexes.record_printing(annex, way="file")
        with whole_file(path) as stream:
            stream.write(content)
        return annex.row_count
