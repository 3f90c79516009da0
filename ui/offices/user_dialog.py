"""Adding somebody who works with the register, or changing what she is there."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.offices.user_rules import problems_of_new_user
from models.offices.users import RIGHTS, Right, Role, User
from models.problems import Problem, Rejected, StorageFailure
from ui.fields.choice import ChoiceField, choices_of
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.password import PasswordField
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.offices.administrator_form import problems_of_repeating
from ui.offices.middle import give_room
from ui.page import button, heading
from ui.session import Session

WIDTH = 560


class Standing(StrEnum):
    """Whether somebody may log in."""

    ACTIVE = "active"
    LEFT = "left"

    @property
    def label(self) -> str:
        """English message id."""
        return {"active": N_("Works here and may log in"), "left": N_("Left: may not log in any more")}[self.value]


def rights_words(role: Role) -> str:
    """What a role may do, in one sentence."""
    rights = [_(right.label) for right in Right if right in RIGHTS[role]]
    return _("May do: {rights}.").format(rights=", ".join(rights))


class UserDialog(QDialog):
    """Enter leads through the fields and saves at the end; Esc leaves everything as it is."""

    saved = Signal(object)
    """The `User` as it is in the register now."""

    def __init__(self, session: Session, user: User | None, parent: QWidget) -> None:
        """`user` None: a new one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._user = session, user
        title = _("A new user") if user is None else _("Change {name}").format(name=user.name)
        self.setWindowTitle(title)
        self.form = self._make_form()
        self.rights = heading("", "muted")
        self.rights.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(title))
        column.addWidget(self.form, 1)
        column.insertWidget(1, self.rights)
        self.setMinimumWidth(WIDTH)
        give_room(self.form)
        self._follow()
        self.form.go_to("name" if user is None else "full_name")

    def save(self) -> None:
        """Writes the user; leads to what is wrong instead."""
        self.form.tidy()
        problems = (*self.form.reading_problems(), *self._problems())
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return
        try:
            saved = self._write()
        except Rejected as rejected:
            self.form.show_problems(rejected.problems, everywhere=True)
            self.form.go_to_first_problem()
            return
        except StorageFailure as failure:
            self.form.say(failure.text, "error")
            return
        self._session.tell("person")
        self.saved.emit(saved)
        self.accept()

    # Building

    def _make_form(self) -> FormGrid:
        form, user = FormGrid(), self._user
        name = form.add(TextField("name", _("Name for logging in"), required=user is None), 6)
        form.add(TextField("full_name", _("Full name")), 6)
        form.add(ChoiceField("role", _("Role"), choices_of(Role), required=True), 12)
        if user is None:
            form.add(PasswordField("password", _("Password for the time being"), required=True), 6)
            form.add(PasswordField("again", _("The same password again"), required=True), 6)
            is_first = self._session.opened_register.users.is_empty
            form["role"].set_value(Role.ADMINISTRATOR if is_first else Role.CLERK)
        else:
            form.add(ChoiceField("standing", _("Standing"), choices_of(Standing), required=True), 12)
            name.set_value(user.name)
            name.setReadOnly(True)
            form["full_name"].set_value(user.full_name)
            form["role"].set_value(user.role)
            form["standing"].set_value(Standing.ACTIVE if user.is_active else Standing.LEFT)
        form.set_buttons(
            button(_("Leave (Esc)"), self.reject), button(_("Save"), self.save, icon="save", primary=True)
        )
        form.reached_end.connect(self.save)
        form.edited.connect(lambda _name: self._follow())
        return form

    # Details

    def _follow(self) -> None:
        role = self.form["role"].value()
        self.rights.setText("" if role is None else rights_words(role))

    def _typed(self) -> User:
        name, full_name = (str(self.form[name].value() or "") for name in ("name", "full_name"))
        role = self.form["role"].value() or Role.CLERK
        if self._user is None:
            return User(name, role, full_name)
        return replace(
            self._user, full_name=full_name, role=role, is_active=self.form["standing"].value() is Standing.ACTIVE
        )

    def _problems(self) -> tuple[Problem, ...]:
        if self.form["role"].value() is None:
            return (Problem("role", "role_missing", N_("Which role? Type its number or the beginning of its name.")),)
        if self._user is not None:
            return ()
        users = self._session.opened_register.users.all()
        password = self.form["password"].text()
        found = problems_of_new_user(self._typed(), password, users)
        return (*found, *problems_of_repeating(password, self.form["again"].text()))

    def _write(self) -> User:
        users = self._session.opened_register.users
        return (
            users.add(self._typed(), self.form["password"].text())
            if self._user is None
            else users.change(self._typed())
        )
