"""From the command to the open window: paint first, then read the register."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from models import language
from models.language import translate as _
from models.storage.beside import note_beside
from ui import crash, hooks
from ui.computer_user import computer_user
from ui.folders import log_folder, register_folder
from ui.look.style import IS_FUSION, apply_look
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

if TYPE_CHECKING:
    from datetime import datetime

    from models.offices.office import OfficeSettings
    from models.offices.users import NewUser
    from models.problems import Rejected, StorageFailure
    from models.storage.keys import Key
    from ui.exchange.restoring import RestoreDialog

FIRST_START = "ui.offices.first_start:first_start"
"""``first_start(window, session, path) -> FirstStart | None``: asked when there is no register at `path` yet.

The answer has `path`, `settings` (OfficeSettings) and `administrator` (NewUser or None) of the register to make or
open; None when the person gave up.
"""
_MENDED_BY_RESTORING = ("damaged", "not_a_database")
"""Failures of opening after which a backup can take the file's place."""
_LOCALE = Path(__file__).parent.parent / "resources" / "locale"


def run(arguments: Sequence[str]) -> int:
    """Opens the window (``--data FILE`` for another register than the usual one) and stays until it is closed.

    Where the register is open in a window already, that one comes forward and this program ends.
    """
    app = QApplication([sys.argv[0], "-style", "fusion"])
    app.setProperty(IS_FUSION, True)
    app.setApplicationName("Cakupan")
    app.setDesktopFileName("cakupan")
    crash.watch(log_folder())
    preferences = Preferences()
    path = data_file(arguments) or preferences.last_file or usual_file()
    if note_beside(path).exists() and _comes_forward(path):
        return 0
    language.use(preferences.language)
    session = Session(preferences)
    translator = QtWords(app)
    session.changed.connect(translator.follow)
    apply_look(app, preferences.theme, preferences.point_size)
    session.asks_for_administrator = True
    window = MainWindow(session)
    opening = Opening(window, session, path)
    window.first_painted.connect(lambda: opening.begin())
    window.first_painted.connect(lambda: _listen_to_others(window, session))
    window.first_painted.connect(lambda: session.watch_system(app))
    window.first_painted.connect(lambda: _watch_clipboard(session))
    window.first_painted.connect(_collect_garbage)
    window.show()
    code = app.exec()
    shiboken6.delete(window)  # while Python still stands: the fields answer Qt to the very end
    return code


def _watch_clipboard(session: Session) -> None:
    from ui.passing_clipboard import PassingClipboard

    PassingClipboard(session)


