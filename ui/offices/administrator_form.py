"""Who keeps a register that knows nobody yet: the first administrator, with a password or knowingly without."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QPushButton

from models.language import N_
from models.language import translate as _
from models.offices.passwords import problem_of_password
from models.offices.user_rules import problems_of_new_user
from models.offices.users import NewUser, Role, User
from models.problems import Problem
from ui.fields.choice import ChoiceField, choices_of
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.password import PasswordField


class Opening(StrEnum):
    """How the register is to be opened."""

    PASSWORD = "password"
    BARE = "bare"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "password": N_("With name and password (recommended)"),
            "bare": N_("Without: this office is one person"),
        }[self.value]


WITHOUT = N_(
    "Without a password, whoever can use this computer reads and changes everything in the register under this name; "
    "a second user can only be added once there is a password."
)
DIFFERENT = N_("The two passwords differ. Type the second one again.")


class AdministratorForm(FormGrid):
    """Questions of the first administrator; `answer` is None while something is missing, and the form says what."""

    def __init__(self, name: str, *buttons: QPushButton) -> None:
        """`name` is a proposal for logging in, mostly the computer's own."""
        super().__init__()
        self.add(TextField("name", _("Name for logging in"), required=True), 6).set_value(name)
        self.add(TextField("full_name", _("Full name")), 6)
        self.add(ChoiceField("opening", _("The register is opened"), choices_of(Opening), required=True), 12)
        self.add(PasswordField("password", _("Password"), required=True), 6)
        self.add(PasswordField("again", _("The same password again"), required=True), 6)
        self["opening"].set_value(Opening.PASSWORD)
        self.set_buttons(*buttons)
        self.edited.connect(lambda _name: self._follow())
        self.left.connect(lambda _name: self._judge())
        self["opening"].stepped.connect(lambda _by: self._follow())

    def begin(self) -> None:
        """The focus to the name, selected: the computer's own is only a proposal."""
        self.go_to("name")

    def answer(self) -> NewUser | None:
        """The administrator as typed; leads to what is missing instead."""
        self.tidy()
        problems = self._problems()
        self.show_problems(problems, everywhere=True)
        if self.problems:
            self.go_to_first_problem()
            return None
        return NewUser(self._user(), self["password"].text() if self._has_password else "")

    @property
    def _has_password(self) -> bool:
        return self["opening"].value() is not Opening.BARE

    def _user(self) -> User:
        name, full_name = (str(self[name].value() or "") for name in ("name", "full_name"))
        return User(name, Role.ADMINISTRATOR, full_name)

    def _problems(self) -> tuple[Problem, ...]:
        password = self["password"].text() if self._has_password else ""
        found = list(problems_of_new_user(self._user(), password, ()))
        if self._has_password:
            found += [problem for problem in (problem_of_password(password, self._user().name),) if problem]
            found += problems_of_repeating(password, self["again"].text())
        return tuple(found)

    def _follow(self) -> None:
        for name in ("password", "again"):
            self.set_visible(name, self._has_password)
        if not self.problems:
            self.say("" if self._has_password else _(WITHOUT), "" if self._has_password else "warning")

    def _judge(self) -> None:
        self.show_problems(self._problems())
        self._follow()


def problems_of_repeating(password: str, again: str) -> tuple[Problem, ...]:
    """Whether the second typing of a new password is another one than the first."""
    return () if password == again else (Problem("again", "passwords_differ", DIFFERENT),)
