"""The step before looking at a copy for carrying (age): its own passphrase is typed, and it is unlocked beside the
register for as long as the restore takes."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Rejected, StorageFailure
from models.storage.failures import failures_named
from ui.look.spacing import MEDIUM
from ui.page import button, heading
from ui.session import Session

UNPACKED = ".cakupan-pulih-"
"""Beginning of the name of the folder in which a locked copy lies unlocked meanwhile."""
_WIDTH = 560


class LockedStep(QWidget):
    """One line to type in."""

    began = Signal(str)
    """It is being unlocked, with what is said meanwhile; `unlocked` or `refused` follows."""
    unlocked = Signal(object)
    """The `Path` of the backup that was inside; gone after `forget`."""
    refused = Signal(str)

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        """In `folder` it lies unlocked meanwhile."""
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._carried = folder
        self.name = heading("", "strong")
        self.name.setWordWrap(True)
        about = QLabel(
            _(
                "This copy was made for carrying and is locked with a passphrase of its own, chosen when it was made. "
                "Type it, then Enter."
            )
        )
        about.setWordWrap(True)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase of the copy"))
        label = QLabel(_("&Passphrase of the copy"))
        label.setBuddy(self.passphrase)
        self.passphrase.returnPressed.connect(self.give)
        self.open_button = button(_("&Unlock (Enter)"), self.give, icon="lock", primary=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        for widget in (self.name, about, label, self.passphrase):
            rows.addWidget(widget)
        self.passphrase.setMaximumWidth(_WIDTH)
        rows.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch()

    def ask(self, carried: Path) -> None:
        """Begins with another copy."""
        self._carried = carried
        self.name.setText(carried.name)
        self.passphrase.clear()

    def give(self) -> None:
        """Takes what is typed."""
        from models.storage.carrying import name_inside, open_carried

        passphrase = self.passphrase.text()
        if not passphrase:
            return
        self.forget()
        try:
            with failures_named(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                unpacked = Path(tempfile.mkdtemp(prefix=UNPACKED, dir=self._folder))
        except StorageFailure as failure:
            self.refused.emit(failure.text)
            return
        self.began.emit(_("Opening the locked copy …"))
        work = partial(open_carried, self._carried, unpacked / name_inside(self._carried), passphrase)
        self._session.background.run(self, work, done=self.unlocked.emit, failed=self._refuse)

    def forget(self) -> None:
        """Nothing of the copy stays unlocked, be it of a restore during which the computer went off."""
        for left in self._folder.glob(f"{UNPACKED}*") if self._folder.is_dir() else ():
            shutil.rmtree(left, ignore_errors=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _refuse(self, failure: StorageFailure | Rejected) -> None:
        self.forget()
        self.refused.emit(failure.text)
