"""A new password: everybody's own, or a first one from an administrator for somebody who forgot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.passwords import problem_of_password
from models.offices.users import User
from models.problems import Problem, Rejected, StorageFailure
from ui.fields.choice import ChoiceField, choices_of
from ui.fields.form import FormGrid
from ui.fields.password import PasswordField
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.offices.administrator_form import WITHOUT, Opening, problems_of_repeating
from ui.offices.middle import give_room
from ui.page import button, heading
from ui.session import Session

WIDTH = 460


def change_own_password(window: QWidget, session: Session) -> None:
    """Opens the dialog for who is logged in, or says why there is nothing to change."""
    person = session.person
    if person is None or person.id is None or session.opened_register.is_read_only:
        session.message(_("There is no password to change here: this register knows no users, or it is only read."))
        return
    try:
        PasswordDialog(session, person, window).open()
    except StorageFailure as failure:
        session.message(failure.text)


class PasswordDialog(QDialog):
    """Enter leads through the fields and saves at the end; Esc leaves everything as it is."""

    changed = Signal()

    def __init__(self, session: Session, user: User, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._user = session, user
        person = session.person
        self._is_own = person is not None and person.id == user.id
        others = [other for other in session.opened_register.users.all() if other.id != user.id and other.is_active]
        self._may_be_bare = self._is_own and not others
        title = _("My password") if self._is_own else _("A new password for {name}").format(name=user.shown_name)
        self.setWindowTitle(title)
        self.form = self._make_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(title))
        words = heading(self._words(), "muted")
        words.setWordWrap(True)
        column.addWidget(words)
        column.addWidget(self.form, 1)
        self.setMinimumWidth(WIDTH)
        give_room(self.form)
        self._follow()
        self.form.go_to_first()

    def save(self) -> None:
        """Writes the password; leads to what is wrong instead."""
        self.form.tidy()
        password = self.form["password"].text() if self._has_password else ""
        problems = self._problems(password)
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return
        present = self.form["present"].text() if "present" in self.form else None
        try:
            self._session.opened_register.users.set_password(self._user, password, present=present)
        except Rejected as rejected:
            self.form.show_problems(rejected.problems, everywhere=True)
            self.form.go_to_first_problem()
            return
        except StorageFailure as failure:
            self.form.say(failure.text, "error")
            return
        self._session.tell("person")
        self._session.message(self._said(password))
        self.changed.emit()
        self.accept()

    # Building

    def _make_form(self) -> FormGrid:
        form = FormGrid()
        if self._is_own and self._user.has_password:
            form.add(PasswordField("present", _("Present password"), required=True), 12)
        if self._may_be_bare:
            form.add(ChoiceField("opening", _("The register is opened"), choices_of(Opening), required=True), 12)
            form["opening"].set_value(Opening.PASSWORD)
        form.add(PasswordField("password", _("New password"), required=True), 12)
        form.add(PasswordField("again", _("The same password again"), required=True), 12)
        form.set_buttons(
            button(_("Leave (Esc)"), self.reject), button(_("Save"), self.save, icon="save", primary=True)
        )
        form.reached_end.connect(self.save)
        form.edited.connect(lambda _name: self._follow())
        return form

    # Details

    @property
    def _has_password(self) -> bool:
        return not self._may_be_bare or self.form["opening"].value() is not Opening.BARE

    def _words(self) -> str:
        if self._is_own:
            return _("At least 8 letters; three or four words in a row are easy to remember and hard to guess.")
        return _(
            "Choose a password for the time being and tell {name} in person. {name} can change it after logging in: "
            "Settings, Users."
        ).format(name=self._user.shown_name)

    def _follow(self) -> None:
        for name in ("password", "again"):
            self.form.set_visible(name, self._has_password)
        if not self.form.problems:
            self.form.say("" if self._has_password else _(WITHOUT), "" if self._has_password else "warning")

    def _problems(self, password: str) -> tuple[Problem, ...]:
        if not self._has_password:
            return ()
        easy = problem_of_password(password, self._user.name)
        repeated = problems_of_repeating(password, self.form["again"].text())
        return (*((easy,) if easy is not None else ()), *repeated)

    def _said(self, password: str) -> str:
        if not password:
            return _("The register opens without a password from now on.")
        if self._is_own:
            return _("Your password was changed.")
        return _("{name} has a new password.").format(name=self._user.shown_name)
