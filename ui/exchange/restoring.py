"""The way back from a backup: choose it, see what it would change, confirm, and the register is what it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget
from PySide6.QtWidgets import QStackedWidget as Steps

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.storage.restore import RestoreReport
from models.values.formats import number
from ui.exchange.change_files import list_work
from ui.exchange.change_words import cost_words, weight_of
from ui.exchange.comparing import STEPS, Looked, look, put_back
from ui.exchange.restoring_buttons import RestoreButtons
from ui.exchange.restoring_choice import ChoiceStep
from ui.exchange.restoring_locked import LockedStep
from ui.exchange.restoring_look import LookStep
from ui.exchange.stages import MISTAKE, LastWord, StageLine, grow
from ui.exchange.words import contents_words
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM
from ui.page import heading
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key
    from ui.offices.passphrase_view import UnlockDialog

LEAST, MOST = QSize(640, 400), QSize(1160, 600)
"""Sizes between which it takes the room of the window."""


class RestoreDialog(QDialog):
    """Its question is the only confirmation of the program: what is open now is replaced.

    It belongs to the window, not to a page: with the register, the pages go. Where the register does not open, what can
    still be read of it is put beside the backup, and waits as drafts after the restore.
    """

    restored = Signal(object)
    """A `RestoreReport`; the register is open again."""

    def __init__(
        self,
        session: Session,
        backup: Path | None,
        parent: QWidget,
        *,
        path: Path,
        user: str,
        folder: Path | None = None,
        key: Key | None = None,
    ) -> None:
        """`path` is the register to be replaced, open or not; `user` opens it afterwards, `key` what is damaged.

        Without a `backup` the first step is to choose one from `folder`.
        """
        super().__init__(parent)
        self._session, self._path, self._user = session, path, user
        register = session.register
        self._was_open = register is not None
        self._person = None if register is None else register.person
        self._key = key if register is None else register.key
        self._folder = folder or (path.parent if backup is None else backup.parent)
        self._backup = backup or path
        self._looked: Looked | None = None
        self._is_reading = self._is_running = False
        self.asking: UnlockDialog | None = None
        """The question for the passphrase of a backup, while it stands."""
        self.choose_name: Callable[[Path], str] = self._ask_name
        """Asks under which name a list is to be saved; empty when the person gave up."""
        self._build()
        LastWord(session.background, lambda: self._is_reading or self._is_running, self).lost.connect(self._rescue)
        if self._may():
            self._choose() if backup is None else self.take(backup)

    def take(self, backup: Path) -> None:
        """Goes on with a backup: reads it and puts it beside the register."""
        from models.storage.carrying import is_carried

        if backup.exists() and self._path.exists() and backup.samefile(self._path):
            self._say(_("That is the register itself. Choose a backup of it."), Level.WARNING)
            return
        self._backup = backup
        try:
            is_locked = backup.is_file() and is_carried(backup)
        except StorageFailure as failure:
            self._refuse_in(failure.text)
            return
        if is_locked:
            self.locked.ask(backup)
            self._go(self.locked)
        else:
            self._look(self._key)

    # Building

    def _build(self) -> None:
        self.setWindowTitle(_("Restore a backup"))
        self.setModal(True)
        self.choice = ChoiceStep(self._session, self._folder, self._key)
        self.choice.chosen.connect(self.take)
        self.locked = LockedStep(self._session, self._path.parent)
        self.locked.began.connect(self._begin_reading)
        self.locked.unlocked.connect(self._unlocked)
        self.locked.refused.connect(self._stays_locked)
        self.look = LookStep()
        self.table = self.look.facts
        self.buttons = acts = RestoreButtons(
            is_damaged=not self._was_open, leave=self.reject, back=self._choose, other=self.choice.choose_other,
            go_on=self.choice.choose_current, keep=self.save_list, again=self._reopen, confirm=self._restore,
        )  # fmt: skip
        self.leave, self.keep, self.again, self.confirm = acts.leave, acts.keep, acts.again, acts.confirm
        self.back, self.other, self.go_on = acts.back, acts.other, acts.go_on
        self.steps = Steps()
        for step in (self.choice, self.locked, self.look):
            self.steps.addWidget(step)
        self.steps.setCurrentWidget(self.look)
        self.message = MessageBar()
        self.stages = StageLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(_("Restore a backup")))
        column.addWidget(self.steps, 1)
        column.addWidget(self.stages)
        column.addWidget(self.message)
        column.addWidget(self.buttons)
        parent = self.parentWidget()
        room = MOST if parent is None else parent.window().size() - QSize(80, 60)
        self.resize(room.boundedTo(MOST).expandedTo(LEAST))
        self.buttons.offer()
        self.leave.setFocus()

    # What can be done

    def save_list(self) -> None:
        """What stands in the lists, all of it, as PDF or text."""
        if self._looked is None or self._is_reading or self._is_running:
            return
        now = self._session.now()
        chosen = self.choose_name(self._folder / f"{_('List-of-restore')}-{now:%Y%m%d-%H%M}.pdf")
        if not chosen:
            return
        try:
            work = list_work(self._session, self.look.sections, self._looked, self._path, Path(chosen), self._by)
        except (Rejected, StorageFailure) as failure:
            self._say(failure.text, Level.ERROR)
            return
        self._is_reading = True
        self.stages.begin(_("Writing the list …"))
        self._session.background.run(self, work, done=self._list_saved, failed=self._list_failed)

    def reject(self) -> None:
        """Not while a file is being replaced: that ends by itself, well or with the old one."""
        if not self._is_running:
            super().reject()

    def done(self, result: int) -> None:
        """Nothing of a locked copy stays unlocked."""
        self.locked.forget()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(pressed, QPushButton):
                pressed.click()
        else:
            super().keyPressEvent(event)

    # Choosing and looking

    @property
    def _by(self) -> str:
        """Who restores: written into the restored register."""
        return self._user if self._person is None else self._person.name

    def _may(self) -> bool:
        """A register that does not open can ask nobody who they are."""
        register = self._session.register
        try:
            if register is not None:
                register.require(Right.BACK_UP)
        except Rejected as rejected:
            self._refuse_in(rejected.text)
            return False
        return True

    def _choose(self) -> None:
        self._say("", "")
        self._go(self.choice)
        self.choice.begin()

    def _unlocked(self, backup: Path) -> None:
        self._backup = backup
        self._look(self._key)

    def _stays_locked(self, words: str) -> None:
        self._end_reading()
        self._go(self.locked)
        self._say(words, Level.ERROR)

    def _look(self, key: Key | None) -> None:
        self.look.clear()
        self._go(self.look)
        self._begin_reading(_("Reading the backup and its checksum …"))
        work = partial(look, self._backup, self._path, key=key, present_key=self._key, is_damaged=not self._was_open)
        failed = partial(self._look_failed, key)
        self._session.background.run(self, work, done=self._show, failed=failed, progress=self._step)

    def _look_failed(self, key: Key | None, failure: StorageFailure | Rejected) -> None:
        if getattr(failure, "code", "") not in ("encrypted", "wrong_passphrase"):
            self._refuse_in(failure.text)
            return
        self._end_reading()
        from ui.offices.passphrase_view import UnlockDialog

        asking = self.asking = UnlockDialog(self._session, self._backup, self)
        if key is not None:
            asking.view.form.say(
                _("This backup was made under another passphrase than the present one. Type the one of that time."),
                "warning",
            )
        asking.accepted.connect(lambda: self._look(asking.key))
        asking.rejected.connect(
            lambda: self._refuse_in(_("Without its passphrase the backup cannot be read. Nothing was changed."))
        )
        asking.finished.connect(asking.deleteLater)
        asking.open()
        asking.resize(asking.sizeHint() + QSize(0, 3 * self.fontMetrics().height()))  # the field keeps its label

    def _show(self, looked: Looked) -> None:
        self._end_reading()
        self._looked = looked
        self.look.show_looked(looked, self._path, self._session.now())
        self.buttons.offer(self.confirm, *((self.keep,) if self.look.row_count else ()), self.back)
        found = looked.comparison
        self._say(cost_words(found, looked.key, self._key), weight_of(found))
        (self.look.lists[0] if self.look.lists else self.table).setFocus()

    # Restoring

    def _restore(self) -> None:
        looked = self._looked
        if self._is_running or self._is_reading or looked is None or not self._may():
            return
        self._is_running = True
        self.buttons.offer()
        self.leave.setEnabled(False)
        self.message.say("")
        self.stages.begin(_("Closing the register …"))
        work = partial(
            put_back,
            self._backup,
            self._path,
            self._session.now(),
            key=looked.key,
            present_key=self._key,
            by=self._by,
            salvaged=looked.salvaged,
        )
        if self._session.register is not None:
            self._session.use_register(None)
        self._session.background.run(self, work, done=self._restored, failed=self._failed, progress=self._step)

    def _restored(self, report: RestoreReport) -> None:
        words = [_("Restored: {contents}.").format(contents=contents_words(report.restored))]
        if report.safety_copy is not None:
            words.append(_("What was open before is kept in {copy}.").format(copy=report.safety_copy))
        if report.drafts:
            waiting = translate_count(
                "{count} draft waits: look at it and save it.",
                "{count} drafts wait: look at each and save it.",
                report.drafts,
            )
            words.append(waiting.format(count=number(report.drafts)))
        self._key = report.key
        if self._open(" ".join(words), "good"):
            self._session.message(words[0])
            self.restored.emit(report)

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        if not self._was_open:
            self._is_running = False
            self._refuse_in(failure.text)
            return
        words = _("{trouble} The register is open again as it was.").format(trouble=failure.text)
        self._open(words, Level.ERROR, goes_on=True)

    def _reopen(self) -> None:
        self._open(_("The register is open again."), "good")

    def _open(self, words: str, level: Level | str, *, goes_on: bool = False) -> bool:
        """The register again, whichever content it has now; False where even that fails."""
        self.stages.end()
        self._is_running = False
        try:
            self._session.open_file(
                self._path, user=self._user, must_exist=True, key=self._key, person=self._person if goes_on else None
            )
        except StorageFailure as failure:
            self._say(failure.text, Level.ERROR)
            self.buttons.offer(self.again)
            self.again.setFocus()
            return False
        was_damaged = self._looked is not None and self._looked.salvaged is not None and not goes_on
        self.look.clear(keeps_lists=was_damaged)
        self.buttons.offer(*((self.keep,) if self.look.row_count and not goes_on else ()))
        self._say(words, level)
        self.buttons.let_leave()
        if not was_damaged:
            self.resize(self.width(), LEAST.height() // 2)
        return True

    # Details

    def _begin_reading(self, words: str) -> None:
        self._is_reading = True
        self.buttons.offer()
        self.message.say("")
        self.stages.begin(words)

    def _end_reading(self) -> None:
        self._is_reading = False
        self.stages.end()

    def _step(self, stage: int, _of: int) -> None:
        self.stages.begin(_(list(STEPS.values())[stage]))

    def _go(self, step: QWidget) -> None:
        self.steps.setCurrentWidget(step)
        offered = {self.choice: (self.other, self.go_on), self.locked: (self.back,)}
        self.buttons.offer(*offered.get(step, ()))

    def _refuse_in(self, words: str) -> None:
        self._end_reading()
        self.look.clear()
        self._go(self.look)
        register = self._session.register
        self.buttons.offer(*((self.back,) if register is None or register.may(Right.BACK_UP) else ()))
        self._say(words, Level.ERROR)
        self.buttons.let_leave()

    def _list_saved(self, path: Path) -> None:
        self._end_reading()
        self._say(_("The list is in {file}.").format(file=path), "good")
        self.keep.setFocus()

    def _list_failed(self, failure: StorageFailure | Rejected) -> None:
        self._end_reading()
        self._say(failure.text, Level.ERROR)

    def _say(self, words: str, level: Level | str) -> None:
        self.message.say(words, level)
        grow(self)

    def _rescue(self) -> None:
        """Even after a mistake of the program itself the register opens again."""
        if self._is_running and self._was_open:
            words = _("The restore did not end well. The register is open again as it was.")
            self._open(words, Level.ERROR, goes_on=True)
        else:
            self._is_running = False
            self._refuse_in(_(MISTAKE))

    def _ask_name(self, proposed: Path) -> str:
        kinds = _("PDF (*.pdf);;Text (*.txt)")
        return QFileDialog.getSaveFileName(self, _("Save the list"), str(proposed), kinds)[0]
