"""What all pages share while the program runs: the register, the preferences, the background, the day."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from models import language
from ui.background import Background
from ui.look.style import POINT_SIZES, USUAL_POINT_SIZE, Theme, apply_look, follow_system, wants_contrast
from ui.preferences import Preferences

if TYPE_CHECKING:
    from datetime import date, datetime

    from models.offices.office import OfficeSettings
    from models.offices.users import NewUser, User
    from models.register import Register
    from models.storage.keys import Key
    from models.storage.manifest import Manifest
    from models.storage.register_backups import LastBackup

A = TypeVar("A")
B = TypeVar("B")


class Session(QObject):
    """Handed to every page; a page never asks for another page, it speaks through these signals."""

    changed = Signal(str)
    """What others may have to read again: workers, coverage, settings, backup, register, person, locked,
    language, look."""
    said = Signal(str)
    """A sentence for the status bar."""
    other_file_wanted = Signal()
    """Somebody who cannot or will not log in to this register asks for another one."""
    place_wanted = Signal(str, object)
    """Somebody asks for a place, with what is to be shown there (see `Page.show_target`) or None."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        register: Register | None = None,
        clock: Callable[[], datetime] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.clock = clock or _computers_clock
        self.background = Background(self)
        self.background.storage_failed.connect(self.said)
        self.asks_for_administrator = False
        """Whether a register that knows nobody yet is given its first administrator before anything else."""
        self._register = register

    @property
    def person(self) -> User | None:
        """Who works with the open register; None until somebody has logged in."""
        return None if self._register is None else self._register.person

    @property
    def register(self) -> Register | None:
        """None until the file is open."""
        return self._register

    @property
    def opened_register(self) -> Register:
        """The register where there must be one; pages are made only when it is open."""
        assert self._register is not None, "no register is open yet"
        return self._register

    def use_register(self, register: Register | None) -> None:
        """Everything works with this file from now on; the one before it is closed."""
        if self._register is not None and self._register is not register:
            self._register.close()
        self._register = register
        self.changed.emit("register")

    def while_open(self, read: Callable[[A], Sequence[B]]) -> Callable[[A], Sequence[B]]:
        """`read` while the present register is open, and nothing afterwards: a table may be painted once more."""
        register = self._register
        return lambda asked: read(asked) if self._register is register else ()

    def today(self) -> date:
        """By the session's clock, which a test sets."""
        return self.clock().date()

    def now(self) -> datetime:
        return self.clock()

    def open_file(
        self,
        path: Path,
        *,
        user: str,
        new: OfficeSettings | None = None,
        must_exist: bool = False,
        administrator: NewUser | None = None,
        key: Key | None = None,
        person: User | None = None,
    ) -> None:
        """Opens a register in the place of the present one, which stays open where this raises StorageFailure.

        `administrator` keeps a register that knows nobody yet; `key` opens an encrypted one; `person` goes on where the
        file was closed for a moment only. The next start opens it again, unless it is a sample.
        """
        from models.register import open_register

        register = open_register(path, user=user, clock=self.clock, new=new, must_exist=must_exist, key=key)
        if person is not None:
            register.users.let_in(person)
        if administrator is not None and register.users.is_empty:
            try:
                register.users.add(administrator.user, administrator.password)
            except BaseException:
                register.close()
                raise
        if not register.is_sample:
            self.preferences.last_file = path
        self.use_register(register)

    def backup_folder(self) -> Path:
        """Where backups of the open register go: the folder the person chose, or the usual one beside the file."""
        from models.storage.backup import backup_folder

        return self.preferences.backup_folder or backup_folder(self.opened_register.path)

    def use_backup_folder(self, folder: str | Path) -> None:
        """Backups go there from now on; remembered."""
        self.preferences.backup_folder = Path(folder)
        self.changed.emit("backup")

    def last_backup(self) -> LastBackup | None:
        """The newest verified backup of the open register, by whomever made; also one that lies where it cannot be
        reached now, if it was made here."""
        if self._register is None:
            return None
        from models.problems import StorageFailure
        from models.storage.register_backups import LastBackup

        backups, now = self._register.backups, self.now()
        folders = [
            self.backup_folder(),
            *([self.preferences.second_folder] if self.preferences.second_folder else []),
        ]
        kept = LastBackup.from_text(self.preferences.text(_backup_key(self._register.path)))
        try:
            found = backups.last(folders, now)
            if kept is None or kept.made_at > now or not backups.goes_on_from(kept.head):
                return found
        except StorageFailure:  # a register that cannot be read knows of no backup
            return None
        return kept if found is None or found.made_at < kept.made_at else found

    def last_backup_at(self) -> datetime | None:
        """When the open register was last backed up; None: never, or what was made is of another file."""
        last = self.last_backup()
        return None if last is None else last.made_at

    def keep_backup(self, made: Manifest) -> None:
        """A verified backup of the open register was just made; the status bar shows its age."""
        from models.storage.register_backups import LastBackup

        head = made.contents.head
        if self._register is not None and head is not None:
            self.preferences.keep(_backup_key(self._register.path), LastBackup(made.made_at, head).text)
            self.changed.emit("backup")

    def tell(self, subject: str) -> None:
        """Says that records of this subject have changed (``workers``, ``coverage``, ``settings``, ``backup``)."""
        self.changed.emit(subject)

    def message(self, text: str) -> None:
        """Shows a sentence at the bottom of the window for a while; it never needs an answer."""
        self.said.emit(text)

    def go_to(self, place: str, target: object = None) -> None:
        """Brings a place to the front, for instance ``go_to(Place.WORKERS, worker_id)``."""
        self.place_wanted.emit(place, target)

    def print_letters(self, *, workers: Sequence[int] = (), enrolments: Sequence[int] = ()) -> None:
        """Shows the enrollment letters of these workers (their latest enrolment that counts) or enrolments."""
        from ui.papers.wanted import LettersWanted

        self.go_to("papers", LettersWanted(workers, enrolments))

    def use_language(self, code: str) -> None:
        """Speaks ``id`` or ``en`` from now on and remembers it; the window makes its pages again."""
        language.use(code)
        self.preferences.language = code
        self.changed.emit("language")

    def use_look(self, theme: Theme | None = None, point_size: float | None = None) -> None:
        """Changes what is given, remembers it and dresses the program."""
        if theme is not None:
            self.preferences.theme = theme
        if point_size is not None:
            self.preferences.point_size = point_size
        app = QApplication.instance()
        if isinstance(app, QApplication):
            chosen = self.preferences.theme
            follow_system(app, chosen)
            worn = Theme.CONTRAST if chosen is Theme.SYSTEM and wants_contrast(app) else chosen
            apply_look(app, worn, self.preferences.point_size)
        self.changed.emit("look")

    def watch_system(self, app: QApplication) -> None:
        """From now on the look follows the computer's, where that is what the person chose."""
        chosen = self.preferences.theme
        follow_system(app, chosen)
        if chosen is Theme.SYSTEM and wants_contrast(app):
            self.use_look()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        if self.preferences.theme is Theme.SYSTEM:
            self.use_look()

    def step_point_size(self, step: int) -> None:
        """One size larger (1) or smaller (-1); 0 is the usual size again."""
        now = self.preferences.point_size
        at = min(range(len(POINT_SIZES)), key=lambda place: abs(POINT_SIZES[place] - now))
        at = min(max(at + step, 0), len(POINT_SIZES) - 1)
        self.use_look(point_size=POINT_SIZES[at] if step else USUAL_POINT_SIZE)

    def close(self) -> None:
        """Ends the background work, closes the register and writes the preferences."""
        self.background.stop()
        if self._register is not None:
            self._register.close()
            self._register = None
        self.preferences.write()


def _computers_clock() -> datetime:
    from datetime import datetime

    return datetime.now()


def _backup_key(path: Path) -> str:
    """One key for each file, without characters that an ini file minds."""
    return "backup/" + os.fsencode(path.resolve()).hex()
