"""The first step of a restore: the backups of a folder, each with what it holds, the newest good one chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.storage.contents import Contents
from models.storage.inspecting import inspect_backup
from models.storage.keys import Key
from models.storage.manifest import Manifest, read_manifest
from ui.background import Job
from ui.exchange.backup_table import make_table, rows_of
from ui.exchange.words import contents_words, manifest_words
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM
from ui.page import heading
from ui.session import Session

LOOK_AFTER = 250
"""Milliseconds on a row before a backup without a manifest is read."""


class ChoiceStep(QWidget):
    """A table, and below it what the backup holds on whose row the person rests."""

    chosen = Signal(object)
    """The `Path` of a backup."""

    def __init__(self, session: Session, folder: Path, key: Key | None, parent: QWidget | None = None) -> None:
        """`key` opens what has no manifest and is encrypted."""
        super().__init__(parent)
        self._session, self._folder, self._key = session, folder, key
        self._reading: Job | None = None
        self.choose_file: Callable[[Path], str] = self._ask_file
        """Asks for a backup from anywhere, beginning in a folder; empty when the person gave up."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER)
        self._timer.timeout.connect(self._read)
        self.table = make_table()
        self.table.chosen.connect(self.chosen)
        self.table.currentCellChanged.connect(lambda *_cells: self._rest())
        self.where = heading("", "muted")
        self.where.setWordWrap(True)
        self.holds = MessageBar()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self.where)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.holds)

    def begin(self) -> None:
        """Reads the folder; the focus is on the newest backup that was read back."""
        self.where.setText(_("Folder: {folder}").format(folder=self._folder))
        try:
            self.table.set_rows(rows_of(self._folder, self._session.now(), read_manifest))
        except StorageFailure as failure:
            self.holds.say(failure.text, Level.ERROR)
        if not self.table.rows:
            self.holds.say(_("There is no backup in this folder. Choose one from another place."), Level.WARNING)
            return
        good = (at for at, row in enumerate(self.table.rows) if _is_good(row.key))
        self.table.setCurrentCell(next(good, 0), 0)
        self.table.setFocus()
        self._rest()

    @property
    def current(self) -> Path | None:
        """The backup on whose row the person is."""
        row = self.table.current
        return row.key if row is not None and isinstance(row.key, Path) else None

    def choose_current(self) -> None:
        """As Enter on the row does."""
        if self.current is not None:
            self.chosen.emit(self.current)

    def choose_other(self) -> None:
        """A backup that lies elsewhere, for instance on a stick."""
        chosen = self.choose_file(self._folder)
        if chosen:
            self.chosen.emit(Path(chosen))

    # Details

    def _rest(self) -> None:
        self._timer.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        backup = self.current
        if backup is None:
            return
        manifest = _manifest_of(backup)
        if manifest is not None:
            self.holds.say(manifest_words(manifest), "good" if manifest.verified_at is not None else Level.WARNING)
        else:
            self.holds.say("")
            self._timer.start()

    def _read(self) -> None:
        backup = self.current
        if backup is None or not self.isVisible():
            return
        self.holds.say(_("Reading {file} …").format(file=backup.name))
        self._reading = self._session.background.run(
            self,
            partial(inspect_backup, backup, self._key),
            done=self._show_contents,
            failed=partial(self._show_trouble, backup),
        )

    def _show_contents(self, contents: Contents) -> None:
        if contents.path == self.current:
            self.holds.say(_("Whole and readable: {contents}.").format(contents=contents_words(contents)), "good")

    def _show_trouble(self, backup: Path, failure: StorageFailure | Rejected) -> None:
        if backup == self.current:
            self.holds.say(failure.text, Level.ERROR)

    def _ask_file(self, folder: Path) -> str:
        kinds = _("Backups (*.db *.age);;All files (*)")
        return QFileDialog.getOpenFileName(self, _("Choose a backup"), str(folder), kinds)[0]


def _manifest_of(backup: Path) -> Manifest | None:
    try:
        return read_manifest(backup)
    except OSError:
        return None


def _is_good(backup: object) -> bool:
    """Read back when it was made, and of no damaged file."""
    manifest = _manifest_of(backup) if isinstance(backup, Path) else None
    return manifest is not None and manifest.verified_at is not None
