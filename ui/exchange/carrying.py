"""A copy for carrying: its passphrase is typed twice, then it is locked, opened again, and lies where it was wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.passphrases import draw_words, problem_of_passphrase, tidy_passphrase
from models.problems import Level
from models.storage.carrying import ENDING, carry
from models.storage.manifest import Manifest
from ui.background import Job
from ui.exchange.stages import MISTAKE, LastWord, StageLine, by_number, grow
from ui.exchange.words import contents_words, moment_words
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading
from ui.session import Session

WIDTH = 620


class CarryDialog(QDialog):
    """The passphrase is kept nowhere: who forgets it cannot open the copy, and no one else can."""

    def __init__(self, session: Session, backup: Manifest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._backup = session, backup
        self._job: Job | None = None
        self.choose_folder: Callable[[Path], str] = self._ask_folder
        """Asks for a folder, with the present one; empty when the person gave up."""
        self._build()
        last_word = LastWord(session.background, lambda: self._job is not None, self)
        last_word.lost.connect(lambda: self._end(_(MISTAKE), Level.ERROR))

    def make(self) -> None:
        """Asks for the folder and locks the copy."""
        if self._job is not None or not self._is_typed():
            return
        chosen = self.choose_folder(self._session.preferences.second_folder or self._session.backup_folder())
        if not chosen:
            return
        self.message.say("")
        self.stages.begin(_("Locking the copy with its passphrase …"))
        grow(self)
        self.make_button.setEnabled(False)
        self._job = self._session.background.run(
            self,
            partial(_carry, self._backup, Path(chosen), self.passphrase.text()),
            done=self._made,
            failed=lambda failure: self._end(failure.text, Level.ERROR),
            progress=self.stages.step,
            cancelled=lambda: self._end(_("Stopped. Nothing was changed."), Level.WARNING),
        )

    def draw(self) -> None:
        """Five words by chance, shown so that they can be written down."""
        drawn = draw_words()
        for line in (self.passphrase, self.again):
            line.setText(drawn)
            line.setEchoMode(QLineEdit.EchoMode.Normal)
        self._say(_("Write these words down now; they are kept nowhere."), Level.WARNING)

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    # Building

    def _build(self) -> None:
        self.setWindowTitle(_("Copy for carrying (age)"))
        self.setModal(True)
        self.setMinimumWidth(WIDTH)
        about = QLabel(
            _(
                "The newest backup ({moment}; {contents}) is locked with a passphrase of its own. It can then lie on "
                "a stick or go by mail. It is opened here (Restore from another file), or by the free program age: "
                "age -d. Tell the passphrase by another way than the copy; it is kept nowhere."
            ).format(moment=moment_words(self._backup.made_at), contents=contents_words(self._backup.contents))
        )
        about.setWordWrap(True)
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        form = QFormLayout()
        form.setSpacing(MEDIUM)
        for line, label in ((self.passphrase, _("&Passphrase")), (self.again, _("The same &again"))):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(label.replace("&", ""))
            form.addRow(label, line)
        self.passphrase.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.make)
        self.message = MessageBar()
        self.message.hide()
        self.stages = StageLine()
        self.make_button = button(_("&Lock and save …"), self.make, icon="lock", primary=True)
        self.draw_button = button(_("&Draw words by chance"), self.draw)
        self.leave = button(_("&Cancel (Esc)"), self.reject, icon="close")
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch()
        row.addWidget(self.draw_button)
        row.addWidget(self.make_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(heading(_("Copy for carrying (age)")))
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self.stages)
        column.addWidget(self.message)
        column.addLayout(row)
        self.passphrase.setFocus()

    # Details

    def _is_typed(self) -> bool:
        """Whether both are the same and worth something; otherwise it says what is wrong."""
        problem = problem_of_passphrase(self.passphrase.text())
        if problem is not None:
            self._say(problem.text, Level.ERROR)
            self.passphrase.setFocus()
            return False
        if tidy_passphrase(self.passphrase.text()) != tidy_passphrase(self.again.text()):
            self._say(_("The two differ. Type the same passphrase into both lines."), Level.ERROR)
            self.again.setFocus()
            return False
        return True

    def _made(self, copy: Path) -> None:
        for line in (self.passphrase, self.again, self.make_button, self.draw_button):
            line.setEnabled(False)
        self.passphrase.clear()
        self.again.clear()
        self.leave.setText(_("&Close (Esc)"))
        self._end(
            _("{file} is in {folder}. It was opened again with the passphrase and compared.").format(
                file=copy.name, folder=copy.parent
            ),
            "good",
        )
        self.make_button.setEnabled(False)
        self.leave.setFocus()

    def _end(self, words: str, level: Level | str) -> None:
        self._job = None
        self.stages.end()
        self.make_button.setEnabled(True)
        self._say(words, level)

    def _say(self, words: str, level: Level | str) -> None:
        self.message.say(words, level)
        self.message.show()
        grow(self)

    def _ask_folder(self, now: Path) -> str:
        return QFileDialog.getExistingDirectory(
            self, _("Folder for the copy ({ending})").format(ending=ENDING), str(now)
        )


def _carry(backup: Manifest, folder: Path, passphrase: str, *, progress: Callable[[int, int], None]) -> Path:
    return carry(backup, folder, passphrase, by_number(progress))
