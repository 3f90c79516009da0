"""The dialog of a first start: how to begin, whose register it is, where its backups go, who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.language import translate as _
from models.offices.office import OfficeSettings
from models.offices.regencies import regency_of
from models.offices.rules import first_settings
from models.offices.users import NewUser
from models.problems import Level, Rejected, StorageFailure
from models.sample import USUAL_WORKERS
from models.storage.backup import backup_folder
from models.storage.inspecting import Contents, inspect_backup
from models.storage.keys import Key, is_encrypted
from models.storage.restore import RestoreReport
from models.values.formats import number
from ui.background import Job
from ui.computer_user import computer_user
from ui.exchange.comparing import put_back
from ui.exchange.stages import MISTAKE, LastWord, StageLine, grow
from ui.exchange.words import contents_words
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.offices.administrator_form import AdministratorForm
from ui.offices.choices import regency_field
from ui.page import button, heading
from ui.session import Session

WIDTH, HEIGHT = 560, 380
SAMPLE_NAME = "contoh.db"
SAMPLE_WORKERS = USUAL_WORKERS
_BACK_TO = {2: 1, 3: 0, 4: 2}
"""To which step Esc leads from one of the later ones."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """Which register to make or open; the settings count only where there is none at the path yet."""

    path: Path
    settings: OfficeSettings
    administrator: NewUser | None = None
    """Who keeps a new register; None for one that is there already."""
    key: Key | None = None
    """What opens one whose passphrase was just typed."""


class FirstStartDialog(QDialog):
    """How to begin; then whose register it is, where its backups go, and who keeps it."""

    def __init__(self, session: Session, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._path = session, path
        self._job: Job | None = None
        self._first = 0
        self._backup: Path | None = None
        self._key: Key | None = None
        self._folder = backup_folder(path)
        self.answer: FirstStart | None = None
        self.choose_file: Callable[[str], str] = self._ask_file
        """Asks for a file, with the title of the question; empty when the person gave up."""
        self.choose_folder: Callable[[Path], str] = self._ask_folder
        self.setWindowTitle(_("Cakupan: the first start"))
        self.setModal(True)
        self.message = MessageBar()
        self.stages = StageLine(stop=_("Stop (Esc)"))
        self.stages.stop_wanted.connect(self.reject)
        self.steps = QStackedWidget()
        for step in (
            self._make_beginning(), self._make_office(), self._make_folder(), self._make_restoring(),
            self._make_administrator(),
        ):  # fmt: skip
            self.steps.addWidget(step)
        self.steps.setMinimumSize(WIDTH, HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(self.steps, 1)
        column.addWidget(self.stages)
        column.addWidget(self.message)
        LastWord(session.background, lambda: self._job is not None, self).lost.connect(self._rescue)
        self._go(0)

    # Ways to begin

    def begin_new(self) -> None:
        """A new register, without asking how to begin."""
        self._first = 1
        self._go(1)

    def begin_existing(self) -> None:
        """A register that is somewhere already."""
        chosen = self.choose_file(_("Choose a register"))
        if chosen:
            self._answer(Path(chosen), OfficeSettings())

    def begin_restoring(self) -> None:
        """A backup, as it was brought from another computer."""
        chosen = self.choose_file(_("Choose a backup"))
        if not chosen:
            return
        self._backup, self._key = Path(chosen), None
        if is_encrypted(self._backup):
            from ui.offices.passphrase_view import ask_key

            self._key = ask_key(self._session, self._backup, self)
            if self._key is None:
                return
        self._run(
            partial(_inspect, self._backup, self._key),
            self._show_backup,
            _("Reading {file} …").format(file=self._backup.name),
        )

    def begin_sample(self) -> None:
        """Invented people in a file of their own."""
        sample = self._path.with_name(SAMPLE_NAME)
        if sample.exists():
            self._answer(sample, OfficeSettings())
            return
        from models.sample.making import SETTINGS

        self._run(
            partial(_make_sample, sample, self._session),
            lambda _made: self._answer(sample, SETTINGS),
            _("Inventing a sample district …"),
            step=self._step_sample,
        )

    # What Qt calls

    def reject(self) -> None:
        """Esc: stops what runs, goes back a step, or gives up."""
        if self._job is not None:
            self._job.cancel()
        elif self.steps.currentIndex() in _BACK_TO:
            self._go(_BACK_TO[self.steps.currentIndex()])
        elif self.steps.currentIndex() > self._first:
            self._go(self._first)
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(pressed, QPushButton):
                pressed.click()
        else:
            super().keyPressEvent(event)

    # Building

    def _make_beginning(self) -> QWidget:
        self.new_button = button(_("&1  A new register on this computer"), self._from_new, icon="add", primary=True)
        self.existing_button = button(
            _("&2  Open a register that is there already …"), self.begin_existing, icon="open"
        )
        self.restore_button = button(_("&3  Restore a backup …"), self.begin_restoring, icon="restore")
        self.sample_button = button(_("&4  Look at a sample with invented people"), self.begin_sample, icon="preview")
        ways = (self.new_button, self.existing_button, self.restore_button, self.sample_button)
        step, column = _step(_("How would you like to begin?"))
        column.addWidget(_words(_("There is no register at {path} yet.").format(path=self._path)))
        for at, way in enumerate(ways, 1):
            column.addWidget(way)
            key = QShortcut(QKeySequence(str(at)), step)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(way.click)
        column.addStretch()
        column.addWidget(_words(_("A number or Enter chooses, the arrows move, Esc gives up."), muted=True))
        return step

    def _make_office(self) -> QWidget:
        self.form = form = FormGrid()
        form.add(regency_field("regency"), 12)
        form.add(TextField("office_name", _("Name of the office")), 12)
        form.add(TextField("signatory_name", _("Who signs, with titles (may wait)")), 12)
        usual = OfficeSettings()
        form["regency"].set_value(usual.regency)
        form["office_name"].set_value(usual.office_name)
        form.set_buttons(
            button(_("Back (Esc)"), self.reject, icon="back"), button(_("Go on"), self._take_office, primary=True)
        )
        form.reached_end.connect(self._take_office)
        step, column = _step(_("Whose register is it?"))
        column.addWidget(
            _words(_("Type the kabupaten or kota by name or code. All of this can be changed later in Settings."))
        )
        column.addWidget(form, 1)
        return step

    def _make_folder(self) -> QWidget:
        self.folder_form = form = FormGrid()
        folder = self._session.preferences.backup_folder or backup_folder(self._path)
        form.add(TextField("folder", _("Folder for backups")), 12).set_value(str(folder))
        form.set_buttons(
            button(_("Back (Esc)"), self.reject, icon="back"),
            button(_("Choose a folder …"), self._choose_folder, icon="open"),
            button(_("Go on"), self._take_folder, primary=True),
        )
        form.reached_end.connect(self._take_folder)
        step, column = _step(_("Where should backups go?"))
        column.addWidget(
            _words(
                _(
                    "A folder on another disk or on a stick is safest: it survives this computer. Without a change, "
                    "backups lie beside the register."
                )
            )
        )
        column.addWidget(form, 1)
        return step

    def _make_restoring(self) -> QWidget:
        self.holds = _words("")
        self.put_button = button(_("&Restore it here"), self._put_back, icon="restore", primary=True)
        row = QHBoxLayout()
        row.addWidget(button(_("&Back (Esc)"), self.reject, icon="back"))
        row.addStretch()
        row.addWidget(self.put_button)
        step, column = _step(_("Restore a backup"))
        column.addWidget(self.holds)
        column.addStretch()
        column.addLayout(row)
        return step

    def _make_administrator(self) -> QWidget:
        person = self._session.person
        self.administrator_form = form = AdministratorForm(
            person.name if person is not None else computer_user(),
            button(_("Back (Esc)"), self.reject, icon="back"),
            button(_("Begin"), self._finish, primary=True),
        )
        form.reached_end.connect(self._finish)
        step, column = _step(_("Who keeps this register?"))
        column.addWidget(
            _words(
                _(
                    "Every save bears the name of who made it. As administrator you may do everything and add "
                    "colleagues later."
                )
            )
        )
        column.addWidget(form, 1)
        return step

    # Details

    def _go(self, step: int) -> None:
        self.message.say("")
        self.steps.setCurrentIndex(step)
        if step == 0:
            self.new_button.setFocus()
        elif step == 1:
            self.form.go_to("regency")
        elif step == 2:
            self.folder_form.go_to("folder")
        elif step == 3:
            self.put_button.setFocus()
        else:
            self.administrator_form.begin()

    def _from_new(self) -> None:
        self._go(1)

    def _take_office(self) -> None:
        """On to the folder, once the kabupaten can be read."""
        self.form.tidy()
        self.form.show_problems((), everywhere=True)
        if self.form["regency"].value() is None:
            self.message.say(_("Which kabupaten or kota? Type its name or code."), Level.ERROR)
            self.form.go_to("regency")
            return
        self._go(2)

    def _take_folder(self) -> None:
        """On to the administrator, once the folder can be used."""
        self.folder_form.tidy()
        usual = backup_folder(self._path)
        text = self.folder_form["folder"].text().strip()
        folder = Path(text).expanduser() if text else usual
        if not folder.is_absolute():
            self.message.say(_("Type the whole path of the folder, or choose it."), Level.ERROR)
            self.folder_form.go_to("folder")
            return
        self._folder = folder
        self._go(4)

    def _finish(self) -> None:
        administrator = self.administrator_form.answer()
        if administrator is None:
            return
        if self._folder != (self._session.preferences.backup_folder or backup_folder(self._path)):
            self._session.preferences.backup_folder = self._folder
        regency = regency_of(self.form["regency"].value())
        assert regency is not None, "the field takes only what is in the list"
        settings = first_settings(regency)
        typed = {name: self.form[name].value() for name in ("office_name", "signatory_name")}
        settings = replace(settings, **{name: text for name, text in typed.items() if text})
        self._answer(self._path, settings, administrator)

    def _answer(self, path: Path, settings: OfficeSettings, administrator: NewUser | None = None) -> None:
        self.answer = FirstStart(path, settings, administrator, self._key if path == self._path else None)
        self.accept()

    def _choose_folder(self) -> None:
        chosen = self.choose_folder(Path(self.folder_form["folder"].text() or self._path.parent))
        if chosen:
            self.folder_form["folder"].set_value(chosen)
        self.folder_form.go_to("folder")

    def _run(
        self,
        work: Callable[..., object],
        done: Callable[..., None],
        words: str,
        step: Callable[[int, int], None] | None = None,
    ) -> None:
        if self._job is not None:
            return
        self.message.say("")
        self.stages.begin(words)
        self.steps.setEnabled(False)

        def end_and(go_on: Callable[..., None], *result: object) -> None:
            self._end_work()
            go_on(*result)

        self._job = self._session.background.run(
            self,
            work,
            done=partial(end_and, done),
            failed=partial(end_and, self._refuse),
            progress=step or self.stages.step,
            cancelled=partial(end_and, lambda: self._say(_("Stopped. Nothing was changed."), Level.WARNING)),
        )

    def _end_work(self) -> None:
        self._job = None
        self.stages.end()
        self.steps.setEnabled(True)

    def _rescue(self) -> None:
        """A mistake of the program itself: the person may try another way."""
        self._end_work()
        self._say(_(MISTAKE), Level.ERROR)

    def _refuse(self, failure: StorageFailure | Rejected) -> None:
        self._say(failure.text, Level.ERROR)

    def _say(self, words: str, level: Level) -> None:
        self._go(self.steps.currentIndex())
        self.message.say(words, level)
        grow(self)

    def _show_backup(self, contents: Contents) -> None:
        sentence = _("{file} is whole and readable: {contents}. It will be restored to {path}.")
        self.holds.setText(
            sentence.format(file=contents.path.name, contents=contents_words(contents), path=self._path)
        )
        self._go(3)

    def _put_back(self) -> None:
        assert self._backup is not None, "a backup was shown before it can be restored"
        self._run(
            partial(put_back, self._backup, self._path, self._session.now(), key=self._key, by=computer_user()),
            self._restored,
            _("Restore a backup"),
        )

    def _restored(self, _report: RestoreReport) -> None:
        self._answer(self._path, OfficeSettings())

    def _step_sample(self, done: int, of: int) -> None:
        self.stages.begin(_("{done} of {all} workers").format(done=number(done), all=number(of)))

    def _ask_file(self, title: str) -> str:
        return QFileDialog.getOpenFileName(self, title, str(self._path.parent), _("Registers (*.db);;All files (*)"))[
            0
        ]

    def _ask_folder(self, now: Path) -> str:
        return QFileDialog.getExistingDirectory(self, _("Folder for backups"), str(now))


def _inspect(backup: Path, key: Key | None, *, progress: Callable[[int, int], None]) -> Contents:
    return inspect_backup(backup, key)


def _make_sample(sample: Path, session: Session, *, progress: Callable[[int, int], None]) -> object:
    from models.sample.making import make_sample

    sample.parent.mkdir(parents=True, exist_ok=True)
    return make_sample(
        sample, now=session.now(), workers=SAMPLE_WORKERS, progress=lambda done: progress(done, SAMPLE_WORKERS)
    )


def _step(title: str) -> tuple[QWidget, QVBoxLayout]:
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(MEDIUM + SMALL)
    column.addWidget(heading(title))
    return step, column


def _words(text: str, *, muted: bool = False) -> QLabel:
    label = heading(text, "muted" if muted else "")
    label.setWordWrap(True)
    return label
