"""What all pages share while the program runs: the register, the preferences, the background, the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from models import language
from ui.background import Background
from ui.look.style import POINT_SIZES, USUAL_POINT_SIZE, Theme, apply_look
from ui.preferences import Preferences

if TYPE_CHECKING:
    from models.register import Register


class Session(QObject):
    """Handed to every page; a page never asks for another page, it speaks through these signals."""

    changed = Signal(str)
    """What others may have to read again: workers, coverage, settings, backup, register, language, look."""
    said = Signal(str)
    """A sentence for the status bar."""
    place_wanted = Signal(str, object)
    """Somebody asks for a place, with what is to be shown there (see `Page.show_target`) or None."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        register: Register | None = None,
        clock: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.clock = clock
        self.background = Background(self)
        self.background.storage_failed.connect(self.said)
        self._register = register

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

    def today(self) -> date:
        """By the session's clock, which a test sets."""
        return self.clock().date()

    def now(self) -> datetime:
        return self.clock()

    def last_backup_at(self) -> datetime | None:
        """When the open register was last backed up from this computer, as `keep_backup` was told."""
        if self._register is None:
            return None
        text = self.preferences.text(_backup_key(self._register.path))
        try:
            return datetime.fromisoformat(text) if text else None
        except ValueError:
            return None

    def keep_backup(self, made_at: datetime) -> None:
        """A verified backup of the open register was just made; the status bar shows its age."""
        if self._register is not None:
            self.preferences.keep(_backup_key(self._register.path), made_at.isoformat(timespec="seconds"))
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
            apply_look(app, self.preferences.theme, self.preferences.point_size)
        self.changed.emit("look")

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


def _backup_key(path: Path) -> str:
    """One key for each file, without characters that an ini file minds."""
    return "backup/" + str(path.resolve()).encode().hex()
