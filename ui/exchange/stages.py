"""Long work on files in the background, told by its stages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.storage.backing_up import BackedUp, Places, keep_of
from models.storage.backing_up import back_up as make_and_keep
from models.storage.backup import STAGES
from models.storage.drill import DrillReport, check_pages, drill
from models.storage.keys import Key
from models.storage.manifest import Manifest, Why
from ui.background import Background
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button

if TYPE_CHECKING:
    from ui.session import Session

MISTAKE = N_("The program made a mistake, so this did not end. Nothing was changed.")
Step = Callable[[int, int], None]


def places_of(session: Session) -> Places:
    """Where the backups of the open register go on this computer, and how many its office keeps."""
    office = session.opened_register.office
    return Places(session.backup_folder(), session.preferences.second_folder, keep_of(office))


def back_up(
    file: Path, places: Places, now: datetime, *, key: Key | None, why: Why, is_gentle: bool = False, progress: Step
) -> BackedUp:
    """`backing_up.back_up`, its stages told by number; a cancel leaves nothing behind."""
    return make_and_keep(file, places, now, by_number(progress), key=key, why=why, is_gentle=is_gentle)


def try_backup(
    backup: Manifest, now: datetime, *, key: Key | None, is_gentle: bool = False, progress: Step
) -> DrillReport:
    """`drill`, its stages told by number."""
    return drill(backup, now, by_number(progress), key=key, is_gentle=is_gentle)


def check_backup(backup: Manifest, now: datetime, *, key: Key | None, progress: Step) -> Manifest:
    """`check_pages`, its stages told by number, with everything else on the computer going first."""
    return check_pages(backup, now, by_number(progress), key=key, is_gentle=True)


def by_number(progress: Step) -> Callable[[str], None]:
    """Words of `STAGES` as numbers, for a line that knows their names."""
    names = list(STAGES)
    return lambda stage: progress(names.index(stage), len(names))


class LastWord(QObject):
    """Speaks when work ended without a word, by a mistake of the program itself: nobody may wait for ever."""

    lost = Signal()

    def __init__(self, background: Background, is_waiting: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._is_waiting = background, is_waiting
        background.became_busy.connect(self._look)

    def _look(self, busy: bool) -> None:
        if not busy and self._is_waiting():
            QTimer.singleShot(0, self, self._tell)  # after the callbacks of work that did end with a word

    def _tell(self) -> None:
        if self._is_waiting() and not self._background.is_busy:
            self.lost.emit()


def grow(window: QWidget) -> None:
    """Makes a small window as high as its wrapped words need, now that they have changed."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
        wanted = layout.totalHeightForWidth(window.width()) if layout.hasHeightForWidth() else 0
        window.resize(window.width(), max(window.height(), wanted, layout.totalMinimumSize().height()))


class StageLine(QWidget):
    """Says what is being done, above a bar that moves; hidden while nothing runs."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, stop: str = "") -> None:
        """`stop` is the word of the button that stops the work; without it there is none."""
        super().__init__(parent)
        self._words = QLabel()
        self._words.setWordWrap(True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(_("Progress"))
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(bar, 1)
        if stop:
            row.addWidget(button(stop, self.stop_wanted.emit, icon="close"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._words)
        rows.addLayout(row)
        self.hide()

    @property
    def text(self) -> str:
        """The words on show, empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def begin(self, words: str) -> None:
        """Work begins."""
        self._words.setText(words)
        self.show()

    def step(self, stage: int, _of: int) -> None:
        """The next stage begins."""
        self._words.setText(_(list(STAGES.values())[stage]))

    def end(self) -> None:
        """Nothing runs any more."""
        self.hide()
