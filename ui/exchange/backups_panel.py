"""The backups of the folder in use, and what the one holds on which the person rests."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.storage.contents import Contents
from models.storage.inspecting import inspect_backup
from models.storage.manifest import Manifest
from ui.background import Job
from ui.exchange.backup_table import make_table, rows_of
from ui.exchange.words import contents_words, manifest_words
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM
from ui.page import EmptyState
from ui.session import Session
from ui.table import Row

LOOK_AFTER = 250
"""Milliseconds on a row before its backup is read."""


class BackupsPanel(QWidget):
    """A table, and one line below it."""

    chosen = Signal(object)
    """The `Path` of the backup on whose row Enter was pressed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._reading: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER)
        self._timer.timeout.connect(self._read)
        self.table = make_table()
        self.table.setMinimumHeight(6 * self.fontMetrics().height())
        self.table.chosen.connect(self.chosen)
        self.table.currentCellChanged.connect(lambda *_cells: self._rest())
        self.empty = EmptyState(_("There is no backup in this folder yet. Ctrl+B makes the first one."))
        self.holds = MessageBar()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.empty, 1)
        rows.addWidget(self.holds)

    @property
    def current(self) -> Path | None:
        """The backup on whose row the person is."""
        row = self.table.current
        return row.key if row is not None and isinstance(row.key, Path) else None

    @property
    def has_any(self) -> bool:
        return bool(self.table.rows)

    def read_folder(self) -> None:
        """Reads the folder again; raises StorageFailure when it cannot be read, and shows none then."""
        rows: tuple[Row, ...] = ()
        try:
            backups = self._session.opened_register.backups
            rows = rows_of(self._session.backup_folder(), self._session.now(), backups.manifest_of)
        finally:
            self._show(rows)

    def read_soon(self) -> None:
        """Says what the backup holds, once the person rests on its row."""
        if self.current is not None and self.isVisible():
            self._timer.start()

    def forget_reading(self) -> None:
        """Nobody waits any more for what the row holds."""
        self._timer.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    # Details

    def _show(self, rows: tuple[Row, ...]) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.holds.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _rest(self) -> None:
        self.forget_reading()
        self.holds.say("")
        self.read_soon()

    def _read(self) -> None:
        """By its manifest; only a backup without one is read itself."""
        backup = self.current
        if backup is None:
            return
        register = self._session.opened_register
        try:
            manifest = register.backups.manifest_of(backup)
        except StorageFailure as failure:
            self._show_trouble(backup, failure)
            return
        if manifest is not None:
            self._show_manifest(manifest)
            return
        self.holds.say(_("Reading {file} …").format(file=backup.name))
        self._reading = self._session.background.run(
            self,
            partial(inspect_backup, backup, register.key),
            done=self._show_contents,
            failed=partial(self._show_trouble, backup),
        )

    def _show_manifest(self, manifest: Manifest) -> None:
        self.holds.say(manifest_words(manifest), "good" if manifest.verified_at is not None else Level.WARNING)

    def _show_contents(self, contents: Contents) -> None:
        if contents.path == self.current:
            self.holds.say(_("Whole and readable: {contents}.").format(contents=contents_words(contents)), "good")

    def _show_trouble(self, backup: Path, failure: StorageFailure | Rejected) -> None:
        if backup == self.current:
            self.holds.say(failure.text, Level.ERROR)
