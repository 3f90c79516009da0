"""Copies from before the passphrase that anybody can read: a list, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QProgressBar, QPushButton, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.problems import Level, Rejected, StorageFailure
from models.storage.backup import backup_folder, make_backup
from models.storage.plain_copies import erase_copy, open_copies, protect_copy
from models.values.formats import number
from ui.background import Job
from ui.exchange.stages import MISTAKE, LastWord
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, PAGE
from ui.offices.passphrase_words import row_of, step_of, words_of
from ui.page import button
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key

WIDTH, HEIGHT = 600, 380


def copies_of(session: Session) -> tuple[Path, ...]:
    """Those in the folders that this computer knows of; copies that lie elsewhere nobody can list."""
    path, second = session.opened_register.path, session.preferences.second_folder
    folders = [session.backup_folder(), backup_folder(path), *([second] if second is not None else [])]
    return open_copies(path, folders)


class CopiesDialog(QDialog):
    """Nothing is thrown away before the register has a protected backup."""

    def __init__(self, session: Session, copies: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._copies = session, tuple(copies)
        self._job: Job | None = None
        self.setWindowTitle(_("Backups without a passphrase"))
        self.setModal(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups that anybody can read"))
        self.list.addItems([f"{copy.name}  ·  {copy.parent}" for copy in self._copies])
        self.list.setCurrentRow(0)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.message = MessageBar()
        self.protect_button = button(_("&Protect them too"), self.protect, icon="lock", primary=True)
        self.erase_button = button(_("&Remove them"), self.erase, icon="close")
        self.leave_button = button(_("&Later (Esc)"), self.reject, icon="back")
        count = translate_count(
            "{count} backup from before the passphrase can be read by anybody who finds it.",
            "{count} backups from before the passphrase can be read by anybody who finds them.",
            len(self._copies),
        ).format(count=number(len(self._copies)))
        advice = _(
            "Protecting writes each of them anew with the passphrase of now and overwrites the old one. Removing first "
            "makes a protected backup, then overwrites them all. Copies on sticks that are not plugged in, or sent to "
            "somebody, stay as they are: look for them yourself."
        )
        step = step_of(
            _("Backups without a passphrase"), words_of(count), words_of(advice, muted=True), self.list, self.bar,
            self.message, row_of(self.leave_button, self.erase_button, self.protect_button),
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.addWidget(step)
        self.resize(WIDTH, HEIGHT)
        LastWord(session.background, lambda: self._job is not None, self).lost.connect(
            lambda: self._end(_(MISTAKE), Level.ERROR)
        )
        self.protect_button.setFocus()

    # What can be done

    def protect(self) -> None:
        """Each of them with the passphrase of the register."""
        self._begin(_protect, _("All of them are protected now."))

    def erase(self) -> None:
        """All of them, after a protected backup was made."""
        work = partial(_erase, self._session.opened_register.path, self._session.backup_folder())
        self._begin(work, _("A protected backup was made, and the others were overwritten and removed."))

    def reject(self) -> None:
        """Esc: stops after the one at hand, or leaves."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)

    # Details

    def _begin(self, work: Callable[..., object], words: str) -> None:
        key = self._session.opened_register.key
        if self._job is not None or key is None:
            return
        self.message.say("")
        self.bar.setRange(0, len(self._copies))
        self.bar.show()
        for act in (self.protect_button, self.erase_button):
            act.setEnabled(False)
        self._job = self._session.background.run(
            self,
            partial(work, self._copies, key, self._session.now()),
            done=lambda _none: self._end(words, "good"),
            failed=self._failed,
            progress=lambda done, _of: self.bar.setValue(done),
            cancelled=lambda: self._end(_("Stopped. Those that were not reached are as they were."), Level.WARNING),
        )

    def _failed(self, trouble: StorageFailure | Rejected) -> None:
        self._end(trouble.text, Level.ERROR)

    def _end(self, words: str, level: Level | str) -> None:
        self._job = None
        self.bar.hide()
        left = copies_of(self._session)
        self._copies = left
        self.list.clear()
        self.list.addItems([f"{copy.name}  ·  {copy.parent}" for copy in left])
        for act in (self.protect_button, self.erase_button):
            act.setEnabled(bool(left))
        if not left:
            self.leave_button.setText(_("&Close (Esc)"))
        self.message.say(words, level)
        self.leave_button.setFocus()
        self._session.tell("backup")


def _protect(copies: Sequence[Path], key: Key, now: datetime, *, progress: Callable[[int, int], None]) -> None:
    for done, copy in enumerate(copies):
        progress(done, len(copies))
        protect_copy(copy, key, now)


def _erase(
    file: Path, folder: Path, copies: Sequence[Path], key: Key, now: datetime, *, progress: Callable[[int, int], None]
) -> None:
    progress(0, len(copies))
    make_backup(file, folder, now, key=key)
    for done, copy in enumerate(copies):
        progress(done, len(copies))
        erase_copy(copy)
