"""The recovery sheet on the screen: printed or saved, then typed back from the paper before anything depends on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.recovery import recovery_lines
from models.problems import StorageFailure
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM
from ui.offices.passphrase_lines import RecoveryForm
from ui.page import button, heading
from ui.session import Session

if TYPE_CHECKING:
    from models.papers.recovery_sheet import RecoverySheet
    from models.storage.keys import Key


class SheetMaking(QWidget):
    """Two ways to have the sheet on paper. The code itself is never shown on the screen."""

    made = Signal()
    """It was printed or saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._key: Key | None = None
        self.choose_file: Callable[[str], str] = self._ask_file
        """Asks where to save, with the proposed name; empty when the person gave up."""
        self.print_button = button(_("&Print the sheet …"), self.print_sheet, icon="print", primary=True)
        self.save_button = button(_("&Save it as PDF …"), self.save_sheet, icon="save")
        self.message = MessageBar()
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addLayout(row)
        rows.addWidget(self.message)

    def begin(self, key: Key) -> None:
        """For this key."""
        from ui.papers.printing import printers

        self._key = key
        self.message.say("")
        self.print_button.setVisible(bool(printers()))
        if printers():
            self.print_button.setFocus()
        else:
            self.message.say(_("This computer knows no printer. Save the sheet onto a stick and print it elsewhere."))
            self.save_button.setFocus()

    def print_sheet(self) -> None:
        """Onto paper, without a file in between."""
        from reports.recovery_sheet import TITLE
        from ui.papers.pages import PdfPages
        from ui.papers.printing import Printing, choose_printer

        drawn = self._drawn()
        pages = PdfPages(drawn)
        size = pages.size(0)
        pages.close()
        printer = choose_printer(self, size, _(TITLE))
        if printer is not None:
            printing = Printing(drawn, printer, self)
            printing.ended.connect(self._printed)
            printing.start()

    def save_sheet(self) -> None:
        """As a PDF, to be printed and deleted."""
        from models.storage.whole_file import whole_file

        chosen = self.choose_file(f"Lembar-Pemulihan-{self._sheet().number}.pdf")
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.pdf")
        try:
            with whole_file(path) as stream:
                stream.write(self._drawn())
        except StorageFailure as failure:
            self.message.say(failure.text, "error")
            return
        words = _(
            "Saved as {file}. Whoever finds this PDF opens the register: print it, then delete it and empty the "
            "computer's waste bin."
        )
        self.message.say(words.format(file=path.name), "warning")
        self.made.emit()

    # Details

    def _sheet(self) -> RecoverySheet:
        from models.papers.letterhead import letterhead_of
        from models.papers.recovery_sheet import RecoverySheet

        assert self._key is not None, "there is a key before there is a sheet"
        register = self._session.opened_register
        return RecoverySheet(
            letterhead_of(register.office),
            register.path.name,
            self._key.sheet,
            recovery_lines(self._key.raw),
            self._session.today(),
            "" if register.person is None else register.person.shown_name,
            register.is_sample,
        )

    def _drawn(self) -> bytes:
        from reports.frame import PageSize
        from reports.recovery_sheet import recovery_sheet

        return recovery_sheet(self._sheet(), PageSize(self._session.opened_register.office.page_size))

    def _printed(self, _sent: int, is_whole: bool) -> None:
        if is_whole:
            self.message.say(_("Sent to the printer. Take the sheet out at once."), "good")
            self.made.emit()
        else:
            self.message.say(_("The printer did not take the sheet. Try again, or save it as PDF."), "error")

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), name, _("PDF (*.pdf)"))[0]


class SheetStep(QWidget):
    """Makes the sheet and has its code typed back."""

    proven = Signal()
    """The person has typed the code from the paper, without a slip."""

    def __init__(self, session: Session, *buttons: QPushButton) -> None:
        super().__init__()
        self._key: Key | None = None
        self.making = SheetMaking(session)
        self.making.made.connect(self._go_on)
        self.prove_button = button(_("Go on"), self.prove, primary=True)
        self.lines = RecoveryForm(*buttons, self.prove_button)
        self.lines.reached_end.connect(self.prove)
        test = heading(_("Now type the code from the paper: so you know that it can be read."), "strong")
        test.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self.making)
        rows.addWidget(test)
        rows.addWidget(self.lines, 1)

    def begin(self, key: Key) -> None:
        """For another key than before; nothing is typed yet."""
        self._key = key
        self.lines.clear()
        self.making.begin(key)

    def prove(self) -> None:
        """Compares what was typed with the key; leads to the line with a slip instead."""
        raw = self.lines.key()
        if raw is None or self._key is None:
            return
        if raw != self._key.raw:
            self.lines.go_to("line_1")
            words = _(
                "This code can be read, but it is that of another sheet. Type the one with the number {number}."
            )
            self.lines.say(words.format(number=self._key.sheet), "error")
            return
        self.lines.clear()
        self.proven.emit()

    def _go_on(self) -> None:
        self.lines.go_to("line_1")
