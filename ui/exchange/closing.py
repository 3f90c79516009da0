"""The offer of a backup when the window closes: one key makes it, one key does without."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.storage.backup import BackupReport
from ui.background import Job
from ui.exchange.stages import MISTAKE, LastWord, StageLine, back_up, grow
from ui.exchange.words import age_words
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading
from ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from models.register import Register


class Answer(IntEnum):
    """How the person left the question."""

    STAY = 0
    CLOSE = 1


def offer_backup(window: QWidget, session: Session) -> bool:
    """Asks for a backup where something was saved since the last one; False keeps the window open."""
    register = session.register
    if register is None or not needs_backup(register, session.last_backup_at()):
        return True
    dialog = ClosingDialog(session, window)
    answer = dialog.exec()
    dialog.deleteLater()
    return answer == Answer.CLOSE


def needs_backup(register: Register, last_backup_at: datetime | None) -> bool:
    """Whether something was saved that no backup holds; invented people need none."""
    return not register.is_sample and not register.is_read_only and was_saved_since(register, last_backup_at)


def was_saved_since(register: Register, moment: datetime | None) -> bool:
    """Whether anything was saved after a moment; None: ever."""
    changed_at = register.audit.last_change_at()
    return changed_at is not None and (moment is None or changed_at > moment)


class ClosingDialog(QDialog):
    """Never stands in the way: after a failure it can be left with and without another try."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.choose_folder: Callable[[Path], str] = self._ask_folder
        """Asks for a folder, with the present one; empty when the person gave up."""
        self._build()
        self._say_where()
        last_word = LastWord(session.background, lambda: self._job is not None, self)
        last_word.lost.connect(lambda: self._end(_(MISTAKE), Level.ERROR))

    def back_up(self) -> None:
        """Makes the backup; the program closes when it is proven."""
        if self._job is not None:
            return
        self.message.say("")
        self._show_running(True)
        self.stages.begin(_("Copying …"))
        self._job = self._session.background.run(
            self,
            partial(back_up, self._session.opened_register.path, self._session.backup_folder(), self._session.now()),
            done=self._made,
            failed=self._failed,
            progress=self.stages.step,
            cancelled=self._stopped,
        )

    def close_without(self) -> None:
        """Esc: while the backup runs it stops that, otherwise the program closes without one."""
        if self._job is not None:
            self._job.cancel()
        else:
            self.done(Answer.CLOSE)

    def stay(self) -> None:
        """Goes on working."""
        if self._job is None:
            self.done(Answer.STAY)

    # What Qt calls

    def reject(self) -> None:
        self.close_without()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.stay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.stay_button.hasFocus():
            if self.without_button.hasFocus():
                self.close_without()
            elif self.folder_button.hasFocus():
                self._choose_folder()
            else:
                self.back_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stay()
        else:
            super().keyPressEvent(event)

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
        column.addWidget(heading(_("Back up before closing?")))
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
        self.without_button.setText(_("&Stop (Esc)") if running else _("Close &without (Esc)"))
        self.message.setVisible(bool(self.message.text))
        grow(self)

    def _made(self, report: BackupReport) -> None:
        self._job = None
        self._session.keep_backup(report.manifest)
        self.done(Answer.CLOSE)

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        self._end(failure.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end(_("Stopped. No backup was made."), Level.WARNING)

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
