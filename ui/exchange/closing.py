"""The backup when the window closes: made by itself where something was saved; only a failure asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.storage.backing_up import BackedUp
from models.storage.manifest import Why
from ui.background import Job
from ui.exchange.stages import MISTAKE, LastWord, StageLine, back_up, grow, places_of
from ui.exchange.words import age_words, second_words
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.register_backups import LastBackup

LONG = timedelta(days=7)
"""So long without a verified backup, and closing without one is asked about once more."""


class Answer(IntEnum):
    """How the person left the question."""

    STAY = 0
    CLOSE = 1


def offer_backup(window: QWidget, session: Session) -> bool:
    """Makes a backup where something was saved since the last one; False keeps the window open."""
    register = session.register
    if register is None or not needs_backup(register, session.last_backup()):
        return True
    dialog = ClosingDialog(session, window)
    answer = dialog.exec()
    dialog.deleteLater()
    return answer == Answer.CLOSE


def needs_backup(register: Register, last: LastBackup | None) -> bool:
    """Whether something was saved that no backup holds; invented people need none."""
    if register.is_sample or register.is_read_only:
        return False
    try:
        return register.backups.is_behind(last)
    except StorageFailure:  # whoever cannot read the file is told by the backup itself, and closes without
        return True


class ClosingDialog(QDialog):
    """Begins by itself and closes by itself; never stands in the way: Esc closes without a backup."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._has_begun = False
        self._is_made = False
        self.choose_folder: Callable[[Path], str] = self._ask_folder
        """Asks for a folder, with the present one; empty when the person gave up."""
        self._build()
        self._say_where()
        last_word = LastWord(session.background, lambda: self._job is not None, self)
        last_word.lost.connect(lambda: self._end(_(MISTAKE), Level.ERROR))

    def back_up(self) -> None:
        """Makes the backup; the program closes when it is proven."""
        if self._job is not None or self._is_made:
            return
        self._has_begun = True
        self.message.say("")
        self._show_running(True)
        self.stages.begin(_("Copying …"))
        register = self._session.opened_register
        self._job = self._session.background.run(
            self,
            partial(
                back_up,
                register.path,
                places_of(self._session),
                self._session.now(),
                key=register.key,
                why=Why.CLOSING,
            ),
            done=self._made,
            failed=self._failed,
            progress=self.stages.step,
            cancelled=self._stopped,
        )

    def close_without(self) -> None:
        """Esc: the program closes without a backup; one that runs is stopped first."""
        if self._job is not None:
            self._job.cancel()
        else:
            self.done(Answer.CLOSE)

    def stay(self) -> None:
        """Goes on working."""
        if self._job is None:
            self.done(Answer.STAY)

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_begun:
            QTimer.singleShot(0, self, self.back_up)

    def reject(self) -> None:
        self.close_without()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.stay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.stay_button.hasFocus():
            self.stay()
        elif self.without_button.hasFocus() or self._is_made:
            self.close_without()
        elif self.folder_button.hasFocus():
            self._choose_folder()
        else:
            self.back_up()

    # Building

    def _build(self) -> None:
        self.setWindowTitle(_("Backup before closing"))
        self.setModal(True)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._where = heading("", "muted")
        self._where.setWordWrap(True)
        self.stages = StageLine()
        self.message = MessageBar()
        self.message.hide()
        self.make_button = button(_("&Back up and close (Enter)"), self.back_up, icon="backup", primary=True)
        self.folder_button = button(_("Another &folder …"), self._choose_folder, icon="open")
        self.without_button = button(_("Close &without (Esc)"), self.close_without)
        self.stay_button = button(_("&Cancel: go on working"), self.stay, icon="back")
        ways = QHBoxLayout()
        ways.setSpacing(MEDIUM)
        ways.addWidget(self.make_button, 1)
        ways.addWidget(self.without_button, 1)
        others = QHBoxLayout()
        others.setSpacing(MEDIUM)
        others.addWidget(self.folder_button)
        others.addStretch()
        others.addWidget(self.stay_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(heading(_("Backup before closing")))
        column.addWidget(self._words)
        column.addWidget(self._where)
        column.addWidget(self.stages)
        column.addWidget(self.message)
        column.addLayout(ways)
        column.addLayout(others)
        self.make_button.setFocus()

    def _say_where(self) -> None:
        last = self._session.last_backup_at()
        if last is None:
            words = _("Nothing in this register has been backed up yet.")
        else:
            words = _("Something was saved since the last backup, {age} ago.").format(
                age=age_words(last, self._session.now())
            )
        self._words.setText(words)
        self._where.setText(_("Folder: {folder}").format(folder=self._session.backup_folder()))

    # What happens

    def _show_running(self, running: bool) -> None:
        for act in (self.make_button, self.folder_button, self.stay_button):
            act.setEnabled(not running)
        self.without_button.setText(_("&Stop and close without (Esc)") if running else _("Close &without (Esc)"))
        self.message.setVisible(bool(self.message.text))
        grow(self)

    def _made(self, made: BackedUp) -> None:
        was_stopped = self._job is not None and self._job.is_cancelled
        self._job = None
        self._is_made = True
        self._session.keep_backup(made.manifest)
        words = second_words(made)
        if not words or was_stopped:
            self.done(Answer.CLOSE)
            return
        self.stages.end()  # whoever waits with a hand on the stick must be told
        self._words.setText(_("The backup is made and was read back."))
        self.message.say(words, Level.WARNING if made.trouble is not None else "good")
        self._show_running(False)
        for act in (self.make_button, self.folder_button, self.stay_button):
            act.hide()
        self.without_button.setText(_("&Close (Enter)"))
        self.without_button.setFocus()

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        self._end(failure.text, Level.ERROR)

    def _stopped(self) -> None:
        """Esc while it ran: without one, unless there has been none for too long; then Esc once more."""
        last, now = self._session.last_backup_at(), self._session.now()
        if last is not None and now - last < LONG:
            self._job = None
            self.done(Answer.CLOSE)
            return
        if last is None:
            words = _("Stopped. There is no backup of this register at all. Enter makes one, Esc closes without.")
        else:
            words = _("Stopped. The last backup is {age} old. Enter makes a new one, Esc closes without.").format(
                age=age_words(last, now)
            )
        self._end(words, Level.WARNING)

    def _end(self, words: str, level: Level) -> None:
        self._job = None
        self.stages.end()
        self.message.say(words, level)
        self._show_running(False)
        self.make_button.setText(_("&Try again (Enter)"))
        self.make_button.setFocus()

    def _choose_folder(self) -> None:
        chosen = self.choose_folder(self._session.backup_folder())
        if chosen:
            self._session.use_backup_folder(chosen)
            self._say_where()
        self.make_button.setFocus()

    def _ask_folder(self, now: Path) -> str:
        return QFileDialog.getExistingDirectory(self, _("Folder for backups"), str(now))
