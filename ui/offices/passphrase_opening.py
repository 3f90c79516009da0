"""From an encrypted file to the open register: the key that this computer remembers, or what the person types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from models.language import translate as _
from models.offices.users import Right
from models.problems import StorageFailure
from ui.offices.passphrase_remembering import forget_remembered, is_salt_remembered, keep_remembered, memory_of
from ui.offices.passphrase_view import UnlockView
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key


class Unlocking(QObject):
    """Asks until the file opens or the person wants another one."""

    def __init__(
        self,
        session: Session,
        path: Path,
        window: QWidget,
        *,
        show: Callable[[QWidget], None],
        open_with: Callable[[Key], StorageFailure | None],
        choose_other: Callable[[], object],
    ) -> None:
        """`show` puts a view into the middle of the window; `open_with` opens the register; what fails it
        shows in the window, but for the wrong passphrase."""
        super().__init__(window)
        self._session, self._path, self._window = session, path, window
        self._show, self._open_with, self._choose_other = show, open_with, choose_other
        self.memory = memory_of(session)
        self.view: UnlockView | None = None
        """What is asked; None while the computer's memory is."""

    def begin(self) -> None:
        """The computer's memory is asked only where it was once given this file's key."""
        from models.storage.keys import salt_of

        salt = salt_of(self._path)
        if is_salt_remembered(self._session, salt):
            self.memory.find(salt, lambda raw: self._try_remembered(raw, salt))
        else:
            self._ask()

    # Details

    def _ask(self, words: str = "") -> None:
        self.view = UnlockView(self._path, self.memory)
        self.view.given.connect(self._try)
        self.view.other_wanted.connect(lambda: self._choose_other())
        self._show(self.view)
        self.view.begin()
        if words:
            self.view.form.say(words, "warning")

    def _try_remembered(self, raw: bytes | None, salt: bytes) -> None:
        from models.storage.keys import Key

        if raw is None:
            self._ask(_("This computer did not give the passphrase it kept. Type it; nothing is lost."))
            return
        failure = self._open_with(Key(raw, salt))
        if failure is None:
            self.deleteLater()
        elif failure.code == "wrong_passphrase":
            forget_remembered(self._session, salt)
            self._ask(_("What this computer kept is no longer the passphrase. Type the present one."))

    def _try(self, key: Key, is_from_sheet: bool) -> None:
        view = self.view
        assert view is not None, "whoever gave a key was asked"
        failure = self._open_with(key)
        if failure is not None:
            if failure.code == "wrong_passphrase":  # of anything else the window tells
                view.refuse(failure)
            return
        if view.wants_remembering and not is_from_sheet:
            keep_remembered(self._session, key)
        view.forget()
        if is_from_sheet:
            AfterSheet(self._session, self._window).begin()
        self.deleteLater()


class AfterSheet(QObject):
    """The recovery sheet was used: that is noted, and a new passphrase is asked for as soon as somebody may."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._path = session.opened_register.path

    def begin(self) -> None:
        """At once, or after logging in."""
        try:
            self._session.opened_register.protection.sheet_was_used()
        except StorageFailure as failure:
            self._session.message(failure.text)
        self._session.changed.connect(self._follow)
        self._look()

    def _follow(self, subject: str) -> None:
        if subject in ("person", "register"):
            QTimer.singleShot(0, self, self._look)  # after the window has let the person in

    def _look(self) -> None:
        register = self._session.register
        if register is None or register.path != self._path:
            self._end()
        elif register.may(Right.SETTINGS) and not register.is_read_only:
            self._end()
            self._ask()
        elif register.person is not None:
            self._session.message(
                _("Opened with the recovery sheet. An administrator must now choose a new passphrase (Settings, "
                  "Passphrase).")
            )  # fmt: skip

    def _ask(self) -> None:
        from ui.offices.passphrase_dialog import PassphraseDialog, Way

        dialog = PassphraseDialog(self._session, Way.CHANGE, self._window, knows_present=True)
        dialog.message.say(
            _("The register was opened with the recovery sheet. Choose a new passphrase now."), "warning"
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _end(self) -> None:
        self._session.changed.disconnect(self._follow)
        self.deleteLater()
