"""The office's passphrase among the settings: what protects the register, and what can be changed about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.storage.keys import derive
from models.values.formats import number
from ui.background import Background
from ui.fields.form import FormGrid
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.fields.password import PasswordField
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.look.style import set_role
from ui.offices.passphrase_copies import CopiesDialog, copies_of
from ui.offices.passphrase_dialog import PassphraseDialog, Way
from ui.offices.passphrase_remembering import forget_remembered, is_remembered
from ui.offices.passphrase_sheet import SheetMaking
from ui.offices.passphrase_words import WITHOUT, step_of, words_of
from ui.page import button, heading
from ui.session import Session


class PassphrasePanel(QWidget):
    """A section of the settings; who may not change settings sees how it stands."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session = session
        words = iter(assign_letters([
            _("Add a passphrase …"), _("Another passphrase …"), _("Remove the passphrase …"),
            _("Print the recovery sheet again …"), _("Forget it on this computer"), _("Backups without a passphrase …"),
        ], taken_letters))  # fmt: skip
        self.add_button = button(next(words), lambda: self.change(Way.ADD), icon="lock", primary=True)
        self.change_button = button(next(words), lambda: self.change(Way.CHANGE), icon="edit")
        self.remove_button = button(next(words), lambda: self.change(Way.REMOVE), icon="warning")
        self.sheet_button = button(next(words), self.print_sheet, icon="print")
        self.forget_button = button(next(words), self.forget, icon="close")
        self.copies_button = button(next(words), self.show_copies, icon="backup")
        self.state = heading("", "strong")
        self.state.setWordWrap(True)
        self.explanation = words_of("", muted=True)
        self.copies = words_of("")
        set_role(self.copies, "warning")
        self.message = MessageBar()
        self._lay_out()
        self.read_again()

    def go_in(self) -> None:
        """The focus to where work begins."""
        shown = (self.add_button, self.change_button)
        next((one for one in shown if not one.isHidden()), self.change_button).setFocus()

    # What can be done

    def change(self, way: Way) -> None:
        """Adds, changes or removes the passphrase."""
        if self._may():
            dialog = PassphraseDialog(self._session, way, self.window())
            window, session = self.window(), self._session
            dialog.finished.connect(lambda _code: offer_copies(session, window) if way is Way.ADD else None)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def print_sheet(self) -> None:
        """The sheet once more, for an administrator who knows the passphrase."""
        if self._may():
            dialog = SheetAgainDialog(self._session, self.window())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def forget(self) -> None:
        """From now on this computer asks for the passphrase at each start."""
        key = self._session.opened_register.key
        if key is not None:
            forget_remembered(self._session, key.salt)
            self.read_again()
            self.message.say(
                _("This computer no longer keeps the passphrase; it is asked for at each start."), "good"
            )

    def show_copies(self) -> None:
        """Backups from before the passphrase."""
        if self._may():
            offer_copies(self._session, self.window())

    def read_again(self) -> None:
        """How it stands."""
        register = self._session.register
        if register is None:
            return
        key = register.key
        copies = copies_of(self._session) if key is not None else ()
        may = register.may(Right.SETTINGS) and not register.is_read_only
        if key is None:
            self.state.setText(_("The register has no passphrase: whoever has the file can read it."))
            self.explanation.setText(_(WITHOUT))
        else:
            self.state.setText(
                _("The register is protected by a passphrase. Its recovery sheet has the number {number}.").format(
                    number=key.sheet
                )
            )
            kept = _("This computer remembers the passphrase for whoever is logged in to it under this name.")
            typed = _("The passphrase is typed at each start on this computer.")
            self.explanation.setText(kept if is_remembered(self._session, key) else typed)
        self.copies.setText(
            translate_count(
                "{count} backup from before the passphrase can be read by anybody who finds it.",
                "{count} backups from before the passphrase can be read by anybody who finds them.",
                len(copies),
            ).format(count=number(len(copies)))
        )
        self.copies.setVisible(bool(copies))
        for act, is_shown in (
            (self.add_button, key is None),
            (self.change_button, key is not None),
            (self.remove_button, key is not None),
            (self.sheet_button, key is not None),
            (self.copies_button, bool(copies)),
        ):
            act.setVisible(is_shown)
            act.setEnabled(may)
        self.forget_button.setVisible(is_remembered(self._session, key))
        self.message.say("" if may else _("An administrator of the register adds or changes the passphrase."))

    # Details

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(MEDIUM)
        for words in (self.state, self.explanation):
            column.addWidget(words)
        for buttons in (
            (self.add_button, self.change_button, self.remove_button),
            (self.sheet_button, self.forget_button),
        ):
            column.addLayout(_left(*buttons))
        column.addSpacing(MEDIUM)
        column.addWidget(self.copies)
        column.addLayout(_left(self.copies_button))
        column.addStretch()
        column.addWidget(self.message)

    def _may(self) -> bool:
        try:
            self._session.opened_register.require(Right.SETTINGS)
        except Rejected as rejected:
            self.message.say(rejected.text, Level.ERROR)
            return False
        return True


def offer_copies(session: Session, window: QWidget) -> None:
    """Asks what becomes of backups that anybody can read, where there are any."""
    register = session.register
    copies = copies_of(session) if register is not None and register.key is not None else ()
    if copies:
        dialog = CopiesDialog(session, copies, window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class SheetAgainDialog(QDialog):
    """Asks for the passphrase first: an unlocked computer alone gives no sheet."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._deriving = Background(self)
        self.setWindowTitle(_("The recovery sheet"))
        self.setModal(True)
        self.form = FormGrid()
        self.form.add(PasswordField("present", _("Present passphrase"), required=True), 12)
        self.form.set_buttons(
            button(_("Cancel (Esc)"), self.reject, icon="back"), button(_("Go on"), self.compare, primary=True)
        )
        self.form.reached_end.connect(self.compare)
        self.making = SheetMaking(session)
        self.making.made.connect(self._record)
        self.making.hide()
        words = _("Each printing is recorded. Type the passphrase, so that nobody prints the sheet in your absence.")
        step = step_of(_("Print the recovery sheet again"), words_of(words), self.form, self.making)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.addWidget(step)
        self.setMinimumWidth(520)
        self.form.go_to("present")

    def compare(self) -> None:
        """Shows the ways to print once the passphrase is right."""
        key, typed = self._session.opened_register.key, self.form["present"].text()
        if key is None or self._deriving.is_busy:
            return
        self.form.say(_("Comparing the passphrase …"))

        def go_on(made: object) -> None:
            if made != key:
                words = _("This is not the present passphrase. Mind capitals and spaces, then try again. Nothing was "
                          "changed.")  # fmt: skip
                self.form.say(words, "error")
                self.form.go_to("present")
                return
            self.form["present"].clear()
            self.form.hide()
            self.making.show()
            self.making.begin(key)

        self._deriving.run(self, lambda: derive(typed, key.salt), done=go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)

    def _record(self) -> None:
        try:
            self._session.opened_register.protection.sheet_was_printed()
        except (Rejected, StorageFailure) as trouble:
            self.making.message.say(trouble.text, Level.ERROR)


def _left(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(MEDIUM)
    for one in buttons:
        row.addWidget(one)
    row.addStretch()
    return row
