"""What is asked before an encrypted register opens: the passphrase, or the code of the recovery sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Rejected, StorageFailure
from ui.background import Background
from ui.fields.form import FormGrid
from ui.fields.letters import assign_letters, letters_in
from ui.fields.password import PasswordField
from ui.fields.tick import Tick
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.look.style import set_role
from ui.offices.passphrase_lines import RecoveryForm
from ui.offices.passphrase_memory import KeyMemory
from ui.offices.passphrase_remembering import memory_of
from ui.page import button, heading
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key

WIDTH = 560
PAUSE = 3_000
"""Milliseconds before another try, from the third wrong one on."""
_FREE_TRIES = 3
_WRAPPED = "wrapped"
_MESSAGE_LINES = 2
"""Room below the fields for words that wrap."""
_LEAST = 120
_BESIDE_CODE, _BESIDE_PASSPHRASE = 9, 13
"""Lines of text that the rest of the card needs in the height of the window."""


class UnlockView(QWidget):
    """Stands in the middle of the window; it turns what is typed into a key, and others try it on the file."""

    given = Signal(object, bool)
    """A `Key`, and whether it came from the recovery sheet; to be answered by `refuse`, or by taking the view away."""
    other_wanted = Signal()
    """Another file, or giving up."""
    help_topic = "unlock"
    """Anchor in the help page of the settings, for F1."""

    def __init__(self, path: Path, memory: KeyMemory, *, other: str = "", parent: QWidget | None = None) -> None:
        """`other` is the word of the way out."""
        super().__init__(parent)
        self._path, self._memory = path, memory
        self._wrong = 0
        self._pauses = False
        self._around = _LEAST
        self._deriving = Background(self)
        self._is_from_sheet = False
        (remember,) = assign_letters([_("Remember on this computer")])
        taken = "".join(letters_in([remember]))
        self.open_button = button(_("Open (Enter)"), self.enter, icon="lock", primary=True)
        self.sheet_button = button(_("Use the recovery sheet …"), self.use_sheet, icon="papers")
        self.other_button = button(other or _("Choose another file …"), self.other_wanted.emit, icon="open")
        self.code_button = button(_("Open with this code"), self.enter_code, icon="lock", primary=True)
        self.back_button = button(_("Back to the passphrase (Esc)"), self.use_passphrase, icon="back")
        self.remember = Tick(remember)
        self.remember.setEnabled(False)
        self.remember_words = _muted(_("Looking whether this computer can keep it safely …"))
        self.form = FormGrid()
        self.form.add(PasswordField("passphrase", _("Passphrase of the office"), required=True), 12)
        self.form.set_buttons(self.other_button, self.sheet_button, self.open_button, taken_letters=taken)
        self.form.reached_end.connect(self.enter)
        self.lines = RecoveryForm(self.back_button, self.code_button)
        self.lines.reached_end.connect(self.enter_code)
        self._lay_out()
        self.setAccessibleName(_("Passphrase"))
        memory.is_there(self._tell_memory)

    def begin(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus to where one types."""
        self._fit()
        if self.asks_for_code:
            self.lines.go_to("line_1")
        else:
            self.form.go_to("passphrase")

    def enter(self) -> None:
        """Takes the passphrase as typed."""
        from models.storage.unlocking import key_of

        passphrase = self.form["passphrase"].text()
        if not passphrase.strip():
            self.form.go_to("passphrase")
            self.form.say(_("Type the passphrase, then Enter."), "error")
        elif not self._is_waiting:
            self._is_from_sheet = False
            self.form.say(_("Opening …"))
            work = partial(key_of, self._path, passphrase)
            self._deriving.run(self, work, done=self._give, failed=self._fail)

    def enter_code(self) -> None:
        """Takes the four lines as typed."""
        from models.storage.keys import Key, salt_of

        raw = self.lines.key()
        if raw is not None and not self._is_waiting:
            self._is_from_sheet = True
            self.lines.say(_("Opening …"))
            self._deriving.run(self, lambda: Key(raw, salt_of(self._path)), done=self._give, failed=self._fail)

    @property
    def asks_for_code(self) -> bool:
        """Whether the four lines are asked for, not the passphrase."""
        return not self._reading.isHidden()

    def use_sheet(self) -> None:
        """The four lines instead of the passphrase."""
        self._typing.hide()
        self._reading.show()
        self.begin()

    def use_passphrase(self) -> None:
        """The passphrase after all."""
        self.lines.clear()
        self._reading.hide()
        self._typing.show()
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asks_for_code:
            self.use_passphrase()
        else:
            super().keyPressEvent(event)

    def refuse(self, failure: StorageFailure) -> None:
        """Says why the file did not open; what is typed stands selected."""
        is_wrong = failure.code == "wrong_passphrase"
        self._wrong += is_wrong
        if self._is_from_sheet:
            words = failure.text
            if is_wrong:
                words = _(
                    "The code was typed as a sheet has it, but it is not the sheet of {file}. Each passphrase has a "
                    "sheet of its own; look for the newest one. Nothing was changed."
                ).format(file=self._path.name)
            self.lines.go_to("line_1")
            self.lines.say(words, "error")
        else:
            self.form.go_to("passphrase")
            self.form.say(failure.text, "error")
        if is_wrong and self._wrong >= _FREE_TRIES:
            self._pause()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def wants_remembering(self) -> bool:
        """Whether the computer shall keep the key once the file has opened."""
        return self.remember.isEnabled() and self.remember.isChecked()

    def forget(self) -> None:
        """Nothing that was typed stays in a field."""
        self.form["passphrase"].clear()
        self.lines.clear()

    # Building

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        self._typing, self._reading = self._passphrase_step(), self._sheet_step()
        for step in (self._typing, self._reading):
            inside.addWidget(step)
        self._reading.hide()
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)

    @property
    def _wrapped(self) -> list[QLabel]:
        return [label for label in self.findChildren(QLabel) if label.objectName() == _WRAPPED]

    def _passphrase_step(self) -> QWidget:
        sentence = _("{file} is protected by the office's passphrase. Nobody reads it without.")
        return _step(
            _("The register is protected"), _muted(sentence.format(file=self._path.name)), self.form, self.remember,
            self.remember_words,
        )  # fmt: skip

    def _sheet_step(self) -> QWidget:
        sentence = _("Type the recovery code from the newest sheet of {file}. Blanks and capitals do not matter.")
        return _step(_("With the recovery sheet"), _muted(sentence.format(file=self._path.name)), self.lines)

    # Details

    def _fit(self) -> None:
        """Room for all fields and for words that wrap; what is too high for the window scrolls inside the form."""
        line = self.fontMetrics().height()
        form, beside = (self.lines, _BESIDE_CODE) if self.asks_for_code else (self.form, _BESIDE_PASSPHRASE)
        fields = form.needed_height() - form.sizeHint().height()
        layout = form.layout()
        if layout is not None and not form.message_bar.text:
            self._around = layout.heightForWidth(WIDTH - 2 * PAGE) + _MESSAGE_LINES * line
        form.setFixedHeight(min(fields + self._around, max(self.height() - beside * line, _LEAST)))
        for label in self._wrapped:
            label.setMinimumHeight(label.heightForWidth(WIDTH - 2 * PAGE))

    @property
    def _is_waiting(self) -> bool:
        return self._pauses or self._deriving.is_busy

    def _give(self, key: Key) -> None:
        self.given.emit(key, self._is_from_sheet)

    def _fail(self, failure: StorageFailure | Rejected) -> None:
        assert isinstance(failure, StorageFailure), "no record is judged here"
        self.refuse(failure)

    def _pause(self) -> None:
        self._pauses = True
        form = self.lines if self.asks_for_code else self.form
        words = _("{sentence} The next try is in {seconds} seconds.")
        form.say(words.format(sentence=form.message_bar.text, seconds=PAUSE // 1000), "error")
        for one in (self.open_button, self.code_button):
            one.setEnabled(False)
        QTimer.singleShot(PAUSE, self, self._go_on)

    def _go_on(self) -> None:
        self._pauses = False
        for one in (self.open_button, self.code_button):
            one.setEnabled(True)

    def _tell_memory(self, is_there: bool) -> None:
        if not shiboken6.isValid(self):  # a slow computer answers when the file is open long since
            return
        self.remember.setEnabled(is_there)
        if is_there:
            words = _(
                "Whoever is logged in to this computer under your name then opens the register without typing. Only "
                "where your log-in to the computer has a good password."
            )
        else:
            words = _("This computer has no safe place for it, so the passphrase is typed at each start.")
        self.remember_words.setText(words)
        self._fit()


class UnlockDialog(QDialog):
    """The same for a file that is to be looked at beside the open one."""

    def __init__(self, session: Session, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.key: Key | None = None
        self._path = path
        self.setWindowTitle(_("Passphrase"))
        self.setModal(True)
        self.view = UnlockView(path, memory_of(session), other=_("Cancel (Esc)"), parent=self)
        self.view.given.connect(self._try)
        self.view.other_wanted.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        rows.addWidget(self.view)
        self.view.begin()

    def reject(self) -> None:
        """Esc: back to the passphrase, or gives up."""
        if self.view.asks_for_code:
            self.view.use_passphrase()
        else:
            super().reject()

    def _try(self, key: Key, _is_from_sheet: bool) -> None:
        from models.storage.unlocking import require_fitting

        try:
            require_fitting(self._path, key)
        except StorageFailure as failure:
            self.view.refuse(failure)
            return
        self.key = key
        self.view.forget()
        self.accept()


def ask_key(session: Session, path: Path, parent: QWidget) -> Key | None:
    """The key of an encrypted file that is not open, tried on it; None when the person gave up."""
    dialog = UnlockDialog(session, path, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.key


def _step(title: str, *widgets: QWidget) -> QWidget:
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(MEDIUM)
    column.addWidget(heading(title))
    for widget in widgets:
        column.addWidget(widget)
    return step


def _muted(text: str) -> QLabel:
    label = heading(text, "muted")
    label.setObjectName(_WRAPPED)
    label.setWordWrap(True)
    return label
