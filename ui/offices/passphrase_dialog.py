"""Adding, changing and removing the office's passphrase, step by step; nothing is done before the sheet was tested."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.language import N_
from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from models.storage.keys import Key, derive, new_key
from models.storage.rekeying import STAGES, RekeyReport
from ui.background import Background
from ui.exchange.stages import MISTAKE, grow
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.fields.password import PasswordField
from ui.fields.tick import Tick
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.offices.passphrase_form import PassphraseForm
from ui.offices.passphrase_remembering import (
    forget_remembered,
    is_remembered,
    keep_remembered,
    memory_of,
)
from ui.offices.passphrase_sheet import SheetStep
from ui.offices.passphrase_words import WITHOUT, end_words, row_of, step_of, words_of
from ui.offices.passphrase_work import RekeyingWork
from ui.page import button
from ui.session import Session

if TYPE_CHECKING:
    from models.problems import Problem

WIDTH, HEIGHT = 600, 300
USUAL_HEIGHT = 540
"""Where the screen has it; a smaller one scrolls inside the forms."""
CHOOSE, SHEET, WORK, END, REMOVE, DECLINE = range(6)


class Way(StrEnum):
    """What the dialog is for."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


_TITLES = {
    Way.ADD: N_("Protect the register with a passphrase"),
    Way.CHANGE: N_("Another passphrase"),
    Way.REMOVE: N_("Remove the passphrase"),
}


