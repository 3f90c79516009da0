"""The way back from a backup: look at it, confirm, and the register is what it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.problems import Level, Rejected, StorageFailure
from models.storage.restore import RestoreReport
from models.values.formats import NOTHING, number
from ui.exchange.comparing import Comparison, compare
from ui.exchange.stages import MISTAKE, LastWord, StageLine, grow, put_back
from ui.exchange.words import contents_words, moment_words
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading
from ui.session import Session
from ui.table import Column, FigureTable, Row

WIDTH = 560


class RestoreDialog(QDialog):
    """Its question is the only confirmation of the program: what is open now is replaced.

    It belongs to the window, not to a page: with the register, the pages go.
    """

    restored = Signal(object)
    """A `RestoreReport`; the register is open again."""

    def __init__(self, session: Session, backup: Path, parent: QWidget, *, path: Path, user: str) -> None:
        """`path` is the register to be replaced, open or not; `user` opens it afterwards."""
        super().__init__(parent)
        self._session, self._backup = session, backup
        self._path, self._user = path, user
        register = session.register
        self._was_open = register is not None
        self._is_reading, self._is_running = True, False
        self._build()
        LastWord(session.background, lambda: self._is_reading or self._is_running, self).lost.connect(self._rescue)
        session.background.run(self, partial(compare, register, backup), done=self._show, failed=self._refuse)

    # Building

    def _build(self) -> None:
        self.setWindowTitle(_("Restore a backup"))
        self.setModal(True)
        name = heading(self._backup.name, "strong")
        name.setWordWrap(True)
        self.table = FigureTable(
            _("The backup against the open register"),
            [Column(""), Column(_("Backup")), Column(_("Open now"), takes_room=True)],
        )
        self.table.setMinimumSize(WIDTH, 9 * self.fontMetrics().height())
        self.message = MessageBar()
        self.stages = StageLine()
        self.confirm = button(_("&Restore: replace the open register"), self._restore, icon="restore")
        self.confirm.hide()
        self.again = button(_("&Open the register again"), self._reopen, icon="open")
        self.again.hide()
        self.leave = button(_("&Cancel (Esc)"), self.reject, icon="close")
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch()
        row.addWidget(self.again)
        row.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(_("Restore a backup")))
        column.addWidget(name)
        column.addWidget(self.table, 1)
        column.addWidget(self.stages)
        column.addWidget(self.message)
        column.addStretch()
        column.addLayout(row)
        self.stages.begin(_("Reading the backup and its checksum …"))
        self.leave.setFocus()

    # What happens

    def reject(self) -> None:
        """Not while a file is being replaced: that ends by itself, well or with the old one."""
        if not self._is_running:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)

    def _show(self, found: Comparison) -> None:
        backup, present = found.backup, found.present
        self._is_reading = False
        self.stages.end()
        rows = [
            Row((name, read(backup), NOTHING if present is None else read(present)))
            for name, read in (
                (_("Workers"), lambda side: number(side.workers)),
                (_("Enrolments"), lambda side: number(side.enrolments)),
                (_("Last saved"), lambda side: moment_words(side.last_change)),
                (_("Kabupaten or kota"), lambda side: side.regency),
                (_("Sample"), lambda side: _("yes") if side.is_sample else _("no")),
            )
        ]
        self.table.set_rows(rows)
        self.confirm.show()
        self._say(loss_words(found), Level.WARNING if found.lost_saves else "")
        self.table.setFocus()

    def _refuse(self, failure: StorageFailure | Rejected) -> None:
        self._refuse_in(failure.text)

    def _refuse_in(self, words: str) -> None:
        self._is_reading = False
        self.stages.end()
        self.table.hide()
        self._say(words, Level.ERROR)
        self._may_leave()

    def _restore(self) -> None:
        self._is_running = True
        self.confirm.hide()
        self.leave.setEnabled(False)
        self.message.say("")
        self.stages.begin(_("Closing the register …"))
        now = self._session.now()
        if self._session.register is not None:
            self._session.use_register(None)
        self._session.background.run(
            self,
            partial(put_back, self._backup, self._path, now),
            done=self._restored,
            failed=self._failed,
            progress=self.stages.step,
        )

    def _restored(self, report: RestoreReport) -> None:
        words = [_("Restored: {contents}.").format(contents=contents_words(report.restored))]
        if report.safety_copy is not None:
            words.append(_("What was open before is kept in {copy}.").format(copy=report.safety_copy))
        if self._open(" ".join(words), "good"):
            self._session.message(words[0])
            self.restored.emit(report)

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        if not self._was_open:
            self._is_running = False
            self._refuse_in(failure.text)
            return
        self._open(_("{trouble} The register is open again as it was.").format(trouble=failure.text), Level.ERROR)

    def _reopen(self) -> None:
        self._open(_("The register is open again."), "good")

    def _open(self, words: str, level: Level | str) -> bool:
        """The register again, whichever content it has now; False where even that fails."""
        self.stages.end()
        self._is_running = False
        try:
            self._session.open_file(self._path, user=self._user, must_exist=True)
        except StorageFailure as failure:
            self._say(failure.text, Level.ERROR)
            self.again.show()
            self.again.setFocus()
            return False
        self.again.hide()
        self.table.hide()
        self._say(words, level)
        self._may_leave()
        return True

    def _say(self, words: str, level: Level | str) -> None:
        self.message.say(words, level)
        grow(self)

    def _may_leave(self) -> None:
        self.leave.setEnabled(True)
        self.leave.setText(_("&Close (Esc)"))
        self.leave.setFocus()

    def _rescue(self) -> None:
        """Even after a mistake of the program itself the register opens again."""
        if self._is_running and self._was_open:
            self._open(_("The restore did not end well. The register is open again as it was."), Level.ERROR)
        else:
            self._is_running = False
            self._refuse_in(_(MISTAKE))


def loss_words(found: Comparison) -> str:
    """What restoring would cost."""
    if found.present is None:
        return _("The register as it lies there is copied first, damaged or not, so nothing is thrown away.")
    if found.lost_saves:
        sentence = translate_count(
            "{count} save of the open register is not in this backup and would no longer be seen. A copy of the "
            "open register is made first, so nothing is thrown away.",
            "{count} saves of the open register are not in this backup and would no longer be seen. A copy of the "
            "open register is made first, so nothing is thrown away.",
            found.lost_saves,
        )
        return sentence.format(count=number(found.lost_saves))
    return _(
        "The backup holds everything that was saved until now. A copy of the open register is made first all the same."
    )