class QtWords:
    """Qt's own buttons and menus in the language in use; Qt itself has no Indonesian."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator = QTranslator()
        self.follow("language")

    def follow(self, subject: str) -> None:
        """Changes with the language."""
        if subject != "language":
            return
        self._app.removeTranslator(self._translator)
        QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
        if language.in_use() == "id" and self._translator.load(str(_LOCALE / "qt_id.qm")):
            self._app.installTranslator(self._translator)


class Opening:
    """Opens the register behind the painted window, or says why not and what to do."""

    def __init__(self, window: MainWindow, session: Session, path: Path) -> None:
        self._window, self._session, self._path = window, session, path
        self.choose_file: Callable[[str, Path], str] = self._ask_file
        """Asks for a file, with the title of the question and the folder to begin in; empty for none."""
        self.restoring: RestoreDialog | None = None
        self._key: Key | None = None
        """What was typed for a file that is damaged."""
        session.other_file_wanted.connect(self._choose)

    def begin(self) -> None:
        """Opens the file; a new one is made after the first questions."""
        from models.offices.office import OfficeSettings

        settings, administrator, key = OfficeSettings(), None, None
        ask = hooks.find(FIRST_START)
        if not self._path.exists() and ask is not None:
            answer = ask(self._window, self._session, self._path)
            if answer is None:
                self._say(_("There is no register yet. Make one, or choose a file."))
                return
            self._path, settings = answer.path, answer.settings
            administrator, key = answer.administrator, answer.key
        self._open(settings, administrator, key)

    def _open(self, settings: OfficeSettings, administrator: NewUser | None, key: Key | None) -> None:
        from models.problems import StorageFailure

        try:
            self._session.open_file(
                self._path, user=computer_user(), new=settings, administrator=administrator, key=key
            )
            if administrator is not None:
                from ui.offices.passphrase_offer import offer_passphrase

                offer_passphrase(self._session, self._window)
        except StorageFailure as failure:
            if failure.code == "encrypted":
                self._unlock()
                return
            if failure.code == "in_use" and _comes_forward(self._path, self._session.now()):
                self._window.close()
            else:
                self._refuse(failure)

    def _unlock(self) -> None:
        from ui.offices.passphrase_opening import Unlocking

        Unlocking(
            self._session,
            self._path,
            self._window,
            show=self._window.show_view,
            open_with=self._open_with,
            choose_other=self._choose,
        ).begin()

    def _open_with(self, key: Key) -> StorageFailure | None:
        from models.problems import StorageFailure

        self._key = key
        try:
            self._session.open_file(self._path, user=computer_user(), must_exist=True, key=key)
        except StorageFailure as failure:
            if failure.code != "wrong_passphrase":
                self._refuse(failure)
            return failure
        return None

    def _refuse(self, failure: StorageFailure | Rejected) -> None:
        from models.storage.place import ELSEWHERE

        code = getattr(failure, "code", "")
        may_copy = code in ELSEWHERE and self._path.exists()
        self._say(failure.text, may_restore=code in _MENDED_BY_RESTORING, may_copy=may_copy)

    def _say(self, sentence: str, *, may_restore: bool = False, may_copy: bool = False) -> None:
        from ui.page import button

        ways = [
            button(_("Try again"), self.begin, icon="restore", primary=not may_copy),
            button(_("Choose a file …"), self._choose, icon="open"),
        ]
        if may_restore:
            ways.append(button(_("Restore a backup …"), self._restore, icon="restore"))
        if may_copy:
            words = _("Copy it to this computer and open it there")
            ways.insert(0, button(words, self._copy, icon="copy", primary=True))
        self._window.show_trouble(sentence, *ways)

    def _copy(self) -> None:
        """The file lies where it must not be written, and a copy in the usual folder takes its place."""
        from models.storage.place import copy_into

        self._window.show_waiting()
        self._session.message(_("Copying …"))
        work = partial(copy_into, register_folder(), self._path)
        self._session.background.run(self._window, work, done=self._open_copy, failed=self._refuse)

    def _open_copy(self, copy: Path) -> None:
        self._path = copy
        self.begin()

    def _restore(self) -> None:
        """A backup takes the place of the file; what can still be read of that one waits as drafts."""
        from models.storage.backup import backup_folder
        from ui.exchange.restoring import RestoreDialog

        folder = self._session.preferences.backup_folder or backup_folder(self._path)
        self.restoring = RestoreDialog(
            self._session, None, self._window, path=self._path, user=computer_user(), folder=folder, key=self._key
        )
        self.restoring.finished.connect(self.restoring.deleteLater)
        self.restoring.open()

    def _choose(self) -> None:
        chosen = self.choose_file(_("Choose a register"), self._path.parent)
        if not chosen:
            return
        self._path = Path(chosen)
        register = self._session.register
        if register is not None and self._path.resolve() == register.path.resolve():
            self._session.use_register(register)  # it is open, and only waits for somebody to log in
        else:
            self.begin()

    def _ask_file(self, title: str, folder: Path) -> str:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getOpenFileName(self._window, title, str(folder), _("Registers (*.db);;All files (*)"))[0]


def data_file(arguments: Sequence[str]) -> Path | None:
    """The file named with ``--data FILE`` or ``--data=FILE``."""
    for at, argument in enumerate(arguments):
        if argument == "--data" and at + 1 < len(arguments):
            return Path(arguments[at + 1])
        if argument.startswith("--data="):
            return Path(argument.removeprefix("--data="))
    return None


def usual_file() -> Path:
    """Where the register lies unless somebody chose another place: the platform's folder for data."""
    return register_folder() / "cakupan.db"


def _comes_forward(path: Path, now: datetime | None = None) -> bool:
    """Whether the window in which this file is open came forward; with `now`, one that is opening it still, too."""
    from ui.one_window import bring_forward, bring_forward_when_ready

    return bring_forward(path) if now is None else bring_forward_when_ready(path, now)


def _listen_to_others(window: MainWindow, session: Session) -> None:
    """A second start of the program brings this window forward."""
    from ui.one_window import OneWindow

    OneWindow(window, session)


def _collect_garbage() -> None:
    """From now on, and never again what stays until the end: a shorter pause for who types."""
    gc.freeze()
    gc.enable()