class PassphraseDialog(QDialog):
    """Belongs to the window, not to a page: with the register, the pages go."""

    changed = Signal(object)
    """A `RekeyReport`; the register is open again."""

    def __init__(
        self,
        session: Session,
        way: Way,
        parent: QWidget,
        *,
        is_offer: bool = False,
        knows_present: bool = False,
    ) -> None:
        """`is_offer`: at the first start, where it can be declined; `knows_present`: the sheet was just used."""
        super().__init__(parent)
        self._session, self._way = session, way
        self._is_offer = is_offer
        self._new: Key | None = None
        self._deriving = Background(self)
        self._old = session.opened_register.key
        self._was_remembered = is_remembered(session, self._old)
        self._asks_present = way is not Way.ADD and not knows_present
        self.work = RekeyingWork(session, self)
        self.work.stepped.connect(self._show_step)
        self.work.ended.connect(self._show_end)
        self.work.failed.connect(self._show_failure)
        self.work.stopped.connect(lambda: self._go_back(_("Stopped. Nothing was changed."), Level.WARNING))
        self.work.stayed_shut.connect(self._show_shut)
        self.setWindowTitle(_(_TITLES[way]))
        self.setModal(True)
        self.steps = QStackedWidget()
        for make in (
            self._make_choosing, self._make_sheet, self._make_working, self._make_end, self._make_removing,
            self._make_declining,
        ):  # fmt: skip
            self.steps.addWidget(make())
        self.steps.setMinimumSize(WIDTH, HEIGHT)
        self.message = MessageBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(self.steps, 1)
        column.addWidget(self.message)
        self.resize(self.width(), min(USUAL_HEIGHT, self.screen().availableGeometry().height() - 60))
        memory_of(session).is_there(self._tell_memory)
        self._go(REMOVE if way is Way.REMOVE else CHOOSE)

    # What can be done

    def take_passphrase(self) -> None:
        """On to the sheet, once the passphrase is fit and the present one was right."""
        passphrase = self.form.answer()
        if passphrase is not None and not self._deriving.is_busy:
            present = self.form.present if self._asks_present else None
            self._derive(partial(_keys, self._session.opened_register.key, present, passphrase), self._take_key)

    def remove(self) -> None:
        """Begins, once the present passphrase was right."""
        key = self._session.opened_register.key
        assert key is not None, "only an encrypted file has a passphrase to be removed"
        typed = self.remove_form["present"].text() if self._asks_present else None
        self._derive(partial(_keys, key, typed, None), lambda _none: self._begin(None))

    def decline(self) -> None:
        """At the first start: first the sentence that says what that means, then without."""
        if self.steps.currentIndex() == DECLINE:
            super().reject()
        else:
            self._go(DECLINE)

    def reject(self) -> None:
        """Esc: stops what runs, goes back a step, or gives up."""
        step = self.steps.currentIndex()
        if self.work.is_running:
            self.work.stop()
        elif step in (SHEET, DECLINE):
            self._go(CHOOSE)
        elif step == CHOOSE and self._is_offer:
            self.decline()
        elif step == END and self.again_button.isHidden():
            self._finish()
        elif step != WORK:
            self._forget()
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(pressed, QPushButton):
                pressed.click()
        else:
            super().keyPressEvent(event)

    # Building

    def _make_choosing(self) -> QWidget:
        back = button(_("Not now") if self._is_offer else _("Cancel (Esc)"), self.reject, icon="back")
        self.form = PassphraseForm(
            back, button(_("Go on"), self.take_passphrase, primary=True), asks_present=self._asks_present
        )
        self.form.reached_end.connect(self.take_passphrase)
        if self._is_offer:
            words = _(
                "Recommended. The file is then encrypted: a stolen laptop or a lost stick gives nothing away. The "
                "passphrase is one for the whole office and is asked for when the program starts. If it is forgotten, "
                "only the recovery sheet of the next step opens the register."
            )
        elif self._way is Way.ADD:
            words = _(
                "The file is then encrypted: a stolen laptop or a lost stick gives nothing away. The passphrase is one "
                "for the whole office and is asked for when the program starts. If it is forgotten, only the recovery "
                "sheet of the next step opens the register."
            )
        else:
            words = _(
                "The file is written anew with the new passphrase and gets a new recovery sheet. Backups from before "
                "still open with the passphrase and the sheet of their time."
            )
        return step_of(_(_TITLES[self._way]), words_of(words), self.form)

    def _make_sheet(self) -> QWidget:
        self.sheet = SheetStep(self._session, button(_("Back (Esc)"), self.reject, icon="back"))
        self.sheet.proven.connect(lambda: self._begin(self._new))
        words = _(
            "The recovery sheet opens the register without the passphrase. Print it, and keep it in the safe, never "
            "beside the computer. The code is only on paper; the screen does not show it."
        )
        return step_of(_("The recovery sheet"), words_of(words), self.sheet)

    def _make_working(self) -> QWidget:
        self.stage = words_of("")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setTextVisible(False)
        self.stop_button = button(_("Stop (Esc)"), self.reject, icon="close")
        words = _(
            "The register is closed meanwhile. A whole new file is written and compared with the old one; only then it "
            "takes its place. Whatever happens until then, the old one stays as it is."
        )
        return step_of(
            _("Writing the register anew"), words_of(words), self.stage, self.bar, None, row_of(self.stop_button)
        )

    def _make_end(self) -> QWidget:
        self.end_words = words_of("")
        self.remember = Tick(_("&Remember the passphrase on this computer"))
        self.remember.setEnabled(False)
        self.remember_words = words_of("", muted=True)
        self.again_button = button(_("&Open the register again"), self._open_again, icon="open")
        self.again_button.hide()
        self.close_button = button(_("&Finish"), self._finish, primary=True)
        return step_of(
            _("Done"), self.end_words, self.remember, self.remember_words, None,
            row_of(self.again_button, self.close_button),
        )  # fmt: skip

    def _make_removing(self) -> QWidget:
        self.remove_form = FormGrid()
        if self._asks_present:
            self.remove_form.add(PasswordField("present", _("Present passphrase"), required=True), 12)
        self.remove_form.set_buttons(
            button(_("Cancel (Esc)"), self.reject, icon="back"),
            button(_("Remove the passphrase"), self.remove, icon="warning"),
        )
        self.remove_form.reached_end.connect(self.remove)
        kept = _("A copy of the file as it is now, still protected, is kept in the folder for backups.")
        return step_of(_(_TITLES[Way.REMOVE]), words_of(_(WITHOUT)), words_of(kept, muted=True), self.remove_form)

    def _make_declining(self) -> QWidget:
        self.decline_button = button(_("Go on &without a passphrase"), self.decline)
        self.choose_button = button(_("&Choose a passphrase after all"), lambda: self._go(CHOOSE), primary=True)
        later = _("It can be added at any time under Settings, Passphrase.")
        return step_of(
            _("Without a passphrase?"), words_of(_(WITHOUT)), words_of(later), None,
            row_of(self.decline_button, self.choose_button),
        )  # fmt: skip

    # Details

    def _go(self, step: int) -> None:
        self.message.say("")
        self.steps.setCurrentIndex(step)
        begin: dict[int, Callable[[], object]] = {
            CHOOSE: self.form.begin,
            WORK: self.stop_button.setFocus,
            END: self.close_button.setFocus,
            REMOVE: lambda: self.remove_form.go_to("present") if self._asks_present else self.remove_form.setFocus(),
            DECLINE: self.choose_button.setFocus,
        }
        begin.get(step, lambda: None)()

    def _derive(self, work: Callable[[], Key | None], done: Callable[[Key | None], None]) -> None:
        self.message.say(_("Comparing the passphrase …") if self._asks_present else "")

        def go_on(key: Key | None) -> None:
            self.message.say("")
            done(key)

        self._deriving.run(self, work, done=go_on, failed=self._refuse)

    def _refuse(self, trouble: StorageFailure | Rejected) -> None:
        self.message.say(trouble.text, Level.ERROR)
        (self.remove_form if self._way is Way.REMOVE else self.form).go_to("present")

    def _take_key(self, key: Key | None) -> None:
        assert key is not None
        self._new = key
        self._go(SHEET)
        self.sheet.begin(key)

    def _begin(self, new: Key | None) -> None:
        try:
            self.work.begin(new)
        except Rejected as rejected:
            self.message.say(rejected.text, Level.ERROR)
            return
        self._new = new
        self.bar.setRange(0, 0)
        self.stage.setText(_("Closing the register …"))
        self._go(WORK)

    def _show_step(self, stage: str, done: int) -> None:
        self.stage.setText(_(STAGES[stage]))
        self.bar.setRange(0, 1_000)
        self.bar.setValue(done)

    def _show_end(self, report: RekeyReport) -> None:
        self._forget()
        if self._old is not None and self._was_remembered:  # it still opens the backups from before
            forget_remembered(self._session, self._old.salt)
        self.end_words.setText(end_words(report))
        for widget in (self.remember, self.remember_words):
            widget.setVisible(self._new is not None)
        self.remember.setChecked(self._was_remembered and self.remember.isEnabled())
        self._go(END)
        self.changed.emit(report)
        grow(self)

    def _show_failure(self, trouble: StorageFailure | Rejected | None) -> None:
        if trouble is None:
            self._go_back(_(MISTAKE), Level.ERROR)
        else:
            words = _("{trouble} The register is open again as it was.")
            self._go_back(words.format(trouble=trouble.text), Level.ERROR)

    def _go_back(self, words: str, level: Level) -> None:
        self._go(REMOVE if self._way is Way.REMOVE else CHOOSE)
        self.message.say(words, level)
        grow(self)

    def _show_shut(self, failure: StorageFailure) -> None:
        self._go(END)
        self.end_words.setText(failure.text)
        for widget in (self.remember, self.remember_words):
            widget.hide()
        self.again_button.show()
        self.again_button.setFocus()

    def _open_again(self) -> None:
        if self.work.open_again():
            self.accept()

    def _finish(self) -> None:
        register = self._session.register
        key = None if register is None else register.key
        if key is not None and self.remember.isEnabled() and self.remember.isChecked():
            keep_remembered(self._session, key)
        self.accept()

    def _forget(self) -> None:
        self.form.forget()
        for field in self.remove_form.fields:
            field.clear()

    def _tell_memory(self, is_there: bool) -> None:
        if not shiboken6.isValid(self.remember):
            return  # the computer answered after the window was closed
        self.remember.setEnabled(is_there)
        self.remember.setChecked(is_there and self._was_remembered)
        self.remember_words.setText(
            "" if is_there else _("This computer has no safe place for it, so the passphrase is typed at each start.")
        )


def _keys(key: Key | None, present: str | None, new: str | None) -> Key | None:
    """In the background: the key of the new passphrase; Rejected where the present one is another."""
    if key is not None and present is not None and derive(present, key.salt) != key:
        raise Rejected([_not_present()])
    return None if new is None else new_key(new)


def _not_present() -> Problem:
    from models.problems import Problem

    message = N_("This is not the present passphrase. Mind capitals and spaces, then try again. Nothing was changed.")
    return Problem("present", "wrong_passphrase", message)
