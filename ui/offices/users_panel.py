"""Who works with the register: the list for its administrator, and everybody's own password."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import Right, User
from models.problems import Level, Rejected, StorageFailure
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM
from ui.offices.password_dialog import PasswordDialog, change_own_password
from ui.offices.user_dialog import UserDialog, rights_words
from ui.page import button, heading
from ui.people.failures import saying_failures
from ui.session import Session
from ui.table import Column, FigureTable, Row


class UsersPanel(QWidget):
    """A section of the settings; who may not change users sees her own role and changes her password."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session = session
        self.own = heading("", "strong")
        self.own.setWordWrap(True)
        words = iter(assign_letters(
            [_("Change my password …"), _("Add a user …"), _("Change … (Enter)"), _("New password …")], taken_letters
        ))  # fmt: skip
        self.own_button = button(next(words), self.change_own, icon="edit")
        self.add_button = button(next(words), self.add, icon="add")
        self.change_button = button(next(words), self.change, icon="edit")
        self.password_button = button(next(words), self.set_password, icon="lock")
        self.table = FigureTable(
            _("Users"),
            [
                Column(_("Name")),
                Column(_("Full name"), takes_room=True),
                Column(_("Role")),
                Column(_("Standing")),
                Column(_("Last log-in")),
            ],
        )
        self.table.chosen.connect(lambda _key: self.change())
        self.table.currentCellChanged.connect(lambda *_cells: self._explain())
        self._users: dict[Hashable, User] = {}
        self.rights = heading("", "muted")
        self.rights.setWordWrap(True)
        self.message = MessageBar()
        self._lay_out()
        self.read_again()

    def go_in(self) -> None:
        """The focus to where work begins."""
        (self.table if self.table.isVisibleTo(self) and self.table.rowCount() else self.own_button).setFocus()

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line of the section."""
        self.message.say(failure.text, Level.ERROR)

    # What can be done

    @saying_failures
    def add(self) -> None:
        """Somebody new."""
        if self._may():
            dialog = UserDialog(self._session, None, self.window())
            dialog.saved.connect(lambda user: self._said(_("{name} was added and can log in now."), user))
            dialog.open()

    @saying_failures
    def change(self) -> None:
        """Full name, role, or that somebody left."""
        user = self._chosen()
        if user is not None and self._may():
            dialog = UserDialog(self._session, user, self.window())
            dialog.saved.connect(lambda user: self._said(_("{name} was changed."), user))
            dialog.open()

    @saying_failures
    def set_password(self) -> None:
        """A password for the time being, for somebody who forgot hers."""
        user = self._chosen()
        if user is not None and self._may():
            dialog = PasswordDialog(self._session, user, self.window())
            dialog.changed.connect(lambda: self._said(_("{name} has a new password."), user))
            dialog.open()

    @saying_failures
    def change_own(self) -> None:
        """Everybody's own."""
        change_own_password(self.window(), self._session)

    @saying_failures
    def read_again(self) -> None:
        """The users as they are now."""
        register, person = self._session.register, self._session.person
        if register is None or person is None:
            return
        knows = person.id is not None
        self.own.setText(
            _("{name} ({role}).").format(name=person.shown_name, role=_(person.role.label)) if knows
            else _("This register knows no users yet: whoever opens it may do everything in it.")
        )  # fmt: skip
        self.own_button.setVisible(knows)
        is_manager = register.may(Right.SETTINGS)
        for widget in (self.table, self.rights, self.add_button, self.change_button, self.password_button):
            widget.setVisible(is_manager)
        if is_manager:
            self._list(register.users.all(), register.users.last_log_ins())
        else:
            self.message.say(
                _("{rights} Users are added and changed by an administrator.").format(
                    rights=rights_words(person.role)
                )
            )

    # Building

    def _lay_out(self) -> None:
        own = QHBoxLayout()
        own.setSpacing(MEDIUM)
        own.addWidget(self.own_button)
        own.addWidget(self.own, 1)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        for one in (self.add_button, self.change_button, self.password_button):
            row.addWidget(one)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(own)
        column.addWidget(self.table, 1)
        column.addWidget(self.rights)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addStretch()

    # Details

    def _list(self, users: tuple[User, ...], log_ins: Mapping[int, datetime]) -> None:
        self._users = {user.id: user for user in users}
        self.table.set_rows([
            Row(
                (
                    user.name, user.full_name, _(user.role.label), _standing(user),
                    _moment(log_ins.get(user.id or 0)),
                ),
                key=user.id,
            )
            for user in users
        ])  # fmt: skip
        if users and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        self._explain()

    def _explain(self) -> None:
        row = self.table.current
        user = self._users.get(row.key) if row is not None else None
        words = _("{role}. {rights}")
        self.rights.setText(
            "" if user is None else words.format(role=_(user.role.label), rights=rights_words(user.role))
        )

    def _chosen(self) -> User | None:
        row = self.table.current
        user = self._users.get(row.key) if row is not None else None
        if user is None:
            self.message.say(_("Choose a user in the list first."), Level.WARNING)
        return user

    def _may(self) -> bool:
        """Whether the person may change users at all; otherwise says why not."""
        register = self._session.opened_register
        try:
            register.require(Right.SETTINGS)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return False
        if register.is_read_only:
            self.message.say(_("This register is open for reading only. Nothing can be saved in it."), Level.WARNING)
            return False
        return True

    def _said(self, words: str, user: User) -> None:
        self.read_again()
        self.message.say(words.format(name=user.name), "good")
        self.table.setFocus()


def _moment(at: datetime | None) -> str:
    return "–" if at is None else f"{at:%d/%m/%Y %H:%M}"


def _standing(user: User) -> str:
    if not user.is_active:
        return _("left")
    return _("active") if user.has_password else _("active, without a password")
