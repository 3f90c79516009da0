"""The part of the place "Data" about backups: making, carrying, trying and listing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.storage.backing_up import BackedUp
from models.storage.drill import DrillReport
from models.storage.manifest import Manifest, Why
from models.storage.second_place import choose_second_place, copy_to_second_place, is_on_same_disk
from models.values.formats import number
from ui.exchange.backups_panel import BackupsPanel
from ui.exchange.carrying import CarryDialog
from ui.exchange.stages import back_up, by_number, places_of, try_backup
from ui.exchange.words import age_words, counts_words, made_words, moment_words
from ui.look.spacing import MEDIUM
from ui.look.style import set_role
from ui.page import button, heading
from ui.session import Session


class Runner(Protocol):
    """The page on which the section stands: one work at a time, its stages and its last word in one place."""

    @property
    def is_running(self) -> bool: ...
    def begin(self, work: Callable[..., object], done: Callable[..., None], words: str) -> None:
        """Starts long work that reports its stages; `done` gets its result."""

    def end(self, words: str, level: Level | str) -> None:
        """The last word of work, or of something that needed none."""


class BackupsSection(QWidget):
    """Buttons, two places, the list; everybody may look, and make what is made by itself anyway."""

    def __init__(self, session: Session, runner: Runner, words: Iterator[str]) -> None:
        """`words` gives the texts of the six buttons, each with its own Alt letter."""
        super().__init__()
        self._session, self._runner = session, runner
        self.choose_second: Callable[[Path], str] = lambda _now: ""
        """Asks for a folder on a stick or another disk; the page sets it."""
        self.rows: list[QBoxLayout] = []
        """Side by side where there is room; the page turns them."""
        self.halves: QBoxLayout
        """Two such rows beside each other; the page turns them while there is still room for one."""
        self._carrying: CarryDialog | None = None
        self._build(words)

    # What can be done

    def back_up(self) -> None:
        """Makes a backup now."""
        if self._may():
            register = self._session.opened_register
            places, now = places_of(self._session), self._session.now()
            work = partial(back_up, register.path, places, now, key=register.key, why=Why.BY_HAND)
            self._runner.begin(work, self._made, _("Copying …"))

    def change_second(self) -> None:
        """Each verified backup is copied to a stick or another disk too, chosen once."""
        if not self._may():
            return
        now = self._session.preferences.second_folder
        chosen = self.choose_second(now or self._session.backup_folder())
        if chosen:
            self._use_second(Path(chosen))

    def leave_second(self) -> None:
        """No second place any more; what lies there stays."""
        if self._may():
            self._session.preferences.second_folder = None
            self.show_state()
            self._runner.end(_("Backups are no longer copied to a second place."), "")

    def copy_second(self) -> None:
        """The newest backup to the second place, now that the stick is in."""
        second = self._session.preferences.second_folder
        newest = self._newest()
        if second is None:
            self.change_second()
        elif newest is not None and self._may():
            self._runner.begin(partial(_copy_second, newest, second), self._copied, _("Copying …"))

    def carry(self) -> None:
        """A copy of the newest backup for carrying, locked with a passphrase of its own."""
        newest = self._newest()
        if newest is not None and self._may():
            self._carrying = CarryDialog(self._session, newest, self.window())
            self._carrying.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._carrying.open()

    def drill(self) -> None:
        """Restores the newest backup for a trial and compares it."""
        newest = self._newest()
        if newest is not None and self._may():
            register = self._session.opened_register
            work = partial(try_backup, newest, self._session.now(), key=register.key)
            self._runner.begin(work, self._tried, _("Copying …"))

    # What is shown

    def show_state(self) -> None:
        """How old the last backup is, what it lacks, where the backups go, and when one was tried."""
        register = self._session.register
        if register is None:
            return
        now, last = self._session.now(), self._session.last_backup()
        self.folder.setText(str(self._session.backup_folder()))
        second = self._session.preferences.second_folder
        self.second.setText("" if second is None else str(second))
        self.copy_button.setVisible(second is not None)
        if last is None:
            level, words = "error", _("This register has never been backed up.")
        else:
            lacks, age = register.backups.saves_since(last), age_words(last.made_at, now)
            level = "warning" if lacks else "good"
            if lacks:
                sentence = translate_count(
                    "Last verified backup {age} ago. {count} save is not in it yet.",
                    "Last verified backup {age} ago. {count} saves are not in it yet.",
                    lacks,
                )
                words = sentence.format(age=age, count=number(lacks))
            else:
                words = _("Last verified backup {age} ago. Nothing was saved since.").format(age=age)
        tried = register.backups.last_drill_at()
        if last is None and tried is None:
            trial = ""
        elif tried is None:
            trial = _("No backup was ever restored for a trial.")
        else:
            trial = _("Last tried on {moment}: it could be restored.").format(moment=moment_words(tried))
        self.state.setText(f"{words} {trial}".strip())
        set_role(self.state, level)

    def read_folder(self) -> None:
        """The list anew; raises StorageFailure where the folder cannot be read."""
        try:
            self.backups.read_folder()
        finally:
            for one in (self.restore_button, self.carry_button, self.drill_button):
                one.setVisible(self.backups.has_any)

    # Building

    def _build(self, words: Iterator[str]) -> None:
        self.backup_button = button(next(words), self.back_up, icon="backup", primary=True)
        self.folder_button = button(next(words), lambda: None, icon="edit")
        self.second_button = button(next(words), self.change_second, icon="edit")
        self.copy_button = button(next(words), self.copy_second, icon="copy")
        self.carry_button = button(next(words), self.carry, icon="lock")
        self.drill_button = button(next(words), self.drill, icon="good")
        self.restore_button = button(next(words), lambda: None, icon="restore")
        self.other_button = button(next(words), lambda: None, icon="open")
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.folder = shown_path(_("Folder for backups"))
        self.second = shown_path(_("Second place (stick or other disk)"))
        self.second.setPlaceholderText(_("No second place yet: a broken disk would take all backups with it"))
        label = QLabel(_("Second place (stick or other disk)"))
        label.setBuddy(self.second)
        self.backups = BackupsPanel(self._session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(_("Backups"), "section"))
        column.addWidget(self.state)
        for widgets in (
            (self.backup_button, self.folder, self.folder_button),
            (label, self.second, self.second_button, self.copy_button),
        ):
            row = side_by_side(*widgets)
            self.rows.append(row)
            column.addLayout(row)
        self.halves = side_by_side()
        for row in (
            side_by_side(self.restore_button, self.other_button, None),
            side_by_side(self.carry_button, self.drill_button, None),
        ):
            self.rows.append(row)
            self.halves.addLayout(row)
        self.halves.addStretch()
        column.addLayout(self.halves)
        column.addWidget(self.backups, 1)

    # Details

    def _may(self) -> bool:
        """Whether nothing runs and the person's role includes it; otherwise it says why not."""
        if self._runner.is_running:
            return False
        try:
            self._session.opened_register.require(Right.BACK_UP)
        except Rejected as rejected:
            self._runner.end(rejected.text, Level.ERROR)
            return False
        return True

    def _newest(self) -> Manifest | None:
        """The newest verified backup in the folder; says so where there is none."""
        try:
            folder, now = self._session.backup_folder(), self._session.now()
            newest = self._session.opened_register.backups.newest(folder, now)
        except StorageFailure as failure:
            self._runner.end(failure.text, Level.ERROR)
            return None
        if newest is None:
            words = _("There is no verified backup of this register in the folder yet. Make one first.")
            self._runner.end(words, Level.WARNING)
        return newest

    def _use_second(self, folder: Path) -> None:
        try:
            choose_second_place(folder)
        except StorageFailure as failure:
            self._runner.end(failure.text, Level.ERROR)
            return
        self._session.preferences.second_folder = folder
        self.show_state()
        if is_on_same_disk(folder, self._session.opened_register.path):
            words = _(
                "From now on each backup is copied to {folder} too. But that is the same disk as the register's: if it "
                "breaks, both are gone. A stick or another disk is safer."
            )
            self._runner.end(words.format(folder=folder), Level.WARNING)
        elif self._session.last_backup() is not None:
            self.copy_second()
        else:
            words = _("From now on each backup is copied to {folder} too.")
            self._runner.end(words.format(folder=folder), "good")

    def _made(self, made: BackedUp) -> None:
        self._session.keep_backup(made.manifest)
        self._runner.end(made_words(made), "good" if made.trouble is None else Level.WARNING)

    def _copied(self, copy: Path) -> None:
        words = _("{file} is in {folder}, read back and compared: safe to remove.")
        self._runner.end(words.format(file=copy.name, folder=copy.parent), "good")

    def _tried(self, report: DrillReport) -> None:
        register = self._session.opened_register
        try:
            register.backups.record_drill(report.backup)
        except (Rejected, StorageFailure) as trouble:
            self._runner.end(trouble.text, Level.ERROR)
            return
        contents = report.contents
        words = _(
            "{file} was restored for a trial: every page whole, every table counted ({counts}), the audit trail a "
            "beginning of the open one. The trial copy is gone again."
        )
        self._session.tell("backup")
        self._runner.end(
            words.format(file=report.backup.name, counts=counts_words(contents.workers, contents.enrolments)), "good"
        )


def _copy_second(backup: Manifest, folder: Path, *, progress: Callable[[int, int], None]) -> Path:
    return copy_to_second_place(backup, folder, by_number(progress))


def shown_path(name: str) -> QLineEdit:
    """A path that can be read to its end and copied, not changed."""
    line = QLineEdit()
    line.setReadOnly(True)
    line.setAccessibleName(name)
    return line


def side_by_side(*widgets: QWidget | None) -> QBoxLayout:
    """In a row; None takes the room that is left."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(MEDIUM)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return row
