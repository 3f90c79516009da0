"""The place "Data": the file, its backups, and the way back from one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.language import N_
from models.language import translate as _
from models.offices.office import OfficeSettings
from models.offices.users import NewUser
from models.problems import Level, Rejected, StorageFailure
from models.storage.anchors import anchor_of
from models.storage.check import CheckReport
from models.storage.keys import is_encrypted
from ui.background import Job
from ui.exchange.backups_section import BackupsSection, shown_path, side_by_side
from ui.exchange.findings import Findings, check_open, clean_words, count_words, finding_words
from ui.exchange.lists.panel import ListsPanel
from ui.exchange.out.panel import ListsOutPanel
from ui.exchange.restoring import RestoreDialog
from ui.exchange.stages import MISTAKE, LastWord, StageLine
from ui.fields.letters import assign_letters, letters_in, without_letter
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.page import Page, button, heading
from ui.page_frame import PageFrame
from ui.session import Session

HALF = 64
"""Below so many heights of a line the buttons of the backups stand in two rows."""
NARROW = 46
"""Below so many heights of a line the buttons stand below each other."""


class ExchangePage(Page):
    """One action backs up; everything else is looked at first."""

    title = N_("Data")
    help_page = "exchange"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.choose_folder: Callable[[Path], str] = self._ask_folder
        """Asks for a folder, with the present one; empty when the person gave up."""
        self.choose_file: Callable[[str, Path], str] = self._ask_file
        """Asks for a file to open, with the title of the question and the folder to begin in."""
        self.choose_new: Callable[[Path], str] = self._ask_new
        self.open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.restoring: RestoreDialog | None = None
        self._was_shown = False
        self._job: Job | None = None
        self._rows: list[QBoxLayout] = []
        self._build()
        self._show_state()
        session.changed.connect(self._follow)
        last_word = LastWord(session.background, lambda: self._job is not None, self)
        last_word.lost.connect(lambda: self.end(_(MISTAKE), Level.ERROR))

    # As a page

    def shown(self) -> None:
        self._show_state()
        self._list()
        last = self.focusWidget()
        if self._was_shown and last is not None and last.isVisible():
            last.setFocus()
        else:
            self._go_in()
        self._was_shown = True

    def leaving(self) -> bool:
        """What runs goes on; its message is here when the person comes back."""
        self.backups.forget_reading()
        return True

    def help_topic(self) -> str:
        topics = {self.lists: "lists-in", self.lists_out: "lists-out"}
        return topics.get(self.area, super().help_topic())

    def closing(self) -> bool:
        if self.lists.is_running or self.lists_out.is_running:
            self.session.message(_("A list is still being worked on. Wait until it is done, or stop it with Esc."))
            return False
        if self._job is not None:
            self.session.message(
                _("A backup or a check is still running. Wait until it is done, or stop it with Esc.")
            )
        return self._job is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        turn = QBoxLayout.Direction
        self.section.halves.setDirection(turn.TopToBottom if self.width() < HALF * line else turn.LeftToRight)
        narrow = self.width() < NARROW * line
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # What can be done

    @property
    def is_running(self) -> bool:
        """Whether long work runs, of which there is one at a time."""
        return self._job is not None

    def back_up(self) -> None:
        """Makes a backup now."""
        self.section.back_up()

    def check(self) -> None:
        """Reads the whole open file, holds it against its backups and the codes typed, and says what is wrong."""
        if self._job is not None:
            return
        try:
            codes = [anchor_of(code) for code in re.split(r"[;,\n]", self.codes.text()) if code.strip()]
        except Rejected as rejected:
            self.codes.setFocus()
            self.message.say(rejected.text, Level.ERROR)
            return
        register = self.session.opened_register
        work = partial(check_open, register.path, register.key, self.session.backup_folder(), codes)
        self.begin(
            work,
            self._checked,
            _("Reading {file} …").format(file=self._path.name),
            step=lambda _stage, _of: None,
        )

    def stop(self) -> None:
        """Esc: stops what runs, before its next stage; in a list, one step back."""
        area = self.area
        if isinstance(area, ListsPanel | ListsOutPanel):
            area.step_back()
        elif self._job is not None:
            self._job.cancel()

    def restore(self, backup: Path) -> None:
        """Shows what a backup holds against what is open, to be confirmed or left."""
        if self._job is not None:
            self.message.say(_("Wait until the present work is done, or stop it with Esc."), Level.WARNING)
            return
        if self.session.opened_register.path.resolve() == backup.resolve():
            self.message.say(_("That is the register that is open. Choose a backup of it."), Level.WARNING)
            return
        self.backups.forget_reading()
        register = self.session.opened_register
        self.restoring = RestoreDialog(self.session, backup, self.window(), path=register.path, user=register.user)
        self.restoring.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.restoring.open()

    def restore_chosen(self) -> None:
        """The backup of the row on which the person is."""
        backup = self.backups.current
        if backup is None:
            self.table.setFocus()
            self.message.say(_("Choose a backup in the list first, then press Enter."), Level.WARNING)
        else:
            self.restore(backup)

    def restore_other(self) -> None:
        """A backup from anywhere."""
        chosen = self.choose_file(_("Choose a backup"), self.session.backup_folder())
        if chosen:
            self.restore(Path(chosen))

    def change_folder(self) -> None:
        """Backups go elsewhere from now on, for instance onto a stick."""
        chosen = self.choose_folder(self.session.backup_folder())
        if chosen:
            self.session.use_backup_folder(chosen)
            self._list()

    def open_folder(self) -> None:
        """The folder of the open file, in the computer's own window."""
        self.open_outside(QUrl.fromLocalFile(str(self._path.parent)))

    def open_other(self) -> None:
        """Another register in the place of this one; with the lists in front, a list."""
        if self.area is self.lists:
            self.lists.open()
            return
        chosen = self.choose_file(_("Choose a register"), self._path.parent)
        if chosen:
            self._open(Path(chosen))

    def make_new(self) -> None:
        """A new, empty register in the place of this one, after the questions of a first start."""
        chosen = self.choose_new(self._path.parent)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.db")
        if path.exists():
            self.message.say(
                _("There is a file {file} already. Choose another name, or open it.").format(file=path.name),
                Level.WARNING,
            )
            return
        from ui.offices.first_start import ask_settings

        answer = ask_settings(self.window(), self.session, path)
        if answer is not None:
            self._open(answer.path, answer.settings, answer.administrator)

    # Building

    def _build(self) -> None:
        words = iter(assign_letters([
            _("Back up now (Ctrl+B)"), _("Change the folder …"), _("Choose …"), _("Copy there now"),
            _("Copy for carrying (age) …"), _("Try the backup"), _("Restore the chosen one … (Enter)"),
            _("Restore from another file …"), _("Open the folder"), _("Open another file … (Ctrl+O)"),
            _("New file … (Ctrl+N)"), _("Check the file"), _("Backup"), _("Lists in"), _("Lists out"),
        ]))  # fmt: skip
        self._build_section(words)
        self.show_button = button(next(words), self.open_folder, icon="open")
        self.open_button = button(next(words), self.open_other, icon="open")
        self.new_button = button(next(words), self.make_new, icon="add")
        self.check_button = button(next(words), self.check, icon="good")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, SMALL, 0)
        rows.setSpacing(MEDIUM)
        self._build_file(rows)
        rows.addWidget(self.section, 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.message = MessageBar()
        self.findings = Findings()
        self.stages = StageLine(stop=_("Stop (Esc)"))
        self.stages.stop_wanted.connect(self.stop)
        self.file_area = QWidget()
        column = QVBoxLayout(self.file_area)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(scroll, 1)
        column.addWidget(self.stages)
        column.addWidget(self.findings)
        column.addWidget(self.message)
        self._build_areas(tuple(words))
        self.add_action(_("Back up now"), self.back_up, keys="Ctrl+B", icon="backup")
        self.add_action(_("Choose a second place for backups …"), self.section.change_second, icon="edit")
        self.add_action(_("No second place for backups any more"), self.section.leave_second, icon="close")
        self.add_action(_("Copy the newest backup to the second place"), self.section.copy_second, icon="copy")
        self.add_action(_("Copy for carrying (age) …"), self.section.carry, icon="lock")
        self.add_action(_("Try the backup"), self.section.drill, icon="good")
        self.add_action(_("Restore from another file …"), self.restore_other, icon="restore")
        self.add_action(_("Check the file"), self.check, icon="good")
        self.add_action(_("Take in a list …"), self._open_list, icon="import")
        self.add_action(_("Open another file …"), self.open_other, keys="Ctrl+O", icon="open")
        self.add_action(_("New file …"), self.make_new, keys="Ctrl+N", icon="add")
        self.add_action(_("Stop"), self.stop, keys="Esc", icon="close")

    def _build_areas(self, words: tuple[str, ...]) -> None:
        """Side by side as tabs, each word with its Alt letter."""
        taken = "".join(letters_in(words))
        self.lists, self.lists_out = ListsPanel(self.session, taken), ListsOutPanel(self.session, taken)
        self.areas = QTabWidget()
        self.areas.setDocumentMode(True)
        self.areas.tabBar().setDrawBase(False)
        for widget in (self.areas, self.areas.tabBar()):
            widget.setAccessibleName(_(self.title))
        self._frames = {part: PageFrame(part) for part in (self.lists, self.lists_out)}
        parts: tuple[QWidget, ...] = (self.file_area, self.lists, self.lists_out)
        for part, word in zip(parts, words, strict=True):
            self.areas.addTab(self._frames.get(part, part), word)  # type: ignore[call-overload]
            self.add_action(without_letter(word).replace("&", "&&"), partial(self.show_area, part), icon="data")
        self.areas.currentChanged.connect(lambda _at: self._area_changed())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        rows.setSpacing(SMALL)
        rows.addWidget(heading(_(self.title)))
        rows.addWidget(self.areas, 1)

    def _build_file(self, rows: QVBoxLayout) -> None:
        self.file = shown_path(_("Register that is open"))
        rows.addWidget(heading(_("Register that is open"), "section"))
        rows.addWidget(self.file)
        self._add_row(rows, self.show_button, self.open_button, self.new_button, None)
        self.codes = QLineEdit()
        self.codes.setAccessibleName(_("Trail code from paper"))
        self.codes.setToolTip(_("From the foot of a coverage summary; several with commas between them"))
        self.codes.setPlaceholderText("12345-8F3A-91C2-77AB-04DE")
        self.codes.returnPressed.connect(self.check)
        label = QLabel(_("Trail code from paper"))
        label.setBuddy(self.codes)
        self._add_row(rows, self.check_button, label, self.codes)

    def _build_section(self, words: Iterator[str]) -> None:
        section = self.section = BackupsSection(self.session, self, words)
        section.choose_second = lambda now: self.choose_folder(now)
        section.restore_button.clicked.connect(self.restore_chosen)
        section.other_button.clicked.connect(self.restore_other)
        section.folder_button.clicked.connect(self.change_folder)
        self.backup_button, self.folder_button = section.backup_button, section.folder_button
        self.restore_button, self.other_button = section.restore_button, section.other_button
        self.state, self.folder, self.backups = section.state, section.folder, section.backups
        self.backups.chosen.connect(self.restore)
        self.table, self.holds = self.backups.table, self.backups.holds
        self._rows += section.rows

    # Details

    @property
    def area(self) -> QWidget:
        """What is in front: the backups, the lists in or the lists out."""
        shown = self.areas.currentWidget()
        return shown.page if isinstance(shown, PageFrame) else shown

    def show_area(self, area: QWidget) -> None:
        """Brings another one to the front."""
        self.areas.setCurrentIndex((self.file_area, self.lists, self.lists_out).index(area))

    def _open_list(self) -> None:
        self.show_area(self.lists)
        self.lists.open()

    def _area_changed(self) -> None:
        if self.isVisible():
            self._go_in()

    def _go_in(self) -> None:
        """The focus where work begins."""
        area = self.area
        if isinstance(area, ListsPanel | ListsOutPanel):
            area.go_in()
        else:
            self.backup_button.setFocus()

    def _add_row(self, rows: QVBoxLayout, *widgets: QWidget | None) -> None:
        row = side_by_side(*widgets)
        self._rows.append(row)
        rows.addLayout(row)

    @property
    def _path(self) -> Path:
        return self.session.opened_register.path

    def begin(
        self,
        work: Callable[..., object],
        done: Callable[..., None],
        words: str,
        step: Callable[[int, int], None] | None = None,
    ) -> None:
        self.backups.forget_reading()
        self.message.say("")
        self.findings.show_all(())
        self.stages.begin(words)
        self._job = self.session.background.run(
            self, work, done=done, failed=self._failed, progress=step or self.stages.step, cancelled=self._stopped
        )

    def end(self, words: str, level: Level | str) -> None:
        self._job = None
        self.stages.end()
        self.message.say(words, level)
        self.backups.read_soon()
        if not self.isVisible():
            self.session.message(words)

    def _checked(self, report: CheckReport) -> None:
        register = self.session.opened_register
        if not register.is_read_only:
            try:
                register.audit.note_check(len(report.findings))
            except StorageFailure as failure:
                self.session.message(failure.text)
        if report.is_clean:
            self.end(clean_words(self._path, report), "good")
        else:
            self.findings.show_all([finding_words(register, finding) for finding in report.findings])
            self.end(count_words(self._path, report), Level.ERROR)
            self.findings.setFocus()

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        self.end(failure.text, Level.ERROR)

    def _stopped(self) -> None:
        self.end(_("Stopped. Nothing was changed."), Level.WARNING)

    def _open(self, path: Path, settings: OfficeSettings | None = None, administrator: NewUser | None = None) -> None:
        if self._job is not None:
            self.message.say(_("Wait until the present work is done, or stop it with Esc."), Level.WARNING)
            return
        if path.exists() and path.resolve() == self._path.resolve():
            self.message.say(_("{file} is open already.").format(file=path.name))
            return
        self.backups.forget_reading()
        user = self.session.opened_register.user
        window, key = self.window(), None
        if path.is_file() and is_encrypted(path):
            from ui.offices.passphrase_view import ask_key

            key = ask_key(self.session, path, window)
            if key is None:
                return
        try:
            self.session.open_file(
                path, user=user, new=settings, must_exist=settings is None, administrator=administrator, key=key
            )
        except StorageFailure as failure:
            self.message.say(failure.text, Level.ERROR)
            return
        if administrator is not None:
            from ui.offices.passphrase_offer import offer_passphrase

            offer_passphrase(self.session, window)

    def _show_state(self) -> None:
        """The open file, and how old its last backup is."""
        register = self.session.register
        if register is not None:
            self.file.setText(str(register.path))
            self.section.show_state()

    def _list(self) -> None:
        try:
            self.section.read_folder()
        except StorageFailure as failure:
            self.message.say(failure.text, Level.ERROR)

    def _follow(self, subject: str) -> None:
        if subject in ("backup", "workers", "coverage", "settings") and self.session.register is not None:
            self._show_state()
            if subject == "backup" and self.isVisible():
                self._list()
        if subject == "look":
            self.message.dress()
            self.holds.dress()

    def _ask_folder(self, now: Path) -> str:
        return QFileDialog.getExistingDirectory(self, _("Folder for backups"), str(now))

    def _ask_file(self, title: str, folder: Path) -> str:
        kinds = _("Registers and backups (*.db *.age);;All files (*)")
        return QFileDialog.getOpenFileName(self, title, str(folder), kinds)[0]

    def _ask_new(self, folder: Path) -> str:
        return QFileDialog.getSaveFileName(
            self, _("New register"), str(folder), _("Registers (*.db);;All files (*)")
        )[0]
