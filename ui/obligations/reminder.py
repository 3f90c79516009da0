"""A letter of reminder on the screen: to whom, about what, how much is missing, who is there; and on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from models.language import translate as _
from models.papers.obligation_reminder import (
    ObligationReminder,
    addressee,
    as_text,
    facts,
    opening,
    people_words,
    request,
    subject,
)
from models.problems import Level, Rejected, StorageFailure
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register


class ReminderView(QWidget):
    """Ctrl+P saves it as a PDF file, Ctrl+C copies it, Esc leads back."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._letter: ObligationReminder | None = None
        self.choose_file: Callable[[str], str] = partial(_ask_file, self)
        self.title = heading("", "section")
        self.text = _Reading()
        self.text.setAccessibleName(_("Letter of reminder"))
        self.text.copy_wanted.connect(self.copy)
        self.message = MessageBar()
        self.print_button = button(_("Save as PDF (Ctrl+P)"), self.print, icon="print", primary=True)
        acts = QHBoxLayout()
        acts.setSpacing(SMALL)
        acts.addWidget(self.print_button)
        acts.addWidget(button(_("Copy (Ctrl+C)"), self.copy, icon="copy"))
        acts.addWidget(button(_("Back (Esc)"), self.left.emit, icon="back"))
        acts.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, MEDIUM)
        rows.setSpacing(SMALL)
        rows.addWidget(self.title)
        rows.addLayout(acts)
        rows.addWidget(self.message)
        rows.addWidget(self.text, 1)

    def show_letter(self, letter: ObligationReminder) -> None:
        """Shows what it says; the focus goes into it."""
        self._letter = letter
        self.title.setText(_("Letter of reminder to: {whom}").format(whom=addressee(letter)))
        self.text.setHtml(_html(letter))
        self.message.say("")
        self.text.setFocus()

    def copy(self) -> None:
        """The words for a letter of one's own; of a selection that alone."""
        if self._letter is None:
            return
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or as_text(self._letter))
        self.message.say(_("Copied."), "good")

    def print(self) -> None:
        """Asks where to, then draws, records and writes it in the background."""
        letter = self._letter
        if letter is None:
            return
        name = "-".join("".join(one if one.isalnum() else " " for one in letter.unit).split())
        chosen = self.choose_file(f"Surat-Pengingat-{name}.pdf")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_name(path.name + ".pdf")
        self.message.say(_("Printing the letter …"))
        self._session.background.run(
            self,
            partial(_write, self._session.opened_register, letter, path),
            done=lambda _none: self.message.say(_("Saved: {file}").format(file=path), "good"),
            failed=self._refused,
        )

    def _refused(self, trouble: Rejected | StorageFailure) -> None:
        self.message.say(trouble.text, Level.ERROR)


class _Reading(QTextBrowser):
    """The arrows scroll; Tab leaves; Ctrl+C copies all of it where nothing is selected."""

    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


def _html(letter: ObligationReminder) -> str:
    """The letter's parts one below the other, without its letterhead and its signature."""
    figures = "".join(f"<tr><td>{escape(word)}</td><td>&nbsp;:&nbsp;</td><td><b>{escape(value)}</b></td></tr>"
                      for word, value in facts(letter))  # fmt: skip
    parts = [
        f"<p>{escape(_('Number'))}: {escape(letter.number)}<br>{escape(_('Subject'))}: {escape(subject(letter))}</p>",
        f"<p>{escape(_('To'))}<br><b>{escape(addressee(letter))}</b></p>",
        f"<p>{escape(opening(letter))}</p><table cellpadding='2'>{figures}</table>",
        f"<p>{escape(request(letter))}</p>",
    ]
    if letter.people:
        rows = "".join(_line(one.name, one.nik, one.nagari, one.payer) for one in letter.people)
        parts.append(
            f"<p>{escape(people_words(letter, len(letter.people)))}</p><table cellpadding='2'>{rows}</table>"
        )
    return "".join(parts)


def _line(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}&nbsp;&nbsp;</td>' for cell in cells)}</tr>"


def _ask_file(owner: QWidget, name: str) -> str:
    return QFileDialog.getSaveFileName(owner, _("Save as PDF"), name, _("PDF files (*.pdf)"))[0]


def _write(register: Register, letter: ObligationReminder, path: Path) -> None:
    """In the background; the printing is recorded before the file has its name."""
    from models.storage.whole_file import whole_file
    from reports.frame import PageSize
    from reports.obligation_reminder import names_shown, obligation_reminder

    with register.twin() as twin:
        page = PageSize(twin.office.page_size)
        content = obligation_reminder(letter, page)
        twin.papers.reminders.record_printing(names_shown(letter, page), way="file")
        with whole_file(path) as stream:
            stream.write(content)
